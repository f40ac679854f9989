package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/letsencrypt/challtestsrv"
	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
)

// authority is Pebble, the small ACME server Let's Encrypt tests clients with:
// it looks at the challenges as the real one does, through a DNS where every
// name is this machine.
type authority struct {
	directory string
	rootFile  string         // the root of its own https, for SSL_CERT_FILE
	roots     *x509.CertPool // what it signs with
	log       *lines
}

// issue starts an authority that looks for challenges at two ports; its
// certificates are good for so many seconds, 0 for years.
func issue(t *testing.T, http01, tlsALPN01 string, seconds uint64) *authority {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	a := &authority{log: &lines{}}
	say := log.New(a.log, "", 0)
	names := freePort(t)
	dns, err := challtestsrv.New(challtestsrv.Config{Log: say, DNSAddrs: []string{names}})
	must(t, err)
	dns.SetDefaultDNSIPv4("127.0.0.1")
	dns.SetDefaultDNSIPv6("")
	dns.Run()
	t.Cleanup(dns.Shutdown)

	store := db.NewMemoryStore()
	signs := ca.New(say, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {ValidityPeriod: seconds}})
	looks := va.New(say, portNumber(t, http01), portNumber(t, tlsALPN01), false, names, store)
	front := wfe.New(say, store, looks, signs, []string{"pebble.letsencrypt.org"}, false, false, 1, 1)
	server := httptest.NewTLSServer(front.Handler())
	t.Cleanup(server.Close)
	a.directory = server.URL + wfe.DirectoryPath
	a.rootFile = filepath.Join(t.TempDir(), "authority.pem")
	must(t, os.WriteFile(a.rootFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	a.roots = x509.NewCertPool()
	a.roots.AddCert(signs.GetRootCert(0).Cert)
	return a
}

// freePort is an address nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	return l.Addr().String()
}

func portNumber(t *testing.T, address string) int {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	must(t, err)
	n, err := strconv.Atoi(port)
	must(t, err)
	return n
}

// browserAt is a browser that trusts the authority and finds every name at one
// address; it stays where it is sent to.
func (a *authority) browserAt(t *testing.T, https string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: a.roots}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, https)
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func TestADomainGetsACertificateAndServesHTTPS(t *testing.T) {
	https, plain := freePort(t), freePort(t)
	a := issue(t, plain, https, 0)
	data := t.TempDir()
	args := []string{"serve", "--data", data, "--listen", https, "--listen-http", plain, "--domain", "stories.example", "--domain", "www.stories.example",
		"--acme-directory", a.directory, "--acme-mail", "mara@example.org"}
	process := command(args...)
	process.Env = append(process.Env, "SSL_CERT_FILE="+a.rootFile)
	s := beginAs(t, process)
	if s.address != "https://stories.example" {
		t.Errorf("the address said is %s", s.address)
	}
	browser := a.browserAt(t, https)
	first := visit(t, browser, "https://stories.example/")
	if first.status != http.StatusOK || first.proto != "HTTP/2.0" || !strings.HasPrefix(first.header.Get("Strict-Transport-Security"), "max-age=31536000") {
		t.Errorf("the first page is %d over %s with %v", first.status, first.proto, first.header)
	}
	says(t, "a lamp in the window\n", "user", "create", "mara", "--password-stdin", "--data", data)
	answer, err := browser.PostForm("https://stories.example/sign-in", url.Values{"name": {"mara"}, "password": {"a lamp in the window"}, "to": {"/my-works"}})
	must(t, err)
	must(t, answer.Body.Close())
	cookies := answer.Cookies()
	if answer.StatusCode != http.StatusSeeOther || len(cookies) == 0 || !strings.HasPrefix(cookies[0].Name, "__Host-") || !cookies[0].Secure || !cookies[0].HttpOnly || cookies[0].Path != "/" {
		t.Errorf("signing in answers %d with the cookies %v", answer.StatusCode, cookies)
	}
	if mine := visit(t, browser, "https://stories.example/my-works"); mine.status != http.StatusOK {
		t.Errorf("a member's page is %d", mine.status)
	}
	for from, to := range map[string]string{
		"https://www.stories.example/works?page=2": "https://stories.example/works?page=2",
		"http://stories.example/works?page=2":      "https://stories.example/works?page=2",
		"http://elsewhere.example/":                "https://stories.example/",
	} {
		at := browser
		if strings.HasPrefix(from, "http:") {
			at = a.browserAt(t, plain)
		}
		if led := visit(t, at, from); led.status != http.StatusMovedPermanently || led.header.Get("Location") != to {
			t.Errorf("%s leads to %d %q, want %q", from, led.status, led.header.Get("Location"), to)
		}
	}
	if _, err := browser.Get("https://elsewhere.example/"); err == nil {
		t.Error("a page is served under somebody else's name")
	}
	if strings.Contains(s.log.String(), "handshake") {
		t.Errorf("strangers at the port are in the log:\n%s", s.log)
	}
	s.stop()
	holdPrivate(t, filepath.Join(data, "certificates"))

	asked := strings.Count(a.log.String(), "Issued certificate")
	again := command(args...)
	again.Env = append(again.Env, "SSL_CERT_FILE="+a.rootFile)
	kept := beginAs(t, again)
	if visit(t, browser, "https://stories.example/").status != http.StatusOK {
		t.Error("after a restart there is no page")
	}
	kept.stop()
	if now := strings.Count(a.log.String(), "Issued certificate"); asked != 2 || now != asked {
		t.Errorf("%d certificates were given at first and %d after a restart, want 2 and 2:\n%s", asked, now, a.log)
	}
}

