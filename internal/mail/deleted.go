package mail

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// TellDeleted tells every creator of a deleted work until which day it can be
// brought back and where, also the one who deleted it: a hand slips, and an
// account may be in other hands. Nobody is told of a work that is back already.
func (t *Teller) TellDeleted(ctx context.Context, e archive.Event, job archive.Job) error {
	if e.Data["account"] != "" {
		return nil // it went with its account, whose owner is told
	}
	return t.tell(ctx, e, job, archive.NoticeWorkDeleted, func(tx *store.Tx) ([]told, error) { return t.creators(ctx, tx, e.Work) })
}

func (t *Teller) creators(ctx context.Context, tx *store.Tx, work int64) ([]told, error) {
	pseuds, err := tx.Works.Creators(ctx, work)
	if err != nil {
		return nil, err
	}
	var members []told
	met := map[int64]bool{}
	for _, pseud := range pseuds {
		if met[pseud.Account] || pseud.Owner == archive.OrphanAccount {
			continue // two pen names of one writer; or nobody's
		}
		met[pseud.Account] = true
		opened, err := tx.Works.Open(ctx, archive.Viewer{Account: pseud.Account}, work)
		if errors.Is(err, archive.ErrNotFound) || err == nil && opened.DeletedAt.IsZero() {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		account, err := tx.Accounts.Find(ctx, pseud.Account)
		if err != nil {
			return nil, err
		}
		members = append(members, told{account: account, byMail: true, letter: t.deletedLetter(account, opened)})
	}
	return members, nil
}

func (t *Teller) deletedLetter(to archive.Account, work store.Opened) letter {
	words := t.speaks(to)
	return letter{
		subject:    words.T("mail.deleted.subject", "Title", work.Title),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.deleted.told", "Title", work.Title, "Site", t.site.name(), "Day", words.Date(work.PurgeAt))},
		action:     words.T("mail.deleted.undo"),
		address:    t.workAddress(work.ID),
		why:        words.T("mail.deleted.why", "Site", t.site.name()),
	}
}
