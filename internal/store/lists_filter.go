package store

// Filter says which works a list holds; the zero Filter holds all.
type Filter struct {
	Work     int64   // this work alone
	Tag      int64   // works found by this tag: by it, a synonym of it, or a tag below it
	Accounts []int64 // works that all of these accounts sign
	Pseud    int64   // works a pen name signs
	Gift     int64   // works given to this account
	Waiting  bool    // works that wait for approval, which staff alone see
	Sought   Sought
	Narrowed
	Sort    Sort
	Turned  bool // the order turned round
	Since   Since
	Page    int // from 1
	PerPage int
}

// Narrowed is what else a reader asks of the works of a list; the zero Narrowed
// asks nothing.
type Narrowed struct {
	Include   []int64       // tags by each of which a work is found
	Main      []int64       // tags by each of which it is found through a main relationship
	Exclude   []int64       // tags by none of which it is found
	Words     *Span         // it has so many
	Chapters  *Span         // so many are posted
	Revised   *Span         // a chapter was last posted then, in microseconds
	Complete  *bool         // all its chapters are posted, or not
	Fandoms   *Span         // it is of so many fandoms
	Crossover *bool         // two of its fandoms have nothing above them in common, or none
	Languages []string      // it is in one of them
	Posted    *Span         // it bears a date in that time, in microseconds
	Figures   map[Sort]Span // by the order that goes by them: hits, kudos, comments
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
	SortAuthor   Sort = "author" // by byline

	// SortBest is for lists that were searched: what is found in titles first.
	SortBest Sort = "best"
)

// IsOfNames reports whether an order is offered from its beginning, as words
// are, and not the largest or the newest first.
func (s Sort) IsOfNames() bool { return s == SortTitle || s == SortAuthor }

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
	SortAuthor:    {sortsBy + `, w.id`, sortsBy + ` DESC, w.id DESC`},
	SortComments:  {`w.comments_shown DESC, w.id DESC`, `w.comments_shown, w.id`},
}

// order is the ORDER BY of a list; an order nobody knows is the newest first.
func (f Filter) order() string {
	orders, known := sortOrders[f.Sort]
	if !known { // best is the newest, while works are not in memory
		orders = sortOrders[SortRevised]
	}
	if f.Turned {
		return orders[1]
	}
	return orders[0]
}

func (f Filter) conditions(w *where) {
	if f.Work != 0 {
		w.and(`w.id = ?`, f.Work)
	}
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
	if !f.Sought.IsZero() {
		w.and(f.Sought.condition(w))
	}
	f.narrow(w)
	f.Since.leaveOut(w)
}

// figures are the columns of what readers and writers add to.
var figures = []struct {
	by     Sort
	column string
}{{SortHits, `w.hits`}, {SortKudos, `w.kudos`}, {SortComments, `w.comments_shown`}}

func (n Narrowed) narrowFigures(w *where) {
	if n.Posted != nil {
		w.and(`w.published_at BETWEEN ? AND ?`, n.Posted.Least, n.Posted.Most)
	}
	for _, figure := range figures {
		if span, asked := n.Figures[figure.by]; asked {
			w.and(figure.column+` BETWEEN ? AND ?`, span.Least, span.Most)
		}
	}
}

func (n Narrowed) narrow(w *where) {
	for _, tag := range n.Include {
		w.andTag(isFoundByTag, tag)
	}
	for _, tag := range n.Main {
		w.andTag(isMainByTag, tag)
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
	n.narrowFigures(w)
	if n.Complete != nil {
		w.and(`(w.planned > 0 AND w.posted >= w.planned) = ?`, *n.Complete)
	}
	if n.Fandoms != nil {
		w.and(fandomsOfWork+` BETWEEN ? AND ?`, n.Fandoms.Least, n.Fandoms.Most)
	}
	if n.Crossover != nil {
		w.and(isCrossover+` = ?`, *n.Crossover)
	}
	if len(n.Languages) > 0 {
		languages := make([]any, len(n.Languages))
		for i, language := range n.Languages {
			languages[i] = language
		}
		w.and(`w.language IN (`+questions(len(languages))+`)`, languages...)
	}
}
