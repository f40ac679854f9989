package backup

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/sqldb"
)

// How much is put into the database at once: rows of one statement, and bytes
// of one transaction.
const (
	statementBytes   = 1 << 20
	transactionBytes = 16 << 20
)

// Restore puts the backup into an empty place: its files, and its tables under
// the numbers they had, in the schema they were taken in, which is then
// brought up to date. What was put back is read again and compared with what
// was taken. On PostgreSQL the rows come in one transaction, all or none; what
// an error leaves of files, and of a SQLite database, is the caller's to take
// away.
func (o *Opened) Restore(ctx context.Context, into Place, told Told) error {
	r := &restorer{Opened: o, Place: into, told: told.tally(2 * o.Manifest.Bytes())} // put back, and read again
	if err := r.putFiles(ctx); err != nil {
		return fmt.Errorf("restore the files: %w", err)
	}
	if err := r.putTables(ctx); err != nil {
		return fmt.Errorf("restore the tables: %w", err)
	}
	if err := r.compare(ctx); err != nil {
		return err
	}
	return into.DB.Migrate(ctx, into.Schema)
}

type restorer struct {
	*Opened
	Place
	told func(n int64)
}

func (r *restorer) putFiles(ctx context.Context) error {
	for _, f := range r.Manifest.Files {
		err := r.read(ctx, f.entry(), func(from io.Reader) error {
			return r.Bucket.Put(ctx, f.Key, io.TeeReader(from, &counter{to: io.Discard, told: r.told}), f.Bytes, "application/octet-stream")
		})
		if err != nil {
			return err
		}
		if err := r.compareFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *restorer) compareFile(ctx context.Context, f File) error {
	from, err := r.Bucket.Get(ctx, f.Key)
	if err != nil {
		return err
	}
	hash := sha256.New()
	_, err = io.Copy(&counter{to: hash, told: r.told}, contextReader{ctx, from})
	if err = errors.Join(err, from.Close()); err != nil {
		return err
	}
	if sumOf(hash) != f.SHA256 {
		return fmt.Errorf("the file %s does not read as it was written", f.Key)
	}
	return nil
}

// into runs what puts rows in: in a transaction of its own, or in the one that
// is open.
type into func(fn func(tx *sqldb.Tx) error) error

// putTables makes the schema of the backup and fills it.
func (r *restorer) putTables(ctx context.Context) error {
	if err := r.DB.MigrateTo(ctx, r.Schema, r.Manifest.Schema); err != nil {
		return err
	}
	if r.DB.Engine() == sqldb.Postgres {
		return r.DB.Write(ctx, func(tx *sqldb.Tx) error {
			return r.fill(ctx, tx, func(fn func(*sqldb.Tx) error) error { return fn(tx) })
		})
	}
	var tables []sqldb.Table
	err := r.DB.Write(ctx, func(tx *sqldb.Tx) (err error) {
		tables, err = r.prepare(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return r.fillAll(ctx, tables, func(fn func(*sqldb.Tx) error) error { return r.DB.Write(ctx, fn) })
}

// fill fills the tables within one transaction.
func (r *restorer) fill(ctx context.Context, tx *sqldb.Tx, put into) error {
	tables, err := r.prepare(ctx, tx)
	if err != nil {
		return err
	}
	return sqldb.Unchecked(ctx, tx, tables, func() error { return r.fillAll(ctx, tables, put) })
}

// prepare holds the tables to those of the backup and takes out what a new
// archive begins with.
func (r *restorer) prepare(ctx context.Context, tx *sqldb.Tx) ([]sqldb.Table, error) {
	tables, err := sqldb.Tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	if len(tables) != len(r.Manifest.Tables) {
		return nil, fmt.Errorf("the backup has %d tables, an archive of its schema (%d) has %d", len(r.Manifest.Tables), r.Manifest.Schema, len(tables))
	}
	for _, t := range tables {
		if taken := r.taken(t); taken == nil || !taken.holds(t) {
			return nil, fmt.Errorf("the table %s is not in the backup as an archive of its schema (%d) has it", t.Name, r.Manifest.Schema)
		}
	}
	for i := len(tables) - 1; i >= 0; i-- {
		if err := tables[i].Clear(ctx, tx); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// taken is the table as the backup holds it.
func (r *restorer) taken(t sqldb.Table) *Table {
	for i := range r.Manifest.Tables {
		if r.Manifest.Tables[i].Name == t.Name {
			return &r.Manifest.Tables[i]
		}
	}
	return nil
}

func (r *restorer) fillAll(ctx context.Context, tables []sqldb.Table, put into) error {
	for _, t := range tables {
		if err := r.fillTable(ctx, t, put); err != nil {
			return fmt.Errorf("the table %s: %w", t.Name, err)
		}
		err := put(func(tx *sqldb.Tx) error {
			last, err := t.Last(ctx, tx)
			if err != nil {
				return err
			}
			return t.Continue(ctx, tx, max(last, r.taken(t).Last))
		})
		if err != nil {
			return err
		}
	}
	return put(func(tx *sqldb.Tx) error { return sqldb.CheckReferences(ctx, tx) })
}

// batch is rows on their way into one transaction, a statement each.
type batch struct {
	statements [][][]any
	last       int // bytes of the statement that is being filled
	bytes      int
}

func (b *batch) add(row []any, size, fits int) {
	n := len(b.statements)
	if n == 0 || len(b.statements[n-1]) >= fits || b.last+size > statementBytes {
		b.statements = append(b.statements, nil)
		b.last = 0
		n++
	}
	b.statements[n-1] = append(b.statements[n-1], row)
	b.last += size
	b.bytes += size
}

func (b *batch) put(ctx context.Context, tx *sqldb.Tx, t sqldb.Table) error {
	for _, rows := range b.statements {
		if err := t.Add(ctx, tx, rows); err != nil {
			return err
		}
	}
	return nil
}

func (r *restorer) fillTable(ctx context.Context, t sqldb.Table, put into) error {
	taken := r.taken(t)
	return r.read(ctx, taken.entry(), func(from io.Reader) error {
		rows := newRowReader(io.TeeReader(from, &counter{to: io.Discard, told: r.told}), taken.Columns)
		for more := true; more; {
			var b batch
			for b.bytes < transactionBytes {
				row, size, err := rows.next()
				if err == io.EOF {
					more = false
					break
				}
				if err != nil {
					return err
				}
				b.add(row, size, t.Fits())
			}
			if err := put(func(tx *sqldb.Tx) error { return b.put(ctx, tx, t) }); err != nil {
				return err
			}
		}
		if rows.rows != taken.Rows {
			return fmt.Errorf("there are %d rows and not %d", rows.rows, taken.Rows)
		}
		return nil
	})
}

// compare reads every table again: both databases write a row alike, so the
// sums must be those of the backup.
func (r *restorer) compare(ctx context.Context) error {
	return r.DB.Read(ctx, func(tx *sqldb.Tx) error {
		tables, err := sqldb.Tables(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			hash := sha256.New()
			rows, err := writeRows(ctx, tx, t, false, &counter{to: hash, told: r.told})
			if err != nil {
				return err
			}
			if taken := r.taken(t); taken == nil || sumOf(hash) != taken.SHA256 || rows != taken.Rows {
				return fmt.Errorf("the table %s does not read as it was written", t.Name)
			}
		}
		return nil
	})
}

// IsFree reports whether nothing is in a bucket but what the backup would put
// there: a restore that was broken off may be repeated.
func (o *Opened) IsFree(ctx context.Context, bucket media.Bucket) error {
	mine := make(map[string]bool, len(o.Manifest.Files))
	for _, f := range o.Manifest.Files {
		mine[f.Key] = true
	}
	return bucket.Each(ctx, func(key string, _ int64) error {
		if !mine[key] {
			return fmt.Errorf("%w: it holds the file %s", errTaken, key)
		}
		return nil
	})
}

// IsEmpty refuses a bucket that holds anything: what a restore puts there is
// taken away again when it fails, and must be nobody else's.
func IsEmpty(ctx context.Context, bucket media.Bucket) error {
	return bucket.Each(ctx, func(key string, _ int64) error {
		return fmt.Errorf("%w: it holds the file %s", errTaken, key)
	})
}

// errTaken is a place that is not empty.
var errTaken = errors.New("the place for files is not empty")

// TakeAway forgets the files a restore that failed has put into a bucket.
func (o *Opened) TakeAway(ctx context.Context, bucket media.Bucket) error {
	var all error
	for _, f := range o.Manifest.Files {
		if err := bucket.Delete(ctx, f.Key); err != nil && !errors.Is(err, archive.ErrNotFound) {
			all = errors.Join(all, err)
		}
	}
	return all
}
