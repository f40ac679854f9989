package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"ficus/internal/archive"
)

// Security is how a conversation with a mail server is kept private.
type Security string

// The ways. There is no "when the server happens to offer it": whoever listens
// could take the offer away.
const (
	StartTLS Security = "starttls" // encrypted before anything is said; the usual
	TLS      Security = "tls"      // encrypted from the first byte
	Plain    Security = "none"     // readable on the way: a relay on this machine
)

// SMTPConfig says where mails are handed in.
type SMTPConfig struct {
	Host     string
	Port     int
	Username string // empty: nobody signs in
	Password string
	Security Security

	certificates *tls.Config // of a test's own server
}

// ParseSMTP reads the address of a mail server: "smtp://USER:PASSWORD@HOST:587",
// "smtps://…" for encryption from the first byte, "smtp://HOST:25?tls=none" for
// none. User and port may be left out.
func ParseSMTP(address string) (SMTPConfig, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		// The address holds a password, so the error does not repeat it.
		return SMTPConfig{}, errors.New("the address of the mail server is not of the form smtp://USER:PASSWORD@HOST:PORT")
	}
	password, _ := u.User.Password()
	c := SMTPConfig{Host: u.Hostname(), Port: 587, Username: u.User.Username(), Password: password, Security: StartTLS}
	if u.Scheme == "smtps" {
		c.Port, c.Security = 465, TLS
	}
	switch wish := u.Query().Get("tls"); {
	case wish == "none" && u.Scheme == "smtp":
		c.Security = Plain
	case wish != "":
		return SMTPConfig{}, errors.New("the address of the mail server may end in ?tls=none, on smtp:// only")
	}
	if u.Port() != "" {
		if c.Port, err = strconv.Atoi(u.Port()); err != nil || c.Port < 1 || c.Port > 65535 {
			return SMTPConfig{}, fmt.Errorf("%s is no port of a mail server", u.Port())
		}
	}
	return c, nil
}

// SMTP is a Sender that hands each mail to a mail server of the owner's, who
// said where it is: it may be on a private network.
type SMTP struct {
	host    string
	options []gomail.Option
	from    string
	clock   archive.Clock
}

// A mail server that says nothing for so long has failed.
const smtpTimeout = 30 * time.Second

// NewSMTP makes a sender; the server is asked with the first mail.
func NewSMTP(c SMTPConfig, from string, clock archive.Clock) (*SMTP, error) {
	if err := checkFrom(from); err != nil {
		return nil, err
	}
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(smtpTimeout)}
	switch c.Security {
	case TLS:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.certificates != nil {
		options = append(options, gomail.WithTLSConfig(c.certificates))
	}
	if c.Username != "" {
		options = append(options, gomail.WithUsername(c.Username), gomail.WithPassword(c.Password), gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover))
	}
	if _, err := gomail.NewClient(c.Host, options...); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", c.Host, err)
	}
	return &SMTP{host: c.Host, options: options, from: from, clock: clock}, nil
}

// Send hands a mail over.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	mail, err := m.compose(s.from, s.clock.Now())
	if err != nil {
		return err
	}
	// A client is one conversation, and mails are sent side by side.
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("mail server %s: %w", s.host, err)
	}
	if err := client.DialAndSendWithContext(ctx, mail); err != nil {
		return fmt.Errorf("hand a mail to %s: %w", s.host, refusal(err))
	}
	return nil
}

// refusal tells an answer about the recipient that is final from a failure
// that may pass. Any other refusal is about us, and the owner can mend it.
func refusal(err error) error {
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.Reason == gomail.ErrSMTPRcptTo && failed.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}
