package manuscript

import (
	"bytes"
	"encoding/json"

	"ficus/internal/prose"
)

// kindNames are the kinds of block in the words of FORMATS.md. Kinds the
// contract has no word for go by the nearest.
var kindNames = map[prose.Kind]string{
	prose.Paragraph:    "paragraph",
	prose.Heading:      "heading",
	prose.SceneHeading: "scene_heading",
	prose.SceneBreak:   "scene_break",
	prose.Verse:        "verse",
	prose.Quote:        "quote",
	prose.Letter:       "letter",
	prose.Messages:     "messages",
	prose.List:         "list",
	prose.Definitions:  "list",
	prose.Table:        "table",
	prose.Image:        "image",
	prose.EndMark:      "end_mark",
}

// KindName is the kind of a block in the words of FORMATS.md.
func KindName(k prose.Kind) string {
	if name, ok := kindNames[k]; ok {
		return name
	}
	return "paragraph"
}

type chapterJSON struct {
	Title       string      `json:"title"`
	Number      int         `json:"number,omitempty"`
	Disclaimer  string      `json:"disclaimer"`
	OpeningNote string      `json:"opening_note"`
	ClosingNote string      `json:"closing_note"`
	Dedication  string      `json:"dedication"`
	Words       int         `json:"words"`
	Blocks      []blockJSON `json:"blocks"`
}

type blockJSON struct {
	Kind string `json:"kind"`
	HTML string `json:"html"`
	Text string `json:"text"`
}

// MarshalJSON gives the chapter as FORMATS.md says: notes as safe HTML, the
// story as blocks.
func (c Chapter) MarshalJSON() ([]byte, error) {
	blocks := make([]blockJSON, len(c.Body.Blocks))
	for i, b := range c.Body.Blocks {
		blocks[i] = blockJSON{
			Kind: KindName(b.Kind),
			HTML: prose.Document{Blocks: []prose.Block{b}}.HTML(),
			Text: blockText(b),
		}
	}
	return plainJSON(chapterJSON{
		Title:       c.Title,
		Number:      c.Number,
		Disclaimer:  c.Disclaimer.HTML(),
		OpeningNote: c.OpeningNote.HTML(),
		ClosingNote: c.ClosingNote.HTML(),
		Dedication:  c.Dedication,
		Words:       c.Body.Words(),
		Blocks:      blocks,
	})
}

// JSON is the reading in the words of FORMATS.md, as the command and the API
// both write it. Fields are sorted by name; < and > stand as they are.
func (r Reading) JSON() ([]byte, error) { return plainJSON(r) }

func plainJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
