package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"ficus/internal/accounts"
	"ficus/internal/api"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feedback"
	"ficus/internal/fetch"
	"ficus/internal/finding"
	"ficus/internal/jobs"
	"ficus/internal/mail"
	"ficus/internal/media"
	"ficus/internal/moderation"
	"ficus/internal/reading"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/web"
	"ficus/internal/web/asset"
	"ficus/internal/wrangling"
	"ficus/internal/writing"
)

// rooms is the whole program, built: what the doors stand on and what runs
// behind them.
type rooms struct {
	store    *store.Store
	known    *catalog.Catalog
	accounts *accounts.Accounts
	writing  *writing.Writing
	feedback *feedback.Feedback
	staff    *moderation.Moderation
	pages    *web.Web
	doors    http.Handler
	figures  net.Listener // with --metrics

	closers []func() error // in the order they are closed
}

// wire builds the whole graph, top to bottom as the floors stand.
func wire(ctx context.Context, c config, listening string) (r *rooms, err error) {
	r = &rooms{}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.close())
		}
	}()
	clock, limits := archive.SystemClock{}, archive.DefaultLimits()

	// Floor 1: engines, files, the ways out.
	ground, err := r.openGround(ctx, c, clock)
	if err != nil {
		return r, err
	}

	// Floor 2: statements, and what is known by heart.
	if r.store, err = store.New(ground.db, clock); err != nil {
		return r, err
	}
	known := catalog.New(r.store, c.beginning(), clock, c.log)
	known.Snapshot = c.snapshot()
	r.known = known
	if err := known.Load(ctx); err != nil {
		return r, err
	}

	// Floor 3: the verbs, and what runs behind the doors.
	if err := r.openVerbs(ground.bucket, known, clock, limits); err != nil {
		return r, err
	}
	r.feedback = feedback.New(r.store, limits, known.Site)
	tally := reading.NewTally(r.store, clock, c.log, r.accounts.Seen)
	if err := tally.Begin(ctx); err != nil {
		return r, err
	}
	site, err := siteOf(c)
	if err != nil {
		return r, err
	}
	told := mail.Site{Address: siteAddress(site, listening), Live: known.Site, Book: r.bindDeleted(siteAddress(site, listening))}
	runner, err := newRunner(c, r, ground, told, clock, limits)
	if err != nil {
		return r, err
	}
	r.store.Applied = heardBy(known, runner)

	// Floor 4: the doors.
	pages := web.Rooms{
		Store: r.store, Catalog: known, Accounts: r.accounts, Writing: r.writing, Feedback: r.feedback,
		Moderation: r.staff, Wrangling: wrangling.New(r.store), Tally: tally, Memory: reading.NewMemory(r.store, known, limits), Bucket: ground.bucket, Stacks: ground.stacks, Clock: clock, Log: c.log, Limits: limits, Tempo: &tempo.Keeper{},
		Bundle: asset.Bundle(), Machine: r.machine(c, ground), TestMail: mail.NewTester(ground.sender, told, clock.Now),
	}
	if err := r.openDoors(c, ground, site, pages); err != nil {
		return r, err
	}
	r.runCatalogue(known, c.log, tally.Run)
	r.run(givingWay(finding.New(r.store, known.Site, c.log).Run))
	r.runJobs(runner)
	return r, nil
}

// givingWay is what runs behind everybody else.
func givingWay(run func(context.Context)) func(context.Context) {
	return func(ctx context.Context) { run(tempo.GiveWay(ctx)) }
}

// heardBy tells of this process's own commits who has to know at once.
func heardBy(known *catalog.Catalog, runner *jobs.Runner) func(context.Context, store.Committed) {
	return func(ctx context.Context, c store.Committed) {
		known.Applied(ctx, c)
		if len(c.Events) > 0 {
			runner.Wake()
		}
	}
}

// openVerbs makes the verbs that more than one door uses.
func (r *rooms) openVerbs(bucket media.Bucket, known *catalog.Catalog, clock archive.Clock, limits archive.Limits) (err error) {
	r.staff = moderation.New(r.store, limits)
	if r.accounts, err = accounts.New(r.store, limits, accounts.DefaultCost()); err != nil {
		return err
	}
	r.writing = writing.New(r.store, bucket, limits, clock, fetch.New().Picture)
	r.writing.Site = known.Site
	return nil
}

// openDoors makes the doors, pages for people and JSON for programs, and what
// counts who goes through them.
func (r *rooms) openDoors(c config, g ground, site web.Site, rooms web.Rooms) error {
	pages, err := web.New(site, rooms)
	if err != nil {
		return err
	}
	r.pages = pages
	calls, err := api.New(api.Rooms{
		Store: rooms.Store, Catalog: rooms.Catalog, Accounts: rooms.Accounts, Writing: rooms.Writing, Clock: rooms.Clock, Log: rooms.Log, Limits: rooms.Limits,
		Tempo: rooms.Tempo, Site: api.Site{Address: site.Address, Live: rooms.Catalog.Site, Proxies: site.Proxies},
	})
	if err != nil {
		return err
	}
	doors := http.NewServeMux()
	doors.Handle("/api/", calls)
	doors.Handle("/", pages)
	r.doors = doors
	r.run(pages.Redraw, pages.SweepBooks)
	r.openMetrics(c, g, rooms.Catalog, pages, rooms.Clock)
	return nil
}

// ground is what the rooms stand on.
type ground struct {
	db     *sqldb.DB
	bucket media.Bucket
	stacks *media.Stacks
	sender mail.Sender
}

