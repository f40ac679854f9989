package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"

	"ficus/internal/archive"
)

// contents names a book by everything its bytes follow from: who has the same
// name has the same book. Its texts are read one by one, and a sum of them
// tells later whether they were others when the book was bound.
func (w *Web) contents(site string, o opened, how recipe, from tells) (name string, texts []byte, err error) {
	heard := hearing{from: from, sum: sha256.New()}
	for _, c := range o.bookChapters() {
		if len(how.options.Chapters) > 0 && !slices.Contains(how.options.Chapters, c.ID) {
			continue
		}
		if _, err := heard.text(c.ID); err != nil {
			return "", nil, err
		}
	}
	texts = heard.sum.Sum(nil)
	work := o.Work
	work.ShownRev, work.Revision, work.Standing = 0, 0, archive.Standing{}
	work.Counts = archive.Counts{Words: o.Counts.Words, Posted: o.Counts.Posted, Chapters: o.Counts.Chapters}
	sum := sha256.New()
	err = json.NewEncoder(sum).Encode([]any{
		w.site.Build, site, w.Catalog.Site().Name, w.voice(o.Language).Tag(), how.key(), o.forCreatorsAlone(), work, signers(o), o.tags, o.gifts, o.chapters, o.cover, texts,
	})
	return fmt.Sprintf("%d-%s.%s", o.ID, hex.EncodeToString(sum.Sum(nil)[:16]), how.format), texts, err
}

// hearing sums up what chapters say, one after the other.
type hearing struct {
	from tells
	sum  hash.Hash
}

func (h hearing) text(chapter int64) (archive.ChapterText, error) {
	t, err := h.from(chapter)
	if errors.Is(err, archive.ErrNotFound) {
		return t, errChanged
	}
	if err != nil {
		return t, err
	}
	return t, json.NewEncoder(h.sum).Encode(t)
}
