// Package finding reads out of works and chapters the words they are found by,
// and out of names that came without theirs, behind everybody else: never while somebody waits for a text to be saved. It
// follows the log, and reads all works anew where nothing was read yet.
package finding

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

const (
	// lookEvery is how soon what was posted is found, about.
	lookEvery = time.Second
	// leaseFor is when another process reads on, if this one falls silent.
	leaseFor = time.Minute
	// The lease of who reads.
	reader = "finding"
	// eventsAtOnce and worksAtOnce are read at most before it is noted how far:
	// most of what happens, comments and kudos, changes no text.
	eventsAtOnce = 1000
	worksAtOnce  = 25
)

// Finding reads works for one archive.
type Finding struct {
	store  *store.Store
	site   func() archive.Site
	log    *slog.Logger
	holder string // of the lease
	worth  int64  // see worthCounting
	paired paired // the words that make pairs, as they were last read
}

// New makes what reads works; site tells whether chapters are read too.
func New(s *store.Store, site func() archive.Site, log *slog.Logger) *Finding {
	return &Finding{store: s, site: site, log: log, holder: rand.Text(), worth: worthCounting}
}

// Run reads until ctx ends. It is to be called by what gives way.
func (f *Finding) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := f.CatchUp(ctx); err != nil && ctx.Err() == nil {
			f.log.WarnContext(ctx, "the words of works could not be read; searches find older ones until they can", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// CatchUp reads all that has to be read, unless another process does.
func (f *Finding) CatchUp(ctx context.Context) error {
	for read := false; ; read = true {
		more, err := f.readNames(ctx)
		if !more && err == nil {
			more, err = f.step(ctx)
		}
		if more && err == nil {
			continue
		}
		if read || err != nil { // so that nobody waits the lease out
			err = errors.Join(err, f.store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
				return tx.Log.DropLease(context.WithoutCancel(ctx), reader, f.holder)
			}))
		}
		return err
	}
}

// due is what has to be read next.
type due struct {
	read        store.PassagesRead // where it was begun
	works, gone []int64
	then        store.PassagesRead // where it ends
	count       int64              // of so many chapters common words are to be counted first
}

// step reads a little, and reports whether there was something to read.
func (f *Finding) step(ctx context.Context) (more bool, err error) {
	d, more, err := f.take(ctx)
	if err != nil || !more {
		return false, err
	}
	if d.count > 0 {
		return true, f.sample(ctx, d.count)
	}
	g, err := f.gatherDue(ctx, d)
	if err != nil {
		return false, err
	}
	return true, f.finish(ctx, d, &g)
}

// take tells what has to be read, if it is this process that reads.
func (f *Finding) take(ctx context.Context) (d due, more bool, err error) {
	if d, more, err = f.next(ctx); err != nil || !more {
		return d, false, err
	}
	mine := false
	err = f.store.Write(ctx, func(tx *store.Tx) (err error) {
		mine, err = tx.Log.TakeLease(ctx, reader, f.holder, tx.Now.Add(leaseFor))
		return err
	})
	if err != nil || !mine {
		return d, false, err
	}
	return f.next(ctx) // as it is now that it is ours
}

// gatherDue reads what is due, and keeps what is enough to be kept.
func (f *Finding) gatherDue(ctx context.Context, d due) (g gathered, err error) {
	g.begun = d.read
	if g.isPaired, err = f.pairing(ctx, g.begun.Pairs); err != nil {
		return g, err
	}
	for _, work := range append(d.gone, d.works...) {
		if err := f.read(ctx, &g, work, d.then.Chapters); err != nil {
			return g, err
		}
	}
	return g, nil
}

// finish keeps what is left of it, and then how far works have been read.
func (f *Finding) finish(ctx context.Context, d due, g *gathered) error {
	if err := f.keep(ctx, g); err != nil {
		return err
	}
	return f.note(ctx, d)
}

// next tells what has to be read.
func (f *Finding) next(ctx context.Context) (d due, more bool, err error) {
	chapters := f.site().SearchTexts
	err = f.store.Read(ctx, func(tx *store.Tx) error {
		d, more = due{}, false
		head, err := tx.Log.Head(ctx)
		if err != nil {
			return err
		}
		d.read, err = tx.Passages.Read(ctx)
		isNew := errors.Is(err, archive.ErrNotFound)
		if err != nil && !isNew {
			return err
		}
		if isNew || d.read.Chapters != chapters { // all works, from the first
			d.then, more = d.read, true
			d.then.Work, d.then.Chapters = 0, chapters
			if isNew {
				d.then.Event, d.then.Again = head, store.AllWorks
			}
			return nil
		}
		d.then = d.read
		if d.count, err = f.isDue(ctx, tx, d.read); err != nil || d.count > 0 {
			more = true
			return err
		}
		if head > d.read.Event {
			more = true
			return d.heed(ctx, tx)
		}
		more, err = d.walk(ctx, tx)
		return err
	})
	return d, more, err
}

// walk reads on through all works; and once they are read, through them again
// if there are more pairs since then.
func (d *due) walk(ctx context.Context, tx *store.Tx) (more bool, err error) {
	read, then := d.read.Work, &d.then.Work
	if read == store.AllWorks {
		read, then = d.read.Again, &d.then.Again
	}
	if read == store.AllWorks {
		return false, nil
	}
	*then = store.AllWorks
	if d.works, d.gone, err = tx.Passages.Next(ctx, read, worksAtOnce); err == nil && len(d.works) == worksAtOnce {
		*then = d.works[worksAtOnce-1]
	}
	if d.then.Again == store.AllWorks {
		d.then.Paired = d.then.Pairs
	}
	return true, err
}

// heed reads what happened. Where the log was trimmed meanwhile, all works are
// read anew.
func (d *due) heed(ctx context.Context, tx *store.Tx) error {
	events, err := tx.Log.After(ctx, d.read.Event, eventsAtOnce)
	if err != nil {
		return err
	}
	if len(events) == 0 || events[0].ID != d.read.Event+1 {
		head, err := tx.Log.Head(ctx)
		d.then.Event, d.then.Work = head, 0
		return err
	}
	seen := map[int64]bool{0: true}
	for _, e := range events {
		if d.then.Event = e.ID; seen[e.Work] || archive.RereadFor(e.Kind) != archive.RereadWork {
			continue
		}
		seen[e.Work] = true
		if d.works = append(d.works, e.Work); len(d.works) == worksAtOnce {
			break
		}
	}
	return nil
}

// note keeps how far works have been read, while the lease is this process's.
func (f *Finding) note(ctx context.Context, d due) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		if err := f.isMine(ctx, tx, d.read); err != nil {
			return err
		}
		return tx.Passages.SetRead(ctx, d.then)
	})
}

// isMine keeps the lease; errTaken when another process has it, or had it since
// this one began, and read on: what was gathered before may be older than what
// stands, and is thrown away.
func (f *Finding) isMine(ctx context.Context, tx *store.Tx, begun store.PassagesRead) error {
	mine, err := tx.Log.TakeLease(ctx, reader, f.holder, tx.Now.Add(leaseFor))
	if err != nil {
		return err
	}
	stands, err := tx.Passages.Read(ctx)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return err
	}
	if !mine || stands != begun {
		return errTaken
	}
	return nil
}
