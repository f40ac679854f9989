package index

import (
	"bytes"
	"testing"
)

// A name that was changed or taken away is nowhere any more, not in memory and
// not in a snapshot; what other names are is not touched.
func TestAPenNameThatIsNoMoreIsForgotten(t *testing.T) {
	x := New()
	x.Change(func(ch *Changes) {
		ch.PutPseud(Pseud{1, 5, "lantern keeper"})
		ch.PutPseud(Pseud{2, 5, "quarry"})
		ch.PutPseud(Pseud{3, 6, "ferry"})
		ch.PutWork(Work{ID: 7, Title: "one", Pseuds: []int64{2}})
	})
	x.Change(func(ch *Changes) {
		ch.RemovePseud(1)
		ch.PutPseud(Pseud{2, 5, "a name that is longer than before"})
		ch.PutPseud(Pseud{3, 6, "elm"})
	})
	var snapshot bytes.Buffer
	if err := x.Save(&snapshot); err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"lantern keeper", "quarry", "ferry"} {
		if bytes.Contains(x.c.pseuds.names, []byte(gone)) || bytes.Contains(snapshot.Bytes(), []byte(gone)) {
			t.Errorf("%q is still there", gone)
		}
	}
	if x.KnowsPseud(1) || len(x.Pseuds(5)) != 1 {
		t.Errorf("a pen name that was taken away is known, or account 5 has %v", x.Pseuds(5))
	}
	for id, name := range map[int64]string{2: "a name that is longer than before", 3: "elm"} {
		if n, _ := x.c.pseuds.find(id); string(x.c.pseuds.name(n)) != name {
			t.Errorf("pen name %d is called %q, not %q", id, x.c.pseuds.name(n), name)
		}
	}
	if a := x.Find(Query{Creators: []int64{5}, Take: 9}); len(a.Works) != 1 {
		t.Errorf("of account 5 %d works are found", a.Total)
	}
}
