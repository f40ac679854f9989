package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// smallMemory is the memory of the smallest machine an archive is promised on.
const smallMemory = 512 << 20

// small runs an archive of 20,000 works in a control group of 512 MB, has it do
// what takes memory, and tells how much each took at most.
func small(data string) (err error) {
	ctx := context.Background()
	began := time.Now()
	longest, err := fill(ctx, data)
	if err != nil {
		return fmt.Errorf("fill the archive: %w", err)
	}
	fmt.Printf("an archive of %d works is in %s, after %v\n", smallWorks, data, time.Since(began).Round(time.Second))
	group, err := newGroup(smallMemory)
	if err != nil {
		return err
	}
	var s sides
	defer func() {
		s.stop()
		err = errors.Join(err, group.remove())
	}()
	address, err := s.startConfined(group, data)
	if err != nil {
		return err
	}
	m := &smallMachine{address: address, data: data, longest: longest, group: group, process: s.ficus.Process.Pid, table: &table{}}
	for _, step := range m.steps() {
		if err := m.measure(step.what, step.do); err != nil {
			return fmt.Errorf("%s: %w\n%s", step.what, err, m.table)
		}
	}
	fmt.Print(m.table)
	return nil
}

// smallMachine is a served archive that is made to work.
type smallMachine struct {
	address, data string
	longest       int64
	group         *group
	process       int
	table         *table
}

type step struct {
	what string
	do   func() error
}

func (m *smallMachine) steps() []step {
	return []step{
		{"at rest, just started", func() error { time.Sleep(2 * time.Second); return nil }},
		{"2,000 pages read by guests, 16 at once", func() error { return m.atOnce(16, 2000, m.browse) }},
		{"20 members sign in at once", func() error { return m.atOnce(20, 20, func(i int) error { _, err := m.signIn(i); return err }) }},
		{"8 post a chapter of 80,000 words at once", func() error { return m.atOnce(8, 8, m.post) }},
		{"4 take the EPUB of 250,000 words at once", func() error { return m.atOnce(4, 4, m.bind) }},
		{"4 send a picture of 40 megapixels at once", func() error { return m.atOnce(4, 4, m.picture) }},
		{"2 bring a manuscript of 30 MB at once", func() error { return m.atOnce(2, 2, m.bring) }},
		{"a backup beside 500 pages read", func() error {
			made := make(chan error)
			go func() { made <- m.backup() }()
			return errors.Join(m.atOnce(16, 500, m.browse), <-made)
		}},
	}
}

// measure does a step and notes the most memory the server took in it.
func (m *smallMachine) measure(what string, do func() error) error {
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", m.process), []byte("5"), 0); err != nil {
		return fmt.Errorf("begin to count memory anew: %w", err)
	}
	began := time.Now()
	if err := do(); err != nil {
		return err
	}
	took := time.Since(began).Round(10 * time.Millisecond)
	most, err := mostResidentOf(m.process)
	if err != nil {
		return err
	}
	m.table.add(what, megabytes(most)+" at most", took.String(), "< 512 MB")
	return nil
}

// mostResidentOf is the most memory a process took, since that was last asked
// to be counted anew.
func mostResidentOf(process int) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0, fmt.Errorf("the process is gone: %w", err)
	}
	found := mostResident.FindSubmatch(status)
	if found == nil {
		return 0, errors.New("the process is gone")
	}
	kilobytes, err := strconv.ParseInt(string(found[1]), 10, 64)
	return kilobytes << 10, err
}

var mostResident = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// atOnce does something so many times, some at once.
func (m *smallMachine) atOnce(hands, times int, do func(i int) error) error {
	var working sync.WaitGroup
	failed := make(chan error, times)
	next := make(chan int)
	for range hands {
		working.Go(func() {
			for i := range next {
				if err := do(i); err != nil {
					failed <- err
				}
			}
		})
	}
	for i := range times {
		next <- i
	}
	close(next)
	working.Wait()
	close(failed)
	return <-failed
}

func (m *smallMachine) browse(i int) error {
	paths := []string{"/", "/works", fmt.Sprintf("/works?page=%d", 1+rand.IntN(500)), fmt.Sprintf("/works/%d", 2+rand.IntN(smallWorks)), fmt.Sprintf("/users/%s", memberName(rand.IntN(smallMembers))), "/fandoms"}
	_, _, err := get(m.address + paths[i%len(paths)])
	return err
}

