package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/backup"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// tables are what a backup says of each table, by name.
func tables(t *testing.T, path string) map[string]string {
	t.Helper()
	opened, err := backup.Open(path, store.Schema())
	must(t, err)
	defer opened.Close()
	said := map[string]string{}
	for _, table := range opened.Manifest.Tables {
		said["table "+table.Name] = fmt.Sprint(table.Rows, " ", table.SHA256)
	}
	for _, file := range opened.Manifest.Files {
		said["file "+file.Key] = fmt.Sprint(file.Bytes, " ", file.SHA256)
	}
	return said
}

// settled are tables that a served archive writes to though nobody does
// anything: whose turn it is, and how the nightly copies stand.
var settled = map[string]bool{"table leases": true, "table settings": true, "table cursors": true}

func sameTables(t *testing.T, what, a, b string) {
	t.Helper()
	first, second := tables(t, a), tables(t, b)
	if len(first) != len(second) {
		t.Errorf("%s: %d tables and files became %d", what, len(first), len(second))
	}
	for name, sum := range first {
		if second[name] != sum && !settled[name] {
			t.Errorf("%s: the %s was %q and is %q", what, name, sum, second[name])
		}
	}
}

// signedIn is a browser signed in to a served archive.
func (s *served) signedIn(name, password string) *http.Client {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	browser := &http.Client{Jar: jar}
	answer, err := browser.PostForm(s.address+"/sign-in", url.Values{"name": {name}, "password": {password}, "to": {"/my-works"}})
	must(s.t, err)
	must(s.t, answer.Body.Close())
	return browser
}

// brings sends a manuscript, which is kept as a file.
func (s *served) brings(browser *http.Client, name, text string) {
	s.t.Helper()
	s.sends(browser, "/works/new/upload", nil, "file", name, []byte(text))
}

// sends posts a form with a file.
func (s *served) sends(browser *http.Client, path string, fields map[string]string, field, name string, data []byte) {
	s.t.Helper()
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for key, value := range fields {
		must(s.t, parts.WriteField(key, value))
	}
	part, err := parts.CreateFormFile(field, name)
	must(s.t, err)
	_, err = part.Write(data)
	must(s.t, err)
	must(s.t, parts.Close())
	answer, err := browser.Post(s.address+path, parts.FormDataContentType(), &form)
	must(s.t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.t.Errorf("sending %s to %s is answered with %d", name, path, answer.StatusCode)
	}
}

// beginNamed serves an archive whose pages and books bear the same address
// wherever it is served.
func beginNamed(t *testing.T, args ...string) *served {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := free.Addr().String()
	must(t, free.Close())
	s := begin(t, append([]string{"serve", "--listen", address, "--backups", "off", "--url", "http://stories.example"}, args...)...)
	s.address = "http://" + address
	return s
}

// load posts works until stop, and tells those that were saved.
func (s *served) load(token, name string, writers int) (saved func() []int64, stop func()) {
	var mu sync.Mutex
	var ids []int64
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for writer := range writers {
		running.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if id := s.posts(token, fmt.Sprintf("%s %d %d", name, writer, i)); id != 0 {
					mu.Lock()
					ids = append(ids, id)
					mu.Unlock()
				}
			}
		})
	}
	saved = func() []int64 {
		mu.Lock()
		defer mu.Unlock()
		return append([]int64(nil), ids...)
	}
	return saved, func() { cancel(); running.Wait() }
}

// drawing is a picture, large enough for a cover.
func drawing(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for x := range 400 {
		img.Set(x, x/2, color.RGBA{uint8(x / 2), 90, 120, 255})
	}
	var to bytes.Buffer
	must(t, png.Encode(&to, img))
	return to.Bytes()
}

// settle waits until what followed from the last act is done.
func settle() { time.Sleep(1500 * time.Millisecond) }

// has waits until a page has some words, and none of texts that are still read.
func (s *served) has(header http.Header, path, words string) {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		_, page := s.getWith(path, header)
		if strings.Contains(page, words) && !strings.Contains(page, "still being read") {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s has no %q:\n%s", path, words, page)
		}
	}
}

// samePages compares what two archives answer a guest, who asks ahead of
// reading: that is not counted, so no page tells in the midst of it that it
// was opened.
func samePages(t *testing.T, a, b *served, works []int64) {
	t.Helper()
	paths := []string{"/", "/works", "/fandoms", "/users/mara", "/works?page=2", "/search?q=Under", "/search?q=%22lit+at+six%22"}
	for _, id := range works {
		for _, form := range []string{"/works/%d", "/works/%d/entire", "/works/%d/index", "/works/%d.html", "/works/%d.epub", "/works/%d.md", "/works/%d.txt", "/works/%d/cover/picture"} {
			paths = append(paths, fmt.Sprintf(form, id))
		}
	}
	ahead := http.Header{"Sec-Purpose": {"prefetch"}}
	for _, s := range []*served{a, b} { // what texts are found by is in no backup
		s.has(ahead, "/search?q=%22lit+at+six%22", "<mark>lit at six</mark>")
	}
	for _, path := range paths {
		firstStatus, first := a.getWith(path, ahead)
		secondStatus, second := b.getWith(path, ahead)
		if firstStatus != secondStatus || first != second {
			t.Errorf("%s is answered with %d and %d bytes by one, %d and %d bytes by the other", path, firstStatus, len(first), secondStatus, len(second))
		}
	}
}

