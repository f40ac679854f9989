package mail

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/store"
)

// TellGift tells those to whom a work was newly given: the event's "gifts" are
// their accounts, joined by commas. Nobody is told of a draft, of a work they
// may not open or that they sign themselves, or of a gift that was taken back.
// A mail is sent to those who asked for it.
func (t *Teller) TellGift(ctx context.Context, e archive.Event, job archive.Job) error {
	if e.Data["gifts"] == "" {
		return nil
	}
	return t.tell(ctx, e, job, archive.NoticeGift, func(tx *store.Tx) ([]told, error) { return t.givenTo(ctx, tx, e) })
}

func (t *Teller) givenTo(ctx context.Context, tx *store.Tx, e archive.Event) ([]told, error) {
	gifts, err := tx.Gifts.On(ctx, e.Work)
	if err != nil {
		return nil, err
	}
	var members []told
	for id := range strings.SplitSeq(e.Data["gifts"], ",") {
		account, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return nil, err
		}
		stands := slices.ContainsFunc(gifts[e.Work], func(g archive.Gift) bool { return g.Account == account })
		if !stands || account == e.Actor {
			continue
		}
		m, err := t.recipient(ctx, tx, e.Work, account)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	return members, nil
}

// recipient is an account a work was given to; archive.ErrNotFound when it is
// gone or is not to be told.
func (t *Teller) recipient(ctx context.Context, tx *store.Tx, work, id int64) (told, error) {
	account, err := tx.Accounts.Find(ctx, id)
	if err != nil {
		return told{}, err
	}
	opened, err := tx.Works.Open(ctx, archive.Viewer{Account: id, Name: account.Name}, work)
	if err != nil {
		return told{}, err
	}
	if opened.Tie.Creator || !opened.Gate.List {
		return told{}, archive.ErrNotFound
	}
	creators, err := tx.Works.Creators(ctx, work)
	if err != nil {
		return told{}, err
	}
	for _, c := range creators { // also of an anonymous work: nothing is shown by it
		if blocked, err := tx.Ties.HasBlocked(ctx, id, c.Account); err != nil || blocked {
			return told{}, cmp.Or(err, archive.ErrNotFound)
		}
	}
	wishes, err := tx.Accounts.Preferences(ctx, id)
	if err != nil {
		return told{}, err
	}
	return told{account: account, byMail: wishes.Mails(archive.TopicGifts) == archive.MailAtOnce, topic: archive.TopicGifts, letter: t.giftLetter(account, opened)}, nil
}

func (t *Teller) giftLetter(to archive.Account, work store.Opened) letter {
	words := t.speaks(to)
	return letter{
		subject:    words.T("mail.gift.subject", "Title", work.Title),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T("mail.gift.told", "Byline", words.List(bylineOf(words, work)), "Title", work.Title, "Site", t.site.name())},
		action:     words.T("mail.gift.read"),
		address:    t.workAddress(work.ID),
		why:        words.T("mail.gift.why", "Address", t.site.Address+"/account"),
	}
}

// bylineOf is who signs a work, as far as the recipient may know.
func bylineOf(words locale.Printer, work store.Opened) []string {
	if len(work.Creators) == 0 {
		return []string{words.T("byline.anonymous")}
	}
	var names []string
	for _, pseud := range work.Creators {
		names = append(names, pseud.Name)
	}
	return names
}
