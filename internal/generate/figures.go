package generate

import (
	"math"
	"time"

	"ficus/internal/archive"
)

// growth says how archives grow: after a part of their years, so much of what
// they will hold is there. Half of AO3's works came in its last five years.
const growth = 2.3

// tell draws chapters, how long they are and when they came, and whether more
// are to come. Works are numbered in the order in which they were posted.
func (d *Drawer) tell(i int) {
	w := &d.work
	place := (float64(i) + 0.5) / float64(d.Works)
	at := d.Until.Add(-span).Add(time.Duration(float64(span) * math.Pow(place, 1/growth))).UTC().Truncate(time.Second)
	w.Posted = at
	count, long := 1, d.lot(1, 0.6)
	if d.in(0.3) {
		count = min(2+int(d.lot(4, 1)), 400)
	}
	middle := 1900.0
	if count > 1 {
		middle = 2300
	}
	gap := time.Duration(d.lot(float64(9*24*time.Hour), 1))
	if left := d.Until.Sub(at) / time.Duration(count); gap > left {
		gap = left // or it would come tomorrow
	}
	for range count {
		words := max(int(min(d.lot(middle*long, 0.6), 60_000)), 40)
		w.Chapters = append(w.Chapters, Chapter{Words: words, Posted: at.Truncate(time.Second)})
		w.Words += int64(words)
		w.Updated = at.Truncate(time.Second)
		at = at.Add(gap)
	}
	w.Planned = count
	if unfinished := 0.05 + 0.35*min(float64(count-1), 1); d.in(unfinished) {
		w.Planned = 0
		if d.in(0.3) {
			w.Planned = count + 1 + d.random.IntN(10)
		}
	}
}

// count draws what readers left: more in large fandoms, for what is long, and
// for what has been there for long; and each of it goes with the rest.
func (d *Drawer) count() {
	w := &d.work
	fandom := 1 + float64(d.Works)*d.popular.share(d.homes[0])
	years := d.Until.Sub(w.Posted).Hours() / (365 * 24)
	middle := 120 * math.Pow(fandom, 0.25) * math.Sqrt(0.1+years) * math.Pow(float64(len(w.Chapters)), 0.6)
	hits := d.lot(middle, 1.1)
	kudos := hits * min(d.lot(0.05, 0.55), 0.5)
	if len(w.Chapters) > 3 {
		kudos *= 0.6 // who comes back for each chapter leaves them once
	}
	comments := kudos*d.lot(0.09, 0.9) + float64(len(w.Chapters)-1)*d.lot(0.4, 1)
	w.Hits, w.Kudos, w.Comments, w.Bookmarks = int64(hits), int64(kudos), int64(comments), int64(kudos*d.lot(0.18, 0.5))
}

// Title is what the work is called.
func (w *Work) Title() string { return newSpeller().title(w.seal) }

// Summary says what it is about.
func (w *Work) Summary() string { return newSpeller().summary(w.seal) }

// Kinds counts the tags of a kind.
func (w *Work) Kinds(kind archive.TagKind) (n int) {
	for _, t := range w.Tags {
		if t.Kind == kind {
			n++
		}
	}
	return n
}