// TestAcceptance89ABackupUnderLoadRestoredElsewhereIsTheSameArchive takes a
// backup while people write, restores it in another folder, on PostgreSQL and
// back, and compares the archives table by table and page by page.
func TestAcceptance89ABackupUnderLoadRestoredElsewhereIsTheSameArchive(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--email", "mara@example.org", "--data", at("data"))
	token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--data", at("data")))
	s := beginNamed(t, "--data", at("data"))
	mara := s.signedIn("mara", "a lamp in the window")
	s.brings(mara, "salt.txt", "Salt\n\nBy Mara\n\nThe lamp was lit. 静かな海.\n")
	covered := s.posts(token, "With a cover")
	s.sends(mara, fmt.Sprintf("/works/%d/cover", covered), map[string]string{"do": "save", "form_id": "cover-form", "base": "0", "cover_alt": "A lamp"}, "cover", "lamp.png", drawing(t))

	saved, stop := s.load(token, "Under load", 3)
	for len(saved()) < 20 {
		time.Sleep(10 * time.Millisecond)
	}
	before := saved()
	said := says(t, "", "backup", at("loaded.zip"), "--data", at("data"))
	if !strings.Contains(said, "it is whole") || !strings.Contains(said, "2 files") {
		t.Errorf("the backup says %q", said)
	}
	after := len(saved())
	stop()
	settle()
	if after == len(before) {
		t.Error("nobody could write beside the backup")
	}
	before = append(before, covered)
	must(t, os.MkdirAll(at("data/files/pictures/ab"), 0o750))
	must(t, os.WriteFile(at("data/files/pictures/ab/abcd"), drawing(t), 0o600))

	// Under load: whatever was saved before it began is in it, and whole.
	says(t, "", "restore", at("loaded.zip"), "--data", at("from-load"))
	loaded := begin(t, "serve", "--data", at("from-load"), "--listen", "127.0.0.1:0")
	for _, id := range before {
		if status, _ := loaded.get(fmt.Sprintf("/works/%d", id), ""); status != http.StatusOK {
			t.Errorf("work %d was saved before the backup and is answered with %d", id, status)
		}
	}
	if !loaded.signsIn("mara", "a lamp in the window") {
		t.Error("mara is not let in")
	}
	loaded.stop()

	// At rest: the same archive in a folder and on PostgreSQL, and back again.
	says(t, "", "backup", at("rest.zip"), "--data", at("data"))
	says(t, "", "restore", at("rest.zip"), "--data", at("folder"))
	says(t, "", "backup", at("folder.zip"), "--data", at("folder"))
	sameTables(t, "in another folder", at("rest.zip"), at("folder.zip"))
	url := engines.PostgresURL(t, nil)
	said = says(t, "", "restore", at("rest.zip"), "--data", at("postgres"), "--database", url)
	if !strings.Contains(said, "works\n") || !strings.Contains(said, "into the database") {
		t.Errorf("the restore says %q", said)
	}
	says(t, "", "backup", at("postgres.zip"), "--data", at("postgres"), "--database", url)
	sameTables(t, "on PostgreSQL", at("rest.zip"), at("postgres.zip"))
	says(t, "", "restore", at("postgres.zip"), "--data", at("back"))
	says(t, "", "backup", at("back.zip"), "--data", at("back"))
	sameTables(t, "and back", at("rest.zip"), at("back.zip"))

	folder := beginNamed(t, "--data", at("folder"))
	if status, picture := folder.get(fmt.Sprintf("/works/%d/cover/picture", covered), ""); status != http.StatusOK || !strings.HasPrefix(picture, "\x89PNG") && !strings.HasPrefix(picture, "\xff\xd8") {
		t.Errorf("the cover is answered with %d and %d bytes", status, len(picture))
	}
	postgres := beginNamed(t, "--data", at("postgres"), "--database", url)
	samePages(t, s, folder, before)
	samePages(t, s, postgres, before)
	for _, one := range []*served{folder, postgres} {
		if id, highest := one.posts(token, "A new one"), highestOf(saved()); id <= highest {
			t.Errorf("a new work is number %d, after %d", id, highest)
		}
		one.stop()
	}
	s.stop()
}

func highestOf(ids []int64) (highest int64) {
	for _, id := range ids {
		highest = max(highest, id)
	}
	return highest
}

