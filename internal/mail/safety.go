package mail

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// TellJoined reminds a new member on the site that a link waits in their mail.
func (t *Teller) TellJoined(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeProve, func(tx *store.Tx) ([]told, error) {
		account, err := tx.Accounts.Find(ctx, e.Subject)
		if errors.Is(err, archive.ErrNotFound) || err == nil && (account.Email == "" || account.Mail() != "") {
			return nil, nil
		}
		return []told{{account: account}}, err
	})
}

// TellPassword tells a member that their password was changed, also by mail
// and whatever they prefer: whoever did it may not be they.
func (t *Teller) TellPassword(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticePassword, func(tx *store.Tx) ([]told, error) {
		account, err := tx.Accounts.Find(ctx, e.Subject)
		if errors.Is(err, archive.ErrNotFound) {
			return nil, nil
		}
		return []told{{account: account, byMail: true, letter: t.passwordLetter(account)}}, err
	})
}

func (t *Teller) passwordLetter(to archive.Account) letter {
	words := t.speaks(to)
	said := []any{"Name", to.Name, "Site", t.site.name()}
	return letter{
		subject:    words.T("mail.password.subject", said...),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.password.told", said...), words.T("mail.password.else", said...)},
		action:     words.T("mail.password.action"),
		address:    t.site.Address + "/forgotten",
		why:        words.T("mail.safety.why", said...),
	}
}

// TellDevice tells a member, if they wish, that a device signed in that never
// did before.
func (t *Teller) TellDevice(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeDevice, func(tx *store.Tx) ([]told, error) {
		account, err := tx.Accounts.Find(ctx, e.Actor)
		if errors.Is(err, archive.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		wishes, err := tx.Accounts.Preferences(ctx, account.ID)
		if err != nil || wishes.NoDeviceNews {
			return nil, err
		}
		agent := ""
		sessions, err := tx.Sessions.Of(ctx, account.ID, e.At.Add(-time.Minute))
		for _, s := range sessions {
			if s.ID == e.Subject {
				agent = s.Agent
			}
		}
		return []told{{account: account, byMail: true, letter: t.deviceLetter(account, agent)}}, err
	})
}

func (t *Teller) deviceLetter(to archive.Account, agent string) letter {
	words := t.speaks(to)
	said := []any{"Name", to.Name, "Site", t.site.name(), "Device", deviceOf(words, agent), "Address", t.site.Address + "/account"}
	return letter{
		subject:    words.T("mail.device.subject", said...),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.device.told", said...), words.T("mail.device.else", said...)},
		action:     words.T("mail.device.action"),
		address:    t.site.Address + "/account",
		why:        words.T("mail.device.why", said...),
	}
}
