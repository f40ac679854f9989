package web_test

import (
	"context"
	"sync/atomic"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
)

// What a comment asks of the database lets readers go first; what readers ask
// lets nobody.
func TestACommentStepsAsideAndAReaderDoesNot(t *testing.T) {
	var stepped atomic.Int64
	db := engines.SQLite(t, store.Schema(), sqldb.Options{Aside: func(ctx context.Context) func() {
		if tempo.Aside(ctx) == nil {
			return nil
		}
		return func() { stepped.Add(1) }
	}})
	w := openWorld(t, testkit.NewWorld(t, db))
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	pell := w.settled("pell")
	pell.opens(workPath(work))
	w.guest().opens(workPath(work))
	need(t, "steps aside of those who read and write stories", stepped.Load(), 0)
	pell.opens(pell.said(work, chapter, "The kettle!")).has("The kettle!")
	if stepped.Load() < 10 {
		t.Errorf("a comment stepped aside %d times", stepped.Load())
	}
}
