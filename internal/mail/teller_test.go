package mail_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/jobs"
	"ficus/internal/locale"
	ficusmail "ficus/internal/mail"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// letterbox is a world with a work by Mara, and whoever is told of it.
type letterbox struct {
	*testkit.World
	mara, ito, work int64
}

func newLetterbox(t *testing.T, w *testkit.World) *letterbox {
	t.Helper()
	box := &letterbox{World: w}
	box.mara = box.join(t, "Mara", "mara@example.org", archive.Preferences{})
	box.ito = box.join(t, "Ito", "ito@example.org", archive.Preferences{MailGifts: true})
	box.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		box.work, err = tx.Works.Add(ctx, archive.Work{
			Title: "Salt <& Iron>", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now},
		})
		return err
	})
	box.sign(t, box.mara)
	return box
}

func (b *letterbox) join(t *testing.T, name, email string, p archive.Preferences) (id int64) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if id, err = tx.Accounts.Add(ctx, archive.Account{Name: name, Email: email, EmailProvedAt: tx.Now}); err != nil {
			return err
		}
		return tx.Accounts.SetPreferences(ctx, id, p)
	})
	return id
}

func (b *letterbox) sign(t *testing.T, accounts ...int64) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *store.Tx) error {
		var byline []archive.Pseud
		for _, account := range accounts {
			pseuds, err := tx.Accounts.Pseuds(ctx, account)
			if err != nil {
				return err
			}
			byline = append(byline, pseuds[0])
		}
		return tx.Works.SetCreators(ctx, b.work, byline)
	})
}

// give gives the work to accounts and gives the event that says so.
func (b *letterbox) give(t *testing.T, accounts ...int64) archive.Event {
	t.Helper()
	var ids []string
	b.Write(t, func(ctx context.Context, tx *store.Tx) error {
		var gifts []archive.Gift
		for _, account := range accounts {
			ids = append(ids, fmt.Sprint(account))
			gifts = append(gifts, archive.Gift{Work: b.work, Recipient: fmt.Sprint("reader ", account), Account: account})
		}
		return tx.Gifts.SetOn(ctx, b.work, gifts)
	})
	return b.record(t, archive.Event{Kind: archive.WorkEdited, Actor: b.mara, Work: b.work, Data: map[string]string{"gifts": strings.Join(ids, ",")}})
}

func (b *letterbox) record(t *testing.T, e archive.Event) archive.Event {
	t.Helper()
	b.Write(t, func(_ context.Context, tx *store.Tx) error { tx.Log.Record(e); return nil })
	b.Read(t, func(ctx context.Context, tx *store.Tx) (err error) { e.ID, err = tx.Log.Head(ctx); return err })
	return e
}

func (b *letterbox) post(t *testing.T) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Post(ctx, b.work, tx.Now) })
}

func (b *letterbox) delete(t *testing.T) archive.Event {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Works.Delete(ctx, b.work, tx.Now.Add(30*24*time.Hour))
	})
	return b.record(t, archive.Event{Kind: archive.WorkDeleted, Actor: b.mara, Work: b.work})
}

// noticed is how many notices an account has.
func (b *letterbox) noticed(t *testing.T, account int64) (n int64) {
	t.Helper()
	b.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = tx.Notices.Count(ctx, account)
		return err
	})
	return n
}

// pigeons is a Sender that notes what it carries.
type pigeons struct {
	mu      sync.Mutex
	carried []ficusmail.Message
	fail    func(to string) error
}

func (p *pigeons) Send(_ context.Context, m ficusmail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		if err := p.fail(m.To); err != nil {
			return err
		}
	}
	p.carried = append(p.carried, m)
	return nil
}

func (p *pigeons) to() (addresses []string) {
	for _, m := range p.carried {
		addresses = append(addresses, m.To)
	}
	return addresses
}

func teller(t *testing.T, w *testkit.World, sender ficusmail.Sender) *ficusmail.Teller {
	t.Helper()
	words, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	site := ficusmail.Site{Address: "https://figs.example.org", Live: func() archive.Site { return archive.Site{Name: "The Fig House", Language: "en"} }}
	return ficusmail.NewTeller(w.Store, sender, words, site, slog.New(slog.DiscardHandler))
}

