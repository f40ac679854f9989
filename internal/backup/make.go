package backup

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/tempo"
)

// Place is where an archive is kept: what a backup is made of, and what one is
// put back into.
type Place struct {
	DB     *sqldb.DB
	Bucket media.Bucket
	Schema fs.FS
}

// maker is a backup being made.
type maker struct {
	Place
	zip      *zip.Writer
	manifest Manifest
	taken    map[string]bool // keys of files
	rest     *rest
	told     func(n int64)
}

// Make makes a backup of an archive that may be in use, and gives what it
// holds. The file bears its name when it is whole, was read again and is on
// the disk; until then it is a part beside it. An error leaves no file. It goes
// behind what else the machine does.
//
// The tables are one moment of the archive. Files are taken before it and,
// where they came meanwhile, after it, so that those the tables name are there
// though others be deleted at the same time.
func Make(ctx context.Context, from Place, path, program string, clock archive.Clock, told Told) (made Manifest, err error) {
	behind := tempo.NewBackstage(1, tempo.Company{}).Do(ctx, func(ctx context.Context) { made, err = makeFile(ctx, from, path, program, clock, told) })
	return made, errors.Join(behind, err)
}

func makeFile(ctx context.Context, from Place, path, program string, clock archive.Clock, told Told) (_ Manifest, err error) {
	if _, err := os.Lstat(path); err == nil {
		return Manifest{}, fmt.Errorf("%s is there already: name another file, or put that one away", path)
	}
	have, want, err := from.DB.SchemaVersion(ctx, from.Schema)
	if err == nil && have != want {
		err = &sqldb.SchemaError{Have: have, Want: want}
	}
	if err != nil {
		return Manifest{}, err
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*")
	if err != nil {
		return Manifest{}, fmt.Errorf("make the backup: %w", media.Full(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, part.Close(), os.Remove(part.Name()))
		}
	}()
	whole, err := from.estimate(ctx)
	if err != nil {
		return Manifest{}, err
	}
	m := &maker{Place: from, rest: newRest(clock), taken: map[string]bool{}, told: told.tally(2 * whole)} // written, and read again
	m.manifest = Manifest{Format: format, Program: program, Schema: have, Engine: string(from.DB.Engine()), MadeAt: clock.Now()}
	if err := m.write(ctx, part); err != nil {
		return Manifest{}, fmt.Errorf("make the backup: %w", media.Full(err))
	}
	if err := prove(ctx, part.Name(), from.Schema, m.rest.between(m.told)); err != nil {
		return Manifest{}, fmt.Errorf("the backup was written and does not read as it was: %w", err)
	}
	return m.manifest, keepAs(part, path)
}

// prove reads a backup from its first byte to its last.
func prove(ctx context.Context, path string, schema fs.FS, told func(n int64)) error {
	opened, err := Open(path, schema)
	if err != nil {
		return err
	}
	return errors.Join(opened.prove(ctx, told), opened.Close())
}

// keepAs gives the finished part its name, for good.
func keepAs(part *os.File, path string) error {
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return media.Full(err)
	}
	if err := os.Link(part.Name(), path); err == nil { // refuses what came meanwhile
		err = os.Remove(part.Name())
		return errors.Join(err, media.SyncFolder(filepath.Dir(path)))
	}
	if err := os.Rename(part.Name(), path); err != nil { // a disk without links
		return err
	}
	return media.SyncFolder(filepath.Dir(path))
}

// estimate is about how many bytes there are to take.
func (p Place) estimate(ctx context.Context) (int64, error) {
	whole, err := p.DB.Size(ctx)
	if err != nil {
		return 0, err
	}
	err = p.Bucket.Each(ctx, func(_ string, size int64) error {
		whole += size
		return nil
	})
	return whole, err
}

func (m *maker) write(ctx context.Context, part *os.File) error {
	m.zip = zip.NewWriter(&calm{file: part, rest: m.rest})
	m.zip.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	if err := m.takeFiles(ctx); err != nil {
		return err
	}
	if err := m.DB.Read(ctx, func(tx *sqldb.Tx) error { return m.takeTables(ctx, tx) }); err != nil {
		return err
	}
	if err := m.takeFiles(ctx); err != nil { // those that came meanwhile
		return err
	}
	slices.SortFunc(m.manifest.Files, func(a, b File) int { return compare(a.Key, b.Key) })
	to, err := m.begin(manifestName, zip.Deflate)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(to).Encode(m.manifest); err != nil {
		return err
	}
	return m.zip.Close()
}

