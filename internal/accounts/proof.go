package accounts

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// How many links are sent within a day, whoever asks.
const (
	mostToAddress = 5
	mostResets    = 5
	mostChanges   = 5
	sentWithin    = 24 * time.Hour
)

// ask keeps a proof and records that its link is to be sent. Every way that
// leads here does the same work, whether the address or name is known or not.
func ask(ctx context.Context, tx *store.Tx, actor int64, p archive.Proof) (int64, error) {
	if _, err := tx.Settings.Keep(ctx, archive.LinkKey, rand.Text()+rand.Text()); err != nil {
		return 0, err
	}
	p.Nonce, p.Agent = rand.Text(), shortAgent(p.Agent)
	id, err := tx.Proofs.Add(ctx, p)
	tx.Log.Record(archive.Event{Kind: archive.ProofAsked, Actor: actor, Subject: id})
	return id, err
}

// mayMail notes when an address was sent as many links as it may be.
func mayMail(ctx context.Context, tx *store.Tx, address string, problems *archive.Problems) error {
	sent, err := tx.Proofs.Sent(ctx, address, tx.Now.Add(-sentWithin))
	if err == nil && sent >= mostToAddress {
		problems.Add("email", "mailed_too_often", "Count", mostToAddress)
	}
	return err
}

// AskForProof sends a member the link that proves their address, once more.
func (a *Accounts) AskForProof(ctx context.Context, v archive.Viewer, agent string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, v.Account)
		if err != nil {
			return err
		}
		if account.Email == "" || account.Mail() != "" {
			return nil // nothing is left to prove
		}
		var problems archive.Problems
		if err := errors.Join(mayMail(ctx, tx, account.Email, &problems), problems.Err()); err != nil {
			return err
		}
		_, err = ask(ctx, tx, v.Account, archive.Proof{Account: v.Account, Purpose: archive.ProofOfMail, Address: account.Email, Agent: agent})
		return err
	})
}

// ChangeMail gives a member another address. One that was never proved is
// simply replaced. A proved one stays until the new one is proved by its link,
// and is told of it with a link that stops the change.
func (a *Accounts) ChangeMail(ctx context.Context, v archive.Viewer, email, agent string) error {
	email = archive.CleanLine(email)
	var problems archive.Problems
	if email == "" {
		problems.Add("email", "required")
	}
	archive.CheckEmail(email, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, v.Account)
		if err != nil {
			return err
		}
		old := account.Mail()
		if archive.FoldEmail(old) == archive.FoldEmail(email) {
			problems.Add("email", "email_same")
			return problems
		}
		if err := errors.Join(mayMail(ctx, tx, email, &problems), problems.Err()); err != nil {
			return err
		}
		if old == "" {
			return firstMail(ctx, tx, v, email, agent)
		}
		asked, err := tx.Proofs.Asked(ctx, v.Account, archive.ProofOfChange, tx.Now.Add(-sentWithin))
		if err != nil {
			return err
		}
		if asked >= mostChanges { // each tells the old address
			problems.Add("email", "mailed_too_often", "Count", mostChanges)
			return problems
		}
		return askToChange(ctx, tx, v, old, email, agent)
	})
}

// askToChange tells the old address and asks the new one; of several changes
// under way the last one counts.
func askToChange(ctx context.Context, tx *store.Tx, v archive.Viewer, old, email, agent string) error {
	if err := tx.Proofs.End(ctx, v.Account, archive.ProofOfChange, 0); err != nil {
		return err
	}
	if _, err := ask(ctx, tx, v.Account, archive.Proof{Account: v.Account, Purpose: archive.ProofToStop, Address: old, Agent: agent}); err != nil {
		return err
	}
	_, err := ask(ctx, tx, v.Account, archive.Proof{Account: v.Account, Purpose: archive.ProofOfChange, Address: email, Agent: agent})
	return err
}

