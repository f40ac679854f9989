package web

import (
	"strings"

	"ficus/internal/manuscript"
	"ficus/internal/prose"
	"ficus/internal/writing"
)

// readForEditor reads a text for the editor as saving it would, and what is
// pasted as a manuscript is read. It saves nothing.
func (w *Web) readForEditor(r *Request) (Response, error) {
	text, format := r.PostForm.Get("text"), r.PostForm.Get("format")
	var read prose.Document
	var dropped []prose.Dropped
	switch format {
	case "paste", "paste-text":
		read, dropped = pasted(text, format)
	default:
		read, dropped = writing.Read(text, format)
	}
	return Response{JSON: map[string]any{
		"html": read.HTML(), "typed": read.Editable(), "said": strings.Join(droppedWords(r, dropped), " "),
	}}, nil
}

// pasted reads what came off a clipboard. The reader of manuscripts knows the
// habits of word processors; where it finds more than a story in it, such as
// notes, all stays where it was.
func pasted(text, format string) (prose.Document, []prose.Dropped) {
	kind := map[string]string{"paste": "html", "paste-text": "txt"}[format]
	reading, err := manuscript.Read([]byte(text), manuscript.Options{Kind: kind})
	if err == nil && setsApart(reading) {
		reading, err = manuscript.Read([]byte(text), manuscript.Options{Kind: kind, NoGuess: true})
	}
	if err != nil || len(reading.Works) != 1 || len(reading.Works[0].Chapters) != 1 {
		if kind == "html" {
			return prose.ReadHTML(text)
		}
		return prose.ReadTyped(text)
	}
	dropped := make([]prose.Dropped, len(reading.Dropped))
	for i, d := range reading.Dropped {
		dropped[i] = prose.Dropped(d)
	}
	return reading.Works[0].Chapters[0].Body, dropped
}

// setsApart tells whether a reading took anything out of the story.
func setsApart(reading manuscript.Reading) bool {
	for _, p := range reading.Parts {
		if p.What != manuscript.InStory {
			return true
		}
	}
	return false
}
