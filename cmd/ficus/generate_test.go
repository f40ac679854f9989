package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/testkit/engines"
)

// linked are the addresses on a page that lead on within the archive.
var linked = regexp.MustCompile(`href="(/[^"#]*)`)

// Whoever follows every link of a generated archive finds a page behind each:
// works whole and by chapters, books, writers, tags, comments, kudos.
func TestEveryPageOfAGeneratedArchiveOpens(t *testing.T) {
	data := filepath.Join(t.TempDir(), "made")
	said := says(t, "", "generate", "--works", "120", "--seed", "5", "--data", data)
	if !strings.HasPrefix(said, "Made 120 works by 15 writers") {
		t.Errorf("the command says %q", said)
	}
	says(t, "a lamp in the window\n", "user", "create", "mara", "--staff", "--password-stdin", "--data", data)
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	member := s.signedIn("mara", "a lamp in the window")
	met, kinds := map[string]bool{"/": true}, map[string]int{}
	number := regexp.MustCompile(`\d+`)
	for ways := []string{"/"}; len(ways) > 0; ways = ways[1:] {
		kind := number.ReplaceAllString(strings.SplitN(ways[0], "?", 2)[0], "N")
		if len(strings.Split(kind, "/")) > 2 && !strings.HasPrefix(kind, "/works/") {
			kind = strings.Join(strings.Split(kind, "/")[:2], "/")
		}
		if kinds[kind]++; kinds[kind] > 12 {
			continue
		}
		answer, err := member.Get(s.address + ways[0])
		must(t, err)
		page, err := io.ReadAll(answer.Body)
		must(t, errors.Join(err, answer.Body.Close()))
		body := string(page)
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s is answered with %d", ways[0], answer.StatusCode)
		}
		for _, found := range linked.FindAllStringSubmatch(body, -1) {
			way := strings.ReplaceAll(found[1], "&amp;", "&")
			if !met[way] && !strings.HasPrefix(way, "/assets/") && !strings.HasPrefix(way, "/sign-out") {
				met[way] = true
				ways = append(ways, way)
			}
		}
	}
	for _, kind := range []string{"/works/N", "/works/N/chapters/N", "/works/N/entire", "/works/N/index", "/works/N.epub", "/works/N/comments", "/users", "/tags", "/fandoms", "/works"} {
		if kinds[kind] == 0 {
			t.Errorf("no page of the kind %s is linked; there are %v", kind, kinds)
		}
	}
	for work := range 120 {
		for _, page := range []string{"", "/kudos"} {
			if status, _ := s.get(fmt.Sprintf("/works/%d%s", work+1, page), ""); status != http.StatusOK {
				t.Errorf("work %d%s is answered with %d", work+1, page, status)
			}
		}
	}
}

// What cannot be made is refused in a sentence, and what was there stays.
func TestGenerateRefusesWhatItCannotMake(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says(t, "", "generate", "--works", "3", "--data", at("made"))
	must(t, os.MkdirAll(at("mine"), 0o700))
	must(t, os.WriteFile(at("mine/letters.txt"), []byte("mine"), 0o600))
	postgres := engines.PostgresURL(t, nil)
	if said := says(t, "", "generate", "--works", "40", "--database", postgres, "--data", at("none")); !strings.HasPrefix(said, "Made 40 works") {
		t.Errorf("on PostgreSQL it says %q", said)
	}
	if _, err := os.Stat(at("none")); err == nil {
		t.Error("a folder is made beside PostgreSQL")
	}
	for want, args := range map[string][]string{
		"made is not empty: generate an archive in a new folder, with --data": {"--works", "3", "--data", at("made")},
		"mine is not empty": {"--works", "3", "--data", at("mine")},
		"an archive is made of 1 to 20000000 works, not of 0": {"--works", "0", "--data", at("new")},
		"not of 20000001": {"--works", "20000001", "--data", at("new")},
		`--until "tomorrow" is not a day such as 2026-11-01`: {"--works", "3", "--until", "tomorrow", "--data", at("new")},
		"the database is not empty":                          {"--works", "3", "--database", postgres},
	} {
		if said := refuses(t, append([]string{"generate"}, args...)...); !strings.Contains(said, want) || strings.Count(said, "\n") != 1 {
			t.Errorf("generate %v is refused with %q", args, said)
		}
	}
	if letters, err := os.ReadFile(at("mine/letters.txt")); err != nil || string(letters) != "mine" {
		t.Errorf("what was there is %q, %v", letters, err)
	}
	if _, err := os.Stat(at("new")); err == nil {
		t.Error("a folder is made for what is refused")
	}
}

// Who stops it keeps nothing of it; what a kill leaves is no archive to any
// other command, and is made anew by this one.
func TestGenerateIsStoppedWithoutALeftover(t *testing.T) {
	data := filepath.Join(t.TempDir(), "made")
	for _, end := range []os.Signal{os.Interrupt, os.Kill} {
		process := command("generate", "--works", "30000", "--data", data)
		process.Stderr = &lines{}
		must(t, process.Start())
		for wait := 0; wait < 200; wait++ {
			if info, err := os.Stat(filepath.Join(data, "ficus.db")); err == nil && info.Size() > 2<<20 {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		must(t, process.Process.Signal(end))
		if err := process.Wait(); err == nil {
			t.Fatal("it had come to its end before it was stopped")
		}
		_, err := os.Stat(data)
		if end == os.Interrupt && err == nil {
			t.Error("who is interrupted leaves a folder")
		}
		if end == os.Interrupt && !strings.Contains(process.Stderr.(*lines).String(), "stopped; nothing was made") {
			t.Errorf("who is interrupted says %q", process.Stderr.(*lines).String())
		}
	}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"user", "token", "mara"}, {"backup", data + ".zip"}} {
		if said := refuses(t, append(args, "--data", data)...); !strings.Contains(said, "only half generated: run ficus generate once more") {
			t.Errorf("ficus %s over half an archive says %q", args[0], said)
		}
	}
	if said := says(t, "", "generate", "--works", "30", "--data", data); !strings.HasPrefix(said, "Made 30 works") {
		t.Errorf("it is made anew: %q", said)
	}
}

func TestGenerateSaysThatTheDiskIsFull(t *testing.T) {
	data := filepath.Join(t.TempDir(), "made")
	limited := command("generate", "--works", "20000", "--data", data)
	limited.Args = append([]string{"sh", "-c", `ulimit -f 20000; exec "$0" "$@"`, limited.Path}, limited.Args[1:]...)
	limited.Path = "/bin/sh"
	said, err := limited.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "there is no room left for 20000 works; nothing was made") {
		t.Errorf("on a full disk it says %q, %v", said, err)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("what had no room is left there")
	}
}
