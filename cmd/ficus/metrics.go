package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/catalog"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/web"
)

// metrics are the program's figures, on an address of their own: they name no
// account and no visitor, only routes as they stand in the tables.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	server   *http.Server
}

// askFor is how long the figures of the archive may be asked for.
const askFor = 5 * time.Second

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "ficus_requests_total", Help: "Requests answered, by line of the route table and class of status.",
		}, []string{"route", "class"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "ficus_request_seconds", Help: "How long answers took, by line of the route table.",
			Buckets: []float64{.0005, .002, .01, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// counted counts one answer.
func (m *metrics) counted(route string, status int, took time.Duration) {
	route = routeLabel(route)
	m.requests.WithLabelValues(route, classOf(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// listenForFigures takes the address of the figures before anything is made.
func (r *rooms) listenForFigures(c config) (err error) {
	if c.Metrics == "" {
		return nil
	}
	if r.figures, err = listen("--metrics", c.Metrics); err != nil {
		return err
	}
	r.closers = append(r.closers, func() error {
		if err := r.figures.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// openMetrics serves the figures, and puts the watch before the doors that
// counts for them.
func (r *rooms) openMetrics(c config, g ground, known *catalog.Catalog, pages *web.Web, clock archive.Clock) {
	if r.figures == nil {
		r.doors = watched(r.doors, c.log, clock, nil)
		return
	}
	m := newMetrics()
	m.registry.MustRegister(&figures{store: r.store, db: g.db, known: known, pages: pages, clock: clock, log: c.log})
	m.serve(r.figures, c.log)
	r.closers = append([]func() error{m.server.Close}, r.closers...)
	r.doors = watched(r.doors, c.log, clock, m.counted)
}

// serve answers GET /metrics until it is closed.
func (m *metrics) serve(listens net.Listener, log *slog.Logger) {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
	}))
	m.server = &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, WriteTimeout: time.Minute, IdleTimeout: idleTimeout}
	go func() {
		if err := m.server.Serve(listens); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the figures are served no more", "error", err)
		}
	}()
}

// figures are read from the archive when somebody asks.
type figures struct {
	store *store.Store
	db    *sqldb.DB
	known *catalog.Catalog
	pages *web.Web
	clock archive.Clock
	log   *slog.Logger
}

// figure describes a figure that is read when asked for.
func figure(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("ficus_"+name, help, labels, nil)
}

// Describe is empty: what is told depends on the archive.
func (f *figures) Describe(chan<- *prometheus.Desc) {}

// Collect reads the figures.
func (f *figures) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askFor)
	defer cancel()
	hits, misses := f.pages.Kept()
	const kept = "Guests' pages answered from memory, and those that had to be drawn to be kept."
	to <- prometheus.MustNewConstMetric(figure("kept_pages_total", kept, "outcome"), prometheus.CounterValue, float64(hits), "hit")
	to <- prometheus.MustNewConstMetric(figure("kept_pages_total", kept, "outcome"), prometheus.CounterValue, float64(misses), "miss")
	gauge := func(name, help string, value float64, job ...string) {
		labels := []string{"job"}[:len(job)]
		to <- prometheus.MustNewConstMetric(figure(name, help, labels...), prometheus.GaugeValue, value, job...)
	}
	size, err := f.db.Size(ctx)
	if err == nil {
		gauge("database_bytes", "Size of the database.", float64(size))
		err = f.store.Read(ctx, func(tx *store.Tx) error { return f.collect(ctx, tx, gauge) })
	}
	if err != nil {
		f.log.WarnContext(ctx, "the figures of the archive could not be read", "error", err)
	}
}

func (f *figures) collect(ctx context.Context, tx *store.Tx, gauge func(name, help string, value float64, job ...string)) error {
	head, err := tx.Log.Head(ctx)
	if err != nil {
		return err
	}
	gauge("log_head", "The newest event of the log.", float64(head))
	gauge("catalogue_lag_events", "How many events this process has not applied yet.", float64(max(0, head-f.known.Position())))
	if works, took, filled := f.known.Filled(); filled {
		gauge("catalogue_works", "Works that lists are answered from in memory.", float64(works))
		gauge("catalogue_behind", "Works and tags that have to be read into memory again.", float64(f.known.Behind()))
		gauge("catalogue_fill_seconds", "How long reading them into memory took.", took.Seconds())
	}
	waiting, err := tx.Jobs.WaitingByKind(ctx)
	if err != nil {
		return err
	}
	var mails int64
	for kind, n := range waiting {
		gauge("jobs_waiting", "Jobs that are still to be done, by what they are.", float64(n), kind)
		if isMail(kind) {
			mails += n
		}
	}
	unsent, err := tx.Outbox.Waiting(ctx)
	if err != nil {
		return err
	}
	mails += unsent
	gauge("mail_waiting", "Mails that wait to be sent, and jobs that may send mail and are still to be done.", float64(mails))
	given, err := tx.Jobs.GivenUp(ctx)
	if err != nil {
		return err
	}
	gauge("jobs_given_up", "Jobs that failed too often and wait for the owner.", float64(given))
	nightly, err := backup.StateOf(ctx, tx)
	if err != nil {
		return err
	}
	gauge("nightly_copy_age_seconds", "Age of the newest nightly copy; 0 when there is none.", nightly.Age(f.clock.Now()).Seconds())
	gauge("nightly_copy_bytes", "Size of the newest nightly copy.", float64(nightly.Bytes))
	failed := 0.0
	if !nightly.Failed.IsZero() {
		failed = 1
	}
	gauge("nightly_copy_failed", "1 when the last attempt at a nightly copy failed.", failed)
	return nil
}
