package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/store"
)

// Site is what mails say of the archive.
type Site struct {
	Address string              // "https://stories.example.org", without a slash at the end
	Live    func() archive.Site // what the owner decided, as of now

	// Book binds a deleted work for an account that signs it.
	Book func(ctx context.Context, account, work int64) (Attachment, error)
}

// name is what the archive is called now.
func (s Site) name() string { return s.Live().Name }

// Teller tells members what happened. Its verbs are lines of the table of jobs:
// they may be called again for the same event.
type Teller struct {
	store  *store.Store
	sender Sender
	words  *locale.Catalogue
	site   Site
	log    *slog.Logger
}

// NewTeller makes a teller.
func NewTeller(s *store.Store, sender Sender, words *locale.Catalogue, site Site, log *slog.Logger) *Teller {
	return &Teller{store: s, sender: sender, words: words, site: site, log: log}
}

// told is one member to be told of an event.
type told struct {
	account archive.Account
	letter  letter
	byMail  bool // besides the notice
	quiet   bool // no notice: the mail alone

	about archive.Notice // what the notice tells beside the event; its kind, when it is another's
	topic archive.Topic  // that the member has a say over; empty: none

	enclose func(context.Context, *letter) *Attachment // what comes with the mail, and what is said of it; nil: nothing
}

// tell gives each member a notice, all in one transaction, and then sends the
// mails one by one, in the order of the accounts, noting after each how far it
// came. Who is told is found again at each attempt: what has become private or
// was undone meanwhile is told to nobody.
func (t *Teller) tell(ctx context.Context, e archive.Event, job archive.Job, kind archive.NoticeKind, find func(*store.Tx) ([]told, error)) error {
	var members []told
	err := t.store.Write(ctx, func(tx *store.Tx) (err error) {
		if members, err = find(tx); err != nil {
			return err
		}
		if kind != archive.NoticeAccountDeleted {
			if members, err = thoseHere(ctx, tx, members); err != nil {
				return err
			}
		}
		return t.notice(ctx, tx, e, kind, members)
	})
	if err != nil {
		return fmt.Errorf("tell of event %d: %w", e.ID, err)
	}
	slices.SortFunc(members, func(a, b told) int { return cmp.Compare(a.account.ID, b.account.ID) })
	for _, m := range members {
		if !m.byMail || m.account.Mail() == "" || m.account.ID <= job.Cursor {
			continue
		}
		if m.about.Kind != "" {
			kind = m.about.Kind
		}
		if err := t.mail(ctx, e, job, kind, m); err != nil {
			return fmt.Errorf("mail account %d of event %d: %w", m.account.ID, e.ID, err)
		}
	}
	return nil
}

// thoseHere leaves out who deleted their account, and the orphan account, which
// is nobody's.
func thoseHere(ctx context.Context, tx *store.Tx, members []told) ([]told, error) {
	var here []told
	for _, m := range members {
		gone, err := tx.Deletions.Has(ctx, m.account.ID)
		if err != nil {
			return nil, err
		}
		if !gone && m.account.Name != archive.OrphanAccount {
			here = append(here, m)
		}
	}
	return here, nil
}

// notice gives each member their notice of an event, and each letter the way to
// stop such mails.
func (t *Teller) notice(ctx context.Context, tx *store.Tx, e archive.Event, kind archive.NoticeKind, members []told) error {
	for i, m := range members {
		if m.byMail && m.topic != "" {
			key, err := tx.Settings.LinkKey(ctx)
			if err != nil {
				return err
			}
			t.stoppable(&members[i].letter, key, m.account, m.topic)
		}
		if m.quiet {
			continue
		}
		notice := m.about
		notice.Account, notice.Event, notice.Work = m.account.ID, e.ID, e.Work
		if notice.Kind == "" {
			notice.Kind = kind
		}
		if err := tx.Notices.Add(ctx, notice); err != nil {
			return err
		}
	}
	return nil
}

// stoppable gives a letter the way to stop the mails of its topic.
func (t *Teller) stoppable(l *letter, key string, to archive.Account, topic archive.Topic) {
	l.stop = t.site.Address + "/mail/stop/" + string(topic) + "/" + archive.StopToken(key, to.ID, topic)
	l.stopping = t.speaks(to).T("mail.stop")
}

// mail sends one mail. A recipient who cannot be reached does not keep the
// others waiting.
func (t *Teller) mail(ctx context.Context, e archive.Event, job archive.Job, kind archive.NoticeKind, m told) error {
	words := t.speaks(m.account)
	var attached *Attachment
	if m.enclose != nil {
		attached = m.enclose(ctx, &m.letter)
	}
	err := t.sender.Send(ctx, Message{
		Attached: attached,
		To:       m.account.Mail(), Subject: m.letter.subject, Text: m.letter.text(), HTML: m.letter.html(words.Tag(), words.Dir()),
		MessageID: messageID(string(kind), e.ID, m.account.ID, t.site.Address), Stop: m.letter.stop,
	})
	switch {
	case errors.Is(err, ErrRefused):
		t.log.WarnContext(ctx, "mail: an account's address takes no mail", "account", m.account.ID, "event", e.ID)
	case err != nil:
		return err
	}
	return t.store.Write(ctx, func(tx *store.Tx) error { return tx.Jobs.Progress(ctx, job.ID, m.account.ID) })
}

// speaks says things in the language an account chose, or in the archive's.
func (t *Teller) speaks(to archive.Account) locale.Printer {
	return t.words.Printer(to.Language, t.site.Live().Language)
}

func (t *Teller) workAddress(work int64) string {
	return t.site.Address + "/works/" + strconv.FormatInt(work, 10)
}
