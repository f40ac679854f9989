package web_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// subscribes saves the filter of a list and has its member told of works.
func (c *client) subscribes(list, name string) string {
	c.w.t.Helper()
	filter := c.saves(list, name)
	need(c.w.t, "subscribing", c.post(filter, url.Values{"do": {"subscribe"}}).to(), filter+"#tell")
	return filter
}

// become gives a work other fields.
func become(f archive.WorkFields) func(*archive.WorkFields) {
	return func(had *archive.WorkFields) { *had = f }
}

// toldOf counts what members were told of saved filters.
func (w *world) toldOf(who archive.Viewer, work int64) (n int) {
	w.t.Helper()
	must(w.t, w.DB.Read(w.t.Context(), func(tx *sqldb.Tx) (err error) {
		n, err = sqldb.One(w.t.Context(), tx, func(row sqldb.Scanner) (n int, err error) { return n, row.Scan(&n) },
			`SELECT COUNT(*) FROM notices WHERE kind = 'filtered' AND account = $1 AND work = $2`, who.Account, work)
		return err
	}))
	return n
}

// A filter one subscribed to tells of a work that is posted or edited to match
// once and for all, however often it is edited in and out, and never of what
// matched already, of one's own works, or of what one may not list.
func TestAcceptance84_OneNoticeEverOfAWorkThatMatches(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.lamps().viewer
		bag := w.postbag()
		bea, dot, eve := w.member("bea"), w.member("dot").viewer, w.member("eve").viewer
		w.writesTo(bea.viewer, "bea@example.org")
		filter := bea.subscribes("/works?include=freeform:rain&exclude=freeform:wind&words=3-", "Wet lamps")
		bea.opens(filter).has("You are told when a work comes into this list", "Tell me no more")
		bea.opens("/account/filters").has("you are told of works")
		old := firstWork(bea.opens("/works?include=freeform:rain&exclude=freeform:wind"))

		tagged := func(title string, tags ...string) archive.WorkFields {
			f := fields(title)
			f.Freeforms = tags
			return f
		}
		in, out := tagged("A new lamp", "Rain"), tagged("A new lamp", "Rain", "Wind")
		posted := w.posts(dot, in, "The lamp was lit.")
		other := w.posts(dot, tagged("Dry", "Sun"), "The lamp was lit.")
		bag.opens()
		need(t, "of a posted work", w.toldOf(bea.viewer, posted), 1)
		need(t, "of another", w.toldOf(bea.viewer, other), 0)
		bea.opens("/notices").has("A new lamp by dot is in your filter “Wet lamps” now", workPath(posted))
		for range 3 {
			w.edits(dot, posted, become(out))
			bag.opens()
			w.edits(dot, posted, become(in))
			bag.opens()
		}
		need(t, "however often", w.toldOf(bea.viewer, posted), 1)

		// Edited to match.
		w.edits(dot, other, become(tagged("Dry", "rain")))
		bag.opens()
		need(t, "of an edited work", w.toldOf(bea.viewer, other), 1)

		// A chapter that completes it.
		short := w.posts(dot, tagged("Short", "Rain"), "Two words.")
		bag.opens()
		need(t, "of two words", w.toldOf(bea.viewer, short), 0)
		w.adds(dot, short, "And three more words.", true)
		bag.opens()
		need(t, "of more words", w.toldOf(bea.viewer, short), 1)

		// What stood there already, one's own, and what one may not list.
		w.edits(ada, old, become(tagged("Lamp One", "Rain")))
		own := w.posts(bea.viewer, tagged("Own", "Rain"), "The lamp was lit.")
		draft, err := w.writing.Create(t.Context(), dot, writing.NewWork{Fields: tagged("Draft", "Rain"), Chapters: []archive.ChapterFields{{Text: "The lamp was lit."}}, Draft: true})
		must(t, err)
		must(t, w.feedback.Mute(t.Context(), bea.viewer, eve.Account, true))
		muted := w.posts(eve, tagged("Muted", "Rain"), "The lamp was lit.")
		w.posts(dot, tagged("Sunny", "Sun"))
		w.excludes(bea, "Sun")
		excluded := w.posts(dot, tagged("Excluded", "Rain", "Sun"), "The lamp was lit.")
		bag.opens()
		for what, work := range map[string]int64{"what stood there": old, "one's own": own, "a draft": draft, "a muted writer's": muted, "what is left out": excluded} {
			need(t, what, w.toldOf(bea.viewer, work), 0)
		}

		// By mail within the hour, with a way out.
		w.Clock.Pass(2 * time.Hour)
		must(t, bag.tell.SendFollowed(t.Context()))
		mails := bag.opens()
		if len(mails) != 1 || mails[0].To != "bea@example.org" || mails[0].Stop == "" || !strings.Contains(mails[0].Text, "Short by dot is in your filter “Wet lamps” now") {
			t.Errorf("the mails are %+v", mails)
		}

		// No more, and again: what came meanwhile stands there already.
		bea.post(filter, url.Values{"do": {"stop"}})
		meanwhile := w.posts(dot, tagged("Meanwhile", "Rain"), "The lamp was lit.")
		bag.opens()
		bea.post(filter, url.Values{"do": {"subscribe"}})
		bea.post(filter, url.Values{"do": {"subscribe"}})
		w.edits(dot, meanwhile, become(in))
		w.edits(dot, posted, become(in))
		bag.opens()
		need(t, "of what came meanwhile", w.toldOf(bea.viewer, meanwhile), 0)
		need(t, "again", w.toldOf(bea.viewer, posted), 1)

		// A filter that is deleted takes its name along, not the notice.
		bea.post(filter, url.Values{"do": {"drop"}})
		bea.opens("/notices").has("A new lamp by dot came into a filter you have deleted since")
	})
}

