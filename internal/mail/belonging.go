package mail

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// TellSafety tells a member what was done to the ways into their account, also
// by mail and whatever they prefer: whoever did it may not be they.
func (t *Teller) TellSafety(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeKind(e.Kind), func(tx *store.Tx) ([]told, error) {
		account, err := tx.Accounts.Find(ctx, e.Subject)
		if errors.Is(err, archive.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		until, here, err := t.deletedUntil(ctx, tx, e, account)
		if err != nil || !here {
			return nil, err
		}
		return []told{{account: account, byMail: true, letter: t.safetyLetter(account, e.Kind, until)}}, nil
	})
}

// deletedUntil gives the day until which the account of an event can come
// back; false when the event tells of a deletion that was undone meanwhile.
func (t *Teller) deletedUntil(ctx context.Context, tx *store.Tx, e archive.Event, of archive.Account) (day string, here bool, err error) {
	if e.Kind != archive.AccountDeleted {
		return "", true, nil
	}
	deletion, err := tx.Deletions.Find(ctx, e.Subject)
	if errors.Is(err, archive.ErrNotFound) {
		return "", false, nil
	}
	return t.speaks(of).Date(deletion.PurgeAt), err == nil, err
}

func (t *Teller) safetyLetter(to archive.Account, kind archive.EventKind, until string) letter {
	words := t.speaks(to)
	said := words.Safety(archive.NoticeKind(kind))
	if until != "" {
		said += " " + words.T("safety.deleted_until", "Date", until)
	}
	l := letter{
		subject:    words.T("safety.subject", "Site", t.site.name()),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{said, words.T("safety.not_you")},
		action:     words.T("safety.look"),
		address:    t.site.Address + "/account",
		why:        words.T("mail.safety.why", "Site", t.site.name()),
	}
	if kind == archive.AccountDeleted {
		l.action, l.address = words.T("safety.sign_in"), t.site.Address+"/sign-in"
	}
	return l
}
