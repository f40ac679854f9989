package book

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ficus/internal/prose"
)

// day0 is when the specimens were first published.
var day0 = time.Date(2024, 5, 3, 21, 15, 0, 0, time.UTC)

// para is a paragraph of plain words.
func para(words string) prose.Block { return prose.Para(words) }

// doc is a Document of plain paragraphs.
func doc(paragraphs ...string) prose.Document {
	var d prose.Document
	for _, p := range paragraphs {
		d.Blocks = append(d.Blocks, para(p))
	}
	return d
}

func mark(m prose.Mark, words string) prose.Inline {
	return prose.Inline{Mark: m, Kids: []prose.Inline{prose.TextRun(words)}}
}

func link(href, words string) prose.Inline {
	return prose.Inline{Mark: prose.Link, Attrs: prose.Attrs{{Name: "href", Value: href}}, Kids: []prose.Inline{prose.TextRun(words)}}
}

// storm is a small story in three chapters with notes at every place.
func storm() Book {
	return Book{
		Voice:    Speaking("en"),
		Identity: Identity{WorkID: 42, Origin: "https://archive.example", Address: "https://archive.example/works/42", Site: "The Harbour Archive"},
		Title:    "The Lamplighter's Daughter",
		Creators: []string{"Mara Quill", "pell_writes"},
		Colophon: Colophon{Gifts: []string{"Ivo"}},
		Language: "en-GB",
		Tags: Tags{
			Rating: "Teen", Warnings: []string{"No warnings apply"}, Categories: []string{"F/F"},
			Fandoms: []string{"The Harbour Lights"}, Relationships: []string{"Oriane/The Keeper"},
			Characters: []string{"Oriane", "The Keeper"}, Freeforms: []string{"Slow burn", "Weather & ships"},
		},
		Summary:     doc("A storm, a lamp, and what the Captain did not say."),
		NotesBefore: doc("Written for the winter exchange."),
		NotesAfter:  doc("Thank you for reading to the end."),
		Published:   day0,
		Revised:     day0.AddDate(0, 1, 4),
		Planned:     5,
		Chapters: []Chapter{
			{ID: 901, Number: 1, Title: "Oil", Posted: day0, Body: doc("The lamp had gone out again.", "“It is the wind,” she said.")},
			{ID: 907, Number: 2, Posted: day0.AddDate(0, 0, 9), Dedication: "Pell", Summary: doc("The stair."),
				Disclaimer: doc("Not mine."), NotesBefore: doc("Sorry this took so long."), NotesAfter: doc("More on Sunday."),
				Body: doc("Oriane counted the steps.", "Forty-one.", "Forty-one.")},
			{ID: 911, Number: 3, Title: "Chapter the Third", Posted: day0.AddDate(0, 1, 4), Body: doc("There were forty-two on the way down.")},
		},
	}
}

// everything is a book whose one chapter holds every kind of block and every
// mark there is, among them what the outside world made difficult.
func everything(t *testing.T) Book {
	t.Helper()
	b := storm()
	b.Pictures = func(src string) ([]byte, string, error) {
		switch src {
		case "https://pictures.example/lamp.png":
			return pngPicture(t), "image/png", nil
		case "https://pictures.example/turning.gif":
			return gifPicture(t), "image/gif", nil
		case "https://pictures.example/broken.jpg":
			return []byte("this is no picture"), "image/jpeg", nil
		}
		return nil, "", errors.New("not found")
	}
	b.Chapters = append(b.Chapters, Chapter{ID: 950, Number: 4, Title: "Every <block> & \"mark\" \x01\uFFFE", Body: prose.Document{Blocks: everyBlock()}},
		Chapter{ID: 951, Number: 5})
	return b
}

