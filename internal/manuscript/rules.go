package manuscript

import "sort"

// What a part is, in the words of FORMATS.md.
const (
	Title       = "title"
	Author      = "author"
	Field       = "field"
	Disclaimer  = "disclaimer"
	OpeningNote = "opening_note"
	ClosingNote = "closing_note"
	ChapterHead = "chapter_head"
	InStory     = "block"
	LeftOut     = "left_out"
)

// ruleNames are all rules a Part may name. Each has a message
// "manuscript.reason.<rule>" in the catalogue.
var ruleNames = map[string]bool{
	"author.by":            true, // the line begins with "by"
	"author.label":         true, // the line begins with "Author:"
	"book.page":            true, // a page of the book around the story
	"book.part":            true, // the book itself says what it is
	"break.border":         true, // a drawn line that only parts the notes from the story
	"break.doubtful":       true, // one sign alone on a line
	"break.family":         true, // oOo, xXx
	"break.gap":            true, // a wider gap than the writer leaves between paragraphs
	"break.picture":        true, // a small or very wide picture that stands between paragraphs again and again
	"break.rule":           true, // the file itself has a rule here
	"break.symbols":        true, // a line of signs only
	"break.words":          true, // [break]
	"chapter.heading":      true, // the file itself has a heading here
	"chapter.name":         true, // Prologue, Epilogue
	"chapter.number":       true, // the word chapter with a number
	"chapter.proposed":     true, // may be a chapter head; left in the story
	"choice.writer":        true, // the writer chose it
	"contents.table":       true, // the list of chapters at the top
	"disclaimer.label":     true, // the paragraph begins with "Disclaimer"
	"disclaimer.proposed":  true, // may be a disclaimer; left in the story
	"disclaimer.words":     true, // words of a disclaimer: "I do not own", "no copyright infringement"
	"end.words":            true, // The End, TBC
	"field.extra":          true, // a line "Word:" between known fields
	"field.label":          true, // the line begins with a known field's name
	"habit.ask":            true, // the writer put the same back twice
	"habit.break":          true, // the writer draws breaks so
	"habit.head":           true, // the writer heads chapters so
	"habit.label":          true, // the writer's notes begin so
	"habit.words":          true, // the writer had the same words set apart
	"heading.address":      true, // a house number and a street
	"heading.capitals":     true, // a short line in capitals at the start of a scene
	"heading.date":         true, // a day, month or year
	"heading.label":        true, // "Location:", "Time:"
	"heading.later":        true, // "Two weeks later"
	"heading.markup":       true, // the file itself has a heading here
	"heading.number":       true, // sections numbered 1, 2, 3 or I, II, III
	"heading.place":        true, // a place at the start of a scene
	"heading.proposed":     true, // may be a scene heading; left in the story
	"heading.time":         true, // a time of day
	"heading.view":         true, // whose point of view follows
	"mail.footer":          true, // what a mailing list puts under each mail
	"contact.front":        true, // the writer's name, address and telephone over the title
	"contact.end":          true, // the same under the last line
	"letter.form":          true, // from its salutation to its signature
	"messages.thread":      true, // lines that begin with who speaks
	"verse.lines":          true, // short lines that stand together
	"note.footnote":        true, // the words of a footnote, put at its place
	"mail.header":          true, // From, Date, Subject of a mail
	"mail.signature":       true, // what follows the signature line of a mail
	"markdown.definitions": true, // addresses of links, kept in the links
	"note.after_break":     true, // the writer talks to readers after the last break
	"note.chatter":         true, // the writer talks to readers before the first break
	"note.dedication":      true, // the paragraph dedicates the story
	"note.label":           true, // the paragraph begins with "A/N", "Author's note"
	"note.legend":          true, // says how thoughts are marked
	"note.proposed":        true, // may be a note; left in the story
	"page.furniture":       true, // links, advertisements and footers of a page
	"text.markup":          true, // the file itself has a quotation, list, table or image here
	"text.paragraph":       true, // story
	"title.first":          true, // a short first line in the place of a title
	"title.heading":        true, // the file's first heading
	"title.label":          true, // the line begins with "Title:"
	"verse.indent":         true, // lines set in together
	"wrapper.gutenberg":    true, // the publisher's lines around the book
}

// Rules lists the names of all rules a Part may carry, sorted, so that the
// message catalogue can be held to have a reason for each.
func Rules() []string {
	names := make([]string, 0, len(ruleNames))
	for name := range ruleNames {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Reason is the key of the message that tells a writer, in words, why a rule
// made its guess.
func Reason(rule string) (key string) { return "manuscript.reason." + rule }
