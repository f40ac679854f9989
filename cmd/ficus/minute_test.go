package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/testkit/browser"
)

var setUpLink = regexp.MustCompile(`http://[^\s]+/setup\?token=[A-Z2-7]+`)

// link waits for the owner's link on standard error; empty when none comes.
func (s *served) link() string { return setUpLink.FindString(s.log.String()) }

// TestTheFirstMinute is the owner's: an empty folder, one command, one page,
// home.
func TestTheFirstMinute(t *testing.T) {
	began := time.Now()
	data := t.TempDir()
	archive := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	link := archive.link()
	if !strings.HasPrefix(link, archive.address+"/setup?token=") {
		t.Fatalf("the link is %q; the program says\n%s", link, archive.log)
	}
	p := browser.Start(t, archive.address, browser.Settings{Phone: true, NoScript: true})
	p.Open(strings.TrimPrefix(link, archive.address))
	p.Fill("Name", "mara_q")
	p.Fill("Password", "a lamp in the window")
	p.Fill("Name of the archive", "The Fig House")
	p.Submit("Begin")
	if text := p.Text("body"); p.Path() != "/desk" || !strings.Contains(text, "The Fig House") || !strings.Contains(text, "1 member") {
		t.Errorf("one is led to %s, which says %q", p.Path(), text)
	}
	p.Open("/")
	if text := p.Text("body"); !strings.Contains(text, "The Fig House") || !strings.Contains(text, "New work") {
		t.Errorf("home says %q", text)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if status, _ := archive.get(strings.TrimPrefix(link, archive.address), ""); status != http.StatusNotFound {
		t.Errorf("the used link is answered with %d", status)
	}
	archive.stop()

	// Nothing of the link is in the database, and the next start prints none.
	token := link[strings.LastIndex(link, "=")+1:]
	files, err := filepath.Glob(filepath.Join(data, "ficus.db*"))
	must(t, err)
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		bytes, err := os.ReadFile(file)
		must(t, err)
		if strings.Contains(string(bytes), token) {
			t.Errorf("%s holds the token", file)
		}
	}
	again := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	if link := again.link(); link != "" {
		t.Errorf("an archive that is run offers %s", link)
	}
	again.stop()
}

func TestEachStartPrintsALinkUntilSomebodyIsStaff(t *testing.T) {
	data := t.TempDir()
	first := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--url", "http://stories.example.org")
	old := first.link()
	if !strings.HasPrefix(old, "http://stories.example.org/setup?token=") {
		t.Errorf("the link is %q", old)
	}
	first.stop()
	second := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	for _, gone := range []string{"/setup", strings.TrimPrefix(old, "http://stories.example.org")} {
		if status, _ := second.get(gone, ""); status != http.StatusNotFound {
			t.Errorf("%s is answered with %d", gone, status)
		}
	}
	path := strings.TrimPrefix(second.link(), second.address)
	if status, _ := second.get(path, ""); status != http.StatusOK {
		t.Errorf("the link is answered with %d", status)
	}
	says(t, "a lamp in the window\n", "user", "create", "wren", "--staff", "--password-stdin", "--data", data)
	if status, _ := second.get(path, ""); status != http.StatusNotFound {
		t.Errorf("with staff from the command line, the link is answered with %d", status)
	}
	second.stop()
	third := begin(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--log-format", "json")
	third.stop()
	if said := third.log.String(); !strings.Contains(said, `"link":"http://127.0.0.1:`) || strings.Contains(said, "Make it yours") {
		t.Errorf("to a program the link is said so:\n%s", said)
	}
}

func TestAnAddressThatListensEverywhereIsOpenedHere(t *testing.T) {
	for listens, opens := range map[string]string{
		"http://0.0.0.0:8080": "http://localhost:8080", "http://[::]:8080": "http://localhost:8080",
		"http://127.0.0.1:8080": "http://127.0.0.1:8080", "https://stories.example.org": "https://stories.example.org",
	} {
		if got := nearby(listens); got != opens {
			t.Errorf("%s is opened at %s", listens, got)
		}
	}
}
