package index_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/generate"
)

// Whether tags are asked how many found works bear them, or found works which
// tags they bear, the lists are the same: of large tags and small ones, merged
// ones and what was changed since.
func TestAskingTagsCountsWhatCountingWorksDoes(t *testing.T) {
	made, err := generate.New(generate.Plan{Works: 30_000, Seed: 3, Until: time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	b := big{made}
	usual, slotwise, sampled, counted := index.New(), index.New(), index.New(), index.New()
	slotwise.AskSlots()
	sampled.AskSample(1000)
	counted.AskNever()
	var works []index.Work
	for w := range b.all() {
		works = append(works, w)
	}
	var others []index.Tag
	for tag := range b.tags() {
		if tag.Standing == index.Synonym && len(others) < 40 {
			others = append(others, tag)
		}
	}
	r, d := rand.New(rand.NewPCG(5, 6)), b.Drawer()
	all := []*index.Index{usual, slotwise, sampled, counted}
	for _, x := range all {
		x.Load(b.tags(), b.pseuds(), b.all())
	}
	first := int64(b.Count())
	changes := []func(ch *index.Changes){
		func(*index.Changes) {},
		func(ch *index.Changes) { // the two largest fandoms are one, then two ratings
			ch.PutTag(index.Tag{ID: firstFandom + 1, Kind: archive.KindFandom, Standing: index.Synonym, Of: firstFandom})
			ch.PutTag(index.Tag{ID: mature, Kind: archive.KindRating, Standing: index.Synonym, Of: explicit})
		},
		func(ch *index.Changes) { // what other words stood for is itself
			for _, tag := range others {
				ch.PutTag(index.Tag{ID: tag.ID, Kind: tag.Kind, Standing: index.Canonical})
			}
		},
		func(ch *index.Changes) { // a third of the works goes, another is hidden, and what those bear is merged
			for i, w := range works {
				switch i % 3 {
				case 0:
					ch.RemoveWork(w.ID)
				case 1:
					w.State |= index.Unlisted
					ch.PutWork(w)
				}
			}
			ch.PutTag(index.Tag{ID: firstFandom + 2, Kind: archive.KindFandom, Standing: index.Synonym, Of: firstFandom})
		},
		func(ch *index.Changes) { // those hidden come back under a rating alone
			for i, w := range works {
				if i%3 == 1 {
					w.Tags = w.Tags[:1]
					ch.PutWork(w)
				}
			}
		},
		func(ch *index.Changes) {
			ch.PutTag(index.Tag{ID: mature, Kind: archive.KindRating, Standing: index.Canonical})
		},
	}
	for step, change := range changes {
		for _, x := range all {
			x.Change(change)
		}
		for range 40 {
			q := b.drawn(r, d)
			if r.IntN(3) == 0 {
				q.Include, q.Exclude = []int64{1 + r.Int64N(17)}, nil
			}
			if r.IntN(4) == 0 {
				among := []int64{explicit, mature, firstFandom, firstFandom + 1, 1 + r.Int64N(first), 1 + r.Int64N(first)}
				q.Facets.Among = &among
			}
			if r.IntN(4) == 0 {
				q.Facets.Values = 200
			}
			if q.Viewer.Account = r.Int64N(2); q.Viewer.Account > 0 {
				q.Viewer.MutedTags = []int64{1 + r.Int64N(30)}
			}
			want := counted.Find(q)
			for i, x := range all[:3] {
				if diff := cmp.Diff(want, x.Find(q)); diff != "" {
					t.Fatalf("after change %d, %+v of index %d: wanted -, got +:\n%s", step, q, i, diff)
				}
			}
		}
	}
}
