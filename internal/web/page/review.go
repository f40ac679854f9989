package page

import (
	"context"
	"html"
	"io"
	"strconv"
	"strings"
)

// ReviewPage shows what was understood of a manuscript: the story as readers
// will get it, every guess in its place on its own ground, and beside it the
// text as it came.
//
// Each guess has forms that post to Action: start, end and what name the
// guess; do is "story" (put it back), "become" (with become, one of the names
// of Choices, and alike when all guesses like it are meant), or "undo" (take
// the writer's own choice back). The form under the text posts do "again" and
// reads the original as if nothing had been chosen.
type ReviewPage struct {
	Shell
	Action    string
	Continue  string // the form of the new work; empty: each story has its own
	Original  string // download of the text as it came
	Counts    []ReviewCount
	Works     []ReviewWork
	Source    []ReviewSpan // the text as it came, in order, without gaps
	LeftOut   []ReviewCount
	Removed   []ReviewCount // what was taken out of the original before it was kept
	ChapterOf ChapterOf     // the works of its writer
	Learnt    bool          // it was read with what is known of its writer
	Recalled  []Habit       // legends of their other texts by which its marks were read; do "unmark" with shape
	Said      string        // what the last press did: "Back in the story at its place"
	Pile      string        // the pile it came with; empty: it came alone
}

// Render writes the page.
func (p ReviewPage) Render(ctx context.Context, w io.Writer) error {
	return reviewPage(p).Render(ctx, w)
}

// ReviewCount is how often something was understood or left out. Its kinds
// are those of Guess, and those of prose.Dropped.
type ReviewCount struct {
	Kind  string
	Count int
}

// ReviewWork is one story of a manuscript.
type ReviewWork struct {
	Title    string
	Author   string
	Chapters []ReviewChapter
	Continue string // the form of a new work with this story, when there are several
}

// ReviewChapter is its parts in the order in which they came.
type ReviewChapter struct {
	Title  string // empty: only the number is shown
	Number int
	Words  int
	Parts  []ReviewPart
}

// ReviewPart is a stretch of story, or a guess.
type ReviewPart struct {
	HTML  string // safe HTML, as readers will get it
	Lang  string
	Guess *Guess // nil for plain story
}

// Guess is something a rule took for more than plain story.
type Guess struct {
	Kind    string // note, field, disclaimer, dedication, heading, break, or left_out
	What    string // the part's own name: opening_note, title, scene_heading …
	Start   int    // bytes of the source text
	End     int
	Because string // why, from the catalogue: "the line begins with A/N"
	Before  string // the line before it, for the list of guesses
	First   string // its first words
	After   string // the line after it
	Look    bool   // not sure: to be looked at first
	Sure    bool   // and else likely
	Known   bool   // its writer accepted the same shape before
	Alike   int    // others like it
	Chosen  bool   // the writer's own choice, not a rule's
	Offer   string // the text is still story, but may be this
}

// ReviewSpan is a stretch of the text as it came. Kind and Anchor are those of
// its guess, empty for story.
type ReviewSpan struct {
	Text   string
	Kind   string
	Anchor string
}

// tint is the kind on whose ground the guess stands; what its writer put back
// is story, whatever it was taken for.
func (g Guess) tint() string {
	if g.Chosen && g.What == "block" {
		return "story"
	}
	return g.Kind
}

// Anchor is the guess's own place on the page, to come back to after a press. A
// dedication stands in a note, which has a place too.
func (g Guess) Anchor() string {
	place := "g-" + strconv.Itoa(g.Start) + "-" + strconv.Itoa(g.End)
	if g.Kind == "dedication" {
		place += "-for"
	}
	return place
}

func (g Guess) start() string { return strconv.Itoa(g.Start) }

func (g Guess) end() string { return strconv.Itoa(g.End) }

// become lists what a part may be, in the words of the reader of manuscripts.
var become = []struct{ what, key string }{
	{"opening_note", "guess.opening_note"}, {"closing_note", "guess.closing_note"}, {"disclaimer", "guess.disclaimer"},
	{"dedication", "guess.dedication"}, {"chapter_head", "guess.chapter_head"}, {"scene_heading", "guess.scene_heading"},
	{"scene_break", "guess.scene_break"}, {"verse", "guess.verse"}, {"letter", "guess.letter"}, {"end_mark", "guess.end_mark"},
	{"title", "guess.title"}, {"author", "guess.author"}, {"field", "guess.field"}, {"left_out", "guess.left_out"},
}

// word names what the guess took its text for.
func (g Guess) word(s Shell) string { return whatWord(s, g.What) }

func whatWord(s Shell, what string) string {
	for _, b := range become {
		if b.what == what {
			return s.T(b.key)
		}
	}
	if what == "heading" {
		return s.T("guess.heading")
	}
	return s.T("guess.story")
}

// listed names the guess in the list over the text.
func (g Guess) listed(s Shell) string {
	if g.Offer != "" {
		return s.T("review.perhaps", "What", whatWord(s, g.Offer))
	}
	return g.word(s)
}

// choices are the other things the guess may be.
func (g Guess) choices(s Shell) []option {
	var list []option
	for _, b := range become {
		if b.what != g.What {
			list = append(list, option{b.what, s.T(b.key)})
		}
	}
	return list
}

