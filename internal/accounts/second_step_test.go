package accounts_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// app is a phone with an account's secret on it.
type app struct {
	t      *testing.T
	w      *testkit.World
	secret string
}

// code is what the app shows now.
func (p app) code() string {
	p.t.Helper()
	code, err := totp.GenerateCode(p.secret, p.w.Clock.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

// guards has an account ask for a second step, and gives its app and recovery
// codes.
func guards(t *testing.T, w *testkit.World, a *accounts.Accounts, v archive.Viewer) (app, []string) {
	t.Helper()
	if err := a.BeginSecondStep(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	step, err := a.LookAtSecondStep(t.Context(), v, "The Fig House")
	if err != nil {
		t.Fatal(err)
	}
	p := app{t, w, step.Secret}
	codes, err := a.TurnOnSecondStep(t.Context(), v, p.code())
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Pass(time.Minute)
	return p, codes
}

// asksMore gives the secret of somebody who is asked for more.
func asksMore(t *testing.T, err error, want archive.Want) string {
	t.Helper()
	var pending *accounts.Pending
	if !errors.As(err, &pending) || pending.Wants != want {
		t.Fatalf("asked for %v, want %s", err, want)
	}
	return pending.Secret
}

func halfIn(t *testing.T, a *accounts.Accounts, name string) string {
	t.Helper()
	secret, _, err := a.SignIn(t.Context(), name, password, "A browser")
	if secret != "" {
		t.Fatal("the password alone signs in")
	}
	return asksMore(t, err, archive.WantCode)
}

func TestSigningInAsksForTheCodeOfTheApp(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		phone, _ := guards(t, w, a, mara)
		secret := halfIn(t, a, "mara")
		session, who, err := a.EnterCode(t.Context(), secret, " "+phone.code()[:3]+" "+phone.code()[3:]+" ", "A browser")
		if err != nil || who.Account != mara.Account {
			t.Fatalf("a right code: %v %v", who, err)
		}
		if seen, _, err := a.Who(t.Context(), session); err != nil || seen.Viewer.Name != "mara" {
			t.Fatalf("the session is %v's: %v", seen.Viewer, err)
		}
		if _, _, err := a.EnterCode(t.Context(), secret, phone.code(), ""); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("an entry serves twice: %v", err)
		}
	})
}

func TestACodeCountsOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		phone, _ := guards(t, w, a, join(t, a, "mara"))
		code := phone.code()
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), code, ""); err != nil {
			t.Fatal(err)
		}
		for _, later := range []time.Duration{0, 20 * time.Second} {
			w.Clock.Pass(later)
			if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), code, ""); rules(err)["code"] != "code_wrong" {
				t.Errorf("a code that was used, %v later: %v", later, err)
			}
		}
		w.Clock.Pass(time.Minute)
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), phone.code(), ""); err != nil {
			t.Errorf("the next code: %v", err)
		}
	})
}

func TestAnOldCodeAndThatOfAnotherAccountAreWrong(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara, pell := join(t, a, "mara"), join(t, a, "pell")
		phone, codes := guards(t, w, a, mara)
		old := phone.code()
		w.Clock.Pass(2 * time.Minute)
		others, theirs := guards(t, w, a, pell)
		secret := halfIn(t, a, "mara")
		for _, code := range []string{old, others.code(), theirs[0], ""} {
			if _, _, err := a.EnterCode(t.Context(), secret, code, ""); rules(err)["code"] != "code_wrong" {
				t.Errorf("%q: %v", code, err)
			}
		}
		if _, _, err := a.EnterCode(t.Context(), secret, codes[0], ""); err != nil {
			t.Errorf("an own recovery code: %v", err)
		}
	})
}

