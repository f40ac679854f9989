package sqldb

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// SQLite writes what is committed into its log (the -wal file), and somebody copies it into the
// file: usually the writer whose commit makes the log longer than a thousand pages, who then waits
// for all of it. A reader of hours, as a backup is, keeps the log from being copied, and the first
// writer after it would wait for what was written in those hours. So the copying is done beside the
// writers, who only fold what little came meanwhile when the log is to begin anew.
const (
	foldEvery = time.Second
	foldWhole = 4096 // pages from which on the log is to begin anew
	foldRest  = 1024 // pages a writer may be asked to copy; more only if the log is far longer
	foldShare = 8
)

// A log that grew long stays long until somebody cuts it. SQLite can do that in the commit with which
// the log begins anew, all at once: for some hundred megabytes a file system takes a quarter of a
// second, in which nobody writes. So it is cut a little each time.
const (
	logKept = 64 << 20 // bytes that a log may keep
	logCut  = 16 << 20 // bytes it loses at a time
	uncut   = -1
)

const foldLog = `PRAGMA wal_checkpoint(PASSIVE)`

// folding copies the log into the file, on a connection of its own.
type folding struct {
	path    string
	pragmas []string
	conn    *conn        // nil until there is something to fold
	wrote   atomic.Bool  // since the last look
	due     atomic.Bool  // the next writer is to fold the rest
	cut     atomic.Int64 // the length to which the log is to be cut when it begins anew, or uncut
	told    int64        // the same, as the writing connection knows it
	stop    chan struct{}
	once    sync.Once
	stopped sync.WaitGroup
}

func beginFolding(path string, cacheKiB int) *folding {
	f := &folding{path: path, pragmas: sqlitePragmas(cacheKiB, nil), stop: make(chan struct{}), told: uncut}
	f.cut.Store(uncut)
	f.stopped.Go(f.run)
	return f
}

func (f *folding) run() {
	tick := time.NewTicker(foldEvery)
	defer tick.Stop()
	left := false
	for {
		select {
		case <-f.stop:
			return
		case <-tick.C:
			if f.wrote.Swap(false) || left {
				left = f.fold()
			}
		}
	}
}

// fold copies what may be copied, and reports whether some is left. What fails, as on a full disk,
// is tried again; the log holds everything until then.
func (f *folding) fold() (left bool) {
	log, folded, err := f.copyLog()
	if err != nil {
		return true
	}
	f.cut.Store(f.cutTo(folded < log))
	if log >= foldWhole && log-folded <= max(foldRest, log/foldShare) {
		f.due.Store(true)
	}
	return folded < log
}

func (f *folding) copyLog() (log, folded int64, err error) {
	if f.conn == nil {
		if f.conn, err = openConn(f.path, true, f.pragmas); err != nil {
			return 0, 0, err
		}
	}
	tx := &Tx{conn: f.conn, engine: SQLite, translate: sqliteError}
	var busy int64
	err = tx.QueryRow(context.Background(), foldLog).Scan(&busy, &log, &folded)
	return log, folded, err
}

// cutTo is the length to which the log is to be cut when it begins anew. While it may still grow it
// is not to be cut at all: whatever was the length before, it would be far too short.
func (f *folding) cutTo(left bool) int64 {
	info, err := os.Stat(f.path + "-wal")
	if err != nil || left || info.Size() <= logKept {
		return uncut
	}
	return max(logKept, info.Size()-logCut)
}

// committed tells that conn has committed, and folds the rest if that is due.
func (f *folding) committed(c *conn) error {
	f.wrote.Store(true)
	if cut := f.cut.Load(); cut != f.told {
		f.told = cut
		if err := c.run(fmt.Sprintf("PRAGMA journal_size_limit(%d)", cut)); err != nil {
			return err
		}
	}
	if !f.due.Swap(false) {
		return nil
	}
	return c.run(foldLog)
}

func (f *folding) close() {
	f.once.Do(func() {
		close(f.stop)
		f.stopped.Wait()
		if f.conn != nil {
			f.conn.close()
		}
	})
}
