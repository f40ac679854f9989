package mail

import (
	"context"
	"errors"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// MailInvitation sends the link of an invitation to its address. One that is to
// be handed on, that was used or withdrawn, or whose time is over, is sent to
// nobody.
func (t *Teller) MailInvitation(ctx context.Context, e archive.Event, _ archive.Job) error {
	var invitation archive.Invitation
	var key string
	err := t.store.Read(ctx, func(tx *store.Tx) (err error) {
		if invitation, err = tx.Invitations.Find(ctx, e.Subject); err != nil || !invitation.Live(tx.Now) {
			return err
		}
		key, err = tx.Settings.Find(ctx, archive.LinkKey)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && (key == "" || invitation.Address == "") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read invitation %d: %w", e.Subject, err)
	}
	words, l := t.speaks(archive.Account{}), t.invitationLetter(invitation, key)
	err = t.sender.Send(ctx, Message{
		To: invitation.Address, Subject: l.subject, Text: l.text(), HTML: l.html(words.Tag(), words.Dir()),
		MessageID: messageID("invitation", e.ID, e.Subject, t.site.Address),
	})
	if errors.Is(err, ErrRefused) {
		t.log.WarnContext(ctx, "mail: the address of an invitation takes no mail", "invitation", e.Subject, "event", e.ID)
		return nil
	}
	return err
}

func (t *Teller) invitationLetter(i archive.Invitation, key string) letter {
	words := t.speaks(archive.Account{})
	said := []any{"Site", t.site.name(), "Until", words.DateTime(i.ExpiresAt)}
	l := letter{
		subject: words.T("mail.invitation.subject", said...), greeting: words.T("mail.invitation.greeting"),
		paragraphs: []string{words.T("mail.invitation.told", said...), words.T("mail.invitation.until", said...)},
		action:     words.T("mail.invitation.action"), address: t.site.Address + "/sign-up?invitation=" + i.Token(key),
		why: words.T("mail.invitation.why_sent", said...),
	}
	if i.Queued {
		l.why = words.T("mail.invitation.why_queued", said...)
	}
	return l
}