// Two workers, and a job that is run again after a crash, tell once.
func TestAcceptance84_TwoWorkersTellOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bag, bea := w.postbag(), w.member("bea")
		bea.subscribes(w.guest().get("/tags/freeform/rain").to(), "Rain")
		f := fields("New")
		f.Freeforms = []string{"Rain"}
		work := w.posts(w.member("dot").viewer, f)
		var events []archive.Event
		w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			events, err = tx.Log.After(ctx, bag.cursor, 1000)
			return err
		})
		var both sync.WaitGroup
		tell := bag.tell.TellFiltered(w.catalog)
		for range 4 {
			for _, e := range events {
				if e.Work == work {
					both.Go(func() { must(t, tell(t.Context(), e, archive.Job{})) })
				}
			}
		}
		both.Wait()
		need(t, "told", w.toldOf(bea.viewer, work), 1)
	})
}

// A filter that asks something else tells of what comes into its new list, and
// of nothing that stands there.
func TestAcceptance84_AFilterThatIsSavedOverKnowsItsNewList(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps().viewer
	bag, bea := w.postbag(), w.member("bea")
	filter := bea.subscribes("/works?include=freeform:rain", "Rain")
	over := bea.saveForm("/works?include=fandom:saltlight", "")
	over.Set("do", "over")
	over.Set("over", digits.FindString(filter))
	need(t, "saved over", bea.post("/account/filters", over).to(), filter)
	four := firstWork(w.guest().opens("/works?include=fandom:saltlight"))
	one := firstWork(w.guest().opens("/works?include=freeform:slow+burn"))
	w.edits(ada, four, func(f *archive.WorkFields) { f.Title = "Lamp the fourth" })
	bag.opens()
	need(t, "of what stood in the new list", w.toldOf(bea.viewer, four), 0)
	f := fields("Lamp One")
	f.Fandoms = []string{"Saltlight"}
	w.edits(ada, one, become(f))
	bag.opens()
	need(t, "of what stood in the old list and came into the new", w.toldOf(bea.viewer, one), 1)
}

// Ten thousand filters that are subscribed to are held to a posted work while
// others write, and how long that takes is said.
func TestTenThousandFiltersAreHeldToAWork(t *testing.T) {
	for name, query := range map[string]string{"a few match": "include=freeform%%3Atag+%d&words=1-", "all match": "include=freeform%%3Arain&words=1-&exclude=freeform%%3Atag+%d"} {
		t.Run(name, func(t *testing.T) {
			w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)))
			w.lamps()
			bag := w.postbag()
			const filters, members = 10_000, 100
			var who []archive.Viewer
			for i := range members {
				who = append(who, w.member(fmt.Sprint("reader", i)).viewer)
			}
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				for i := range filters {
					saved := archive.SavedFilter{Account: who[i%members].Account, Name: fmt.Sprint("filter ", i), Query: fmt.Sprintf(query, i)}
					id, err := tx.Filters.Add(ctx, saved)
					if err != nil {
						return err
					}
					if err := tx.Filters.Subscribe(ctx, saved.Account, id, []int64{1, 2, 3}); err != nil {
						return err
					}
				}
				return nil
			})
			f := fields("New")
			f.Freeforms = []string{"Rain"}
			for i := range 20 {
				f.Freeforms = append(f.Freeforms, fmt.Sprint("tag ", 20_000*(i%2)+i))
			}
			work := w.posts(w.member("dot").viewer, f)
			began := time.Now()
			told := make(chan struct{})
			go func() { bag.opens(); close(told) }()
			longest := time.Duration(0)
			for done := false; !done; {
				select {
				case <-told:
					done = true
				default:
					before := time.Now()
					w.Write(t, func(_ context.Context, tx *store.Tx) error {
						tx.Log.Record(archive.Event{Kind: archive.AccountChanged})
						return nil
					})
					longest = max(longest, time.Since(before))
					time.Sleep(time.Millisecond)
				}
			}
			n := 0
			for _, one := range who {
				n += w.toldOf(one, work)
			}
			t.Logf("%s: %d filters held to a work in %v, %d members told, others waited %v at most", name, filters, time.Since(began), n, longest)
			if n == 0 || longest > time.Second {
				t.Errorf("%d were told, others waited %v", n, longest)
			}
		})
	}
}
