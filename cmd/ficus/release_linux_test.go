package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"ficus/internal/archive"
)

// download builds a release for this machine, holds the archive to its sum,
// and gives what is in it.
func download(t *testing.T) (files map[string][]byte) {
	t.Helper()
	to := t.TempDir()
	build := exec.Command("go", "run", "scripts/release.go", "-only", "linux/"+runtime.GOARCH, "-version", "9.9.9", "-to", to)
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sums, err := os.ReadFile(filepath.Join(to, "SHA256SUMS"))
	must(t, err)
	sum, name, _ := strings.Cut(strings.TrimSpace(string(sums)), "  ")
	packed, err := os.ReadFile(filepath.Join(to, name))
	must(t, err)
	if is := sha256.Sum256(packed); hex.EncodeToString(is[:]) != sum {
		t.Errorf("the sum of %s is %x, not %s", name, is, sum)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	must(t, err)
	files = map[string][]byte{}
	for archive := tar.NewReader(z); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		must(t, err)
		folder, file, _ := strings.Cut(header.Name, "/")
		if folder != strings.TrimSuffix(name, ".tar.gz") {
			t.Errorf("%s lies outside the archive's one folder", header.Name)
		}
		files[file], err = io.ReadAll(archive)
		must(t, err)
	}
}

// bareMachine is a machine with nothing on it but the program: no shell, no
// libraries, no PATH, no home, no /tmp, no /etc, no list of authorities.
type bareMachine struct {
	t    *testing.T
	root string
}

func (m *bareMachine) command(env []string, args ...string) *exec.Cmd {
	c := &exec.Cmd{Path: "/ficus", Args: append([]string{"/ficus"}, args...), Dir: "/", Env: append([]string{}, env...)}
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: m.root}
	if os.Geteuid() != 0 { // anyone may be root in a namespace of their own
		c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return c
}

// says runs a command to its end and gives what it said.
func (m *bareMachine) says(args ...string) string {
	m.t.Helper()
	c := m.command(nil, args...)
	var out, wrong bytes.Buffer
	c.Stdout, c.Stderr = &out, &wrong
	if err := c.Run(); err != nil {
		m.t.Fatalf("ficus %s: %v: %s", strings.Join(args, " "), err, &wrong)
	}
	return out.String()
}

// mostMemory is the most memory a program that runs has taken, in bytes.
func mostMemory(t *testing.T, s *served) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	must(t, err)
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	kilobytes, err := strconv.ParseInt(string(found[1]), 10, 64)
	must(t, err)
	return kilobytes << 10
}

func TestAcceptance95OneDownloadedProgramOnABareMachine(t *testing.T) {
	files := download(t)
	for _, file := range []string{"LICENSE", "THIRD-PARTY.txt", "README.txt", "owners-guide.md", "ficus.service", "Containerfile"} {
		if len(files[file]) == 0 {
			t.Errorf("the download has no %s", file)
		}
	}
	for _, module := range []string{"modernc.org/sqlite", "github.com/caddyserver/certmagic", "Go\n"} {
		if !strings.Contains(string(files["THIRD-PARTY.txt"]), module) {
			t.Errorf("the licence of %s is missing", module)
		}
	}
	if size := len(files["ficus"]); size > 60_000_000 {
		t.Errorf("the program is %d bytes", size)
	}
	m := &bareMachine{t: t, root: t.TempDir()}
	must(t, os.WriteFile(filepath.Join(m.root, "ficus"), files["ficus"], 0o755))
	if said := m.says("version"); !strings.HasPrefix(said, "ficus 9.9.9 linux/") {
		t.Errorf("the version is %q", said)
	}

	listen := freePort(t)
	s := beginAs(t, m.command(nil, "serve", "--listen", listen))
	keeper := &person{t: t, at: s.address, browser: browserThatStays(t)}
	keeper.setsUp(s.link())
	mara := &person{t: t, at: s.address, browser: browserThatStays(t)}
	mara.joins("mara")
	work := mara.postsWork("The Lamp Keepers", manuscriptOf(2<<20))
	if page := mara.opens(work); !strings.Contains(page, "The Lamp Keepers") {
		t.Error("the work is not on its page")
	}
	if book := mara.opens(work + ".epub"); !strings.HasPrefix(book, "PK") {
		t.Error("the work makes no book")
	}
	if said := m.says("backup", "/yesterday.zip"); !strings.Contains(said, "it is whole") {
		t.Errorf("the backup says %q", said)
	}
	mara.postsWork("Posted after", "It is not in the backup.")
	if most := mostMemory(t, s); most > 512<<20 {
		t.Errorf("the program took %d MB", most>>20)
	}
	s.stop()

	m.says("restore", "/yesterday.zip", "--data", "/restored")
	restored := beginAs(t, m.command(nil, "serve", "--listen", listen, "--data", "/restored"))
	mara.signsIn("mara")
	if page := mara.opens("/my-works"); !strings.Contains(page, "The Lamp Keepers") || strings.Contains(page, "Posted after") {
		t.Error("the restored archive is not yesterday's")
	}
	restored.stop()

	https, plain := freePort(t), freePort(t)
	a := issue(t, plain, https, 0)
	root, err := os.ReadFile(a.rootFile)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(m.root, "authority.pem"), root, 0o600))
	secure := beginAs(t, m.command([]string{"SSL_CERT_FILE=/authority.pem"}, "serve", "--data", "/restored", "--domain", "stories.example",
		"--listen", https, "--listen-http", plain, "--acme-directory", a.directory))
	wren := &person{t: t, at: secure.address, browser: a.browserAt(t, https)}
	wren.joins("wren")
	if second := wren.postsWork("Over https", "And it is there."); !strings.Contains(wren.opens(second), "Over https") {
		t.Error("a work posted over https is not on its page")
	}
	if most := mostMemory(t, secure); most > 512<<20 {
		t.Errorf("the program took %d MB", most>>20)
	}
	secure.stop()
}