func everyBlock() []prose.Block {
	cell := func(words string, header bool) prose.Block {
		return prose.Block{Kind: prose.Cell, Header: header, Blocks: []prose.Block{para(words)}}
	}
	br := prose.Inline{Mark: prose.LineBreak}
	blocks := []prose.Block{
		{Kind: prose.Heading, Level: 5, Inlines: []prose.Inline{prose.TextRun("A heading typed too deep")}},
		para("Words with a control \x0b character."),
		{Kind: prose.Paragraph},
		{Kind: prose.SceneHeading, Inlines: []prose.Inline{prose.TextRun("NORTHLIGHT STATION"), br, prose.TextRun("2315 HRS")}},
		{Kind: prose.SceneBreak, Glyphs: "~*~ \"&\" ~*~"},
		{Kind: prose.SceneBreak},
		{Kind: prose.Verse, Inlines: []prose.Inline{prose.TextRun("The lamp is out,"), br, prose.TextRun("the tide is in.")}},
		{Kind: prose.Quote, Attrs: prose.Attrs{{Name: "cite", Value: "/works/7"}}, Blocks: []prose.Block{para("Quoted."), para("Twice.")}},
		{Kind: prose.Letter, Blocks: []prose.Block{para("Sirs,"), {Kind: prose.Paragraph, Align: prose.AlignRight, Inlines: []prose.Inline{prose.TextRun("J.")}}}},
		{Kind: prose.Messages, Blocks: []prose.Block{{Inlines: []prose.Inline{mark(prose.Strong, "Oriane"), prose.TextRun(": up yet?")}}}},
		{Kind: prose.List, Ordered: true, Attrs: prose.Attrs{{Name: "start", Value: "3"}}, Blocks: []prose.Block{
			{Kind: prose.Item, Blocks: []prose.Block{para("rope")}},
			{Kind: prose.Item, Blocks: []prose.Block{para("oil"), {Kind: prose.List, Blocks: []prose.Block{{Kind: prose.Item, Blocks: []prose.Block{para("lamp oil")}}}}}},
		}},
		{Kind: prose.Table, Inlines: []prose.Inline{prose.TextRun("Tides")}, Blocks: []prose.Block{
			{Kind: prose.Row, Header: true, Blocks: []prose.Block{cell("High", true), cell("Low", true)}},
			{Kind: prose.Row, Blocks: []prose.Block{cell("04:15", false), cell("10:40", false)}},
		}},
		{Kind: prose.Image, Src: "https://pictures.example/lamp.png", Alt: "A lamp in a window", Inlines: []prose.Inline{prose.TextRun("The lamp")}},
		{Kind: prose.Image, Src: "https://pictures.example/missing.png", Alt: "A ship"},
		{Kind: prose.Image, Src: "https://pictures.example/broken.jpg"},
		{Kind: prose.Image, Src: "/pictures/9.png", Alt: "Our own"},
		{Kind: prose.Preformatted, Inlines: []prose.Inline{prose.TextRun("a  b"), br, prose.TextRun("  c")}},
		{Kind: prose.Definitions, Blocks: []prose.Block{
			{Kind: prose.Term, Inlines: []prose.Inline{prose.TextRun("Keeper")}},
			{Kind: prose.Meaning, Blocks: []prose.Block{para("who keeps the light")}},
		}},
		{Kind: prose.Fold, Inlines: []prose.Inline{prose.TextRun("Spoiler")}, Blocks: []prose.Block{para("She was the Captain.")}},
		{Kind: prose.Division, Attrs: prose.Attrs{{Name: "dir", Value: "rtl"}, {Name: "lang", Value: "he"}}, Blocks: []prose.Block{para("שלום לים")}},
		{Kind: prose.EndMark, Inlines: []prose.Inline{prose.TextRun("The End")}},
	}
	return append(blocks, everyMark()...)
}

func everyMark() []prose.Block {
	var runs []prose.Inline
	for m := prose.Emphasis; m <= prose.Quoted; m++ {
		if m != prose.Link {
			runs = append(runs, mark(m, "mark"), prose.TextRun(" "))
		}
	}
	ruby := prose.Inline{Mark: prose.Ruby, Kids: []prose.Inline{
		prose.TextRun("灯"), mark(prose.RubyParenthesis, "("), mark(prose.RubyText, "ひ"), mark(prose.RubyParenthesis, ")"),
	}}
	return []prose.Block{
		{Inlines: runs},
		{Inlines: []prose.Inline{
			link("https://example.org/a%20b[1]/Łódź?x=1&y=[2]|ą#frag[3]", "outside"), prose.TextRun(" "),
			link("/works/7", "inside"), prose.TextRun(" "),
			link("#nowhere", "nowhere"), prose.TextRun(" "), link("http://exa mple/", "broken"), prose.TextRun(" "),
			link("mailto:mara@example.net", "mail"),
		}},
		{Inlines: []prose.Inline{
			{Mark: prose.Span, Attrs: prose.Attrs{{Name: "lang", Value: "ja"}}, Kids: []prose.Inline{ruby}},
			mark(prose.Time, "midnight"),
			{Mark: prose.Time, Attrs: prose.Attrs{{Name: "datetime", Value: "2024-05-03"}}, Kids: []prose.Inline{prose.TextRun("that May")}},
			{Mark: prose.Picture, Attrs: prose.Attrs{{Name: "alt", Value: "a turning lamp"}, {Name: "src", Value: "https://pictures.example/turning.gif"}}},
			{Mark: prose.Picture, Attrs: prose.Attrs{{Name: "src", Value: "https://pictures.example/lamp.png"}}},
		}},
	}
}

// long is a book of about the number of words, in chapters of 4,000.
func long(words int) Book {
	b := storm()
	b.Chapters = nil
	const sentence = "She went down to the water every evening, and every evening the lamp was already lit, which nobody in the house could explain. "
	perParagraph := len(strings.Fields(sentence)) * 3
	for id := int64(1); words > 0; id++ {
		c := Chapter{ID: id, Number: int(id), Posted: day0}
		for n := 0; n < 4000 && words > 0; n += perParagraph {
			c.Body.Blocks = append(c.Body.Blocks, para(strings.Repeat(sentence, 3)+time.Duration(words).String()))
			words -= perParagraph
		}
		b.Chapters = append(b.Chapters, c)
	}
	return b
}

func pngPicture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 40, 30))
	m.Set(3, 3, color.White)
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gifPicture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	m := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
	if err := gif.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bind binds and fails the test when it cannot.
func bind(t *testing.T, b Book, f Format) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b, f); err != nil {
		t.Fatalf("bind %s: %v", f, err)
	}
	return out.Bytes()
}

// noisyPicture is a picture that packs to about its size squared times three.
func noisyPicture(t *testing.T, side int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = uint8(random.Uint32())
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func everyPicture(src string) []prose.Block {
	return []prose.Block{{Kind: prose.Image, Src: src, Alt: "A lamp"}}
}
