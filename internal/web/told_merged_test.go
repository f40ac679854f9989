package web_test

import (
	"context"
	"fmt"
	"regexp"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

var feedEntry = regexp.MustCompile(`(?s)<entry[^>]*>\s*<id>([^<]+)</id>`)

// takesBack undoes the last act about a tag.
func (s *sorter) takesBack(name string) {
	s.t.Helper()
	id, last := s.tag(name).ID, int64(0)
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.TagActs.Of(ctx, id, 20)
		for _, a := range acts {
			if last == 0 && a.UndoneAt.IsZero() {
				last = a.ID
			}
		}
		return err
	})
	must(s.t, s.verbs.Undo(s.t.Context(), s.staff, last))
}

// Whoever is told of a tag by a saved filter hears of a work once, ever, and has
// one mail of it, however often its tag is merged, taken back, merged again,
// renamed and split, and the work edited in between: also who follows both the
// name that was merged and what it means. To feeds it is one entry throughout.
func TestAcceptance84_OnceEverHoweverTagsAreMerged(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, dot, bag := w.sorter(), w.member("dot").viewer, w.postbag()
		of := func(title string, tags ...string) int64 {
			f := fields(title)
			f.Freeforms = tags
			return w.posts(dot, f, "A lamp was lit.")
		}
		old := of("Old lamp", "chai")
		tea := s.canonical("Tea")
		told := map[string][]string{"both": {"chai", "Tea"}, "ann": {"Tea"}, "cle": {"chai"}}
		members := map[string]archive.Viewer{}
		for name, tags := range told {
			who := w.member(name)
			members[name] = who.viewer
			w.writesTo(who.viewer, name+"@example.org")
			for _, tag := range tags {
				who.subscribes("/works?include=freeform:"+tag, tag)
			}
		}
		works := map[string]int64{"First lamp": of("First lamp", "chai"), "Second lamp": of("Second lamp", "Tea"), "Third lamp": of("Third lamp", "chai", "Tea")}
		mailed, edits, ids := map[string]int{}, 0, map[string]bool{}
		settles := func() {
			for _, work := range append([]int64{old}, works["First lamp"], works["Second lamp"], works["Third lamp"]) {
				edits++
				w.edits(dot, work, func(f *archive.WorkFields) { f.Summary = fmt.Sprint("<p>Edited ", edits, "</p>") })
			}
			bag.opens()
			w.Clock.Pass(2 * time.Hour)
			must(t, bag.tell.SendFollowed(t.Context()))
			for _, m := range bag.opens() {
				for title := range works {
					if regexp.MustCompile(title).MatchString(m.Text) {
						mailed[m.To+" "+title]++
					}
				}
			}
			for _, entry := range feedEntry.FindAllStringSubmatch(w.guest().opens("/works/feed?include=freeform:chai").body, -1) {
				ids[entry[1]] = true
			}
		}
		bag.opens()
		settles()
		chai := func() int64 { return s.tag("chai").ID }
		for _, act := range []func(){
			func() { s.merges("chai", tea) },
			func() { s.takesBack("chai") },
			func() { s.merges("chai", tea) },
			func() { must(t, s.verbs.Rename(t.Context(), s.staff, s.tag("Tea"), "Cha")) },
			func() { must(t, s.verbs.Split(t.Context(), s.staff, s.tag("Cha"), chai(), nil)) },
			func() { s.merges("chai", s.tag("Cha").ID) },
			func() { s.takesBack("chai") },
			func() { s.merges("Cha", chai()) },
		} {
			act()
			settles()
			settles()
		}
		for name, tags := range told {
			for title, work := range works {
				need(t, name+" of "+title, w.toldOf(members[name], work), 1)
				need(t, "mails to "+name+" of "+title, mailed[name+"@example.org "+title], 1)
			}
			if n := w.toldOf(members[name], old); n > 1 || name == "cle" && n > 0 {
				t.Errorf("%s, who follows %v, was told %d times of what stood there", name, tags, n)
			}
		}
		need(t, "entries of feeds", len(ids), 4)
	})
}
