package accounts

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Place is the site as devices that hold passkeys know it: a passkey is of one
// place, by the host of its address.
type Place struct {
	Name    string
	Address string // "https://stories.example.org", without a slash at the end
}

// TakesPasskeys reports whether passkeys can be of this place: it must be
// reached by a name, over https or on this machine.
func (p Place) TakesPasskeys() bool {
	_, err := p.party()
	return err == nil
}

var errNoPlace = errors.New("passkeys need an address with a name, by https or on localhost")

// party is the place for the library.
func (p Place) party() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(p.Address)
	if err != nil {
		return nil, errNoPlace
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || host == "" || (u.Scheme != "https" && host != "localhost") {
		return nil, errNoPlace
	}
	yes := true
	return webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: p.Name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &yes, ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// holder is an account as the library knows it.
type holder struct {
	viewer archive.Viewer
	handle []byte
	keys   []archive.Passkey
	creds  []webauthn.Credential
}

// WebAuthnID is the account's handle.
func (h holder) WebAuthnID() []byte { return h.handle }

// WebAuthnName is the account's name.
func (h holder) WebAuthnName() string { return h.viewer.Name }

// WebAuthnDisplayName is the account's name.
func (h holder) WebAuthnDisplayName() string { return h.viewer.Name }

// WebAuthnCredentials are the account's passkeys.
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.creds }

// key gives the passkey of a credential.
func (h holder) key(id []byte) (archive.Passkey, bool) {
	for _, k := range h.keys {
		if k.Credential == base64.RawURLEncoding.EncodeToString(id) {
			return k, true
		}
	}
	return archive.Passkey{}, false
}

func holderOf(ctx context.Context, tx *store.Tx, account int64, handle string) (h holder, err error) {
	if h.viewer, err = viewerOf(ctx, tx, account); err != nil {
		return h, err
	}
	if h.handle, err = base64.RawURLEncoding.DecodeString(handle); err != nil {
		return h, fmt.Errorf("read a handle: %w", err)
	}
	if h.keys, err = tx.Passkeys.Of(ctx, account); err != nil {
		return h, err
	}
	for _, k := range h.keys {
		var cred webauthn.Credential
		if err := json.Unmarshal([]byte(k.Record), &cred); err != nil {
			return h, fmt.Errorf("read passkey %d: %w", k.ID, err)
		}
		h.creds = append(h.creds, cred)
	}
	return h, nil
}

// Passkeys lists a member's passkeys, as they came.
func (a *Accounts) Passkeys(ctx context.Context, v archive.Viewer) (keys []archive.Passkey, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) (err error) {
		keys, err = tx.Passkeys.Of(ctx, v.Account)
		return err
	})
	return keys, err
}

// BeginPasskey asks the member's device for a passkey: the question goes to it
// as JSON, and its answer, with the secret, to AddPasskey.
func (a *Accounts) BeginPasskey(ctx context.Context, v archive.Viewer, place Place) (question []byte, secret string, err error) {
	party, err := place.party()
	if err != nil {
		return nil, "", archive.ErrForbidden
	}
	offered := make([]byte, 32)
	rand.Read(offered) // never fails
	secret = rand.Text()
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		handle, err := tx.Passkeys.Handle(ctx, v.Account, base64.RawURLEncoding.EncodeToString(offered))
		if err != nil {
			return err
		}
		h, err := holderOf(ctx, tx, v.Account, handle)
		if err != nil {
			return err
		}
		asked, session, err := party.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.creds).CredentialDescriptors()))
		if err != nil {
			return fmt.Errorf("ask for a passkey: %w", err)
		}
		if question, err = json.Marshal(asked); err != nil {
			return err
		}
		return askDevice(ctx, tx, v.Account, secret, session)
	})
	return question, secret, err
}

// askDevice keeps a question until it is answered.
func askDevice(ctx context.Context, tx *store.Tx, account int64, secret string, session *webauthn.SessionData) error {
	data, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return tx.Passkeys.Ask(ctx, fingerprint(secret), archive.Ceremony{Account: account, Data: string(data), Until: tx.Now.Add(archive.CeremonyLife)})
}

// refused is the answer to a device whose own answer does not fit.
var refused = archive.Problems{{Field: "passkey", Rule: "passkey_refused"}}

// take gives the question that a device answers, once, whatever comes of it.
func (a *Accounts) take(ctx context.Context, account int64, secret string) (session webauthn.SessionData, err error) {
	late := false
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.Passkeys.Take(ctx, fingerprint(secret), account)
		if err != nil {
			return err
		}
		late = !c.Until.After(tx.Now)
		return json.Unmarshal([]byte(c.Data), &session)
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && late {
		err = archive.Problems{{Field: "passkey", Rule: "passkey_late"}}
	}
	return session, err
}

