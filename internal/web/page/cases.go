package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
)

// ReportPage asks what is wrong with a thing. It posts why, words and, for a
// work, chapter to Action.
type ReportPage struct {
	Shell
	Of      string // what is reported, as it is called
	Back    string // the thing itself
	Action  string
	Chapter string // of a work: the chapter it is reported from
	Errors  Errors
	Why     string
	Typed   string
}

// Render writes the page.
func (p ReportPage) Render(ctx context.Context, w io.Writer) error {
	return reportPage(p).Render(ctx, w)
}

func (p ReportPage) reasons() ticks {
	t := ticks{field: field{name: "why", label: p.T("report.why"), errors: p.Errors}}
	t.kind, t.class = "radio", "one"
	for _, reason := range archive.ReportReasons() {
		t.options = append(t.options, tick{value: string(reason), label: reasonWord(p.Shell, reason), on: string(reason) == p.Why})
	}
	return t
}

func reasonWord(s Shell, reason archive.ReportReason) string {
	switch reason {
	case "harassment":
		return s.T("report.harassment")
	case "rating":
		return s.T("report.rating")
	case "plagiarism":
		return s.T("report.plagiarism")
	case "private":
		return s.T("report.private")
	case "spam":
		return s.T("report.spam")
	case "illegal":
		return s.T("report.illegal")
	}
	return s.T("report.other")
}

// CasesPage is the cases that are open, or those that are closed.
type CasesPage struct {
	Shell
	Open  bool
	Cases []CaseLine
	Pager Pager
}

// Render writes the page.
func (p CasesPage) Render(ctx context.Context, w io.Writer) error { return casesPage(p).Render(ctx, w) }

// CaseLine is a case in a list.
type CaseLine struct {
	URL     string
	Kind    archive.SubjectKind
	Title   string
	Reports int
	At      time.Time // opened or, when it is, closed
	Outcome archive.Outcome
}

// CasePage is one case with everything said of it. It posts outcome and reason
// to Action.
type CasePage struct {
	Shell
	Line    CaseLine
	Subject Link   // the thing as it stands now
	Actions []Link // what can be done about it
	Closed  time.Time
	Said    string // by staff, when it was closed
	Reports []Reported
	Action  string
	Errors  Errors
	Typed   string
}

// Render writes the page.
func (p CasePage) Render(ctx context.Context, w io.Writer) error { return casePage(p).Render(ctx, w) }

// Reported is what one person said, with the thing as it stood then.
type Reported struct {
	By       Person // empty: a guest
	At       time.Time
	Reason   archive.ReportReason
	Words    string
	Exhibits []Exhibit
}

// Exhibit is one text of a thing as it was reported.
type Exhibit struct {
	What string // see archive.Exhibit
	Text string
	HTML string // safe
}

func (p CasePage) outcomes() ticks {
	t := ticks{field: field{name: "outcome", label: p.T("case.outcome"), errors: p.Errors}}
	t.kind, t.class = "radio", "one"
	t.options = []tick{
		{value: string(archive.OutcomeActed), label: p.T("case.acted")},
		{value: string(archive.OutcomeNothing), label: p.T("case.nothing")},
	}
	return t
}

func outcomeWord(s Shell, o archive.Outcome) string {
	if o == archive.OutcomeActed {
		return s.T("case.acted")
	}
	return s.T("case.nothing")
}

func subjectWord(s Shell, kind archive.SubjectKind) string {
	switch kind {
	case archive.SubjectWork:
		return s.T("case.of_work")
	case archive.SubjectComment:
		return s.T("case.of_comment")
	}
	return s.T("case.of_account")
}

func exhibitWord(s Shell, what string) string {
	switch what {
	case "title":
		return s.T("exhibit.title")
	case "byline":
		return s.T("exhibit.byline")
	case "tags":
		return s.T("exhibit.tags")
	case "summary":
		return s.T("exhibit.summary")
	case "notes":
		return s.T("exhibit.notes")
	case "name":
		return s.T("exhibit.name")
	}
	return s.T("exhibit.text")
}

// letters is a field of running plain text.
func letters(s Shell, name, label, help, typed string, e Errors) field {
	return field{name: name, label: label, help: help, value: typed, errors: e, limit: mostLetters}
}

// mostLetters is the longest reason, letter or report, in characters.
const mostLetters = 5000

func number(n int64) string { return strconv.FormatInt(n, 10) }
