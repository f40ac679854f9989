package book

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"ficus/internal/pattern"
)

// titleOf is the title as one clean line.
func titleOf(b Book) string {
	if t := oneLine(b.Title); t != "" {
		return t
	}
	return b.Voice.T("book.untitled")
}

// bylineOf is the creators as one line, empty when nobody is named.
func bylineOf(b Book) string { return nameList(b.Voice, b.Creators) }

// cleanLines makes a clean line of each and leaves out those that are empty.
func cleanLines(list []string) []string {
	var clean []string
	for _, s := range list {
		if s = oneLine(s); s != "" {
			clean = append(clean, s)
		}
	}
	return clean
}

// oneLine drops what may not stand in a line of text (control characters,
// what XML cannot hold) and makes single spaces of white space.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || !xmlAllows(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// saysItsPlace matches chapter titles that need no number before them.
var saysItsPlace = pattern.New(`(?i)^(chapter|ch\.|part|book|prologue|epilogue|interlude|kapitel|kap\.|teil|buch|prolog|epilog|zwischenspiel|` +
	`chapitre|partie|cap[ií]tulo|parte|capitolo|hoofdstuk|deel|rozdział|kapitola|luku|глава|часть|пролог|эпилог|κεφάλαιο)\b|^[0-9]|^[ivxlc]+[.:]|` +
	`^第[0-9０-９一二三四五六七八九十百]+[章話话回部]|^제? ?[0-9]+ ?[장화부]|^الفصل|^פרק|^บทที่`)

// chapterNames are the words a chapter goes by.
type chapterNames struct {
	heading  string // over the chapter
	ordinal  string // the small line above the heading; may be empty
	label    string // in contents
	numbered bool   // the heading is the house's "Chapter 7", not the writer's
}

// namesOf names the chapter at place i. The only chapter of a work without a
// title of its own goes by the title of the work.
func namesOf(b Book, i int) chapterNames {
	c := b.Chapters[i]
	number := c.Number
	if number == 0 {
		number = i + 1
	}
	title, place := oneLine(c.Title), b.Voice.T("book.chapter", "Number", strconv.Itoa(number))
	alone := len(b.Chapters) == 1 && number == 1 && !b.isPart()
	switch {
	case title == "" && alone:
		return chapterNames{heading: titleOf(b), label: titleOf(b)}
	case title == "":
		return chapterNames{heading: place, label: place, numbered: true}
	case alone || saysItsPlace.MatchString(title):
		return chapterNames{heading: title, label: title}
	}
	return chapterNames{heading: title, ordinal: place, label: strconv.Itoa(number) + ". " + title}
}

// progressOf says how many chapters there are of how many: "3/?", "12/12".
func progressOf(b Book) string {
	planned, written := "?", strconv.Itoa(max(b.whole, len(b.Chapters)))
	if !standingKnown(b) {
		return written
	}
	if b.Planned > 0 {
		planned = strconv.Itoa(b.Planned)
	} else if b.Complete {
		planned = written
	}
	return written + "/" + planned
}

// statusOf says whether the story has its end, to programs; empty when nobody
// said.
func statusOf(b Book) string {
	switch {
	case b.Complete:
		return "Complete"
	case standingKnown(b):
		return "In progress"
	}
	return ""
}

// statusLine says it to readers.
func statusLine(b Book) []named {
	words := b.Voice.T("book.going")
	if b.Complete {
		words = b.Voice.T("book.complete")
	}
	switch status := statusOf(b); status {
	case "":
		return nil
	case words:
		return bare(words)
	default:
		return []named{{Words: words, Word: status}}
	}
}

// standingKnown says whether anyone told how far the story has come. A work of
// a site always does, a book bound from files only when it says so.
func standingKnown(b Book) bool {
	return b.Identity.WorkID != 0 || b.Complete || b.Planned > 0
}

// detail is one line of what is known about a work.
type detail struct {
	Class  string // what it is, to programs
	Name   string
	Values []named
}

// named are words and the address they lead to, which may be empty.
type named struct {
	Words, Link string
	Word        string // what the archive calls what the words say, where that is another
}

// words are the values as one line.
func (d detail) words() string {
	var all []string
	for _, v := range d.Values {
		all = append(all, v.Words)
	}
	return strings.Join(all, ", ")
}

// bare are words that lead nowhere.
func bare(list ...string) []named {
	var all []named
	for _, words := range cleanLines(list) {
		all = append(all, named{Words: words})
	}
	return all
}

// said are words of the archive as the voice says them.
func (t Tags) said(list ...string) []named {
	all := bare(list...)
	for i, v := range all {
		if t.Say == nil {
			break
		}
		if said := t.Say(v.Words); said != "" && said != v.Words {
			all[i] = named{Words: said, Word: v.Words}
		}
	}
	return all
}

