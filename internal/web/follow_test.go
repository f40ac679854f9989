package web_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/mail"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// heeds lets a member follow something without asking the gate.
func (w *world) heeds(by archive.Viewer, of archive.Followed) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Follows.Add(ctx, by.Account, of)
		return err
	})
}

// reader joins with an address of their own, and wishes to be told of what they
// follow in some way.
func (w *world) reader(name string, wish archive.MailWish) *client {
	w.t.Helper()
	c := w.member(name)
	w.writesTo(c.viewer, name+"@example.org")
	w.prefers(c.viewer, func(p *archive.Preferences) { p.Wish(archive.TopicFollowing, wish) })
	return c
}

// followsWork and followsPerson press the button.
func (c *client) followsWork(work int64) {
	c.w.t.Helper()
	c.post(workPath(work, "/follow"), form("do", "follow", "to", workPath(work))).expect(303)
}

func (c *client) followsPerson(name string) {
	c.w.t.Helper()
	c.post("/users/"+name+"/follow", form("do", "follow", "to", "/users/"+name)).expect(303)
}

// brings tells of what happened, sends what is due and gives the mails.
func (b *postbag) brings() []mail.Message {
	b.w.t.Helper()
	mails := b.opens()
	must(b.w.t, b.tell.SendFollowed(b.w.t.Context()))
	mails = append(mails, b.mails...)
	b.mails = nil
	return mails
}

// writes of the mails, to whom they go.
func recipients(mails []mail.Message) string {
	to := addresses(mails)
	slices.Sort(to)
	return strings.Join(to, " ")
}

func TestAcceptance36ThreeWorksWithinTheHour(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		once, hourly := w.reader("once", archive.MailAtOnce), w.reader("hourly", archive.MailHourly)
		daily, never := w.reader("daily", archive.MailDaily), w.reader("never", archive.MailNever)
		unasked := w.member("unasked") // said nothing: within the hour
		w.writesTo(unasked.viewer, "unasked@example.org")
		for _, c := range []*client{once, hourly, daily, never, unasked} {
			c.followsPerson("mara")
		}
		bag := w.postbag()
		titles := []string{"Salt in the Kettle", "A Lamp", "The Stair"}
		begun := w.Clock.Now()
		for i, minutes := range []time.Duration{0, 20, 55} {
			w.Clock.Set(begun.Add(minutes * time.Minute))
			w.posts(mara.viewer, fields(titles[i]))
			w.Clock.Pass(time.Minute)
			mails := bag.brings()
			need(t, "who is mailed within five minutes of "+titles[i], recipients(mails), "once@example.org")
			has(t, mails[0], "mara posted "+titles[i], "/mail/stop/following/")
		}
		w.Clock.Set(begun.Add(59 * time.Minute))
		need(t, "the mails before the hour is over", len(bag.brings()), 0)
		w.Clock.Set(begun.Add(61 * time.Minute))
		mails := bag.brings()
		need(t, "who is mailed within the hour", recipients(mails), "hourly@example.org unasked@example.org")
		for _, m := range mails {
			has(t, m, "mara posted Salt in the Kettle", "mara posted A Lamp", "mara posted The Stair", "/mail/stop/following/")
			need(t, "the subject", m.Subject, "3 pieces of news of what you follow on "+w.catalog.Site().Name)
		}
		w.Clock.Set(begun.Add(3 * time.Hour))
		need(t, "the mails afterwards", len(bag.brings()), 0)
		must(t, bag.tell.SendDaily(t.Context()))
		mails = bag.opens()
		need(t, "who is mailed once a day", recipients(mails), "daily@example.org")
		has(t, mails[0], "mara posted Salt in the Kettle", "mara posted The Stair")
		for _, c := range []*client{once, hourly, daily, never} {
			need(t, "the notices on the site", fmt.Sprint(kindsOf(w.told(c.viewer))), "[work work work]")
			c.opens("/notices?kind=following").has("mara posted A Lamp", "Read it")
		}
		need(t, "the writer's own notices", len(w.told(mara.viewer)), 0)
	})
}

// has wants each of these in both forms of a mail.
func has(t *testing.T, m mail.Message, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text, part) || !strings.Contains(m.HTML, part) {
			t.Errorf("the mail to %s lacks %q:\n%s\n%s", m.To, part, m.Text, m.HTML)
		}
	}
}

