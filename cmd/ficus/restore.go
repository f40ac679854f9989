package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/schollz/progressbar/v3"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// restoreCmd makes an archive of a backup.
type restoreCmd struct {
	where
	files
	File string `arg:"" help:"A file that ficus backup made."`

	again bool // a restore to the same places was broken off here
}

// restoreMark is the file that makes a folder one in which a restore did not
// come to its end.
const restoreMark = "ficus-restoring"

// whole refuses a folder in which a restore, or what generates an archive, did
// not come to its end.
func (w where) whole() error {
	if _, err := os.Stat(filepath.Join(w.Data, generateMark)); err == nil {
		return fmt.Errorf("%s holds an archive that was only half generated: run ficus generate once more with --data %s, or take the folder away", w.Data, w.Data)
	}
	if _, err := os.Stat(filepath.Join(w.Data, restoreMark)); err == nil {
		return fmt.Errorf("%s holds an archive that was only half restored: run ficus restore once more with --data %s", w.Data, w.Data)
	}
	return nil
}

// Run restores, or leaves nothing behind.
func (c *restoreCmd) Run(s *streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	opened, err := backup.Open(c.File, store.Schema())
	if err != nil {
		return err
	}
	defer opened.Close()
	if err := c.free(); err != nil {
		return err
	}
	told, end := progress(s, "Reading the backup", progressbar.OptionShowBytes(true))
	err = opened.Prove(ctx, told)
	end()
	if err != nil {
		return stopped(ctx, err, "nothing was restored")
	}
	if err := c.restore(ctx, s, opened); err != nil {
		return stopped(ctx, err, "nothing was restored")
	}
	return c.tell(s.Out, opened.Manifest)
}

// free refuses a data folder with something in it. What a restore that was
// killed has left there is taken away.
func (c *restoreCmd) free() error {
	entries, err := os.ReadDir(c.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--data %s: %w", c.Data, err)
	}
	if c.hasOnlyBegun(entries) {
		if err := c.isServed(); err != nil {
			return err
		}
		return c.forget()
	}
	if c.whole() != nil {
		return c.freeAgain()
	}
	if _, err := os.Lstat(c.databasePath()); c.Database != "" && err == nil {
		return fmt.Errorf("%s holds an archive of its own: restore with a new folder as --data, and keep this one until you have looked at both", c.Data)
	}
	if len(entries) > 0 && c.Database == "" {
		return fmt.Errorf("%s is not empty: restore into a new folder with --data, and look at both before you throw one away", c.Data)
	}
	return nil
}

// freeAgain takes away what a restore to the same places has left.
func (c *restoreCmd) freeAgain() (err error) {
	if c.again, err = c.marked(); err != nil {
		return err
	}
	if !c.again { // what stands here may be somebody's archive
		return fmt.Errorf("a restore with another --files or --database was broken off in %s: repeat it as it was, or name a new folder with --data", c.Data)
	}
	if err := c.isServed(); err != nil {
		return err
	}
	return c.takeAway(true)
}

// restore puts everything back, under a mark that stands until all of it is.
func (c *restoreCmd) restore(ctx context.Context, s *streams, opened *backup.Opened) (err error) {
	_, statErr := os.Stat(c.Data)
	isNew := errors.Is(statErr, fs.ErrNotExist)
	_, statErr = os.Stat(c.filesPlace(c.where))
	filesNew := errors.Is(statErr, fs.ErrNotExist)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", media.Full(err))
	}
	release, err := sqldb.LockFolder(c.Data)
	if err != nil {
		return err
	}
	defer release()
	if err := c.filesAreFree(ctx, opened); err != nil {
		if isNew {
			err = errors.Join(err, os.RemoveAll(c.Data))
		}
		return err
	}
	if err := c.mark(); err != nil {
		return err
	}
	db, bucket, err := c.openPlaces(ctx, s, opened.Manifest.Schema)
	if err == nil {
		told, end := progress(s, "Restoring", progressbar.OptionShowBytes(true))
		err = opened.Restore(ctx, backup.Place{DB: db, Bucket: bucket, Schema: store.Schema()}, told)
		end()
		if err == nil {
			err = endLinks(ctx, db)
		}
		err = errors.Join(err, db.Close())
		if err != nil {
			err = errors.Join(err, opened.TakeAway(context.WithoutCancel(ctx), bucket))
		}
	}
	if err != nil {
		return errors.Join(err, c.undo(isNew, filesNew))
	}
	return errors.Join(os.Remove(filepath.Join(c.Data, restoreMark)), media.SyncFolder(c.Data))
}

// filesAreFree refuses a place for files that holds some, before anything says
// that they are this restore's to take away. Those a broken restore has put
// into the same place may be there.
func (c *restoreCmd) filesAreFree(ctx context.Context, opened *backup.Opened) error {
	place := c.filesPlace(c.where)
	if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) && !strings.HasPrefix(place, "s3://") {
		return nil
	}
	bucket, err := media.Open(ctx, place)
	if err != nil {
		return err
	}
	if c.again {
		err = opened.IsFree(ctx, bucket)
	} else {
		err = backup.IsEmpty(ctx, bucket)
	}
	if err != nil {
		err = fmt.Errorf("%w: empty it, or name another place with --files", err)
	}
	return err
}

