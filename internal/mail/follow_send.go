package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// mailsAtOnce is how many mails are handed over at a time.
const mailsAtOnce = 4

// newsInOneMail is how many pieces of news one mail holds.
const newsInOneMail = 200

// SendFollowed sends what waits in the outbox and is due: to some each piece of
// news by itself, to others all of the last hour in one mail. A mail that may
// have been sent already, because the program ended in the middle, is sent again
// under the same Message-ID.
func (t *Teller) SendFollowed(ctx context.Context) error {
	var failed error
	for after := int64(0); ; {
		var due []int64
		err := t.store.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = tx.Outbox.Due(ctx, after, dailySlice)
			return err
		})
		if err != nil {
			return err
		}
		failed = errors.Join(failed, t.sendEach(ctx, due))
		if len(due) < dailySlice || ctx.Err() != nil {
			return failed
		}
		after = due[len(due)-1]
	}
}

// sendEach sends some members their mails, several at a time: a mail server
// takes its while over each.
func (t *Teller) sendEach(ctx context.Context, accounts []int64) error {
	failures := make([]error, len(accounts))
	next := make(chan int)
	var busy sync.WaitGroup
	for range mailsAtOnce {
		busy.Go(func() {
			for i := range next {
				if err := t.sendFollowed(ctx, accounts[i]); err != nil {
					failures[i] = fmt.Errorf("mail account %d what it follows: %w", accounts[i], err)
				}
			}
		})
	}
	for i := range accounts {
		if ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	busy.Wait()
	return errors.Join(failures...)
}

// sendFollowed sends one member the mails that are due, one after the other; each
// is noted as sent before the next is made.
func (t *Teller) sendFollowed(ctx context.Context, account int64) error {
	var parcel store.Parcel
	for {
		var m told
		var name string
		sent := parcel
		err := t.store.Write(ctx, func(tx *store.Tx) (err error) {
			if sent.Batch != 0 {
				if err := tx.Outbox.Sent(ctx, account, sent); err != nil {
					return err
				}
			}
			if parcel, err = tx.Outbox.Next(ctx, account, newsInOneMail); err != nil || parcel.Batch == 0 {
				return err
			}
			m, name, err = t.followed(ctx, tx, account, parcel)
			return err
		})
		if err != nil || parcel.Batch == 0 {
			return err
		}
		if name != "" && m.account.Mail() != "" {
			words := t.speaks(m.account)
			err = t.sender.Send(ctx, Message{
				To: m.account.Mail(), Subject: m.letter.subject, Text: m.letter.text(), HTML: m.letter.html(words.Tag(), words.Dir()),
				MessageID: name, Stop: m.letter.stop,
			})
			if err != nil && !errors.Is(err, ErrRefused) {
				return err
			}
		}
	}
}

// news is one piece of it, as its reader may know it now.
type news struct {
	store.Told
	work    store.Opened
	chapter archive.Chapter
	place   int    // of the chapter among those that are posted
	filter  string // the name of the saved filter in whose list the work came
}

// followed makes the mail of a parcel and its Message-ID; no name when nothing
// of it is news any more: it was read on the site, undone, taken from sight, or
// is followed no longer.
func (t *Teller) followed(ctx context.Context, tx *store.Tx, id int64, p store.Parcel) (m told, name string, err error) {
	account, err := tx.Accounts.Find(ctx, id)
	if err != nil {
		return told{}, "", err
	}
	list, err := stillNews(ctx, tx, account, p)
	if err != nil || len(list) == 0 {
		return told{}, "", err
	}
	key, err := tx.Settings.Keep(ctx, archive.LinkKey, rand.Text()+rand.Text())
	if err != nil {
		return told{}, "", err
	}
	m = told{account: account, letter: t.followLetter(account, list)}
	t.stoppable(&m.letter, key, account, archive.TopicFollowing)
	name = messageID("hourly", p.Batch, id, t.site.Address)
	if !p.Together {
		name = messageID(string(list[0].Kind), list[0].Event, id, t.site.Address)
	}
	return m, name, nil
}

// stillNews is what of a parcel its reader is to be told by mail.
func stillNews(ctx context.Context, tx *store.Tx, to archive.Account, p store.Parcel) (list []news, err error) {
	if here, err := thoseHere(ctx, tx, []told{{account: to}}); err != nil || len(here) == 0 {
		return nil, err
	}
	wishes, err := tx.Accounts.Preferences(ctx, to.ID)
	if wish := wishes.Mails(archive.TopicFollowing); err != nil || wish == archive.MailDaily || wish == archive.MailNever {
		return nil, err // they changed their mind
	}
	notices, _, err := tx.Notices.Page(ctx, archive.Viewer{Account: to.ID, Name: to.Name}, store.Shelf{IDs: p.Notices, Show: "unread", Oldest: true}, len(p.Notices), 0)
	if err != nil {
		return nil, err
	}
	for _, n := range notices {
		one, still, err := newsOf(ctx, tx, n)
		if err != nil {
			return nil, err
		}
		if still {
			list = append(list, one)
		}
	}
	return list, nil
}

// newsOf looks again at what a notice tells of something that is followed;
// false when it is no news to its member any more.
func newsOf(ctx context.Context, tx *store.Tx, n store.Told) (news, bool, error) {
	one := news{Told: n}
	if n.Title == "" {
		return one, false, nil
	}
	work, err := tx.Works.Open(ctx, archive.Viewer{Account: n.Account}, n.Work)
	if errors.Is(err, archive.ErrNotFound) {
		return one, false, nil
	}
	if err != nil || !work.Gate.List {
		return one, false, err
	}
	one.work = work
	if n.Kind == archive.NoticeFiltered {
		return newsOfFilter(ctx, tx, one)
	}
	of := archive.Followed{Work: n.Work}
	if n.Subject != 0 {
		of = archive.Followed{Person: n.Subject}
	}
	if still, err := tx.Follows.Has(ctx, n.Account, of); err != nil || !still {
		return one, false, err
	}
	chapters, err := tx.Chapters.Of(ctx, n.Work, false)
	for i, c := range chapters {
		if c.ID == n.Chapter {
			one.chapter, one.place = c, i+1
		}
	}
	return one, one.place > 0 || n.Number > 1, err
}

// newsOfFilter names the filter a work came into; false when its member is told
// no more.
func newsOfFilter(ctx context.Context, tx *store.Tx, one news) (news, bool, error) {
	filter, err := tx.Filters.Find(ctx, one.Account, one.Subject)
	if errors.Is(err, archive.ErrNotFound) {
		return one, false, nil
	}
	one.filter = filter.Name
	return one, filter.IsSubscribed(), err
}

// followLetter tells of one piece of news in sentences, and of several in a
// list.
func (t *Teller) followLetter(to archive.Account, list []news) letter {
	words := t.speaks(to)
	l := letter{
		greeting: words.T("mail.greeting", "Name", to.Name),
		why:      words.T("mail.follow.why", "Site", t.site.name(), "Address", t.site.Address+"/account/following"),
	}
	if len(list) > 1 {
		l.subject = words.N("mail.follow.subject", len(list), "Site", t.site.name())
		l.paragraphs = []string{words.T("mail.follow.told", "Site", t.site.name())}
		for _, n := range list {
			l.lines = append(l.lines, line{text: n.says(words), address: t.newsAddress(n.Told)})
		}
		l.action, l.address = words.T("mail.daily.read"), t.site.Address+"/notices"
		return l
	}
	n := list[0]
	l.subject, l.paragraphs = n.says(words), []string{n.says(words)}
	if n.Kind == archive.NoticeChapter && n.Number == 1 {
		l.paragraphs = append(l.paragraphs, n.chapterNamed(words))
	}
	if summary := prose.ReadStored(n.work.Summary).Text(0); n.Kind != archive.NoticeChapter && summary != "" {
		l.paragraphs = append(l.paragraphs, summary)
	}
	l.action, l.address = words.T("mail.follow.read"), t.newsAddress(n.Told)
	return l
}

// says is a piece of news in one sentence, with the names its reader may know.
func (n news) says(words locale.Printer) string {
	byline := words.List(bylineOf(words, n.work))
	if n.Kind == archive.NoticeFiltered {
		return words.T("inbox.filtered", "Title", n.Title, "Byline", byline, "Filter", n.filter)
	}
	if n.Kind == archive.NoticeWork {
		return words.T("inbox.work_by", "Title", n.Title, "Byline", byline)
	}
	return words.N("inbox.chapters_by", n.Number, "Title", n.Title, "Byline", byline)
}

// chapterNamed names the chapter that is new.
func (n news) chapterNamed(words locale.Printer) string {
	if n.chapter.Title == "" {
		return words.T("chapter.number", "Number", n.place)
	}
	return words.T("mail.follow.chapter", "Number", n.place, "Title", n.chapter.Title)
}

// newsAddress is where a piece of news is read.
func (t *Teller) newsAddress(n store.Told) string {
	if n.Kind == archive.NoticeWork || n.Chapter == 0 {
		return t.workAddress(n.Work)
	}
	return t.workAddress(n.Work) + "/chapters/" + strconv.FormatInt(n.Chapter, 10)
}