// openGround opens the ways out, the files, and the database, held by this
// program alone when it is SQLite. What was told wrongly is said before a
// database is made.
func (r *rooms) openGround(ctx context.Context, c config, clock archive.Clock) (g ground, err error) {
	if err := c.haveFolder(); err != nil {
		return g, err
	}
	if g.sender, err = openMail(c, clock); err != nil {
		return g, err
	}
	if err := r.listenForFigures(c); err != nil {
		return g, err
	}
	if c.Database == "" {
		release, err := sqldb.LockFolder(c.Data)
		if err != nil {
			return g, err
		}
		r.closers = append(r.closers, func() error { release(); return nil })
	}
	if err := haveScratch(c.Data); err != nil {
		return g, err
	}
	place := c.Files
	if place == "" {
		place = filepath.Join(c.Data, "files")
	}
	if g.bucket, err = media.Open(ctx, place); err != nil {
		return g, err
	}
	if g.stacks, err = media.OpenStacks(filepath.Join(c.Data, "books"), int64(c.BooksMB)<<20); err != nil {
		return g, err
	}
	r.closers = append(r.closers, g.stacks.Close)
	if g.db, err = c.open(ctx, c.log); err != nil {
		return g, err
	}
	r.closers = append([]func() error{g.db.Close}, r.closers...)
	if err := g.db.Migrate(ctx, store.Schema()); !isFull(err) {
		return g, err
	}
	return g, c.noRoom()
}

// open opens the database of an archive.
func (w where) open(ctx context.Context, log *slog.Logger) (*sqldb.DB, error) {
	if err := w.whole(); err != nil {
		return nil, err
	}
	if w.Database != "" {
		return sqldb.Open(ctx, sqldb.Options{PostgresURL: w.Database, Aside: tempo.Aside, Logger: log})
	}
	if err := w.haveFolder(); err != nil {
		return nil, err
	}
	if err := w.haveFile(); err != nil {
		return nil, err
	}
	return sqldb.Open(ctx, sqldb.Options{SQLitePath: w.databasePath(), CacheKiB: cacheKiB(memoryOf(os.DirFS("/"))), Aside: tempo.Aside, Logger: log})
}

// siteOf is where the archive is served.
func siteOf(c config) (web.Site, error) {
	address, err := c.address()
	if err != nil {
		return web.Site{}, err
	}
	proxies, err := c.prefixes()
	if err != nil {
		return web.Site{}, err
	}
	return web.Site{Address: address, Proxies: proxies, Build: build()}, nil
}

// beginning is what holds of the archive until its owner decides otherwise.
func (c config) beginning() archive.Site {
	site := archive.DefaultSite()
	site.Name = c.Name
	if c.demo {
		site.SetUp, site.Banner = true, demoBanner
	}
	return site
}

// bindDeleted binds deleted works for the mails that bring them. The doors,
// which know how, are made after what sends mail, and before it runs.
func (r *rooms) bindDeleted(site string) func(ctx context.Context, account, work int64) (mail.Attachment, error) {
	return func(ctx context.Context, account, work int64) (mail.Attachment, error) {
		bound, err := r.pages.BindDeleted(ctx, account, work, site)
		return mail.Attachment(bound), err
	}
}

// siteAddress is where mails and books say the archive is.
func siteAddress(site web.Site, listening string) string {
	if site.Address != "" {
		return site.Address
	}
	return listening
}

// run starts what runs behind the doors; closing stops it and waits, before
// the database closes.
func (r *rooms) run(behind ...func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, loop := range behind {
		running.Go(func() { loop(ctx) })
	}
	r.closers = append([]func() error{func() error {
		cancel()
		running.Wait()
		return nil
	}}, r.closers...)
}

// runCatalogue has what is known by heart read and followed; closing keeps it for
// the next start, once nothing counts hits any more.
func (r *rooms) runCatalogue(known *catalog.Catalog, log *slog.Logger, counting func(context.Context)) {
	r.closers = append([]func() error{func() error {
		if err := known.Keep(context.Background()); err != nil {
			log.Warn("the next start reads all works from the tables", "error", err)
		}
		return nil
	}}, r.closers...)
	fill := func(ctx context.Context) {
		known.Fill(ctx)
		known.ReviewFigures(tempo.GiveWay(ctx))
	}
	behind := func(ctx context.Context) { known.FollowFigures(tempo.GiveWay(ctx)) }
	r.run(known.Follow, fill, counting, behind)
}

// snapshot is where the catalogue is kept between one start and the next. What
// is in it is this program's alone: another build, even of the same version, may
// know otherwise.
func (c config) snapshot() catalog.Snapshot {
	program := build()
	if path, err := os.Executable(); err == nil {
		if file, err := os.Stat(path); err == nil {
			program += fmt.Sprint(" ", file.Size(), " ", file.ModTime().UnixNano())
		}
	}
	return catalog.Snapshot{Path: filepath.Join(c.Data, "catalogue"), Program: program}
}

// runJobs starts the jobs; closing lets those under way finish.
func (r *rooms) runJobs(runner *jobs.Runner) {
	runner.Start(context.Background())
	r.closers = append([]func() error{func() error {
		ctx, cancel := context.WithTimeout(context.Background(), drainFor)
		defer cancel()
		return runner.Close(ctx)
	}}, r.closers...)
}

// close stops what runs and closes what is open.
func (r *rooms) close() error {
	var all error
	for _, closer := range r.closers {
		all = errors.Join(all, closer())
	}
	return all
}
