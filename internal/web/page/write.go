package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/locale"
)

// FormHead is what the forms of works and chapters have before any field. The
// forms are sent as multipart/form-data with form_id, form (the name under
// which the form is autosaved), base and do: "post", "draft" or "preview".
//
// While one types, autosave.js sends the whole form to PathAutosave and takes
// any answer of 2xx for kept; "throw away" posts form to PathThrowAway.
// wordcount.js sends text and format to PathWordCount and shows the "said" of
// its JSON answer. combobox.js asks PathSuggest with kind and q and shows the
// "tags" of its JSON answer, each with name and works.
type FormHead struct {
	ID       string // unique: the same form sent twice acts once
	Autosave string // "work/new", "work/7", "chapter/7/new", "chapter/7/9"; empty for no autosave
	Base     int64  // the revision the form was opened on
	Errors   Errors
	Limits   archive.Limits
	Recovery Recovery
}

// Recovery is a text that was autosaved and never saved, newer than the one
// shown.
type Recovery struct {
	At  time.Time // zero: there is none
	URL string    // this form with that text in it
}

// stamp is the moment in milliseconds, as scripts count them.
func (r Recovery) stamp() string { return strconv.FormatInt(r.At.UnixMilli(), 10) }

// PathThrowAway drops what was autosaved of a form.
const PathThrowAway = "/autosave/throw-away"

// WorkFormPage makes or changes a work.
type WorkFormPage struct {
	Shell
	New     bool
	Draft   bool // of a work that exists: it is not posted yet
	Action  string
	Cancel  string // where one goes without saving
	Cover   string // where a work that exists is given a cover
	Head    FormHead
	Work    WorkTyped
	Own     []string      // the pen names of the account, the usual one first
	Offers  Offers        // what the archive takes
	Chapter *ChapterTyped // the first chapter, on the form of a new work
	Brought *Brought      // the manuscript it comes from
}

// Offers is what an archive lets writers choose.
type Offers struct {
	Fandom  string // where its works stand; empty: writers name fandoms
	Ratings []OfferedRating
}

// OfferedRating is a rating a work may have.
type OfferedRating struct {
	Name string
	Asks bool // readers are asked first
}

// Render writes the page.
func (p WorkFormPage) Render(ctx context.Context, w io.Writer) error {
	return workFormPage(p).Render(ctx, w)
}

// WorkTyped is the fields of a work as typed, so that nothing typed is lost
// when something is wrong. Their names in the form are those of
// archive.Problems: title, fandoms, main_tags, work_notes_before …
type WorkTyped struct {
	Title         string
	Pseuds        []string
	Fandoms       string // tags with commas between them
	Rating        string
	Warnings      []string
	Categories    []string
	Relationships string
	MainTags      string
	Characters    string
	Freeforms     string
	Language      string // BCP 47
	Summary       string
	NotesBefore   string
	NotesAfter    string
	Gifts         string // names with commas between them
	Elsewhere     string // addresses, one a line
	Planned       string // a number, or "?"
	PublishedOn   string // 2026-05-03, or empty for the day of posting
	Restricted    bool
	Anonymous     bool
	Comments      string // archive.CommentsEveryone, CommentsMembers or CommentsNobody
	Moderated     bool   // comments wait for the writer
	AsTyped       bool   // books keep marks as typed
}

// Brought is a manuscript a new work is made of.
type Brought struct {
	ID        int64
	Story     int      // which of its stories, from 0
	Said      string   // what was understood, one sentence
	Chapters  []string // titles, or "Chapter 3" where there is none; empty: its one chapter stands in the form
	Words     int      // of those chapters
	ReviewURL string
}

// ChapterFormPage makes or changes a chapter: the text first, the rest folded.
type ChapterFormPage struct {
	Shell
	New       bool
	Posted    bool // the chapter that is changed is posted
	WorkDraft bool // its work is not: the chapter is posted with it
	Action    string
	Cancel    string
	Head      FormHead
	Work      Link
	Lang      string // of the work
	Chapter   ChapterTyped
	Brought   *Brought // the manuscript a new one was begun from, or nil
	Position  int      // where it stands or will stand
	Positions int      // how many chapters there are with it
	Revisions string
}

// Render writes the page.
func (p ChapterFormPage) Render(ctx context.Context, w io.Writer) error {
	return chapterFormPage(p).Render(ctx, w)
}

