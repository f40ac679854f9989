package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const binary = "bin/ficus"

// sides are the programs that are measured.
type sides struct {
	ficus   *exec.Cmd
	running []*exec.Cmd
}

func need(programs ...string) error {
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%s is not installed; try: apt-get install -y wrk nginx-light", program)
		}
	}
	return nil
}

func (s *sides) start(cmd *exec.Cmd) error {
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	s.running = append(s.running, cmd)
	return nil
}

func (s *sides) stop() {
	for _, cmd := range s.running {
		_ = cmd.Process.Signal(os.Interrupt) // a side that has ended has nothing left to stop
		_ = cmd.Wait()
	}
}

// startFicus serves an empty archive and gives its address, read from the one
// line it prints.
func (s *sides) startFicus(dir string) (string, error) {
	s.ficus = exec.Command(binary, "serve", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0", "--log-level", "error")
	return s.readyAt(s.ficus)
}

// readyAt starts a server and gives its address.
func (s *sides) readyAt(cmd *exec.Cmd) (string, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := s.start(cmd); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, found := strings.CutPrefix(strings.TrimSpace(line), "Ficus is ready at ")
	if err != nil || !found {
		return "", fmt.Errorf("%s: %w", binary, errNotReady)
	}
	return address, nil
}

// startBare serves the same bytes by a handler that does nothing else.
func (s *sides) startBare(file string) (string, error) {
	address, err := freeAddress()
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	return "http://" + address, errorOr(s.start(exec.Command(self, "bare", file, address)), waitFor(address))
}

// startNginx serves the same bytes from the disk.
func (s *sides) startNginx(dir, file string) (string, error) {
	address, err := freeAddress()
	if err != nil {
		return "", err
	}
	config := fmt.Sprintf(`daemon off; worker_processes 1; pid %[1]s/nginx.pid; error_log %[1]s/nginx.log;
events { worker_connections 512; }
http { access_log off; sendfile on; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
  server { listen %[2]s; root %[3]s; } }`, dir, address, filepath.Dir(file))
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", err
	}
	return "http://" + address, errorOr(s.start(exec.Command("nginx", "-c", path)), waitFor(address))
}

// bare is the floor's ceiling: the same bytes, header lines and all, and no
// work.
func bare(file, address string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lines, err := os.ReadFile(file + ".headers")
	if err != nil {
		return err
	}
	var header http.Header
	if err := json.Unmarshal(lines, &header); err != nil {
		return err
	}
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for name, values := range header {
			h[name] = values
		}
		_, _ = w.Write(body) // who asked has gone
	}))
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func waitFor(address string) error {
	for range 100 {
		if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			return conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("%s: %w", address, errNotReady)
}

func errorOr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// postChapter makes an account and posts a chapter of 3,000 words through the
// API; it gives the address of its page.
func postChapter(dir, address string) (string, error) {
	return postChapters(dir, address, []map[string]any{{"title": "One", "text": story(3000), "read": "text"}})
}

// postChapters posts a work of these chapters and gives its address.
func postChapters(dir, address string, chapters []map[string]any) (string, error) {
	data := filepath.Join(dir, "data")
	create := exec.Command(binary, "user", "create", "bench", "--staff", "--data", data, "--password-stdin") // staff are not held to a tempo
	create.Stdin = strings.NewReader("measured twice\n")
	if out, err := create.CombinedOutput(); err != nil {
		return "", fmt.Errorf("user create: %w: %s", err, out)
	}
	token, err := exec.Command(binary, "user", "token", "bench", "--data", data).Output()
	if err != nil {
		return "", fmt.Errorf("user token: %w", err)
	}
	work, err := json.Marshal(map[string]any{
		"title": "A measured work", "fandoms": []string{"Benches"}, "rating": "General", "warnings": []string{"none apply"}, "language": "en",
		"chapters": chapters,
	})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequest(http.MethodPost, address+"/api/v1/works", bytes.NewReader(work))
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	var made struct{ ID int64 }
	if err = errorOr(err, json.Unmarshal(body, &made)); err != nil || made.ID == 0 {
		return "", fmt.Errorf("post a work: %s %s", answer.Status, body)
	}
	return fmt.Sprintf("%s/works/%d", address, made.ID), nil
}

// story is so many words in paragraphs, all different enough to be packed as a
// real text is.
func story(words int) string { return storyFrom(7, words) }

// storyFrom is another story for each seed.
func storyFrom(n uint32, words int) string {
	stock := strings.Fields("the lamp keeper climbed his stair again and counted every step of it while rain came over harbour roofs " +
		"nobody answered when she called along dark water but a bell rang twice under fog before morning found them both asleep")
	var b strings.Builder
	for i := range words {
		n = n*1664525 + 1013904223
		b.WriteString(stock[n>>8%uint32(len(stock))])
		switch {
		case i%97 == 96:
			b.WriteString(".\n\n")
		case i%13 == 12:
			b.WriteString(". ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
