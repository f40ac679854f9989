package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// leaves is the plainest way to go.
func leaves() archive.Deletion {
	return archive.Deletion{Sole: archive.FateDelete, Shared: archive.FateRemove, Answers: archive.AnswersKeep}
}

func TestADeletedAccountIsSignedOutEverywhereAndComesBackWithThePassword(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		session, err := a.SignInAs(t.Context(), mara, "A browser")
		if err != nil {
			t.Fatal(err)
		}
		token, err := a.NewToken(t.Context(), "mara", "a program")
		if err != nil {
			t.Fatal(err)
		}
		if err := a.DeleteAccount(t.Context(), mara, leaves()); err != nil {
			t.Fatal(err)
		}
		if seen, _, err := a.Who(t.Context(), session); err != nil || seen.Viewer.IsMember() {
			t.Errorf("a device is still %v's: %v", seen.Viewer, err)
		}
		if holder, err := a.WhoHolds(t.Context(), token); err != nil || holder.IsMember() {
			t.Errorf("a key is still %v's: %v", holder, err)
		}
		_, _, err = a.SignIn(t.Context(), "mara", password, "")
		secret := asksMore(t, err, archive.WantReturn)
		if _, _, err := a.EnterCode(t.Context(), secret, "000000", ""); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a code where none is asked for: %v", err)
		}
		if _, err := a.Join(t.Context(), accounts.Joining{Name: "mara", Password: password}); rules(err)["name"] != "name_taken" {
			t.Errorf("her name meanwhile: %v", err)
		}
		back, who, err := a.RestoreAccount(t.Context(), secret, "A browser")
		if err != nil || who.Account != mara.Account {
			t.Fatalf("brought back: %v %v", who, err)
		}
		if seen, _, err := a.Who(t.Context(), back); err != nil || seen.Viewer.Name != "mara" {
			t.Errorf("back as %v: %v", seen.Viewer, err)
		}
		if seen, _, err := a.Who(t.Context(), session); err != nil || seen.Viewer.IsMember() {
			t.Errorf("the old device is signed in again: %v", err)
		}
		if _, _, err := a.RestoreAccount(t.Context(), secret, ""); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("brought back twice: %v", err)
		}
	})
}

func TestADeletedAccountWithASecondStepAsksForBoth(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		phone, _ := guards(t, w, a, mara)
		if err := a.DeleteAccount(t.Context(), mara, leaves()); err != nil {
			t.Fatal(err)
		}
		half := halfIn(t, a, "mara")
		if _, _, err := a.RestoreAccount(t.Context(), half, ""); !errors.Is(err, archive.ErrNotFound) {
			t.Fatalf("the password alone brings it back: %v", err)
		}
		_, _, err := a.EnterCode(t.Context(), half, phone.code(), "")
		if _, _, err := a.RestoreAccount(t.Context(), asksMore(t, err, archive.WantReturn), ""); err != nil {
			t.Errorf("both: %v", err)
		}
	})
}

func TestTwoDeletionsAtOnceAreOne(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		var both sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			both.Go(func() { errs[i] = a.DeleteAccount(t.Context(), mara, leaves()) })
		}
		both.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			events, err := tx.Log.After(ctx, 0, 100)
			count := 0
			for _, e := range events {
				if e.Kind == archive.AccountDeleted {
					count++
				}
			}
			if count != 1 {
				t.Errorf("deleted %d times", count)
			}
			return err
		})
	})
}

func TestTheLastOfTheStaffCannotLeave(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		staff := func(name string) archive.Viewer {
			v, err := a.Join(t.Context(), accounts.Joining{Name: name, Password: password, Staff: true})
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		wren, robin := staff("wren"), staff("robin")
		if err := a.DeleteAccount(t.Context(), wren, leaves()); err != nil {
			t.Fatal(err)
		}
		if err := a.DeleteAccount(t.Context(), robin, leaves()); rules(err)["sole"] != "last_staff" {
			t.Errorf("the last one: %v", err)
		}
	})
}

func TestADeletionWithoutChoicesIsRefused(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	a := open(t, w)
	mara := join(t, a, "mara")
	got := rules(a.DeleteAccount(t.Context(), mara, archive.Deletion{Sole: archive.FateRemove, Shared: archive.FateDelete, Answers: "what"}))
	for _, field := range []string{"sole", "shared", "answers"} {
		if got[field] != "choose" {
			t.Errorf("%s: %q", field, got[field])
		}
	}
}

