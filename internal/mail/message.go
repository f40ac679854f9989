// Package mail tells members what happened: on the site always, by mail when
// they have an address and wish it. A mail may be sent twice when the program
// or the mail server fails; both then bear one Message-ID, by which mail
// programs show it once.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"ficus/internal/archive"
)

// Message is a mail to one person.
type Message struct {
	To        string // an address
	Subject   string
	Text      string // the same words twice: plain,
	HTML      string // and as a page that loads nothing
	MessageID string // without angle brackets, see messageID
	Attached  *Attachment
	Stop      string // where mail programs end this kind of mail with one press (RFC 8058), or empty
}

// Attachment is a file that comes with a mail.
type Attachment struct {
	Name      string
	MediaType string
	Data      []byte
}

// Sender hands mails over to be delivered.
type Sender interface {
	// Send returns when the mail is somebody else's care. ErrRefused when it
	// never will be; any other error may pass.
	Send(ctx context.Context, m Message) error
}

// ErrRefused is a recipient whom no mail will ever reach.
var ErrRefused = errors.New("the address takes no mail")

// Open gives the sender at a place: "smtp://…" or "smtps://…" (see ParseSMTP),
// or else the path of a folder. Mail is sent from an address, which may come
// with a name: "Ficus <ficus@example.org>".
func Open(place, from string, clock archive.Clock) (Sender, error) {
	if strings.HasPrefix(place, "smtp://") || strings.HasPrefix(place, "smtps://") {
		config, err := ParseSMTP(place)
		if err != nil {
			return nil, err
		}
		return NewSMTP(config, from, clock)
	}
	return OpenFolder(place, from, clock)
}

// messageID names a mail by what it is about, for whom and where, so that the
// same mail sent again bears the same name.
func messageID(about string, event, account int64, site string) string {
	host := "localhost"
	if u, err := url.Parse(site); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	if strings.Contains(host, ":") { // an IPv6 address
		host = "[IPv6:" + host + "]"
	}
	return fmt.Sprintf("%s.%d.%d@%s", about, event, account, host)
}

// compose writes a mail as it travels.
func (m Message) compose(from string, at time.Time) (*gomail.Msg, error) {
	mail := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := mail.From(from); err != nil {
		return nil, fmt.Errorf("the address mail is sent from: %w", err)
	}
	if err := mail.To(m.To); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	mail.Subject(archive.CleanLine(m.Subject))
	mail.SetMessageIDWithValue(m.MessageID)
	mail.SetDateWithValue(at)
	mail.SetGenHeader("Auto-Submitted", "auto-generated") // so that no absence is announced to us
	if m.Stop != "" {
		mail.SetGenHeader("List-Unsubscribe", "<"+m.Stop+">")
		mail.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	mail.SetBodyString(gomail.TypeTextPlain, m.Text)
	mail.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if a := m.Attached; a != nil {
		if err := mail.AttachReader(a.Name, bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(a.MediaType))); err != nil {
			return nil, fmt.Errorf("attach %s: %w", a.Name, err)
		}
	}
	return mail, nil
}

// checkFrom finds out at the start whether mail can be sent from an address.
func checkFrom(from string) error {
	if err := gomail.NewMsg().From(from); err != nil {
		return fmt.Errorf("mail cannot be sent from %q: it should be an address such as ficus@example.org", from)
	}
	return nil
}
