package generate_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/generate"
)

var until = time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)

func plan(t testing.TB, works int, seed uint64) *generate.Archive {
	t.Helper()
	a, err := generate.New(generate.Plan{Works: works, Seed: seed, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Works bear as many tags as the public statistics of AO3 say: 17 on average,
// 11 more often than any other number, and more than 75 of a writer's own
// nearly never (here never: the archive takes no more).
func TestWorksBearSeventeenTagsAndElevenMostOften(t *testing.T) {
	for _, seed := range []uint64{1, 2, 77} {
		const works = 40_000
		var times [200]int
		sum := 0
		for w := range plan(t, works, seed).All() {
			times[len(w.Tags)]++
			sum += len(w.Tags)
			own := len(w.Tags) - w.Kinds(archive.KindRating) - w.Kinds(archive.KindWarning) - w.Kinds(archive.KindCategory)
			if own > archive.DefaultLimits().Tags {
				t.Fatalf("work %d bears %d tags of its writer's own", w.ID, own)
			}
			if w.Kinds(archive.KindRating) != 1 || w.Kinds(archive.KindWarning) == 0 || w.Kinds(archive.KindFandom) == 0 {
				t.Fatalf("work %d could not be posted: %v", w.ID, w.Tags)
			}
		}
		average, mode := float64(sum)/works, slices.Index(times[:], slices.Max(times[:]))
		if math.Abs(average-17) > 0.5 || mode != 11 {
			t.Errorf("seed %d: %.2f tags a work, %d most often", seed, average, mode)
		}
	}
}

// A tag is half as popular as one that is asked for twice as often: on
// logarithmic paper their popularity is a line. The largest fandom has some
// hundredths of all works.
func TestTagsArePopularAsWordsAre(t *testing.T) {
	const works = 100_000
	a := plan(t, works, 1)
	borne := make([]int, a.Count()+1)
	kinds := map[archive.TagKind][]int{}
	for w := range a.All() {
		for _, tag := range w.Tags {
			borne[tag.ID]++
		}
	}
	for tag := range a.Tags() {
		kinds[tag.Kind] = append(kinds[tag.Kind], borne[tag.ID])
	}
	for kind, within := range map[archive.TagKind][2]float64{
		archive.KindFandom: {0.8, 1.3}, archive.KindFreeform: {0.7, 1.1}, archive.KindCharacter: {0.5, 1.2}, archive.KindRelationship: {0.5, 1.2},
	} {
		slices.SortFunc(kinds[kind], func(x, y int) int { return y - x })
		if slope := slopeOf(kinds[kind], 30, 390); slope < within[0] || slope > within[1] {
			t.Errorf("of %ss the 30th has %d works and the 390th %d: a slope of %.2f", kind, kinds[kind][30], kinds[kind][390], slope)
		}
	}
	if share := float64(kinds[archive.KindFandom][0]) / works; share < 0.01 || share > 0.08 {
		t.Errorf("the largest fandom has %.3f of all works", share)
	}
	used := 0
	for _, n := range borne {
		used += min(n, 1)
	}
	if share := float64(a.Count()) / works; share < 0.25 || share > 0.5 || float64(used) < 0.5*float64(a.Count()) {
		t.Errorf("there are %.2f tags for a work, and %d of %d stand on one", share, used, a.Count())
	}
}

// slopeOf is how steeply popularity falls from one place to another.
func slopeOf(sorted []int, from, to int) float64 {
	return math.Log(float64(sorted[from])/float64(max(sorted[to], 1))) / math.Log(float64(to)/float64(from))
}

// Characters and relationships stand on works of their fandom, and who is in a
// relationship is among the characters.
func TestTagsAreAtHomeInAFandom(t *testing.T) {
	a := plan(t, 5_000, 3)
	tags := []generate.Tag{{}}
	for tag := range a.Tags() {
		if tag.ID != int64(len(tags)) {
			t.Fatalf("tag %d comes at place %d", tag.ID, len(tags))
		}
		tags = append(tags, tag)
	}
	local, freeforms := 0, 0
	for w := range a.All() {
		var of []int64
		var people []string
		for _, worn := range w.Tags {
			tag := tags[worn.ID]
			if tag.Kind != worn.Kind {
				t.Fatalf("work %d bears %q as a %s", w.ID, tag.Name, worn.Kind)
			}
			switch tag.Kind {
			case archive.KindFandom:
				of = append(of, tag.ID)
			case archive.KindCharacter:
				people = append(people, tag.Name)
			case archive.KindFreeform:
				freeforms++
				local += int(min(tag.Fandom, 1))
			}
		}
		for _, worn := range w.Tags {
			tag := tags[worn.ID]
			if tag.Fandom != 0 && !slices.Contains(of, tag.Fandom) {
				t.Fatalf("work %d bears %q, which is at home elsewhere", w.ID, tag.Name)
			}
			if tag.Kind != archive.KindRelationship {
				continue
			}
			for _, name := range strings.Split(strings.ReplaceAll(tag.Name, " & ", "/"), "/") {
				if !slices.Contains(people, name) {
					t.Fatalf("work %d is about %q, and %q is not in it: %q", w.ID, tag.Name, name, people)
				}
			}
		}
	}
	if share := float64(local) / float64(freeforms); share < 0.1 || share > 0.4 {
		t.Errorf("%.2f of the freeforms are at home in a fandom", share)
	}
}

// No two tags of a kind are one, and each may be typed in the form.
func TestEveryTagIsAnotherAndMayBeTyped(t *testing.T) {
	met := map[archive.TagKind]map[string]bool{}
	for tag := range plan(t, 300_000, 9).Tags() {
		name := strings.ToLower(tag.Name)
		if met[tag.Kind] == nil {
			met[tag.Kind] = map[string]bool{}
		}
		if met[tag.Kind][name] {
			t.Fatalf("there are two %ss %q", tag.Kind, name)
		}
		met[tag.Kind][name] = true
		if archive.CleanLine(tag.Name) != tag.Name || len(tag.Name) > archive.DefaultLimits().TagName || strings.ContainsAny(tag.Name, ",*<>^{}=`\\%") {
			t.Fatalf("%q cannot be typed", tag.Name)
		}
		if tag.Standing == archive.TagSynonym && tag.Canonical >= tag.ID {
			t.Fatalf("%q stands for %d, which comes after it", tag.Name, tag.Canonical)
		}
	}
}

// Two who draw with one seed draw the same, whatever they drew before; with
// another seed another archive.
func TestOneSeedIsOneArchive(t *testing.T) {
	a, again, other := plan(t, 2_000, 5).Drawer(), plan(t, 2_000, 5).Drawer(), plan(t, 2_000, 6).Drawer()
	again.Work(1_999)
	differ := 0
	for i := range 500 {
		w, same, another := a.Work(i), again.Work(i), other.Work(i)
		if w.Title() != same.Title() || w.Summary() != same.Summary() || !slices.Equal(w.Tags, same.Tags) || !slices.Equal(w.Chapters, same.Chapters) || w.Figures != same.Figures {
			t.Fatalf("work %d is drawn otherwise: %+v, %+v", i, w, same)
		}
		if !slices.Equal(w.Tags, another.Tags) {
			differ++
		}
	}
	if differ < 490 {
		t.Errorf("another seed draws other tags on %d of 500 works", differ)
	}
}

// Figures go together and are as people's are.
func TestFiguresBelongTogether(t *testing.T) {
	const works = 20_000
	var kudos, hits, words []float64
	var single, complete, restricted, anonymous, together, recent int
	last := time.Time{}
	for w := range plan(t, works, 4).All() {
		if w.Posted.Before(last) || w.Updated.Before(w.Posted) || w.Updated.After(until) {
			t.Fatalf("work %d was posted at %v and updated at %v, the one before was posted at %v", w.ID, w.Posted, w.Updated, last)
		}
		last = w.Posted
		sum := int64(0)
		for _, c := range w.Chapters {
			sum += int64(c.Words)
		}
		if sum != w.Words || w.Kudos > w.Hits || w.Planned != 0 && w.Planned < len(w.Chapters) {
			t.Fatalf("the figures of work %d do not agree: %+v", w.ID, w)
		}
		kudos, hits, words = append(kudos, math.Log1p(float64(w.Kudos))), append(hits, math.Log1p(float64(w.Hits))), append(words, float64(w.Words))
		for count, is := range map[*int]bool{&single: len(w.Chapters) == 1, &complete: w.IsComplete(), &restricted: w.Restricted, &anonymous: w.Anonymous,
			&together: len(w.Writers) > 1, &recent: until.Sub(w.Posted) < 5*365*24*time.Hour} {
			if is {
				*count++
			}
		}
	}
	if r := correlation(kudos, hits); r < 0.8 {
		t.Errorf("kudos go with hits by %.2f", r)
	}
	slices.Sort(words)
	if median := words[works/2]; median < 1500 || median > 4000 {
		t.Errorf("half of the works are longer than %.0f words", median)
	}
	for what, share := range map[string][3]float64{
		"of one chapter": {float64(single), 0.65, 0.75}, "complete": {float64(complete), 0.75, 0.9}, "for members": {float64(restricted), 0.07, 0.11},
		"anonymous": {float64(anonymous), 0.005, 0.02}, "by two": {float64(together), 0.02, 0.05}, "of the last five years": {float64(recent), 0.4, 0.65},
	} {
		if got := share[0] / works; got < share[1] || got > share[2] {
			t.Errorf("%.3f are %s", got, what)
		}
	}
}

func correlation(x, y []float64) float64 {
	var sx, sy, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		sx, sy, xx, yy, xy = sx+x[i], sy+y[i], xx+x[i]*x[i], yy+y[i]*y[i], xy+x[i]*y[i]
	}
	return (n*xy - sx*sy) / math.Sqrt((n*xx-sx*sx)*(n*yy-sy*sy))
}

// An archive of one work is one too, and none of none.
func TestAnArchiveMayBeSmallAndMustNotBeNothing(t *testing.T) {
	for _, works := range []int{1, 2, 9, 100} {
		n := 0
		for w := range plan(t, works, 1).All() {
			n++
			for _, writer := range w.Writers {
				if writer < 1 || writer > int64(plan(t, works, 1).Writers()) {
					t.Errorf("work %d of %d is signed by %d", w.ID, works, writer)
				}
			}
		}
		if n != works {
			t.Errorf("%d works were drawn and not %d", n, works)
		}
	}
	for _, works := range []int{0, -1, generate.Most + 1} {
		if _, err := generate.New(generate.Plan{Works: works}); err == nil {
			t.Errorf("%d works are no archive, and were taken", works)
		}
	}
}

func BenchmarkWork(b *testing.B) {
	d := plan(b, 1_000_000, 1).Drawer()
	i := 0
	for b.Loop() {
		d.Work(i)
		i = (i + 1) % 1_000_000
	}
}