func TestAGiftIsToldOnTheSiteAndByMail(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.post(t)
		quiet := b.join(t, "Pell", "pell@example.org", archive.Preferences{})
		unreachable := b.join(t, "Oda", "", archive.Preferences{MailGifts: true})
		e := b.give(t, b.ito, quiet, unreachable, b.mara)
		tell := teller(t, w, birds)
		for range 2 { // a job may be run again
			if err := tell.TellGift(t.Context(), e, archive.Job{ID: 1}); err != nil {
				t.Fatal(err)
			}
		}
		for account, want := range map[int64]int64{b.ito: 1, quiet: 1, unreachable: 1, b.mara: 0} {
			if got := b.noticed(t, account); got != want {
				t.Errorf("account %d has %d notices, want %d", account, got, want)
			}
		}
		if got := birds.to(); !slices.Equal(got, []string{"ito@example.org", "ito@example.org"}) {
			t.Fatalf("mailed %v", got)
		}
		m := birds.carried[0]
		if want := fmt.Sprintf("gift.%d.%d@figs.example.org", e.ID, b.ito); m.MessageID != want || birds.carried[1].MessageID != want {
			t.Errorf("the mails are called %s and %s, want %s", m.MessageID, birds.carried[1].MessageID, want)
		}
		address := fmt.Sprintf("https://figs.example.org/works/%d", b.work)
		for _, part := range []string{"Dear Ito,", "Mara gave you a work on The Fig House", "“Salt <& Iron>”", address, "/account"} {
			if !strings.Contains(m.Text, part) {
				t.Errorf("the text lacks %q:\n%s", part, m.Text)
			}
		}
		for _, part := range []string{"“Salt &lt;&amp; Iron&gt;”", `<a href="` + address + `">`, `<html lang="en" dir="ltr">`} {
			if !strings.Contains(m.HTML, part) {
				t.Errorf("the page lacks %q:\n%s", part, m.HTML)
			}
		}
	})
}

func TestNobodyIsToldOfAGiftTheyMayNotSee(t *testing.T) {
	for name, arrange := range map[string]func(t *testing.T, b *letterbox) archive.Event{
		"a draft": func(t *testing.T, b *letterbox) archive.Event { return b.give(t, b.ito) },
		"a hidden work": func(t *testing.T, b *letterbox) archive.Event {
			b.post(t)
			b.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Hide(ctx, b.work, tx.Now) })
			return b.give(t, b.ito)
		},
		"a deleted work": func(t *testing.T, b *letterbox) archive.Event {
			b.post(t)
			e := b.give(t, b.ito)
			b.delete(t)
			return e
		},
		"a gift taken back": func(t *testing.T, b *letterbox) archive.Event {
			b.post(t)
			e := b.give(t, b.ito)
			b.give(t)
			return e
		},
		"a work they sign": func(t *testing.T, b *letterbox) archive.Event {
			b.post(t)
			b.sign(t, b.mara, b.ito)
			return b.give(t, b.ito)
		},
		"an event without gifts": func(t *testing.T, b *letterbox) archive.Event {
			b.post(t)
			return b.record(t, archive.Event{Kind: archive.WorkEdited, Work: b.work})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
			if err := teller(t, b.World, birds).TellGift(t.Context(), arrange(t, b), archive.Job{ID: 1}); err != nil {
				t.Fatal(err)
			}
			if b.noticed(t, b.ito) != 0 || len(birds.carried) != 0 {
				t.Errorf("%d notices and mail to %v", b.noticed(t, b.ito), birds.to())
			}
		})
	}
}

