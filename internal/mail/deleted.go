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
		member, err := t.creator(ctx, tx, pseud.Account, opened)
		if err != nil {
			return nil, err
		}
		members = append(members, member)
	}
	return members, nil
}

// creator is one who signs a deleted work, to be told of it with the book if
// they wish.
func (t *Teller) creator(ctx context.Context, tx *store.Tx, id int64, work store.Opened) (m told, err error) {
	if m.account, err = tx.Accounts.Find(ctx, id); err != nil {
		return m, err
	}
	wishes, err := tx.Accounts.Preferences(ctx, id)
	m.byMail, m.letter = true, t.deletedLetter(m.account, work)
	if wishes.BookOnDeletion && t.site.Book != nil {
		m.enclose = func(ctx context.Context, l *letter) *Attachment { return t.encloseBook(ctx, l, m.account, work) }
	}
	return m, err
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

// mostAttached is the largest book that travels with a mail: many mail servers
// take no more than 10 MB, and a file grows by a third on the way.
const mostAttached = 7 << 20

// encloseBook puts the deleted work as EPUB into its creator's mail. One that is
// too large for a mail, or cannot be made now, is named with the address where
// its creators find it until the work is gone.
func (t *Teller) encloseBook(ctx context.Context, l *letter, to archive.Account, work store.Opened) *Attachment {
	words := t.speaks(to)
	book, err := t.site.Book(ctx, to.ID, work.ID)
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return nil // there is no chapter in it, or it went meanwhile
	case err == nil && len(book.Data) <= mostAttached:
		l.paragraphs = append(l.paragraphs, words.T("mail.deleted.attached"))
		return &book
	case err != nil:
		t.log.WarnContext(ctx, "mail: the book of a deleted work could not be made", "work", work.ID, "error", err)
	}
	l.paragraphs = append(l.paragraphs, words.T("mail.deleted.not_attached", "Day", words.Date(work.PurgeAt)))
	l.lines = append(l.lines, line{text: words.T("mail.deleted.book"), address: t.workAddress(work.ID) + ".epub"})
	return nil
}
