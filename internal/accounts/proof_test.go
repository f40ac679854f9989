package accounts_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// mailed joins with an address that is proved.
func mailed(t *testing.T, a *accounts.Accounts, name string) archive.Viewer {
	t.Helper()
	v, err := a.Join(t.Context(), accounts.Joining{Name: name, Email: name + "@example.org", Password: password, Proved: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// linkOf gives the newest link of a purpose, as the mail room would send it.
func linkOf(t *testing.T, w *testkit.World, account int64, purpose archive.ProofPurpose) (id int64, secret string) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) error {
		proof, err := tx.Proofs.Waiting(ctx, account, purpose)
		if err != nil {
			return err
		}
		key, err := tx.Settings.Find(ctx, archive.LinkKey)
		id, secret = proof.ID, proof.Secret(key)
		return err
	})
	return id, secret
}

func TestAResetAsksForTheSecondStepAsEver(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		ida := mailed(t, a, "ida")
		phone, _ := guards(t, w, a, ida)
		half := halfIn(t, a, "ida") // with the old password
		if err := a.AskForReset(t.Context(), "ida", ""); err != nil {
			t.Fatal(err)
		}
		id, secret := linkOf(t, w, ida.Account, archive.ProofForReset)
		if err := a.Reset(t.Context(), id, secret, "another lamp"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.EnterCode(t.Context(), half, phone.code(), ""); err == nil {
			t.Error("who was half signed in with the old password comes in")
		}
		_, _, err := a.SignIn(t.Context(), "ida@example.org", "another lamp", "")
		entry := asksMore(t, err, archive.WantCode)
		if _, _, err := a.EnterCode(t.Context(), entry, phone.code(), ""); err != nil {
			t.Errorf("the code is refused: %v", err)
		}
	})
}

func TestStoppingAChangeShutsTheWaysThatWereMadeWithIt(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		for _, own := range []bool{false, true} {
			name := map[bool]string{false: "thieved", true: "careful"}[own]
			v := mailed(t, a, name)
			passkey := func(credential string) {
				w.Write(t, func(ctx context.Context, tx *store.Tx) error {
					_, err := tx.Passkeys.Add(ctx, archive.Passkey{Account: v.Account, Name: credential, Credential: name + credential, Record: "{}"})
					return err
				})
			}
			passkey("the owner's")
			if own {
				guards(t, w, a, v)
			}
			w.Clock.Pass(48 * time.Hour)
			if !own {
				guards(t, w, a, v)
			}
			passkey("the thief's")
			if err := a.ChangeMail(t.Context(), v, name+"-away@example.org", ""); err != nil {
				t.Fatal(err)
			}
			id, secret := linkOf(t, w, v.Account, archive.ProofToStop)
			if _, _, err := a.StopChange(t.Context(), id, secret); err != nil {
				t.Fatal(err)
			}
			keys, err := a.Passkeys(t.Context(), v)
			if err != nil || len(keys) != 1 || keys[0].Name != "the owner's" {
				t.Errorf("the passkeys are %v (%v)", keys, err)
			}
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				step, err := tx.SecondSteps.Find(ctx, v.Account)
				if step.IsOn() != own {
					t.Errorf("the second step of %s is on: %v", name, step.IsOn())
				}
				if errors.Is(err, archive.ErrNotFound) {
					return nil
				}
				return err
			})
		}
	})
}

func TestASecretOpensItsOwnProofAlone(t *testing.T) {
	proof := archive.Proof{ID: 7, Account: 3, Purpose: archive.ProofForReset, Address: "ida@example.org", Nonce: "n"}
	secret := proof.Secret("key")
	if !proof.Opens("key", secret) || proof.Opens("", proof.Secret("")) || proof.Opens("other", secret) {
		t.Error("the secret opens with another key, or not with its own")
	}
	for _, other := range []archive.Proof{
		{ID: 8, Account: 3, Purpose: archive.ProofForReset, Address: "ida@example.org", Nonce: "n"}, {ID: 7, Account: 4, Purpose: archive.ProofForReset, Address: "ida@example.org", Nonce: "n"},
		{ID: 7, Account: 3, Purpose: archive.ProofToStop, Address: "ida@example.org", Nonce: "n"}, {ID: 7, Account: 3, Purpose: archive.ProofForReset, Address: "ben@example.org", Nonce: "n"},
		{ID: 7, Account: 3, Purpose: archive.ProofForReset, Address: "ida@example.org", Nonce: "m"},
	} {
		if other.Opens("key", secret) {
			t.Errorf("it opens %+v", other)
		}
	}
}
