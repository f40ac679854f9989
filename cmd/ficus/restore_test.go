package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// picturesIn counts those a folder of files holds.
func picturesIn(t *testing.T, dir string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "pictures", "*"))
	must(t, err)
	return len(found)
}

// TestARestoreNeverTakesAwayFilesThatWereThere restores beside an archive that
// is in use: onto the other database with its own folder, and with its own
// files. Whatever becomes of the restore, the archive keeps what it has.
func TestARestoreNeverTakesAwayFilesThatWereThere(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", at("data"))
	must(t, os.MkdirAll(at("data/files/pictures"), 0o750))
	for n := range 20 {
		must(t, os.WriteFile(at(fmt.Sprintf("data/files/pictures/%02d", n)), bytes.Repeat([]byte{byte(n)}, 300_000), 0o600))
	}
	says(t, "", "backup", at("a.zip"), "--data", at("data"))
	untouched := func(when string) {
		t.Helper()
		if n := picturesIn(t, at("data/files")); n != 20 {
			t.Errorf("%s: of 20 pictures of an archive in use %d are left", when, n)
		}
		if _, err := os.Stat(at("data/ficus.db")); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	postgres := engines.PostgresURL(t, nil)
	for n := range 6 {
		for _, args := range [][]string{
			{"restore", at("a.zip"), "--data", at("data"), "--database", postgres},
			{"restore", at("a.zip"), "--data", at(fmt.Sprintf("new%d", n)), "--files", at("data/files")},
		} {
			process := command(args...)
			must(t, process.Start())
			time.Sleep(time.Duration(n*40) * time.Millisecond)
			_ = process.Process.Signal(os.Interrupt) // it may have ended by itself
			_ = process.Wait()
			untouched(strings.Join(args, " "))
		}
	}
	if said := refuses(t, "restore", at("a.zip"), "--data", at("data"), "--database", postgres); !strings.Contains(said, "holds an archive of its own") {
		t.Errorf("a restore into the folder of an archive is told %q", said)
	}
	if said := refuses(t, "restore", at("a.zip"), "--data", at("other"), "--files", at("data/files")); !strings.Contains(said, "place for files is not empty") {
		t.Errorf("a restore into the files of an archive is told %q", said)
	}
	if said := says(t, "", "user", "token", "mara", "--data", at("data")); !strings.HasPrefix(said, "ficus_") {
		t.Errorf("the archive is not in use any more: %q", said)
	}
	untouched("at the end")
}

// TestLinksThatWereUsedSinceTheBackupStayUsed restores an archive in which a
// link for a new password and one for a new address were under way.
func TestLinksThatWereUsedSinceTheBackupStayUsed(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--email", "mara@example.org", "--data", at("data"))
	links := func(data string, look func(ctx context.Context, tx *store.Tx) error) {
		t.Helper()
		db, err := where{Data: data}.open(t.Context(), slog.New(slog.DiscardHandler))
		must(t, err)
		st, err := store.New(db, archive.SystemClock{})
		must(t, err)
		must(t, st.Write(t.Context(), func(tx *store.Tx) error { return look(t.Context(), tx) }))
		must(t, db.Close())
	}
	purposes := []archive.ProofPurpose{archive.ProofForReset, archive.ProofOfChange, archive.ProofToStop, archive.ProofOfMail}
	links(at("data"), func(ctx context.Context, tx *store.Tx) error {
		for _, purpose := range purposes {
			if _, err := tx.Proofs.Add(ctx, archive.Proof{Account: 1, Purpose: purpose, Address: "mara@example.org", Nonce: string(purpose)}); err != nil {
				return err
			}
		}
		return tx.SecondSteps.Enter(ctx, "half", archive.Entry{Account: 1, Wants: archive.WantCode, Until: tx.Now.Add(time.Hour)})
	})
	says(t, "", "backup", at("a.zip"), "--data", at("data"))
	says(t, "", "restore", at("a.zip"), "--data", at("back"))
	links(at("back"), func(ctx context.Context, tx *store.Tx) error {
		for _, purpose := range purposes {
			_, err := tx.Proofs.Waiting(ctx, 1, purpose)
			ended := errors.Is(err, archive.ErrNotFound)
			if wants := purpose == archive.ProofForReset || purpose == archive.ProofOfChange; ended != wants {
				t.Errorf("the link of purpose %s is ended: %v, want %v", purpose, ended, wants)
			}
		}
		if _, err := tx.SecondSteps.Entry(ctx, "half"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("somebody is still half signed in: %v", err)
		}
		return nil
	})
}

// TestARestoreBrokenOffIsRepeatedAsItWas holds a second try to the places of
// the first: elsewhere it might take away what is somebody's.
func TestARestoreBrokenOffIsRepeatedAsItWas(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", at("data"))
	says(t, "", "backup", at("a.zip"), "--data", at("data"))
	var broken restoreCmd
	broken.Data, broken.Database = at("begun"), "postgres://nowhere"
	must(t, os.Mkdir(at("begun"), 0o700))
	must(t, broken.mark())
	must(t, os.WriteFile(at("begun/ficus.db"), []byte("somebody's"), 0o600))
	if said := refuses(t, "restore", at("a.zip"), "--data", at("begun")); !strings.Contains(said, "another --files or --database") {
		t.Errorf("a restore to other places is told %q", said)
	}
	if kept, err := os.ReadFile(at("begun/ficus.db")); err != nil || string(kept) != "somebody's" {
		t.Errorf("what stood there is %q: %v", kept, err)
	}
}

// TestARestoreKilledBeforeItsMarkIsWholeBeginsAnew leaves a folder as each of
// the first steps does: nothing was put there, so nothing stands in the way.
func TestARestoreKilledBeforeItsMarkIsWholeBeginsAnew(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", at("data"))
	says(t, "", "backup", at("a.zip"), "--data", at("data"))
	whole := (&restoreCmd{where: where{Data: at("begun")}}).markedWhole()
	for _, left := range []map[string]string{
		{"ficus.lock": "123"},
		{"ficus.lock": "123", restoreMark: ""},
		{"ficus.lock": "123", restoreMark: whole[:len(whole)-1]},
	} {
		must(t, os.RemoveAll(at("begun")))
		must(t, os.Mkdir(at("begun"), 0o700))
		for name, said := range left {
			must(t, os.WriteFile(filepath.Join(at("begun"), name), []byte(said), 0o600))
		}
		says(t, "", "restore", at("a.zip"), "--data", at("begun"))
		if said := says(t, "", "user", "token", "mara", "--data", at("begun")); !strings.HasPrefix(said, "ficus_") {
			t.Errorf("after %v the archive says %q", left, said)
		}
	}
	must(t, os.Mkdir(at("else"), 0o700))
	must(t, os.WriteFile(at("else/"+restoreMark), nil, 0o600))
	must(t, os.WriteFile(at("else/diary.txt"), []byte("mine"), 0o600))
	refuses(t, "restore", at("a.zip"), "--data", at("else"))
	if kept, err := os.ReadFile(at("else/diary.txt")); err != nil || string(kept) != "mine" {
		t.Errorf("what stood there is %q: %v", kept, err)
	}
}

// TestAGenerateKilledBeforeItsMarkBeginsAnew is the same of what generates.
func TestAGenerateKilledBeforeItsMarkBeginsAnew(t *testing.T) {
	data := t.TempDir()
	must(t, os.WriteFile(filepath.Join(data, "ficus.lock"), []byte("123"), 0o600))
	says(t, "", "generate", "--works", "10", "--data", data)
}
