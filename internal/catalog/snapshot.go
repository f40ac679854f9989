package catalog

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Snapshot is where a process keeps what it has read of all works, so that its
// next start need not read them again (decision 0296). The tables are the truth:
// a snapshot that does not agree with their log is thrown away.
type Snapshot struct {
	Path    string // of the file; none: nothing is kept
	Program string // which program; of another one nothing is believed
}

// snapshotHead is what a snapshot begins with, as one line.
type snapshotHead struct {
	Program string
	Event   int64           // the newest it knows of
	At      int64           // when that happened, microseconds: another archive has another log
	Due     map[int64]int64 // works that are scheduled, and for when
	Size    int64           // bytes of the index after it
	Sum     uint32          // of those bytes
}

const (
	// replayedMost is how many events are followed from a snapshot; after more of
	// them everything is read anew, which is no slower.
	replayedMost = 200_000
	// figuresEach is how many works' figures are read at a time after a snapshot:
	// who reads a work leaves no event.
	figuresEach = 500
	sumBuffer   = 1 << 20
)

var (
	errNoSnapshot  = errors.New("there is none that can be used")
	castagnoli     = crc32.MakeTable(crc32.Castagnoli)
	errManyEvents  = fmt.Errorf("too much has happened since: %w", errNoSnapshot)
	errOtherLog    = fmt.Errorf("it is of another archive, or its log was trimmed: %w", errNoSnapshot)
	errOtherMaker  = fmt.Errorf("it is of another program: %w", errNoSnapshot)
	errBrokenBytes = fmt.Errorf("it is broken: %w", errNoSnapshot)
)

// Keep keeps what was read of all works for the next start. Until it is done
// nothing is read anew.
func (c *Catalog) Keep(ctx context.Context) error {
	if c.Snapshot.Path == "" || !c.found.filled.Load() {
		return nil
	}
	head := snapshotHead{Program: c.Snapshot.Program, Event: c.cursor.Load()}
	if err := c.catchUp(ctx); err != nil { // it knows of every event up to that one
		return err
	}
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		e, err := tx.Log.Find(ctx, head.Event)
		head.At = e.At.UnixMicro()
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return nil // nothing has ever happened
	}
	if err != nil {
		return err
	}
	if err := c.found.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.found.reading.Release(1)
	head.Due = c.found.scheduled()
	if err := head.write(c.Snapshot.Path, c.found.index); err != nil {
		return fmt.Errorf("keep the catalogue: %w", err)
	}
	return nil
}

// write writes a snapshot beside the one before it, which it replaces once it is
// whole.
func (h snapshotHead) write(path string, x *index.Index) (err error) {
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Rename(fresh, path)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(fresh))
		}
	}()
	// The head says how long the index is and what its sum is, so it is written
	// last, in the room that is left for it.
	room, err := h.room()
	if err != nil {
		return err
	}
	if _, err := f.Write(room); err != nil {
		return err
	}
	sum := crc32.New(castagnoli)
	counted := &counter{to: io.MultiWriter(f, sum)}
	to := bufio.NewWriterSize(counted, sumBuffer)
	if err := errors.Join(x.Save(to), to.Flush()); err != nil {
		return err
	}
	h.Size, h.Sum = counted.bytes, sum.Sum32()
	packed, err := json.Marshal(h)
	if err != nil {
		return err
	}
	copy(room[8:], packed)
	if _, err := f.WriteAt(room, 0); err != nil {
		return err
	}
	return f.Sync()
}

// room is a place for the head: its length, and as many bytes as it may take.
func (h snapshotHead) room() ([]byte, error) {
	h.Size, h.Sum = 1<<62, 1<<31
	packed, err := json.Marshal(h)
	room := make([]byte, 8+len(packed))
	binary.LittleEndian.PutUint64(room, uint64(len(packed)))
	for i := range packed {
		room[8+i] = ' '
	}
	return room, err
}

// counter counts what is written.
type counter struct {
	to    io.Writer
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.bytes += int64(n)
	return n, err
}