// AddPasskey keeps the passkey a member's device made, under a name. What does
// not fit is archive.Problems of "passkey".
func (a *Accounts) AddPasskey(ctx context.Context, v archive.Viewer, place Place, secret, name string, answer []byte) error {
	party, err := place.party()
	if err != nil {
		return archive.ErrForbidden
	}
	session, err := a.take(ctx, v.Account, secret)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return refused
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		h, err := holderOf(ctx, tx, v.Account, base64.RawURLEncoding.EncodeToString(session.UserID))
		if err != nil {
			return err
		}
		if len(h.keys) >= archive.MostPasskeys {
			return archive.Problems{{Field: "passkey", Rule: "too_many", Args: map[string]any{"Limit": archive.MostPasskeys, "Count": len(h.keys) + 1}}}
		}
		cred, err := party.CreateCredential(h, session, parsed)
		if err != nil {
			return refused
		}
		record, err := json.Marshal(cred)
		if err != nil {
			return err
		}
		_, err = tx.Passkeys.Add(ctx, archive.Passkey{
			Account: v.Account, Name: passkeyName(name), Credential: base64.RawURLEncoding.EncodeToString(cred.ID), Record: string(record),
		})
		if errors.Is(err, archive.ErrConflict) {
			return refused
		}
		tx.Log.Record(archive.Event{Kind: archive.PasskeyAdded, Actor: v.Account, Subject: v.Account})
		return err
	})
}

// passkeyName is a name as typed, cut to what a list shows.
func passkeyName(name string) string {
	name = archive.CleanLine(name)
	if utf8.RuneCountInString(name) > archive.PasskeyName {
		name = string([]rune(name)[:archive.PasskeyName])
	}
	return name
}

// RenamePasskey calls a member's passkey otherwise.
func (a *Accounts) RenamePasskey(ctx context.Context, v archive.Viewer, id int64, name string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.Passkeys.Rename(ctx, v.Account, id, passkeyName(name)) })
}

// RemovePasskey forgets a member's passkey: it lets nobody in any more.
func (a *Accounts) RemovePasskey(ctx context.Context, v archive.Viewer, id int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.PasskeyRemoved, Actor: v.Account, Subject: v.Account})
		return tx.Passkeys.Remove(ctx, v.Account, id)
	})
}

// BeginPasskeySignIn asks whatever device it is for a passkey of this place.
func (a *Accounts) BeginPasskeySignIn(ctx context.Context, place Place) (question []byte, secret string, err error) {
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
	err = a.store.Write(ctx, func(tx *store.Tx) error { return askDevice(ctx, tx, 0, secret, session) })
	return question, secret, err
}

// SignInWithPasskey signs a device in that has a passkey of an account and
// knows that it is in its owner's hands; nothing else is asked for. A passkey
// whose counter went backwards has a copy: it lets nobody in any more.
func (a *Accounts) SignInWithPasskey(ctx context.Context, place Place, secret string, answer []byte, agent string) (session string, v archive.Viewer, err error) {
	party, err := place.party()
	if err != nil {
		return "", v, archive.ErrForbidden
	}
	asked, err := a.take(ctx, 0, secret)
	if err != nil {
		return "", v, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", v, refused
	}
	var pending *Pending
	var problems archive.Problems
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		pending, problems = nil, nil
		if v, problems, err = usePasskey(ctx, tx, party, asked, parsed); err != nil || problems != nil {
			return err
		}
		session, pending, err = admit(ctx, tx, v, agent, true)
		return err
	})
	switch {
	case err != nil:
	case problems != nil:
		return "", archive.Viewer{}, problems
	case pending != nil:
		err = pending
	}
	return session, v, err
}

// usePasskey finds whose passkey answered, and notes that it did.
func usePasskey(ctx context.Context, tx *store.Tx, party *webauthn.WebAuthn, asked webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (v archive.Viewer, problems archive.Problems, err error) {
	var h holder
	var broke error
	find := func(_, handle []byte) (webauthn.User, error) {
		spelt := base64.RawURLEncoding.EncodeToString(handle)
		account, err := tx.Passkeys.Holder(ctx, spelt)
		if err == nil {
			h, err = holderOf(ctx, tx, account, spelt)
		}
		broke = ignoreMissing(err)
		return h, err
	}
	_, cred, err := party.ValidatePasskeyLogin(find, asked, parsed)
	if broke != nil {
		return v, nil, broke
	}
	if err != nil {
		return v, refused, nil // a passkey that was removed, another's, or a wrong signature
	}
	key, found := h.key(cred.ID)
	if !found {
		return v, refused, nil
	}
	copied := archive.Problems{{Field: "passkey", Rule: "passkey_copied"}}
	if !key.CopiedAt.IsZero() {
		return v, copied, nil
	}
	if cred.Authenticator.CloneWarning {
		tx.Log.Record(archive.Event{Kind: archive.PasskeyCopied, Actor: h.viewer.Account, Subject: h.viewer.Account})
		return v, copied, tx.Passkeys.Copied(ctx, key.ID)
	}
	record, err := json.Marshal(cred)
	if err != nil {
		return v, nil, err
	}
	err = tx.Passkeys.Use(ctx, key, string(record))
	if errors.Is(err, archive.ErrConflict) {
		return v, refused, nil
	}
	return h.viewer, nil, err
}
