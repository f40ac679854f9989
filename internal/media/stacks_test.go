package media_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/media"
)

var stackedAt = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func openStacks(t *testing.T, dir string, most int64) *media.Stacks {
	t.Helper()
	s, err := media.OpenStacks(dir, most)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func stack(t *testing.T, s *media.Stacks, name string, size int) {
	t.Helper()
	err := s.Make(name, stackedAt, func(w io.Writer) error {
		_, err := w.Write(bytes.Repeat([]byte("a"), size))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func unstack(t *testing.T, s *media.Stacks, name string) string {
	t.Helper()
	file, err := s.Open(name)
	if errors.Is(err, archive.ErrNotFound) {
		return "gone"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestStacksLetGoOfWhatIsUnusedForLongest(t *testing.T) {
	dir := t.TempDir()
	s := openStacks(t, dir, 100)
	stack(t, s, "a.epub", 40)
	stack(t, s, "b.epub", 40)
	if len(unstack(t, s, "a.epub")) != 40 {
		t.Error("a is not there")
	}
	stack(t, s, "c.epub", 40)
	for name, want := range map[string]bool{"a.epub": true, "b.epub": false, "c.epub": true} {
		if got := s.Has(name); got != want {
			t.Errorf("%s is there: %v", name, got)
		}
	}
	stack(t, s, "c.epub", 50) // in its own place
	if !s.Has("a.epub") {
		t.Error("a file in the place of another was counted twice")
	}
	stack(t, s, "large.epub", 300) // alone, until the next
	stack(t, s, "d.epub", 10)
	if got := files(t, dir); len(got) != 1 || got[0] != "d.epub" {
		t.Errorf("there lie %v", got)
	}
}

// A reader who has opened a book reads it to its end.
func TestStacksTakeNothingFromWhoReads(t *testing.T) {
	s := openStacks(t, t.TempDir(), 100)
	stack(t, s, "a.epub", 80)
	file, err := s.Open("a.epub")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stack(t, s, "b.epub", 80)
	if data, err := io.ReadAll(file); err != nil || len(data) != 80 || s.Has("a.epub") {
		t.Errorf("%d bytes were read, and %v", len(data), err)
	}
}

func TestStacksKeepNothingHalfWritten(t *testing.T) {
	dir := t.TempDir()
	s := openStacks(t, dir, 1000)
	broken := errors.New("the thread tore")
	err := s.Make("a.epub", stackedAt, func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 200_000))
		return broken
	})
	if !errors.Is(err, broken) || s.Has("a.epub") || len(files(t, dir)) != 0 {
		t.Errorf("after %v there lie %v", err, files(t, dir))
	}
	stack(t, s, "a.epub", 10)
	if err := s.Make("a.epub", stackedAt, func(io.Writer) error { return broken }); !errors.Is(err, broken) || len(unstack(t, s, "a.epub")) != 10 {
		t.Errorf("a file that could not be made anew is %q after %v", unstack(t, s, "a.epub"), err)
	}
	for _, name := range []string{"", "../a", ".a", "A"} {
		if err := s.Make(name, stackedAt, func(io.Writer) error { return nil }); err == nil {
			t.Errorf("a file may be called %q", name)
		}
		if _, err := s.Open(name); err == nil {
			t.Errorf("a file called %q was opened", name)
		}
	}
}

func TestStacksBeginEmptyAndTouchNothingElse(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.epub", "part-x", "README.TXT"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	openStacks(t, dir, 10)
	if got := files(t, dir); len(got) != 2 || got[0] != "README.TXT" || got[1] != "folder" {
		t.Errorf("there lie %v", got)
	}
}

func TestStacksAreDatedAndSwept(t *testing.T) {
	dir := t.TempDir()
	s := openStacks(t, dir, 1000)
	stack(t, s, "7-a.epub", 10)
	stack(t, s, "8-b.epub", 10)
	later := stackedAt.Add(time.Hour)
	if err := s.Date("7-a.epub", later); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "7-a.epub"))
	if err != nil || !info.ModTime().Equal(later) {
		t.Errorf("it is dated %v, %v", info.ModTime(), err)
	}
	if err := s.Date("9.epub", later); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a file that is not there was dated: %v", err)
	}
	for range 2 { // each time all but what was used since
		unstack(t, s, "8-b.epub")
		if err := s.Sweep(); err != nil || !s.Has("8-b.epub") {
			t.Errorf("sweeping: %v, there lie %v", err, files(t, dir))
		}
	}
	if s.Has("7-a.epub") {
		t.Errorf("there lie %v", files(t, dir))
	}
}

func TestStacksAreUsedByManyAtOnce(t *testing.T) {
	s := openStacks(t, t.TempDir(), 5000)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			for j := range 20 {
				name := fmt.Sprintf("%d.epub", (i+j)%15)
				stack(t, s, name, 500+i)
				if got := unstack(t, s, name); got != "gone" && len(got) < 500 {
					t.Errorf("%s has %d bytes", name, len(got))
				}
			}
		})
	}
	all.Wait()
}
