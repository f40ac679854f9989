package page

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
)

// PathPiles is where piles are, with the number of one behind it.
const PathPiles = "/piles/"

// PilePage shows what was found in many files that were brought at once: the
// stories with their chapters in order, what is left out, and what was skipped
// with the reason.
//
// Its one form posts to Action: base, row (of each text that has fields), and
// of a text with the number N place-N, work-N, in-N (a tick) and version-N; of
// a work title-N and into-N. do is "save", "make", or "earlier", "later" and
// "apart" with the number of a text or file behind it: "earlier-12".
type PilePage struct {
	Shell
	Action  string
	Base    int64
	Files   int
	Works   []PileWork
	LeftOut []PileText
	Skipped []PileSkip
	Own     []PileInto // works of the writer that chapters may be added to
	Left    int        // texts that are taken in and no drafts yet
	Said    string     // what the last press did
	Errors  Errors
}

// Render writes the page.
func (p PilePage) Render(ctx context.Context, w io.Writer) error {
	return pilePage(p).Render(ctx, w)
}

// PileWork is a story of a pile.
type PileWork struct {
	Number int
	Title  string
	Into   int64 // the work its chapters are added to; 0: a new draft
	Begun  bool  // chapters of it are drafts already
	Draft  Link  // the work they are in
	Texts  []PileText
}

// PileText is a text of a pile.
type PileText struct {
	Number   int
	Work     int
	Place    int
	Name     string // of the file that stands for it
	Title    string
	Chapters int
	Words    int
	Story    int // which of the stories in its file, from 1
	Stories  int // how many there are, if several
	Made     bool
	Review   string        // where it is shown as understood
	Versions []PileVersion // the files that hold it, if several
	First    bool          // of its work
	Last     bool
}

// PileVersion is one of several files that hold a text.
type PileVersion struct {
	Number int
	Name   string
	Words  int
	Chosen bool
	Review string
}

// PileSkip is a file that is no chapter, by its rule.
type PileSkip struct {
	Name string
	Rule string
}

// PileInto is a work of the writer that chapters may be added to.
type PileInto struct {
	Work  int64
	Title string
}

// BroughtPile is a pile in the list of those that were brought.
type BroughtPile struct {
	URL   string
	At    time.Time
	Files int
}

// anchor is the text's own place on the page, to come back to after a press.
func (t PileText) anchor() string { return "f-file-" + strconv.Itoa(t.Number) }

func (t PileText) named(field string) string { return field + "-" + strconv.Itoa(t.Number) }

// called is what the text is called on the page.
func (t PileText) called() string {
	if t.Title != "" {
		return t.Title
	}
	return t.Name[strings.LastIndexByte(t.Name, '/')+1:]
}

func (w PileWork) named(field string) string { return field + "-" + strconv.Itoa(w.Number) }

// counted says how much there is of what, in one sentence.
func (p PilePage) counted() string {
	texts, versions := len(p.LeftOut), 0
	all := slices.Clone(p.LeftOut)
	for _, w := range p.Works {
		texts += len(w.Texts)
		all = append(all, w.Texts...)
	}
	for _, t := range all {
		versions += max(0, len(t.Versions)-1)
	}
	list := []string{p.N("pile.texts", texts)}
	if versions > 0 {
		list = append(list, p.N("pile.others", versions))
	}
	if len(p.Skipped) > 0 {
		list = append(list, p.N("pile.skips", len(p.Skipped)))
	}
	return p.T("pile.found", "Files", p.N("pile.files", p.Files), "List", p.Words.List(list))
}

// begun is true once some of the pile are drafts.
func (p PilePage) begun() bool {
	return slices.ContainsFunc(p.Works, func(w PileWork) bool { return w.Begun })
}

// makeWord is what the button that makes drafts says.
func (p PilePage) makeWord() string {
	if p.begun() {
		return p.T("pile.go_on")
	}
	return p.T("pile.make")
}

// heading is what a work of the pile is called over its chapters.
func (p PilePage) heading(w PileWork) string {
	if w.Title == "" {
		return p.T("pile.work", "Number", w.Number)
	}
	return w.Title
}

func (p PilePage) titleField(w PileWork) field {
	return field{name: w.named("title"), label: p.T("pile.work_title"), value: w.Title, complete: "off", errors: p.Errors}
}

// into are what the chapters of a work may become.
func (p PilePage) into(w PileWork) []option {
	list := []option{{"0", p.T("pile.new_draft")}}
	for _, own := range p.Own {
		list = append(list, option{strconv.FormatInt(own.Work, 10), p.T("pile.add_to", "Title", own.Title)})
	}
	return list
}

// homes are the works that a text may belong to, and one of its own.
func (p PilePage) homes() []option {
	var list []option
	last := 0
	for _, w := range p.Works {
		list = append(list, option{strconv.Itoa(w.Number), p.heading(w)})
		last = max(last, w.Number)
	}
	return append(list, option{strconv.Itoa(last + pileOwn), p.T("pile.own_work")})
}

// pileOwn is far behind the numbers of a pile's works: a text said to be of
// such a one gets a work of its own.
const pileOwn = 100_000

// why says why a file was skipped.
func (p PilePage) why(skip PileSkip) string {
	rule := skip.Rule
	if rule == "manuscript.empty" {
		rule = "pile.empty"
	}
	return ErrorsOf(p.Shell, archive.Problems{{Field: "file", Rule: rule}})[0].Text
}

// facts are what is known of a text, besides its name.
func (p PilePage) facts(t PileText) []string {
	var list []string
	if t.called() != t.Name {
		list = append(list, t.Name)
	}
	if t.Stories > 0 {
		list = append(list, p.T("pile.story", "Number", t.Story, "Count", t.Stories))
	}
	if t.Chapters > 1 {
		list = append(list, p.N("mine.chapters", t.Chapters))
	}
	if t.Words > 0 {
		list = append(list, p.N("count.words", t.Words))
	}
	return list
}

// PileErrors says what is wrong with a pile: of which file, and which chapter
// in it.
func PileErrors(s Shell, problems archive.Problems) Errors {
	var said Errors
	for _, problem := range problems {
		at := problem.Field
		file, named := problem.Args["File"].(string)
		if part, told := problem.Args["Part"].(string); told {
			problem.Field = part
		} else if field, _, numbered := strings.Cut(at, "-"); numbered {
			problem.Field = field
		}
		one := ErrorsOf(s, archive.Problems{problem})[0]
		one.Field = at
		chapter, several := problem.Args["Chapter"]
		switch {
		case named && several:
			one.Text = s.T("pile.of_chapter", "File", file, "Chapter", chapter, "What", one.Text)
		case named:
			one.Text = s.T("pile.of_file", "File", file, "What", one.Text)
		}
		said = append(said, one)
	}
	return said
}