// signIn gives a browser a member is signed in with.
func (m *smallMachine) signIn(i int) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.PostForm(m.address+"/sign-in", url.Values{"name": {memberName(i)}, "password": {smallSecret}})
	return browser, led(answer, err)
}

// led wants an answer that leads on.
func led(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		said, err := io.ReadAll(answer.Body)
		return errorOr(err, fmt.Errorf("answered with %s: %.3000s", answer.Status, said))
	}
	return nil
}

// send sends a form as a member, with a file when there is one.
func (m *smallMachine) send(i int, path string, fields map[string]string, field, name string, file []byte) error {
	browser, err := m.signIn(i)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	if file != nil {
		part, err := form.CreateFormFile(field, name)
		if err != nil {
			return err
		}
		if _, err := part.Write(file); err != nil {
			return err
		}
	}
	if err := form.Close(); err != nil {
		return err
	}
	return led(browser.Post(m.address+path, form.FormDataContentType(), &body))
}

func newWork(i int, text string) map[string]string {
	return map[string]string{
		"form_id": strconv.FormatInt(time.Now().UnixNano()+int64(i), 36), "do": "post", "title": fmt.Sprintf("Posted on the small machine, %d", i), "fandoms": "Harbour Lights",
		"rating": "General", "warnings": "none apply", "language": "en", "text": text,
	}
}

func (m *smallMachine) post(i int) error {
	return m.send(i, "/works/new", newWork(i, storyFrom(uint32(i), 80_000)), "", "", nil)
}

func (m *smallMachine) bind(int) error {
	book, _, err := get(fmt.Sprintf("%s/works/%d.epub", m.address, m.longest))
	if err == nil && !bytes.HasPrefix(book, []byte("PK")) {
		err = errors.New("the book is none")
	}
	return err
}

// picture sends a photograph as large as is taken.
func (m *smallMachine) picture(i int) error {
	photograph := image.NewYCbCr(image.Rect(0, 0, 7300, 5400), image.YCbCrSubsampleRatio420)
	for at := range photograph.Y {
		photograph.Y[at] = uint8(at >> 6)
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, photograph, &jpeg.Options{Quality: 60}); err != nil {
		return err
	}
	return m.send(i, "/works/new", newWork(i, "A lamp, seen from the harbour."), "pictures", "lamp.jpg", file.Bytes())
}

func (m *smallMachine) bring(i int) error {
	return m.send(i, "/works/new/upload", nil, "file", "story.txt", []byte(storyFrom(uint32(i), 5_300_000)))
}

// backup runs ficus backup in the same control group.
func (m *smallMachine) backup() error {
	to := filepath.Join(m.data, "bench.zip")
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	cmd := m.group.command(binary, "backup", to, "--data", m.data)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	fmt.Printf("%s", out)
	return os.Remove(to)
}

// startConfined serves the archive within a control group.
func (s *sides) startConfined(g *group, data string) (string, error) {
	s.ficus = g.command(binary, "serve", "--data", data, "--listen", "127.0.0.1:0", "--log-level", "error")
	return s.readyAt(s.ficus)
}

// group is a control group with a limit on memory, of either kernel interface.
type group struct{ dir string }

// newGroup makes a group; it needs root.
func newGroup(limit int64) (*group, error) {
	for _, kind := range [][2]string{{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}, {"/sys/fs/cgroup", "memory.max"}} {
		g := &group{filepath.Join(kind[0], fmt.Sprintf("ficus-bench-%d", os.Getpid()))}
		if os.Mkdir(g.dir, 0o755) != nil {
			continue
		}
		limits, err := os.OpenFile(filepath.Join(g.dir, kind[1]), os.O_WRONLY, 0) // the kernel's own file, or none
		if err != nil {
			_ = os.Remove(g.dir) // it was of no use
			continue
		}
		_, err = fmt.Fprint(limits, limit)
		fmt.Printf("memory is held to %s by %s\n", megabytes(limit), limits.Name())
		return g, errorOr(err, limits.Close())
	}
	return nil, errors.New("no control group with a limit on memory can be made here; run as root")
}

// command is a program that begins within the group.
func (g *group) command(program string, args ...string) *exec.Cmd {
	return exec.Command("sh", append([]string{"-c", `echo $$ > "$0/cgroup.procs" && exec "$@"`, g.dir, program}, args...)...)
}

func (g *group) remove() error {
	for range 100 { // the kernel takes a moment to forget the last process
		if os.Remove(g.dir) == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("%s stays behind", g.dir)
}
