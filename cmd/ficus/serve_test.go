package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ficus/internal/demo"
	"ficus/internal/testkit/engines"
)

// beProgram, when it is set, makes this test the program itself, so that it
// can be started, told to stop and killed.
const beProgram = "FICUS_TEST_BE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(beProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// command is the program with arguments, in an environment without its
// variables.
func command(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "FICUS_") {
			c.Env = append(c.Env, variable)
		}
	}
	c.Env = append(c.Env, beProgram+"=1")
	return c
}

// served is a running program.
type served struct {
	t       *testing.T
	process *exec.Cmd
	address string
	said    *bufio.Reader // standard output after the first line
	log     *lines
}

// lines is a standard error that is read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps what was written.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// begin starts the program and waits until it is ready.
func begin(t *testing.T, args ...string) *served {
	t.Helper()
	return beginAs(t, command(args...))
}

func beginAs(t *testing.T, process *exec.Cmd) *served {
	t.Helper()
	s := &served{t: t, process: process, log: &lines{}}
	s.process.Stderr = s.log
	out, err := s.process.StdoutPipe()
	must(t, err)
	must(t, s.process.Start())
	t.Cleanup(func() {
		if s.process.ProcessState == nil {
			_ = s.process.Process.Kill() // it may be gone already
			_ = s.process.Wait()
		}
	})
	s.said = bufio.NewReader(out)
	line, err := s.said.ReadString('\n')
	address, found := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "Ficus is ready at ")
	if err != nil || !found {
		t.Fatalf("the program says %q (%v) and\n%s", line, err, s.log)
	}
	s.address = address
	return s
}

// stop tells the program to stop, and wants it to end well having said no more.
func (s *served) stop() {
	s.t.Helper()
	must(s.t, s.process.Process.Signal(syscall.SIGTERM))
	s.ended()
}

func (s *served) ended() {
	s.t.Helper()
	rest, err := io.ReadAll(s.said)
	must(s.t, err)
	if err := s.process.Wait(); err != nil {
		s.t.Errorf("the program ended with %v:\n%s", err, s.log)
	}
	if len(rest) > 0 {
		s.t.Errorf("the program says more than its one line: %q", rest)
	}
}

// kill ends the program as a power cut would.
func (s *served) kill() {
	s.t.Helper()
	must(s.t, s.process.Process.Kill())
	if err := s.process.Wait(); err == nil {
		s.t.Error("the program had ended before it was killed")
	}
}

func (s *served) get(path, token string) (int, string) {
	s.t.Helper()
	if token == "" {
		return s.getWith(path, nil)
	}
	return s.getWith(path, http.Header{"Authorization": {"Bearer " + token}})
}

// getWith asks for path with headers.
func (s *served) getWith(path string, headers http.Header) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address+path, nil)
	must(s.t, err)
	maps.Copy(r.Header, headers)
	answer, err := http.DefaultClient.Do(r)
	must(s.t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(s.t, err)
	return answer.StatusCode, string(body)
}