func TestANoticeNamesNoWorkThatIsNoLongerOpen(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b := newLetterbox(t, w)
		b.post(t)
		tell := teller(t, w, &pigeons{})
		if err := tell.TellGift(t.Context(), b.give(t, b.ito), archive.Job{}); err != nil {
			t.Fatal(err)
		}
		named := func(account int64) (titles []string) {
			b.Read(t, func(ctx context.Context, tx *store.Tx) error {
				notices, err := tx.Notices.Of(ctx, archive.Viewer{Account: account}, 10, 0)
				for _, n := range notices {
					titles = append(titles, n.Title)
				}
				return err
			})
			return titles
		}
		if got := named(b.ito); !slices.Equal(got, []string{"Salt <& Iron>"}) {
			t.Errorf("the reader's notices name %q", got)
		}
		if err := tell.TellDeleted(t.Context(), b.delete(t), archive.Job{}); err != nil {
			t.Fatal(err)
		}
		if got := named(b.ito); !slices.Equal(got, []string{""}) {
			t.Errorf("of a deleted work the reader's notices name %q", got)
		}
		if got := named(b.mara); !slices.Equal(got, []string{"Salt <& Iron>"}) {
			t.Errorf("the writer's notices name %q", got)
		}
		w.Clock.Pass(31 * 24 * time.Hour)
		b.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Purge(ctx, b.work) })
		if got := named(b.mara); !slices.Equal(got, []string{""}) {
			t.Errorf("of a purged work the writer's notices name %q", got)
		}
	})
}

func TestARestrictedGiftIsToldToItsReader(t *testing.T) {
	b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
	b.post(t)
	b.Write(t, func(ctx context.Context, tx *store.Tx) error {
		opened, err := tx.Works.ForEdit(ctx, archive.Viewer{Account: b.mara}, b.work)
		if err != nil {
			return err
		}
		opened.Restricted = true
		return tx.Works.Save(ctx, opened.Work)
	})
	if err := teller(t, b.World, birds).TellGift(t.Context(), b.give(t, b.ito), archive.Job{ID: 1}); err != nil {
		t.Fatal(err)
	}
	if b.noticed(t, b.ito) != 1 || len(birds.carried) != 1 {
		t.Errorf("%d notices and mail to %v", b.noticed(t, b.ito), birds.to())
	}
}

func TestEachCreatorIsToldOfTheUndo(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.post(t)
		b.sign(t, b.mara, b.ito)
		e := b.delete(t)
		if err := teller(t, w, birds).TellDeleted(t.Context(), e, archive.Job{ID: 1}); err != nil {
			t.Fatal(err)
		}
		if b.noticed(t, b.mara) != 1 || b.noticed(t, b.ito) != 1 {
			t.Errorf("%d and %d notices", b.noticed(t, b.mara), b.noticed(t, b.ito))
		}
		if got := birds.to(); !slices.Equal(got, []string{"mara@example.org", "ito@example.org"}) {
			t.Fatalf("mailed %v", got)
		}
		for _, m := range birds.carried {
			for _, part := range []string{"Until 31 May 2026 you can bring it back", fmt.Sprintf("https://figs.example.org/works/%d", b.work)} {
				if !strings.Contains(m.Text, part) || !strings.Contains(m.HTML, part) {
					t.Errorf("a mail lacks %q:\n%s", part, m.Text)
				}
			}
		}
	})
}

func TestNobodyIsToldOfAWorkThatIsBack(t *testing.T) {
	b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
	b.post(t)
	e := b.delete(t)
	b.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Restore(ctx, b.work) })
	if err := teller(t, b.World, birds).TellDeleted(t.Context(), e, archive.Job{ID: 1}); err != nil {
		t.Fatal(err)
	}
	if b.noticed(t, b.mara) != 0 || len(birds.carried) != 0 {
		t.Errorf("%d notices and mail to %v", b.noticed(t, b.mara), birds.to())
	}
}

func TestARecipientWhoCannotBeReachedKeepsNobodyWaiting(t *testing.T) {
	b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
	b.post(t)
	b.sign(t, b.mara, b.ito)
	e := b.delete(t)
	birds.fail = func(to string) error {
		if to == "mara@example.org" {
			return fmt.Errorf("550: %w", ficusmail.ErrRefused)
		}
		return nil
	}
	if err := teller(t, b.World, birds).TellDeleted(t.Context(), e, archive.Job{ID: 1}); err != nil {
		t.Fatal(err)
	}
	if got := birds.to(); !slices.Equal(got, []string{"ito@example.org"}) {
		t.Errorf("mailed %v", got)
	}
}

