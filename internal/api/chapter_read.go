package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// How a chapter's text may be read.
const (
	readText       = "text"       // all of it is story
	readManuscript = "manuscript" // what stands around the story is set apart
)

// guess is a part of a text that was taken for something else than plain
// story, in the words of FORMATS.md. Its chapter is the place, from 0, among
// the chapters that were made.
type guess struct {
	manuscript.Part
	Sent int    `json:"sent" doc:"Which of the chapters sent it stands in, from 0: start and end are bytes of that text."`
	Text string `json:"text" doc:"How the part begins."`
}

// chaptersRead is what the sent chapters came to.
type chaptersRead struct {
	fields  []archive.ChapterFields
	from    []int   // which sent chapter each was read from
	guesses []guess // of all sent chapters, in order
	summary string  // what the first text says of the work, when nothing else does
	wrong   faults
}

// readChapters is chaptersOf when a turn to read has come.
func (d *door) readChapters(ctx context.Context, sent []ChapterBody, under func(int) string) (chaptersRead, error) {
	end, err := d.Writing.Turn(ctx)
	if err != nil {
		return chaptersRead{}, err
	}
	defer end()
	return chaptersOf(sent, under), nil
}

// chaptersOf reads every sent chapter as it asks to be read.
func chaptersOf(sent []ChapterBody, under func(int) string) chaptersRead {
	read := chaptersRead{guesses: []guess{}}
	for i, body := range sent {
		fields, err := read.chapter(i, body)
		if err != nil {
			read.wrong = append(read.wrong, faultOf(under(i), err))
			fields = []archive.ChapterFields{body.fields()}
		}
		for _, f := range fields {
			read.fields, read.from = append(read.fields, f), append(read.from, i)
		}
	}
	return read
}

func (r *chaptersRead) chapter(i int, body ChapterBody) ([]archive.ChapterFields, error) {
	guessing, err := body.guessing()
	if err != nil || !guessing {
		return []archive.ChapterFields{body.fields()}, err
	}
	text, kind := body.manuscript()
	reading, err := manuscript.Read([]byte(text), manuscript.Options{Kind: kind})
	if err != nil {
		return nil, err
	}
	for _, part := range reading.Guesses() {
		g := guess{Part: part, Sent: i, Text: beginning(reading.Text(part))}
		g.Work, g.Chapter = 0, len(r.fields)+part.Chapter
		for _, before := range reading.Works[:min(part.Work, len(reading.Works))] {
			g.Chapter += len(before.Chapters)
		}
		r.guesses = append(r.guesses, g)
	}
	if i == 0 && len(reading.Works) == 1 {
		r.summary = reading.Works[0].Fields["summary"]
	}
	fields := fieldsOf(reading)
	if len(fields) == 0 {
		return []archive.ChapterFields{body.fields()}, nil
	}
	body.overrule(fields)
	return fields, nil
}

// fieldsOf gives every chapter of a reading in order. Where several stories
// stand in one text, each one's title is its first chapter's.
func fieldsOf(reading manuscript.Reading) []archive.ChapterFields {
	var fields []archive.ChapterFields
	for _, work := range reading.Works {
		for n, chapter := range work.Chapters {
			f := chapterFields(chapter)
			if f.Title == "" && n == 0 && len(reading.Works) > 1 {
				f.Title = work.Title
			}
			fields = append(fields, f)
		}
	}
	return fields
}

// guessing decides whether what stands around the story is to be set apart.
func (b ChapterBody) guessing() (bool, error) {
	given := b.Disclaimer != "" || b.NotesBefore != "" || b.NotesAfter != ""
	plain := b.Format == "" || b.Format == archive.FormatText
	switch b.Read {
	case "", readManuscript:
		known := plain || b.Format == archive.FormatMarkdown || b.Format == archive.FormatHTML
		asked := b.Read == readManuscript || plain
		return asked && known && !given && strings.TrimSpace(b.Text) != "", nil
	case readText:
		return false, nil
	}
	return false, archive.Problems{{Field: "read", Rule: "unknown", Args: map[string]any{"Value": archive.CleanLine(b.Read)}}}
}

// taggedText finds HTML typed into plain text. Only what closes a tag counts,
// so that <thoughts written like this> stay words.
var taggedText = pattern.New(`(?i)</(?:p|i|b|u|s|em|strong|a|span|div|blockquote|center|h[1-6]|ul|ol|li|script|style|iframe|object|svg)\s*>|<[bh]r\s*/?>|<img\s[^<>]*=`)

// manuscript gives the text and the kind under which the reader takes it. A
// plain text with tags in it is made HTML of, as the text box would.
func (b ChapterBody) manuscript() (text, kind string) {
	switch b.Format {
	case archive.FormatMarkdown:
		return b.Text, "md"
	case archive.FormatHTML:
		return b.Text, "html"
	}
	if taggedText.MatchString(b.Text) {
		typed, _ := prose.ReadTyped(b.Text)
		return typed.HTML(), "html"
	}
	return b.Text, "txt"
}

// chapterFields gives a chapter that was read as the text box would hold it;
// reading that again gives the same Documents.
func chapterFields(c manuscript.Chapter) archive.ChapterFields {
	return archive.ChapterFields{
		Title: c.Title, Disclaimer: c.Disclaimer.Editable(), NotesBefore: c.OpeningNote.Editable(), NotesAfter: c.ClosingNote.Editable(),
		Dedication: c.Dedication, Text: c.Body.Editable(), Format: archive.FormatText,
	}
}

// overrule puts what was said in fields before what was read from the text: a
// title, summary and dedication are the first chapter's.
func (b ChapterBody) overrule(read []archive.ChapterFields) {
	for i := range read {
		read[i].PublishedOn = day(b.PublishedOn)
	}
	first := &read[0]
	if b.Title != "" {
		first.Title = b.Title
	}
	if b.Dedication != "" {
		first.Dedication = b.Dedication
	}
	first.Summary = b.Summary
}

// beginning is enough of a part to know it by.
func beginning(text string) string {
	const most = 80 // characters
	line := []rune(archive.CleanLine(text))
	if len(line) <= most {
		return string(line)
	}
	return strings.TrimSpace(string(line[:most])) + "…"
}

// faultOf says why one chapter could not be read.
func faultOf(under string, err error) fault {
	var problems archive.Problems
	if errors.As(err, &problems) {
		return faultAt(under, problems[0])
	}
	return fault{at: under + ".text", say: err.Error()}
}

// inWork is where a chapter stands in the body of a work.
func inWork(i int) string { return fmt.Sprintf("body.chapters[%d]", i) }

// alone is where it stands when it is sent alone.
func alone(int) string { return "body" }