// label says what was guessed and why, in one line.
func (g Guess) label(s Shell) string {
	switch {
	case g.Chosen && g.What == "dedication":
		return s.T("review.no_dedication_chosen")
	case g.Chosen && g.What == "block":
		return s.T("review.story_chosen")
	case g.Chosen:
		return s.T("review.chosen", "What", g.word(s))
	case g.Offer != "":
		return s.T("review.offer", "What", whatWord(s, g.Offer), "Because", g.Because)
	case g.Because == "":
		return g.word(s)
	case g.Known:
		return s.T("review.because_known", "What", g.word(s), "Because", g.Because)
	}
	return s.T("review.because", "What", g.word(s), "Because", g.Because)
}

// certainty says in a word how sure the guess is; empty for what is none.
func (g Guess) certainty(s Shell) string {
	switch {
	case g.Chosen, g.Because == "", g.What == "dedication":
		return ""
	case g.Look:
		return s.T("review.certainty_look")
	case g.Sure:
		return s.T("review.certainty_sure")
	}
	return s.T("review.certainty_likely")
}

// firstLooks are the guesses to be looked at before the others.
func (p ReviewPage) firstLooks() (look, sure []*Guess) {
	for _, w := range p.Works {
		for _, c := range w.Chapters {
			for _, part := range c.Parts {
				switch {
				case part.Guess == nil:
				case part.Guess.Look:
					look = append(look, part.Guess)
				default:
					sure = append(sure, part.Guess)
				}
			}
		}
	}
	return look, sure
}

var countKeys = map[string]string{
	"note": "review.notes", "field": "review.fields", "disclaimer": "review.disclaimers", "dedication": "review.dedications",
	"heading": "review.headings", "break": "review.breaks", "chapter": "review.chapters", "left_out": "review.left_outs", "look": "review.looks",
	"font-colour": "dropped.font_colour", "comment": "dropped.comment", "script": "dropped.script", "control-character": "dropped.control_character",
	"unknown-element": "dropped.unknown_element", "unsafe-link": "dropped.unsafe_link", "unsafe-image": "dropped.unsafe_image", "frame": "dropped.frame",
	"locked-font":           "dropped.locked_font",
	"tracked-deletion-kept": "dropped.tracked_deletion_kept", "tracked-insertion-refused": "dropped.tracked_insertion_refused",
	"hidden-text-shown": "dropped.hidden_text_shown",
	"hidden-text":       "dropped.hidden_text", "hidden-text-kept": "dropped.hidden_text_kept", "attachment": "dropped.attachment",
	"mail-packing": "dropped.mail_packing", "misread-letter": "dropped.misread_letter", "office": "dropped.office",
	"tracked-insertion": "dropped.tracked_insertion", "tracked-deletion": "dropped.tracked_deletion", "tracked-format": "dropped.tracked_format",
	"contents-table": "dropped.contents_table", "file-field": "dropped.field", "page-header": "dropped.page_header",
	"media": "dropped.media", "picture-format": "dropped.picture_format", "linked-picture": "dropped.linked_picture", "background": "dropped.background",
	"properties": "removed.properties", "thumbnail": "removed.thumbnail", "custom-data": "removed.custom_data", "macro": "removed.macro",
	"embedded": "removed.embedded", "editor-name": "removed.editor_name", "revision-mark": "removed.revision_mark", "picture-data": "removed.picture_data",
	"picture": "removed.picture", "path": "removed.path",
}

// turns says, for what of a file is left out or taken unless its writer wants
// it otherwise, what the press that turns it round does.
var turns = map[string]string{
	"tracked-deletion": "review.keep_deleted", "tracked-deletion-kept": "review.drop_deleted", "tracked-insertion": "review.drop_inserted",
	"tracked-insertion-refused": "review.keep_inserted", "hidden-text": "review.show_hidden", "hidden-text-shown": "review.drop_hidden",
}

// CountWord says a count of a manuscript in words: "3 notes", "12 font
// colours". A kind nobody named is shown with its own name.
func CountWord(s Shell, c ReviewCount) string {
	if key, known := countKeys[c.Kind]; known {
		return s.N(key, c.Count)
	}
	return s.N("dropped.formatting", c.Count, "Kind", strings.ReplaceAll(c.Kind, "-", " "))
}

// summary is what was understood, in one sentence.
func (p ReviewPage) summary() string {
	var said []string
	for _, c := range p.Counts {
		if c.Count > 0 {
			said = append(said, CountWord(p.Shell, c))
		}
	}
	if len(said) == 0 {
		return p.T("review.all_story")
	}
	return p.T("review.found", "List", p.Words.List(said))
}

// leftOut is all that is not in the story: parts of the text, then formatting.
func (p ReviewPage) leftOut() []ReviewCount {
	var list []ReviewCount
	for _, c := range p.Counts {
		if c.Kind == "left_out" && c.Count > 0 {
			list = append(list, c)
		}
	}
	return append(list, p.LeftOut...)
}

// sourceText is the text as it came, as a string, since templ would fold its
// spaces; its guesses are links to their places.
func (p ReviewPage) sourceText() string {
	var b strings.Builder
	b.WriteString(`<div class="source" tabindex="0" role="group" aria-label="` + html.EscapeString(p.T("review.source")) + `">`)
	for _, span := range p.Source {
		if span.Kind == "" {
			b.WriteString(html.EscapeString(span.Text))
			continue
		}
		b.WriteString(`<a class="g-` + html.EscapeString(span.Kind) + `" href="#` + html.EscapeString(span.Anchor) + `">` + html.EscapeString(span.Text) + `</a>`)
	}
	b.WriteString("</div>")
	return b.String()
}