func TestAMailThatWentOutIsNotSentAgainWhenTheNextOneFails(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.post(t)
		b.sign(t, b.mara, b.ito)
		b.delete(t)
		busy := 2
		birds.fail = func(to string) error {
			if to == "ito@example.org" && busy > 0 {
				busy--
				return errors.New("busy")
			}
			return nil
		}
		runner := jobs.New(w.Store, w.Clock, []jobs.Line{{On: archive.WorkDeleted, Name: "mail.TellDeleted", Do: teller(t, w, birds).TellDeleted}}, nil, slog.New(slog.DiscardHandler))
		runUntilQuiet(t, w, runner)
		if got := birds.to(); !slices.Equal(got, []string{"mara@example.org", "ito@example.org"}) {
			t.Errorf("mailed %v", got)
		}
	})
}

// runUntilQuiet runs jobs, with time flying, until none waits.
func runUntilQuiet(t *testing.T, w *testkit.World, runner *jobs.Runner) {
	t.Helper()
	runner.Start(context.Background())
	deadline := time.Now().Add(20 * time.Second)
	for began := false; ; time.Sleep(10 * time.Millisecond) {
		var waiting, cursor int64
		w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if cursor, err = tx.Log.Cursor(ctx, "jobs"); err != nil {
				return err
			}
			waiting, err = tx.Jobs.Waiting(ctx)
			return err
		})
		if began = began || cursor > 0; began && waiting == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the jobs did not come to an end")
		}
		w.Clock.Pass(5 * time.Second)
		runner.Wake()
	}
	if err := runner.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestAcceptance88_PartAMailThatFailedIsSentAgainUnderItsName(t *testing.T) {
	b := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t)))
	b.post(t)
	e := b.give(t, b.ito)
	office := testkit.NewPostOffice(t)
	office.Shut()
	smtp, err := ficusmail.Open("smtp://"+office.Address+"?tls=none", "The Fig House <figs@example.org>", b.Clock)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	tell := teller(t, b.World, smtp)
	line := jobs.Line{On: archive.WorkEdited, Name: "mail.TellGift", Do: func(ctx context.Context, e archive.Event, j archive.Job) error {
		err := tell.TellGift(ctx, e, j)
		if err != nil {
			if failed++; failed == 2 {
				office.Reopen()
			}
			return err
		}
		return nil
	}}
	runUntilQuiet(t, b.World, jobs.New(b.Store, b.Clock, []jobs.Line{line}, nil, slog.New(slog.DiscardHandler)))
	// As after a crash between the sending and the note of it.
	if err := tell.TellGift(t.Context(), e, archive.Job{}); err != nil {
		t.Fatal(err)
	}
	mails := office.Mails()
	if failed != 2 || len(mails) != 2 {
		t.Fatalf("%d attempts failed and %d mails came", failed, len(mails))
	}
	for _, m := range mails {
		read, err := mail.ReadMessage(strings.NewReader(m.Data))
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("<gift.%d.%d@figs.example.org>", e.ID, b.ito); read.Header.Get("Message-ID") != want {
			t.Errorf("the mail is called %s, want %s", read.Header.Get("Message-ID"), want)
		}
	}
	if b.noticed(t, b.ito) != 1 {
		t.Errorf("%d notices", b.noticed(t, b.ito))
	}
}

func TestAcceptance91_PartMailsAskNoOtherHost(t *testing.T) {
	b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
	b.post(t)
	tell := teller(t, b.World, birds)
	if err := tell.TellGift(t.Context(), b.give(t, b.ito), archive.Job{}); err != nil {
		t.Fatal(err)
	}
	if err := tell.TellDeleted(t.Context(), b.delete(t), archive.Job{}); err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`[a-z]+://[^"<\s]*|src=|url\(|<(?:img|link|script|style|iframe)`)
	for _, m := range birds.carried {
		for _, found := range address.FindAllString(m.Text+m.HTML, -1) {
			if !strings.HasPrefix(found, "https://figs.example.org/") {
				t.Errorf("%s names %s", m.MessageID, found)
			}
		}
	}
	if len(birds.carried) != 2 {
		t.Errorf("looked at %d mails", len(birds.carried))
	}
}
