package archive

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// pileOf makes a pile of texts "a" to the last letter, all of one work.
func pileOf(count int) Pile {
	p := Pile{Works: []PileWork{{Number: 1, Title: "Salt"}}}
	for n := 1; n <= count; n++ {
		p.Files = append(p.Files, PileFile{Number: n, Name: string(rune('a' + n - 1)), Manuscript: int64(n), Text: n, Chosen: true, PilePlace: PilePlace{Work: 1, Place: n}})
	}
	return p
}

// laid is a pile in short: a work's chosen files, works parted by a bar, what
// is left out behind a slash.
func laid(p Pile) string {
	var works []string
	for _, w := range p.Works {
		var names []string
		for i, text := range p.In(w.Number) {
			if text.Place != i+1 {
				names = append(names, fmt.Sprint("place ", text.Place, "!"))
			}
			names = append(names, text.Chosen().Name)
		}
		works = append(works, strings.Join(names, ""))
	}
	out := ""
	for _, text := range p.Texts() {
		if text.LeftOut {
			out += text.Chosen().Name
		}
	}
	return strings.TrimSuffix(strings.Join(works, "|")+"/"+out, "/")
}

func TestAPileIsArrangedAsItsWriterSays(t *testing.T) {
	for name, c := range map[string]struct {
		say  Arrangement
		want string
	}{
		"nothing":           {Arrangement{}, "abcde"},
		"one up":            {Arrangement{Places: map[int]int{4: 2}}, "adbce"},
		"one down":          {Arrangement{Places: map[int]int{2: 4}}, "acdbe"},
		"one past the end":  {Arrangement{Places: map[int]int{1: 99}}, "bcdea"},
		"one before all":    {Arrangement{Places: map[int]int{3: -7}}, "cabde"},
		"a whole new order": {Arrangement{Places: map[int]int{1: 5, 2: 4, 3: 3, 4: 2, 5: 1}}, "edcba"},
		"left out":          {Arrangement{In: map[int]bool{2: false, 5: false, 1: true}}, "acd/be"},
		"a work of its own": {Arrangement{Works: map[int]int{2: 2, 4: 2, 1: 1}}, "ace|bd"},
		"no such work":      {Arrangement{Works: map[int]int{2: -1}}, "abcde"},
	} {
		p := pileOf(5)
		if got := laid(p.Arrange(c.say)); got != c.want || laid(p) != "abcde" {
			t.Errorf("%s: %s, want %s; and the first is %s", name, got, c.want, laid(p))
		}
	}
	p := pileOf(5).Arrange(Arrangement{In: map[int]bool{2: false}})
	if got := laid(p.Arrange(Arrangement{In: map[int]bool{2: true}})); got != "abcde" {
		t.Errorf("taken in again it is %s", got)
	}
	p = pileOf(3).Arrange(Arrangement{Titles: map[int]string{1: " Moss\u202e\n"}, Into: map[int]int64{1: 7, 9: 9}})
	if p.Works[0] != (PileWork{1, "Moss", 7}) {
		t.Errorf("its work is %+v", p.Works)
	}
}

func TestWhatOfAPileIsADraftStaysWhereItIs(t *testing.T) {
	p := pileOf(4)
	p.Files[0].Made, p.Works[0].Work = true, 7
	p = p.Arrange(Arrangement{Places: map[int]int{1: 4, 4: 1}, Works: map[int]int{1: 2}, In: map[int]bool{1: false}, Into: map[int]int64{1: 9}, Titles: map[int]string{1: "Moss"}})
	if got := laid(p); got != "adbc" || p.Works[0].Work != 7 || len(p.Works) != 1 {
		t.Errorf("it is %s of %+v", got, p.Works)
	}
	if got := len(p.ToMake()); got != 3 {
		t.Errorf("%d are still to be made", got)
	}
}

func TestOneOfTheVersionsStandsForTheirText(t *testing.T) {
	versions := func() Pile {
		p := pileOf(4)
		p.Files[3].Text, p.Files[3].Chosen, p.Files[1].Chosen = 2, true, false // d is a newer b
		return p
	}
	if got := laid(versions()); got != "adc" {
		t.Fatalf("it is %s", got)
	}
	for name, c := range map[string]struct {
		is   Pile
		want string
	}{
		"the other one":         {versions().Arrange(Arrangement{Chosen: map[int]int{2: 2}}), "abc"},
		"one of another text":   {versions().Arrange(Arrangement{Chosen: map[int]int{2: 3}}), "adc"},
		"the newer apart":       {versions().Arrange(Arrangement{Apart: 4}), "abdc"},
		"the first found apart": {versions().Arrange(Arrangement{Apart: 2}), "adbc"},
		"what has no other":     {versions().Arrange(Arrangement{Apart: 3}), "adc"},
		"what is not there":     {versions().Arrange(Arrangement{Apart: 99}), "adc"},
	} {
		if got := laid(c.is); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if p := versions(); len(p.Skipped()) != 0 || p.Count() != 4 {
		t.Errorf("%d files, %v skipped", p.Count(), p.Skipped())
	}
	names := []string{}
	for _, f := range versions().Texts()[1].Versions {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"b", "d"}) {
		t.Errorf("the versions are %v", names)
	}
}
