package media

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"
)

// Stacks is where files lie that can be made again, on this machine's disk,
// until others need the room. What was there before the program started is
// thrown away: nobody knows whether all of it was written.
type Stacks struct {
	root *os.Root
	most int64

	mu    sync.Mutex
	files map[string]*stacked
	total int64
	uses  int64 // raised by each use: the order in which files were last used
	swept int64 // uses, when they were swept
}

// stacked is a file that lies in the stacks.
type stacked struct {
	size, used int64
}

// OpenStacks opens an empty folder for so many bytes, making it when it is
// missing.
func OpenStacks(dir string, most int64) (*Stacks, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open the folder of books: %w", Full(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of books: %w", err)
	}
	s := &Stacks{root: root, most: most, files: map[string]*stacked{}}
	left, err := fs.ReadDir(root.FS(), ".")
	for _, entry := range left {
		if entry.Type().IsRegular() && IsKey(entry.Name()) {
			err = errors.Join(err, s.remove(entry.Name()))
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("empty the folder of books: %w", err), root.Close())
	}
	return s, nil
}

// Open gives a file; archive.ErrNotFound when it is not there (any more). The
// caller closes it.
func (s *Stacks) Open(name string) (*os.File, error) {
	if err := checkKey(name); err != nil {
		return nil, err
	}
	file, err := s.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(name)
	}
	if err != nil {
		return nil, fmt.Errorf("open book %s: %w", name, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.files[name]; known != nil {
		s.uses++
		known.used = s.uses
	}
	return file, nil
}

// Make writes a file, all of it or nothing, and dates it. Those unused for
// longest go when there is no room for all; where the disk itself is full, all
// of them do, and it is written once more.
func (s *Stacks) Make(name string, at time.Time, write func(io.Writer) error) error {
	if err := checkKey(name); err != nil {
		return err
	}
	err := s.make(name, at, write)
	if errors.Is(err, ErrFull) && s.makeRoom(0, "") > 0 {
		err = s.make(name, at, write)
	}
	return err
}

func (s *Stacks) make(name string, at time.Time, write func(io.Writer) error) error {
	part := "part-" + strings.ToLower(rand.Text())
	file, err := s.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
	if err != nil {
		return fmt.Errorf("begin book %s: %w", name, Full(err))
	}
	size, err := fillPart(file, write)
	if err == nil {
		err = s.root.Chtimes(part, at, at)
	}
	if err == nil {
		err = s.root.Rename(part, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("make book %s: %w", name, Full(err)), s.remove(part))
	}
	s.note(name, size)
	s.makeRoom(s.most, name)
	return nil
}

// Scratch gives a new file beside the others, for what is only on its way
// elsewhere, and what closes and removes it.
func (s *Stacks) Scratch() (*os.File, func() error, error) {
	name := "part-" + strings.ToLower(rand.Text())
	file, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
	if err != nil {
		return nil, nil, fmt.Errorf("begin a book: %w", Full(err))
	}
	return file, func() error { return errors.Join(file.Close(), s.remove(name)) }, nil
}

// fillPart writes a file and closes it. What is written to it may panic.
func fillPart(file *os.File, write func(io.Writer) error) (size int64, err error) {
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriterSize(file, 64<<10)
	if err := write(out); err != nil {
		return 0, err
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	return file.Seek(0, io.SeekCurrent)
}

// Date dates a file anew.
func (s *Stacks) Date(name string, at time.Time) error {
	if err := s.root.Chtimes(name, at, at); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return missing(name)
}

// Has reports whether a file is there.
func (s *Stacks) Has(name string) bool {
	_, err := s.root.Stat(name)
	return err == nil
}

// Sweep throws away what was not used since it swept before.
func (s *Stacks) Sweep() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failed error
	for name, known := range s.files {
		if known.used > s.swept {
			continue
		}
		if err := s.remove(name); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		s.total -= known.size
		delete(s.files, name)
	}
	s.swept = s.uses
	return failed
}

// Close forgets where the files lie.
func (s *Stacks) Close() error { return s.root.Close() }

// note counts a file that is there now.
func (s *Stacks) note(name string, size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if before := s.files[name]; before != nil {
		s.total -= before.size
	}
	s.uses++
	s.files[name] = &stacked{size: size, used: s.uses}
	s.total += size
}

// makeRoom throws away the files unused for longest until so many bytes are
// left, all but one, and tells how many went.
func (s *Stacks) makeRoom(left int64, but string) (gone int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.total > left {
		oldest := ""
		for name, known := range s.files {
			if name != but && (oldest == "" || known.used < s.files[oldest].used) {
				oldest = name
			}
		}
		if oldest == "" {
			return gone
		}
		_ = s.remove(oldest) // one that cannot be removed is no more counted; the next start removes it
		s.total -= s.files[oldest].size
		delete(s.files, oldest)
		gone++
	}
	return gone
}

func (s *Stacks) remove(name string) error {
	if err := s.root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
