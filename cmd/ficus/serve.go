package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// serveCmd serves an archive until it is told to stop.
type serveCmd struct {
	where
	outside
}

// Run serves.
func (c *serveCmd) Run(s *streams) error {
	if c.Database == "" && isDemo(c.Data) {
		return fmt.Errorf("%s holds the demo archive, whose passwords are public: use another folder with --data, or ficus demo", c.Data)
	}
	settings := config{where: c.where, outside: c.outside, log: slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: c.level()}))}
	if _, err := siteOf(settings); err != nil { // before anything is made
		return err
	}
	return serve(settings, s, nil)
}

// serve runs a program until SIGTERM or SIGINT, and drains it. The one line on
// standard output says that it is ready.
func serve(c config, s *streams, ready func(ctx context.Context, p *program) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p, err := start(ctx, c)
	if err != nil {
		return err
	}
	if ready != nil {
		err = ready(ctx, p)
	}
	if err == nil {
		debug.FreeOSMemory() // packing the assets and filling the demo took more than serving will
		fmt.Fprintln(s.Out, "Ficus is ready at "+p.Address())
		err = p.wait(ctx)
	}
	stop() // a second signal ends the program at once
	return errors.Join(err, p.Close())
}

// program is a running archive: a value that tests can start.
type program struct {
	config  config
	rooms   *rooms
	server  *http.Server
	listens net.Listener
	failed  chan error
}

// How long requests may take; a big manuscript on a slow line needs minutes.
const (
	headerTimeout = 10 * time.Second
	bodyTimeout   = 5 * time.Minute
	idleTimeout   = 2 * time.Minute
	drainFor      = 20 * time.Second
)

// start opens the archive and answers requests from then on.
func start(ctx context.Context, c config) (*program, error) {
	listens, err := listen(c.Listen)
	if err != nil {
		return nil, err
	}
	rooms, err := wire(ctx, c, "http://"+listens.Addr().String())
	if err != nil {
		return nil, errors.Join(err, listens.Close())
	}
	p := &program{config: c, rooms: rooms, listens: listens, failed: make(chan error, 1)}
	p.server = &http.Server{
		Handler: rooms.doors, ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout, WriteTimeout: bodyTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(c.log.Handler(), slog.LevelWarn),
	}
	go func() {
		if err := p.server.Serve(listens); !errors.Is(err, http.ErrServerClosed) {
			p.failed <- &brokeError{err}
		}
	}()
	return p, nil
}

// listen takes an address, or says what is wrong with it.
func listen(address string) (net.Listener, error) {
	if _, err := net.ResolveTCPAddr("tcp", address); err != nil {
		return nil, fmt.Errorf("--listen %q is not an address such as 127.0.0.1:8080", address)
	}
	listens, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, plainly(err))
	}
	return listens, nil
}

// plainly is why the network refused, without the path through the program.
func plainly(err error) error {
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err
	}
	return err
}

// Address is where the program answers.
func (p *program) Address() string {
	if address, err := p.config.address(); err == nil && address != "" {
		return address
	}
	return "http://" + p.listens.Addr().String()
}

// wait returns when the program is told to stop, or cannot go on.
func (p *program) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-p.failed:
		return err
	}
}

// Close answers what is under way, writes down what is gathered, and closes
// the archive.
func (p *program) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	return errors.Join(p.server.Shutdown(ctx), p.rooms.close())
}
