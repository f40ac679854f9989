package index_test

import (
	"cmp"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
)

// naive answers queries by looking at every work and every tag, and is right as
// far as one can see.
type naive struct {
	works  map[int64]index.Work
	tags   map[int64]index.Tag
	pseuds map[int64]index.Pseud
}

// creators are the accounts that sign a work.
func (a naive) creators(w index.Work) (accounts []int64) {
	for _, pseud := range w.Pseuds {
		accounts = append(accounts, a.pseuds[pseud].Account)
	}
	return accounts
}

// byline are the names a work sorts by.
func (a naive) byline(w index.Work) (names []string) {
	if w.Anonymous {
		return []string{"anonymous"}
	}
	for _, pseud := range w.Pseuds {
		names = append(names, a.pseuds[pseud].Name)
	}
	return names
}

// end is the tag that a tag is found by.
func (a naive) end(id int64) int64 {
	at := id
	for range len(a.tags) + 1 {
		tag := a.tags[at]
		if tag.Standing != index.Synonym {
			return at
		}
		at = tag.Of
	}
	return id // it goes round in a circle
}

// above is a tag and everything above it.
func (a naive) above(end int64, met map[int64]bool) map[int64]bool {
	if !met[end] {
		met[end] = true
		for _, m := range a.tags[end].Metatags {
			a.above(a.end(m), met)
		}
	}
	return met
}

func (a naive) foundBy(w index.Work) map[int64]bool {
	met := map[int64]bool{}
	for _, tag := range w.Tags {
		a.above(a.end(tag), met)
	}
	return met
}

// main are the tags a work is found by through those that are main.
func (a naive) main(w index.Work) map[int64]bool {
	return a.foundBy(index.Work{Tags: w.Main})
}

func (a naive) fandoms(w index.Work) map[int64]bool {
	fandoms := map[int64]bool{}
	for _, tag := range w.Tags {
		if end := a.end(tag); a.tags[end].Kind == archive.KindFandom {
			fandoms[end] = true
		}
	}
	return fandoms
}

func (a naive) crosses(w index.Work) bool {
	for x := range a.fandoms(w) {
		for y := range a.fandoms(w) {
			related := false
			aboveY := a.above(y, map[int64]bool{})
			for m := range a.above(x, map[int64]bool{}) {
				related = related || aboveY[m]
			}
			if !related {
				return true
			}
		}
	}
	return false
}

func (a naive) shows(w index.Work, v index.Viewer) bool {
	switch {
	case w.State&index.Unlisted != 0, w.State&index.Restricted != 0 && v.Account == 0, w.State&index.ForStaff != 0 && !v.Staff:
		return false
	case w.Anonymous && v.HidesAnonymous, slices.Contains(v.MutedWorks, w.ID),
		slices.ContainsFunc(w.Muted, func(word int64) bool { return slices.Contains(v.MutedWords, word) }):
		return false
	case !w.Anonymous && slices.ContainsFunc(a.creators(w), func(c int64) bool { return slices.Contains(v.MutedAccounts, c) }):
		return false
	}
	met := a.foundBy(w)
	return !slices.ContainsFunc(v.MutedTags, func(tag int64) bool { return met[a.end(tag)] })
}

func (a naive) matches(w index.Work, q index.Query) bool {
	met := a.foundBy(w)
	fandoms, crosses := len(a.fandoms(w)), a.crosses(w)
	return a.shows(w, q.Viewer) &&
		!slices.ContainsFunc(q.Include, func(tag int64) bool { return !met[a.end(tag)] }) &&
		!slices.ContainsFunc(q.Exclude, func(tag int64) bool { return met[a.end(tag)] }) &&
		!slices.ContainsFunc(q.Main, func(tag int64) bool { return !a.main(w)[a.end(tag)] }) &&
		!slices.ContainsFunc(q.Ranges, func(r index.Range) bool {
			return figure(w, r.Figure) < r.Least || figure(w, r.Figure) > r.Most
		}) &&
		(q.Completion == index.Either || w.Complete == (q.Completion == index.Only)) &&
		(q.Crossovers == index.Either || crosses == (q.Crossovers == index.Only)) &&
		(q.Fandoms == nil || int64(fandoms) >= q.Fandoms.Least && int64(fandoms) <= q.Fandoms.Most) &&
		(len(q.Languages) == 0 || slices.Contains(q.Languages, w.Language)) &&
		!slices.ContainsFunc(q.Creators, func(c int64) bool { return a.secret(w, q.Viewer) || !slices.Contains(a.creators(w), c) }) &&
		(q.Within == nil || slices.Contains(*q.Within, w.ID)) &&
		(q.Sought == nil || a.holds(w, q.Sought, false))
}

// holds reports whether a work holds what is sought; in titles: what is sought
// anywhere has to be in its title.
func (a naive) holds(w index.Work, s *index.Sought, inTitles bool) bool {
	switch s.Join {
	case index.Not:
		return !a.holds(w, &s.Of[0], inTitles)
	case index.All:
		return !slices.ContainsFunc(s.Of, func(part index.Sought) bool { return !a.holds(w, &part, inTitles) })
	case index.Any:
		return slices.ContainsFunc(s.Of, func(part index.Sought) bool { return a.holds(w, &part, inTitles) })
	}
	if slices.Contains(s.Found.InTitles, w.ID) {
		return true
	}
	if inTitles && s.Found.IsAnywhere {
		return false
	}
	met := a.foundBy(w)
	return slices.Contains(s.Found.Elsewhere, w.ID) || slices.ContainsFunc(s.Found.Tags, func(tag int64) bool {
		return slices.Contains(w.Tags, tag) || a.end(tag) == tag && met[tag]
	})
}

