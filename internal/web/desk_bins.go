package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

const (
	binsOnPage   = 50
	actsOnBins   = 10
	quickToCount = 250 * time.Millisecond
	countRarely  = 20 // times as long as counting took
)

// binCounts are the bins as they were last counted. Counting takes long in a
// large archive alone, and then it is not done for everyone who looks.
type binCounts struct {
	mu    sync.Mutex
	known map[bool]countedBins // by whether staff ask, who see hidden works
}

type countedBins struct {
	catalog.CountedBins
	at   time.Time
	took time.Duration
}

// countBins counts the bins, unless that took long and was done a while ago.
func (w *Web) countBins(r *Request) (countedBins, error) {
	w.bins.mu.Lock()
	defer w.bins.mu.Unlock()
	if c, known := w.bins.known[r.Viewer.Staff]; known && c.took > quickToCount && w.Clock.Now().Before(c.at.Add(countRarely*c.took)) {
		return c, nil
	}
	c := countedBins{at: w.Clock.Now()}
	counted, err := w.Catalog.Bins(r.Context(), r.Viewer)
	c.CountedBins = counted
	c.took = w.Clock.Now().Sub(c.at)
	if w.bins.known == nil {
		w.bins.known = map[bool]countedBins{}
	}
	if err == nil {
		w.bins.known[r.Viewer.Staff] = c
	}
	return c, err
}

// binKinds are the kinds of which there are bins of a fandom.
func binKinds() []archive.TagKind {
	return []archive.TagKind{archive.KindRelationship, archive.KindCharacter, archive.KindFreeform}
}

// bin is which bin somebody is at, and where in it.
type bin struct {
	store.Bin
	page int
}

// binOf reads where somebody is, from an address or a form.
func binOf(r *Request) (bin, error) {
	b := bin{Bin: store.Bin{Kind: archive.TagKind(r.FormValue("kind")), Typed: archive.CleanLine(r.FormValue("q"))}, page: r.pageNumber()}
	if b.Kind == archive.KindFandom && r.FormValue("fandom_id") == "" {
		return b, nil
	}
	if !slices.Contains(binKinds(), b.Kind) {
		return b, archive.ErrNotFound
	}
	switch id := r.FormValue("fandom_id"); id {
	case "":
	case "none":
		b.Stray = true
	default:
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n < 1 {
			return b, archive.ErrNotFound
		}
		b.Fandom = n
	}
	return b, nil
}

// fields are what binOf reads, but for the page.
func (b bin) fields() url.Values {
	fields := url.Values{"kind": {string(b.Kind)}}
	switch {
	case b.Stray:
		fields.Set("fandom_id", "none")
	case b.Fandom != 0:
		fields.Set("fandom_id", strconv.FormatInt(b.Fandom, 10))
	}
	if b.Typed != "" {
		fields.Set("q", b.Typed)
	}
	return fields
}

// address is where the bin is, with more fields in pairs.
func (b bin) address(more ...string) string {
	fields := b.fields()
	for i := 0; i+1 < len(more); i += 2 {
		fields.Set(more[i], more[i+1])
	}
	return listAddress(page.PathBin, "", b.page, fields)
}

func (b bin) of(kind archive.TagKind) bin {
	b.Kind, b.Typed, b.page = kind, "", 1
	return b
}

