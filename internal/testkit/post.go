package testkit

import (
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// PostOffice takes mails over SMTP, without encryption and from anyone, and keeps them.
type PostOffice struct {
	// Address is its host and port.
	Address string

	mu    sync.Mutex
	mails []Mail
	shut  bool
}

// Mail is one mail as it was handed in.
type Mail struct {
	From string   // of the envelope
	To   []string // of the envelope
	Data string   // headers and body
}

// NewPostOffice opens a post office on a loopback port until the test ends.
func NewPostOffice(t testing.TB) *PostOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office := &PostOffice{Address: listener.Addr().String()}
	server := smtp.NewServer(office)
	server.Domain = "post.test"
	server.ReadTimeout = 10 * time.Second
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Close()
		if err := <-served; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Errorf("the post office failed: %v", err)
		}
	})
	return office
}

// Mails are the mails handed in so far.
func (o *PostOffice) Mails() []Mail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.mails)
}

// Shut makes the post office refuse mails until it is reopened.
func (o *PostOffice) Shut() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shut = true
}

// Reopen ends a Shut.
func (o *PostOffice) Reopen() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shut = false
}

// NewSession begins a conversation; it is part of smtp.Backend.
func (o *PostOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{office: o}, nil }

// delivery is a conversation about one mail at a time.
type delivery struct {
	office *PostOffice
	mail   Mail
}

func (d *delivery) Reset()        { d.mail = Mail{} }
func (d *delivery) Logout() error { return nil }

func (d *delivery) Mail(from string, _ *smtp.MailOptions) error {
	d.office.mu.Lock()
	defer d.office.mu.Unlock()
	if d.office.shut {
		return &smtp.SMTPError{Code: 451, Message: "come back later"}
	}
	d.mail.From = from
	return nil
}

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.mail.To = append(d.mail.To, to)
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.mail.Data = string(data)
	d.office.mu.Lock()
	defer d.office.mu.Unlock()
	d.office.mails = append(d.office.mails, d.mail)
	return nil
}
