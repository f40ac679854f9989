package wrangling

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// circleNamed is how many other lines of a circle are named with each.
const circleNamed = 10

// checking goes through the steps of a sheet as if they were done, one after the
// other, so that what will be refused is known before.
type checking struct {
	tags     map[int64]archive.SortedTag // as they stand by then
	synonyms map[int64][]int64           // of tags that are to be left as they are
	set      []store.SetMetatag          // as they stand now
	wrong    archive.Problems
	lines    map[int]bool // that something is wrong with
}

// keep gives the steps that can all be done, in their order; every line of which
// one cannot is named, and left out as a whole. Lines that build on it are too.
func (p *planning) keep(ctx context.Context) ([]SheetStep, error) {
	c := checking{synonyms: map[int64][]int64{}, lines: map[int]bool{}}
	for _, one := range p.wrong {
		if line, has := one.Args["Line"].(int); has {
			c.lines[line] = true
		}
	}
	var err error
	if c.set, err = p.tx.Sorting.SetMetatags(ctx); err != nil {
		return nil, err
	}
	for _, s := range p.steps {
		if s.Kind == archive.TagLeft {
			if c.synonyms[s.Tag.ID], err = p.tx.Sorting.Synonyms(ctx, s.Tag.ID); err != nil {
				return nil, err
			}
		}
	}
	steps := slices.Clone(p.steps)
	slices.SortStableFunc(steps, func(a, b SheetStep) int {
		return slices.Index(sheetOrder, a.Kind) - slices.Index(sheetOrder, b.Kind)
	})
	for {
		before := len(c.lines)
		steps = slices.DeleteFunc(steps, func(s SheetStep) bool { return c.lines[s.Line] })
		if c.walk(steps); len(c.lines) == before {
			break
		}
	}
	slices.SortStableFunc(c.wrong, func(a, b archive.Invalid) int { return a.Args["Line"].(int) - b.Args["Line"].(int) })
	p.wrong = append(p.wrong, c.wrong...)
	return steps, nil
}

// walk goes through some steps, and notes the lines of those that are refused.
func (c *checking) walk(steps []SheetStep) {
	c.tags = map[int64]archive.SortedTag{}
	for _, s := range steps {
		c.tags[s.Tag.ID], c.tags[s.Other.ID] = s.Tag, s.Other
	}
	for _, s := range steps {
		if problems := c.step(s); len(problems) > 0 {
			c.refuse(s, problems[0])
		}
	}
	if !slices.ContainsFunc(steps, func(s SheetStep) bool { return c.lines[s.Line] }) {
		c.circles(steps)
	}
}

func (c *checking) refuse(s SheetStep, one archive.Invalid) {
	if c.lines[s.Line] {
		return
	}
	c.lines[s.Line] = true
	args := map[string]any{"Line": s.Line, "Tag": s.Tag.Name}
	for name, value := range one.Args {
		args[name] = value
	}
	one.Args = args
	c.wrong = append(c.wrong, one)
}

// step does one step to the tags as they are by then, or says what forbids it.
func (c *checking) step(s SheetStep) archive.Problems {
	tag, other := c.tags[s.Tag.ID], c.tags[s.Other.ID]
	var err error
	switch s.Kind {
	case archive.TagMadeCanonical:
		tag.Standing, tag.Canonical = archive.TagCanonical, 0
	case archive.TagLeft:
		left := 0
		for _, id := range c.synonyms[tag.ID] {
			if t, met := c.tags[id]; !met || t.Canonical == tag.ID {
				left++
			}
		}
		if left > 0 {
			return archive.Problems{{Field: "tag", Rule: "tag_has_synonyms", Args: map[string]any{"Count": left}}}
		}
		tag.Standing, tag.Canonical = archive.TagAsIs, 0
	case archive.TagMerged:
		if err = tag.CheckSynonym(other); err == nil {
			tag.Standing, tag.Canonical = archive.TagSynonym, other.ID
			for id, t := range c.tags {
				if t.Canonical == tag.ID {
					t.Canonical = other.ID
					c.tags[id] = t
				}
			}
		}
	case archive.TagFiled:
		err = tag.CheckParent(other)
	case archive.TagPutUnder:
		err = archive.Metatags{}.CheckMetatag(tag, other)
	}
	c.tags[tag.ID] = tag
	problems, _ := err.(archive.Problems)
	return problems
}

