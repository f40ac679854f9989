package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ficus/internal/sqldb"
)

// stallAim is how long nobody may wait beside a backup.
const stallAim = "max < 100 ms"

// besideBackup makes a backup of so many megabytes, half in the database and
// half in files, beside readers and writers, and tells how long these waited:
// before it, while it ran, and in the seconds after, when what was written
// meanwhile goes from the log of SQLite into its file.
func besideBackup(megabytes string) error {
	size, err := strconv.ParseInt(megabytes, 10, 64)
	if err != nil || size < 2 {
		return fmt.Errorf("%q is no number of megabytes", megabytes)
	}
	dir, err := os.MkdirTemp("", "ficus-bench.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	table := &table{}
	if err := measureBackup(table, dir, size<<20); err != nil {
		return err
	}
	fmt.Print(table)
	return nil
}

func measureBackup(t *table, dir string, size int64) error {
	var s sides
	defer s.stop()
	address, err := s.startFicus(dir)
	if err != nil {
		return err
	}
	page, err := postChapter(dir, address)
	if err != nil {
		return err
	}
	s.stop()
	s.running = nil
	data := filepath.Join(dir, "data")
	if err := errorOr(fillDatabase(data, size/2), fillFiles(data, size/2)); err != nil {
		return err
	}
	if address, err = s.startFicus(dir); err != nil {
		return err
	}
	token, err := exec.Command(binary, "user", "token", "bench", "--data", data).Output()
	if err != nil {
		return err
	}
	l := &load{address: address, page: address + page[strings.LastIndex(page, "/works/"):], token: strings.TrimSpace(string(token))}
	return l.measure(t, dir, size)
}

// fillDatabase puts versions of a chapter into it that no packing makes small.
func fillDatabase(data string, size int64) error {
	ctx := context.Background()
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	const each = 64 << 10 // a chapter of some 30,000 words, packed
	noise := rand.NewChaCha8([32]byte{1})
	var revisions sqldb.Table
	err = db.Read(ctx, func(tx *sqldb.Tx) error {
		tables, err := sqldb.Tables(ctx, tx)
		at := slices.IndexFunc(tables, func(t sqldb.Table) bool { return t.Name == "revisions" })
		revisions = tables[at]
		return err
	})
	for number := int64(100); err == nil && (number-100)*each < size; number += 100 {
		err = db.Write(ctx, func(tx *sqldb.Tx) error {
			for i := range int64(100) {
				row := make([]any, len(revisions.Columns))
				for c, column := range revisions.Columns {
					row[c] = map[string]any{"id": 1000 + number + i, "chapter": 1, "number": number + i, "account": 1, "at": 1, "title": "", "words": 30000}[column.Name]
					if column.Kind == sqldb.Bytes {
						blob := make([]byte, each)
						_, _ = noise.Read(blob) // never fails
						row[c] = blob
					}
				}
				if err := revisions.Add(ctx, tx, [][]any{row}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return errors.Join(err, db.Close())
}

// fillFiles puts pictures of a megabyte into the folder.
func fillFiles(data string, size int64) error {
	noise := rand.NewChaCha8([32]byte{2})
	picture := make([]byte, 1<<20)
	for n := range size >> 20 {
		_, _ = noise.Read(picture) // never fails
		folder := filepath.Join(data, "files", "pictures", fmt.Sprintf("%02x", n%256))
		err := errorOr(os.MkdirAll(folder, 0o750), os.WriteFile(filepath.Join(folder, strconv.FormatInt(n, 10)), picture, 0o640))
		if err != nil {
			return err
		}
	}
	return nil
}

// load is who reads and writes meanwhile: one reader of a kept page, one whose
// pages are drawn, one writer of chapters.
type load struct {
	address, page, token string

	mu     sync.Mutex
	waited [3][]time.Duration // of readers, of the writer, of the bare probe
	failed int
}

const atRest = 15 * time.Second

func (l *load) measure(t *table, dir string, size int64) error {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	text := strings.Repeat(story(1000)+"\n\n", 3)
	running.Go(func() {
		l.repeat(ctx, 0, 5*time.Millisecond, func() (*http.Request, error) { return http.NewRequest(http.MethodGet, l.page, nil) })
	})
	running.Go(func() {
		l.repeat(ctx, 0, 5*time.Millisecond, func() (*http.Request, error) { return http.NewRequest(http.MethodGet, l.address+"/works?page=1", nil) })
	})
	running.Go(func() {
		l.repeat(ctx, 1, 20*time.Millisecond, func() (*http.Request, error) {
			body := fmt.Sprintf(`{"title":"A work","fandoms":["Benches"],"rating":"General","warnings":["none apply"],"language":"en","chapters":[{"text":%q,"read":"text"}]}`, text)
			r, err := http.NewRequest(http.MethodPost, l.address+"/api/v1/works", bytes.NewBufferString(body))
			if err == nil {
				r.Header.Set("Authorization", "Bearer "+l.token)
				r.Header.Set("Content-Type", "application/json")
			}
			return r, err
		})
	})
	running.Go(func() { l.probe(ctx, filepath.Join(dir, "probe")) })
	if err := l.settle(); err != nil {
		return err
	}
	time.Sleep(atRest)
	before := l.take()
	began := time.Now()
	out, err := exec.Command(binary, "backup", filepath.Join(dir, "backup.zip"), "--data", filepath.Join(dir, "data")).CombinedOutput()
	if err != nil {
		return fmt.Errorf("backup: %w: %s", err, out)
	}
	took := time.Since(began)
	during := l.take()
	wal, _ := os.Stat(filepath.Join(dir, "data", "ficus.db-wal"))
	time.Sleep(atRest)
	after := l.take()
	copied := time.Now()
	if err := copyAll(filepath.Join(dir, "data"), filepath.Join(dir, "copied")); err != nil {
		return err
	}
	plainly, copying := l.take(), time.Since(copied)
	if l.failed > 0 {
		return fmt.Errorf("%d requests failed", l.failed)
	}
	t.add(fmt.Sprintf("ficus backup of %.1f GB beside load, read again", float64(size)/1e9), fmt.Sprintf("%v = %.0f MB/s", took.Round(100*time.Millisecond), float64(size)/1e6/took.Seconds()),
		fmt.Sprintf("SQLite's log grew to %.0f MB", float64(wal.Size())/1e6), "")
	for i, who := range []string{"readers", "a writer"} {
		t.add(who+" beside it (median, 99th, longest)", during[i].String(), "at rest "+before[i].String(), stallAim)
		t.add(who+" in the 15 s after it", after[i].String(), "", stallAim)
	}
	const bare = "a bare file 16 KB longer and fsync, every 20 ms"
	t.add(bare+", beside it", during[2].String(), "at rest "+before[2].String(), "")
	t.add("the same beside plain copying of the same files, in "+copying.Round(100*time.Millisecond).String(), plainly[2].String(),
		fmt.Sprintf("longest: %.1f× that beside the backup", float64(plainly[2].longest())/float64(max(during[2].longest(), 1))), "")
	return nil
}

// settle waits until what filled the archive is on the disk, and forgets what
// was noted meanwhile.
func (l *load) settle() error {
	if out, err := exec.Command("sync").CombinedOutput(); err != nil {
		return fmt.Errorf("sync: %w: %s", err, out)
	}
	time.Sleep(2 * time.Second)
	l.take()
	return nil
}

// What the probe writes: as much as a commit of a chapter's, and, as SQLite's
// log does, behind what it wrote before until the file is long.
const (
	probeBytes = 16 << 10
	probeFile  = 64 << 20
)

// probe writes to the disk again and again, as a commit does, and nothing
// else: what it waits for, nobody's program is to blame for.
func (l *load) probe(ctx context.Context, path string) {
	file, err := os.Create(path)
	pages := make([]byte, probeBytes)
	for at := int64(0); err == nil && ctx.Err() == nil; at += probeBytes {
		began := time.Now()
		_, err = file.WriteAt(pages, at%probeFile)
		err = errorOr(err, file.Sync())
		took := time.Since(began)
		l.mu.Lock()
		l.waited[2] = append(l.waited[2], took)
		l.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.failed++
	}
}

// copyAll copies a folder's files into one file, as they are, and waits for the
// disk at the end.
func copyAll(from, to string) error {
	into, err := os.Create(to)
	if err != nil {
		return err
	}
	err = filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		_, err = io.Copy(into, file)
		return errorOr(err, file.Close())
	})
	return errors.Join(err, into.Sync(), into.Close(), os.Remove(to))
}

// repeat asks again and again, and notes how long each answer took.
func (l *load) repeat(ctx context.Context, who int, rest time.Duration, ask func() (*http.Request, error)) {
	for ctx.Err() == nil {
		request, err := ask()
		began := time.Now()
		var answer *http.Response
		if err == nil {
			answer, err = http.DefaultClient.Do(request)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			err = errorOr(err, answer.Body.Close())
		}
		took := time.Since(began)
		l.mu.Lock()
		l.waited[who] = append(l.waited[who], took)
		if err != nil || answer.StatusCode >= 400 {
			l.failed++
		}
		l.mu.Unlock()
		time.Sleep(rest)
	}
}

// waits are how long some answers took.
type waits []time.Duration

// String is their median, their 99th percentile and the longest.
func (w waits) String() string {
	if len(w) == 0 {
		return "none"
	}
	at := func(share float64) time.Duration {
		return w[int(share*float64(len(w)-1))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("%v, %v, %v of %d", at(0.5), at(0.99), at(1), len(w))
}

func (w waits) longest() time.Duration {
	if len(w) == 0 {
		return 0
	}
	return w[len(w)-1]
}

// take gives what was noted since it was last asked.
func (l *load) take() (noted [3]waits) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.waited {
		slices.Sort(l.waited[i])
		noted[i] = l.waited[i]
		l.waited[i] = nil
	}
	return noted
}
