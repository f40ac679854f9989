package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ficus/internal/archive"
)

// Folder is a Sender that keeps mails as files, one each, for whoever tries
// the program out or has another program fetch them.
type Folder struct {
	dir   string
	from  string
	clock archive.Clock
}

// OpenFolder opens a folder of mails, making it when it is missing. Without
// an address to send from it is made up.
func OpenFolder(dir, from string, clock archive.Clock) (*Folder, error) {
	if from == "" {
		from = "ficus@localhost"
	}
	if err := checkFrom(from); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open the folder of mails: %w", err)
	}
	return &Folder{dir: dir, from: from, clock: clock}, nil
}

// Send writes a mail to a new file, which bears its name once it is whole.
func (f *Folder) Send(_ context.Context, m Message) error {
	now := f.clock.Now()
	mail, err := m.compose(f.from, now)
	if err != nil {
		return err
	}
	part, err := os.CreateTemp(f.dir, ".part-*")
	if err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	_, err = mail.WriteTo(part)
	if err == nil {
		err = part.Sync()
	}
	err = errors.Join(err, part.Close())
	if err == nil {
		name := now.Format("20060102-150405-") + rand.Text()[:8] + ".eml"
		err = os.Rename(part.Name(), filepath.Join(f.dir, name))
	}
	if err != nil {
		return fmt.Errorf("keep a mail: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return nil
}
