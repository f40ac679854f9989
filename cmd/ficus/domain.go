package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"
	"golang.org/x/net/idna"
)

// ownDomain is how an archive gets a certificate by itself.
type ownDomain struct {
	Domain        []string `env:"FICUS_DOMAIN" placeholder:"NAME" help:"Get and renew a certificate for this name, and serve https; again for each, the first is the site's address."`
	ListenHTTP    string   `name:"listen-http" default:":80" env:"FICUS_LISTEN_HTTP" placeholder:"ADDR" help:"With --domain, where http leads to https and the certificate is asked for; otherwise ${default}."`
	ACMEDirectory string   `name:"acme-directory" default:"https://acme-v02.api.letsencrypt.org/directory" env:"FICUS_ACME_DIRECTORY" placeholder:"ADDRESS" help:"With --domain, who gives certificates; otherwise Let's Encrypt."`
	ACMEMail      string   `name:"acme-mail" env:"FICUS_ACME_MAIL" placeholder:"ADDRESS" help:"With --domain, where whoever gives certificates may write to you."`
}

// names are the domains as certificates spell them.
func (o ownDomain) names() ([]string, error) {
	var names []string
	for _, typed := range o.Domain {
		name, err := idna.Lookup.ToASCII(strings.TrimSuffix(typed, "."))
		_, number := netip.ParseAddr(typed)
		if err != nil || number == nil || !strings.Contains(name, ".") {
			return nil, fmt.Errorf("--domain %q is not a name such as stories.example.org", typed)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// check says what is wrong with what was told of certificates.
func (o ownDomain) check() error {
	if _, err := o.names(); err != nil {
		return err
	}
	if u, err := url.Parse(o.ACMEDirectory); o.ACMEDirectory != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		return fmt.Errorf("--acme-directory %q is not an address such as https://acme-v02.api.letsencrypt.org/directory", o.ACMEDirectory)
	}
	if _, err := mail.ParseAddress(o.ACMEMail); o.ACMEMail != "" && err != nil {
		return fmt.Errorf("--acme-mail %q is not an address such as mara@example.org", o.ACMEMail)
	}
	return nil
}

// certificates gets certificates, renews them, and leads from http to https.
type certificates struct {
	names []string
	log   *slog.Logger
	magic *certmagic.Config
	cache *certmagic.Cache
	plain *http.Server
	stop  context.CancelFunc
	known chan outcome
}

// outcome is how the getting of one name's certificate went.
type outcome struct {
	name string
	err  error
}

// firstCertificates is how long a start waits for certificates before it goes
// on without: the first page should not be a warning of the browser.
const firstCertificates = time.Minute

// openCertificates makes ready to get certificates; they lie in the data
// folder, and whoever issues them proves the names over either port.
func openCertificates(c config, https, plain net.Listener) (*certificates, error) {
	names, err := c.names()
	if err != nil {
		return nil, err
	}
	place := filepath.Join(c.Data, "certificates")
	if err := os.RemoveAll(filepath.Join(place, "locks")); err != nil { // a killed program left them; they would be waited for
		return nil, fmt.Errorf("take away old locks: %w", err)
	}
	s := &certificates{names: names, log: c.log, known: make(chan outcome, 64)}
	quiet := zap.NewNop() // what its owner should know, heard says
	s.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert:   func(certmagic.Certificate) (*certmagic.Config, error) { return s.magic, nil },
		RenewCheckInterval: c.renewEvery, Logger: quiet,
	})
	s.magic = certmagic.New(s.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: place}, Logger: quiet,
		OnEvent: s.heard, ShouldEmitFunc: func(event string) bool { return event != "tls_get_certificate" },
	})
	issuer := certmagic.NewACMEIssuer(s.magic, certmagic.ACMEIssuer{
		CA: c.ACMEDirectory, Email: c.ACMEMail, Agreed: true, Logger: quiet,
		AltHTTPPort: portOf(plain), AltTLSALPNPort: portOf(https),
	})
	s.magic.Issuers = []certmagic.Issuer{issuer}
	address, err := c.address()
	if err != nil {
		return nil, err
	}
	s.plain = c.server(issuer.HTTPChallengeHandler(leadTo(address)))
	return s, nil
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// leadTo leads to the same page at the site's own address.
func leadTo(address string) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		status := http.StatusPermanentRedirect // keeps what a form sent
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			status = http.StatusMovedPermanently
		}
		http.Redirect(to, r, address+r.URL.RequestURI(), status)
	})
}

// underOneName leads from the archive's other names to its address: a member
// who is signed in at one would be a guest at another.
func underOneName(names []string, address string, doors http.Handler) http.Handler {
	elsewhere := leadTo(address)
	own := strings.TrimPrefix(address, "https://")
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if r.Host != own && host != own && slices.Contains(names, strings.ToLower(host)) {
			elsewhere.ServeHTTP(to, r)
			return
		}
		doors.ServeHTTP(to, r)
	})
}

// begin gets certificates, in the background for ever and in the foreground
// for a minute.
func (s *certificates) begin(ctx context.Context) error {
	running, stop := context.WithCancel(context.Background())
	s.stop = stop
	if err := s.magic.ManageAsync(running, s.names); err != nil {
		return err
	}
	patience := time.NewTimer(firstCertificates)
	defer patience.Stop()
	for waiting := slices.Clone(s.names); len(waiting) > 0; {
		select {
		case <-ctx.Done():
			return nil
		case <-patience.C:
			s.log.Warn("there is no certificate yet; browsers will warn until there is", "names", strings.Join(waiting, ","))
			return nil
		case was := <-s.known:
			waiting = slices.DeleteFunc(waiting, func(name string) bool { return name == was.name })
		}
	}
	return nil
}

// heard tells the log what becomes of a certificate.
func (s *certificates) heard(_ context.Context, event string, data map[string]any) error {
	name, _ := data["identifier"].(string)
	err, _ := data["error"].(error)
	switch event {
	case "cached_managed_cert":
		names, _ := data["sans"].([]string)
		for _, name := range names {
			s.tell(outcome{name, nil})
		}
	case "cert_obtaining":
		s.log.Info("asking for a certificate", "name", name)
	case "cert_obtained":
		s.log.Info("there is a new certificate", "name", name)
	case "cert_failed":
		s.log.Error("no certificate was given; Ficus asks again by itself, first within minutes. Is the name's address this machine, and can ports 80 and 443 be reached from outside?", "name", name, "why", reason(err))
		s.tell(outcome{name, err})
	}
	return nil
}

// tell passes an outcome on to a start that waits.
func (s *certificates) tell(o outcome) {
	select {
	case s.known <- o:
	default: // nobody waits any more
	}
}

// reason is what went wrong, on one line.
func reason(err error) string {
	if err == nil {
		return ""
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}

// Close ends what begin began.
func (s *certificates) Close(ctx context.Context) error {
	if s.stop != nil {
		s.stop()
	}
	s.cache.Stop()
	return s.plain.Shutdown(ctx)
}

// listenTrouble says why an address cannot be listened on, and what helps.
func listenTrouble(flag, address string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("cannot listen on %s, where another program listens already; end that one, or say another port with %s", address, flag)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("cannot listen on %s, since ports below 1024 are not for every account; start Ficus by its systemd unit, or allow it by setcap cap_net_bind_service=+ep ficus", address)
	}
	return fmt.Errorf("cannot listen on %s: %w", address, plainly(err))
}
