package moderation

import (
	"context"
	"slices"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

const (
	reportsOfOne  = 3  // of one person on one case
	reportsPerDay = 20 // of one member
)

// Report is what a person says of a thing they can see.
type Report struct {
	Kind    archive.SubjectKind
	Subject int64
	Chapter int64 // of a work: the chapter it was reported from; 0: the first
	Reason  archive.ReportReason
	Words   string
}

// Report begins a case, or adds to the one that is open, and keeps the thing as
// it stands now. Whose it is never learns who reported it. What the reporter
// may not see is archive.ErrNotFound; more than a few reports on one thing are
// as good as one; too many in a day are archive.ErrTooMany.
func (m *Moderation) Report(ctx context.Context, v archive.Viewer, r Report) error {
	var problems archive.Problems
	if !slices.Contains(archive.ReportReasons(), r.Reason) {
		problems.Add("why", "required")
	}
	r.Words = checkWords("words", r.Words, r.Reason == "other", &problems)
	return m.store.Write(ctx, func(tx *store.Tx) error {
		subject, exhibits, err := m.seen(ctx, tx, v, r)
		if err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if v.IsMember() {
			today, err := tx.Cases.ReportedSince(ctx, v.Account, tx.Now.Add(-24*time.Hour))
			if err != nil {
				return err
			}
			if today >= reportsPerDay {
				return archive.ErrTooMany
			}
		}
		id, err := tx.Cases.Open(ctx, subject)
		if err != nil {
			return err
		}
		said, err := tx.Cases.ReportedBy(ctx, id, v.Account)
		if err != nil || v.IsMember() && said >= reportsOfOne {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.CaseReported, Actor: v.Account, Work: subject.Work, Subject: id})
		return tx.Cases.Report(ctx, archive.Report{Case: id, Reporter: v.Account, Reason: r.Reason, Words: r.Words, AsReported: exhibits})
	})
}

// seen finds what is reported as its reporter sees it, and copies it.
func (m *Moderation) seen(ctx context.Context, tx *store.Tx, v archive.Viewer, r Report) (archive.Case, []archive.Exhibit, error) {
	switch r.Kind {
	case archive.SubjectWork:
		return seenWork(ctx, tx, v, r)
	case archive.SubjectComment:
		return seenComment(ctx, tx, v, r)
	case archive.SubjectAccount:
		return seenAccount(ctx, tx, r)
	}
	return archive.Case{}, nil, archive.ErrNotFound
}

func seenWork(ctx context.Context, tx *store.Tx, v archive.Viewer, r Report) (archive.Case, []archive.Exhibit, error) {
	work, err := tx.Works.Open(ctx, v, r.Subject)
	if err != nil {
		return archive.Case{}, nil, err
	}
	tags, err := tx.Tags.On(ctx, work.ID)
	if err != nil {
		return archive.Case{}, nil, err
	}
	exhibits := []archive.Exhibit{{What: "title", Text: work.Title}, {What: "byline", Text: bylineOf(work)}, {What: "tags", Text: wordingOf(tags[work.ID])}}
	for _, part := range []archive.Exhibit{{What: "summary", HTML: work.Summary}, {What: "notes", HTML: work.NotesBefore + work.NotesAfter}} {
		if part.HTML != "" {
			exhibits = append(exhibits, part)
		}
	}
	chapters, err := tx.Chapters.Of(ctx, work.ID, work.Gate.Edit)
	if err != nil || len(chapters) == 0 {
		return caseOn(work), exhibits, err
	}
	reported := chapters[0]
	for _, c := range chapters {
		if c.ID == r.Chapter {
			reported = c
		}
	}
	text, err := tx.Chapters.Text(ctx, reported.ID)
	return caseOn(work), append(exhibits, archive.Exhibit{What: "text", Text: reported.Title, HTML: text.NotesBefore + text.Body + text.NotesAfter}), err
}

