package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"ficus/internal/archive"
	"ficus/internal/tempo"
)

// heedMemory tells the collector of memory how much there is: half of the
// machine's, or of the control group's when that is less. The rest is for the
// database, which the collector does not see, and for a backup beside it.
// GOMEMLIMIT wins.
func heedMemory() {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	if most := memoryOf(os.DirFS("/")); most > 0 {
		debug.SetMemoryLimit(most / 2)
	}
}

// Where memory is ample the collector of memory, which takes the processors
// while it works, works a fourth as often as Go has it; where there is more
// still, a sixteenth.
const (
	ampleMemory = 1 << 30
	muchMemory  = 8 << 30
)

// threadsBehind is how many threads give way (tempo.GiveWay), and a few more.
const threadsBehind = 16

// heedReaders has the machine's system, and not our own queues, decide who is
// next where processors are few: who reads interrupts what gave way. A thread
// that gave way and waits for a processor keeps one of the places Go has for
// what runs at once, so there are more places than such threads. GOMAXPROCS and
// GOGC win.
func heedReaders() error {
	const few = 4
	if n := runtime.GOMAXPROCS(0); os.Getenv("GOMAXPROCS") == "" && n <= few {
		runtime.GOMAXPROCS(n + threadsBehind)
	}
	if os.Getenv("GOGC") == "" {
		switch most := memoryOf(os.DirFS("/")); {
		case most >= muchMemory:
			debug.SetGCPercent(1600)
		case most >= ampleMemory:
			debug.SetGCPercent(400)
		}
	}
	return tempo.ComeFirst()
}

// cacheKiB is what each of nine connections to SQLite may keep of the file: 8
// MB where there are 512, and no more than 16.
func cacheKiB(memory int64) int {
	if memory == 0 {
		return 0
	}
	return int(min(max(memory>>16, 2_000), 16_000))
}

// memoryOf is how much memory a program may take on a Linux machine, 0 when
// nothing says so.
func memoryOf(root fs.FS) int64 {
	least := int64(0)
	note := func(bytes int64) {
		if bytes > 0 && (least == 0 || bytes < least) {
			least = bytes
		}
	}
	if kilobytes, found := strings.CutSuffix(lineOf(root, "proc/meminfo", "MemTotal:"), " kB"); found {
		note(number(kilobytes) * 1024)
	}
	for line := range strings.Lines(contents(root, "proc/self/cgroup")) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		tree, file := "sys/fs/cgroup", "memory.max"
		if parts[0] != "0" {
			tree, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
		if parts[0] != "0" && parts[1] != "memory" {
			continue
		}
		for group := path.Join("/", parts[2]); ; group = path.Dir(group) { // a limit holds for all below it
			note(number(contents(root, path.Join(tree, group, file))))
			if group == "/" {
				break
			}
		}
	}
	return least
}

// contents is a small file's text; a machine without it says nothing.
func contents(root fs.FS, name string) string {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

func lineOf(root fs.FS, name, field string) string {
	for line := range strings.Lines(contents(root, name)) {
		if rest, found := strings.CutPrefix(line, field); found {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0 // "max" is no limit
	}
	return n
}

// haveScratch sees to a place for uploads under way: the system's, or where
// that is missing or closed (a container of this program alone), one in the
// data folder.
func haveScratch(data string) error {
	dir := filepath.Join(data, "scratch")
	if err := os.RemoveAll(dir); err != nil { // a killed program left it
		return fmt.Errorf("empty the scratch folder: %w", err)
	}
	probe, err := os.CreateTemp("", "ficus-*")
	if err == nil {
		_ = probe.Close() // it is empty
		return os.Remove(probe.Name())
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make a scratch folder: %w", err)
	}
	return os.Setenv("TMPDIR", dir)
}

// haveFolder makes the folder of an archive on SQLite, and says before anything
// else is done when it cannot be written to.
func (w where) haveFolder() error {
	if w.Database != "" {
		return nil
	}
	if err := os.MkdirAll(w.Data, 0o700); err != nil {
		return w.unwritable(err)
	}
	return w.unwritable(tryWriting(w.Data))
}

// haveFile makes the database's file, as its owner's alone whatever the folder
// is: SQLite keeps a file's permissions and gives them to its own.
func (w where) haveFile() error {
	file, err := os.OpenFile(w.databasePath(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return w.unwritable(err)
	}
	return file.Close()
}

// unwritable says what is wrong with the data folder.
func (w where) unwritable(err error) error {
	if err == nil {
		return nil
	}
	cause := err
	var at *fs.PathError
	if errors.As(err, &at) {
		cause = at.Err
	}
	if isFull(cause) {
		return w.noRoom()
	}
	return fmt.Errorf("the data folder %s cannot be written to: %w; let this account write there, or name another folder with --data", w.Data, cause)
}

// noRoom is a disk that is full before anything was served.
func (w where) noRoom() error {
	return fmt.Errorf("there is no room left on the disk of the data folder %s; make some and start again, nothing is lost", w.Data)
}

// tryWriting writes a byte and takes it away again.
func tryWriting(dir string) error {
	probe, err := os.CreateTemp(dir, ".ficus-*")
	if err != nil {
		return err
	}
	_, err = probe.WriteString("?")
	return errors.Join(err, probe.Close(), os.Remove(probe.Name()))
}

// isFull reports whether an error means that nothing more can be written.
func isFull(err error) bool {
	return errors.Is(err, archive.ErrFull) || errors.Is(err, syscall.ENOSPC)
}
