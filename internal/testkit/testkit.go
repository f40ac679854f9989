// Package testkit gives tests their worlds: an archive on each database, a clock that is set by
// hand, and a post office that keeps the mails. Its rooms engines and browser give bare databases
// and a reader in Chromium.
package testkit

import (
	"context"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// Each runs test on an empty archive's database, on SQLite and on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	engines.Each(t, store.Schema(), test)
}

// SQLite opens an empty archive's database on SQLite, for tests to which the engine is all one.
func SQLite(t testing.TB) *sqldb.DB {
	t.Helper()
	return engines.SQLite(t, store.Schema(), sqldb.Options{})
}

// World is an empty archive and the clock it lives by.
type World struct {
	DB    *sqldb.DB
	Store *store.Store
	Clock *Clock
}

// Worlds runs test in an empty archive on SQLite and in one on PostgreSQL.
func Worlds(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	Each(t, func(t *testing.T, db *sqldb.DB) { test(t, NewWorld(t, db)) })
}

// NewWorld makes an archive over an open, migrated database.
func NewWorld(t testing.TB, db *sqldb.DB) *World {
	t.Helper()
	clock := NewClock()
	s, err := store.New(db, clock)
	if err != nil {
		t.Fatal(err)
	}
	return &World{DB: db, Store: s, Clock: clock}
}

// Write runs fn in one transaction and ends the test if that fails.
func (w *World) Write(t testing.TB, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := w.Store.Write(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// Read runs fn in one read-only transaction and ends the test if that fails.
func (w *World) Read(t testing.TB, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := w.Store.Read(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// Clock stands still until it is told the time.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

var _ archive.Clock = (*Clock)(nil)

// NewClock is a clock at noon of 1 May 2026, UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, time.May, 1, 12, 0, 0, 0, time.UTC)}
}

// Now is the time the clock was last told.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set tells the clock the time.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.UTC().Truncate(time.Microsecond)
}

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) { c.Set(c.Now().Add(d)) }
