package web

import (
	"net/url"
	"strings"

	"ficus/internal/catalog"
	"ficus/internal/web/page"
)

// foundBlurbs dresses the works of a list; those that were found by their texts show
// where. A reader who was not asked yet whether works for adults may open sees
// the chapter, and nothing of what it says.
func (w *Web) foundBlurbs(r *Request, n narrowing, found catalog.Listed) ([]page.Blurb, error) {
	dressed := blurbs(found.Blurbs, matchedTags(n.Filter, found)...)
	excerpts, err := w.Catalog.Excerpts(r.Context(), r.Viewer, found)
	if err != nil {
		return nil, err
	}
	for i, b := range found.Blurbs {
		excerpt, has := excerpts[b.ID]
		if !has {
			continue
		}
		chapter := excerpt.Chapter
		chapter.Position = excerpt.Number
		shown := page.Excerpt{URL: chapterAddress(b.ID, chapter.ID), Chapter: chapterName(r, chapter, chapter.Title)}
		if r.AdultShown || !w.Catalog.Site().AsksFirst(dressTags(b.Tags).rating) {
			shown.Pieces = pieces(excerpt.Pieces)
			shown.URL += fragment(excerpt.Pieces)
		}
		dressed[i].Found = shown
	}
	return dressed, nil
}

func pieces(all []catalog.Piece) []page.Piece {
	dressed := make([]page.Piece, len(all))
	for i, piece := range all {
		dressed[i] = page.Piece(piece)
	}
	return dressed
}

// fragment leads a browser to the text that was sought, where it knows how.
func fragment(all []catalog.Piece) string {
	for _, piece := range all {
		if piece.Marked {
			return "#:~:text=" + strings.ReplaceAll(url.PathEscape(piece.Text), "-", "%2D")
		}
	}
	return ""
}

// inTexts says how the texts of works were searched, where not as was asked.
func inTexts(r *Request, t catalog.InTexts) (sentences []string) {
	if t.Nothing {
		return []string{r.Words.T("found.nothing")}
	}
	if t.TooLong {
		sentences = append(sentences, r.Words.T("found.too_long"))
	}
	if len(t.Common) > 0 {
		sentences = append(sentences, r.Words.T("found.common", "Words", strings.Join(t.Common, ", ")))
	}
	if t.Off {
		sentences = append(sentences, r.Words.T("found.off"))
	}
	if t.Partly {
		sentences = append(sentences, r.Words.T("found.partly"))
	}
	if t.NamesPartly {
		sentences = append(sentences, r.Words.T("found.names_partly"))
	}
	return sentences
}