// TestAPlaceThatIsNotEmptyIsNotRestoredInto tries folder, bucket and database.
func TestAPlaceThatIsNotEmptyIsNotRestoredInto(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", at("data"))
	file := at("a.zip")
	says(t, "", "backup", file, "--data", at("data"))
	must(t, os.MkdirAll(at("mine"), 0o700))
	must(t, os.WriteFile(at("mine/diary.txt"), []byte("mine"), 0o600))
	must(t, os.MkdirAll(at("pictures/pictures"), 0o700))
	must(t, os.WriteFile(at("pictures/pictures/cat"), []byte("miau"), 0o600))
	url := engines.PostgresURL(t, nil)
	says(t, "another lamp entirely", "user", "create", "wren", "--password-stdin", "--data", at("pg"), "--database", url)
	must(t, os.WriteFile(at("garbage.zip"), []byte("PK not at all"), 0o600))
	for want, args := range map[string][]string{
		"is not empty":                     {"restore", file, "--data", at("data")},
		"look at both":                     {"restore", file, "--data", at("mine")},
		"place for files is not empty":     {"restore", file, "--data", at("new"), "--files", at("pictures")},
		"the database is not empty":        {"restore", file, "--data", at("new"), "--database", url},
		"is no backup":                     {"restore", at("garbage.zip"), "--data", at("new")},
		"there is no file":                 {"restore", at("none.zip"), "--data", at("new")},
		"is there already":                 {"backup", file, "--data", at("data")},
		"there is no archive":              {"backup", at("b.zip"), "--data", at("new")},
		"no such file or directory":        {"backup", at("none/b.zip"), "--data", at("data")},
		"PostgreSQL at 127.0.0.1:1 does":   {"restore", file, "--data", at("new"), "--database", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"},
		"there is no archive in this data": {"backup", at("b.zip"), "--data", at("pg"), "--database", engines.PostgresURL(t, nil)},
	} {
		if said := refuses(t, args...); !strings.Contains(said, want) {
			t.Errorf("ficus %s is told %q, want %q", strings.Join(args, " "), said, want)
		}
		if _, err := os.Stat(at("new")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("ficus %s left a folder", strings.Join(args, " "))
			must(t, os.RemoveAll(at("new")))
		}
	}
	for _, kept := range []string{"mine/diary.txt", "pictures/pictures/cat"} {
		if _, err := os.Stat(at(kept)); err != nil {
			t.Errorf("%s is gone", kept)
		}
	}
	if entries, err := os.ReadDir(at("mine")); err != nil || len(entries) != 1 {
		t.Errorf("a folder that is not ours holds %v", entries)
	}
}

// TestAcceptance88_PartABackupOrRestoreThatIsKilled kills each at many
// instants: no file bears the backup's name unless it is whole, and no folder
// is served unless all of it was restored.
func TestAcceptance88_PartABackupOrRestoreThatIsKilled(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", at("data"))
	must(t, os.MkdirAll(at("data/files/pictures"), 0o750))
	for n := range 40 {
		must(t, os.WriteFile(at(fmt.Sprintf("data/files/pictures/%02d", n)), bytes.Repeat([]byte{byte(n)}, 300_000), 0o600))
	}
	killed := func(after time.Duration, args ...string) bool {
		process := command(args...)
		must(t, process.Start())
		time.Sleep(after)
		_ = process.Process.Kill() // it may have ended by itself
		return process.Wait() != nil
	}
	broken := 0
	for n := range 10 {
		path := at(fmt.Sprintf("b%d.zip", n))
		if killed(time.Duration(n*20)*time.Millisecond, "backup", path, "--data", at("data")) {
			broken++
		}
		if _, err := os.Stat(path); err == nil {
			opened, err := backup.Open(path, store.Schema())
			must(t, err)
			if err := opened.Prove(t.Context(), nil); err != nil {
				t.Errorf("a killed backup left %v", err)
			}
			must(t, opened.Close())
		}
	}
	says(t, "", "backup", at("whole.zip"), "--data", at("data"))
	refused := 0
	for n := range 10 {
		into := at(fmt.Sprintf("r%d", n))
		cut := killed(time.Duration(n*20)*time.Millisecond, "restore", at("whole.zip"), "--data", into)
		if _, err := os.Stat(filepath.Join(into, restoreMark)); err == nil {
			refused++
			if said := refuses(t, "serve", "--data", into, "--listen", "127.0.0.1:0"); !strings.Contains(said, "only half restored") {
				t.Errorf("serve of a half restored folder is told %q", said)
			}
			if said := refuses(t, "user", "token", "mara", "--data", into); !strings.Contains(said, "only half restored") {
				t.Errorf("user token in a half restored folder is told %q", said)
			}
		}
		_, marked := os.Stat(filepath.Join(into, restoreMark))
		_, begun := os.Stat(filepath.Join(into, "ficus.db"))
		if done := marked != nil && begun == nil; cut && !done { // once more begins anew
			says(t, "", "restore", at("whole.zip"), "--data", into)
		}
		again := at(fmt.Sprintf("r%d.zip", n))
		says(t, "", "backup", again, "--data", into)
		sameTables(t, "after a kill", at("whole.zip"), again)
	}
	t.Logf("%d backups were broken off, %d restores left a marked folder", broken, refused)
	if broken == 0 || refused == 0 {
		t.Errorf("%d backups were broken off and %d restores left a mark: nothing was tried", broken, refused)
	}
}
