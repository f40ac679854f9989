package names

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// From how many letters on a word may be mistyped in one place, and in two.
const (
	nearFrom  = 4
	nearTwice = 8
	nearMost  = 50 // words that may have been meant
)

// near gives words of a table that begin with what may have been meant by what
// was typed: the first letter is right, and one letter is wrong, missing, too
// many or changed places with the next; two of that from eight letters on.
// Words that begin just so are not among them. A number is what it is.
func (t *table) near(typed string) []string {
	letters := []rune(typed)
	if len(letters) < nearFrom || strings.ContainsFunc(typed, unicode.IsNumber) {
		return nil
	}
	mistakes := 1
	if len(letters) >= nearTwice {
		mistakes = 2
	}
	first := string(letters[:1])
	var found []string
	d := newDistance(letters, mistakes)
	for _, w := range t.different(first) {
		if !strings.HasPrefix(w, typed) && d.isNear([]rune(w)) {
			found = append(found, w)
			if len(found) == nearMost {
				break
			}
		}
	}
	return found
}

// different gives the different words of a table that begin with a letter.
func (t *table) different(first string) []string {
	var all []string
	if t.byID != nil { // what is added to does not know which are the first
		for _, at := range t.beginning(first) {
			if w := string(wordAt(t.text(at))); len(all) == 0 || all[len(all)-1] != w {
				all = append(all, w)
			}
		}
		return slices.Compact(all)
	}
	from := sort.Search(len(t.begun), func(i int) bool { return string(t.text(t.words[t.begun[i]])) >= first })
	for _, i := range t.begun[from:] {
		w := string(wordAt(t.text(t.words[i])))
		if !strings.HasPrefix(w, first) {
			break
		}
		all = append(all, w)
	}
	return all
}

// distance counts mistakes between what was typed and the beginnings of words
// that come in order: what a word shares with the one before is not counted
// again.
type distance struct {
	typed  []rune
	most   int
	before []rune
	rows   [][]int // by letters of the word: by letters typed, the least mistakes
	valid  int     // rows that are of before
}

func newDistance(typed []rune, most int) *distance {
	d := &distance{typed: typed, most: most, rows: make([][]int, len(typed)+most+1)}
	for i := range d.rows {
		d.rows[i] = make([]int, len(typed)+1)
	}
	for j := range d.rows[0] {
		d.rows[0][j] = j
	}
	d.valid = 1
	return d
}

// isNear reports whether some beginning of a word is what was typed with no
// more than so many mistakes.
func (d *distance) isNear(w []rune) bool {
	shared := 0
	for shared < len(w) && shared < len(d.before) && w[shared] == d.before[shared] {
		shared++
	}
	d.valid = min(d.valid, shared+1)
	d.before = w
	for i := 0; i < len(d.rows); i++ {
		if i >= d.valid {
			if i > len(w) {
				return false
			}
			d.count(i, w)
			d.valid = i + 1
		}
		if i > len(w) {
			return false
		}
		row := d.rows[i]
		if row[len(d.typed)] <= d.most {
			return true
		}
		if slices.Min(row) > d.most {
			return false
		}
	}
	return false
}

// count fills the row of a word's first i letters.
func (d *distance) count(i int, w []rune) {
	above, row := d.rows[i-1], d.rows[i]
	row[0] = i
	for j := 1; j < len(row); j++ {
		other := 1
		if w[i-1] == d.typed[j-1] {
			other = 0
		}
		row[j] = min(above[j-1]+other, above[j]+1, row[j-1]+1)
		if i > 1 && j > 1 && w[i-1] == d.typed[j-2] && w[i-2] == d.typed[j-1] {
			row[j] = min(row[j], d.rows[i-2][j-2]+1)
		}
	}
}
