package index_test

import (
	"fmt"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
)

// What fills several packed stretches is loaded whole, whichever fandom it is
// at home in.
func TestManyLongWorksAreLoadedWhole(t *testing.T) {
	x := index.New()
	const many = 30_000
	title := strings.Repeat("a lamp on the shore ", 5)
	x.Load(func(yield func(index.Tag) bool) {
		for id := range int64(3) {
			yield(index.Tag{ID: id, Kind: archive.KindFandom, Standing: index.Canonical})
		}
	}, func(yield func(index.Pseud) bool) {
		for id := range int64(7) {
			yield(index.Pseud{ID: 10 + id, Account: id, Name: "w"})
		}
	}, func(yield func(index.Work) bool) {
		for id := range int64(many) {
			yield(index.Work{ID: id, Title: fmt.Sprintf("%s%05d", title, id), Tags: []int64{id % 4 % 3}, Pseuds: []int64{10 + id%7}, Kudos: id % 11, Words: -id})
		}
	})
	q := index.Query{Take: 3, Sort: index.Sort{Title: true, Descending: true}, Facets: index.Facets{Values: 3}}
	a := x.Find(q)
	if a.Total != many || a.Works[0] != many-1 || a.Works[2] != many-3 || a.Facets[archive.KindFandom][0] != (index.Counted{Tag: 0, Works: many / 2}) {
		t.Errorf("of %d works it finds %d, %v first, counted %v", many, a.Total, a.Works, a.Facets)
	}
	q.Include, q.Creators = []int64{2}, []int64{6}
	if a := x.Find(q); a.Total != 1072 || a.Works[0]%28 != 6 {
		t.Errorf("of a fandom's writer it finds %d works, %v first", a.Total, a.Works)
	}
}