// person is somebody at a browser.
type person struct {
	t       *testing.T
	at      string
	browser *http.Client
}

func browserThatStays(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// opens gives a page, which must be there.
func (p *person) opens(path string) string {
	p.t.Helper()
	seen := visit(p.t, p.browser, p.at+path)
	if seen.status != http.StatusOK {
		p.t.Fatalf("%s is answered with %d", path, seen.status)
	}
	return seen.body
}

// sends sends a form and gives where it leads.
func (p *person) sends(path string, fields url.Values, files map[string]string) string {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			must(p.t, form.WriteField(name, value))
		}
	}
	for name, text := range files {
		part, err := form.CreateFormFile(name, "story.txt")
		must(p.t, err)
		_, err = io.WriteString(part, text)
		must(p.t, err)
	}
	must(p.t, form.Close())
	answer, err := p.browser.Post(p.at+path, form.FormDataContentType(), &body)
	must(p.t, err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	must(p.t, err)
	if answer.StatusCode != http.StatusSeeOther {
		p.t.Fatalf("%s is answered with %d: %s", path, answer.StatusCode, said)
	}
	return answer.Header.Get("Location")
}

const goodPassword = "a lamp in the window"

func (p *person) signsIn(name string) {
	p.t.Helper()
	p.sends("/sign-in", url.Values{"name": {name}, "password": {goodPassword}, "to": {"/"}}, nil)
}

// setsUp makes an archive, by the link its first start prints, one that
// everyone may join.
func (p *person) setsUp(link string) {
	p.t.Helper()
	_, token, _ := strings.Cut(link, "token=")
	p.sends("/setup", url.Values{
		"token": {token}, "name": {"keeper"}, "password": {goodPassword}, "site_name": {"Lamplight"}, "site_language": {"en"}, "site_join": {"open"},
		"site_ratings": archive.Ratings(),
	}, nil)
}

func (p *person) joins(name string) {
	p.t.Helper()
	p.opens("/sign-up")
	p.sends("/sign-up", url.Values{"name": {name}, "email": {name + "@example.org"}, "password": {goodPassword}, "to": {"/"}}, nil)
	if !strings.Contains(p.opens("/"), name) {
		p.t.Errorf("%s is not signed in after signing up", name)
	}
}

// postsWork brings a text as a file, which is too large for memory when it is
// long, and posts it as a work.
func (p *person) postsWork(title, text string) string {
	p.t.Helper()
	if len(text) > 1<<20 {
		p.sends("/works/new/upload", url.Values{}, map[string]string{"file": text})
		text = text[:1<<16]
	}
	return p.sends("/works/new", url.Values{
		"form_id": {strconv.Itoa(len(title))}, "do": {"post"}, "title": {title}, "fandoms": {"Harbour Lights"}, "rating": {"General"},
		"warnings": {"none apply"}, "language": {"en"}, "text": {text},
	}, nil)
}

// manuscriptOf is a text of so many bytes.
func manuscriptOf(bytes int) string {
	const line = "The lamp was lit at six, and nobody came.\n\n"
	return strings.Repeat(line, bytes/len(line))
}