func TestAfterThirtyDaysNothingTellsWhoItWas(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		pell := join(t, a, "pell")
		guards(t, w, a, mara)
		if err := a.DeleteAccount(t.Context(), mara, leaves()); err != nil {
			t.Fatal(err)
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error { // what others do meanwhile
			_, err := tx.Ties.Block(ctx, pell.Account, mara.Account)
			return err
		})
		w.Clock.Pass(29 * 24 * time.Hour)
		if gone, err := a.PurgeDeleted(t.Context()); err != nil || gone != 0 {
			t.Fatalf("on day 29 %d went, %v", gone, err)
		}
		w.Clock.Pass(2 * 24 * time.Hour)
		_, _, err := a.SignIn(t.Context(), "mara", password, "") // a moment before it is forgotten
		half := asksMore(t, err, archive.WantCode)
		if gone, err := a.PurgeDeleted(t.Context()); err != nil || gone != 1 {
			t.Fatalf("on day 31 %d went, %v", gone, err)
		}
		if gone, err := a.PurgeDeleted(t.Context()); err != nil || gone != 0 {
			t.Errorf("forgotten again: %d, %v", gone, err)
		}
		if _, _, err := a.RestoreAccount(t.Context(), half, ""); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("brought back after all: %v", err)
		}
		if _, _, err := a.SignIn(t.Context(), "mara", password, ""); rules(err)["password"] != "sign_in_wrong" {
			t.Errorf("signing in: %v", err)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			left, err := tx.Accounts.Find(ctx, mara.Account)
			if left.Name != "" || left.Email != "" || left.PasswordHash != "" {
				t.Errorf("what is left: %+v", left)
			}
			if pseuds, err := tx.Accounts.Pseuds(ctx, mara.Account); err != nil || len(pseuds) != 0 {
				t.Errorf("pen names left: %v, %v", pseuds, err)
			}
			if tied, err := tx.Ties.Blocked(ctx, pell.Account); err != nil || len(tied) != 0 {
				t.Errorf("a block left: %v, %v", tied, err)
			}
			if _, err := tx.SecondSteps.Find(ctx, mara.Account); !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("a secret left: %v", err)
			}
			return err
		})
	})
}

func TestTheLastOfTheStaffStaysHoweverManyGoAtOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		for round := range 5 {
			var staff []archive.Viewer
			for _, name := range []string{"ada", "bea", "cora"} {
				v, err := a.Join(t.Context(), accounts.Joining{Name: fmt.Sprint(name, round), Password: password, Staff: true})
				if err != nil {
					t.Fatal(err)
				}
				staff = append(staff, v)
			}
			var all sync.WaitGroup
			for _, v := range staff {
				all.Go(func() { _ = a.DeleteAccount(t.Context(), v, leaves()) }) // all but one are let go
			}
			all.Wait()
			left := int64(0)
			w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
				left, err = tx.Deletions.OtherStaff(ctx, 0)
				return err
			})
			if left != 1 {
				t.Fatalf("%d of the staff are left, want one", left)
			}
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				for _, v := range staff {
					if _, err := tx.Members.SetStaff(ctx, v.Account, false); err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
}

func TestTheNameOfAForgottenAccountRestsForAYear(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		if err := a.Rename(t.Context(), mara, "mara_q"); err != nil {
			t.Fatal(err)
		}
		if err := a.DeleteAccount(t.Context(), mara, leaves()); err != nil {
			t.Fatal(err)
		}
		w.Clock.Pass(31 * 24 * time.Hour)
		if gone, err := a.PurgeDeleted(t.Context()); err != nil || gone != 1 {
			t.Fatalf("%d accounts are forgotten: %v", gone, err)
		}
		w.Clock.Pass(364 * 24 * time.Hour)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Names.Forget(ctx, 100)
			return err
		})
		for _, name := range []string{"mara", "mara_q", "mаra_q"} { // the last with a letter of another script
			if _, err := a.Join(t.Context(), accounts.Joining{Name: name, Password: password}); rules(err)["name"] == "" {
				t.Errorf("the name %s is taken again: %v", name, err)
			}
		}
		w.Clock.Pass(2 * 24 * time.Hour)
		if _, err := a.Join(t.Context(), accounts.Joining{Name: "mara_q", Password: password}); err != nil {
			t.Errorf("a name that rested for a year is answered %v", err)
		}
	})
}