func compare(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// calm hands the disk a little at a time, so that others' commits never wait
// behind a mountain of ours, and rests between.
type calm struct {
	file    *os.File
	rest    *rest
	unsaved int
}

// calmEvery is how many bytes go to the disk at once; each is waited for.
const calmEvery = 1 << 20

// Write writes, and now and then waits for the disk.
func (c *calm) Write(p []byte) (int, error) {
	n, err := c.file.Write(p)
	c.unsaved += n
	if err == nil && c.unsaved >= calmEvery {
		c.unsaved = 0
		err = c.file.Sync()
		c.rest.take()
	}
	return n, err
}

// rest leaves a third of the time to others: a backup of hours may take hours,
// and a machine of two cores has readers.
type rest struct {
	clock archive.Clock
	since time.Time
	bytes int64
}

func newRest(clock archive.Clock) *rest { return &rest{clock: clock, since: clock.Now()} }

// longestRest is for clocks that are set.
const longestRest = time.Second

func (r *rest) take() {
	time.Sleep(min(r.clock.Now().Sub(r.since)/2, longestRest))
	r.since = r.clock.Now()
}

// between gives what told gives, and rests now and then.
func (r *rest) between(told func(n int64)) func(n int64) {
	return func(n int64) {
		told(n)
		if r.bytes += n; r.bytes >= calmEvery {
			r.bytes = 0
			r.take()
		}
	}
}

func (m *maker) begin(name string, method uint16) (io.Writer, error) {
	return m.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: m.manifest.MadeAt})
}

// summed writes one entry with what write gives, and tells its size and sum.
func (m *maker) summed(name string, method uint16, write func(io.Writer) error) (size int64, sum string, err error) {
	to, err := m.begin(name, method)
	if err != nil {
		return 0, "", err
	}
	hash := sha256.New()
	counted := &counter{to: io.MultiWriter(to, hash), told: m.told}
	if err := write(counted); err != nil {
		return 0, "", err
	}
	return counted.bytes, sumOf(hash), nil
}

func sumOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// takeTables takes every table the database has.
func (m *maker) takeTables(ctx context.Context, tx *sqldb.Tx) error {
	tables, err := sqldb.Tables(ctx, tx)
	if err != nil {
		return err
	}
	left := leftOut()
	for _, table := range tables {
		taken := describe(table)
		if taken.LeftOut = left[table.Name]; taken.LeftOut == "" {
			if taken.Last, err = table.Last(ctx, tx); err != nil {
				return err
			}
		}
		method := zip.Deflate
		if slices.ContainsFunc(taken.Columns, func(c Column) bool { return c.Kind == sqldb.Bytes }) {
			method = zip.Store // packed already, nearly all of it
		}
		taken.Bytes, taken.SHA256, err = m.summed(taken.entry(), method, func(to io.Writer) error {
			taken.Rows, err = writeRows(ctx, tx, table, taken.LeftOut != "", to)
			return err
		})
		if err != nil {
			return fmt.Errorf("take the table %s: %w", table.Name, err)
		}
		m.manifest.Tables = append(m.manifest.Tables, taken)
	}
	return nil
}

// writeRows writes a table's rows, or none, and counts them.
func writeRows(ctx context.Context, tx *sqldb.Tx, table sqldb.Table, none bool, to io.Writer) (int64, error) {
	rows := newRowWriter(to)
	if !none {
		if err := table.Rows(ctx, tx, rows.write); err != nil {
			return 0, err
		}
	}
	return rows.rows, rows.to.Flush()
}

func describe(table sqldb.Table) Table {
	t := Table{Name: table.Name}
	for _, c := range table.Columns {
		t.Columns = append(t.Columns, Column{Name: c.Name, Kind: c.Kind})
	}
	return t
}

// takeFiles takes the files that were not taken yet. One that is deleted while
// the others are taken is not missed: nothing shows it any more.
func (m *maker) takeFiles(ctx context.Context) error {
	return m.Bucket.Each(ctx, func(key string, size int64) error {
		if m.taken[key] || size == 0 { // no file of ours is empty: whoever left it there, every backup would be refused for it
			return nil
		}
		file, err := m.takeFile(ctx, key)
		if errors.Is(err, archive.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("take the file %s: %w", key, err)
		}
		m.taken[key] = true
		m.manifest.Files = append(m.manifest.Files, file)
		return nil
	})
}

func (m *maker) takeFile(ctx context.Context, key string) (file File, err error) {
	from, err := m.Bucket.Get(ctx, key)
	if err != nil {
		return file, err
	}
	defer from.Close()
	read := bufio.NewReader(contextReader{ctx, from})
	if _, err := read.Peek(1); err != nil && err != io.EOF { // before an entry is begun for it
		again, gone := m.Bucket.Get(ctx, key)
		if gone != nil {
			return file, gone
		}
		return file, errors.Join(err, again.Close())
	}
	file.Key = key
	file.Bytes, file.SHA256, err = m.summed(file.entry(), zip.Store, func(to io.Writer) error {
		_, err := io.Copy(to, read)
		return err
	})
	return file, err
}

// contextReader reads until its context ends.
type contextReader struct {
	ctx  context.Context
	from io.Reader
}

// Read reads on.
func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
