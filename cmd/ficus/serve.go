package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

// serveCmd serves an archive until it is told to stop.
type serveCmd struct {
	where
	outside
	ownDomain
}

// Run serves.
func (c *serveCmd) Run(s *streams) error {
	if c.Database == "" && isDemo(c.Data) {
		return fmt.Errorf("%s holds the demo archive, whose passwords are public: use another folder with --data, or ficus demo", c.Data)
	}
	settings := config{where: c.where, outside: c.outside, ownDomain: c.ownDomain, log: newLog(s.Err, c.LogFormat, c.level())}
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
	heedMemory()
	if err := heedReaders(); err != nil {
		c.log.Warn("who reads may wait behind what need not be done at once", "error", err)
	}
	p, err := start(ctx, c)
	if err != nil {
		return err
	}
	if ready != nil {
		err = ready(ctx, p)
	}
	if err == nil {
		err = p.offer(ctx, s)
	}
	if err == nil {
		debug.FreeOSMemory() // packing the assets and filling the demo took more than serving will
		fmt.Fprintln(s.Out, "Ficus is ready at "+p.Address())
		if p.isOpenOnTheWay() {
			c.log.Warn("passwords and pages travel unencrypted by http, which is for home networks and trials; for more, give --domain, or --url with a proxy before it")
		}
		err = p.wait(ctx)
	}
	stop() // a second signal ends the program at once
	return errors.Join(err, p.Close())
}

// program is a running archive: a value that tests can start.
type program struct {
	config       config
	rooms        *rooms
	server       *http.Server
	listens      net.Listener
	certificates *certificates // with --domain
	failed       chan error
}

// How long requests may take; a big manuscript on a slow line needs minutes.
const (
	headerTimeout = 10 * time.Second
	bodyTimeout   = 5 * time.Minute
	idleTimeout   = 2 * time.Minute
	drainFor      = 20 * time.Second
)

// start opens the archive and answers requests from then on.
func start(ctx context.Context, c config) (p *program, err error) {
	p = &program{config: c, failed: make(chan error, 2)}
	var plain net.Listener
	defer func() {
		if err != nil {
			err = errors.Join(err, p.abandon(plain))
		}
	}()
	if p.listens, err = listen("--listen", c.listen()); err != nil {
		return p, err
	}
	if len(c.Domain) > 0 {
		if plain, err = listen("--listen-http", c.ListenHTTP); err != nil {
			return p, err
		}
	}
	if p.rooms, err = wire(ctx, c, "http://"+p.listens.Addr().String()); err != nil {
		return p, err
	}
	p.server = c.server(p.rooms.doors)
	if plain == nil {
		p.run(func() error { return p.server.Serve(p.listens) })
		return p, nil
	}
	return p, p.startSecure(ctx, plain)
}

// startSecure serves over https with certificates of the archive's own.
func (p *program) startSecure(ctx context.Context, plain net.Listener) (err error) {
	address, err := p.config.address()
	if err != nil {
		return err
	}
	if p.certificates, err = openCertificates(p.config, p.listens, plain); err != nil {
		return err
	}
	p.server.Handler = underOneName(p.certificates.names, address, p.rooms.doors)
	p.server.TLSConfig = p.certificates.magic.TLSConfig()
	p.server.TLSConfig.NextProtos = append([]string{"h2", "http/1.1"}, p.server.TLSConfig.NextProtos...)
	p.run(func() error { return p.certificates.plain.Serve(plain) })
	p.run(func() error { return p.server.ServeTLS(p.listens, "", "") })
	return p.certificates.begin(ctx)
}

// run serves until it is told to stop.
func (p *program) run(serve func() error) {
	go func() {
		if err := serve(); !errors.Is(err, http.ErrServerClosed) {
			p.failed <- &brokeError{err}
		}
	}()
}

// abandon closes what a start that failed had opened.
func (p *program) abandon(plain net.Listener) error {
	var all error
	for _, listens := range []net.Listener{p.listens, plain} {
		if listens == nil {
			continue
		}
		if err := listens.Close(); !errors.Is(err, net.ErrClosed) {
			all = errors.Join(all, err)
		}
	}
	if p.rooms != nil {
		all = errors.Join(all, p.rooms.close())
	}
	return all
}

// server is a server for handler, patient with slow lines but not for ever.
func (c config) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout, WriteTimeout: bodyTimeout, IdleTimeout: idleTimeout,
		ErrorLog: log.New(serverLog{c.log}, "", 0),
	}
}

// serverLog is what the standard library's server says, but for handshakes
// that came to nothing: those are strangers at the port, with their addresses.
type serverLog struct{ log *slog.Logger }

// Write passes a line on.
func (l serverLog) Write(line []byte) (int, error) {
	if !bytes.HasPrefix(line, []byte("http: TLS handshake error")) {
		l.log.Warn(string(bytes.TrimSpace(line)))
	}
	return len(line), nil
}

// listen takes an address, or says what is wrong with it.
func listen(flag, address string) (net.Listener, error) {
	if _, err := net.ResolveTCPAddr("tcp", address); err != nil {
		return nil, fmt.Errorf("%s %q is not an address such as 127.0.0.1:8080", flag, address)
	}
	listens, err := net.Listen("tcp", address)
	if err != nil {
		return nil, listenTrouble(flag, address, err)
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

// isOpenOnTheWay reports whether others on the network can read along.
func (p *program) isOpenOnTheWay() bool {
	at, err := netip.ParseAddrPort(p.listens.Addr().String())
	return err == nil && !at.Addr().IsLoopback() && !strings.HasPrefix(p.Address(), "https://")
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
	var certificates error
	if p.certificates != nil {
		certificates = p.certificates.Close(ctx)
	}
	return errors.Join(p.server.Shutdown(ctx), certificates, p.rooms.close())
}