// ChapterTyped is the fields of a chapter as typed, under the names
// chapter_title, text, format, chapter_summary, disclaimer, dedication,
// notes_before, notes_after, chapter_published_on and pictures (files).
type ChapterTyped struct {
	Title       string
	Text        string
	Format      string // archive.FormatText, FormatMarkdown or FormatHTML
	Summary     string
	Disclaimer  string
	Dedication  string
	NotesBefore string
	NotesAfter  string
	PublishedOn string
	Pictures    []KeptPicture
}

// KeptPicture is a picture that was sent before and waits for the save.
type KeptPicture struct {
	Name  string
	Value string // what the form carries along for it
}

// PreviewPage is a work or chapter as readers would get it; nothing is saved.
// Its form holds everything typed, and do: "edit", "draft" or "post".
type PreviewPage struct {
	Shell
	Action  string
	Hidden  []Typed
	Posted  bool // what is changed is posted already: there is no draft to go back to
	Draft   bool // it is a chapter of a draft work, and posted with that
	Story   Story
	Chapter Chapter
	Dropped []string // what was left out of the text, a sentence each
}

// Render writes the page.
func (p PreviewPage) Render(ctx context.Context, w io.Writer) error {
	return previewPage(p).Render(ctx, w)
}

// Typed is a field carried along unseen.
type Typed struct {
	Name  string
	Value string
}

// ConflictPage shows two texts of one thing, saved in two places, and lets
// their writer choose. Its form posts everything typed with base set to the
// newest revision, and do: "mine", "theirs" or "both" with the text of both.
type ConflictPage struct {
	Shell
	Action  string
	Hidden  []Typed
	SavedAt time.Time // when the other text was saved
	Parts   []Difference
	Mine    string   // the text as typed here
	Changed []string // names of other fields that differ, in words
	By      string   // who saved the other; empty: who reads this
}

// Render writes the page.
func (p ConflictPage) Render(ctx context.Context, w io.Writer) error {
	return conflictPage(p).Render(ctx, w)
}

// Difference is a stretch of two texts: in both, or in one of them.
type Difference struct {
	Text string
	Only string // "mine" or "theirs"; empty for both
}

// UploadPage takes manuscripts: a file, a pile of them, or pasted text. It
// posts file (one or many), times (when each was last changed, if a script
// knows), text and form_id to PathUpload, as multipart/form-data.
type UploadPage struct {
	Shell
	FormID string
	Errors Errors // of file and text
	Text   string
	Pasted string        // the text with its formatting, as it was pasted
	Piles  []BroughtPile // those brought before, the latest first
}

// Render writes the page.
func (p UploadPage) Render(ctx context.Context, w io.Writer) error {
	return uploadPage(p).Render(ctx, w)
}

func (p WorkFormPage) field(name, label, help, value string) field {
	return field{name: name, label: label, help: help, value: value, errors: p.Head.Errors}
}

// tags is a field of tags.
func (p WorkFormPage) tags(name, label, help, value string, needed bool) field {
	f := p.field(name, label, help, value)
	f.class, f.required = "line", needed
	return f
}

// prose is a field of running text with a limit.
func (p WorkFormPage) prose(name, label, help, value string, limit int) field {
	f := p.field(name, label, help, value)
	f.limit = limit
	return f
}

func (p WorkFormPage) titleField() field {
	f := p.field("title", p.T("work_form.title"), "", p.Work.Title)
	f.limit, f.required, f.complete = p.Head.Limits.Title, true, "off"
	return f
}

func (p WorkFormPage) ratingTicks() ticks {
	t := ticks{field: p.field("rating", p.T("work_form.rating"), "", "")}
	t.kind, t.class = "radio", "one"
	for _, offered := range p.Offers.Ratings {
		name := offered.Name
		one := tick{value: name, label: ratingWord(p.Shell, name), on: name == p.Work.Rating || name == archive.RatingNone && p.Work.Rating == ""}
		if offered.Asks {
			one.help = p.T("work_form.rating_asks")
		}
		t.options = append(t.options, one)
	}
	return t
}

func (p WorkFormPage) warningTicks() ticks {
	t := ticks{field: p.field("warnings", p.T("work_form.warnings"), p.T("work_form.warnings_help"), "")}
	t.kind = "checkbox"
	for _, name := range archive.Warnings() {
		t.options = append(t.options, tick{value: name, label: warningSign(p.Shell, name).word, on: has(p.Work.Warnings, name)})
	}
	return t
}

