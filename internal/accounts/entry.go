package accounts

import (
	"context"
	"crypto/rand"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Pending is the answer to somebody who proved the first part of who they are
// and is asked for more before a device is signed in. It is an error, so that
// a caller who does not know of it lets nobody in.
type Pending struct {
	Secret string // theirs to bring along
	Wants  archive.Want
}

// Error says it for a log.
func (p *Pending) Error() string { return "sign in: asked for more: " + string(p.Wants) }

// SignInAs signs a device in for someone who has just proved who they are, in
// full. Who deleted their account is asked whether it shall come back, with
// *Pending.
func (a *Accounts) SignInAs(ctx context.Context, v archive.Viewer, agent string) (secret string, err error) {
	var pending *Pending
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		secret, pending, err = admit(ctx, tx, v, agent, true)
		return err
	})
	if err == nil && pending != nil {
		err = pending
	}
	return secret, err
}

// admit signs a device in, or gives what is still wanted. Whole is whether the
// proof was: then no code is asked for.
func admit(ctx context.Context, tx *store.Tx, v archive.Viewer, agent string, whole bool) (secret string, pending *Pending, err error) {
	var want archive.Want
	if !whole {
		step, err := tx.SecondSteps.Find(ctx, v.Account)
		if err := ignoreMissing(err); err != nil {
			return "", nil, err
		}
		if step.IsOn() {
			want = archive.WantCode
		}
	}
	if want == "" {
		gone, err := tx.Deletions.Has(ctx, v.Account)
		if err != nil {
			return "", nil, err
		}
		if gone {
			want = archive.WantReturn
		}
	}
	secret = rand.Text()
	if want != "" {
		entry := archive.Entry{Account: v.Account, Wants: want, Until: tx.Now.Add(archive.EntryLife)}
		return "", &Pending{Secret: secret, Wants: want}, tx.SecondSteps.Enter(ctx, fingerprint(secret), entry)
	}
	_, err = tx.Sessions.Add(ctx, v.Account, fingerprint(secret), shortAgent(agent))
	return secret, nil, err
}

// Between tells what somebody between two steps is asked for, and who they
// are; archive.ErrNotFound when nobody is, or no longer.
func (a *Accounts) Between(ctx context.Context, secret string) (entry archive.Entry, v archive.Viewer, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) (err error) {
		entry, v, err = between(ctx, tx, secret)
		return err
	})
	return entry, v, err
}

func between(ctx context.Context, tx *store.Tx, secret string) (archive.Entry, archive.Viewer, error) {
	entry, err := tx.SecondSteps.Entry(ctx, fingerprint(secret))
	if err != nil {
		return entry, archive.Viewer{}, err
	}
	v, err := viewerOf(ctx, tx, entry.Account)
	return entry, v, err
}

func viewerOf(ctx context.Context, tx *store.Tx, account int64) (archive.Viewer, error) {
	found, err := tx.Accounts.Find(ctx, account)
	return archive.Viewer{Account: found.ID, Name: found.Name, Staff: found.Staff}, err
}

// EnterCode goes on with signing in by a code of the app or a recovery code. A
// wrong code is archive.Problems of "code"; after archive.CodesOfEntry of them
// the password is asked for again, as it is when too long a time has passed:
// archive.ErrNotFound.
func (a *Accounts) EnterCode(ctx context.Context, secret, code, agent string) (session string, v archive.Viewer, err error) {
	var pending *Pending
	var problems archive.Problems
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		problems, pending = nil, nil
		var entry archive.Entry
		if entry, v, err = between(ctx, tx, secret); err != nil {
			return err
		}
		if entry.Wants != archive.WantCode {
			return archive.ErrNotFound
		}
		if problems, err = a.tryCode(ctx, tx, v, code); err != nil {
			return err
		}
		switch {
		case problems == nil:
		case problems[0].Rule != "code_wrong":
			return nil
		case entry.Wrong+1 < archive.CodesOfEntry:
			return tx.SecondSteps.Missed(ctx, fingerprint(secret))
		default:
			problems = archive.Problems{{Field: "code", Rule: "codes_spent"}}
			return tx.SecondSteps.Leave(ctx, fingerprint(secret))
		}
		if err := tx.SecondSteps.Leave(ctx, fingerprint(secret)); err != nil {
			return err
		}
		session, pending, err = admit(ctx, tx, v, agent, true)
		return err
	})
	switch {
	case err != nil:
	case problems != nil:
		err = problems
	case pending != nil:
		err = pending
	}
	return session, v, err
}
