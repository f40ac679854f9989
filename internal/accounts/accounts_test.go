package accounts_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

const password = "a lamp in the window"

func open(t *testing.T, w *testkit.World) *accounts.Accounts {
	t.Helper()
	a, err := accounts.New(w.Store, archive.DefaultLimits(), accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 1})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func join(t *testing.T, a *accounts.Accounts, name string) archive.Viewer {
	t.Helper()
	v, err := a.Join(t.Context(), accounts.Joining{Name: name, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// rules gives the rules that an error says are broken, by field.
func rules(err error) map[string]string {
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return nil
	}
	broken := map[string]string{}
	for _, p := range problems {
		broken[p.Field] = p.Rule
	}
	return broken
}

func TestNamesAreTakenInAnyCase(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		join(t, a, "Mara_Q")
		for _, name := range []string{"mara_q", "MARA_Q", " Mara_Q "} {
			if _, err := a.Join(t.Context(), accounts.Joining{Name: name, Password: password}); rules(err)["name"] != "name_taken" {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

func TestNoPasswordAndNoSecretIsStored(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		v := join(t, a, "mara")
		secret, err := a.SignInAs(t.Context(), v, "A browser")
		if err != nil {
			t.Fatal(err)
		}
		token, err := a.NewToken(t.Context(), "mara", "test")
		if err != nil {
			t.Fatal(err)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			account, err := tx.Accounts.Find(ctx, v.Account)
			if !strings.HasPrefix(account.PasswordHash, "$argon2id$") || strings.Contains(account.PasswordHash, password) {
				t.Errorf("the hash is %q", account.PasswordHash)
			}
			for _, stored := range []string{secret, token} {
				if _, err := tx.Sessions.Find(ctx, stored, time.Time{}); !errors.Is(err, archive.ErrNotFound) {
					t.Errorf("a secret is found as it is: %v", err)
				}
				if _, err := tx.Sessions.FindToken(ctx, stored); !errors.Is(err, archive.ErrNotFound) {
					t.Errorf("a key is found as it is: %v", err)
				}
			}
			return err
		})
		if seen, _, err := a.Who(t.Context(), secret); err != nil || seen.Viewer.Account != v.Account {
			t.Errorf("the secret is %+v's (%v)", seen.Viewer, err)
		}
		if held, err := a.WhoHolds(t.Context(), token); err != nil || held.Account != v.Account {
			t.Errorf("the key is %+v's (%v)", held, err)
		}
		for _, wrong := range []string{"", "x", token} {
			if seen, _, err := a.Who(t.Context(), wrong); err != nil || seen.Viewer.IsMember() {
				t.Errorf("%q is %+v's (%v)", wrong, seen.Viewer, err)
			}
		}
	})
}

func TestAWrongNameAndAWrongPasswordBreakOneRule(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		join(t, a, "mara")
		for _, try := range [][2]string{{"mara", "x"}, {"nobody", "x"}, {"", ""}, {"mara", ""}, {"mara", password + " "}} {
			if _, _, err := a.SignIn(t.Context(), try[0], try[1], ""); rules(err)["password"] != "sign_in_wrong" {
				t.Errorf("%q: %v", try, err)
			}
		}
		if _, v, err := a.SignIn(t.Context(), "MARA", password, ""); err != nil || v.Name != "mara" {
			t.Errorf("the right one: %+v, %v", v, err)
		}
	})
}

func TestASessionIsNotedAsSeenByTheHour(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		secret, err := a.SignInAs(t.Context(), join(t, a, "mara"), "A browser")
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Pass(59 * time.Minute)
		if _, note, err := a.Who(t.Context(), secret); note || err != nil {
			t.Errorf("it is to be noted after less than an hour (%v)", err)
		}
		w.Clock.Pass(2 * time.Minute)
		seen, note, err := a.Who(t.Context(), secret)
		if !note || err != nil {
			t.Errorf("it is not to be noted after an hour (%v)", err)
		}
		if err := a.Seen(t.Context(), []int64{seen.ID, 999}); err != nil {
			t.Error(err)
		}
		if _, note, err := a.Who(t.Context(), secret); note || err != nil {
			t.Errorf("it is to be noted again at once (%v)", err)
		}
	})
}

func TestPenNamesHaveALimit(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	a := open(t, w)
	v := join(t, a, "mara")
	for i := range archive.DefaultLimits().Pseuds - 1 {
		if err := a.AddPseud(t.Context(), v, "Pen "+strings.Repeat("x", i%20)+string(rune('a'+i%26))); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := a.AddPseud(t.Context(), v, "One too many"); rules(err)["pseud"] != "too_many" {
		t.Errorf("one too many: %v", err)
	}
}

func TestHashingWaitsForItsTurn(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	a := open(t, w)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.SignIn(gone, "mara", password, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who has gone is waited for: %v", err)
	}
}

func TestPreferencesOfOneMemberAreNotAnothers(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara, wren := join(t, a, "mara"), join(t, a, "wren")
		if err := a.Prefer(t.Context(), mara, func(p *archive.Preferences) { p.EntireWork, p.Theme = true, "dark" }); err != nil {
			t.Fatal(err)
		}
		if err := a.Prefer(t.Context(), mara, func(p *archive.Preferences) { p.AdultShown = true }); err != nil {
			t.Fatal(err)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			hers, err := tx.Accounts.Preferences(ctx, mara.Account)
			if err != nil {
				return err
			}
			if want := (archive.Preferences{EntireWork: true, Theme: "dark", AdultShown: true}); hers != want {
				t.Errorf("hers are %+v", hers)
			}
			others, err := tx.Accounts.Preferences(ctx, wren.Account)
			if others != (archive.Preferences{}) {
				t.Errorf("another's are %+v", others)
			}
			return err
		})
	})
}

func TestASignInThatBeganWithTheOldPasswordEndsWithIt(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		held, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			done <- w.Store.Write(t.Context(), func(tx *store.Tx) error { // as whoever sets a new password does
				err := errors.Join(tx.Accounts.SetPassword(t.Context(), mara.Account, "another"), tx.Sessions.EndOthers(t.Context(), mara.Account, 0))
				close(held)
				<-release
				return err
			})
		}()
		<-held
		signed := make(chan error, 1)
		go func() {
			_, _, err := a.SignIn(t.Context(), "mara", password, "A browser")
			signed <- err
		}()
		time.Sleep(150 * time.Millisecond) // the old password was found right, and the new one is about to hold
		close(release)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if err := <-signed; rules(err)["password"] != "sign_in_wrong" {
			t.Errorf("who signs in with the old password is answered %v", err)
		}
	})
}
