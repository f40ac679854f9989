package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficus/internal/book"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// assemble makes one book of the manuscripts, in the order given: what the
// command line says comes first, then what the manuscripts say of themselves.
func (c *bindCmd) assemble(texts []boundFile, warn io.Writer) book.Book {
	fields := mergeFields(texts)
	b := book.Book{
		Title:    c.titleOf(texts, warn),
		Creators: c.authorsOf(texts),
		Language: first(c.Language, fields["language"]),
		Tags:     tagsOf(fields),
		Summary:  typed(first(c.Summary, fields["summary"])),
		Complete: c.Complete || strings.EqualFold(fields["status"], "complete"),
	}
	b.Tags.Rating = first(c.Rating, b.Tags.Rating)
	if len(c.Fandom) > 0 {
		b.Tags.Fandoms = c.Fandom
	}
	b.Voice = c.wished.words.Speaking(b.Language, "")
	b.NotesBefore = restOf(fields, b.Voice)
	for _, t := range texts {
		if t.changed.After(b.Revised) {
			b.Revised = t.changed.UTC().Truncate(time.Second)
		}
		b.Chapters = append(b.Chapters, chaptersOf(t, b.Title)...)
	}
	keepNumbers(b.Chapters)
	return b
}

// titleOf is the title of the book; a manuscript without one lends its name.
func (c *bindCmd) titleOf(texts []boundFile, warn io.Writer) string {
	if c.Title != "" {
		return c.Title
	}
	var titles []string
	for _, t := range texts {
		for _, w := range t.reading.Works {
			if w.Title != "" && !slices.Contains(titles, w.Title) {
				titles = append(titles, w.Title)
			}
		}
	}
	if len(titles) == 0 {
		name := filepath.Base(texts[0].name)
		name = strings.TrimSuffix(name, filepath.Ext(name))
		if c.Works {
			fmt.Fprintf(warn, "%s: no title was found; the work is named after its file.\n", texts[0].name)
		} else {
			fmt.Fprintf(warn, "No title was found; the book is named after its file. Say --title to name it.\n")
		}
		return strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(name))
	}
	if len(titles) > 1 {
		fmt.Fprintf(warn, "There are %d titles; the book is named %q. Say --title to name it, or --works to bind each as a work of its own.\n", len(titles), titles[0])
	}
	return titles[0]
}

func (c *bindCmd) authorsOf(texts []boundFile) []string {
	if len(c.Author) > 0 {
		return c.Author
	}
	var authors []string
	for _, t := range texts {
		for _, w := range t.reading.Works {
			if w.Author != "" && !slices.Contains(authors, w.Author) {
				authors = append(authors, w.Author)
			}
		}
	}
	return authors
}

// mergeFields takes each field from the first manuscript that has it.
func mergeFields(texts []boundFile) map[string]string {
	merged := map[string]string{}
	for _, t := range texts {
		for _, w := range t.reading.Works {
			for name, value := range w.Fields {
				merged[name] = first(merged[name], value)
			}
		}
	}
	return merged
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// tagsOf turns the labels of a header into tags.
func tagsOf(fields map[string]string) book.Tags {
	return book.Tags{
		Rating:        ratingOf(fields),
		Warnings:      listed(fields["warnings"]),
		Categories:    listed(fields["category"]),
		Fandoms:       listed(fields["fandom"]),
		Relationships: listed(fields["pairing"]),
		Characters:    listed(fields["characters"]),
		Freeforms:     slices.Concat(listed(fields["genre"]), listed(fields["classification"]), listed(fields["keywords"])),
	}
}

// ratingOf is the rating with what the writer put in brackets behind it.
func ratingOf(fields map[string]string) string {
	if remark := fields["rating_remark"]; remark != "" {
		return fields["rating"] + " (" + remark + ")"
	}
	return fields["rating"]
}

// listed parts a line such as "angst, storms; ships".
func listed(line string) []string {
	var items []string
	for item := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// placed are the fields that stand elsewhere in the book, or say what a reader
// of a book does not need.
var placed = map[string]bool{
	"rating": true, "warnings": true, "category": true, "fandom": true, "pairing": true, "characters": true,
	"genre": true, "classification": true, "keywords": true, "summary": true, "language": true, "status": true,
	"email": true, "words": true, "part": true, "rating_remark": true,
}

// fieldWords are the words before what else a header says.
var fieldWords = map[string]string{
	"archive": "book.field_archive", "beta": "book.edited", "date": "book.field_date", "dedication": "book.field_dedication",
	"feedback": "book.field_feedback", "pov": "book.field_pov", "prompt": "book.field_prompt", "season": "book.field_season",
	"series": "book.series", "setting": "book.field_setting", "spoilers": "book.field_spoilers", "thanks": "book.field_thanks",
	"timeline": "book.field_timeline", "website": "book.field_website",
}

// restOf keeps what else a header says as notes, so that nothing the writer
// wrote is lost. Its labels are in the language of the book's other words.
func restOf(fields map[string]string, voice book.Voice) prose.Document {
	var names []string
	for name, value := range fields {
		if !placed[name] && value != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var notes prose.Document
	for _, name := range names {
		label := strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
		if key, known := fieldWords[name]; known {
			label = voice.T(key)
		}
		notes.Blocks = append(notes.Blocks, prose.Para(label+": "+strings.Join(strings.Fields(fields[name]), " ")))
	}
	return notes
}

func typed(text string) prose.Document {
	d, _ := prose.ReadTyped(text)
	return d
}

// chaptersOf takes the chapters of one manuscript. A story of one chapter
// without a title, in a book of another name, keeps its title as the chapter's.
func chaptersOf(t boundFile, title string) []book.Chapter {
	var chapters []book.Chapter
	for _, w := range t.reading.Works {
		for _, c := range w.Chapters {
			if len(w.Chapters) == 1 && c.Title == "" && w.Title != title {
				c.Title = w.Title
			}
			chapters = append(chapters, chapterOf(c))
		}
	}
	return chapters
}

func chapterOf(c manuscript.Chapter) book.Chapter {
	return book.Chapter{
		Number:      c.Number,
		Title:       c.Title,
		Dedication:  c.Dedication,
		Disclaimer:  c.Disclaimer,
		NotesBefore: c.OpeningNote,
		NotesAfter:  c.ClosingNote,
		Body:        c.Body,
	}
}

// keepNumbers keeps the writer's own numbers when they count up through the
// whole book; otherwise chapters are counted by their place.
func keepNumbers(chapters []book.Chapter) {
	last := 0
	for _, c := range chapters {
		if c.Number <= last {
			for i := range chapters {
				chapters[i].Number = i + 1
			}
			return
		}
		last = c.Number
	}
}
