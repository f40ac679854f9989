package names

import (
	"bytes"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
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
	var found []string
	d := newDistance(letters, mistakes)
	for w := range t.different(string(letters[:1])) {
		if d.isNear(w) && !strings.HasPrefix(string(w), typed) {
			found = append(found, string(w))
			if len(found) == nearMost {
				break
			}
		}
	}
	return found
}

// different gives the different words of a table that begin with a letter, in
// order, each to be read until the next.
func (t *table) different(first string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		stretch := t.beginning(first)
		if t.byID != nil { // what is added to does not know which are the first
			var before []byte
			for _, at := range stretch {
				if w := wordAt(t.text(at)); !bytes.Equal(w, before) {
					if !yield(w) {
						return
					}
					before = w
				}
			}
			return
		}
		from := sort.Search(len(t.begun), func(i int) bool { return string(t.text(t.words[t.begun[i]])) >= first })
		for _, i := range t.begun[from:] {
			w := wordAt(t.text(t.words[i]))
			if !bytes.HasPrefix(w, []byte(first)) || !yield(w) {
				return
			}
		}
	}
}

// distance counts mistakes between what was typed and the beginnings of words
// that come in order: what a word shares with the one before is not counted
// again.
type distance struct {
	typed  []rune
	most   int
	before []rune // the word before
	word   []rune
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
func (d *distance) isNear(text []byte) bool {
	w := d.word[:0]
	for len(text) > 0 && len(w) < len(d.rows) { // what follows cannot mend it
		r, size := utf8.DecodeRune(text)
		w, text = append(w, r), text[size:]
	}
	shared := 0
	for shared < len(w) && shared < len(d.before) && w[shared] == d.before[shared] {
		shared++
	}
	d.valid = min(d.valid, shared+1)
	d.before, d.word = w, d.before
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
