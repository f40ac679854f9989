package api

import (
	"encoding/json"
	"time"

	"golang.org/x/text/language"

	"github.com/danielgtaylor/huma/v2"

	"ficus/internal/archive"
)

// workBody is a work as it is sent, in the words of PRODUCT.md. What is
// missing is said by archive's rules together with everything else, so no
// field is required here.
type workBody struct {
	Title         string        `json:"title,omitempty" doc:"Required. Up to 255 characters."`
	Pseuds        []string      `json:"pseuds,omitempty" doc:"Pen names of yours that sign it; your default when left out."`
	Fandoms       []string      `json:"fandoms,omitempty" doc:"At least one, unless it is a draft. An archive of one fandom puts works there by itself."`
	Rating        string        `json:"rating,omitempty" doc:"Not Rated (when left out), General, Teen, Mature or Explicit; an archive may take some of them only."`
	Warnings      []string      `json:"warnings,omitempty" doc:"At least one, unless it is a draft: chose not to warn, none apply, graphic violence, major character death, rape/non-con, underage sex."`
	Categories    []string      `json:"categories,omitempty" doc:"Any of F/F, F/M, M/M, Gen, Multi, Other."`
	Relationships []string      `json:"relationships,omitempty"`
	Main          []string      `json:"main_relationships,omitempty" doc:"Up to two of the relationships."`
	Characters    []string      `json:"characters,omitempty"`
	Freeforms     []string      `json:"freeforms,omitempty" doc:"Other tags."`
	Language      string        `json:"language,omitempty" doc:"A BCP 47 tag such as en. Required, unless it is a draft."`
	Summary       string        `json:"summary,omitempty" doc:"Allowed HTML and plain lines, as are all notes."`
	NotesBefore   string        `json:"notes_before,omitempty" doc:"Before the whole work."`
	NotesAfter    string        `json:"notes_after,omitempty" doc:"After the whole work."`
	Gifts         []string      `json:"gifts,omitempty" doc:"Readers it is given to, by name."`
	Restricted    bool          `json:"restricted,omitempty" doc:"Members only."`
	Anonymous     bool          `json:"anonymous,omitempty" doc:"Readers are not told who signs it."`
	AsTyped       bool          `json:"as_typed,omitempty" doc:"Its books keep quotation marks, dashes and spaces as they were typed."`
	Planned       planned       `json:"planned,omitempty" doc:"Chapters there will be; null when that is not known. As many as are sent when left out."`
	PublishedOn   string        `json:"published_on,omitempty" format:"date" doc:"An earlier day to bear; today when left out."`
	Draft         bool          `json:"draft,omitempty" doc:"Keep it as a draft that only you see."`
	Chapters      []ChapterBody `json:"chapters,omitempty" doc:"At least one, unless it is a draft."`
}

// ChapterBody is a chapter as it is sent.
type ChapterBody struct {
	Title       string `json:"title,omitempty"`
	Text        string `json:"text,omitempty"`
	Format      string `json:"format,omitempty" doc:"text (when left out), markdown or html."`
	Read        string `json:"read,omitempty" doc:"manuscript sets notes, disclaimer, heads and scene marks apart and tells its guesses; text takes everything as story. When left out: manuscript for format text without notes or disclaimer given, text otherwise. Given notes always turn guessing off."`
	Summary     string `json:"summary,omitempty"`
	Disclaimer  string `json:"disclaimer,omitempty"`
	NotesBefore string `json:"notes_before,omitempty"`
	NotesAfter  string `json:"notes_after,omitempty"`
	Dedication  string `json:"dedication,omitempty" doc:"To whom, in plain words."`
	PublishedOn string `json:"published_on,omitempty" format:"date"`
}

// planned tells a number left out from one that is null.
type planned struct {
	sent  bool
	count int // 0: not known
}

// UnmarshalJSON notes that the number was sent.
func (p *planned) UnmarshalJSON(data []byte) error {
	p.sent = true
	return json.Unmarshal(data, &p.count)
}

// Schema describes it as a number or null.
func (planned) Schema(huma.Registry) *huma.Schema {
	least := 1.0
	return &huma.Schema{Type: huma.TypeInteger, Nullable: true, Minimum: &least}
}

// fields gives what was sent in the words of the verb, for so many chapters.
func (b workBody) fields(chapters int) (archive.WorkFields, faults) {
	f := archive.WorkFields{
		Title: b.Title, Pseuds: b.Pseuds, Fandoms: b.Fandoms, Rating: b.Rating, Warnings: b.Warnings, Categories: b.Categories,
		Relationships: b.Relationships, MainTags: b.Main, Characters: b.Characters, Freeforms: b.Freeforms, Language: b.Language,
		Summary: b.Summary, NotesBefore: b.NotesBefore, NotesAfter: b.NotesAfter, Gifts: b.Gifts, Restricted: b.Restricted, Anonymous: b.Anonymous, AsTyped: b.AsTyped,
		Planned: max(chapters, 1), PublishedOn: day(b.PublishedOn),
	}
	if b.Planned.sent {
		f.Planned = b.Planned.count
	}
	if b.Language == "" {
		return f, nil
	}
	tag, err := language.Raw.Parse(b.Language)
	if err != nil {
		return f, faults{faultAt("body", archive.Invalid{Field: "language", Rule: "unknown", Args: map[string]any{"Value": archive.CleanLine(b.Language)}})}
	}
	f.Language = tag.String()
	return f, nil
}

// fields gives what was sent in the words of the verb, nothing guessed.
func (b ChapterBody) fields() archive.ChapterFields {
	return archive.ChapterFields{
		Title: b.Title, Summary: b.Summary, Disclaimer: b.Disclaimer, NotesBefore: b.NotesBefore, NotesAfter: b.NotesAfter,
		Dedication: b.Dedication, Text: b.Text, Format: b.Format, PublishedOn: day(b.PublishedOn),
	}
}

// day reads a day that the schema has checked; none is the zero time.
func day(typed string) time.Time {
	t, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return time.Time{}
	}
	return t
}
