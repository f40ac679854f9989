package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"ficus/internal/backup"
	"ficus/internal/book"
)

// toldOf is a book that tells how far it is bound, chapter by chapter.
func toldOf(b book.Book, told backup.Told) book.Book {
	if told == nil {
		return b
	}
	for i := range b.Chapters {
		c := b.Chapters[i]
		b.Chapters[i].Open = func() (book.Chapter, error) {
			told(int64(i), int64(len(b.Chapters)))
			return c, nil
		}
	}
	return b
}

// toldOfVolume is the same of several works, work by work.
func toldOfVolume(v book.Volume, told backup.Told) book.Volume {
	if told == nil {
		return v
	}
	give := v.Work
	v.Work = func(i int) (book.Book, error) {
		told(int64(i), int64(v.Works))
		return give(i)
	}
	return v
}

// thereError: a book would take the place of a file.
type thereError struct{ name string }

// Error says what helps.
func (e thereError) Error() string {
	return e.name + " is there already: give -o another name, or say --force to replace it"
}

// refuseOther refuses to put a book in the place of a file, unless told to. A
// manuscript it would replace is told when it is read.
func (c *bindCmd) refuseOther() error {
	there, err := os.Stat(c.Out)
	if err != nil || c.Force {
		return nil
	}
	for _, name := range c.Files {
		if info, err := os.Stat(name); err == nil && os.SameFile(info, there) {
			return nil
		}
	}
	return thereError{c.Out}
}

// writeWhole writes a file beside its place and moves it there when it is
// whole, so that a failure never leaves half a book or loses the old one. Without
// force it takes no other file's place, not even that of one which came meanwhile.
func writeWhole(name string, force bool, write func(io.Writer) error) (err error) {
	folder := filepath.Dir(name)
	out, err := os.CreateTemp(folder, ".ficus-*")
	if err != nil {
		return fmt.Errorf("the book cannot be written to %q: %w", folder, err)
	}
	defer func() {
		if err != nil {
			out.Close()
			os.Remove(out.Name())
			if errors.Is(err, book.ErrNoneChosen) || errors.As(err, &thereError{}) {
				return // nothing broke
			}
			if errors.Is(err, syscall.ENOSPC) {
				err = fmt.Errorf("the disk is full: %w", syscall.ENOSPC) // what broke off says so several times
			}
			err = &brokeError{fmt.Errorf("write %s: %w", name, err)}
		}
	}()
	gathered := bufio.NewWriterSize(out, 64<<10)
	if err := errors.Join(write(gathered), gathered.Flush()); err != nil {
		return err
	}
	if err := errors.Join(out.Chmod(0o644), out.Sync(), out.Close()); err != nil {
		return err
	}
	return place(out.Name(), name, force)
}

// place gives a whole file its name.
func place(written, name string, force bool) error {
	if !force {
		switch err := os.Link(written, name); {
		case err == nil:
			return os.Remove(written)
		case errors.Is(err, fs.ErrExist):
			return thereError{name}
		}
	} // or a disk without links
	return os.Rename(written, name)
}
