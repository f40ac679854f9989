// Package accounts is the verbs of belonging here: joining, signing in and out
// on each device, passwords, pen names, preferences and keys to the API.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sync/semaphore"

	"github.com/alexedwards/argon2id"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Accounts does what a person does with their account.
type Accounts struct {
	store  *store.Store
	limits archive.Limits
	params *argon2id.Params
	turns  *semaphore.Weighted // how many passwords are hashed at once
	decoy  string              // compared with when there is no such account
}

// Cost says how much memory and time hashing a password takes.
type Cost struct {
	MemoryKiB  uint32
	Iterations uint32
	AtOnce     int64 // hashes at once; each takes MemoryKiB
}

// DefaultCost is OWASP's second recommendation for argon2id (19 MiB, 2
// rounds), two at a time: an archive of 512 MB keeps its memory.
func DefaultCost() Cost { return Cost{MemoryKiB: 19 * 1024, Iterations: 2, AtOnce: 2} }

// New makes the verbs.
func New(s *store.Store, limits archive.Limits, cost Cost) (*Accounts, error) {
	params := &argon2id.Params{Memory: cost.MemoryKiB, Iterations: cost.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	decoy, err := argon2id.CreateHash(rand.Text(), params)
	if err != nil {
		return nil, fmt.Errorf("hash a decoy: %w", err)
	}
	return &Accounts{store: s, limits: limits, params: params, turns: semaphore.NewWeighted(cost.AtOnce), decoy: decoy}, nil
}

// Joining is what a person says to join.
type Joining struct {
	Name       string
	Email      string
	Password   string
	Staff      bool // from the command line only
	Proved     bool // the address is known to be theirs: from the command line only
	Agent      string
	TakesGifts bool
	MailGifts  bool
}

// Join makes an account. It answers archive.Problems for what is wrong with
// the fields, a taken name among them.
func (a *Accounts) Join(ctx context.Context, j Joining) (archive.Viewer, error) {
	return a.joinWith(ctx, j, nil, func(context.Context, *store.Tx, int64) error { return nil })
}

// joinWith makes an account and does something more in the same transaction;
// what else was wrong with the form is said together with what is wrong here.
func (a *Accounts) joinWith(ctx context.Context, j Joining, problems archive.Problems, also func(ctx context.Context, tx *store.Tx, account int64) error) (archive.Viewer, error) {
	j.Name, j.Email = archive.CleanName(j.Name), archive.CleanLine(j.Email)
	archive.CheckAccountName(j.Name, &problems)
	archive.CheckEmail(j.Email, &problems)
	archive.CheckPassword(j.Password, &problems)
	if err := problems.Err(); err != nil {
		return archive.Viewer{}, err
	}
	hash, err := a.hash(ctx, j.Password)
	if err != nil {
		return archive.Viewer{}, err
	}
	viewer := archive.Viewer{Name: j.Name, Staff: j.Staff}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		var err error
		viewer.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: j.Name, Email: j.Email, PasswordHash: hash, Staff: j.Staff})
		if errors.Is(err, archive.ErrConflict) {
			problems.Add("name", "name_taken", "Value", j.Name)
			return problems
		}
		if err != nil {
			return err
		}
		err = tx.Accounts.SetPreferences(ctx, viewer.Account, archive.Preferences{TakesGifts: j.TakesGifts, MailGifts: j.MailGifts})
		tx.Log.Record(archive.Event{Kind: archive.AccountJoined, Actor: viewer.Account, Subject: viewer.Account})
		if err != nil {
			return err
		}
		if err := joinMail(ctx, tx, viewer.Account, j); err != nil {
			return err
		}
		return also(ctx, tx, viewer.Account)
	})
	return viewer, err
}

// joinMail sends a new account the link that proves its address, unless that
// was sent enough already: then its owner can ask later. Nobody learns here
// whether the address is another account's.
func joinMail(ctx context.Context, tx *store.Tx, account int64, j Joining) error {
	if j.Email == "" {
		return nil
	}
	if j.Proved {
		return putMail(ctx, tx, account, j.Email)
	}
	var often archive.Problems
	if err := mayMail(ctx, tx, j.Email, &often); err != nil || often != nil {
		return err
	}
	_, err := ask(ctx, tx, account, archive.Proof{Account: account, Purpose: archive.ProofOfMail, Address: j.Email, Agent: j.Agent})
	return err
}

