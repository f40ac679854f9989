package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/store"
)

// files says where the files of an archive are, for commands that take them
// too.
type files struct {
	Files string `env:"FICUS_FILES" placeholder:"PLACE" help:"Where pictures and originals are kept: a folder, or s3://KEY:SECRET@HOST/BUCKET. Otherwise in the data folder."`
}

// backupCmd makes a whole archive one file, beside a running server.
type backupCmd struct {
	where
	files
	File string `arg:"" help:"The file to make: a zip that holds everything."`
}

// Run makes the backup.
func (c *backupCmd) Run(s *streams) error {
	if !c.exists() {
		return fmt.Errorf("there is no archive in %s to back up; name its folder with --data", c.Data)
	}
	if c.Database == "" && isDemo(c.Data) {
		return fmt.Errorf("%s holds the demo archive, whose passwords are public; ficus demo makes another", c.Data)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	db, err := c.open(ctx, quiet(s))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.CheckSchema(ctx, store.Schema()); err != nil {
		return err
	}
	place := c.filesPlace(c.where)
	if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) && c.Files == "" && c.Database != "" {
		return fmt.Errorf("there are no files in %s; say where they are with --files, or --data", place)
	}
	bucket, err := media.Open(ctx, place)
	if err != nil {
		return err
	}
	told, end := progress(s, "Backing up", progressbar.OptionShowBytes(true))
	made, err := backup.Make(ctx, backup.Place{DB: db, Bucket: bucket, Schema: store.Schema()}, c.File, build(), archive.SystemClock{}, told)
	end()
	if err != nil {
		return stopped(ctx, err, "no backup was made")
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Backed up %s to %s (%s), and read it again: it is whole.\n", held(made), c.File, megabytes(info.Size()))
	return err
}

// filesPlace is where files are kept; unless told, in the data folder.
func (f files) filesPlace(w where) string {
	if f.Files != "" {
		return f.Files
	}
	return filepath.Join(w.Data, "files")
}

// held says how much a backup holds.
func held(m backup.Manifest) string {
	return fmt.Sprintf("%d rows of %d tables and %d files", m.Rows(), len(m.Tables), len(m.Files))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// quiet is a log of what goes wrong, for commands.
func quiet(s *streams) *slog.Logger {
	return slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// stopped says of an act that the person broke off what became of it.
func stopped(ctx context.Context, err error, become string) error {
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; %s", become)
	}
	return err
}

// How the bar is drawn.
const (
	barEvery = 100 * time.Millisecond
	barWidth = 30
)

// progress draws a bar on standard error when that is a terminal; end takes it
// away.
func progress(s *streams, doing string, counts ...progressbar.Option) (told backup.Told, end func()) {
	screen, is := s.Err.(*os.File)
	if !is || !term.IsTerminal(int(screen.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions64(1, append(counts, progressbar.OptionSetWriter(screen), progressbar.OptionSetDescription(doing),
		progressbar.OptionThrottle(barEvery), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(barWidth))...)
	told = func(done, whole int64) {
		if whole != bar.GetMax64() {
			bar.ChangeMax64(whole)
		}
		_ = bar.Set64(done) // a bar that cannot be drawn is no reason to stop
	}
	return told, func() { _ = bar.Clear() }
}
