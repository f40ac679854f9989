package names_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ficus/internal/catalog/names"
)

// naive looks at every name.
type naive map[int64]names.Name

func (a naive) find(q names.Query) []names.Found {
	var found []names.Found
	for _, id := range slices.Sorted(maps.Keys(a)) {
		n := a[id]
		isUnder := len(q.Under) == 0 || n.IsSorted && slices.ContainsFunc(q.Under, func(p int64) bool { return slices.Contains(n.Parents, p) })
		if isUnder && isMeant(n, q) {
			found = append(found, names.Found{ID: id, IsSorted: n.IsSorted})
		}
	}
	return found
}

func isMeant(n names.Name, q names.Query) bool {
	for _, typed := range q.Typed {
		if !slices.ContainsFunc(names.Words(n.Sought), func(w string) bool {
			return strings.HasPrefix(w, typed) || q.Near && isNear([]rune(w), []rune(typed))
		}) {
			return false
		}
	}
	return len(q.Typed) > 0
}

// isNear compares what was typed with every beginning of a word.
func isNear(w, typed []rune) bool {
	most := 0
	switch {
	case slices.ContainsFunc(typed, unicode.IsNumber):
	case len(typed) >= 8:
		most = 2
	case len(typed) >= 4:
		most = 1
	}
	if most == 0 || len(w) == 0 || w[0] != typed[0] {
		return false
	}
	for end := range len(w) + 1 {
		if mistakes(w[:end], typed) <= most {
			return true
		}
	}
	return false
}

// mistakes is how many letters are wrong, missing, too many or swapped.
func mistakes(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	least := min(mistakes(a[1:], b), mistakes(a, b[1:])) + 1
	same := 1
	if a[0] == b[0] {
		same = 0
	}
	least = min(least, mistakes(a[1:], b[1:])+same)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, mistakes(a[2:], b[2:])+1)
	}
	return least
}

func drawText(t *rapid.T, label string, most int) string {
	letters := rapid.SampledFrom([]string{"a", "b", "c", "é", "ж", "名", "1", "🔥", "!"})
	text := ""
	for range rapid.IntRange(1, most).Draw(t, label) {
		text += letters.Draw(t, label)
	}
	return text
}

func drawName(t *rapid.T) names.Name {
	n := names.Name{
		ID:       rapid.Int64Range(1, 300).Draw(t, "id"),
		IsSorted: rapid.Bool().Draw(t, "sorted"), Parents: rapid.SliceOfNDistinct(rapid.Int64Range(1, 3), 0, 2, rapid.ID).Draw(t, "parents"),
	}
	for range rapid.IntRange(1, 3).Draw(t, "words") {
		n.Sought += rapid.SampledFrom([]string{"", " ", "/", " (", "\x00"}).Draw(t, "between") + drawText(t, "word", 9)
	}
	return n
}

// Whatever was put and removed, those tags are found that one finds who looks
// at every name.
func TestNamesAreFoundAsByLookingAtEveryName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, n := naive{}, names.New()
		for range rapid.IntRange(0, 20).Draw(t, "loaded") {
			name := drawName(t)
			a[name.ID] = name
		}
		load := n.Load()
		for _, id := range slices.Sorted(maps.Keys(a)) {
			load.Add(a[id])
		}
		load.End()
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				name := drawName(t)
				a[name.ID] = name
				n.Put(name)
			},
			"remove": func(t *rapid.T) {
				id := rapid.Int64Range(1, 300).Draw(t, "id")
				delete(a, id)
				n.Remove(id)
			},
			"join": func(*rapid.T) { n.Join() },
			"ask": func(t *rapid.T) {
				q := names.Query{Near: rapid.Bool().Draw(t, "near"), Most: 1 << 20}
				for range rapid.IntRange(0, 2).Draw(t, "typed") {
					q.Typed = append(q.Typed, names.Words(drawText(t, "typed", 9))...)
				}
				if rapid.Bool().Draw(t, "under some") {
					q.Under = []int64{rapid.Int64Range(1, 3).Draw(t, "parent")}
				}
				found, isWhole := n.Find(q)
				if diff := cmp.Diff(a.find(q), found, cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b names.Found) bool { return a.ID < b.ID })); diff != "" || !isWhole {
					t.Fatalf("%+v (whole: %v): wanted -, got +:\n%s", q, isWhole, diff)
				}
				for id, name := range a {
					if n.IsMeant(id, q.Typed) != isMeant(name, names.Query{Typed: q.Typed}) && len(q.Typed) > 0 {
						t.Fatalf("%q is meant by %q: %v", name.Sought, q.Typed, n.IsMeant(id, q.Typed))
					}
				}
			},
		})
	})
}

// Many names stay findable when the table of fresh ones is joined to the large
// one, and a word that begins too many is not looked at.
func TestManyNamesAreJoined(t *testing.T) {
	n := names.New()
	const many = 10_000
	for id := range int64(many) {
		n.Put(names.Name{ID: id, Sought: "lamp " + strings.Repeat("i", int(id%7))})
	}
	if found, isWhole := n.Find(names.Query{Typed: []string{"lamp"}, Most: many}); len(found) != many || !isWhole {
		t.Errorf("%d names of %d are found; whole: %v", len(found), many, isWhole)
	}
	if found, isWhole := n.Find(names.Query{Typed: []string{"lamp"}, Most: many / 10}); len(found) > 0 || isWhole {
		t.Errorf("%d names are found where too many words begin so; whole: %v", len(found), isWhole)
	}
	if found, _ := n.Find(names.Query{Typed: []string{"lamp", "iiiii"}, Most: many}); len(found) != 2*(many/7) {
		t.Errorf("%d names have both words", len(found))
	}
}

func TestMistypedWordsAreFoundFromTheFourthLetter(t *testing.T) {
	n := names.New()
	n.Put(names.Name{ID: 1, Sought: "hermia lantern"})
	for typed, wants := range map[string]int{
		"herm": 1, "hremia": 1, "hermai": 1, "hermya": 1, "hrmia": 1, "heermia": 1, "xermia": 0, "hex": 0, "hrem": 1, "hrei": 0, "lantren": 1, "lamtren": 0, "lantxern": 1, "lnaterrn": 1, "lnatren": 0,
	} {
		if found, _ := n.Find(names.Query{Typed: []string{typed}, Near: true, Most: 100}); len(found) != wants {
			t.Errorf("%q finds %d names, want %d", typed, len(found), wants)
		}
	}
}