func TestFiveWrongCodesAskForThePasswordAgain(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		phone, codes := guards(t, w, a, join(t, a, "mara"))
		for round := range 3 {
			secret := halfIn(t, a, "mara")
			for n := 1; n <= archive.CodesOfEntry; n++ {
				want := "code_wrong"
				if n == archive.CodesOfEntry {
					want = "codes_spent"
				}
				if _, _, err := a.EnterCode(t.Context(), secret, "000000", ""); rules(err)["code"] != want {
					t.Fatalf("wrong code %d of round %d: %v", n, round, err)
				}
			}
			if _, _, err := a.EnterCode(t.Context(), secret, phone.code(), ""); !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("after five wrong codes a right one is %v", err)
			}
		}
		// Fifteen wrong ones: now even a right one waits, and the recovery code too.
		secret := halfIn(t, a, "mara")
		for _, code := range []string{phone.code(), codes[0]} {
			if _, _, err := a.EnterCode(t.Context(), secret, code, ""); rules(err)["code"] != "codes_too_often" {
				t.Errorf("%q after too many: %v", code, err)
			}
		}
		w.Clock.Pass(archive.CodeWindow)
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), phone.code(), ""); err != nil {
			t.Errorf("a quarter of an hour later: %v", err)
		}
	})
}

func TestHalfASignInIsForgottenAfterTenMinutes(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		phone, _ := guards(t, w, a, join(t, a, "mara"))
		secret := halfIn(t, a, "mara")
		w.Clock.Pass(archive.EntryLife)
		if _, _, err := a.EnterCode(t.Context(), secret, phone.code(), ""); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("ten minutes later: %v", err)
		}
	})
}

func TestARecoveryCodeLetsInOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		_, codes := guards(t, w, a, mara)
		if len(codes) != archive.RecoveryCodes {
			t.Fatalf("there are %d codes", len(codes))
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			if has, err := tx.SecondSteps.HasRecovery(ctx, mara.Account, strings.ReplaceAll(codes[0], "-", "")); has || err != nil {
				t.Errorf("a code is stored as it is: %v", err)
			}
			return nil
		})
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), strings.ToUpper(codes[0]), ""); err != nil {
			t.Fatalf("a recovery code: %v", err)
		}
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), codes[0], ""); rules(err)["code"] != "code_wrong" {
			t.Errorf("the same again: %v", err)
		}
		if step, err := a.LookAtSecondStep(t.Context(), mara, ""); err != nil || step.Left != 9 {
			t.Errorf("%d are left, %v", step.Left, err)
		}
		fresh, err := a.RenewRecovery(t.Context(), mara)
		if err != nil || len(fresh) != archive.RecoveryCodes {
			t.Fatalf("made anew: %d, %v", len(fresh), err)
		}
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), codes[1], ""); rules(err)["code"] != "code_wrong" {
			t.Errorf("an old code after new ones were made: %v", err)
		}
		if _, _, err := a.EnterCode(t.Context(), halfIn(t, a, "mara"), fresh[9], ""); err != nil {
			t.Errorf("a new one: %v", err)
		}
	})
}

func TestASecondStepIsOnOnlyAfterItsFirstCode(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		if _, err := a.TurnOnSecondStep(t.Context(), mara, "123456"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a code before there is a secret: %v", err)
		}
		if _, err := a.RenewRecovery(t.Context(), mara); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("recovery codes without a second step: %v", err)
		}
		if err := a.BeginSecondStep(t.Context(), mara); err != nil {
			t.Fatal(err)
		}
		if _, err := a.TurnOnSecondStep(t.Context(), mara, "000000"); rules(err)["code"] != "code_wrong" {
			t.Errorf("a wrong first code: %v", err)
		}
		if _, _, err := a.SignIn(t.Context(), "mara", password, ""); err != nil {
			t.Errorf("while it waits, the password is enough: %v", err)
		}
		guards(t, w, a, mara)
		if err := a.BeginSecondStep(t.Context(), mara); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("a new secret while it is on: %v", err)
		}
		if step, err := a.LookAtSecondStep(t.Context(), mara, ""); err != nil || step.Secret != "" || step.Picture != nil {
			t.Errorf("the secret is shown again: %v", err)
		}
		if err := a.TurnOffSecondStep(t.Context(), mara); err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.SignIn(t.Context(), "mara", password, ""); err != nil {
			t.Errorf("turned off: %v", err)
		}
	})
}
