package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/demo"
	"ficus/internal/sqldb"
)

// demoCmd serves the demo archive.
type demoCmd struct {
	Listen string `default:"127.0.0.1:8080" env:"FICUS_LISTEN" placeholder:"ADDR" help:"The address to listen on, on this machine only; otherwise ${default}."`
	Data   string `default:"./data/demo" placeholder:"DIR" help:"The folder the demo archive is kept in; otherwise ${default}."`
	Fresh  bool   `help:"Throw the demo archive away and start over."`
}

const demoBanner = "This is the demo archive. Sign in as mara_q or pell, password " + demo.Password + ", and try anything."

// Run makes the demo archive when it is not there, and serves it.
func (c *demoCmd) Run(s *streams) error {
	if err := c.local(); err != nil {
		return err
	}
	if err := c.folder(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	settings := config{where: where{Data: c.Data}, outside: outside{Listen: c.Listen, Name: "Ficus", MailFrom: "Ficus <ficus@localhost>"}, demo: true, log: log}
	return serve(settings, s, func(ctx context.Context, p *program) error {
		rooms := demo.Rooms{Store: p.rooms.store, Accounts: p.rooms.accounts, Writing: p.rooms.writing, Feedback: p.rooms.feedback, Clock: archive.SystemClock{}}
		if err := demo.Load(ctx, rooms); err != nil {
			return fmt.Errorf("fill the demo archive: %w", err)
		}
		c.greet(s)
		return nil
	})
}

// local refuses an address others can reach: the passwords are public.
func (c *demoCmd) local() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q is not an address such as 127.0.0.1:8080", c.Listen)
	}
	address, err := netip.ParseAddr(host)
	if host != "localhost" && (err != nil || !address.IsLoopback()) {
		return fmt.Errorf("the demo archive's passwords are public, so it listens on this machine only: use 127.0.0.1 instead of %q", host)
	}
	return nil
}

// folder makes the demo's folder, or starts it over. A folder that is not the
// demo's is never touched.
func (c *demoCmd) folder() error {
	entries, err := os.ReadDir(c.Data)
	if err == nil && len(entries) > 0 && !isDemo(c.Data) {
		return fmt.Errorf("%s holds something that is not the demo archive; name another folder with --data", c.Data)
	}
	if c.Fresh && isDemo(c.Data) {
		release, err := sqldb.LockFolder(c.Data) // not from under a demo that runs
		if err != nil {
			return err
		}
		release()
		if err := os.RemoveAll(c.Data); err != nil {
			return fmt.Errorf("start the demo over: %w", err)
		}
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	return os.WriteFile(filepath.Join(c.Data, demoMark), []byte("The demo archive of Ficus; ficus demo --fresh starts it over.\n"), 0o600)
}

// greet says who one may be.
func (c *demoCmd) greet(s *streams) {
	var names []string
	for _, w := range demo.Writers() {
		names = append(names, w.Account)
	}
	fmt.Fprintf(s.Err, "The demo archive, kept in %s. Sign in as %s; the password of each is %q.\n", c.Data, strings.Join(names, ", "), demo.Password)
}
