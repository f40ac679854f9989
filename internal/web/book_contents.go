package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"

	"ficus/internal/archive"
)

// keptWhileBound is how much of its texts is kept in memory from when a book is
// named until it is bound, in bytes: those of some 350,000 words. Of
// longer ones they are read again, one by one.
const keptWhileBound = 2 << 20

// contents names a book by everything its bytes follow from: who has the same
// name has the same book. What its texts say is heard one by one.
func (w *Web) contents(site string, o opened, how recipe, from tells) (name string, heard *hearing, err error) {
	heard = newHearing(from)
	for _, c := range o.bookChapters() {
		if len(how.options.Chapters) > 0 && !slices.Contains(how.options.Chapters, c.ID) {
			continue
		}
		if _, err := heard.text(c.ID); err != nil {
			return "", nil, err
		}
	}
	work := o.Work
	work.ShownRev, work.Revision, work.Standing = 0, 0, archive.Standing{}
	work.Counts = archive.Counts{Words: o.Counts.Words, Posted: o.Counts.Posted, Chapters: o.Counts.Chapters}
	sum := sha256.New()
	err = json.NewEncoder(sum).Encode([]any{
		w.site.Build, site, w.Catalog.Site().Name, w.voice(o.Language).Tag(), how.key(), o.forCreatorsAlone(), work, signers(o), o.tags, o.gifts, o.chapters, o.cover, heard.sum.Sum(nil),
	})
	return fmt.Sprintf("%d-%s.%s", o.ID, hex.EncodeToString(sum.Sum(nil)[:16]), how.format), heard, err
}

// hearing sums up what chapters say, one after the other, and keeps it while
// there is room for all of it.
type hearing struct {
	from tells
	sum  hash.Hash
	kept map[int64]archive.ChapterText // nil: it was too much
	size int
}

func newHearing(from tells) *hearing {
	return &hearing{from: from, sum: sha256.New(), kept: map[int64]archive.ChapterText{}}
}

func (h *hearing) text(chapter int64) (archive.ChapterText, error) {
	t, err := h.from(chapter)
	if errors.Is(err, archive.ErrNotFound) {
		return t, errChanged
	}
	if err != nil {
		return t, err
	}
	for _, part := range []string{t.Summary, t.Disclaimer, t.NotesBefore, t.NotesAfter, t.Dedication, t.Body} {
		h.size += len(part)
		_ = binary.Write(h.sum, binary.BigEndian, int64(len(part))) // a hash takes all it is given
		_, _ = h.sum.Write([]byte(part))
	}
	if h.size > keptWhileBound {
		h.kept = nil
	}
	if h.kept != nil {
		h.kept[chapter] = t
	}
	return t, nil
}

// again gives what was heard once more: as it was, or heard anew from elsewhere,
// and whether that was the same is told when all of it was.
func (h *hearing) again(from tells) (again tells, same func() bool) {
	if h.kept != nil {
		return func(chapter int64) (archive.ChapterText, error) { return h.kept[chapter], nil }, func() bool { return true }
	}
	anew := newHearing(from)
	anew.kept = nil
	return anew.text, func() bool { return bytes.Equal(anew.sum.Sum(nil), h.sum.Sum(nil)) }
}
