package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Kudos are readers' thanks: one a work and reader. Those that came in a burst
// are parked: counted and shown when staff release them.
type Kudos struct{ conn }

const (
	addKudos = `INSERT INTO kudos (work, giver, account, named, at, parked_at, network) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (work, giver) DO NOTHING`
	nameKudos  = `UPDATE kudos SET named = $3 WHERE work = $1 AND giver = $2 AND named <> $3`
	findKudos  = `SELECT named FROM kudos WHERE work = $1 AND giver = $2`
	countGuest = `SELECT COUNT(*) FROM kudos WHERE work = $1 AND account = 0 AND at > $2`
	countHouse = `SELECT COUNT(*) FROM kudos WHERE work = $1 AND account = 0 AND at > $2 AND network = $3`
	// Counting is one statement over the row of the work: nobody's kudos are
	// lost to another's at the same moment.
	raiseKudos   = `UPDATE works SET kudos = kudos + $2 WHERE id = $1`
	recountKudos = `UPDATE works SET kudos = (SELECT COUNT(*) FROM kudos k WHERE k.work = works.id AND k.parked_at IS NULL) WHERE id = $1`
	// A muted reader's name is not met by who muted them.
	namedKudos = `SELECT k.id, k.work, k.account, a.name, k.at FROM kudos k JOIN accounts a ON a.id = k.account
		WHERE k.work = $1 AND k.named AND ` + isThere + ` AND NOT EXISTS (SELECT 1 FROM mutes m WHERE m.account = $2 AND m.muted = k.account)
		ORDER BY k.id DESC LIMIT $3 OFFSET $4`
	countNamed = `SELECT COUNT(*) FROM kudos k JOIN accounts a ON a.id = k.account
		WHERE k.work = $1 AND k.named AND ` + isThere + ` AND NOT EXISTS (SELECT 1 FROM mutes m WHERE m.account = $2 AND m.muted = k.account)`
	parkedKudos = `SELECT k.work, w.title, COUNT(*), MIN(k.at), MAX(k.at) FROM kudos k JOIN works w ON w.id = k.work
		WHERE k.parked_at IS NOT NULL GROUP BY k.work, w.title ORDER BY MIN(k.at), k.work`
	countParked  = `SELECT COUNT(*) FROM kudos WHERE work = $1 AND parked_at IS NOT NULL`
	releaseKudos = `UPDATE kudos SET parked_at = NULL WHERE work = $1 AND parked_at IS NOT NULL`
	dropKudos    = `DELETE FROM kudos WHERE work = $1 AND parked_at IS NOT NULL`
	forgetHouses = `UPDATE kudos SET network = '' WHERE id IN (SELECT id FROM kudos WHERE network <> '' AND at < $1 LIMIT $2)`
	untoldKudos  = `SELECT DISTINCT k.work FROM kudos k LEFT JOIN kudos_told t ON t.work = k.work
		WHERE NOT k.told AND k.parked_at IS NULL AND (t.at IS NULL OR t.at <= $1) ORDER BY k.work LIMIT $2`
	tellKudos     = `UPDATE kudos SET told = TRUE WHERE work = $1 AND NOT told AND parked_at IS NULL`
	noteKudosTold = `INSERT INTO kudos_told (work, at) VALUES ($1, $2) ON CONFLICT (work) DO UPDATE SET at = excluded.at`
)

// Giving is one reader's kudos as they are stored.
type Giving struct {
	Work    int64
	Giver   string // see archive.GiverOf
	Account int64  // 0: a guest
	Named   bool
	Parked  bool
	House   string // of a guest, to see a burst
}

// Add stores kudos and counts them; false when this reader left them before.
func (k Kudos) Add(ctx context.Context, g Giving) (bool, error) {
	var parked any
	if g.Parked {
		parked = micros(k.now)
	}
	n, err := exec(ctx, k.conn, addKudos, g.Work, g.Giver, g.Account, g.Named, micros(k.now), parked, g.House)
	if err != nil || n == 0 || g.Parked {
		return n == 1, err
	}
	return true, do(ctx, k.conn, raiseKudos, g.Work, 1)
}

