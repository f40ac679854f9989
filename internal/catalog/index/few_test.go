package index_test

import (
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
)

// Where a tag has few works, they are asked which other tags they are found by:
// of a large one and of small ones below the same metatag.
func TestFewWorksAreAskedForTagsBelowOthers(t *testing.T) {
	const (
		works                                       = 9000
		large, small, smaller, rare, few, above, at = 1, 2, 3, 4, 5, 6, 7
	)
	every := map[int64]int{large: 2, small: 7, smaller: 11, rare: 45, few: 25}
	x := index.New()
	x.Load(slices.Values([]index.Tag{
		{ID: above, Kind: archive.KindFandom, Standing: index.Canonical}, {ID: at, Kind: archive.KindFandom, Standing: index.Canonical},
		{ID: large, Kind: archive.KindFandom, Standing: index.Canonical, Metatags: []int64{above}},
		{ID: small, Kind: archive.KindFandom, Standing: index.Canonical, Metatags: []int64{above, at}},
		{ID: smaller, Kind: archive.KindFandom, Standing: index.Canonical, Metatags: []int64{above, at}},
		{ID: rare, Kind: archive.KindFreeform, Standing: index.Canonical}, {ID: few, Kind: archive.KindFreeform, Standing: index.Canonical},
	}), slices.Values([]index.Pseud{}), func(yield func(index.Work) bool) {
		for id := int64(1); id <= works; id++ {
			w := index.Work{ID: id, Language: "en"}
			for _, tag := range []int64{large, small, smaller, rare, few} {
				if int(id)%every[tag] == 0 {
					w.Tags = append(w.Tags, tag)
				}
			}
			if !yield(w) {
				return
			}
		}
	})
	below := map[int64][]int64{above: {large, small, smaller}, at: {small, smaller}, small: {small}, large: {large}}
	for tag, ends := range below {
		for _, by := range []int64{rare, few} {
			for _, q := range []index.Query{{Include: []int64{by}, Exclude: []int64{tag}}, {Include: []int64{tag, by}}} {
				q.Take = works
				var want []int64
				for id := int64(every[by]); id <= works; id += int64(every[by]) {
					bears := slices.ContainsFunc(ends, func(one int64) bool { return int(id)%every[one] == 0 })
					if bears == (len(q.Exclude) == 0) {
						want = append(want, id)
					}
				}
				if got := x.Find(q).Works; !slices.Equal(got, want) {
					t.Errorf("%+v finds %d works, want %d: %v", q, len(got), len(want), got)
				}
			}
		}
	}
}