func (p WorkFormPage) categoryTicks() ticks {
	t := ticks{field: p.field("categories", p.T("work_form.categories"), "", "")}
	t.kind, t.optional = "checkbox", p.T("form.optional")
	for _, name := range archive.Categories() {
		t.options = append(t.options, tick{value: name, label: categoryWord(p.Shell, name), on: has(p.Work.Categories, name)})
	}
	return t
}

func (p WorkFormPage) pseudTicks() ticks {
	t := ticks{field: p.field("pseuds", p.T("work_form.pseuds"), "", "")}
	t.kind = "checkbox"
	for i, name := range p.Own {
		t.options = append(t.options, tick{value: name, label: name, on: has(p.Work.Pseuds, name) || i == 0 && len(p.Work.Pseuds) == 0})
	}
	return t
}

func (p WorkFormPage) nameTicks() ticks {
	t := ticks{field: p.field("anonymous", p.T("work_form.name"), p.T("work_form.name_help"), "")}
	t.kind, t.class = "radio", "one"
	t.options = []tick{
		{value: "", label: p.T("work_form.signed"), on: !p.Work.Anonymous},
		{value: "yes", label: p.T("work_form.anonymous"), on: p.Work.Anonymous},
	}
	return t
}

func (p WorkFormPage) readerTicks() ticks {
	t := ticks{field: p.field("restricted", p.T("work_form.readers"), "", "")}
	t.kind, t.class = "radio", "one"
	t.options = []tick{
		{value: "", label: p.T("work_form.everyone"), on: !p.Work.Restricted},
		{value: "yes", label: p.T("work_form.members"), help: p.T("work_form.members_help"), on: p.Work.Restricted},
	}
	return t
}

func (p WorkFormPage) commentTicks() ticks {
	t := ticks{field: p.field("comments", p.T("work_form.comments"), p.T("work_form.comments_help"), "")}
	t.kind, t.class = "radio", "one"
	for _, one := range []tick{
		{value: archive.CommentsEveryone, label: p.T("work_form.comments_everyone")},
		{value: archive.CommentsMembers, label: p.T("work_form.comments_members")},
		{value: archive.CommentsNobody, label: p.T("work_form.comments_nobody")},
	} {
		one.on = one.value == p.Work.Comments || one.value == archive.CommentsEveryone && p.Work.Comments == ""
		t.options = append(t.options, one)
	}
	return t
}

func (p WorkFormPage) moderationTicks() ticks {
	t := ticks{field: p.field("moderated", p.T("work_form.moderation"), "", "")}
	t.kind = "checkbox"
	t.options = []tick{{value: "yes", label: p.T("work_form.moderated"), on: p.Work.Moderated}}
	return t
}

// wrong tells whether one of the fields has an error, so that a folded part
// of the form stands open.
func (h FormHead) wrong(fields ...string) bool {
	for _, name := range fields {
		if h.Errors.At(name) != "" {
			return true
		}
	}
	return false
}

func (h FormHead) base() string { return strconv.FormatInt(h.Base, 10) }

// languages are the choices of the language field; a tag that is not among
// those offered is kept.
func (p WorkFormPage) languages() []locale.Language {
	list := locale.Languages()
	for _, l := range list {
		if l.Tag == p.Work.Language {
			return list
		}
	}
	if p.Work.Language != "" {
		list = append(list, locale.Language{Tag: p.Work.Language, Name: locale.LanguageName(p.Work.Language)})
	}
	return list
}

// said tells whether anything folded has been filled in, or is wrong: then it
// stands open.
func (p WorkFormPage) said() bool {
	t := p.Work
	return t.Gifts+t.NotesBefore+t.NotesAfter+t.Elsewhere != "" || t.Restricted || t.Anonymous || t.AsTyped ||
		p.Head.wrong("work_notes_before", "work_notes_after", "gifts", "elsewhere", "planned", "published_on")
}

// saving is what the foot of a form offers: to keep a draft, to post, or to save
// what is posted.
type saving struct {
	cancel string // where one goes without saving
	keeps  bool   // it is or may be a draft
	posts  bool   // a draft may be posted
}

func (p WorkFormPage) saving() saving { return saving{p.Cancel, p.New || p.Draft, true} }

func (p ChapterFormPage) saving() saving { return saving{p.Cancel, !p.Posted, !p.WorkDraft} }

func has(list []string, name string) bool {
	for _, one := range list {
		if one == name {
			return true
		}
	}
	return false
}

// short is a one-line field of a figure or a day.
func (p WorkFormPage) short(name, label, help, value, class, kind string) field {
	f := p.field(name, label, help, value)
	f.class, f.kind, f.complete = class, kind, "off"
	return f
}
