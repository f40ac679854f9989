package writing_test

import (
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/writing"
)

// A program that sends the chapters of a work side by side gets every one of
// them numbered and counted, on the database that writes side by side too.
func TestChaptersAddedAtOnceAreAllCounted(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		const added = 12
		id := d.post()
		var sending sync.WaitGroup
		for range added {
			sending.Go(func() {
				_, err := d.SaveChapter(t.Context(), d.mara, writing.ChapterForm{Work: id, Fields: text("Two words."), Post: true})
				if err != nil {
					t.Error(err)
				}
			})
		}
		sending.Wait()
		var positions, want []int
		for i, c := range d.chapters(id) {
			positions, want = append(positions, c.Position), append(want, i+1)
		}
		wants(t, "their places", positions, want)
		wants(t, "the figures", d.work(id).Counts, archive.Counts{Posted: 1 + added, Chapters: 1 + added, Words: 6 + 2*added})
	})
}
