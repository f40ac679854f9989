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
	return "Untitled"
}

// Anonymous stands on a book in place of creators who are not named.
const Anonymous = "Anonymous"

// bylineOf is the creators as one line, empty when nobody is named.
func bylineOf(b Book) string { return nameList(b.Creators) }

// nameList sets several names in a line: "Mara, Pell and Ivo".
func nameList(names []string) string {
	names = cleanLines(names)
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

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
var saysItsPlace = pattern.New(`(?i)^(chapter|ch\.|part|book|prologue|epilogue|interlude)\b|^[0-9]|^[ivxlc]+[.:]`)

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
	title, place := oneLine(c.Title), "Chapter "+strconv.Itoa(number)
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

// statusOf says whether the story has its end; empty when nobody said.
func statusOf(b Book) string {
	switch {
	case b.Complete:
		return "Complete"
	case standingKnown(b):
		return "In progress"
	}
	return ""
}

// standingKnown says whether anyone told how far the story has come. A work of
// a site always does, a book bound from files only when it says so.
func standingKnown(b Book) bool {
	return b.Identity.WorkID != 0 || b.Complete || b.Planned > 0
}

// date sets a day as people write it, "3 May 2024", in UTC.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

// thousands sets a number with commas: 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// detail is one line of what is known about a work.
type detail struct {
	Name   string
	Values []named
}

// named are words and the address they lead to, which may be empty.
type named struct{ Words, Link string }

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

// detailsOf lists what is known about the work in the order of a title page,
// leaving out what is empty.
func detailsOf(b Book) []detail {
	t := b.Tags
	all := []detail{
		{"Rating", bare(t.Rating)},
		{"Warnings", bare(t.Warnings...)},
		{"Categories", bare(t.Categories...)},
		{"Fandoms", bare(t.Fandoms...)},
		{"Relationships", bare(t.Relationships...)},
		{"Characters", bare(t.Characters...)},
		{"Additional tags", bare(t.Freeforms...)},
		{"Series", seriesLines(b)},
		{"Collections", collectionLines(b)},
		{"Words", bare(thousands(b.words()))},
		{"Chapters", bare(progressOf(b))},
		{"In this copy", bare(partOf(b))},
		{"Status", bare(statusOf(b))},
		{"Published", bare(date(b.Published))},
		{"Updated", bare(date(updated(b)))},
		{"From", bare(b.Identity.Site)},
	}
	if address := oneLine(b.Identity.Address); address != "" {
		all = append(all, detail{"Address", []named{{address, address}}})
	}
	return slices.DeleteFunc(all, func(d detail) bool { return len(d.Values) == 0 })
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

// closingOf is the sentence on the last page.
func closingOf(b Book) string {
	words := titleOf(b)
	if byline := bylineOf(b); byline != "" {
		words += " by " + byline
	}
	if !b.Complete && standingKnown(b) {
		return "This is as far as " + words + " goes for now."
	}
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, "…") { // as in "Mara Q."
		return "This was " + words
	}
	return "This was " + words + "."
}