// caseOn is a case on a work. Of an anonymous one it does not say whose it is,
// for the reporter does not know: staff find out with a reason.
func caseOn(w store.Opened) archive.Case {
	k := archive.Case{Kind: archive.SubjectWork, Subject: w.ID, Work: w.ID, Title: w.Title}
	if len(w.Creators) > 0 && !w.Anonymous {
		k.Account = w.Creators[0].Account
	}
	return k
}

// seenComment copies a comment. One that a creator made on their own anonymous
// work is nobody's here, as it is on the page.
func seenComment(ctx context.Context, tx *store.Tx, v archive.Viewer, r Report) (archive.Case, []archive.Exhibit, error) {
	said, err := tx.Comments.Find(ctx, r.Subject)
	if err != nil {
		return archive.Case{}, nil, err
	}
	work, err := tx.Works.Open(ctx, v, said.Work)
	if err != nil {
		return archive.Case{}, nil, err
	}
	if !said.SeenBy(v, work.Tie.Creator, "") {
		return archive.Case{}, nil, archive.ErrNotFound
	}
	k := archive.Case{Kind: archive.SubjectComment, Subject: said.ID, Work: work.ID, Account: said.Account, Title: work.Title}
	exhibits := []archive.Exhibit{{What: "title", Text: work.Title}, {What: "text", HTML: said.Body}}
	read, err := tx.Threads.Find(ctx, store.Reader{Viewer: v, Creator: work.Tie.Creator}, said.ID)
	if err != nil {
		return k, nil, err
	}
	switch {
	case said.Account == 0:
		exhibits = append(exhibits, archive.Exhibit{What: "name", Text: said.Guest})
	case work.Anonymous && read.Creator:
		k.Account = 0
	default:
		account, err := tx.Accounts.Find(ctx, said.Account)
		return k, append(exhibits, archive.Exhibit{What: "name", Text: account.Name}), err
	}
	return k, exhibits, nil
}

func seenAccount(ctx context.Context, tx *store.Tx, r Report) (archive.Case, []archive.Exhibit, error) {
	account, err := tx.Accounts.Find(ctx, r.Subject)
	if err != nil {
		return archive.Case{}, nil, err
	}
	pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
	exhibits := []archive.Exhibit{{What: "name", Text: account.Name}}
	for _, p := range pseuds {
		if !p.IsDefault {
			exhibits = append(exhibits, archive.Exhibit{What: "name", Text: p.Name})
		}
	}
	return archive.Case{Kind: archive.SubjectAccount, Subject: account.ID, Account: account.ID, Title: account.Name}, exhibits, err
}

// bylineOf is who signs a work, as readers know it: what its own creator or
// somebody with a reason reports tells staff no more.
func bylineOf(w store.Opened) string {
	var names []string
	if w.Anonymous {
		return ""
	}
	for _, p := range w.Creators {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

func wordingOf(tags []archive.WorkTag) string {
	var words []string
	for _, t := range tags {
		words = append(words, t.Wording)
	}
	return strings.Join(words, ", ")
}

// Close ends a case; the members who reported it are told that it was looked
// at, and nothing else. A case closed already stays as it was.
func (m *Moderation) Close(ctx context.Context, v archive.Viewer, id int64, outcome archive.Outcome, words string) error {
	var problems archive.Problems
	words = checkWords("reason", words, false, &problems)
	if outcome != archive.OutcomeActed && outcome != archive.OutcomeNothing {
		problems.Add("outcome", "required")
	}
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		k, _, err := tx.Cases.Find(ctx, id)
		if err != nil {
			return deed{}, err
		}
		if err := problems.Err(); err != nil {
			return deed{}, err
		}
		closed, err := tx.Cases.Close(ctx, id, v.Account, outcome, words)
		if err != nil || !closed {
			return deed{}, err
		}
		return deed{
			archive.Act{Kind: archive.ActClose, Account: k.Account, Work: k.Work, Subject: id, About: string(outcome), Reason: words},
			archive.Event{Kind: archive.CaseClosed, Subject: id},
		}, nil
	})
}