// listBins answers with the bins of unsorted tags, the fullest first.
func (w *Web) listBins(r *Request) (Response, error) {
	counted, err := w.countBins(r)
	if err != nil {
		return Response{}, err
	}
	mine, err := w.wranglesWhere(r)
	if err != nil {
		return Response{}, err
	}
	counted = counted.of(mine)
	p := page.BinsPage{Shell: w.private(r, r.Words.T("wrangling.title")), Asked: archive.CleanLine(r.FormValue("q"))}
	if w.Clock.Now().Sub(counted.at) > quickToCount {
		p.CountedAt = counted.at
	}
	if n := counted.Every[archive.KindFandom]; n > 0 {
		p.Fandoms = binLink(r, bin{Bin: store.Bin{Kind: archive.KindFandom}}, n)
	}
	for _, kind := range binKinds() {
		if n := counted.Every[kind]; n > 0 {
			p.Every = append(p.Every, binLink(r, bin{Bin: store.Bin{Kind: kind}}, n))
		}
		if n := counted.Stray[kind]; n > 0 {
			p.Stray = append(p.Stray, binLink(r, bin{Bin: store.Bin{Kind: kind, Stray: true}}, n))
		}
	}
	lines := binLines(r, counted.OfFandoms, p.Asked)
	f := store.Filter{Page: r.pageNumber(), PerPage: binsOnPage}
	f.Page = min(f.Page, lastPage(f, len(lines)))
	query := url.Values{}
	if p.Asked != "" {
		query.Set("q", p.Asked)
	}
	p.Pager = pager(f, len(lines), page.PathTagDesk, query)
	p.Bins = lines[(f.Page-1)*f.PerPage : min(f.Page*f.PerPage, len(lines))]
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if p.Did, err = didOf(ctx, tx, r); err != nil {
			return err
		}
		if p.Acts, err = ownTagActs(ctx, tx, r); err != nil {
			return err
		}
		waiting, err := tx.TagActs.Waiting(ctx)
		for _, m := range waiting {
			p.Waiting = append(p.Waiting, waitingMerge(r, m))
		}
		return err
	})
	p.Back = page.PathTagDesk
	return Response{Page: p}, err
}

// ownTagActs are the viewer's last.
func ownTagActs(ctx context.Context, tx *store.Tx, r *Request) ([]page.TagActLine, error) {
	last, err := tx.TagActs.Last(ctx, r.Viewer.Account)
	if err != nil {
		return nil, err
	}
	acts, err := tx.TagActs.By(ctx, r.Viewer.Account, 0, last, actsOnBins)
	if err != nil {
		return nil, err
	}
	return dressTagActs(ctx, tx, r, acts)
}

func binLink(r *Request, b bin, tags int) page.Link {
	return page.Link{Text: binWords(r, b.Kind, tags), URL: b.address()}
}

// binWords counts tags of a kind.
func binWords(r *Request, kind archive.TagKind, n int) string {
	switch kind {
	case archive.KindFandom:
		return r.Words.N("wrangling.fandoms", n)
	case archive.KindRelationship:
		return r.Words.N("wrangling.relationships", n)
	case archive.KindCharacter:
		return r.Words.N("wrangling.characters", n)
	}
	return r.Words.N("wrangling.freeforms", n)
}

// binLines makes a line of each fandom whose name has a word that begins with
// what was asked for, the fullest first.
func binLines(r *Request, counts []store.BinCount, asked string) []page.BinLine {
	var lines []page.BinLine
	for _, c := range counts {
		if !beginsAWord(c.Fandom.Name, asked) {
			continue
		}
		if len(lines) == 0 || lines[len(lines)-1].ID != c.Fandom.ID {
			lines = append(lines, page.BinLine{ID: c.Fandom.ID, Name: c.Fandom.Name})
		}
		line := &lines[len(lines)-1]
		line.Tags += c.Tags
		line.Kinds = append(line.Kinds, binLink(r, bin{Bin: store.Bin{Kind: c.Kind, Fandom: c.Fandom.ID}}, c.Tags))
	}
	slices.SortStableFunc(lines, func(a, b page.BinLine) int { return cmp.Compare(b.Tags, a.Tags) })
	return lines
}

// beginsAWord reports whether a word of a name begins with what was typed.
func beginsAWord(name, typed string) bool {
	name, typed = store.FoldTag(name), store.FoldTag(typed)
	return strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed)
}

// tagDeskAddress is where a wrangler looks at one tag.
func tagDeskAddress(id int64) string { return fmt.Sprintf("%s/%d", page.PathTagDesk, id) }
