package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestWhoeverWatchesAnAccountIsToldOfItsWaysIn(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		tell := teller(t, w, birds)
		for n, c := range []struct {
			kind archive.EventKind
			says string
		}{
			{archive.PasskeyAdded, "A passkey was added"},
			{archive.PasskeyRemoved, "A passkey was removed"},
			{archive.PasskeyCopied, "has a copy somewhere"},
			{archive.SecondStepOn, "asks for a second step"},
			{archive.SecondStepOff, "password alone again"},
			{archive.RecoveryRenewed, "New recovery codes"},
			{archive.RecoveryUsed, "A recovery code of your account was used"},
			{archive.AccountRestored, "Your account is back"},
		} {
			e := b.record(t, archive.Event{Kind: c.kind, Actor: b.mara, Subject: b.mara})
			for range 2 { // tried again: one notice
				if err := tell.TellSafety(t.Context(), e, archive.Job{}); err != nil {
					t.Fatal(err)
				}
			}
			mail := birds.last()
			if !strings.Contains(mail, c.says) || !strings.Contains(mail, "change your password at once") {
				t.Errorf("%s is told as:\n%s", c.kind, mail)
			}
			if got := b.noticed(t, b.mara); got != int64(n+1) {
				t.Errorf("%s: %d notices", c.kind, got)
			}
		}
	})
}

func TestADeletedAccountIsToldOfItsDeletionAndOfNothingElse(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		tell := teller(t, w, birds)
		b.post(t)
		b.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Deletions.Add(ctx, archive.Deletion{Account: b.mara, PurgeAt: tx.Now.Add(30 * 24 * time.Hour), Sole: archive.FateDelete, Shared: archive.FateRemove, Answers: archive.AnswersKeep})
			return err
		})
		e := b.record(t, archive.Event{Kind: archive.AccountDeleted, Actor: b.mara, Subject: b.mara})
		if err := tell.TellSafety(t.Context(), e, archive.Job{}); err != nil {
			t.Fatal(err)
		}
		if mail := birds.last(); !strings.Contains(mail, "Until 31 May 2026 you can bring it back") || !strings.Contains(mail, "/sign-in") {
			t.Errorf("told as:\n%s", mail)
		}
		carried := len(birds.carried)
		gone := b.delete(t)
		gone.Data = map[string]string{"account": "deleted"}
		if err := tell.TellDeleted(t.Context(), gone, archive.Job{}); err != nil {
			t.Fatal(err)
		}
		gone.Data = nil
		if err := tell.TellDeleted(t.Context(), gone, archive.Job{}); err != nil {
			t.Fatal(err)
		}
		if len(birds.carried) != carried {
			t.Errorf("she is told more: %v", birds.to())
		}
		b.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Deletions.Undo(ctx, b.mara) })
		if err := tell.TellSafety(t.Context(), e, archive.Job{}); err != nil {
			t.Fatal(err)
		}
		if len(birds.carried) != carried {
			t.Errorf("told of a deletion that was undone")
		}
	})
}

// last is the words of the mail carried last.
func (p *pigeons) last() string {
	if len(p.carried) == 0 {
		return ""
	}
	return p.carried[len(p.carried)-1].Text
}
