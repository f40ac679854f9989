package mail

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// TellVolume tells a member what became of the book of several works that they
// asked for, by mail if they wish; nobody of one that was given up by them
// meanwhile, or whose day is over.
func (t *Teller) TellVolume(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeBook, func(tx *store.Tx) ([]told, error) {
		v, err := tx.Volumes.Find(ctx, e.Actor, e.Subject)
		if errors.Is(err, archive.ErrNotFound) || err == nil && v.UnderWay() {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		account, err := tx.Accounts.Find(ctx, e.Actor)
		if err != nil {
			return nil, err
		}
		wishes, err := tx.Accounts.Preferences(ctx, account.ID)
		return []told{{
			account: account, byMail: wishes.Mails(archive.TopicBooks) == archive.MailAtOnce, topic: archive.TopicBooks,
			about: archive.Notice{Subject: v.ID}, letter: t.volumeLetter(account, v),
		}}, err
	})
}

func (t *Teller) volumeLetter(to archive.Account, v archive.Volume) letter {
	words := t.speaks(to)
	l := letter{
		subject:    words.T("mail.book.subject", "Title", v.Title),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.book.told", "Title", v.Title, "Time", words.DateTime(v.Until))},
		action:     words.T("mail.book.action"),
		address:    t.site.Address + "/books",
		why:        words.T("mail.wishes.why", "Address", t.site.Address+"/account/mail"),
	}
	if !v.IsReady() {
		l.action = words.T("inbox.book_why")
		l.subject, l.paragraphs = words.T("mail.book.broken_subject", "Title", v.Title), []string{words.T("mail.book.broken", "Title", v.Title)}
	}
	return l
}
