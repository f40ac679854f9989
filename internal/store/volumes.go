package store

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Volumes are books of several works, each for the member who asked for it.
type Volumes struct{ conn }

const (
	volumeColumns = `v.id, v.account, v.title, v.recipe, v.file, v.name, v.bytes, v.bound, v.reason, v.asked_at, v.ended_at, v.until,
		(SELECT COUNT(*) FROM volume_works vw WHERE vw.volume = v.id)`
	addVolume = `INSERT INTO volumes (account, title, recipe, file, asked_at, until) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (account) WHERE ended_at IS NULL DO NOTHING RETURNING id`
	addVolumeWork = `INSERT INTO volume_works (volume, place, work) VALUES ($1, $2, $3)`
	findVolume    = `SELECT ` + volumeColumns + ` FROM volumes v WHERE v.account = $1 AND v.id = $2 AND v.until > $3`
	volumesOf     = `SELECT ` + volumeColumns + ` FROM volumes v WHERE v.account = $1 AND v.until > $2 ORDER BY v.id DESC`
	worksOfVolume = `SELECT work, shown_rev, signed FROM volume_works WHERE volume = $1 ORDER BY place`
	tellBound     = `UPDATE volumes SET bound = $2 WHERE id = $1 AND ended_at IS NULL`
	stampVolume   = `UPDATE volume_works SET shown_rev = $3, signed = $4 WHERE volume = $1 AND work = $2`
	endVolume     = `UPDATE volumes SET name = $2, bytes = $3, reason = $4, ended_at = $5, until = $6 WHERE id = $1 AND ended_at IS NULL`
	leaveVolume   = `UPDATE volumes SET until = $3, ended_at = COALESCE(ended_at, CAST($3 AS BIGINT)) WHERE account = $1 AND id = $2 AND until > $3`
	dropVolume    = `DELETE FROM volumes WHERE account = $1 AND id = $2`
	pastVolumes   = `SELECT ` + volumeColumns + ` FROM volumes v WHERE v.until <= $1 ORDER BY v.until, v.id LIMIT $2`
	isVolumeFile  = `SELECT EXISTS (SELECT 1 FROM volumes WHERE file = $1)`
)

// Add keeps what a member asked for and gives its number; archive.ErrTooMany
// while another of theirs is under way.
func (v Volumes) Add(ctx context.Context, volume archive.Volume, works []int64) (int64, error) {
	id, err := one(ctx, v.conn, scanInt, addVolume, volume.Account, volume.Title, volume.Recipe, volume.File, micros(v.now), micros(volume.Until))
	if errors.Is(err, archive.ErrNotFound) {
		return 0, archive.ErrTooMany
	}
	if err != nil {
		return 0, err
	}
	for place, work := range works {
		if err := do(ctx, v.conn, addVolumeWork, id, place+1, work); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// Find gives a volume to the account that asked for it.
func (v Volumes) Find(ctx context.Context, account, id int64) (archive.Volume, error) {
	return one(ctx, v.conn, scanVolume, findVolume, account, id, micros(v.now))
}

// Of lists an account's volumes, the newest first.
func (v Volumes) Of(ctx context.Context, account int64) ([]archive.Volume, error) {
	return all(ctx, v.conn, scanVolume, volumesOf, account, micros(v.now))
}

// Works are the works of a volume in their order.
func (v Volumes) Works(ctx context.Context, id int64) ([]archive.VolumeWork, error) {
	return all(ctx, v.conn, func(row sqldb.Scanner) (w archive.VolumeWork, err error) {
		return w, row.Scan(&w.Work, &w.ShownRev, &w.Signed)
	}, worksOfVolume, id)
}

// Tell says how many works of a volume are bound.
func (v Volumes) Tell(ctx context.Context, id int64, bound int) error {
	return do(ctx, v.conn, tellBound, id, bound)
}

// End says that a volume is ready, as so many bytes of a name, or why it was
// given up; and which works are in it, as they stood. False: it is no longer
// under way, and stays as it is.
func (v Volumes) End(ctx context.Context, volume archive.Volume, works []archive.VolumeWork) (bool, error) {
	n, err := exec(ctx, v.conn, endVolume, volume.ID, volume.Name, volume.Bytes, volume.Reason, micros(v.now), micros(volume.Until))
	if err != nil || n == 0 {
		return false, err
	}
	for _, w := range works {
		if err := do(ctx, v.conn, stampVolume, volume.ID, w.Work, w.ShownRev, w.Signed); err != nil {
			return false, err
		}
	}
	return true, nil
}

// Leave ends the day of a volume now, whether it is under way or ready: its
// member has no use for it. False: there is no such volume of theirs.
func (v Volumes) Leave(ctx context.Context, account, id int64) (bool, error) {
	n, err := exec(ctx, v.conn, leaveVolume, account, id, micros(v.now))
	return n > 0, err
}

// Drop forgets a volume.
func (v Volumes) Drop(ctx context.Context, account, id int64) error {
	return do(ctx, v.conn, dropVolume, account, id)
}

// Past lists volumes whose day is over.
func (v Volumes) Past(ctx context.Context, most int) ([]archive.Volume, error) {
	return all(ctx, v.conn, scanVolume, pastVolumes, micros(v.now), most)
}

// HasFile reports whether a file is that of a volume.
func (v Volumes) HasFile(ctx context.Context, key string) (bool, error) {
	return one(ctx, v.conn, func(row sqldb.Scanner) (has bool, err error) { return has, row.Scan(&has) }, isVolumeFile, key)
}

func scanVolume(row sqldb.Scanner) (archive.Volume, error) {
	var v archive.Volume
	return v, row.Scan(&v.ID, &v.Account, &v.Title, &v.Recipe, &v.File, &v.Name, &v.Bytes, &v.Bound, &v.Reason,
		instant{&v.AskedAt}, instant{&v.EndedAt}, instant{&v.Until}, &v.Works)
}