// restored reports whether a snapshot filled the index. What has happened since
// is noted to be read.
func (c *Catalog) restored(ctx context.Context) bool {
	if c.Snapshot.Path == "" {
		return false
	}
	err := c.restore(ctx)
	if err != nil && !errors.Is(err, os.ErrNotExist) && ctx.Err() == nil {
		c.log.Info("works are read from the tables, for the snapshot of them is of no use", "error", err)
	}
	return err == nil
}

func (c *Catalog) restore(ctx context.Context) error {
	f, err := os.Open(c.Snapshot.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := readHead(f)
	switch {
	case err != nil:
		return err
	case head.Program != c.Snapshot.Program:
		return errOtherMaker
	}
	if err := c.replay(ctx, head); err != nil {
		return err
	}
	if err := head.restore(f, c.found.index); err != nil {
		return err
	}
	c.found.expectDue(head.Due)
	return nil
}

func readHead(f *os.File) (h snapshotHead, err error) {
	var length uint64
	if err := binary.Read(f, binary.LittleEndian, &length); err != nil || length > 1<<30 {
		return h, errBrokenBytes
	}
	packed := make([]byte, length)
	if _, err := io.ReadFull(f, packed); err != nil {
		return h, errBrokenBytes
	}
	if err := json.Unmarshal(packed, &h); err != nil {
		return h, errBrokenBytes
	}
	return h, nil
}

// restore gives the index what follows the head, once its sum was found right.
func (h snapshotHead) restore(f *os.File, x *index.Index) error {
	begin, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	sum := crc32.New(castagnoli)
	n, err := io.Copy(sum, bufio.NewReaderSize(f, sumBuffer))
	if err != nil {
		return err
	}
	if n != h.Size || sum.Sum32() != h.Sum {
		return errBrokenBytes
	}
	if _, err := f.Seek(begin, io.SeekStart); err != nil {
		return err
	}
	return x.Restore(bufio.NewReaderSize(f, sumBuffer), h.Size)
}

// replay notes what has happened between a snapshot and where the catalogue
// began to follow the log.
func (c *Catalog) replay(ctx context.Context, head snapshotHead) error {
	return c.store.Read(ctx, func(tx *store.Tx) error {
		known, err := tx.Log.Find(ctx, head.Event)
		if errors.Is(err, archive.ErrNotFound) || err == nil && known.At.UnixMicro() != head.At {
			return errOtherLog
		}
		if err != nil {
			return err
		}
		for after, replayed := head.Event, 0; ; {
			events, err := tx.Log.After(ctx, after, slice)
			if err != nil || len(events) == 0 {
				return err
			}
			if replayed += len(events); replayed > replayedMost {
				return errManyEvents
			}
			for _, e := range events {
				c.found.note(e)
			}
			after = events[len(events)-1].ID
		}
	})
}

// ReviewFigures reads the figures of all works anew, a few at a time, when a
// snapshot filled the index: who reads a work raises its hits and leaves no
// event. It is to be called by what gives way.
func (c *Catalog) ReviewFigures(ctx context.Context) {
	if c.found.isReviewed.Load() {
		return
	}
	if err := c.reviewFigures(ctx); err != nil && ctx.Err() == nil {
		c.log.Warn("figures of works could not be read anew; lists are sorted by older hits until they are read", "error", err)
		return
	}
	c.found.isReviewed.Store(true)
}

func (c *Catalog) reviewFigures(ctx context.Context) error {
	for last := int64(0); ; {
		if err := c.found.reading.Acquire(ctx, 1); err != nil {
			return err
		}
		err := c.store.Read(ctx, func(tx *store.Tx) error {
			works, err := tx.Indexed.WorksAfter(ctx, last, figuresEach)
			if err != nil || len(works) == 0 {
				last = 0
				return err
			}
			last = works[len(works)-1]
			return c.found.rereadFigures(ctx, tx, works)
		})
		c.found.reading.Release(1)
		if err != nil || last == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}
