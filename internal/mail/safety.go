package mail

import (
	"context"
	"errors"

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
	words := t.printer()
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
