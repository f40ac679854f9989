package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/store"
)

const (
	dailySlice = 100            // accounts looked at in one query
	dailyRest  = 23 * time.Hour // between two daily mails, so that they keep their hour
	dailyReach = 72 * time.Hour // notices older than this are no news
)

// SendDaily sends each member who wishes so one mail with the news of the day.
// A mail that may have been sent already, because the program ended in the
// middle, is sent again under the same Message-ID and with the same bounds.
func (t *Teller) SendDaily(ctx context.Context) error {
	var failed error
	for after := int64(0); ; {
		var due []int64
		err := t.store.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = tx.Notices.Due(ctx, after, tx.Now.Add(-dailyReach), tx.Now.Add(-dailyRest), dailySlice)
			return err
		})
		if err != nil {
			return err
		}
		for _, account := range due {
			after = account
			if err := t.daily(ctx, account); err != nil {
				failed = errors.Join(failed, fmt.Errorf("daily mail to account %d: %w", account, err))
			}
		}
		if len(due) < dailySlice || ctx.Err() != nil {
			return failed
		}
	}
}

// daily sends one member's mail, if there is anything in it.
func (t *Teller) daily(ctx context.Context, id int64) error {
	var batch store.Batch
	var m told
	err := t.store.Write(ctx, func(tx *store.Tx) (err error) {
		if batch, err = tx.Notices.Batch(ctx, id); err != nil {
			return err
		}
		m, err = t.news(ctx, tx, id, batch)
		return err
	})
	if err != nil {
		return err
	}
	if len(m.letter.lines) > 0 && m.account.Mail() != "" {
		words := t.speaks(m.account)
		err = t.sender.Send(ctx, Message{
			To: m.account.Mail(), Subject: m.letter.subject, Text: m.letter.text(), HTML: m.letter.html(words.Tag(), words.Dir()),
			MessageID: messageID("daily", batch.Until, id, t.site.Address), Stop: m.letter.stop,
		})
		if err != nil && !errors.Is(err, ErrRefused) {
			return err
		}
	}
	return t.store.Write(ctx, func(tx *store.Tx) error { return tx.Notices.Sent(ctx, id, batch) })
}

// news is what a member is told of the day: unread notices of the topics they
// wish to hear of daily.
func (t *Teller) news(ctx context.Context, tx *store.Tx, id int64, b store.Batch) (told, error) {
	account, err := tx.Accounts.Find(ctx, id)
	if err != nil {
		return told{}, err
	}
	if here, err := thoseHere(ctx, tx, []told{{account: account}}); err != nil || len(here) == 0 {
		return told{}, err
	}
	wishes, err := tx.Accounts.Preferences(ctx, id)
	if err != nil {
		return told{}, err
	}
	notices, err := tx.Notices.Between(ctx, archive.Viewer{Account: id, Name: account.Name, Staff: account.Staff}, b.After, b.Until)
	if err != nil {
		return told{}, err
	}
	key, err := tx.Settings.Keep(ctx, archive.LinkKey, rand.Text()+rand.Text())
	if err != nil {
		return told{}, err
	}
	words := t.speaks(account)
	m := told{account: account, letter: letter{
		greeting: words.T("mail.greeting", "Name", account.Name), paragraphs: []string{words.T("mail.daily.told", "Site", t.site.name())},
		action: words.T("mail.daily.read"), address: t.site.Address + "/notices",
		why: words.T("mail.wishes.why", "Address", t.site.Address+"/account/mail"),
	}}
	if m.letter.lines, err = t.lines(ctx, tx, words, notices, wishes); err != nil {
		return told{}, err
	}
	if len(m.letter.lines) > 0 {
		t.stoppable(&m.letter, key, account, archive.TopicDaily)
	}
	m.letter.subject = words.N("mail.daily.subject", len(m.letter.lines), "Site", t.site.name())
	return m, nil
}

// lines are those of the notices that a member wishes to hear of once a day.
func (t *Teller) lines(ctx context.Context, tx *store.Tx, words locale.Printer, notices []store.Told, wishes archive.Preferences) (list []line, err error) {
	for _, n := range notices {
		topic := n.Kind.Topic()
		if topic == archive.TopicSite || wishes.Mails(topic) != archive.MailDaily || n.Title == "" {
			continue
		}
		one, still, err := t.line(ctx, tx, words, n)
		if err != nil {
			return nil, err
		}
		if still {
			list = append(list, one)
		}
	}
	return list, nil
}

// dailyWords are what a daily mail says of a notice.
var dailyWords = map[archive.NoticeKind]string{
	archive.NoticeComment: "mail.daily.comment", archive.NoticeHeld: "mail.daily.held", archive.NoticeReply: "mail.daily.reply",
	archive.NoticeGift: "mail.daily.gift",
}

// line is one notice in a daily mail; false when it is no news any more.
func (t *Teller) line(ctx context.Context, tx *store.Tx, words locale.Printer, n store.Told) (one line, still bool, err error) {
	one = line{address: t.workAddress(n.Work)}
	switch n.Kind {
	case archive.NoticeKudos:
		one.text = words.N("inbox.kudos", n.Number, "Title", n.Title)
	case archive.NoticeChapter, archive.NoticeWork, archive.NoticeFiltered:
		followed, still, err := newsOf(ctx, tx, n)
		if err != nil || !still {
			return one, false, err
		}
		one = line{text: followed.says(words), address: t.newsAddress(n)}
	case archive.NoticeComment, archive.NoticeHeld, archive.NoticeReply:
		one.address = t.commentAddress(n.Subject)
		one.text = words.T(dailyWords[n.Kind], "Title", n.Title)
	default:
		one.text = words.T(dailyWords[n.Kind], "Title", n.Title)
	}
	return one, true, nil
}
