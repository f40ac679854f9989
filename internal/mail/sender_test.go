package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ficus/internal/testkit"
)

const sender = "The Fig House <figs@example.org>"

func aMessage() Message {
	return Message{
		To: "ito@example.org", Subject: "Käse, “Salt & Iron”\r\nBcc: all@example.org",
		Text: "Dear Itō,\n\n" + strings.Repeat("a long line ", 20) + "\n.\nhttps://figs.example.org/works/1\n",
		HTML: "<p>Dear Itō</p>\n", MessageID: "gift.1.2@figs.example.org",
	}
}

// read takes a mail apart: its headers, and its bodies by media type.
func read(t *testing.T, data string) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("the mail is %s, %v", kind, err)
	}
	bodies := map[string]string{}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return m.Header, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		if encoding := part.Header.Get("Content-Transfer-Encoding"); encoding != "quoted-printable" {
			t.Fatalf("a part is encoded as %s", encoding)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(part.Header.Get("Content-Type"), ";")
		bodies[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func checkMail(t *testing.T, data string) {
	t.Helper()
	header, bodies := read(t, data)
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != "Käse, “Salt & Iron” Bcc: all@example.org" {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	for name, want := range map[string]string{
		"From": `"The Fig House" <figs@example.org>`, "To": "<ito@example.org>", "Message-Id": "<gift.1.2@figs.example.org>", "Bcc": "",
		"Auto-Submitted": "auto-generated", "Date": "Fri, 01 May 2026 12:00:00 +0000", "User-Agent": "", "X-Mailer": "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if m := aMessage(); bodies["text/plain"] != m.Text || bodies["text/html"] != m.HTML {
		t.Errorf("the bodies are %q", bodies)
	}
}

func TestFolderKeepsEachMailAsAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	folder, err := Open(dir, sender, testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := folder.Send(t.Context(), aMessage()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("keeps %v, %v", files, err)
	}
	for _, file := range files {
		if !strings.HasPrefix(file.Name(), "20260501-120000-") || !strings.HasSuffix(file.Name(), ".eml") {
			t.Errorf("a mail is called %s", file.Name())
		}
		data, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		checkMail(t, string(data))
	}
}

func TestFolderThatIsGoneFails(t *testing.T) {
	folder, err := OpenFolder(filepath.Join(t.TempDir(), "mail"), "", testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(folder.dir); err != nil {
		t.Fatal(err)
	}
	if err := folder.Send(t.Context(), aMessage()); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("gave %v", err)
	}
}

func TestSMTPHandsTheMailOver(t *testing.T) {
	office := testkit.NewPostOffice(t)
	smtp, err := Open("smtp://"+office.Address+"?tls=none", sender, testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	if err := smtp.Send(t.Context(), aMessage()); err != nil {
		t.Fatal(err)
	}
	mails := office.Mails()
	if len(mails) != 1 || mails[0].From != "figs@example.org" || len(mails[0].To) != 1 || mails[0].To[0] != "ito@example.org" {
		t.Fatalf("handed over %+v", mails)
	}
	checkMail(t, mails[0].Data)
	office.Shut()
	if err := smtp.Send(t.Context(), aMessage()); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("a server that is busy gave %v", err)
	}
}

func TestSMTPThatIsNotThereMayComeBack(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	smtp, err := Open("smtp://"+listener.Addr().String()+"?tls=none", sender, testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	if err := smtp.Send(t.Context(), aMessage()); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("gave %v", err)
	}
}

func TestAnAddressThatIsNoneIsRefusedForGood(t *testing.T) {
	folder, err := OpenFolder(t.TempDir(), "", testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"", "ito", "ito@", "a@example.org, b@example.org", "ito@example.org\r\nBcc: all@example.org"} {
		m := aMessage()
		m.To = to
		if err := folder.Send(t.Context(), m); !errors.Is(err, ErrRefused) {
			t.Errorf("%q gave %v", to, err)
		}
	}
}

// server is a mail server as providers run them: nobody hands anything in
// before they signed in, over an encrypted conversation.
type server struct {
	unknown string // whose mail it refuses
	taken   int
}

func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

type session struct {
	*server
	known bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if s.known = username == "figs" && password == "p@ss/word"; !s.known {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == s.unknown {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	s.taken++
	_, err := io.Copy(io.Discard, r)
	return err
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// serve runs the server with a certificate of its own and gives its address and
// a pool that trusts it.
func (s *server) serve(t *testing.T, fromTheFirstByte bool) (string, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate)

	smtpd := smtp.NewServer(s)
	smtpd.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { smtpd.Close() })
	if fromTheFirstByte {
		go smtpd.Serve(tls.NewListener(listener, smtpd.TLSConfig))
	} else {
		go smtpd.Serve(listener)
	}
	return listener.Addr().String(), roots
}

func sendTo(t *testing.T, address string, roots *x509.CertPool) error {
	t.Helper()
	config, err := ParseSMTP(address)
	if err != nil {
		t.Fatal(err)
	}
	if roots != nil {
		config.certificates = &tls.Config{RootCAs: roots, ServerName: config.Host}
	}
	smtp, err := NewSMTP(config, sender, testkit.NewClock())
	if err != nil {
		t.Fatal(err)
	}
	return smtp.Send(context.Background(), aMessage())
}

func TestSMTPSignsInOverAnEncryptedConversation(t *testing.T) {
	for scheme, fromTheFirstByte := range map[string]bool{"smtp": false, "smtps": true} {
		s := &server{}
		at, roots := s.serve(t, fromTheFirstByte)
		if err := sendTo(t, scheme+"://figs:p%40ss%2Fword@"+at, roots); err != nil || s.taken != 1 {
			t.Errorf("%s: %v, took %d", scheme, err, s.taken)
		}
		if err := sendTo(t, scheme+"://figs:wrong@"+at, roots); err == nil || errors.Is(err, ErrRefused) {
			t.Errorf("%s, a wrong password: %v", scheme, err)
		}
		if err := sendTo(t, scheme+"://figs:p%40ss%2Fword@"+at, nil); err == nil {
			t.Errorf("%s: trusted a certificate nobody signed", scheme)
		}
	}
}

func TestSMTPNeverFallsBackToPlainWords(t *testing.T) {
	office := testkit.NewPostOffice(t) // offers no encryption
	if err := sendTo(t, "smtp://"+office.Address, nil); err == nil || len(office.Mails()) != 0 {
		t.Errorf("%v, handed over %d", err, len(office.Mails()))
	}
}

func TestARecipientNobodyKnowsIsRefusedForGood(t *testing.T) {
	s := &server{unknown: "ito@example.org"}
	at, roots := s.serve(t, false)
	if err := sendTo(t, "smtp://figs:p%40ss%2Fword@"+at, roots); !errors.Is(err, ErrRefused) {
		t.Errorf("gave %v", err)
	}
	if err := sendTo(t, "smtp://"+at, roots); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("a sender who did not sign in: %v", err)
	}
}

func TestAnAddressOfAMailServerIsReadWhole(t *testing.T) {
	for address, want := range map[string]SMTPConfig{
		"smtp://mail.example.org":                     {Host: "mail.example.org", Port: 587, Security: StartTLS},
		"smtps://u:p@mail.example.org":                {Host: "mail.example.org", Port: 465, Username: "u", Password: "p", Security: TLS},
		"smtp://u%40example.org:p@mail.example.org:2": {Host: "mail.example.org", Port: 2, Username: "u@example.org", Password: "p", Security: StartTLS},
		"smtp://[::1]:25?tls=none":                    {Host: "::1", Port: 25, Security: Plain},
	} {
		if got, err := ParseSMTP(address); err != nil || got != want {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	for _, address := range []string{"smtp://", "smtp://u:hush@", "smtp://u:hush@h:0", "smtp://u:hush@h:99999", "smtps://u:hush@h?tls=none", "smtp://u:hush@h?tls=maybe", "smtp://u:hush@h:x"} {
		if _, err := ParseSMTP(address); err == nil {
			t.Errorf("%s was taken for a mail server", address)
		} else if strings.Contains(err.Error(), "hush") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	for _, from := range []string{"figs", "figs@", "a@b.example, c@d.example"} {
		if _, err := Open("smtp://mail.example.org", from, testkit.NewClock()); err == nil {
			t.Errorf("mail can be sent from %q", from)
		}
	}
}

func TestAMessageIDNamesTheHostOfTheSite(t *testing.T) {
	for site, want := range map[string]string{
		"https://figs.example.org": "gift.7.9@figs.example.org",
		"http://127.0.0.1:8080":    "gift.7.9@127.0.0.1",
		"http://[::1]:8080":        "gift.7.9@[IPv6:::1]",
		"":                         "gift.7.9@localhost",
	} {
		if got := messageID("gift", 7, 9, site); got != want {
			t.Errorf("%q: %s", site, got)
		}
	}
}
