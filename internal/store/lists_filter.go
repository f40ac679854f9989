package store

import (
	"strings"

	"ficus/internal/archive"
)

// Filter says which works a list holds; the zero Filter holds all.
type Filter struct {
	Tag      int64   // works found by this tag: by it, a synonym of it, or a tag below it
	Accounts []int64 // works that all of these accounts sign
	Pseud    int64   // works a pen name signs
	Gift     int64   // works given to this account
	Waiting  bool    // works that wait for approval, which staff alone see
	Text     string  // words in the title, a tag or a pen name: all of them, twenty at most
	Narrowed
	Sort    Sort
	Turned  bool // the order turned round
	Page    int  // from 1
	PerPage int
}

// Narrowed is what else a reader asks of the works of a list; the zero Narrowed
// asks nothing.
type Narrowed struct {
	Include   []int64  // tags by each of which a work is found
	Exclude   []int64  // tags by none of which it is found
	Words     *Span    // it has so many
	Chapters  *Span    // so many are posted
	Revised   *Span    // a chapter was last posted then, in microseconds
	Complete  *bool    // all its chapters are posted, or not
	Crossover *bool    // two of its fandoms have nothing above them in common, or none
	Languages []string // it is in one of them
}

// Span is from one number to another, both within.
type Span struct{ Least, Most int64 }

// Sort is an order of a list. Every order ends in the id, so that no two works
// tie.
type Sort string

// The orders readers may choose.
const (
	SortRevised   Sort = "updated"
	SortPublished Sort = "posted"
	SortTitle     Sort = "title"
	SortWords     Sort = "words"

	// Orders that the catalogue keeps, and the tables have no index for: while it
	// is not there yet, works are sorted for each page.
	SortChapters Sort = "chapters"
	SortHits     Sort = "hits"
	SortKudos    Sort = "kudos"
	SortComments Sort = "comments"
)

// Sorts lists the orders the tables have an index for.
func Sorts() []Sort { return []Sort{SortRevised, SortPublished, SortTitle, SortWords} }

// sortOrders are the ORDER BYs: as they are offered, and turned round. Those of
// Sorts have an index.
var sortOrders = map[Sort][2]string{
	SortRevised:   {`w.revised_at DESC, w.id DESC`, `w.revised_at, w.id`},
	SortPublished: {`w.published_at DESC, w.id DESC`, `w.published_at, w.id`},
	SortTitle:     {`w.title_key, w.id`, `w.title_key DESC, w.id DESC`},
	SortWords:     {`w.words DESC, w.id DESC`, `w.words, w.id`},
	SortChapters:  {`w.posted DESC, w.id DESC`, `w.posted, w.id`},
	SortHits:      {`w.hits DESC, w.id DESC`, `w.hits, w.id`},
	SortKudos:     {`w.kudos DESC, w.id DESC`, `w.kudos, w.id`},
	SortComments:  {`w.comments_shown DESC, w.id DESC`, `w.comments_shown, w.id`},
}

// order is the ORDER BY of a list; an order nobody knows is the newest first.
func (f Filter) order() string {
	orders, known := sortOrders[f.Sort]
	if !known {
		orders = sortOrders[SortRevised]
	}
	if f.Turned {
		return orders[1]
	}
	return orders[0]
}

// mostWords are the words of a search that count; each is a condition of its
// own, and an engine takes only so many.
const mostWords = 20

func (f Filter) conditions(w *where) {
	if f.Tag != 0 {
		w.andTag(isFoundByTag, f.Tag)
	}
	for _, account := range f.Accounts {
		w.and(`w.id IN (SELECT wc.work FROM work_creators wc WHERE wc.account = ?) AND `+isNamed, account)
	}
	if f.Pseud != 0 {
		w.and(`w.id IN (SELECT wc.work FROM work_creators wc WHERE wc.pseud = ?) AND `+isNamed, f.Pseud)
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
		name, tag := likeAnywhere(archive.FoldName(word)), likeAnywhere(FoldSought(word))
		w.and(`(w.sort_title LIKE ? ESCAPE '!' OR LOWER(w.title) LIKE ? ESCAPE '!'
			OR EXISTS (SELECT 1 FROM work_tags wt JOIN tags t ON t.id = wt.tag WHERE wt.work = w.id AND t.search LIKE ? ESCAPE '!')
			OR (EXISTS (SELECT 1 FROM work_creators wc JOIN pseuds p ON p.id = wc.pseud WHERE wc.work = w.id AND p.folded LIKE ? ESCAPE '!') AND `+isNamed+`))`,
			name, name, tag, name)
	}
	f.narrow(w)
}

func (n Narrowed) narrow(w *where) {
	for _, tag := range n.Include {
		w.andTag(isFoundByTag, tag)
	}
	for _, tag := range n.Exclude {
		w.andTag(`NOT `+isFoundByTag, tag)
	}
	if n.Words != nil {
		w.and(`w.words BETWEEN ? AND ?`, n.Words.Least, n.Words.Most)
	}
	if n.Chapters != nil {
		w.and(`w.posted BETWEEN ? AND ?`, n.Chapters.Least, n.Chapters.Most)
	}
	if n.Revised != nil {
		w.and(`w.revised_at BETWEEN ? AND ?`, n.Revised.Least, n.Revised.Most)
	}
	if n.Complete != nil {
		w.and(`(w.planned > 0 AND w.posted >= w.planned) = ?`, *n.Complete)
	}
	if n.Crossover != nil {
		w.and(isCrossover+` = ?`, *n.Crossover)
	}
	if len(n.Languages) > 0 {
		languages := make([]any, len(n.Languages))
		for i, language := range n.Languages {
			languages[i] = language
		}
		w.and(`w.language IN (`+strings.TrimSuffix(strings.Repeat(`?,`, len(languages)), `,`)+`)`, languages...)
	}
}
