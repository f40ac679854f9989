package names

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// table holds names in one slab without a pointer, and where each of their
// words begins, in the order of what stands there. Before a name stands what it
// is the name of, so that a word is enough to find it:
//
//	parents of 8 bytes each, how many, what it is, id of 8 bytes, 0, name, 0
type table struct {
	slab    []byte
	records []uint32           // where names begin, in the order of their ids unless they are in byID
	words   []uint32           // where words begin, sorted by what follows
	begun   []uint32           // of words: the first of each different one
	under   map[int64][]uint32 // sorted tags, by what they are filed under
	byID    map[int64]uint32   // of a table that is added to
}

// What stands before a name, counted back from where it begins.
const (
	idBack     = 9
	statusBack = 10
	countBack  = 11
)

// The bits of what a tag is.
const (
	isSorted = 1 << iota // canonical, or a synonym of one
	isGone               // another record has taken its place, or none
)

// append puts a name at the end of a table that is being made, in the order of
// ids; it is found once the table is finished.
func (t *table) append(n Name) {
	at := t.write(n)
	for start := range starts(string(t.text(at))) {
		t.words = append(t.words, at+uint32(start)) //nolint:gosec // within a name
	}
}

// finish makes what was appended found.
func (t *table) finish() {
	t.sortWords()
	t.begin()
}

// add puts one more name into a table.
func (t *table) add(n Name) {
	at := t.write(n)
	t.byID[n.ID] = at
	for start := range starts(string(t.text(at))) {
		word := at + uint32(start) //nolint:gosec // within a name
		place, _ := slices.BinarySearchFunc(t.words, word, func(a, b uint32) int { return cmp.Or(bytes.Compare(t.text(a), t.text(b)), cmp.Compare(a, b)) })
		t.words = slices.Insert(t.words, place, word)
	}
}

// write adds a name to the slab.
func (t *table) write(n Name) (at uint32) {
	parents := n.Parents[:min(len(n.Parents), 255)]
	for _, parent := range parents {
		t.slab = binary.LittleEndian.AppendUint64(t.slab, uint64(parent)) //nolint:gosec // an id
	}
	status := byte(0)
	if n.IsSorted {
		status = isSorted
	}
	t.slab = append(t.slab, byte(len(parents)), status)
	t.slab = binary.LittleEndian.AppendUint64(t.slab, uint64(n.ID)) //nolint:gosec // an id
	t.slab = append(t.slab, 0)
	at = uint32(len(t.slab)) //nolint:gosec // 4 GB of names are more than there are
	t.slab = append(t.slab, strings.ReplaceAll(n.Sought, "\x00", " ")...)
	t.slab = append(t.slab, 0)
	t.records = append(t.records, at)
	if n.IsSorted {
		for _, parent := range parents {
			t.under[parent] = append(t.under[parent], at)
		}
	}
	return at
}

// sortWords sorts where words begin. Those that begin with the same byte are
// sorted by themselves: what that takes beside is small.
func (t *table) sortWords() {
	t.words = byFirst(t.slab, t.words)
	type place struct {
		key uint64 // the first eight bytes
		at  uint32
	}
	var places []place
	for from := 0; from < len(t.words); {
		to := from
		places = places[:0]
		for ; to < len(t.words) && t.slab[t.words[to]] == t.slab[t.words[from]]; to++ {
			var first [8]byte
			copy(first[:], t.text(t.words[to]))
			places = append(places, place{binary.BigEndian.Uint64(first[:]), t.words[to]})
		}
		slices.SortFunc(places, func(a, b place) int {
			if a.key != b.key {
				return cmp.Compare(a.key, b.key)
			}
			return bytes.Compare(t.ahead(a.at, mostName), t.ahead(b.at, mostName))
		})
		for i, p := range places {
			t.words[from+i] = p.at
		}
		from = to
	}
}

// byFirst sorts places by the byte that stands there.
func byFirst(slab []byte, places []uint32) []uint32 {
	var next [257]int
	for _, at := range places {
		next[int(slab[at])+1]++
	}
	for b := range 256 {
		next[b+1] += next[b]
	}
	sorted := make([]uint32, len(places))
	for _, at := range places {
		sorted[next[slab[at]]] = at
		next[slab[at]]++
	}
	return sorted
}

// begin notes the first of each different word.
func (t *table) begin() {
	var before []byte
	for i, at := range t.words {
		if word := wordAt(t.text(at)); i == 0 || !bytes.Equal(word, before) {
			t.begun = append(t.begun, uint32(i)) //nolint:gosec // fewer than bytes of the slab
			before = word
		}
	}
}

// text is what stands from a place to the end of its name.
func (t *table) text(at uint32) []byte {
	return t.slab[at : int(at)+bytes.IndexByte(t.slab[at:], 0)]
}

// record is where the name begins of which a word stands at a place.
func (t *table) record(at uint32) uint32 {
	return uint32(bytes.LastIndexByte(t.slab[:at], 0) + 1) //nolint:gosec // within the slab
}

func (t *table) id(record uint32) int64 {
	return int64(binary.LittleEndian.Uint64(t.slab[record-idBack:])) //nolint:gosec // an id
}

func (t *table) is(record uint32, what byte) bool { return t.slab[record-statusBack]&what != 0 }

// of gives back what was written.
func (t *table) of(record uint32) Name {
	n := Name{ID: t.id(record), Sought: string(t.text(record)), IsSorted: t.is(record, isSorted)}
	count := uint32(t.slab[record-countBack])
	for i := range count {
		at := record - countBack - 8*(count-i)
		n.Parents = append(n.Parents, int64(binary.LittleEndian.Uint64(t.slab[at:]))) //nolint:gosec // an id
	}
	return n
}

// find gives the record of an id, unless it is gone.
func (t *table) find(id int64) (record uint32, known bool) {
	if t.byID != nil {
		record, known = t.byID[id]
		return record, known
	}
	if len(t.records) == 0 {
		return 0, false
	}
	at := int(id - t.id(t.records[0])) // where it stands when no id was left out
	if known = at >= 0 && at < len(t.records) && t.id(t.records[at]) == id; !known {
		at, known = t.seek(id)
	}
	if !known || t.is(t.records[at], isGone) {
		return 0, false
	}
	return t.records[at], true
}

// seek finds an id among those of records.
func (t *table) seek(id int64) (at int, known bool) {
	return slices.BinarySearchFunc(t.records, id, func(record uint32, id int64) int { return cmp.Compare(t.id(record), id) })
}

// beginning is the stretch of words that begin with what was typed.
func (t *table) beginning(typed string) []uint32 {
	from := sort.Search(len(t.words), func(i int) bool { return string(t.ahead(t.words[i], len(typed))) >= typed })
	to := from + sort.Search(len(t.words)-from, func(i int) bool { return string(t.ahead(t.words[from+i], len(typed))) > typed })
	return t.words[from:to]
}

// mostName is more than a name has, in bytes.
const mostName = 1 << 10

// ahead is so much of the slab from a place on. It compares as what stands to
// the end of the name does, for the byte there is the least.
func (t *table) ahead(at uint32, most int) []byte { return t.slab[at:min(int(at)+most, len(t.slab))] }

// all gives every name that is not gone.
func (t *table) all(yield func(Name) bool) {
	for _, record := range t.records {
		if !t.is(record, isGone) && !yield(t.of(record)) {
			return
		}
	}
}
