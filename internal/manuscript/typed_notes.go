package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// typedRef is the place of a footnote that was typed: where its mark stands in
// a paragraph, and the paragraph that holds its words.
type typedRef struct {
	at, end int // of the mark, in the paragraph's text
	note    int // the paragraph
	rest    int // where its words begin
}

// mostTypedNotes is how many footnotes are looked for in one chapter, since each
// is looked for in all of it.
const mostTypedNotes = 300

var typedMark = guard(`^(\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3}|†|‡|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}) ?\S`)

// markTypedNotes finds, chapter by chapter, the footnotes that were typed: a
// run of paragraphs at the chapter's end that begin with marks, each of which
// stands once at the end of a word before.
func (r *recogniser) markTypedNotes() {
	if r.src.kind != "txt" {
		return
	}
	from := 0
	for i := 1; i <= len(r.paras); i++ {
		if i == len(r.paras) || r.guess[i].opensWork || r.guess[i].what == ChapterHead && !r.guess[i].joins {
			r.chapterNotes(from, i)
			from = i
		}
	}
}

func (r *recogniser) chapterNotes(lo, hi int) {
	for hi > lo && (r.guess[hi-1].what != InStory || r.isBreak(hi-1)) {
		hi--
	}
	first := hi
	for first > lo && r.beginsNote(first-1) {
		first--
	}
	if first == lo || hi-first > mostTypedNotes {
		return
	}
	refs := map[int]typedRef{}
	for k := first; k < hi; k++ {
		at, ref, ok := r.typedPlace(lo, first, k)
		if _, twice := refs[at]; !ok || twice {
			return
		}
		refs[at] = ref
	}
	for at, ref := range refs {
		r.typed[at] = ref
		r.set(ref.note, ref.note+1, guess{what: LeftOut, rule: "note.footnote", confidence: 0.93})
	}
}

// beginsNote is true for a paragraph of the story that begins with the mark of
// a note.
func (r *recogniser) beginsNote(i int) bool {
	return r.guess[i].what == InStory && typedMark.MatchString(r.paras[i].head())
}

// typedPlace finds the one paragraph from lo up to hi that the mark of the
// note at k stands in, at the end of a word.
func (r *recogniser) typedPlace(lo, hi, k int) (para int, ref typedRef, ok bool) {
	mark := typedMark.FindStringSubmatch(r.paras[k].head())[1]
	rest := len(mark)
	for rest < len(r.paras[k].text) && r.paras[k].text[rest] == ' ' {
		rest++
	}
	found := 0
	for i := lo; i < hi; i++ {
		text := r.paras[i].text
		if r.guess[i].what != InStory || !strings.Contains(text, mark) {
			continue
		}
		for at := strings.Index(text, mark); at >= 0; {
			if endsWord(text, at, len(mark)) {
				found++
				para, ref = i, typedRef{at, at + len(mark), k, rest}
			}
			next := strings.Index(text[at+len(mark):], mark)
			if next < 0 {
				break
			}
			at += len(mark) + next
		}
	}
	return para, ref, found == 1
}

// endsWord is true for a mark right behind a word or its full stop, with room
// or a stop behind it.
func endsWord(text string, at, length int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at+length:])
	if size == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) && !strings.ContainsRune(".,!?;:\"”’»", before) {
		return false
	}
	return at+length == len(text) || !unicode.IsLetter(after) && !unicode.IsDigit(after) && after != '*'
}

// withTypedNote reads a paragraph's marks around the footnote in it.
func (r *recogniser) withTypedNote(i int) ([]prose.Inline, bool) {
	ref, ok := r.typed[i]
	if !ok || r.guess[ref.note].rule != "note.footnote" || r.guess[ref.note].what != LeftOut {
		return nil, false
	}
	text := r.paras[i].text
	runs := r.inlines(text[:ref.at])
	runs = append(runs, footnote(r.inlines(r.paras[ref.note].text[ref.rest:])))
	if ref.end < len(text) {
		runs = append(runs, r.inlines(text[ref.end:])...)
	}
	return runs, true
}

// footnoteForm is a footnote as prose reads it.
var footnoteForm = prose.ReadStored(`<p>a<span class="footnote">b</span></p>`).Blocks[0].Inlines[1]

// footnote is a note at its place in a text.
func footnote(kids []prose.Inline) prose.Inline {
	note := footnoteForm
	note.Kids = kids
	return note
}

func isFootnote(run prose.Inline) bool {
	return run.Mark == footnoteForm.Mark && run.Attrs.Get("class") == footnoteForm.Attrs.Get("class")
}
