package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/pattern"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// Kept is how many nightly copies are kept.
const Kept = 7

// stateName is the setting that holds how the nightly copies stand.
const stateName = "nightly_copies"

// State is how the nightly copies stand, whichever process makes them.
type State struct {
	Last   time.Time     `json:"last,omitzero"` // when the newest copy was made; zero: never
	File   string        `json:"file,omitempty"`
	Bytes  int64         `json:"bytes,omitempty"`
	Took   time.Duration `json:"took,omitempty"`
	Count  int           `json:"count,omitempty"`  // copies in the folder
	Failed time.Time     `json:"failed,omitzero"`  // when the last attempt failed; zero: it did not
	Reason string        `json:"reason,omitempty"` // why
}

// Age is how old the newest copy is; zero when there is none.
func (s State) Age(now time.Time) time.Duration {
	if s.Last.IsZero() {
		return 0
	}
	return now.Sub(s.Last)
}

// StateOf reads how the nightly copies stand.
func StateOf(ctx context.Context, tx *store.Tx) (s State, err error) {
	text, err := tx.Settings.Find(ctx, stateName)
	if err != nil || text == "" {
		return s, err
	}
	return s, json.Unmarshal([]byte(text), &s)
}

func setState(ctx context.Context, tx *store.Tx, s State) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return tx.Settings.Set(ctx, stateName, string(text))
}

// Nightly makes a copy a night and keeps the last seven.
type Nightly struct {
	Place
	Store   *store.Store
	Folder  string
	Program string
	Clock   archive.Clock
	Log     *slog.Logger
}

// When a copy is due. An archive that is off at night gets its copy when it is
// on; one whose copy failed is not copied again at once.
const (
	nightBegins, nightEnds = 2, 5 // o'clock, by the machine
	soonest                = 20 * time.Hour
	latest                 = 26 * time.Hour
	afterFailure           = time.Hour
)

// Look makes a copy if one is due. It is called every so often by one process
// of those that share the database.
func (n *Nightly) Look(ctx context.Context) error {
	var state State
	err := n.Store.Read(ctx, func(tx *store.Tx) (err error) {
		state, err = StateOf(ctx, tx)
		return err
	})
	if err != nil || !n.isDue(state) {
		return err
	}
	return n.Make(ctx)
}

func (n *Nightly) isDue(s State) bool {
	now := n.Clock.Now()
	if !s.Failed.IsZero() && now.Sub(s.Failed) < afterFailure {
		return false
	}
	if n.lost(s) {
		return true
	}
	age := now.Sub(s.Last)
	if hour := now.Local().Hour(); hour >= nightBegins && hour < nightEnds && age >= soonest {
		return true
	}
	return age >= latest
}

// lost reports whether the newest copy is not where it was made, as in an
// archive that was restored; on PostgreSQL it may be another machine's.
func (n *Nightly) lost(s State) bool {
	if s.File == "" || n.DB.Engine() == sqldb.Postgres {
		return false
	}
	_, err := os.Stat(s.File)
	return errors.Is(err, fs.ErrNotExist)
}

// Make makes a copy now and writes down how that went.
func (n *Nightly) Make(ctx context.Context) error {
	began := n.Clock.Now()
	path, bytes, failure := n.make(ctx, began)
	if failure != nil && ctx.Err() != nil {
		return ctx.Err() // the program ends: that is no failure
	}
	took := n.Clock.Now().Sub(began)
	count := 0
	if failure == nil {
		count, failure = n.tidy()
	}
	err := n.Store.Write(ctx, func(tx *store.Tx) error {
		state, err := StateOf(ctx, tx)
		if err != nil {
			return err
		}
		if path != "" {
			state = State{Last: began, File: path, Bytes: bytes, Took: took, Count: count}
		}
		state.Failed, state.Reason = time.Time{}, ""
		if failure != nil {
			state.Failed, state.Reason = n.Clock.Now(), failure.Error()
		}
		return setState(ctx, tx, state)
	})
	if failure == nil && err == nil {
		n.Log.InfoContext(ctx, "nightly copy made", "file", path, "bytes", bytes, "took", took.Round(time.Millisecond))
	}
	return errors.Join(failure, err)
}

// named is how the copies are called; nothing else in their folder is touched.
var named = pattern.New(`^ficus-\d{4}-\d{2}-\d{2}-\d{6}\.zip$`)

// left is what a copy that was broken off leaves.
var left = pattern.New(`^\.ficus-\d{4}-\d{2}-\d{2}-\d{6}\.zip\.part-\d+$`)

func (n *Nightly) make(ctx context.Context, now time.Time) (path string, bytes int64, err error) {
	if err := os.MkdirAll(n.Folder, 0o700); err != nil {
		return "", 0, fmt.Errorf("make the folder for copies: %w", media.Full(err))
	}
	if err := n.forget(left, 0); err != nil {
		return "", 0, err
	}
	path = filepath.Join(n.Folder, "ficus-"+now.UTC().Format("2006-01-02-150405")+".zip")
	if _, err := Make(ctx, n.Place, path, n.Program, n.Clock, nil); err != nil {
		return "", 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, err
	}
	return path, info.Size(), nil
}

// tidy forgets the oldest copies and tells how many are there.
func (n *Nightly) tidy() (int, error) {
	if err := n.forget(named, Kept); err != nil {
		return 0, err
	}
	names, err := n.list(named)
	return len(names), err
}

func (n *Nightly) list(shape *pattern.Pattern) (names []string, err error) {
	entries, err := os.ReadDir(n.Folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if shape.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names) // oldest first
	return names, nil
}

func (n *Nightly) forget(shape *pattern.Pattern, keep int) error {
	names, err := n.list(shape)
	if err != nil {
		return err
	}
	for len(names) > keep {
		if err := os.Remove(filepath.Join(n.Folder, names[0])); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("forget an old copy: %w", err)
		}
		names = names[1:]
	}
	return nil
}