// SignIn checks the password of a name or proved address and signs a device in; the secret is the device's
// to keep. A wrong name and a wrong password are one answer and take one time.
// Who is asked for more than a password is answered *Pending.
func (a *Accounts) SignIn(ctx context.Context, name, password, agent string) (secret string, v archive.Viewer, err error) {
	var account archive.Account
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		var err error
		account, err = findSigner(ctx, tx, name)
		return err
	})
	if err != nil {
		return "", v, err
	}
	right, err := a.matches(ctx, password, account.PasswordHash)
	if err != nil {
		return "", v, err
	}
	if !right {
		return "", v, archive.Problems{{Field: "password", Rule: "sign_in_wrong"}}
	}
	v = archive.Viewer{Account: account.ID, Name: account.Name, Staff: account.Staff}
	secret, err = a.enterBy(ctx, v, agent, account.PasswordHash)
	return secret, v, err
}

// enterBy signs a device in by a password that was right, if it still is the
// account's: whoever changed it meanwhile shut everybody else out.
func (a *Accounts) enterBy(ctx context.Context, v archive.Viewer, agent, hash string) (secret string, err error) {
	var pending *Pending
	still := false
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Accounts.Hold(ctx, v.Account); err != nil {
			return err
		}
		account, err := tx.Accounts.Find(ctx, v.Account)
		if err != nil {
			return err
		}
		if still = account.PasswordHash == hash; still {
			secret, pending, err = admit(ctx, tx, v, agent, false)
		}
		return err
	})
	switch {
	case err != nil:
		return "", err
	case !still:
		return "", archive.Problems{{Field: "password", Rule: "sign_in_wrong"}}
	case pending != nil:
		return "", pending
	}
	return secret, nil
}

// longestAgent bounds what is kept of a browser's name for itself, in bytes.
const longestAgent = 300

// shortAgent is as much of a browser's name for itself as is kept.
func shortAgent(agent string) string {
	agent = archive.CleanLine(agent)
	if len(agent) > longestAgent {
		agent = strings.ToValidUTF8(agent[:longestAgent], "")
	}
	return agent
}

// SignOut ends one device of an account.
func (a *Accounts) SignOut(ctx context.Context, v archive.Viewer, session int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.SessionsEnded, Actor: v.Account, Subject: v.Account})
		return tx.Sessions.End(ctx, v.Account, session)
	})
}

// SignOutEverywhere ends every device of an account but one; 0 ends all.
func (a *Accounts) SignOutEverywhere(ctx context.Context, v archive.Viewer, but int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.SessionsEnded, Actor: v.Account, Subject: v.Account})
		return tx.Sessions.EndOthers(ctx, v.Account, but)
	})
}

// ChangePassword sets a new password when the old one is right, and signs
// every other device out. Keys to the API end too: whoever changes a password
// because it got about means those as well.
func (a *Accounts) ChangePassword(ctx context.Context, v archive.Viewer, session int64, old, fresh string) error {
	var problems archive.Problems
	archive.CheckPassword(fresh, &problems)
	err := a.checkPassword(ctx, v, "old_password", old)
	var wrong archive.Problems
	if errors.As(err, &wrong) {
		problems = append(problems, wrong...)
	} else if err != nil {
		return err
	}
	if err := problems.Err(); err != nil {
		return err
	}
	hash, err := a.hash(ctx, fresh)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.PasswordChanged, Actor: v.Account, Subject: v.Account})
		if err := tx.Accounts.SetPassword(ctx, v.Account, hash); err != nil {
			return err
		}
		if err := errors.Join(tx.SecondSteps.LeaveAll(ctx, v.Account), tx.Sessions.EndTokens(ctx, v.Account)); err != nil {
			return err
		}
		return tx.Sessions.EndOthers(ctx, v.Account, session)
	})
}

// Prefer changes a member's preferences.
func (a *Accounts) Prefer(ctx context.Context, v archive.Viewer, change func(*archive.Preferences)) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		p, err := tx.Accounts.Preferences(ctx, v.Account)
		if err != nil {
			return err
		}
		change(&p)
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
		return tx.Accounts.SetPreferences(ctx, v.Account, p)
	})
}

// ReadNotices marks everything the member was told as looked at.
func (a *Accounts) ReadNotices(ctx context.Context, v archive.Viewer) error {
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.Notices.MarkRead(ctx, v.Account) })
}

// fingerprint is what is kept of a secret.
func fingerprint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// hash makes the PHC string of a password, a few at a time.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	if err := a.turns.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer a.turns.Release(1)
	return argon2id.CreateHash(password, a.params)
}

// matches compares a password; an empty hash is compared with a decoy, so that
// an unknown name takes as long as a known one.
func (a *Accounts) matches(ctx context.Context, password, hash string) (bool, error) {
	if err := a.turns.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer a.turns.Release(1)
	known := hash != ""
	if !known {
		hash = a.decoy
	}
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	return right && known, err
}