func TestAcceptance37_PartWorkAndAuthor(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("maralyn")
		ofWork, ofAuthor := w.reader("pell", archive.MailAtOnce), w.reader("ito", archive.MailAtOnce)
		both := w.reader("wim", archive.MailAtOnce)
		bag := w.postbag()
		f := fields("Salt in the Kettle")
		f.Anonymous = true
		work := w.posts(mara.viewer, f, "One.")
		bag.brings()
		for _, c := range []*client{ofWork, both} {
			c.followsWork(work)
		}
		for _, c := range []*client{ofAuthor, both} {
			c.followsPerson("maralyn")
		}
		second := w.adds(mara.viewer, work, "Two.", true)
		mails := bag.brings()
		need(t, "who is mailed of an anonymous chapter", recipients(mails), "pell@example.org wim@example.org")
		for _, m := range mails {
			has(t, m, "A new chapter of Salt in the Kettle by Anonymous", fmt.Sprint("/chapters/", second), "Chapter 2")
			if strings.Contains(m.Text+m.HTML+m.Subject, "maralyn") {
				t.Errorf("the mail names the writer:\n%s", m.Text)
			}
		}
		need(t, "the notices of who follows the author", len(w.told(ofAuthor.viewer)), 0)
		ofWork.opens("/notices").has("A new chapter of Salt in the Kettle by Anonymous").lacks("maralyn")
		ofWork.opens("/account/following").has("Salt in the Kettle").lacks("maralyn")

		signed := w.posts(mara.viewer, fields("A Lamp"), "One.")
		need(t, "who is mailed of a signed work", recipients(bag.brings()), "ito@example.org wim@example.org")
		ofWork.followsWork(signed)
		both.followsWork(signed)
		w.adds(mara.viewer, signed, "Two.", true)
		mails = bag.brings()
		need(t, "who is mailed of a signed chapter, each once", recipients(mails), "ito@example.org pell@example.org wim@example.org")
		has(t, mails[0], "A new chapter of A Lamp by maralyn")
	})
}

func TestAWorkThatGetsANameIsToldOnceToThoseWhoFollowIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ito, pell := w.member("mara"), w.reader("ito", archive.MailAtOnce), w.reader("pell", archive.MailAtOnce)
		ito.followsPerson("mara")
		bag := w.postbag()
		f := fields("Salt in the Kettle")
		f.Anonymous = true
		work := w.posts(mara.viewer, f, "One.", "Two.")
		w.Clock.Pass(time.Second) // who follows it now has seen it
		pell.followsWork(work)
		need(t, "the mails of an anonymous work", len(bag.brings()), 0)
		w.Clock.Pass(40 * 24 * time.Hour)
		name := func(anonymous bool) {
			w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Anonymous = anonymous })
		}
		name(false)
		mails := bag.brings()
		need(t, "who is mailed once it is named", recipients(mails), "ito@example.org")
		has(t, mails[0], "mara posted Salt in the Kettle")
		ito.opens("/notices").has("mara posted Salt in the Kettle")
		name(true)
		ito.opens("/notices").lacks("Salt in the Kettle", "mara").has("not here now") // what was told is not told any more
		pell.opens(workPath(work)).lacks("mara")
		name(false)
		need(t, "the mails when it is named again", len(bag.brings()), 0)
	})
}

func TestWhatIsNoNewsIsToldToNobody(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ito, pell := w.member("mara"), w.reader("ito", archive.MailAtOnce), w.reader("pell", archive.MailAtOnce)
		ito.followsPerson("mara")
		bag := w.postbag()
		f := fields("Moved Here")
		f.PublishedOn = w.Clock.Now().Add(-900 * 24 * time.Hour)
		old := w.posts(mara.viewer, f, "One.")
		pell.followsWork(old)
		w.drafts(mara.viewer, fields("A Draft"))
		w.adds(mara.viewer, old, "A draft.", false)
		_, err := w.writing.SaveChapter(t.Context(), mara.viewer, writing.ChapterForm{
			Work: old, Fields: archive.ChapterFields{Text: "Two.", PublishedOn: w.Clock.Now().Add(-800 * 24 * time.Hour)}, Post: true,
		})
		must(t, err)
		w.edits(mara.viewer, old, func(f *archive.WorkFields) { f.Title = "Moved Here At Last" })
		need(t, "the mails of what is no news", len(bag.brings()), 0)
		need(t, "the notices", len(w.told(ito.viewer))+len(w.told(pell.viewer)), 0)
		w.adds(mara.viewer, old, "Three.", true)
		mails := bag.brings()
		need(t, "who is mailed of a chapter of today", recipients(mails), "ito@example.org pell@example.org")
		has(t, mails[0], "A new chapter of Moved Here At Last by mara")
	})
}

