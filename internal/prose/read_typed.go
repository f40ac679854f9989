package prose

// ReadTyped makes a safe Document of what a person types or pastes in the text
// box: plain lines, allowed HTML, or both. In text that stands in no paragraph
// of its own one line end is a line break, a blank line a paragraph, and a
// larger gap a paragraph and one blank paragraph (reference/ao3.md §2.6).
// White space next to a block tag says nothing. Lists, tables and paragraphs
// written as tags read as HTML does.
func ReadTyped(text string) (Document, []Dropped) {
	r := newReader(len(text))
	r.typed = true
	r.read(text)
	return r.document(), r.dropped()
}
