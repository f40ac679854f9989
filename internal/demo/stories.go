// Package demo holds the demo archive: the sample writers and the stories they
// have posted, so that a fresh machine opens on something worth reading.
package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
)

// files are the works, one folder each, numbered in the order they are shown.
//
//go:embed stories/[0-9]*
var files embed.FS

// Writer is a sample account of the demo archive.
type Writer struct {
	Account string   // the name to sign in with
	Pseuds  []string // pen names, the default one first
	About   string   // a sentence for the profile
}

// Writers returns the sample accounts, in the order they should be made. They
// carry no passwords: whoever makes the accounts sets and prints those.
func Writers() []Writer {
	return []Writer{
		{"mara_q", []string{"mara_q", "lampblack"}, "Sells ferry tickets. Has been writing about the same three lighthouse keepers since the mailing list, and is not finished."},
		{"pell", []string{"pell"}, "Drabbles, trains, other people’s commas. Will beta for biscuits."},
		{"oriane", []string{"oriane", "nightsister"}, "Works nights and writes on the bus home. Happy endings, eventually, for those who are left."},
		{"tideglass", []string{"tideglass", "shira_t"}, "Haifa. Old radio, letters, ghosts with good manners. עברית ואנגלית."},
		{"wrenfield", []string{"wrenfield", "dryw"}, "Children’s books for people who have stopped being children. Sings the verses before posting them."},
		{"mizuho", []string{"mizuho", "瑞穂"}, "Games, lighthouses, mice. Writes in English slowly and in Japanese shortly."},
	}
}

// Story is a work of the demo archive in the words the work form uses.
type Story struct {
	Slug          string    `json:"-"` // its folder, "01-the-relief"
	Title         string    `json:"title"`
	Creators      []Creator `json:"creators"` // in byline order
	Fandoms       []string  `json:"fandoms"`
	Rating        string    `json:"rating"`
	Warnings      []string  `json:"warnings"`
	Categories    []string  `json:"categories"`
	Relationships []string  `json:"relationships"`
	MainTags      []string  `json:"main_tags"` // those relationships that are the main ones
	Characters    []string  `json:"characters"`
	Freeforms     []string  `json:"freeforms"`
	Language      string    `json:"language"`     // BCP 47
	Summary       string    `json:"summary"`      // HTML, as are the notes
	NotesBefore   string    `json:"notes_before"` // shown before the first chapter
	NotesAfter    string    `json:"notes_after"`  // shown after the last
	Gifts         []string  `json:"gifts"`        // pseuds of those it is for
	Restricted    bool      `json:"restricted"`   // members only
	Planned       int       `json:"planned"`      // chapters planned, 0 for "?"
	Chapters      []Chapter `json:"chapters"`
}

// Creator is one name of a byline: the account and the pseud it writes under.
type Creator struct {
	Account string `json:"account"`
	Pseud   string `json:"pseud"`
}

// Chapter is one posted chapter of a Story.
type Chapter struct {
	File        string `json:"file"`
	Title       string `json:"title"`
	DaysAgo     int    `json:"days_ago"` // posted this many days before the archive is made
	Disclaimer  string `json:"disclaimer"`
	NotesBefore string `json:"notes_before"`
	NotesAfter  string `json:"notes_after"`
	Dedication  string `json:"dedication"` // whom the chapter is for, in the writer's words
	Text        string `json:"-"`
	Format      Format `json:"-"`
}

// Format says how the text of a chapter is written.
type Format string

// The formats of a chapter's file, by its ending. A Manuscript carries its own
// heading, disclaimer and notes, as a writer keeps them, and is for the
// manuscript reader to take apart.
const (
	HTML       Format = "html"
	Markdown   Format = "markdown"
	Manuscript Format = "manuscript"
)

// formats are the known endings of chapter files.
var formats = map[string]Format{".html": HTML, ".md": Markdown, ".txt": Manuscript}

// Stories returns every work of the demo archive with its chapters' texts, in
// the order of their folders. An error names the folder and means the program
// was built from a damaged tree.
func Stories() ([]Story, error) {
	folders, err := fs.Glob(files, "stories/*")
	if err != nil {
		return nil, fmt.Errorf("list demo stories: %w", err)
	}
	stories := make([]Story, 0, len(folders))
	for _, folder := range folders {
		s, err := readStory(folder)
		if err != nil {
			return nil, fmt.Errorf("read demo story %s: %w", path.Base(folder), err)
		}
		stories = append(stories, s)
	}
	return stories, nil
}

func readStory(folder string) (Story, error) {
	sheet, err := files.ReadFile(path.Join(folder, "work.json"))
	if err != nil {
		return Story{}, err
	}
	s := Story{Slug: path.Base(folder)}
	dec := json.NewDecoder(bytes.NewReader(sheet))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return Story{}, err
	}
	for i := range s.Chapters {
		c := &s.Chapters[i]
		text, err := files.ReadFile(path.Join(folder, c.File))
		if err != nil {
			return Story{}, err
		}
		format, ok := formats[path.Ext(c.File)]
		if !ok {
			return Story{}, fmt.Errorf("chapter file %s: its ending should be .html, .md or .txt", c.File)
		}
		c.Text, c.Format = string(text), format
	}
	return s, nil
}
