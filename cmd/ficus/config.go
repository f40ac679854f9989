package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// where says which archive a command works on. Every flag is also an
// environment variable; nothing else reads the environment.
type where struct {
	Data     string `default:"./data" env:"FICUS_DATA" placeholder:"DIR" help:"The folder the archive lives in; otherwise ${default}."`
	Database string `env:"FICUS_DATABASE" placeholder:"URL" help:"A PostgreSQL address (postgres://…), in place of SQLite in the data folder."`
}

// outside is how the archive is met from outside.
type outside struct {
	Listen      string   `env:"FICUS_LISTEN" placeholder:"ADDR" help:"The address to listen on; otherwise 127.0.0.1:8080, with --domain :443."`
	URL         string   `env:"FICUS_URL" placeholder:"ADDRESS" help:"The site's own address, for mails and books; https makes cookies safe. With --domain it follows from that."`
	Name        string   `default:"Ficus" env:"FICUS_NAME" help:"What the archive is called."`
	BehindProxy []string `env:"FICUS_BEHIND_PROXY" placeholder:"CIDR" help:"Whose word counts for where a visitor comes from; again for each."`
	Files       string   `env:"FICUS_FILES" placeholder:"PLACE" help:"Where pictures and originals are kept: a folder, or s3://KEY:SECRET@HOST/BUCKET. Otherwise in the data folder."`
	Mail        string   `env:"FICUS_MAIL" placeholder:"PLACE" help:"How mail is sent: smtp://USER:PASSWORD@HOST:PORT, or a folder. Otherwise into the data folder."`
	MailFrom    string   `default:"Ficus <ficus@localhost>" env:"FICUS_MAIL_FROM" placeholder:"ADDRESS" help:"The address mail is sent from."`
	Backups     string   `env:"FICUS_BACKUPS" placeholder:"DIR" help:"The folder for nightly copies, or off. Otherwise in the data folder."`
	BooksMB     int      `name:"books-mb" default:"512" env:"FICUS_BOOKS_MB" placeholder:"MB" help:"How much of the disk bound books may take, to be sent again; otherwise ${default}."`
	Metrics     string   `env:"FICUS_METRICS" placeholder:"ADDR" help:"An address to serve figures for Prometheus at, under /metrics; for yourself alone."`
	LogFormat   string   `default:"text" enum:"text,json" env:"FICUS_LOG_FORMAT" help:"How the log is written: text or json."`
	LogLevel    string   `default:"info" enum:"debug,info,warn,error" env:"FICUS_LOG_LEVEL" help:"How much is logged: debug, info, warn or error."`
}

// config is everything the program was told.
type config struct {
	where
	outside
	ownDomain
	demo       bool
	log        *slog.Logger
	renewEvery time.Duration // how often certificates are looked at; 0 for the usual
}

// listen is the address to listen on.
func (c config) listen() string {
	switch {
	case c.Listen != "":
		return c.Listen
	case len(c.Domain) > 0:
		return ":443"
	}
	return "127.0.0.1:8080"
}

// address is the site's own: --url, or the first --domain.
func (c config) address() (string, error) {
	address, err := c.outside.address()
	if err != nil || len(c.Domain) == 0 {
		return address, err
	}
	if err := c.check(); err != nil {
		return "", err
	}
	if strings.HasPrefix(address, "http:") {
		return "", fmt.Errorf("--url %q is plain http, but with --domain the archive is served over https; leave --url out", c.URL)
	}
	if address != "" {
		return address, nil
	}
	names, err := c.names()
	if err != nil {
		return "", err
	}
	return "https://" + names[0], nil
}

// prefixes reads --behind-proxy.
func (o outside) prefixes() ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, text := range o.BehindProxy {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			address, addressErr := netip.ParseAddr(text)
			if addressErr != nil {
				return nil, fmt.Errorf("--behind-proxy %q is not an address range such as 10.0.0.0/8", text)
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		prefixes = append(prefixes, prefix)
	}
	return prefixes, nil
}

// address reads --url: an http or https address without a path.
func (o outside) address() (string, error) {
	if o.URL == "" {
		return "", nil
	}
	u, err := url.Parse(o.URL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return "", fmt.Errorf("--url %q is not an address such as https://stories.example.org", o.URL)
	}
	return u.Scheme + "://" + u.Host, nil
}

func (o outside) level() slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.LogLevel)); err != nil {
		return slog.LevelInfo // kong has held the word to its list
	}
	return level
}

// demoMark is the file that makes a folder the demo archive's.
const demoMark = "ficus-demo"

// isDemo reports whether a folder holds the demo archive.
func isDemo(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, demoMark))
	return err == nil
}

// databasePath is where the SQLite file of an archive lies.
func (w where) databasePath() string { return filepath.Join(w.Data, "ficus.db") }

// exists reports whether there is an archive to work on.
func (w where) exists() bool {
	if w.Database != "" {
		return true
	}
	if w.whole() != nil {
		return true // and whoever opens it says what is wrong
	}
	_, err := os.Stat(w.databasePath())
	return !errors.Is(err, fs.ErrNotExist)
}
