package archive

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func sorted(id int64, kind TagKind, standing TagStanding) SortedTag {
	return SortedTag{Tag: Tag{ID: id, Kind: kind, Name: "tag"}, Standing: standing}
}

func TestSynonymsPointToCanonicalsAlone(t *testing.T) {
	typed := sorted(1, KindFreeform, TagUnsorted)
	for _, c := range []struct {
		tag, of SortedTag
		rule    string
	}{
		{typed, sorted(2, KindFreeform, TagCanonical), ""},
		{typed, sorted(2, KindCharacter, TagCanonical), ""}, // typed in the wrong field
		{sorted(1, KindFandom, TagCanonical), sorted(2, KindFandom, TagCanonical), ""},
		{typed, sorted(2, KindFreeform, TagSynonym), "tag_not_canonical"},
		{typed, sorted(2, KindFreeform, TagUnsorted), "tag_not_canonical"},
		{typed, sorted(2, KindFreeform, TagAsIs), "tag_not_canonical"},
		{sorted(1, KindFreeform, TagCanonical), sorted(1, KindFreeform, TagCanonical), "tag_itself"},
		{typed, sorted(2, KindRating, TagCanonical), "tag_not_wrangled"},
		{sorted(1, KindWarning, TagUnsorted), sorted(2, KindFreeform, TagCanonical), "tag_not_wrangled"},
	} {
		wantRule(t, c.tag.CheckSynonym(c.of), c.rule)
	}
}

func TestParentsAreFandomsOfCharactersAndRelationships(t *testing.T) {
	fandom := sorted(9, KindFandom, TagCanonical)
	wantRule(t, sorted(1, KindCharacter, TagCanonical).CheckParent(fandom), "")
	wantRule(t, sorted(1, KindRelationship, TagCanonical).CheckParent(fandom), "")
	wantRule(t, sorted(1, KindFreeform, TagCanonical).CheckParent(fandom), "tag_parent_kind")
	wantRule(t, sorted(1, KindCharacter, TagCanonical).CheckParent(sorted(2, KindCharacter, TagCanonical)), "tag_parent_kind")
	wantRule(t, sorted(1, KindCharacter, TagUnsorted).CheckParent(fandom), "tag_not_canonical")
	wantRule(t, sorted(1, KindCharacter, TagCanonical).CheckParent(sorted(9, KindFandom, TagSynonym)), "tag_not_canonical")
}

func TestMeansIsOneStepAway(t *testing.T) {
	synonym := sorted(1, KindFandom, TagSynonym)
	synonym.Canonical = 7
	if got := synonym.Means(); got != 7 {
		t.Errorf("a synonym means %d, not its canonical 7", got)
	}
	if got := sorted(3, KindFandom, TagUnsorted).Means(); got != 3 {
		t.Errorf("an unsorted tag means %d, not itself", got)
	}
}

// TestMetatagsAgreeWithAPlainEvaluator sets metatags at random, as far as they
// are allowed, and holds the closure and the refusals against a table of who
// reaches whom.
func TestMetatagsAgreeWithAPlainEvaluator(t *testing.T) {
	for seed := range uint64(200) {
		draw := rand.New(rand.NewPCG(seed, 6))
		const tags = 9
		direct := Metatags{}
		for range 25 {
			sub, meta := draw.Int64N(tags), draw.Int64N(tags)
			err := direct.CheckMetatag(sorted(sub, KindFandom, TagCanonical), sorted(meta, KindFandom, TagCanonical))
			reaches := reachable(direct, tags)
			if refused := sub == meta || reaches[meta][sub]; refused != (err != nil) {
				t.Fatalf("seed %d: %d under %d in %v: got %v", seed, sub, meta, direct, err)
			}
			if err == nil {
				direct[sub] = append(direct[sub], meta)
			}
		}
		for tag, row := range reachable(direct, tags) {
			var want []int64
			for above, is := range row {
				if is {
					want = append(want, int64(above))
				}
			}
			if got := direct.Above(int64(tag)); !slices.Equal(got, want) {
				t.Fatalf("seed %d: above %d in %v: got %v, want %v", seed, tag, direct, got, want)
			}
		}
	}
}

// reachable says of every two tags whether the second stands above the first.
func reachable(direct Metatags, tags int) [][]bool {
	table := make([][]bool, tags)
	for sub := range table {
		table[sub] = make([]bool, tags)
		for _, meta := range direct[int64(sub)] {
			table[sub][meta] = true
		}
	}
	for by := range table {
		for from := range table {
			for to := range table {
				table[from][to] = table[from][to] || table[from][by] && table[by][to]
			}
		}
	}
	return table
}

func TestMetatagsAreCanonicalsOfOneKind(t *testing.T) {
	sub := sorted(1, KindFandom, TagCanonical)
	wantRule(t, Metatags{}.CheckMetatag(sub, sorted(2, KindCharacter, TagCanonical)), "tag_metatag_kind")
	wantRule(t, Metatags{}.CheckMetatag(sub, sorted(2, KindFandom, TagUnsorted)), "tag_not_canonical")
	wantRule(t, Metatags{}.CheckMetatag(sorted(1, KindFandom, TagSynonym), sorted(2, KindFandom, TagCanonical)), "tag_not_canonical")
	wantRule(t, Metatags{2: {1}}.CheckMetatag(sub, sorted(2, KindFandom, TagCanonical)), "tag_metatag_circle")
}

func TestALargeMergeWaitsForASecondWranglerOrADay(t *testing.T) {
	asked := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		works int
		by    int64
		after time.Duration
		may   bool
	}{
		{1000, 1, 0, true},
		{1001, 1, 0, false},
		{1001, 2, 0, true},
		{1001, 1, 24*time.Hour - time.Second, false},
		{1001, 1, 24 * time.Hour, true},
	} {
		if got := (MergeAsked{By: 1, At: asked, Works: c.works}).MayBeDoneBy(c.by, asked.Add(c.after)); got != c.may {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

// wantRule holds an answer against the one rule it must name; "" is none.
func wantRule(t *testing.T, err error, rule string) {
	t.Helper()
	var p Problems
	switch {
	case rule == "" && err != nil:
		t.Errorf("refused with %v", err)
	case rule != "" && (!errors.As(err, &p) || len(p) != 1 || p[0].Rule != rule):
		t.Errorf("got %v, want %s", err, rule)
	}
}