// posts posts a work through the API and gives its id; 0 when the program was
// gone before it answered.
func (s *served) posts(token, title string) int64 {
	body, err := json.Marshal(map[string]any{
		"title": title, "fandoms": []string{"Harbour Lights"}, "rating": "General", "warnings": []string{"none apply"}, "language": "en",
		"chapters": []map[string]string{{"text": strings.Repeat("The lamp was lit at six. ", 200)}},
	})
	if err != nil {
		return 0
	}
	r, err := http.NewRequest(http.MethodPost, s.address+"/api/v1/works", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	var made struct {
		ID int64 `json:"id"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || answer.StatusCode != http.StatusCreated {
		return 0
	}
	return made.ID
}

// signsIn reports whether a name and password are let in.
func (s *served) signsIn(name, password string) bool {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	browser := &http.Client{Jar: jar}
	answer, err := browser.PostForm(s.address+"/sign-in", url.Values{"name": {name}, "password": {password}, "to": {"/my-works"}})
	must(s.t, err)
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK && answer.Request.URL.Path == "/my-works"
}

// says runs a command to its end, with something on its standard input.
func says(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	c := command(args...)
	c.Stdin = strings.NewReader(stdin)
	out, err := c.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		t.Fatalf("ficus %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// refuses wants one sentence and exit code 2, and gives the sentence.
func refuses(t *testing.T, args ...string) string {
	t.Helper()
	c := command(args...)
	var errors lines
	c.Stderr = &errors
	out, err := c.Output()
	if c.ProcessState.ExitCode() != exitUsage {
		t.Errorf("ficus %s: exit %d (%v), want %d", strings.Join(args, " "), c.ProcessState.ExitCode(), err, exitUsage)
	}
	sentence := errors.String()
	if len(out) > 0 || strings.Count(sentence, "\n") != 1 || !strings.HasPrefix(sentence, "ficus: ") || strings.HasSuffix(sentence, "..\n") {
		t.Errorf("ficus %s: not one sentence but %q and %q", strings.Join(args, " "), sentence, out)
	}
	return sentence
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestServeSaysOneLineAndAnswers(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new", "folder")
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	if status, body := s.get("/healthz", ""); status != http.StatusOK || body != "ok\n" {
		t.Errorf("the health is %d %q", status, body)
	}
	if status, body := s.get("/", ""); status != http.StatusOK || !strings.Contains(body, "Nothing has been posted yet.") {
		t.Errorf("the first page is %d", status)
	}
	if status, _ := s.get("/api/v1/openapi.json", ""); status != http.StatusOK {
		t.Errorf("the description of the API is %d", status)
	}
	s.stop()
	if _, err := http.Get(s.address); err == nil {
		t.Error("the program still answers")
	}
	again := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--url", "https://stories.example", "--name", "Lamplight")
	if again.address != "https://stories.example" {
		t.Errorf("the address said is %s", again.address)
	}
	again.stop()
}

// Ten thousand conditions are an address that the program reads, and answers with
// a page and one sentence.
func TestServeReadsAnAddressOfTenThousandConditions(t *testing.T) {
	s := begin(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0")
	defer s.stop()
	conditions := strings.Repeat("include=freeform:some+tag&", 10_000)
	if status, body := s.get("/works?"+conditions, ""); status != http.StatusOK || strings.Count(body, `role="alert"`) != 1 {
		t.Errorf("a list with so many conditions is %d: %.300s", status, body)
	}
	if status, body := s.get("/api/v1/works?"+conditions, ""); status != http.StatusUnprocessableEntity || !strings.Contains(body, `"title"`) {
		t.Errorf("the API answers so many with %d: %.300s", status, body)
	}
}

func TestServeSaysWhenOthersCanReadAlong(t *testing.T) {
	for _, c := range []struct {
		args string
		told bool
	}{{"--listen 0.0.0.0:0", true}, {"--listen 127.0.0.1:0", false}, {"--listen 0.0.0.0:0 --url https://stories.example", false}} {
		s := begin(t, append([]string{"serve", "--data", t.TempDir()}, strings.Fields(c.args)...)...)
		s.stop()
		if told := strings.Contains(s.log.String(), "unencrypted"); told != c.told {
			t.Errorf("%s: told of it is %v:\n%s", c.args, told, s.log)
		}
	}
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	s := begin(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0")
	line, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
	must(t, err)
	defer line.Close()
	const form = "theme=dark&to=%2Fworks"
	_, err = fmt.Fprintf(line, "POST /settings HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form[:5])
	must(t, err)
	time.Sleep(200 * time.Millisecond) // until the program reads it
	must(t, s.process.Process.Signal(syscall.SIGTERM))
	time.Sleep(200 * time.Millisecond)
	if _, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://")); err == nil {
		t.Error("a program that was told to stop takes new visitors")
	}
	_, err = io.WriteString(line, form[5:])
	must(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/works" {
		t.Errorf("what was under way is answered with %d", answer.StatusCode)
	}
	s.ended()
}

func TestOneServerAFolder(t *testing.T) {
	data := t.TempDir()
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	sentence := refuses(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	if !strings.Contains(sentence, "already being served") || !strings.Contains(sentence, fmt.Sprint(s.process.Process.Pid)) {
		t.Errorf("the second is told %q", sentence)
	}
	if sentence := refuses(t, "serve", "--data", t.TempDir(), "--listen", strings.TrimPrefix(s.address, "http://")); !strings.Contains(sentence, "cannot listen") {
		t.Errorf("one at a taken address is told %q", sentence)
	}
	s.kill()
	begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0").stop() // a killed program holds nothing
}

func TestTheDemoStaysAtHome(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:8080", ":8080", "[::]:8080", "example.org:80", "192.168.1.1:80", "nonsense"} {
		refuses(t, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", listen)
	}
	full := t.TempDir()
	must(t, os.WriteFile(filepath.Join(full, "diary.txt"), []byte("mine"), 0o600))
	refuses(t, "demo", "--data", full, "--listen", "127.0.0.1:0")
	refuses(t, "demo", "--fresh", "--data", full, "--listen", "127.0.0.1:0")
	if _, err := os.Stat(filepath.Join(full, "diary.txt")); err != nil {
		t.Errorf("the demo touched a folder that is not its own: %v", err)
	}
	data := filepath.Join(t.TempDir(), "demo")
	s := begin(t, "demo", "--data", data, "--listen", "127.0.0.1:0")
	writer := demo.Writers()[0].Account
	if !s.signsIn(writer, demo.Password) {
		t.Error("the sample account is not let in")
	}
	if !strings.Contains(s.log.String(), demo.Password) || !strings.Contains(s.log.String(), writer) {
		t.Errorf("the program does not say who one may be:\n%s", s.log)
	}
	if _, page := s.get("/", ""); !strings.Contains(page, "This is the demo archive") {
		t.Error("the first page has no banner")
	}
	token := strings.TrimSpace(says(t, "", "user", "token", writer, "--data", data))
	mine := s.posts(token, "My own trial")
	s.stop()
	refuses(t, "serve", "--data", data, "--listen", "127.0.0.1:0")

	kept := begin(t, "demo", "--data", data, "--listen", "127.0.0.1:0")
	refuses(t, "demo", "--fresh", "--data", data, "--listen", "127.0.0.1:0") // not from under the one that runs
	if _, page := kept.get(fmt.Sprintf("/works/%d", mine), ""); !strings.Contains(page, "My own trial") {
		t.Error("what was tried is gone")
	}
	kept.stop()
	fresh := begin(t, "demo", "--fresh", "--data", data, "--listen", "127.0.0.1:0")
	if status, _ := fresh.get(fmt.Sprintf("/works/%d", mine), ""); status != http.StatusNotFound {
		t.Error("a fresh demo still has what was tried")
	}
	fresh.stop()
}

func TestAccountsAndKeysAreMadeBesideARunningServer(t *testing.T) {
	data := t.TempDir()
	refuses(t, "user", "token", "mara", "--data", data)
	if said := says(t, "a lamp in the window\n", "user", "create", "mara", "--password-stdin", "--email", "mara@example.org", "--data", data); !strings.Contains(said, "mara") {
		t.Errorf("making an account in an empty folder says %q", said)
	}
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	says(t, "another lamp entirely", "user", "create", "wren", "--staff", "--password-stdin", "--data", data)
	for name, password := range map[string]string{"mara": "a lamp in the window", "wren": "another lamp entirely"} {
		if !s.signsIn(name, password) {
			t.Errorf("%s is not let in", name)
		}
	}
	token := says(t, "", "user", "token", "mara", "--data", data)
	if strings.Count(token, "\n") != 1 || !strings.HasPrefix(token, "ficus_") {
		t.Errorf("the key is %q", token)
	}
	if s.posts(strings.TrimSpace(token), "The Lamp Keepers") == 0 {
		t.Error("the key does not open the API")
	}
	for _, wrong := range [][]string{
		{"user", "create", "mara", "--password-stdin", "--data", data}, {"user", "create", "a b", "--password-stdin", "--data", data}, {"user", "create", "pell", "--data", data},
		{"user", "token", "nobody", "--data", data}, {"user", "create", "--data", data},
	} {
		refuses(t, wrong...)
	}
	s.stop()
}

func TestWrongWordsAreOneSentence(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(data, "a file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, args := range [][]string{
		{}, {"nonsense"}, {"serve", "--nonsense"}, {"serve", "extra"}, {"serve", "--listen", "nonsense", "--data", data}, {"serve", "--listen", "127.0.0.1:99999", "--data", data},
		{"serve", "--url", "stories.example", "--data", data, "--listen", "127.0.0.1:0"}, {"serve", "--url", "https://x/y", "--data", data, "--listen", "127.0.0.1:0"},
		{"serve", "--behind-proxy", "nonsense", "--data", data, "--listen", "127.0.0.1:0"}, {"serve", "--log-level", "loud", "--data", data},
		{"serve", "--data", file, "--listen", "127.0.0.1:0"}, {"serve", "--database", "nonsense", "--listen", "127.0.0.1:0", "--data", data},
		{"serve", "--database", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1", "--listen", "127.0.0.1:0", "--data", data},
		{"serve", "--mail-from", "nobody at all", "--data", data, "--listen", "127.0.0.1:0"}, {"serve", "--mail", "smtp://", "--data", data, "--listen", "127.0.0.1:0"}, {"serve", "--files", "s3://x", "--data", data, "--listen", "127.0.0.1:0"},
		{"demo", "--nonsense"}, {"user"}, {"user", "nonsense"}, {"manuscript"}, {"manuscript", filepath.Join(data, "none.txt")},
		{"bind"}, {"bind", filepath.Join(data, "none.txt"), "-o", filepath.Join(data, "x.epub")}, {"version", "--nonsense"}, {"version", "extra"},
		{"backup"}, {"backup", filepath.Join(data, "x.zip"), "--data", filepath.Join(data, "none")}, {"restore"}, {"restore", file, "--data", filepath.Join(data, "none")}, {"restore", data, "--data", filepath.Join(data, "none")},
	} {
		refuses(t, args...)
	}
}

func TestHelpIsEverywhere(t *testing.T) {
	for _, command := range []string{"", "serve", "demo", "user", "user create", "user token", "manuscript", "bind", "backup", "restore", "version"} {
		for _, flag := range []string{"--help", "-h"} {
			if help := says(t, "", append(strings.Fields(command), flag)...); !strings.Contains(help, "Usage: ficus") {
				t.Errorf("the help of %q is %q", command, help)
			}
		}
	}
	if said := says(t, "", "version"); !strings.HasPrefix(said, "ficus ") || strings.Count(said, "\n") != 1 {
		t.Errorf("the version is %q", said)
	}
}

func TestAcceptance88_PartWhatWasAnsweredSavedSurvivesAKill(t *testing.T) {
	data := t.TempDir()
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", data)
	token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--data", data))
	saved := map[int64]string{}
	for round := range 3 {
		s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
		for id, title := range saved {
			if status, page := s.get(fmt.Sprintf("/works/%d", id), ""); status != http.StatusOK || !strings.Contains(page, title) {
				t.Errorf("%q was answered as saved and is answered with %d", title, status)
			}
		}
		var mu sync.Mutex
		var writers sync.WaitGroup
		first, tell := make(chan struct{}), sync.Once{} // closed when something was saved
		for writer := range 4 {
			writers.Go(func() {
				for i := 0; ; i++ {
					title := fmt.Sprintf("Round %d writer %d work %d", round, writer, i)
					id := s.posts(token, title)
					if id == 0 {
						return
					}
					mu.Lock()
					saved[id] = title
					mu.Unlock()
					tell.Do(func() { close(first) })
				}
			})
		}
		select {
		case <-first:
		case <-time.After(30 * time.Second):
			t.Fatalf("nothing was saved in round %d", round)
		}
		time.Sleep(time.Duration(100+150*round) * time.Millisecond)
		s.kill()
		writers.Wait()
	}
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	defer s.stop()
	for id, title := range saved {
		if status, page := s.get(fmt.Sprintf("/works/%d", id), ""); status != http.StatusOK || !strings.Contains(page, title) {
			t.Errorf("%q was answered as saved and is answered with %d", title, status)
		}
	}
	t.Logf("%d works were saved and are there", len(saved))
}

func TestTwoNodesServeOnePostgreSQL(t *testing.T) {
	database := engines.PostgresURL(t, nil)
	here := begin(t, "serve", "--data", t.TempDir(), "--database", database, "--listen", "127.0.0.1:0")
	there := begin(t, "serve", "--data", t.TempDir(), "--database", database, "--listen", "127.0.0.1:0")
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--database", database)
	token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--database", database))
	work := here.posts(token, "The Lamp Keepers")
	if _, page := there.get(fmt.Sprintf("/works/%d", work), ""); !strings.Contains(page, "The Lamp Keepers") {
		t.Errorf("the other node answers %s", page)
	}
	here.stop()
	if there.posts(token, "The Lamp Menders") == 0 {
		t.Error("the node that is left takes no work")
	}
	there.stop()
}

// A server that is told to stop keeps what it knew of all works; the next one
// begins with that, and without it when it is broken or one is killed.
func TestAStoppedServerKeepsItsCatalogue(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	out, err := command("generate", "--works", "60", "--data", data).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	kept := filepath.Join(data, "catalogue")
	const reads = "works are read from the tables"
	counts := func(s *served) string {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			answer, err := http.Get(s.address + "/api/v1/works?facets=3&per_page=1")
			must(t, err)
			body, err := io.ReadAll(answer.Body)
			must(t, errors.Join(err, answer.Body.Close()))
			if strings.Contains(string(body), `"facets":{"`) {
				return strings.ReplaceAll(string(body), s.address, "")
			}
		}
		t.Fatal("tags are never counted")
		return ""
	}
	serve := func() *served { return begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0") }
	first := serve()
	want := counts(first)
	first.stop()
	if _, err := os.Stat(kept); err != nil {
		t.Fatalf("nothing was kept: %v", err)
	}
	again := serve()
	if got := counts(again); got != want {
		t.Errorf("with what was kept the answer is\n%s, want\n%s", got, want)
	}
	if strings.Contains(again.log.String(), reads) {
		t.Errorf("what was kept is of no use: %s", again.log)
	}
	again.kill()
	must(t, os.Truncate(kept, 100))
	broken := serve()
	if got := counts(broken); got != want {
		t.Errorf("without what was kept the answer is\n%s, want\n%s", got, want)
	}
	if !strings.Contains(broken.log.String(), reads) {
		t.Errorf("what is broken was used: %s", broken.log)
	}
	broken.stop()
	whole := serve()
	if got := counts(whole); got != want || strings.Contains(whole.log.String(), reads) {
		t.Errorf("after a broken one, what is kept is used no more: %s\n%s", got, whole.log)
	}
	whole.stop()
}