// firstMail gives an account that has proved no address one to prove.
func firstMail(ctx context.Context, tx *store.Tx, v archive.Viewer, email, agent string) error {
	if err := tx.Proofs.End(ctx, v.Account, archive.ProofOfMail, 0); err != nil {
		return err
	}
	if err := tx.Accounts.SetEmail(ctx, v.Account, email); err != nil {
		return err
	}
	tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
	_, err := ask(ctx, tx, v.Account, archive.Proof{Account: v.Account, Purpose: archive.ProofOfMail, Address: email, Agent: agent})
	return err
}

// AskForReset sends the link that sets a new password to the account of a name
// or a proved address. Who asks learns nothing: there is one answer, and an
// unknown name costs what a known one does.
func (a *Accounts) AskForReset(ctx context.Context, name, agent string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := findSigner(ctx, tx, name)
		if err != nil {
			return err
		}
		asked, err := tx.Proofs.Asked(ctx, account.ID, archive.ProofForReset, tx.Now.Add(-sentWithin))
		if err != nil {
			return err
		}
		to := archive.Proof{Purpose: archive.ProofForReset, Agent: agent}
		if account.Mail() != "" && asked < mostResets {
			to.Account, to.Address = account.ID, account.Mail()
		}
		_, err = ask(ctx, tx, 0, to)
		return err
	})
}

// Shown is a proof whose link was opened, and whose it is.
type Shown struct {
	archive.Proof
	Owner archive.Account
}

// OpenProof gives the proof of a link; archive.ErrNotFound when the link was
// used, is too old, or is none of ours.
func (a *Accounts) OpenProof(ctx context.Context, id int64, secret string) (shown Shown, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) (err error) {
		shown, err = openProof(ctx, tx, id, secret)
		return err
	})
	return shown, err
}

func openProof(ctx context.Context, tx *store.Tx, id int64, secret string) (shown Shown, err error) {
	if shown.Proof, err = tx.Proofs.Find(ctx, id); err != nil {
		return shown, err
	}
	key, err := tx.Settings.Find(ctx, archive.LinkKey)
	if err != nil {
		return shown, err
	}
	if !shown.Opens(key, secret) || !shown.Live(tx.Now) {
		return shown, archive.ErrNotFound
	}
	shown.Owner, err = tx.Accounts.Find(ctx, shown.Account)
	return shown, err
}

// ProveMail does what the link of a ProofOfMail or ProofOfChange is for. The
// address may have become another account's meanwhile.
func (a *Accounts) ProveMail(ctx context.Context, id int64, secret string) (shown Shown, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) (err error) {
		if shown, err = openProof(ctx, tx, id, secret); err != nil {
			return err
		}
		first := shown.Purpose == archive.ProofOfMail
		switch {
		case !first && shown.Purpose != archive.ProofOfChange:
			return archive.ErrNotFound
		case first && (shown.Owner.Mail() != "" || archive.FoldEmail(shown.Owner.Email) != archive.FoldEmail(shown.Address)):
			return archive.ErrNotFound // another address was given since
		}
		if err := tx.Proofs.Use(ctx, id); err != nil {
			return err
		}
		if err := putMail(ctx, tx, shown.Account, shown.Address); err != nil {
			return err
		}
		// What was sent to the address until now opens nothing any more.
		return tx.Proofs.End(ctx, shown.Account, archive.ProofForReset, 0)
	})
	return shown, err
}

// putMail gives an account an address that it proved, unless that is another's
// or may yet be put back to another.
func putMail(ctx context.Context, tx *store.Tx, account int64, address string) error {
	promised, err := tx.Proofs.Promised(ctx, address, account)
	if err != nil {
		return err
	}
	if !promised {
		err = tx.Accounts.ProveEmail(ctx, account, address)
	}
	if promised || errors.Is(err, archive.ErrConflict) {
		return archive.Problems{{Field: "email", Rule: "email_elsewhere"}}
	}
	tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: account, Subject: account})
	return err
}

