package catalog

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Patience is how long works are searched for by words before readers are asked
// to narrow what they seek; 0: as long as it takes.
type Patience struct {
	Whole time.Duration // in all
	Texts time.Duration // in chapters and summaries, of that
}

// usualPatience leaves some time for a list without what takes too long.
var usualPatience = Patience{Whole: 300 * time.Millisecond, Texts: 200 * time.Millisecond}

// within is a context that lasts so long.
func within(ctx context.Context, long time.Duration) (context.Context, context.CancelFunc) {
	if long == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, long)
}

// isLate reports whether something failed for want of time, and not because
// whoever asked has gone.
func isLate(ctx, hurried context.Context, err error) bool {
	return err != nil && hurried.Err() != nil && ctx.Err() == nil
}

// seek looks up what is sought, while hurried lasts.
func (c *Catalog) seek(ctx, hurried context.Context, v archive.Viewer, f *Filter, a *asked, texts time.Duration) (t InTexts, err error) {
	if f.Sought.IsZero() {
		return t, nil
	}
	if f.Sought, t, err = c.asText(ctx, f.Sought); err != nil {
		return t, err
	}
	inTexts, end := within(hurried, texts)
	defer end()
	if !a.inMemory || f.Of.Work != 0 { // the tables look it up themselves
		err = c.countTexts(inTexts, f, t)
	} else {
		var parts []part
		a.held, parts = partsOf(&f.Sought)
		if err = c.lookUpNames(hurried, v, parts); isLate(ctx, hurried, err) {
			t.Nothing = true
			return t, nil
		}
		if err == nil && t.Asked {
			err = c.lookUpTexts(inTexts, parts)
		}
	}
	if isLate(ctx, inTexts, err) {
		t.TooLong, err = true, nil
		f.Sought.Each(func(one *store.Sought) { one.Text, one.Summary = "", "" })
	}
	return t, err
}

// countTexts finds out whether what is sought is found in texts in time.
func (c *Catalog) countTexts(ctx context.Context, f *Filter, t InTexts) error {
	if !t.Asked {
		return nil
	}
	return c.store.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Passages.Found(ctx, &f.Sought)
		return err
	})
}

// part is a word, phrase or tag that is sought, and where it was found.
type part struct {
	sought *store.Sought
	found  *index.Found
}

// partsOf is what is sought in the words of the index, and its parts, which are
// to be looked up.
func partsOf(s *store.Sought) (held *index.Sought, parts []part) {
	held = &index.Sought{Join: joins[s.Join], Of: make([]index.Sought, len(s.Of))}
	if s.Join == store.One {
		return held, []part{{s, &held.Found}}
	}
	for i := range s.Of {
		of, some := partsOf(&s.Of[i])
		held.Of[i] = *of
		if s.Of[i].Join == store.One {
			some[0].found = &held.Of[i].Found
		}
		parts = append(parts, some...)
	}
	return held, parts
}

var joins = map[store.Join]index.Join{store.One: index.One, store.All: index.All, store.Any: index.Any, store.Not: index.Not}

// lookUpNames finds parts in what works, tags and creators are called.
func (c *Catalog) lookUpNames(ctx context.Context, v archive.Viewer, parts []part) error {
	return c.store.Read(ctx, func(tx *store.Tx) error {
		for _, p := range parts {
			found, err := inNames(ctx, tx, v, *p.sought)
			if err != nil {
				return err
			}
			*p.found = found
		}
		return nil
	})
}

func inNames(ctx context.Context, tx *store.Tx, v archive.Viewer, s store.Sought) (found index.Found, err error) {
	found.IsAnywhere = s.In == store.Anywhere
	if s.In == store.InTag {
		tag, err := means(ctx, tx, v, TagName{Kind: s.Kind, Name: s.Words})
		if err == nil && tag != 0 {
			found.Tags = []int64{tag}
		}
		return found, err
	}
	if s.Name == "" {
		return found, nil
	}
	if s.In != store.InNames {
		if found.InTitles, found.Tags, err = tx.Called.Found(ctx, s.Name); err != nil {
			return found, err
		}
	}
	if s.In == store.InTitle {
		found.Tags = nil
		return found, nil
	}
	found.Elsewhere, err = tx.Called.Signed(ctx, v, s.Name)
	return found, err
}

// lookUpTexts finds parts in chapters and summaries: all of them, or none.
func (c *Catalog) lookUpTexts(ctx context.Context, parts []part) error {
	works := make([][]int64, len(parts))
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		holding, _, err := c.inTexts(ctx, tx)
		if err != nil {
			return err
		}
		for i, p := range parts {
			if works[i], err = holding(*p.sought); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, p := range parts {
		p.found.Elsewhere = append(p.found.Elsewhere, works[i]...)
	}
	return nil
}

// asText is what is sought, with how it is found in names and in texts.
func (c *Catalog) asText(ctx context.Context, of store.Sought) (sought store.Sought, t InTexts, err error) {
	sought = copied(of)
	chapters := c.Site().SearchTexts
	var read store.PassagesRead
	var called store.CalledRead
	err = c.store.Read(ctx, func(tx *store.Tx) (err error) {
		if t.Common, err = tx.Passages.Seek(ctx, &sought, chapters); err != nil {
			return err
		}
		if called, err = tx.Called.Read(ctx); err != nil {
			return err
		}
		read, err = tx.Passages.Read(ctx)
		if errors.Is(err, archive.ErrNotFound) { // nobody has begun
			err = nil
		}
		return err
	})
	byName := false
	sought.Each(func(one *store.Sought) {
		byName = byName || one.Name != ""
		t.Asked = t.Asked || one.Text+one.Summary != ""
		t.Off = t.Off || one.In == store.InText && !chapters
	})
	t.Partly = t.Asked && chapters && (read.Work != store.AllWorks || !read.Chapters)
	t.NamesPartly = byName && !called.IsWhole()
	return sought, t, err
}
