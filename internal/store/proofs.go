package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Proofs are the links sent by mail.
type Proofs struct{ conn }

const (
	addProof = `INSERT INTO proofs (account, purpose, address, folded, nonce, agent, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`

	proofColumns = `id, COALESCE(account, 0), purpose, address, nonce, agent, made_at, expires_at, used_at`
	findProof    = `SELECT ` + proofColumns + ` FROM proofs WHERE id = $1`
	liveProof    = `SELECT ` + proofColumns + ` FROM proofs WHERE account = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3 ORDER BY id DESC LIMIT 1`
	useProof     = `UPDATE proofs SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2`
	endProofs    = `UPDATE proofs SET used_at = $4 WHERE account = $1 AND purpose = $2 AND id > $3 AND used_at IS NULL`
	endRevived   = `UPDATE proofs SET used_at = $1 WHERE purpose IN ('reset', 'change') AND used_at IS NULL`
	countSent    = `SELECT COUNT(*) FROM proofs WHERE folded = $1 AND made_at > $2 AND purpose <> 'stop'`
	countAsked   = `SELECT COUNT(*) FROM proofs WHERE account = $1 AND purpose = $2 AND made_at > $3`
	isPromised   = `SELECT EXISTS (SELECT 1 FROM proofs WHERE folded = $1 AND purpose = 'stop' AND account <> $2 AND used_at IS NULL AND expires_at > $3)`
	forgetProofs = `DELETE FROM proofs WHERE id IN (SELECT id FROM proofs WHERE expires_at <= $1 LIMIT $2)`
)

// Add keeps a proof whose link is to be sent.
func (p Proofs) Add(ctx context.Context, proof archive.Proof) (int64, error) {
	var account any
	if proof.Account != 0 {
		account = proof.Account
	}
	return one(ctx, p.conn, scanInt, addProof, account, string(proof.Purpose), proof.Address, archive.FoldEmail(proof.Address), proof.Nonce, proof.Agent,
		micros(p.now), micros(p.now.Add(proof.Purpose.Life())))
}

// Find gives a proof by its id.
func (p Proofs) Find(ctx context.Context, id int64) (archive.Proof, error) {
	return one(ctx, p.conn, scanProof, findProof, id)
}

// Waiting gives an account's newest proof of a purpose whose link still works.
func (p Proofs) Waiting(ctx context.Context, account int64, purpose archive.ProofPurpose) (archive.Proof, error) {
	return one(ctx, p.conn, scanProof, liveProof, account, string(purpose), micros(p.now))
}

// Use uses a link up; archive.ErrNotFound when that was done before, or its
// time is over.
func (p Proofs) Use(ctx context.Context, id int64) error {
	n, err := exec(ctx, p.conn, useProof, id, micros(p.now))
	if err == nil && n == 0 {
		return archive.ErrNotFound
	}
	return err
}

// End uses up an account's links of a purpose that are younger than a proof
// (0: all).
func (p Proofs) End(ctx context.Context, account int64, purpose archive.ProofPurpose, after int64) error {
	return do(ctx, p.conn, endProofs, account, string(purpose), after, micros(p.now))
}

// EndRevived uses up every link that sets a password or changes an address: in
// an archive put back from a copy, those used or stopped since the copy would
// work again. Who still wants one asks anew. Links that put an address back
// stay, for what they undo is back as well.
func (p Proofs) EndRevived(ctx context.Context) error {
	return do(ctx, p.conn, endRevived, micros(p.now))
}

// Sent is how many links were sent to an address since an instant.
func (p Proofs) Sent(ctx context.Context, address string, since time.Time) (int64, error) {
	return one(ctx, p.conn, scanInt, countSent, archive.FoldEmail(address), micros(since))
}

// Asked is how many links of a purpose an account asked for since an instant.
func (p Proofs) Asked(ctx context.Context, account int64, purpose archive.ProofPurpose, since time.Time) (int64, error) {
	return one(ctx, p.conn, scanInt, countAsked, account, string(purpose), micros(since))
}

// Promised reports whether another account can still put this address back: it
// is nobody else's until then.
func (p Proofs) Promised(ctx context.Context, address string, but int64) (bool, error) {
	return one(ctx, p.conn, scanBool, isPromised, archive.FoldEmail(address), but, micros(p.now))
}

// Forget drops proofs whose time was over before an instant, at most so many,
// and tells how many went.
func (p Proofs) Forget(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, p.conn, forgetProofs, micros(before), most)
}

func scanProof(row sqldb.Scanner) (archive.Proof, error) {
	var p archive.Proof
	err := row.Scan(&p.ID, &p.Account, &p.Purpose, &p.Address, &p.Nonce, &p.Agent, instant{&p.MadeAt}, instant{&p.ExpiresAt}, instant{&p.UsedAt})
	return p, err
}

func scanBool(row sqldb.Scanner) (is bool, err error) { return is, row.Scan(&is) }
