package store

import (
	"context"
	"fmt"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Lists are works as readers browse them: behind the gate, a page at a time.
type Lists struct{ conn }

// Filter says which works a list holds; the zero Filter holds all.
type Filter struct {
	Tag     int64  // works that bear this tag
	Account int64  // works an account signs
	Pseud   int64  // works a pen name signs
	Gift    int64  // works given to this account
	Waiting bool   // works that wait for approval, which staff alone see
	Text    string // words in the title, a tag or a pen name: all of them, twenty at most
	Sort    Sort
	Page    int // from 1
	PerPage int
}

// Sort is an order of a list. Every order ends in the id, so that no two works
// tie.
type Sort string

// The orders readers may choose.
const (
	SortRevised   Sort = "updated"
	SortPublished Sort = "posted"
	SortTitle     Sort = "title"
	SortWords     Sort = "words"
)

// Sorts lists the orders as they are offered.
func Sorts() []Sort { return []Sort{SortRevised, SortPublished, SortTitle, SortWords} }

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
}

const (
	creatorsOfWorks = `SELECT wc.work, ` + pseudColumns + ` FROM work_creators wc JOIN works w ON w.id = wc.work JOIN pseuds p ON p.id = wc.pseud
		JOIN accounts a ON a.id = p.account WHERE ` + isNamed + ` AND wc.work IN `
	// A writer's own works, whatever their state: drafts never expire.
	ownWorks = `SELECT ` + workColumns + ` FROM works w WHERE ` + isCreator + ` AND ` + isOpen + `
		ORDER BY w.deleted_at IS NOT NULL, w.posted_at IS NOT NULL, w.revised_at DESC, w.id DESC`
	countListed = `SELECT COUNT(*) FROM works w WHERE ` + isListed
)

// Count is how many works the viewer may find in all.
func (l Lists) Count(ctx context.Context, v archive.Viewer) (int64, error) {
	return one(ctx, l.conn, scanInt, countListed, v.Account, v.Staff, micros(l.now))
}

// Page gives one page of the works a filter holds.
func (l Lists) Page(ctx context.Context, v archive.Viewer, f Filter) (Listed, error) {
	where := newWhere(v.Account, v.Staff, micros(l.now))
	where.and(isListed)
	f.conditions(where)
	total, err := one(ctx, l.conn, scanInt, `SELECT COUNT(*) FROM works w WHERE `+where.String(), where.args...)
	if err != nil {
		return Listed{}, fmt.Errorf("count a list: %w", err)
	}
	before := (max(f.Page, 1) - 1) * f.PerPage
	if before >= int(total) {
		return Listed{Total: int(total)}, nil // past the end: nothing is read to find that out
	}
	order := sortOrders[f.Sort]
	if order == "" {
		order = sortOrders[SortRevised]
	}
	where.args = append(where.args, f.PerPage, before)
	works, err := all(ctx, l.conn, scanWork, pageOf(where, order), where.args...)
	if err != nil {
		return Listed{}, fmt.Errorf("read a list: %w", err)
	}
	blurbs, err := l.dress(ctx, v, works)
	return Listed{Blurbs: blurbs, Total: int(total)}, err
}

// pageOf is the statement of a page; the last two arguments are its length and
// what stands before it.
func pageOf(w *where, order string) string {
	return fmt.Sprintf(`SELECT `+workColumns+` FROM works w WHERE %s ORDER BY %s LIMIT $%d OFFSET $%d`, w, order, len(w.args)-1, len(w.args))
}

// Own lists everything a member signs, drafts and deleted works too.
func (l Lists) Own(ctx context.Context, v archive.Viewer) ([]Blurb, error) {
	works, err := all(ctx, l.conn, scanWork, ownWorks, v.Account, v.Staff, micros(l.now))
	if err != nil {
		return nil, err
	}
	return l.dress(ctx, v, works)
}

// sortOrders are the ORDER BYs; each has an index.
var sortOrders = map[Sort]string{
	SortRevised:   `w.revised_at DESC, w.id DESC`,
	SortPublished: `w.published_at DESC, w.id DESC`,
	SortTitle:     `w.title_key, w.id`,
	SortWords:     `w.words DESC, w.id DESC`,
}

// mostWords are the words of a search that count; each is a condition of its
// own, and an engine takes only so many.
const mostWords = 20

func (f Filter) conditions(w *where) {
	if f.Tag != 0 {
		w.and(`EXISTS (SELECT 1 FROM work_tags wt WHERE wt.work = w.id AND wt.tag = ?)`, f.Tag)
	}
	if f.Account != 0 {
		w.and(`EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.account = ?) AND `+isNamed, f.Account)
	}
	if f.Pseud != 0 {
		w.and(`EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.pseud = ?) AND `+isNamed, f.Pseud)
	}
	if f.Gift != 0 {
		w.and(`EXISTS (SELECT 1 FROM gifts g WHERE g.work = w.id AND g.account = ?)`, f.Gift)
	}
	if f.Waiting {
		w.and(`w.waiting_at IS NOT NULL`)
	}
	words := strings.Fields(archive.CleanLine(f.Text))
	for _, word := range words[:min(len(words), mostWords)] {
		// A sort title lacks its article, and LOWER knows only ASCII on SQLite:
		// between them no word of a title is missed.
		name, tag := likeAnywhere(archive.FoldName(word)), likeAnywhere(searchFold(word))
		w.and(`(w.sort_title LIKE ? ESCAPE '!' OR LOWER(w.title) LIKE ? ESCAPE '!'
			OR EXISTS (SELECT 1 FROM work_tags wt JOIN tags t ON t.id = wt.tag WHERE wt.work = w.id AND t.search LIKE ? ESCAPE '!')
			OR (EXISTS (SELECT 1 FROM work_creators wc JOIN pseuds p ON p.id = wc.pseud WHERE wc.work = w.id AND p.folded LIKE ? ESCAPE '!') AND `+isNamed+`))`,
			name, name, tag, name)
	}
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
