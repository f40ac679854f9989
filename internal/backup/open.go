package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"ficus/internal/media"
)

// Opened is a backup opened to be put back. Its manifest and the entries fit
// each other; whether every byte is as it was Prove finds out.
type Opened struct {
	Manifest Manifest
	path     string
	zip      *zip.ReadCloser
	entries  map[string]*zip.File
}

const (
	// mostManifest bounds the memory a manifest takes.
	mostManifest = 1 << 30
	// Everything unpacked is at most so many times the file, and a little more
	// for the smallest of archives: what unpacks to more is no archive. Make
	// reads back what it wrote, so none is made that this refuses.
	mostUnpacked  = 100
	smallUnpacked = 64 << 20
)

// Open opens a backup, or says in a sentence why it is none that this program
// can put back.
func Open(path string, schema fs.FS) (*Opened, error) {
	read, err := zip.OpenReader(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", path)
	}
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zip.ErrAlgorithm) {
		return nil, fmt.Errorf("%s is no backup, or was cut off: a backup is a zip made by ficus backup", path)
	}
	if err != nil {
		return nil, fmt.Errorf("open the backup: %w", err)
	}
	o := &Opened{path: path, zip: read, entries: map[string]*zip.File{}}
	if err := o.examine(schema); err != nil {
		return nil, errors.Join(err, read.Close())
	}
	return o, nil
}

// Close lets the file go.
func (o *Opened) Close() error { return o.zip.Close() }

func (o *Opened) examine(schema fs.FS) error {
	for _, entry := range o.zip.File {
		if _, twice := o.entries[entry.Name]; twice {
			return damaged(o.path, "%q is in it twice", entry.Name)
		}
		o.entries[entry.Name] = entry
	}
	if err := o.readManifest(); err != nil {
		return err
	}
	m := o.Manifest
	newest := newestOf(schema)
	switch {
	case m.Format > format:
		return fmt.Errorf("%s was made by a newer Ficus (%s): use the newer program", o.path, m.Program)
	case m.Schema > newest:
		return fmt.Errorf("%s was made by a newer Ficus (%s; its schema is %d, this program knows %d): use the newer program", o.path, m.Program, m.Schema, newest)
	case m.Format < 1 || m.Schema < 1 || len(m.Tables) == 0:
		return damaged(o.path, "its manifest says nothing of an archive")
	}
	return o.examineEntries()
}

// newestOf is the number of a program's newest migration.
func newestOf(schema fs.FS) (newest int64) {
	names, err := fs.Glob(schema, "*.sql")
	if err != nil {
		return 0
	}
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

func (o *Opened) readManifest() error {
	entry := o.entries[manifestName]
	if entry == nil {
		return fmt.Errorf("%s is a zip but no backup: it has no manifest of ficus backup", o.path)
	}
	if entry.UncompressedSize64 > mostManifest {
		return damaged(o.path, "its manifest is too large to be one")
	}
	from, err := entry.Open()
	if err != nil {
		return damaged(o.path, "%v", err)
	}
	defer from.Close()
	if err := json.NewDecoder(io.LimitReader(from, mostManifest)).Decode(&o.Manifest); err != nil {
		return damaged(o.path, "its manifest cannot be read")
	}
	return nil
}

// examineEntries holds the entries to the manifest: each there, none more, of
// the size it should have, under a name that can be one.
func (o *Opened) examineEntries() error {
	expected := map[string]int64{}
	for _, t := range o.Manifest.Tables {
		expected[t.entry()] = t.Bytes
	}
	for _, f := range o.Manifest.Files {
		if !media.IsKey(f.Key) || f.Bytes < 1 {
			return damaged(o.path, "it names a file %q, which none of ours can be called", f.Key)
		}
		expected[f.entry()] = f.Bytes
	}
	if len(expected) != len(o.Manifest.Tables)+len(o.Manifest.Files) || len(expected)+1 != len(o.entries) {
		return damaged(o.path, "it does not hold what its manifest names")
	}
	for name, size := range expected {
		if entry := o.entries[name]; entry == nil || size < 0 || entry.UncompressedSize64 != uint64(size) {
			return damaged(o.path, "%s is not as its manifest says", name)
		}
	}
	return o.examineSizes()
}

// examineSizes refuses what claims to hold more than it can, unpacked or not.
func (o *Opened) examineSizes() error {
	info, err := os.Stat(o.path)
	if err != nil {
		return err
	}
	var packed, whole uint64
	for _, entry := range o.entries {
		packed += entry.CompressedSize64
		whole += entry.UncompressedSize64
	}
	if packed > uint64(info.Size()) || whole > mostUnpacked*uint64(info.Size())+smallUnpacked {
		return damaged(o.path, "it claims to hold far more than a file of its size can")
	}
	return nil
}

// Prove reads everything and compares it with the manifest.
func (o *Opened) Prove(ctx context.Context, told Told) error {
	return o.prove(ctx, told.tally(o.Manifest.Bytes()))
}

func (o *Opened) prove(ctx context.Context, told func(n int64)) error {
	for _, t := range o.Manifest.Tables {
		if err := o.proveEntry(ctx, t.entry(), t.SHA256, told); err != nil {
			return err
		}
	}
	for _, f := range o.Manifest.Files {
		if err := o.proveEntry(ctx, f.entry(), f.SHA256, told); err != nil {
			return err
		}
	}
	return nil
}

func (o *Opened) proveEntry(ctx context.Context, name, sum string, told func(n int64)) error {
	hash := sha256.New()
	err := o.read(ctx, name, func(from io.Reader) error {
		_, err := io.Copy(&counter{to: hash, told: told}, from)
		return err
	})
	if err == nil && sumOf(hash) != sum {
		err = damaged(o.path, "%s is not as it was", name)
	}
	return err
}

// read opens an entry for fn; what it unpacks to ends where the manifest says.
func (o *Opened) read(ctx context.Context, name string, fn func(io.Reader) error) error {
	entry := o.entries[name]
	from, err := entry.Open()
	if err != nil {
		return damaged(o.path, "%s: %v", name, err)
	}
	defer from.Close()
	err = fn(contextReader{ctx, io.LimitReader(from, int64(entry.UncompressedSize64))})
	if isDamage(err) {
		return damaged(o.path, "%s: %v", name, err)
	}
	return err
}

// isDamage reports whether an error is what a zip answers that is not as it
// was written.
func isDamage(err error) bool {
	var packed flate.CorruptInputError
	return errors.As(err, &packed) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF)
}
