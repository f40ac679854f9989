package store

import (
	"context"
	"time"
)

// Devices are the browsers that accounts have signed in with, known by a hash
// of the account and a mark the browser keeps.
type Devices struct{ conn }

const (
	meetDevice    = `INSERT INTO known_devices (account, mark, seen_at) VALUES ($1, $2, $3) ON CONFLICT (account, mark) DO NOTHING`
	seeDevice     = `UPDATE known_devices SET seen_at = $3 WHERE account = $1 AND mark = $2`
	countDevices  = `SELECT COUNT(*) FROM known_devices WHERE account = $1`
	endDevices    = `DELETE FROM known_devices WHERE account = $1`
	forgetDevices = `DELETE FROM known_devices WHERE (account, mark) IN (SELECT account, mark FROM known_devices WHERE seen_at <= $1 LIMIT $2)`
)

// Meet notes that an account signs in with a device, and tells whether it never
// did before though it did with others.
func (d Devices) Meet(ctx context.Context, account int64, mark string) (isNew bool, err error) {
	before, err := one(ctx, d.conn, scanInt, countDevices, account)
	if err != nil {
		return false, err
	}
	met, err := exec(ctx, d.conn, meetDevice, account, mark, micros(d.now))
	if err != nil || met == 1 {
		return met == 1 && before > 0, err
	}
	return false, do(ctx, d.conn, seeDevice, account, mark, micros(d.now))
}

// End forgets every device of an account.
func (d Devices) End(ctx context.Context, account int64) error {
	return do(ctx, d.conn, endDevices, account)
}

// Forget drops devices that nobody signed in with since an instant, at most so
// many, and tells how many went.
func (d Devices) Forget(ctx context.Context, since time.Time, most int) (int64, error) {
	return exec(ctx, d.conn, forgetDevices, micros(since), most)
}
