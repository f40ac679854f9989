// Package store is every SQL statement of Ficus, one file a noun. A statement
// is a constant that means the same on SQLite and PostgreSQL and stands beside
// its scan; who may see which work is decided by the fragments in visible.go.
package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Store reads and writes the archive. It has no methods but Read and Write, and
// Together for several of both: everything else hangs on the Tx they give.
type Store struct {
	db    *sqldb.DB
	clock archive.Clock
	pack  *packer
	liked *likings

	// Applied hears of each commit of this process that recorded or counted
	// something, before Write returns; it writes nothing itself. It is set once, before the
	// store is used.
	Applied func(ctx context.Context, c Committed)
}

// Committed is what a transaction recorded in the log, which is whole up to it:
// the events have the last places; and what it counted, which is no event.
type Committed struct {
	Events  []archive.Event
	SiteRev int64   // with events; see Log.SiteRev
	Hit     []int64 // works that have more hits
}

// New makes a store over an open, migrated database.
func New(db *sqldb.DB, clock archive.Clock) (*Store, error) {
	pack, err := newPacker()
	if err != nil {
		return nil, err
	}
	return &Store{db: db, clock: clock, pack: pack, liked: &likings{}, Applied: func(context.Context, Committed) {}}, nil
}

// Tx is one transaction. Its fields are the nouns; Now is its one instant.
type Tx struct {
	Now         time.Time
	Accounts    Accounts
	Sessions    Sessions
	Works       Works
	Lists       Lists
	Chapters    Chapters
	Tags        Tags
	Gifts       Gifts
	Revisions   Revisions
	Autosaves   Autosaves
	Deeds       Deeds
	Manuscripts Manuscripts
	Pictures    Pictures
	Notices     Notices
	Log         Log
	Jobs        Jobs
	Hits        Hits
	Settings    Settings
	Passkeys    Passkeys
	SecondSteps SecondSteps
	Deletions   Deletions
	Orphans     Orphans
	Ties        Ties
	Acts        Acts
	Proofs      Proofs
	Comments    Comments
	Threads     Threads
	Kudos       Kudos
	Names       Names
	Devices     Devices
	Measures    Measures
	Cases       Cases
	Habits      Habits
	belonging
	following
	bringing
	carrying
	finding
}

// belonging is what staff look after: who belongs here, and what the archive
// says of itself.
type belonging struct {
	Members     Members
	Invitations Invitations
	Papers      Papers
}

// following is the nouns of what members follow, and of how they hear of it.
type following struct {
	Follows       Follows
	Announcements Announcements
	Outbox        Outbox
}

// bringing is the nouns of what writers bring, beside Manuscripts.
type bringing struct {
	Piles  Piles
	Covers Covers
	Bulk   Bulk // what is made, and brought by nobody
}

// carrying is the nouns of what readers take with them.
type carrying struct {
	Served    Served
	Downloads Downloads
	Volumes   Volumes
}

// finding is what works are found by.
type finding struct {
	Indexed    Indexed
	Passages   Passages
	Numbered   Numbered
	Called     Called
	Sorting    Sorting
	TagActs    TagActs
	Bins       Bins
	Wranglers  Wranglers
	Muted      Muted
	MutedWords MutedWords
	remembering
}

// remembering is what members have remembered of how they look for works.
type remembering struct {
	Excluded   Excluded
	Filters    Filters
	Favourites Favourites
}

// conn is what every noun of a transaction holds.
type conn struct {
	tx    *sqldb.Tx
	now   time.Time
	pack  *packer
	liked *likings
}

func (s *Store) begin(tx *sqldb.Tx) *Tx {
	c := conn{tx: tx, now: s.clock.Now(), pack: s.pack, liked: s.liked}
	return &Tx{
		Now: c.now, Accounts: Accounts{c}, Sessions: Sessions{c}, Works: Works{c}, Lists: Lists{c}, Chapters: Chapters{c},
		Tags: Tags{c}, Gifts: Gifts{c}, Revisions: Revisions{c}, Autosaves: Autosaves{c}, Deeds: Deeds{c},
		Manuscripts: Manuscripts{c}, Pictures: Pictures{c}, Notices: Notices{c}, Log: Log{conn: c, pending: &[]archive.Event{}},
		Jobs: Jobs{c}, Hits: Hits{conn: c, counted: &[]int64{}}, Settings: Settings{c}, Ties: Ties{c}, Acts: Acts{c}, Proofs: Proofs{c}, Names: Names{c}, Devices: Devices{c},
		belonging: belonging{Members: Members{c}, Invitations: Invitations{c}, Papers: Papers{c}},
		following: following{Follows: Follows{c}, Announcements: Announcements{c}, Outbox: Outbox{c}},
		bringing:  bringing{Piles: Piles{c}, Covers: Covers{c}, Bulk: Bulk{c}},
		carrying:  carrying{Served: Served{c}, Downloads: Downloads{c}, Volumes: Volumes{c}},
		finding:   finding{Indexed: Indexed{c}, Passages: Passages{c}, Numbered: Numbered{c}, Called: Called{c}, Sorting: Sorting{c}, TagActs: TagActs{c}, Bins: Bins{c}, Wranglers: Wranglers{c}, Muted: Muted{c}, MutedWords: MutedWords{c}, remembering: remembering{Excluded: Excluded{c}, Filters: Filters{c}, Favourites: Favourites{c}}},
		Comments:  Comments{c}, Threads: Threads{c},
		Kudos:    Kudos{c},
		Passkeys: Passkeys{c}, SecondSteps: SecondSteps{c}, Deletions: Deletions{c}, Orphans: Orphans{c},
		Measures: Measures{c}, Cases: Cases{c}, Habits: Habits{c},
	}
}

// WritesWait reports whether every write waits for every other, as on SQLite.
func (s *Store) WritesWait() bool { return s.db.Engine() == sqldb.SQLite }

// Together has what several closures read and write committed at once where
// writes wait for each other; see sqldb.DB.Together.
func (s *Store) Together(ctx context.Context, next func(i int) func(ctx context.Context)) error {
	return s.db.Together(ctx, next)
}

// Read runs fn in a read-only transaction that sees one state of the archive.
func (s *Store) Read(ctx context.Context, fn func(*Tx) error) error {
	return s.db.Read(ctx, func(tx *sqldb.Tx) error { return fn(s.begin(tx)) })
}

// Write runs fn in one transaction. What fn recorded in the log takes its
// places in commit order as the last act before the commit; Write returns when
// this process has applied it.
func (s *Store) Write(ctx context.Context, fn func(*Tx) error) error {
	return s.db.Write(ctx, func(tx *sqldb.Tx) error {
		t := s.begin(tx)
		if err := fn(t); err != nil {
			return err
		}
		committed, err := t.Log.flush(ctx)
		committed.Hit = *t.Hits.counted
		if err == nil && len(committed.Events)+len(committed.Hit) > 0 {
			tx.OnCommit(func() { s.Applied(ctx, committed) })
		}
		return err
	})
}
