package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/web/page"
)

// recipe is how a book is bound: everything a reader may choose.
type recipe struct {
	format  book.Format
	options book.Options
}

// key is the recipe as one line; the same wishes are the same line.
func (k recipe) key() string {
	if options := k.options.Key(); options != "" {
		return string(k.format) + "?" + options
	}
	return string(k.format)
}

// readRecipe reads an address of a file: notes, typed, skin, lines, chapter
// (again for each) and since. What it cannot mean is missing.
func readRecipe(format string, query url.Values) (recipe, error) {
	how := recipe{format: book.Format(format)}
	notes, known := book.ParseNotes(query.Get("notes"))
	if !known || how.format.MediaType() == "application/octet-stream" {
		return how, archive.ErrNotFound
	}
	how.options.Notes, how.options.AsTyped, how.options.NoSkin = notes, query.Get("typed") == "yes", query.Get("skin") == "no"
	how.options.Flowing = how.format == book.Text && query.Get("lines") == "flowing"
	for _, word := range query["chapter"] {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil || len(how.options.Chapters) > 5000 {
			return how, archive.ErrNotFound
		}
		how.options.Chapters = append(how.options.Chapters, id)
	}
	if word := query.Get("since"); word != "" {
		since, err := time.Parse(time.RFC3339Nano, word)
		if err != nil {
			return how, archive.ErrNotFound
		}
		how.options.Since = since
	}
	return how, nil
}

// address is where the file of a work is, bound so.
func (k recipe) address(work int64) string {
	query := url.Values{}
	if k.options.Notes != book.AllNotes {
		query.Set("notes", k.options.Notes.String())
	}
	if k.options.AsTyped {
		query.Set("typed", "yes")
	}
	if k.options.NoSkin {
		query.Set("skin", "no")
	}
	if k.options.Flowing && k.format == book.Text {
		query.Set("lines", "flowing")
	}
	for _, id := range k.options.Chapters {
		query.Add("chapter", strconv.FormatInt(id, 10))
	}
	if !k.options.Since.IsZero() {
		query.Set("since", k.options.Since.UTC().Format(time.RFC3339Nano))
	}
	address := workAddress(work) + "." + string(k.format)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// of is the recipe for a work as it is: the chapters that are asked for and
// there, by their ids alone, or all of them. So the same file is the same
// recipe, however it was asked for.
func (k recipe) of(o opened) (recipe, error) {
	var chosen []int64
	whole := o.bookChapters()
	for _, c := range whole {
		wanted := len(k.options.Chapters) == 0 || slices.Contains(k.options.Chapters, c.ID)
		if wanted && (k.options.Since.IsZero() || arrived(c).After(k.options.Since)) {
			chosen = append(chosen, c.ID)
		}
	}
	if len(chosen) == 0 {
		return k, book.ErrNoneChosen
	}
	k.options.Since, k.options.Chapters = time.Time{}, nil
	k.options.AsTyped = k.options.AsTyped || o.AsTyped && k.isSet()
	if len(chosen) < len(whole) {
		k.options.Chapters = chosen
	}
	return k, nil
}

// isSet tells whether the format is one that is set as a printer would.
func (k recipe) isSet() bool { return k.format == book.EPUB || k.format == book.HTML }

// bookChapters are the chapters a book of the work holds.
func (o opened) bookChapters() []archive.Chapter {
	if o.forCreatorsAlone() {
		return o.chapters
	}
	return slices.DeleteFunc(slices.Clone(o.chapters), archive.Chapter.IsDraft)
}

// arrived is when readers got a chapter.
func arrived(c archive.Chapter) time.Time { return c.PostedAt }

// chosenAs is a recipe as a form shows it.
func (k recipe) chosenAs() page.BookChoice {
	return page.BookChoice{Format: string(k.format), Notes: k.options.Notes.String(), Typed: k.options.AsTyped, Flowing: k.options.Flowing}
}

// nothingChosen says that no chapter is left of what was asked for.
func (w *Web) nothingChosen(r *Request, o opened) Response {
	answer := w.message(r, 404, "download.nothing_title", "download.nothing_sentence")
	p := answer.Page.(page.MessagePage)
	p.Next = page.Link{Text: o.Title, URL: downloadAddress(o.ID)}
	answer.Page = p
	return answer
}

func isNoneChosen(err error) bool { return errors.Is(err, book.ErrNoneChosen) }

func downloadAddress(work int64) string { return workAddress(work) + "/download" }
