package mail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/store"
)

// MailProof sends the link of a proof to its address. A link that was used, or
// whose time is over, is sent to nobody, and neither is that of nobody. Where
// an address is to be proved that another account has proved already, no link
// goes out: its owner is told instead, so that no page has to tell anyone.
func (t *Teller) MailProof(ctx context.Context, e archive.Event, _ archive.Job) error {
	var to string
	var reader archive.Account
	var l letter
	err := t.store.Read(ctx, func(tx *store.Tx) (err error) {
		to, reader, l, err = t.proofLetter(ctx, tx, e.Subject)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && to == "" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("write the letter of proof %d: %w", e.Subject, err)
	}
	words := t.speaks(reader)
	err = t.sender.Send(ctx, Message{
		To: to, Subject: l.subject, Text: l.text(), HTML: l.html(words.Tag(), words.Dir()),
		MessageID: messageID("proof", e.ID, e.Subject, t.site.Address),
	})
	if errors.Is(err, ErrRefused) {
		t.log.WarnContext(ctx, "mail: the address of a link takes no mail", "proof", e.Subject, "event", e.ID)
		return nil
	}
	return err
}

// proofLetter gives the letter of a proof, where it goes and to whom.
func (t *Teller) proofLetter(ctx context.Context, tx *store.Tx, id int64) (to string, reader archive.Account, l letter, err error) {
	proof, err := tx.Proofs.Find(ctx, id)
	if err != nil || !proof.Live(tx.Now) {
		return "", reader, l, err
	}
	account, err := tx.Accounts.Find(ctx, proof.Account)
	if err != nil {
		return "", reader, l, err
	}
	if proof.Purpose == archive.ProofOfMail || proof.Purpose == archive.ProofOfChange {
		owner, err := tx.Accounts.FindMailed(ctx, proof.Address)
		if err == nil && owner.ID != account.ID {
			return owner.Mail(), owner, t.knownLetter(owner), nil
		}
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return "", reader, l, err
		}
	}
	key, err := tx.Settings.Find(ctx, archive.LinkKey)
	if err != nil {
		return "", reader, l, err
	}
	return proof.Address, account, t.linkLetter(account, proof, t.proofAddress(proof, key)), nil
}

// proofAddress is the link itself. The secret stands in the query, which no
// log of ours keeps.
func (t *Teller) proofAddress(p archive.Proof, key string) string {
	return t.site.Address + "/proofs/" + strconv.FormatInt(p.ID, 10) + "?" + url.Values{"key": {p.Secret(key)}}.Encode()
}

func (t *Teller) linkLetter(to archive.Account, p archive.Proof, address string) letter {
	words := t.speaks(to)
	said := []any{"Name", to.Name, "Site", t.site.name(), "Address", p.Address, "Until", words.DateTime(p.ExpiresAt), "Device", deviceOf(words, p.Agent)}
	l := letter{greeting: words.T("mail.greeting", "Name", to.Name), address: address}
	switch p.Purpose {
	case archive.ProofOfMail:
		l.subject, l.action = words.T("mail.prove.subject", said...), words.T("mail.prove.action")
		l.paragraphs = []string{words.T("mail.prove.told", said...), words.T("mail.link_until", said...)}
		l.why = words.T("mail.prove.why", said...)
	case archive.ProofOfChange:
		l.subject, l.action = words.T("mail.prove.subject", said...), words.T("mail.prove.action")
		l.paragraphs = []string{words.T("mail.change.told", said...), words.T("mail.link_until", said...)}
		l.why = words.T("mail.prove.why", said...)
	case archive.ProofToStop:
		l.subject, l.action = words.T("mail.stop.subject", said...), words.T("mail.stop.action")
		l.paragraphs = []string{words.T("mail.stop.told", said...), words.T("mail.stop.else", said...)}
		l.why = words.T("mail.safety.why", said...)
	case archive.ProofForReset:
		l.subject, l.action = words.T("mail.reset.subject", said...), words.T("mail.reset.action")
		l.paragraphs = []string{words.T("mail.reset.told", said...), words.T("mail.link_until", said...)}
		l.why = words.T("mail.reset.why", said...)
	}
	return l
}

// knownLetter tells the owner of an address that it was given for another
// account.
func (t *Teller) knownLetter(to archive.Account) letter {
	words := t.speaks(to)
	said := []any{"Name", to.Name, "Site", t.site.name()}
	return letter{
		subject:    words.T("mail.known.subject", said...),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.known.told", said...), words.T("mail.known.else", said...)},
		action:     words.T("mail.known.action"),
		address:    t.site.Address + "/forgotten",
		why:        words.T("mail.safety.why", said...),
	}
}

// deviceOf says in words which browser asked.
func deviceOf(words locale.Printer, agent string) string {
	browser, system := archive.DeviceOf(agent)
	switch {
	case browser == "":
		return words.T("mail.device_unknown")
	case system == "":
		return browser
	}
	return words.T("account.device", "Browser", browser, "System", system)
}
