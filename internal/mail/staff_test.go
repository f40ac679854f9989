package mail_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestStaffTellAMemberWhyAndOnlyOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		tell := teller(t, w, birds)
		until := w.Clock.Now().Add(72 * time.Hour)
		for _, act := range []archive.Act{
			{Kind: archive.ActSuspend, Account: b.ito, About: until.Format(time.RFC3339), Reason: "Not <kind>."},
			{Kind: archive.ActHide, Work: b.work, Reason: "It names a neighbour."},
		} {
			act.Staff = 99
			event := archive.Event{Kind: archive.MemberTold, Actor: 99, Work: act.Work}
			b.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
				event.Subject, err = tx.Acts.Add(ctx, act)
				return err
			})
			event = b.record(t, event)
			for range 2 { // a job may be run again
				if err := tell.TellStaffAct(t.Context(), event, archive.Job{ID: 1}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := birds.to(); !slices.Equal(got, []string{"ito@example.org", "ito@example.org", "mara@example.org", "mara@example.org"}) {
			t.Fatalf("mailed %v", got)
		}
		suspended, hidden := birds.carried[0], birds.carried[2]
		for text, parts := range map[string][]string{
			suspended.Text: {"until 4 May 2026", "Not <kind>.", "https://figs.example.org/account/from-staff"},
			suspended.HTML: {"Not &lt;kind&gt;."},
			hidden.Text:    {"Salt <& Iron>", "It names a neighbour."},
		} {
			for _, part := range parts {
				if !strings.Contains(text, part) {
					t.Errorf("the letter lacks %q:\n%s", part, text)
				}
			}
		}
		if suspended.MessageID != birds.carried[1].MessageID {
			t.Error("the same letter has two names")
		}
		for _, account := range []int64{b.ito, b.mara} {
			if got := b.noticed(t, account); got != 1 {
				t.Errorf("account %d has %d notices", account, got)
			}
		}
	})
}

func TestReportersHearThatACaseIsClosedAndWritersDoNot(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		var id int64
		b.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if id, err = tx.Cases.Open(ctx, archive.Case{Kind: archive.SubjectWork, Subject: b.work, Work: b.work, Account: b.mara, Title: "Salt"}); err != nil {
				return err
			}
			for _, reporter := range []int64{b.ito, b.ito, 0} {
				if err := tx.Cases.Report(ctx, archive.Report{Case: id, Reporter: reporter, Reason: "spam", Words: fmt.Sprint(reporter)}); err != nil {
					return err
				}
			}
			return nil
		})
		e := b.record(t, archive.Event{Kind: archive.CaseClosed, Actor: 99, Subject: id})
		if err := teller(t, w, birds).TellReporters(t.Context(), e, archive.Job{ID: 1}); err != nil {
			t.Fatal(err)
		}
		if len(birds.carried) != 0 || b.noticed(t, b.ito) != 1 || b.noticed(t, b.mara) != 0 {
			t.Errorf("mailed %v; the reporter has %d notices, the writer %d", birds.to(), b.noticed(t, b.ito), b.noticed(t, b.mara))
		}
	})
}

func TestStaffAloneAreToldWhatWaitsAndByNoMail(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Members.SetStaff(ctx, b.ito, true)
			return err
		})
		tell := teller(t, w, birds)
		for _, what := range []string{"cases", "bursts", "comments", "nothing we know"} {
			e := b.record(t, archive.Event{Kind: archive.StaffCalled, Subject: 3, Data: map[string]string{"what": what}})
			for range 2 { // a job may be run again
				if err := tell.TellStaff(t.Context(), e, archive.Job{ID: 1}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(birds.carried) != 0 || b.noticed(t, b.ito) != 3 || b.noticed(t, b.mara) != 0 {
			t.Errorf("mailed %v; staff have %d notices, a member %d", birds.to(), b.noticed(t, b.ito), b.noticed(t, b.mara))
		}
	})
}
