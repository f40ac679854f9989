package web_test

import (
	"context"
	"log/slog"
	"regexp"
	"sync"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/mail"
	"ficus/internal/store"
)

// postbag is what was mailed in a world.
type postbag struct {
	w      *world
	tell   *mail.Teller
	cursor int64
	mu     sync.Mutex
	mails  []mail.Message
	broken func() // called when a mail was handed over
}

// Send keeps a mail.
func (b *postbag) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, m)
	if b.broken != nil {
		b.broken()
	}
	return nil
}

// postbag tells of everything that happens from now on.
func (w *world) postbag() *postbag {
	w.t.Helper()
	words, err := locale.Open()
	must(w.t, err)
	b := &postbag{w: w}
	site := mail.Site{Live: w.catalog.Site, Address: w.address}
	site.Book = func(ctx context.Context, account, work int64) (mail.Attachment, error) {
		bound, err := w.pages.BindDeleted(ctx, account, work, w.address)
		return mail.Attachment(bound), err
	}
	b.tell = mail.NewTeller(w.Store, b, words, site, slog.New(slog.DiscardHandler))
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		b.cursor, err = tx.Log.Head(ctx)
		return err
	})
	return b
}

// opens tells of what happened and gives the mails that came of it.
func (b *postbag) opens() []mail.Message {
	b.w.t.Helper()
	lines := map[archive.EventKind]func(context.Context, archive.Event, archive.Job) error{
		archive.InvitationMade: b.tell.MailInvitation, archive.ProofAsked: b.tell.MailProof, archive.AccountJoined: b.tell.TellJoined, archive.PasswordChanged: b.tell.TellPassword,
		archive.DeviceMet:    b.tell.TellDevice,
		archive.CommentAdded: b.tell.TellComment, archive.CommentHeld: b.tell.TellComment, archive.CommentApproved: b.tell.TellComment,
		archive.KudosGathered: b.tell.TellKudos, archive.WorkDeleted: b.tell.TellDeleted,
		archive.WorkPosted: b.tell.TellFollowers, archive.ChapterPosted: b.tell.TellFollowers, archive.WorkEdited: b.tell.TellFollowers,
		archive.VolumeEnded: b.tell.TellVolume,
		archive.WorkShown:   b.tell.TellFollowers, archive.WorkRestored: b.tell.TellFollowers, archive.WorkVeiled: b.tell.TellFollowers,
	}
	var events []archive.Event
	b.w.Read(b.w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		events, err = tx.Log.After(ctx, b.cursor, 1000)
		return err
	})
	atOnce := map[archive.EventKind]bool{archive.CommentAdded: true, archive.CommentHeld: true, archive.CommentApproved: true}
	for _, e := range events {
		b.cursor = e.ID
		done := false
		if atOnce[e.Kind] {
			b.w.Write(b.w.t, func(ctx context.Context, tx *store.Tx) (err error) {
				done, err = b.tell.TellCommentAtOnce(ctx, tx, e)
				return err
			})
		}
		if do := lines[e.Kind]; do != nil && !done {
			must(b.w.t, do(b.w.t.Context(), e, archive.Job{}))
		}
		if e.Work != 0 {
			must(b.w.t, b.tell.TellFiltered(b.w.catalog)(b.w.t.Context(), e, archive.Job{}))
		}
	}
	mails := b.mails
	b.mails = nil
	return mails
}

var linkInMail = regexp.MustCompile(`https?://[^/]+(/proofs/\d+\?key=([A-Za-z0-9_-]+))`)

// one gives the one mail that came to an address, and the link in it; empty
// when there is none.
func (b *postbag) one(to string) (m mail.Message, link string) {
	b.w.t.Helper()
	mails := b.opens()
	if len(mails) != 1 || mails[0].To != to {
		b.w.t.Fatalf("the mails are %v, want one to %s", mails, to)
	}
	return mails[0], linkOf(mails[0])
}

func linkOf(m mail.Message) string {
	if found := linkInMail.FindStringSubmatch(m.Text); found != nil {
		return found[1]
	}
	return ""
}

// follows opens a link and presses its button, with more in the form if need
// be.
func (c *client) follows(link string, more ...string) answer {
	c.w.t.Helper()
	page := c.opens(link)
	path, key := proofForm(page)
	return c.post(path, form(append([]string{"key", key}, more...)...))
}

var proofAction = regexp.MustCompile(`action="(/proofs/\d+)"`)

func proofForm(page answer) (path, key string) {
	page.t.Helper()
	found := proofAction.FindStringSubmatch(page.body)
	if found == nil {
		page.t.Fatalf("no link's form is on the page:\n%s", page.text())
	}
	return found[1], numberIn(page, "key")
}
