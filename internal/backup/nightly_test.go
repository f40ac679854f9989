package backup_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/backup"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// night is an archive with its nightly copies and a clock set by hand.
func night(t *testing.T, w *testkit.World) *backup.Nightly {
	t.Helper()
	return &backup.Nightly{
		Place: place(t, w.DB), Store: w.Store, Folder: filepath.Join(t.TempDir(), "backups"), Program: "test", Clock: w.Clock, Log: slog.New(slog.DiscardHandler),
	}
}

func state(t *testing.T, w *testkit.World) (s backup.State) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		s, err = backup.StateOf(ctx, tx)
		return err
	})
	return s
}

func copies(t *testing.T, n *backup.Nightly) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(n.Folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestACopyIsMadeANightAndSevenAreKept(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		n := night(t, w)
		must(t, n.Look(t.Context())) // on from the start
		if names := copies(t, n); len(names) != 1 {
			t.Fatalf("the first look left %v", names)
		}
		must(t, os.WriteFile(filepath.Join(n.Folder, "diary.zip"), []byte("mine"), 0o600))
		must(t, os.WriteFile(filepath.Join(n.Folder, ".ficus-2026-04-30-030000.zip.part-123"), []byte("half"), 0o600))
		for range 9 * 24 {
			w.Clock.Pass(time.Hour)
			must(t, n.Look(t.Context()))
		}
		s := state(t, w)
		names := copies(t, n)
		if len(names) != backup.Kept+1 || names[0] != "diary.zip" || s.Count != backup.Kept || filepath.Base(s.File) != names[len(names)-1] {
			t.Errorf("after nine days there are %v, and the state is %+v", names, s)
		}
		info, err := os.Stat(s.File)
		must(t, err)
		if s.Bytes != info.Size() || s.Age(w.Clock.Now()) > 25*time.Hour || !s.Failed.IsZero() {
			t.Errorf("the state is %+v", s)
		}
		if hour := s.Last.Local().Hour(); hour < 2 || hour >= 5 {
			t.Errorf("the copy of the night was made at %v", s.Last.Local())
		}
	})
}

func TestACopyThatFailsIsToldOfAndTriedAgain(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	n := night(t, w)
	must(t, n.Look(t.Context()))
	good := n.Folder
	n.Folder = filepath.Join(t.TempDir(), "a file")
	must(t, os.WriteFile(n.Folder, nil, 0o600))
	w.Clock.Pass(27 * time.Hour)
	if err := n.Look(t.Context()); err == nil {
		t.Fatal("a copy was made where none can be")
	}
	s := state(t, w)
	if s.Failed != w.Clock.Now() || !strings.Contains(s.Reason, "a file") || s.Last.IsZero() || s.Age(w.Clock.Now()) != 27*time.Hour {
		t.Errorf("the state is %+v", s)
	}
	n.Folder = good
	w.Clock.Pass(10 * time.Minute)
	must(t, n.Look(t.Context()))
	if again := state(t, w); again.Failed.IsZero() {
		t.Error("it was tried again at once")
	}
	w.Clock.Pass(time.Hour)
	must(t, n.Look(t.Context()))
	if again := state(t, w); !again.Failed.IsZero() || again.Reason != "" || again.Last != w.Clock.Now() {
		t.Errorf("the state is %+v", again)
	}
}

func TestACopyThatIsGoneIsMadeAgain(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	n := night(t, w)
	must(t, n.Look(t.Context()))
	must(t, os.RemoveAll(n.Folder))
	w.Clock.Pass(10 * time.Minute)
	must(t, n.Look(t.Context()))
	if names := copies(t, n); len(names) != 1 {
		t.Errorf("there are %v", names)
	}
}
