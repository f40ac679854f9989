package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"ficus/internal/archive"
	"ficus/internal/generate"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// generateCmd makes a believable archive of made-up works.
type generateCmd struct {
	where
	Works int    `required:"" placeholder:"N" help:"How many works, up to 20,000,000. A million take some minutes and 4 GB."`
	Seed  uint64 `default:"1" help:"Another number makes another archive, the same number the same; otherwise ${default}."`
	Until string `default:"2026-11-01" placeholder:"DATE" help:"The day before which the youngest work was posted; otherwise ${default}."`
}

// generateMark is the file that makes a folder one in which an archive is being
// generated, or was until that was broken off.
const generateMark = "ficus-generating"

// generateCache is what SQLite keeps of the file while it is filled.
const generateCache = 256_000

// Run makes the archive, or leaves nothing behind.
func (c *generateCmd) Run(s *streams) error {
	until, err := time.Parse(time.DateOnly, c.Until)
	if err != nil {
		return fmt.Errorf("--until %q is not a day such as 2026-11-01", c.Until)
	}
	planned, err := generate.New(generate.Plan{Works: c.Works, Seed: c.Seed, Until: until})
	if err != nil {
		return fmt.Errorf("--works %d: %w", c.Works, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.Database != "" {
		err = c.fill(ctx, s, planned)
	} else {
		err = c.fillFolder(ctx, s, planned)
	}
	if errors.Is(err, sqldb.ErrFull) {
		return fmt.Errorf("there is no room left for %d works; nothing was made", c.Works)
	}
	if err != nil {
		return stopped(ctx, err, "nothing was made")
	}
	place := "--data " + c.Data
	if c.Database != "" {
		place = "the same --database"
	}
	_, err = fmt.Fprintf(s.Out, "Made %d works by %d writers under %d tags. Nobody signs in as one of them: make yourself an account with ficus user create NAME --staff and %s.\n",
		c.Works, planned.Writers(), planned.Count(), place)
	return err
}

// fillFolder makes the archive in a folder, under a mark that stands until it
// is whole.
func (c *generateCmd) fillFolder(ctx context.Context, s *streams, planned *generate.Archive) (err error) {
	isNew, err := c.free()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", media.Full(err))
	}
	release, err := sqldb.LockFolder(c.Data)
	if err != nil {
		return err
	}
	defer release()
	mark := filepath.Join(c.Data, generateMark)
	if err := os.WriteFile(mark, []byte("An archive is being generated here.\n"), 0o600); err != nil {
		return media.Full(err)
	}
	if cause := c.fill(ctx, s, planned); cause != nil {
		if err := c.takeAway(); err != nil || !isNew {
			return errors.Join(cause, err)
		}
		return errors.Join(cause, os.RemoveAll(c.Data)) // only now: the mark has to go last
	}
	return errors.Join(os.Remove(mark), media.SyncFolder(c.Data))
}

// free refuses a folder that holds something, and takes away what was broken
// off in it.
func (c *generateCmd) free() (isNew bool, err error) {
	entries, err := os.ReadDir(c.Data)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("--data %s: %w", c.Data, err)
	case len(entries) == 0:
		return false, nil
	}
	hasOnlyBegun := len(entries) == 1 && entries[0].Name() == sqldb.LockName // killed before its mark
	if _, err := os.Lstat(filepath.Join(c.Data, generateMark)); err != nil && !hasOnlyBegun {
		return false, fmt.Errorf("%s is not empty: generate an archive in a new folder, with --data", c.Data)
	}
	if err := c.isServed(); err != nil {
		return false, err
	}
	return false, c.takeAway()
}

// takeAway removes what generating puts into a folder, the mark last.
func (c *generateCmd) takeAway() error {
	var all error
	for _, end := range []string{"", "-wal", "-shm", ".migrating"} {
		all = errors.Join(all, os.RemoveAll(c.databasePath()+end))
	}
	if all != nil {
		return all
	}
	return errors.Join(os.RemoveAll(filepath.Join(c.Data, sqldb.LockName)), os.RemoveAll(filepath.Join(c.Data, generateMark)))
}

// fill opens the database and fills it; PostgreSQL takes all of it in one
// transaction or nothing.
func (c *generateCmd) fill(ctx context.Context, s *streams, planned *generate.Archive) (err error) {
	options := sqldb.Options{PostgresURL: c.Database, Logger: quiet(s), Unchecked: true, CacheKiB: generateCache}
	if c.Database == "" {
		options.SQLitePath = c.databasePath()
	}
	db, err := sqldb.Open(ctx, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, want, err := db.SchemaVersion(ctx, store.Schema())
	if err != nil {
		return err
	}
	if err := untouched(ctx, db, want); err != nil {
		return err
	}
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return err
	}
	st, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return err
	}
	told, end := progress(s, "Generating")
	if told == nil {
		told = tenths(s.Err)
	}
	defer end()
	return planned.Fill(ctx, generate.Filling{Store: st, Whole: c.Database != "", Told: generate.Told(told)})
}

// tenths tells of every tenth, where no bar can be drawn.
func tenths(to io.Writer) func(done, whole int64) {
	said := int64(0)
	return func(done, whole int64) {
		if tenth := 10 * done / max(whole, 1); tenth > said {
			said = tenth
			fmt.Fprintf(to, "%d %%\n", 10*tenth)
		}
	}
}