// places tells in a mark which places it is about: by a sum, for their
// addresses may hold passwords.
func (c *restoreCmd) places() string {
	return fmt.Sprintf("%x\n", sha256.Sum256([]byte(c.filesPlace(c.where)+"\n"+c.Database)))
}

// marked reports whether the mark is about the same places.
func (c *restoreCmd) marked() (bool, error) {
	said, err := os.ReadFile(filepath.Join(c.Data, restoreMark))
	return strings.HasSuffix(string(said), c.places()), err
}

// markedWhole is what the mark says.
func (c *restoreCmd) markedWhole() string {
	return "A restore has begun here and has not come to its end.\n" + c.places()
}

// isServed refuses a folder that another process holds.
func (w where) isServed() error {
	release, err := sqldb.LockFolder(w.Data)
	if err != nil {
		return err
	}
	release()
	return nil
}

// hasOnlyBegun reports whether the folder holds nothing but what a restore
// leaves that was killed before its mark was whole: nothing was restored
// before that.
func (c *restoreCmd) hasOnlyBegun(entries []fs.DirEntry) bool {
	for _, e := range entries {
		switch e.Name() {
		case sqldb.LockName:
		case restoreMark:
			said, err := os.ReadFile(filepath.Join(c.Data, restoreMark))
			if err != nil || len(said) >= len(c.markedWhole()) {
				return false
			}
		default:
			return false
		}
	}
	return len(entries) > 0
}

// mark writes the mark, down to the disk.
func (c *restoreCmd) mark() error {
	file, err := os.OpenFile(filepath.Join(c.Data, restoreMark), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return media.Full(err)
	}
	_, err = io.WriteString(file, c.markedWhole())
	return media.Full(errors.Join(err, file.Sync(), file.Close(), media.SyncFolder(c.Data)))
}

// openPlaces opens the bucket and an empty database, or says that it is not
// empty.
func (c *restoreCmd) openPlaces(ctx context.Context, s *streams, schema int64) (db *sqldb.DB, bucket media.Bucket, err error) {
	if bucket, err = media.Open(ctx, c.filesPlace(c.where)); err != nil {
		return nil, nil, err
	}
	options := sqldb.Options{PostgresURL: c.Database, Logger: quiet(s), Unchecked: true}
	if c.Database == "" {
		options.SQLitePath = c.databasePath()
	}
	if db, err = sqldb.Open(ctx, options); err != nil {
		return nil, nil, err
	}
	if err := untouched(ctx, db, schema); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, bucket, nil
}

// endLinks ends the links sent by mail that may have been used since the backup.
func endLinks(ctx context.Context, db *sqldb.DB) error {
	st, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error { return tx.Proofs.EndRevived(ctx) })
}

// untouched refuses a database in which something has happened.
func untouched(ctx context.Context, db *sqldb.DB, schema int64) error {
	have, _, err := db.SchemaVersion(ctx, store.Schema())
	if err != nil || have == 0 {
		return err
	}
	head := int64(-1)
	if have == schema {
		st, err := store.New(db, archive.SystemClock{})
		if err != nil {
			return err
		}
		err = st.Read(ctx, func(tx *store.Tx) error {
			head, err = tx.Log.Head(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	if head != 0 {
		return errors.New("the database is not empty: give --database one in which nothing was made yet")
	}
	return nil
}

// undo takes away what a restore that failed has made.
func (c *restoreCmd) undo(isNew, filesNew bool) error {
	if filesNew && !strings.HasPrefix(c.Files, "s3://") {
		if err := os.RemoveAll(c.filesPlace(c.where)); err != nil {
			return err
		}
	}
	err := c.takeAway(filesNew)
	if isNew && err == nil { // only now: the mark has to go last
		err = os.RemoveAll(c.Data)
	}
	return err
}

// takeAway removes what a restore puts into a data folder, the mark last.
func (c *restoreCmd) takeAway(filesToo bool) error {
	var all error
	if c.Database == "" {
		for _, end := range []string{"", "-wal", "-shm", ".migrating"} {
			all = errors.Join(all, os.RemoveAll(c.databasePath()+end))
		}
	}
	if filesToo && c.Files == "" {
		all = errors.Join(all, os.RemoveAll(c.filesPlace(c.where)))
	}
	if all != nil {
		return all
	}
	return c.forget()
}

// forget removes the lock and the mark, which were the first that was made.
func (c *restoreCmd) forget() error {
	return errors.Join(os.RemoveAll(filepath.Join(c.Data, sqldb.LockName)), os.RemoveAll(filepath.Join(c.Data, restoreMark)))
}

// tell ends with the counts.
func (c *restoreCmd) tell(to io.Writer, m backup.Manifest) error {
	var b strings.Builder
	for _, t := range m.Tables {
		if t.Rows > 0 {
			fmt.Fprintf(&b, "%9d  %s\n", t.Rows, t.Name)
		}
	}
	place := c.Data
	if c.Database != "" {
		place = "the database"
	}
	fmt.Fprintf(&b, "Restored %s into %s, as the archive was at %s.\nEveryone signs in again; passwords and keys to the API are those of then.\n",
		held(m), place, m.MadeAt.Format("2 January 2006 15:04 MST"))
	_, err := io.WriteString(to, b.String())
	return err
}
