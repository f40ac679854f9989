package accounts

import (
	"context"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// StopMails stops the mails of a topic for the account that a token is of,
// without signing in, and tells what was wished before, to be given to
// TakeStopBack. To a token that is none it answers as to one of an account with
// the usual wishes, and does nothing.
func (a *Accounts) StopMails(ctx context.Context, t archive.Topic, token string) (was string, err error) {
	err = a.byToken(ctx, t, token, func(p *archive.Preferences) {
		was = ""
		for _, one := range p.Stopped(t) {
			was += string(one) + "=" + string(p.Mails(one)) + ";"
			p.Wish(one, archive.MailNever)
		}
	})
	return was, err
}

// TakeStopBack wishes again what was wished before a StopMails by the same
// token.
func (a *Accounts) TakeStopBack(ctx context.Context, t archive.Topic, token, was string) error {
	return a.byToken(ctx, t, token, func(p *archive.Preferences) {
		for pair := range strings.SplitSeq(was, ";") {
			one, wish, _ := strings.Cut(pair, "=")
			if t == archive.TopicDaily || archive.Topic(one) == t {
				p.Wish(archive.Topic(one), archive.MailWish(wish))
			}
		}
	})
}

// CanStop reports whether there are mails of a topic that anyone may stop.
func CanStop(t archive.Topic) bool {
	return t == archive.TopicDaily || slices.Contains(archive.MailTopics(), t)
}

// byToken changes the preferences of the account a token is of; for a token that
// is none, of nobody.
func (a *Accounts) byToken(ctx context.Context, t archive.Topic, token string, change func(*archive.Preferences)) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		key, err := tx.Settings.Find(ctx, archive.LinkKey)
		if err != nil {
			return err
		}
		var p archive.Preferences
		account := archive.StopsFor(key, token, t)
		if account != 0 {
			if _, err := tx.Accounts.Find(ctx, account); err != nil { // one who has left
				account = 0
			}
		}
		if account != 0 {
			if p, err = tx.Accounts.Preferences(ctx, account); err != nil {
				return err
			}
		}
		change(&p)
		if account == 0 {
			return nil
		}
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: account})
		return tx.Accounts.SetPreferences(ctx, account, p)
	})
}

// KeepNotices does one thing with notices of the member: "read", "unread" or
// "delete". Those of anybody else are left alone.
func (a *Accounts) KeepNotices(ctx context.Context, v archive.Viewer, s store.Shelf, what string) error {
	return a.store.Write(ctx, func(tx *store.Tx) (err error) {
		switch what {
		case "read", "unread":
			_, err = tx.Notices.Read(ctx, v.Account, s, what == "read")
		case "delete":
			_, err = tx.Notices.Delete(ctx, v.Account, s)
		default:
			err = archive.ErrNotFound
		}
		return err
	})
}