func TestAWorkOutOfSightIsToldOnceReadersSeeIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ito, pell, wren := w.member("mara"), w.reader("ito", archive.MailAtOnce), w.reader("pell", archive.MailAtOnce), w.staff("wren")
		bag := w.postbag()
		work := w.posts(mara.viewer, fields("Salt in the Kettle"), "One.")
		bag.brings()
		ito.followsPerson("mara")
		pell.followsWork(work)

		must(t, w.moderation.Hide(t.Context(), wren.viewer, work, "a complaint"))
		w.adds(mara.viewer, work, "Two.", true)
		need(t, "the mails of a hidden work", len(bag.brings()), 0)
		must(t, w.moderation.Show(t.Context(), wren.viewer, work, "looked at"))
		need(t, "who is mailed once it is shown", recipients(bag.brings()), "ito@example.org pell@example.org")
		must(t, w.moderation.Hide(t.Context(), wren.viewer, work, "another"))
		must(t, w.moderation.Show(t.Context(), wren.viewer, work, "nothing"))
		need(t, "the mails when it is shown again", len(bag.brings()), 0)

		w.adds(mara.viewer, work, "Three.", true)
		w.adds(mara.viewer, work, "Four.", true)
		w.deletes(mara.viewer, work) // before anybody was told
		need(t, "the mails of a deleted work", len(bag.brings()), 0)
		must(t, w.writing.RestoreWork(t.Context(), mara.viewer, work))
		mails := bag.brings()
		need(t, "who is mailed once it is back", recipients(mails), "ito@example.org pell@example.org")
		has(t, mails[0], "2 new chapters of Salt in the Kettle by mara")

		w.decides(func(s *archive.Site) { s.Approval = archive.ApproveAll })
		waits := w.posts(mara.viewer, fields("A Lamp"))
		need(t, "the mails of a work that waits", len(bag.brings()), 0)
		must(t, w.moderation.Approve(t.Context(), wren.viewer, waits))
		mails = bag.brings()
		need(t, "who is mailed once it is approved", recipients(mails), "ito@example.org")
		has(t, mails[0], "mara posted A Lamp")
	})
}

func TestAMailOfWhatIsFollowedGoesAgainUnderOneNameAndToNobodyTwice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		const readers, inFlight = 12, 4
		for i := range readers {
			w.reader(fmt.Sprint("reader", i), archive.MailAtOnce).followsPerson("mara")
		}
		bag := w.postbag()
		w.posts(mara.viewer, fields("Salt in the Kettle"))
		bag.opens()
		ctx, breakOff := context.WithCancel(t.Context())
		bag.broken = func() {
			if len(bag.mails) == 3 { // after the third is handed over, the program ends
				breakOff()
			}
		}
		if err := bag.tell.SendFollowed(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("broken off, it answers %v", err)
		}
		bag.broken = nil
		before := bag.mails
		bag.mails = nil
		if len(before) >= readers {
			t.Errorf("%d were mailed before the end", len(before))
		}
		after := bag.brings()
		names := map[string]string{}
		for _, m := range slices.Concat(before, after) {
			if name := names[m.To]; name != "" && name != m.MessageID {
				t.Errorf("%s gets %s and %s", m.To, name, m.MessageID)
			}
			names[m.To] = m.MessageID
		}
		need(t, "how many are mailed in all", len(names), readers)
		if again := len(before) + len(after) - readers; again < 1 || again > inFlight {
			t.Errorf("%d mails went again", again)
		}
		need(t, "the mails afterwards", len(bag.brings()), 0)
	})
}

func TestAMailOfTheHourThatMayHaveGoneStaysAsItWas(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		w.reader("dora", archive.MailHourly).followsPerson("mara")
		bag := w.postbag()
		w.posts(mara.viewer, fields("Salt in the Kettle"))
		w.posts(mara.viewer, fields("A Lamp"))
		w.Clock.Pass(61 * time.Minute)
		bag.opens()
		w.Clock.Pass(61 * time.Minute)
		ctx, breakOff := context.WithCancel(t.Context())
		bag.broken = breakOff // after it is handed over, the program ends
		_ = bag.tell.SendFollowed(ctx)
		bag.broken = nil
		first := bag.mails
		bag.mails = nil
		need(t, "who was mailed before", recipients(first), "dora@example.org")
		w.posts(mara.viewer, fields("The Stair")) // more news must not change the mail that may have gone
		again := bag.brings()
		need(t, "who is mailed again", recipients(again), "dora@example.org")
		need(t, "the name of the mail", again[0].MessageID, first[0].MessageID)
		need(t, "its words", again[0].Text, first[0].Text)
		w.Clock.Pass(61 * time.Minute)
		last := bag.brings()
		need(t, "the mails of the next hour", recipients(last), "dora@example.org")
		has(t, last[0], "mara posted The Stair")
	})
}
