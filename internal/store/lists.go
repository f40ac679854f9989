package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Lists are works as readers browse them: behind the gate, a page at a time.
type Lists struct{ conn }

// Blurb is a work in a list.
type Blurb struct {
	archive.Work
	Creators []archive.Pseud
	Tags     []archive.WorkTag
	Gifts    []archive.Gift
}

// Listed is one page of a list and how many works there are in all.
type Listed struct {
	Blurbs []Blurb
	Total  int
	Passed int // works that stand before those
	Since  int // works that are new or have moved since its reader began
}

const (
	creatorsOfWorks = `SELECT wc.work, ` + pseudColumns + ` FROM work_creators wc JOIN works w ON w.id = wc.work JOIN pseuds p ON p.id = wc.pseud
		JOIN accounts a ON a.id = p.account WHERE ` + isNamed + ` AND wc.work IN `
	// A writer's own works, whatever their state: drafts never expire.
	ownWorks = `SELECT ` + workColumns + ` FROM works w WHERE ` + isCreator + ` AND ` + isOpen + `
		ORDER BY w.deleted_at IS NOT NULL, w.posted_at IS NOT NULL, w.revised_at DESC, w.id DESC`
	worksListed   = `SELECT ` + workColumns + ` FROM works w WHERE ` + isListed + ` AND w.id IN `
	worksSignedAs = `SELECT w.id FROM work_creators wc JOIN works w ON w.id = wc.work WHERE ` + isNamed + ` AND wc.pseud = $4`
	countListed   = `SELECT COUNT(*) FROM works w WHERE ` + isListed
)

// Count is how many works the viewer may find in all.
func (l Lists) Count(ctx context.Context, v archive.Viewer) (int64, error) {
	return one(ctx, l.conn, scanInt, countListed, v.Account, v.Staff, micros(l.now))
}

// Page gives one page of the works a filter holds.
func (l Lists) Page(ctx context.Context, v archive.Viewer, f Filter) (Listed, error) {
	where := l.listed(v)
	f.conditions(where)
	total, err := one(ctx, l.conn, scanInt, `SELECT COUNT(*) FROM works w WHERE `+where.String(), where.args...)
	if err != nil {
		return Listed{}, fmt.Errorf("count a list: %w", err)
	}
	before := (max(f.Page, 1) - 1) * f.PerPage
	listed := Listed{Total: int(total), Passed: before}
	if listed.Since, err = l.since(ctx, v, f); err != nil {
		return Listed{}, err
	}
	order, back, isPlaced := f.placed(where)
	if !isPlaced && before >= int(total) {
		return listed, nil // past the end: nothing is read to find that out
	}
	if isPlaced {
		beside, err := one(ctx, l.conn, scanInt, `SELECT COUNT(*) FROM works w WHERE `+where.String(), where.args...)
		if err != nil {
			return Listed{}, fmt.Errorf("count a list from a place: %w", err)
		}
		if before, listed.Passed = 0, int(total-beside); back {
			listed.Passed = max(0, int(beside)-f.PerPage)
		}
	}
	where.args = append(where.args, f.PerPage, before)
	works, err := all(ctx, l.conn, scanWork, pageOf(where, order), where.args...)
	if err != nil {
		return Listed{}, fmt.Errorf("read a list: %w", err)
	}
	if back {
		slices.Reverse(works)
	}
	listed.Blurbs, err = l.dress(ctx, v, works)
	return listed, err
}

// listed begins the conditions of a list.
func (l Lists) listed(v archive.Viewer) *where {
	w := newWhere(v.Account, v.Staff, micros(l.now))
	w.chapters, w.summaries = Passages(l).inTexts()
	w.called = Called(l).inNames()
	w.and(isListed)
	return w
}

// pageOf is the statement of a page; the last two arguments are its length and
// what stands before it.
func pageOf(w *where, order string) string {
	return fmt.Sprintf(`SELECT `+workColumns+` FROM works w WHERE %s ORDER BY %s LIMIT $%d OFFSET $%d`, w, order, len(w.args)-1, len(w.args))
}

// Matching lists the works a filter holds by their numbers, all of them.
func (l Lists) Matching(ctx context.Context, v archive.Viewer, f Filter) ([]int64, error) {
	where := l.listed(v)
	f.conditions(where)
	return all(ctx, l.conn, scanInt, `SELECT w.id FROM works w WHERE `+where.String(), where.args...)
}

// SignedAs lists the works a pen name signs, where that is no secret to the
// viewer. Whether they are to be found is asked by others.
func (l Lists) SignedAs(ctx context.Context, v archive.Viewer, pseud int64) ([]int64, error) {
	return all(ctx, l.conn, scanInt, worksSignedAs, v.Account, v.Staff, micros(l.now), pseud)
}

// These gives works that were found elsewhere, in the order they were found
// in, but for those the viewer may not find.
func (l Lists) These(ctx context.Context, v archive.Viewer, ids []int64) ([]Blurb, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := append([]any{v.Account, v.Staff, micros(l.now)}, anys(ids)...)
	works, err := all(ctx, l.conn, scanWork, worksListed+`(`+list(4, len(ids))+`)`, args...)
	if err != nil {
		return nil, err
	}
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(works, func(a, b archive.Work) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return l.dress(ctx, v, works)
}

// Own lists everything a member signs, drafts and deleted works too.
func (l Lists) Own(ctx context.Context, v archive.Viewer) ([]Blurb, error) {
	works, err := all(ctx, l.conn, scanWork, ownWorks, v.Account, v.Staff, micros(l.now))
	if err != nil {
		return nil, err
	}
	return l.dress(ctx, v, works)
}

// dress loads what a blurb shows beside the work, one query a kind.
func (l Lists) dress(ctx context.Context, v archive.Viewer, works []archive.Work) ([]Blurb, error) {
	if len(works) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(works))
	for i, w := range works {
		ids[i] = w.ID
	}
	creators := map[int64][]archive.Pseud{}
	_, err := all(ctx, l.conn, func(row sqldb.Scanner) (int64, error) {
		var work int64
		var p archive.Pseud
		err := row.Scan(&work, &p.ID, &p.Account, &p.Owner, &p.Name, &p.IsDefault)
		creators[work] = append(creators[work], p)
		return work, err
	}, creatorsOfWorks+`(`+list(4, len(ids))+`) ORDER BY wc.work, wc.position`, append([]any{v.Account, v.Staff, micros(l.now)}, anys(ids)...)...)
	if err != nil {
		return nil, err
	}
	tags, err := Tags(l).On(ctx, ids...)
	if err != nil {
		return nil, err
	}
	gifts, err := Gifts(l).On(ctx, ids...)
	if err != nil {
		return nil, err
	}
	blurbs := make([]Blurb, len(works))
	for i, w := range works {
		blurbs[i] = Blurb{Work: w, Creators: creators[w.ID], Tags: tags[w.ID], Gifts: gifts[w.ID]}
	}
	return blurbs, nil
}

func scanWork(row sqldb.Scanner) (archive.Work, error) {
	var w archive.Work
	return w, row.Scan(workDestinations(&w)...)
}