// detailsOf lists what is known about the work in the order of a title page,
// leaving out what is empty.
func detailsOf(b Book) []detail {
	t, v := b.Tags, b.Voice
	all := []detail{
		{"rating", v.T("book.rating"), t.said(t.Rating)},
		{"warnings", v.T("book.warnings"), t.said(t.Warnings...)},
		{"categories", v.T("book.categories"), t.said(t.Categories...)},
		{"fandoms", v.T("tags.fandoms"), bare(t.Fandoms...)},
		{"relationships", v.T("tags.relationships"), bare(t.Relationships...)},
		{"characters", v.T("tags.characters"), bare(t.Characters...)},
		{"freeforms", v.T("book.tags"), bare(t.Freeforms...)},
		{"series", v.T("book.series"), seriesLines(b)},
		{"collections", v.T("book.collections"), collectionLines(b)},
		{"words", v.T("book.words"), bare(v.Number(b.words()))},
		{"chapters", v.T("book.chapters"), bare(progressOf(b))},
		{"part", v.T("book.copy"), bare(partOf(b))},
		{"status", v.T("book.status"), statusLine(b)},
		{"translators", v.T("book.translated"), bare(b.helpers(Translator)...)},
		{"artists", v.T("book.illustrated"), bare(b.helpers(Artist)...)},
		{"editors", v.T("book.edited"), bare(b.helpers(Editor)...)},
		{"narrators", v.T("book.narrated"), bare(b.helpers(Narrator)...)},
		{"published", v.T("book.published"), bare(date(v, b.Published))},
		{"updated", v.T("book.updated"), bare(date(v, updated(b)))},
		{"rights", v.T("book.rights"), bare(rightsOf(b)...)},
		{"site", v.T("book.site"), bare(b.Identity.Site)},
	}
	if address := oneLine(b.Identity.Address); address != "" {
		all = append(all, detail{"address", v.T("book.address"), []named{{Words: address, Link: address}}})
	}
	return slices.DeleteFunc(all, func(d detail) bool { return len(d.Values) == 0 })
}

// helpers are the names of who did one thing.
func (b Book) helpers(did Role) (names []string) {
	for _, h := range b.Helpers {
		if h.Role == did {
			names = append(names, h.Name)
		}
	}
	return names
}

// rightsOf says what readers and their programs may do with the book.
func rightsOf(b Book) []string {
	rights := []string{b.Rights}
	if b.NoMining {
		rights = append(rights, b.Voice.T("book.no_mining"))
	}
	return rights
}

// updated is the day readers know a work by: when its latest chapter was
// posted. A mended word does not move it.
func updated(b Book) time.Time {
	var latest time.Time
	for _, c := range b.Chapters {
		if c.Posted.After(latest) {
			latest = c.Posted
		}
	}
	if latest.IsZero() {
		return b.Revised
	}
	return latest
}

// FileName is a name for the file of a binding: "Author - Title.epub", in
// plain ASCII letters, digits and spaces, at most 120 characters. (E-readers
// read only the plain form of a file name.) A name of nothing but signs falls
// back to the work's id.
func FileName(b Book, ext string) string {
	if chosen, err := b.chosen(); err == nil {
		b = chosen
	}
	title, byline := asciiName(titleOf(b)), asciiName(bylineOf(b))
	if title == "" {
		title = "Work"
		if b.Identity.WorkID != 0 {
			title = fmt.Sprintf("Work %d", b.Identity.WorkID)
		}
	}
	if byline != "" {
		title = shorten(byline, 50) + " - " + shorten(title, 64)
	}
	if part := asciiName(partOf(b)); part != "" {
		title = shorten(title, 80) + ", " + part
	}
	return shorten(title, 116) + "." + strings.TrimPrefix(ext, ".")
}

// shorten cuts an ASCII name at n characters, at a space where one is near.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[:n]
	if i := strings.LastIndexByte(s, ' '); i > n/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " -")
}

// signedTitle is the title with who signs it, as a sentence names a work.
func signedTitle(b Book, title string) string {
	if byline := bylineOf(b); byline != "" {
		return b.Voice.T("book.signed", "Title", title, "Names", byline)
	}
	return title
}

// closingOf is the sentence on the last page.
func closingOf(b Book) string {
	words := signedTitle(b, titleOf(b))
	return endedOnce(b.Voice.T(closingKey(b), "Work", words))
}

// closingKey says whether the story has come to its end.
func closingKey(b Book) string {
	if !b.Complete && standingKnown(b) {
		return "book.so_far"
	}
	return "book.closing"
}

// endedOnce takes one full stop off a sentence that has two: its work is
// signed by "Mara Q.".
func endedOnce(sentence string) string {
	short, _ := strings.CutSuffix(sentence, ".")
	if strings.HasSuffix(short, ".") || strings.HasSuffix(short, "…") {
		return short
	}
	return sentence
}