// Name shows the name of who left kudos, or takes it off; false when it stood
// so already.
func (k Kudos) Name(ctx context.Context, work int64, giver string, named bool) (bool, error) {
	n, err := exec(ctx, k.conn, nameKudos, work, giver, named)
	return n == 1, err
}

// Left is how a reader left kudos for a work.
type Left struct{ Left, Named bool }

// Find tells whether a reader left kudos.
func (k Kudos) Find(ctx context.Context, work int64, giver string) (Left, error) {
	found, err := all(ctx, k.conn, scanBool, findKudos, work, giver)
	if err != nil || len(found) == 0 {
		return Left{}, err
	}
	return Left{Left: true, Named: found[0]}, nil
}

// Guests is how many guests left kudos for a work since an instant, parked ones
// too; of one house only, unless it is empty.
func (k Kudos) Guests(ctx context.Context, work int64, since time.Time, house string) (int64, error) {
	if house == "" {
		return one(ctx, k.conn, scanInt, countGuest, work, micros(since))
	}
	return one(ctx, k.conn, scanInt, countHouse, work, micros(since), house)
}

// Named lists who left kudos by name, the latest first, and how many they are.
func (k Kudos) Named(ctx context.Context, v archive.Viewer, work int64, limit, offset int) ([]archive.Kudos, int64, error) {
	names, err := all(ctx, k.conn, scanKudos, namedKudos, work, v.Account, limit, offset)
	if err != nil || (len(names) < limit && offset == 0) {
		return names, int64(len(names)), err
	}
	total, err := one(ctx, k.conn, scanInt, countNamed, work, v.Account)
	return names, total, err
}

// Burst is the parked kudos of one work.
type Burst struct {
	Work        int64
	Title       string
	Count       int
	First, Last time.Time
}

// Bursts lists what is parked, for staff; the longest waiting first.
func (k Kudos) Bursts(ctx context.Context) ([]Burst, error) {
	return all(ctx, k.conn, func(row sqldb.Scanner) (Burst, error) {
		var b Burst
		return b, row.Scan(&b.Work, &b.Title, &b.Count, instant{&b.First}, instant{&b.Last})
	}, parkedKudos)
}

// Parked is how many kudos of a work are parked.
func (k Kudos) Parked(ctx context.Context, work int64) (int64, error) {
	return one(ctx, k.conn, scanInt, countParked, work)
}

// Settle counts the parked kudos of a work from now on, or throws them away,
// and tells how many they were.
func (k Kudos) Settle(ctx context.Context, work int64, count bool) (int64, error) {
	if !count {
		return exec(ctx, k.conn, dropKudos, work)
	}
	n, err := exec(ctx, k.conn, releaseKudos, work)
	if err != nil {
		return n, err
	}
	return n, do(ctx, k.conn, recountKudos, work)
}

// ForgetHouses forgets the networks of kudos before an instant, at most so
// many, and tells how many went.
func (k Kudos) ForgetHouses(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, k.conn, forgetHouses, micros(before), most)
}

// Untold lists works whose creators are to be told of kudos: they were last
// told before an instant.
func (k Kudos) Untold(ctx context.Context, before time.Time, most int) ([]int64, error) {
	return all(ctx, k.conn, scanInt, untoldKudos, micros(before), most)
}

// Tell takes the kudos of a work that nobody was told of, and tells how many
// they are.
func (k Kudos) Tell(ctx context.Context, work int64) (int64, error) {
	n, err := exec(ctx, k.conn, tellKudos, work)
	if err != nil || n == 0 {
		return n, err
	}
	return n, do(ctx, k.conn, noteKudosTold, work, micros(k.now))
}

func scanKudos(row sqldb.Scanner) (archive.Kudos, error) {
	var k archive.Kudos
	return k, row.Scan(&k.ID, &k.Work, &k.Account, &k.Name, instant{&k.At})
}
