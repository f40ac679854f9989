package accounts

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Ways are the ways beside the password in which a member can prove once more
// who they are.
type Ways struct {
	Code    bool // of the app or a recovery code: their second step is on
	Passkey bool // they have one
}

// WaysOf tells which a member has.
func (a *Accounts) WaysOf(ctx context.Context, v archive.Viewer) (ways Ways, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		step, err := tx.SecondSteps.Find(ctx, v.Account)
		if err = ignoreMissing(err); err != nil {
			return err
		}
		keys, err := tx.Passkeys.Of(ctx, v.Account)
		ways = Ways{Code: step.IsOn(), Passkey: len(keys) > 0}
		return err
	})
	return ways, err
}

// ConfirmByCode is Confirm by a code of the member's app, or a recovery code,
// which it spends. What is wrong is archive.Problems of "again_code".
func (a *Accounts) ConfirmByCode(ctx context.Context, v archive.Viewer, session int64, code string) error {
	var problems archive.Problems
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		problems = nil
		step, err := tx.SecondSteps.Hold(ctx, v.Account)
		if err = ignoreMissing(err); err != nil {
			return err
		}
		if !step.IsOn() { // there is no code to know
			problems = archive.Problems{{Field: "code", Rule: "code_wrong"}}
			return nil
		}
		if problems, err = a.tryCode(ctx, tx, v, code); err != nil || problems != nil {
			return err
		}
		return tx.Sessions.Confirm(ctx, v.Account, session)
	})
	for i := range problems {
		problems[i].Field = "again_code"
	}
	if err != nil {
		return err
	}
	return problems.Err()
}

// BeginPasskeyConfirm asks the member's device for one of their passkeys: the
// question goes to it as JSON, and its answer, with the secret, to
// ConfirmByPasskey.
func (a *Accounts) BeginPasskeyConfirm(ctx context.Context, v archive.Viewer, place Place) (question []byte, secret string, err error) {
	party, err := place.party()
	if err != nil {
		return nil, "", archive.ErrForbidden
	}
	asked, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", fmt.Errorf("ask for a passkey: %w", err)
	}
	if question, err = json.Marshal(asked); err != nil {
		return nil, "", err
	}
	secret = rand.Text()
	err = a.store.Write(ctx, func(tx *store.Tx) error { return askDevice(ctx, tx, v.Account, secret, session) })
	return question, secret, err
}

// ConfirmByPasskey is Confirm by one of the member's own passkeys. What is
// wrong is archive.Problems of "passkey".
func (a *Accounts) ConfirmByPasskey(ctx context.Context, v archive.Viewer, session int64, place Place, secret string, answer []byte) error {
	party, err := place.party()
	if err != nil {
		return archive.ErrForbidden
	}
	asked, err := a.take(ctx, v.Account, secret)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return refused
	}
	var problems archive.Problems
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		var who archive.Viewer
		var err error
		if who, problems, err = usePasskey(ctx, tx, party, asked, parsed); err != nil || problems != nil {
			return err
		}
		if who.Account != v.Account { // somebody else's device
			problems = refused
			return nil
		}
		return tx.Sessions.Confirm(ctx, v.Account, session)
	})
	if err != nil {
		return err
	}
	return problems.Err()
}