// circles refuses what would have a tag stand above itself: every metatag of the
// sheet on the way round, for nobody knows which of them is meant, or else the
// merges that close it.
func (c *checking) circles(steps []SheetStep) {
	ways := ways{set: c.metatags(steps), known: map[int64][]int64{}}
	var round []SheetStep
	for _, s := range steps {
		if s.Kind == archive.TagPutUnder && ways.lead(s.Other.ID, s.Tag.ID) {
			round = append(round, s)
		}
	}
	for _, s := range round {
		one := archive.Invalid{Field: "sheet", Rule: "sheet_circle", Args: map[string]any{"Other": s.Other.Name}}
		if with := ways.linesWith(s, round); len(with) > 0 {
			one.Rule, one.Args["Lines"] = "sheet_circle_lines", strings.Join(with, ", ")
		}
		c.refuse(s, one)
	}
	if len(round) > 0 {
		return
	}
	for _, s := range steps {
		if s.Kind == archive.TagMerged && slices.Contains(ways.set.Above(s.Other.ID), s.Other.ID) {
			c.refuse(s, archive.Invalid{Field: "metatag", Rule: "tag_metatag_circle", Args: map[string]any{"Value": s.Other.Name}})
		}
	}
}

// ways are what leads where, from tags to what stands above them.
type ways struct {
	set   archive.Metatags
	known map[int64][]int64
}

// lead reports whether one tag is another, or stands below it.
func (w ways) lead(from, to int64) bool {
	above, has := w.known[from]
	if !has {
		above = w.set.Above(from)
		w.known[from] = above
	}
	_, is := slices.BinarySearch(above, to)
	return is || from == to
}

// linesWith are the other lines on one way round with a step.
func (w ways) linesWith(s SheetStep, round []SheetStep) (with []string) {
	for _, o := range round {
		line := strconv.Itoa(o.Line)
		if o.Line == s.Line || slices.Contains(with, line) || !w.lead(s.Other.ID, o.Tag.ID) || !w.lead(o.Other.ID, s.Tag.ID) {
			continue
		}
		if with = append(with, line); len(with) == circleNamed {
			break
		}
	}
	return with
}

// metatags are what stands above what when all is done.
func (c *checking) metatags(steps []SheetStep) archive.Metatags {
	set := archive.Metatags{}
	put := func(sub, meta archive.SortedTag) {
		if sub.Standing == archive.TagCanonical && (meta.Standing == archive.TagCanonical || meta.Standing == archive.TagSynonym) {
			set[sub.ID] = append(set[sub.ID], meta.Means())
		}
	}
	taken := map[[2]int64]bool{}
	for _, s := range steps {
		switch s.Kind {
		case archive.TagPutUnder:
			put(c.tags[s.Tag.ID], c.tags[s.Other.ID])
		case archive.TagTakenOut:
			taken[[2]int64{s.Tag.ID, s.Other.ID}] = true
		}
	}
	for _, row := range c.set {
		if !taken[[2]int64{row.Tag.ID, row.Metatag.ID}] {
			put(c.byThen(row.Tag), c.byThen(row.Metatag))
		}
	}
	return set
}

// byThen is a tag as it stands when all is done.
func (c *checking) byThen(t archive.SortedTag) archive.SortedTag {
	if met, has := c.tags[t.ID]; has {
		return met
	}
	if canonical, has := c.tags[t.Canonical]; has && t.Standing == archive.TagSynonym && canonical.Standing == archive.TagSynonym {
		t.Canonical = canonical.Canonical // it goes along
	}
	return t
}
