package catalog

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ficus/internal/store"
)

// passages knows by heart of which work each passage is. Of a word in very many
// texts the database then gives numbers alone; joining each with its chapter, to
// learn whether it still holds, takes ten times as long (decision 0309).
//
// What is known is true for good: no number is given to another passage. So who
// reads an older state of the archive than the one it was learnt from is told the
// truth too, and who reads a newer one only lacks the last.
type passages struct {
	mu      sync.RWMutex
	pages   map[int64]*[passagesPage]uint32 // by number
	last    int64                           // what came later is not known
	isReady atomic.Bool                     // what there was at the start is
}

const (
	passagesPage = 1 << 12
	// learntAtOnce are read at a time; who searches reads no more than that.
	learntAtOnce = 10_000
	// learnEvery is how often they are read while nobody searches.
	learnEvery = time.Second
	// mostDoubtful is for how many passages the database is asked one by one
	// whether they hold; if it is for more, it is asked for all at once.
	mostDoubtful = 5_000
	// largestWork is kept with a bit beside it that says whether the passage is of
	// the work's summary. Those of larger numbers are not known.
	largestWork = 1<<31 - 1
)

// fill learns all passages there are.
func (p *passages) fill(ctx context.Context, s *store.Store) error {
	for {
		isWhole := false
		err := s.Read(ctx, func(tx *store.Tx) (err error) {
			isWhole, err = p.learn(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		if isWhole {
			p.isReady.Store(true)
			return nil
		}
	}
}

// keepUp learns what was read since, so that who searches has little to learn.
func (p *passages) keepUp(ctx context.Context, s *store.Store) error {
	if !p.isReady.Load() {
		return nil
	}
	return s.Read(ctx, func(tx *store.Tx) error {
		_, err := p.learn(ctx, tx)
		return err
	})
}

// learn learns some passages that came since, and reports whether those were all.
func (p *passages) learn(ctx context.Context, tx *store.Tx) (isWhole bool, err error) {
	p.mu.RLock()
	last := p.last
	p.mu.RUnlock()
	found, err := tx.Numbered.After(ctx, last, learntAtOnce)
	if err != nil || len(found) == 0 {
		return err == nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pages == nil {
		p.pages = map[int64]*[passagesPage]uint32{}
	}
	for _, one := range found {
		page := p.pages[one.ID/passagesPage]
		if page == nil {
			page = new([passagesPage]uint32)
			p.pages[one.ID/passagesPage] = page
		}
		if one.Work <= largestWork {
			page[one.ID%passagesPage] = asKnown(one)
		}
	}
	p.last = max(p.last, found[len(found)-1].ID) // others may have learnt meanwhile
	return len(found) < learntAtOnce, nil
}

// asKnown is a passage as it is kept; never 0.
func asKnown(p store.NumberedPassage) uint32 {
	known := uint32(p.Work) << 1 //nolint:gosec // at most largestWork
	if p.IsSummary {
		known |= 1
	}
	return known
}

// asks is of what texts passages are asked for.
type asks struct{ chapters, summaries bool }

func (a asks) has(isSummary bool) bool { return isSummary && a.summaries || !isSummary && a.chapters }

// holding gives the works in whose texts a part of what is sought is found, as
// Passages.Holding does.
func (p *passages) holding(ctx context.Context, tx *store.Tx, d store.Doubt, s store.Sought) (works []int64, err error) {
	asked := map[string]asks{}
	if s.Text != "" {
		asked[s.Text] = asks{chapters: true, summaries: s.Summary == s.Text}
	}
	if s.Summary != "" && s.Summary != s.Text {
		asked[s.Summary] = asks{summaries: true}
	}
	for match, a := range asked {
		numbers, err := tx.Numbered.Matching(ctx, match)
		if err != nil {
			return nil, err
		}
		some, doubtful := p.sort(numbers, d, a)
		if len(doubtful) > mostDoubtful {
			return tx.Passages.Holding(ctx, s)
		}
		held, err := tx.Numbered.Holding(ctx, doubtful)
		if err != nil {
			return nil, err
		}
		works = append(works, some...)
		for _, one := range held {
			if a.has(one.IsSummary) {
				works = append(works, one.Work)
			}
		}
	}
	return works, nil
}

// sort gives the works of the passages that hold, and the passages of which
// that is not known.
func (p *passages) sort(numbers []int64, d store.Doubt, a asks) (works, doubtful []int64) {
	works = make([]int64, 0, len(numbers))
	p.mu.RLock()
	defer p.mu.RUnlock()
	var page *[passagesPage]uint32
	at := int64(-1)
	for _, number := range numbers {
		if of := number / passagesPage; of != at { // most come in order
			at, page = of, p.pages[of]
		}
		known := uint32(0)
		if page != nil {
			known = page[number%passagesPage]
		}
		work := int64(known >> 1)
		switch {
		case known == 0 || d.Of(work):
			doubtful = append(doubtful, number)
		case a.has(known&1 == 1):
			works = append(works, work)
		}
	}
	return works, doubtful
}

// inTexts gives what finds parts in texts at the state of the archive that a
// transaction sees: by heart, or as the database joins it while too little is
// known.
func (c *Catalog) inTexts(ctx context.Context, tx *store.Tx) (holding func(store.Sought) ([]int64, error), byHeart bool, err error) {
	p := &c.found.passages
	doubt := store.Doubt{All: true}
	if p.isReady.Load() {
		if doubt, err = tx.Numbered.Doubt(ctx); err != nil {
			return nil, false, err
		}
	}
	if !doubt.All {
		if byHeart, err = p.learn(ctx, tx); err != nil {
			return nil, false, err
		}
	}
	if !byHeart {
		return func(s store.Sought) ([]int64, error) { return tx.Passages.Holding(ctx, s) }, false, nil
	}
	return func(s store.Sought) ([]int64, error) { return p.holding(ctx, tx, doubt, s) }, true, nil
}