// visited is an answer.
type visited struct {
	status int
	proto  string
	header http.Header
	state  *tls.ConnectionState
	body   string
}

func visit(t *testing.T, browser *http.Client, address string) visited {
	t.Helper()
	answer, err := browser.Get(address)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return visited{answer.StatusCode, answer.Proto, answer.Header, answer.TLS, string(body)}
}

// holdPrivate wants everything in a folder to be its owner's alone.
func holdPrivate(t *testing.T, dir string) {
	t.Helper()
	files := 0
	must(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		must(t, err)
		info, err := entry.Info()
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		files++
		return nil
	}))
	if files < 5 {
		t.Errorf("only %d files are in %s", files, dir)
	}
}

func TestACertificateIsRenewedWhileServing(t *testing.T) {
	https, plain := freePort(t), freePort(t)
	a := issue(t, plain, https, 20) // it is to be renewed when a third of that is left
	t.Setenv("SSL_CERT_FILE", a.rootFile)
	var said lines
	settings := config{
		where: where{Data: t.TempDir()}, outside: outside{Listen: https, Name: "Ficus", MailFrom: "Ficus <ficus@localhost>"},
		ownDomain:  ownDomain{Domain: []string{"stories.example"}, ListenHTTP: plain, ACMEDirectory: a.directory},
		log:        slog.New(slog.NewTextHandler(&said, nil)),
		renewEvery: time.Second,
	}
	p, err := start(t.Context(), settings)
	must(t, err)
	defer func() { must(t, p.Close()) }()
	serial := func() string {
		browser := a.browserAt(t, https)
		state := visit(t, browser, "https://stories.example/healthz").state
		return state.PeerCertificates[0].SerialNumber.String()
	}
	first := serial()
	for range 80 {
		time.Sleep(250 * time.Millisecond)
		if serial() != first {
			return
		}
	}
	t.Errorf("the certificate was not renewed:\n%s\n%s", &said, a.log)
}

