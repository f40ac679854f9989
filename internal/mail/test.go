package mail

import (
	"context"
	"time"
)

// testDeadline bounds how long a mail server may take to answer a test.
const testDeadline = 20 * time.Second

// NewTester gives what sends a mail to an address at once, to find out whether
// mail works. The error is what stood in the way, in the words of whoever said
// it.
func NewTester(sender Sender, site Site, now func() time.Time) func(ctx context.Context, to, subject, text string) error {
	return func(ctx context.Context, to, subject, text string) error {
		ctx, cancel := context.WithTimeout(ctx, testDeadline)
		defer cancel()
		l := letter{subject: subject, greeting: text, action: site.name(), address: site.Address}
		return sender.Send(ctx, Message{
			To: to, Subject: subject, Text: l.text(), HTML: l.html("en", "ltr"),
			MessageID: messageID("test", now().UnixMicro(), 0, site.Address),
		})
	}
}