// Reset sets a new password by the link of a ProofForReset, and ends every
// device and key: whoever knew the old one is out. It signs nobody in, so that
// what an account asks for beside its password is still asked for.
func (a *Accounts) Reset(ctx context.Context, id int64, secret, fresh string) error {
	shown, err := a.OpenProof(ctx, id, secret)
	if err == nil && shown.Purpose != archive.ProofForReset {
		err = archive.ErrNotFound
	}
	if err != nil {
		return err
	}
	var problems archive.Problems
	archive.CheckPassword(fresh, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	hash, err := a.hash(ctx, fresh)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Proofs.Use(ctx, id); err != nil {
			return err
		}
		if err := shutOut(ctx, tx, shown.Account); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.PasswordChanged, Actor: shown.Account, Subject: shown.Account})
		return tx.Accounts.SetPassword(ctx, shown.Account, hash)
	})
}

// shutOut ends all that may be in other hands: every device, every key, whoever
// is half signed in, and every link that is under way but those that put an address back.
func shutOut(ctx context.Context, tx *store.Tx, account int64) error {
	for _, purpose := range []archive.ProofPurpose{archive.ProofForReset, archive.ProofOfChange} {
		if err := tx.Proofs.End(ctx, account, purpose, 0); err != nil {
			return err
		}
	}
	if err := tx.Sessions.EndTokens(ctx, account); err != nil {
		return err
	}
	if err := errors.Join(tx.SecondSteps.LeaveAll(ctx, account), tx.Devices.End(ctx, account)); err != nil {
		return err
	}
	return tx.Sessions.EndOthers(ctx, account, 0)
}

// StopChange puts an address back by the link of a ProofToStop, whatever the
// account's address has become since, and shuts everyone out: whoever asked
// for the change knew the password. It gives the link of a ProofForReset, for
// the owner to set a new one.
func (a *Accounts) StopChange(ctx context.Context, id int64, secret string) (reset archive.Proof, resetSecret string, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		shown, err := openProof(ctx, tx, id, secret)
		if err == nil && shown.Purpose != archive.ProofToStop {
			err = archive.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := tx.Proofs.Use(ctx, id); err != nil {
			return err
		}
		if err := putMail(ctx, tx, shown.Account, shown.Address); err != nil {
			return err
		}
		// A later change was asked for by the same hands: its old address is
		// the one that is now put away.
		if err := tx.Proofs.End(ctx, shown.Account, archive.ProofToStop, id); err != nil {
			return err
		}
		if err := shutOut(ctx, tx, shown.Account); err != nil {
			return err
		}
		if err := shutWays(ctx, tx, shown.Account, shown.MadeAt.Add(-before)); err != nil {
			return err
		}
		reset, resetSecret, err = resetLink(ctx, tx, shown)
		return err
	})
	return reset, resetSecret, err
}

// before is how long before a change of address was asked for a way in counts
// as made by the same hands.
const before = 24 * time.Hour

// shutWays makes the password void and takes away the ways in that were made
// since an instant: a passkey that a thief left behind, and codes that would
// keep the owner out. Older ones stay.
func shutWays(ctx context.Context, tx *store.Tx, account int64, since time.Time) error {
	keys, err := tx.Passkeys.Of(ctx, account)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.CreatedAt.Before(since) {
			continue
		}
		if err := tx.Passkeys.Remove(ctx, account, k.ID); err != nil {
			return err
		}
	}
	step, err := tx.SecondSteps.Find(ctx, account)
	if err := ignoreMissing(err); err != nil {
		return err
	}
	if step.IsOn() && !step.OnAt.Before(since) {
		if err := tx.SecondSteps.TurnOff(ctx, account); err != nil {
			return err
		}
	}
	return tx.Accounts.SetPassword(ctx, account, "")
}

// resetLink makes a link for a new password that is followed at once and sent
// by no mail.
func resetLink(ctx context.Context, tx *store.Tx, owner Shown) (archive.Proof, string, error) {
	id, err := tx.Proofs.Add(ctx, archive.Proof{Account: owner.Account, Purpose: archive.ProofForReset, Address: owner.Address, Nonce: rand.Text()})
	if err != nil {
		return archive.Proof{}, "", err
	}
	proof, err := tx.Proofs.Find(ctx, id)
	if err != nil {
		return proof, "", err
	}
	key, err := tx.Settings.Find(ctx, archive.LinkKey)
	return proof, proof.Secret(key), err
}