func TestAProgramKilledWhileAskingAsksAgainAtOnce(t *testing.T) {
	https, plain := freePort(t), freePort(t)
	a := issue(t, plain, https, 0)
	serve := func() *exec.Cmd {
		c := command("serve", "--data", filepath.Join(filepath.Dir(a.rootFile), "data"), "--listen", https, "--listen-http", plain,
			"--domain", "stories.example", "--acme-directory", a.directory)
		c.Env = append(c.Env, "SSL_CERT_FILE="+a.rootFile)
		return c
	}
	var said lines
	cut := serve()
	cut.Stderr = &said
	must(t, cut.Start())
	for range 2000 {
		if strings.Contains(said.String(), "asking for a certificate") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	must(t, cut.Process.Kill())
	if cut.Wait() == nil {
		t.Error("the program had ended before it was killed")
	}
	again := beginAs(t, serve())
	if visit(t, a.browserAt(t, https), "https://stories.example/").status != http.StatusOK {
		t.Error("after a kill there is no page")
	}
	if strings.Contains(again.log.String(), "stale") {
		t.Errorf("what the killed one left is waited for:\n%s", again.log)
	}
	again.stop()
}

func TestADomainThatCannotBeProvedIsToldAndServedAllTheSame(t *testing.T) {
	https, plain := freePort(t), freePort(t)
	a := issue(t, freePort(t), freePort(t), 0) // it looks where nobody answers
	process := command("serve", "--data", t.TempDir(), "--listen", https, "--listen-http", plain, "--domain", "stories.example", "--acme-directory", a.directory)
	process.Env = append(process.Env, "SSL_CERT_FILE="+a.rootFile)
	s := beginAs(t, process)
	if !strings.Contains(s.log.String(), "no certificate was given") || !strings.Contains(s.log.String(), "stories.example") {
		t.Errorf("the log does not say that there is no certificate:\n%s", s.log)
	}
	s.stop()
}

func TestWrongWordsAboutADomainAreOneSentence(t *testing.T) {
	data := t.TempDir()
	for flags, says := range map[string]string{
		"--domain localhost":                                        "--domain",
		"--domain 192.0.2.7":                                        "--domain",
		"--domain https://stories.example":                          "--domain",
		"--domain stories.example:443":                              "--domain",
		"--domain *.stories.example":                                "--domain",
		"--domain stories.example --url http://stories.example":     "--url",
		"--domain stories.example --acme-directory stories.example": "--acme-directory",
		"--domain stories.example --acme-mail nobody":               "--acme-mail",
		"--domain stories.example --listen-http nonsense":           "--listen-http",
	} {
		args := append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, strings.Fields(flags)...)
		if sentence := refuses(t, args...); !strings.Contains(sentence, says) {
			t.Errorf("%s is told %q", flags, sentence)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	sentence := refuses(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--domain", "stories.example", "--listen-http", taken.Addr().String())
	if !strings.Contains(sentence, taken.Addr().String()) || !strings.Contains(sentence, "--listen-http") {
		t.Errorf("one whose plain port is taken is told %q", sentence)
	}
	for trouble, says := range map[error]string{
		os.NewSyscallError("bind", syscall.EACCES): "systemd unit", os.NewSyscallError("bind", syscall.EADDRINUSE): "another program", errors.New("no"): "no",
	} {
		if told := listenTrouble("--listen", ":443", fmt.Errorf("listen: %w", trouble)).Error(); !strings.Contains(told, says) || !strings.Contains(told, ":443") {
			t.Errorf("%v is told as %q", trouble, told)
		}
	}
	if got, err := (ownDomain{Domain: []string{"Größe.Example.", "größe.example", "b.example"}}).names(); err != nil || strings.Join(got, " ") != "xn--gre-6ka8i.example b.example" {
		t.Errorf("the names are %q, %v", got, err)
	}
	var said bytes.Buffer
	strangers := serverLog{slog.New(slog.NewTextHandler(&said, nil))}
	for _, line := range []string{"http: TLS handshake error from 192.0.2.7:4711: EOF\n", "http: Accept error\n"} {
		_, err := io.WriteString(strangers, line)
		must(t, err)
	}
	if strings.Contains(said.String(), "192.0.2.7") || !strings.Contains(said.String(), "Accept error") {
		t.Errorf("the log says %s", &said)
	}
}