func (a naive) secret(w index.Work, v index.Viewer) bool {
	return w.Anonymous && !slices.Contains(v.Peeked, w.ID) && (v.Account == 0 || !slices.Contains(a.creators(w), v.Account))
}

func figure(w index.Work, f index.Figure) int64 {
	return []int64{w.Updated, w.Posted, w.Words, w.Chapters, w.Hits, w.Kudos, w.Comments, w.Bookmarks}[f]
}

func (a naive) find(q index.Query) index.Answer {
	var found []index.Work
	since := 0
	for _, w := range a.works {
		if !a.matches(w, q) {
			continue
		}
		_, moved := q.Since.Moved[w.ID]
		came := slices.Contains(q.Since.Came, w.ID)
		if moved || came {
			since++
		}
		if !came {
			found = append(found, w)
		}
	}
	byNames, isBest := q.Sort.Title || q.Sort.Author, q.Sort.Best && q.Sought != nil
	stood := func(w index.Work) index.Place {
		at := index.Place{Figure: figure(w, q.Sort.By), Work: w.ID}
		if was, moved := q.Since.Moved[w.ID]; moved && q.Sort.By == index.Updated {
			at.Figure = was
		}
		return at
	}
	slices.SortFunc(found, func(x, y index.Work) int {
		order := cmp.Compare(stood(x).Figure, stood(y).Figure)
		if q.Sort.Title {
			order = cmp.Compare(x.Title, y.Title)
		}
		if q.Sort.Author && !q.Sort.Title {
			order = slices.Compare(a.byline(x), a.byline(y))
		}
		order = cmp.Or(order, cmp.Compare(x.ID, y.ID))
		if q.Sort.Descending {
			order = -order
		}
		if q.Sort.Best && q.Sought != nil {
			if inX := a.holds(x, q.Sought, true); inX != a.holds(y, q.Sought, true) {
				return map[bool]int{true: -1, false: 1}[inX]
			}
		}
		return order
	})
	answer := index.Answer{Total: len(found), Facets: a.facets(found, q.Facets), Since: since}
	answer.Passed = q.Skip
	page := found[min(q.Skip, len(found)):][:min(q.Take, max(len(found)-q.Skip, 0))]
	if q.Take > 0 && !byNames && !isBest && (q.Since.After != nil || q.Since.Before != nil) {
		page, answer.Passed = beside(found, q, stood)
	}
	for _, w := range page {
		answer.Works = append(answer.Works, w.ID)
	}
	if len(page) > 0 && !byNames && !isBest {
		answer.First, answer.Last = stood(page[0]), stood(page[len(page)-1])
	}
	return answer
}

// beside are the works of a page that stands behind or before a place, and how
// many stand before them.
func beside(found []index.Work, q index.Query, stood func(index.Work) index.Place) (page []index.Work, passed int) {
	behind := func(w index.Work, place index.Place) int {
		order := cmp.Or(cmp.Compare(stood(w).Figure, place.Figure), cmp.Compare(w.ID, place.Work))
		if q.Sort.Descending {
			return -order
		}
		return order
	}
	for _, w := range found {
		if q.Since.Before != nil && behind(w, *q.Since.Before) < 0 || q.Since.Before == nil && behind(w, *q.Since.After) > 0 {
			page = append(page, w)
		}
	}
	if q.Since.Before != nil {
		passed = max(0, len(page)-q.Take)
		return page[passed:], passed
	}
	return page[:min(q.Take, len(page))], len(found) - len(page)
}

func (a naive) facets(found []index.Work, f index.Facets) map[archive.TagKind][]index.Counted {
	if f.Values == 0 {
		return nil
	}
	counts := map[int64]int{}
	for _, w := range found {
		borne := map[int64]bool{}
		for _, tag := range w.Tags {
			borne[a.end(tag)] = true
		}
		for tag := range borne {
			counts[tag]++
		}
	}
	facets := map[archive.TagKind][]index.Counted{}
	for id, works := range counts {
		tag := a.tags[id]
		if tag.Standing == index.Canonical && (f.Among == nil || slices.Contains(*f.Among, id)) {
			facets[tag.Kind] = append(facets[tag.Kind], index.Counted{Tag: id, Works: works})
		}
	}
	for kind, values := range facets {
		slices.SortFunc(values, func(x, y index.Counted) int {
			return cmp.Or(cmp.Compare(y.Works, x.Works), cmp.Compare(x.Tag, y.Tag))
		})
		facets[kind] = values[:min(f.Values, len(values))]
	}
	return facets
}

func (a naive) totals(v index.Viewer, kind archive.TagKind) []index.Counted {
	counts := map[int64]int{}
	for _, w := range a.works {
		if a.shows(w, v) {
			for tag := range a.foundBy(w) {
				counts[tag]++
			}
		}
	}
	var totals []index.Counted
	for id, works := range counts {
		if tag := a.tags[id]; tag.Standing == index.Canonical && tag.Kind == kind {
			totals = append(totals, index.Counted{Tag: id, Works: works})
		}
	}
	slices.SortFunc(totals, func(x, y index.Counted) int { return cmp.Or(cmp.Compare(y.Works, x.Works), cmp.Compare(x.Tag, y.Tag)) })
	return totals
}
