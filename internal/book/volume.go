package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
)

// Volume is several works made ready to be bound as one EPUB, a part each.
type Volume struct {
	Title    string
	Language string // BCP 47; empty is that of its first work
	Identity Identity
	Voice    Voice  // where its works have several
	Content  string // as in a Book

	// Works are how many there are; Work gives one after the other, in their
	// order, so that no two need be in memory at once. ErrNoneChosen and
	// ErrNoChapters leave one out.
	Works int
	Work  func(i int) (Book, error)
}

// volumePages are the pages of an EPUB, and those that list several works.
var volumePages = sync.OnceValue(func() *template.Template {
	return template.Must(template.Must(epubPages().Clone()).ParseFS(pageFiles, "pages/volume.xhtml"))
})

// part is a work in the contents of a volume.
type part struct {
	entry
	Chapters []entry
}

// volumeDirectory is everything that lists the rest of a volume.
type volumeDirectory struct {
	directory
	Parts []part
}

// volume is several works being bound.
type volume struct {
	*epub
	parts      []part
	met        Book // what all works together are: their creators, tags and dates
	tongues    []text
	inSeries   map[string]int // how many of the works stand in each
	speechless bool           // one of the works says no language
	voices     []Voice        // of the works
	unnamed    int64
}

// WriteVolume binds several works as one EPUB with a nested contents. Each has
// its own title page, its chapters and its last page; none brings its skin.
func WriteVolume(w io.Writer, v Volume) error {
	if v.Voice == nil {
		return ErrNoVoice
	}
	e := newEPUB(w, Book{Title: v.Title, Language: v.Language, Identity: v.Identity, Voice: v.Voice, Colophon: Colophon{Content: v.Content}})
	defer e.press.close()
	b := &volume{epub: e, met: e.book, inSeries: map[string]int{}}
	if err := b.begin(); err != nil {
		return err
	}
	for i := range v.Works {
		work, err := v.Work(i)
		if err == nil {
			work.Options.NoSkin = true
			work, err = work.prepared()
		}
		switch {
		case errors.Is(err, ErrNoneChosen), errors.Is(err, ErrNoChapters):
			continue
		case err != nil:
			return err
		}
		if err := b.bind(work); err != nil {
			return err
		}
	}
	if len(b.parts) == 0 {
		return ErrNoChapters
	}
	return b.end()
}

// bind writes one work.
func (v *volume) bind(work Book) error {
	v.number(&work)
	work.Words = work.words() // once
	v.book, v.imprint = work, newImprint(work)
	v.fitter.origin, v.fitter.shelf = work.Identity.Origin, newShelf(work.Pictures, v.keepPicture)
	v.fitter.setting, v.fitter.voice, v.fitter.spoken = work.setting(), work.Voice, v.imprint.Ours
	v.contents = nil
	name := fmt.Sprintf("w-%d", len(v.parts)+1)
	if work.Identity.WorkID != 0 {
		name = "w-" + strconv.FormatInt(work.Identity.WorkID, 10)
	}
	if err := v.leaf("title.xhtml", name, v.titlePage()); err != nil {
		return err
	}
	if err := v.chapters(); err != nil {
		return err
	}
	if err := v.leaf("end.xhtml", name+"-end", v.lastPage()); err != nil {
		return err
	}
	p := part{entry: entry{Label: v.imprint.FullTitle, Href: name + ".xhtml"}}
	p.Chapters = append(slices.Clone(v.contents), entry{Label: v.imprint.Say("book.after"), Href: name + "-end.xhtml", house: true})
	p.speak(work)
	v.parts = append(v.parts, p)
	v.meet(work)
	return nil
}

// speak says of each line of a part which language it is in.
func (p *part) speak(work Book) {
	own := speech{}
	if languageOf(work) != unknownLanguage {
		own = speech{languageOf(work), directionOf(work)}
	}
	p.Ours = own
	for i := range p.Chapters {
		c := &p.Chapters[i]
		if c.Ours = own; c.house {
			c.Ours = speech{work.Voice.Tag(), work.Voice.Dir()}
		}
	}
}

// hush leaves out what the book itself says of its language.
func (p *part) hush(own speech) {
	if p.Ours == own {
		p.Ours = speech{}
	}
	for i := range p.Chapters {
		if p.Chapters[i].Ours == own {
			p.Chapters[i].Ours = speech{}
		}
	}
}

// number gives chapters without an id one that no other of the volume has.
func (v *volume) number(work *Book) {
	work.Chapters = slices.Clone(work.Chapters)
	for i := range work.Chapters {
		if c := &work.Chapters[i]; c.ID == 0 {
			v.unnamed--
			if c.Number == 0 {
				c.Number = i + 1
			}
			c.ID = v.unnamed
		}
	}
}

// leaf writes a page of its own among the chapters.
func (v *volume) leaf(page, name string, value any) error {
	if err := v.write(page, name+".xhtml", value); err != nil {
		return err
	}
	v.files = append(v.files, item{ID: name, Href: name + ".xhtml", MediaType: xhtmlType})
	return nil
}

// meet adds a work to what the volume says of itself.
func (v *volume) meet(work Book) {
	add := func(list *[]string, more []string) {
		for _, one := range more {
			if !slices.Contains(*list, one) {
				*list = append(*list, one)
			}
		}
	}
	add(&v.met.Creators, work.Creators)
	v.met.NoMining = v.met.NoMining || work.NoMining // one file, one answer
	add(&v.met.Tags.Fandoms, work.Tags.Fandoms)
	add(&v.met.Tags.Relationships, work.Tags.Relationships)
	add(&v.met.Tags.Characters, work.Tags.Characters)
	v.met.Words += work.words()
	v.voices = append(v.voices, work.Voice)
	if v.met.Revised.Before(work.Revised) {
		v.met.Revised = work.Revised
	}
	if v.met.Language == "" {
		v.met.Language = work.Language
	}
	tongue := text(languageOf(work))
	if tongue == unknownLanguage {
		v.speechless = true
	} else if !slices.Contains(v.tongues, tongue) {
		v.tongues = append(v.tongues, tongue)
	}
	for _, s := range work.Series {
		v.inSeries[oneLine(s.Name)]++
		if !slices.ContainsFunc(v.met.Series, func(met Series) bool { return met.Name == s.Name }) {
			v.met.Series = append(v.met.Series, Series{Name: s.Name, Address: s.Address})
		}
	}
}

// end writes the cover and what lists all the rest.
func (v *volume) end() error {
	v.met.Voice = oneVoice(v.voices, v.met.Voice)
	v.book, v.imprint, v.coverType = v.met, newImprint(v.met), "image/jpeg"
	v.imprint.cover.byline = strings.ToValidUTF8(shorten(v.imprint.cover.byline, 90), "")
	cover := v.imprint.cover.file()
	if cover.err != nil {
		return cover.err
	}
	if err := v.press.empty(); err != nil {
		return err
	}
	if err := v.parcel.store(inside+string(v.imprint.CoverFile), cover.data); err != nil {
		return err
	}
	if err := v.write("cover.xhtml", "cover.xhtml", v.imprint.titled("book.cover")); err != nil {
		return err
	}
	d := volumeDirectory{directory: v.directoryOf(), Parts: v.parts}
	order := 0
	for i := range d.Parts {
		d.Parts[i].hush(speech{languageOf(v.met), directionOf(v.met)})
		order++
		d.Parts[i].ID, d.Parts[i].Order = "point-"+strconv.Itoa(order), order
		for j := range d.Parts[i].Chapters {
			order++
			c := &d.Parts[i].Chapters[j]
			c.ID, c.Order = "point-"+strconv.Itoa(order), order
		}
	}
	for _, list := range [][2]string{{"volume-nav.xhtml", "nav.xhtml"}, {"volume.ncx", "toc.ncx"}, {"package.opf", "package.opf"}} {
		var out bytes.Buffer
		if err := volumePages().ExecuteTemplate(&out, list[0], d); err != nil {
			return fmt.Errorf("bind %s: %w", list[1], err)
		}
		if err := v.press.put("", inside+list[1], out.Bytes()); err != nil {
			return err
		}
	}
	return v.finish()
}

// groups are the series the works stand in. The book is a book of that series
// only where all of them do; libraries would file it in a row with single works
// otherwise.
func (v *volume) groups() []group {
	all := groupsOf(v.met)
	for i := range all {
		if v.inSeries[string(all[i].Name)] < len(v.parts) {
			all[i].Kind = ""
		}
	}
	return all
}

// directoryOf is what the package file says.
func (v *volume) directoryOf() directory {
	b, spoken := v.met, v.met
	if v.speechless {
		spoken.Language = ""
	}
	d := directory{
		page: v.imprint.titled("book.contents"), Source: text(b.Identity.Address), Publisher: text(oneLine(b.Identity.Site)),
		FileAs: text(fileAs(titleOf(b), languageOf(b))), Modified: modified(b),
		NoMining: b.NoMining, Subjects: subjectsOf(b), Groups: v.groups(),
		Facts: append([]fact{{Property: "schema:wordCount", Value: text(strconv.Itoa(b.Words))}}, accessibilityFacts(spoken, v.imprint, v.fitter.notes)...),
	}
	for i := range d.Groups {
		if d.Shelf == nil && d.Groups[i].Kind == "series" {
			d.Shelf = &d.Groups[i]
		}
	}
	for _, tongue := range v.tongues {
		if tongue != v.imprint.Language {
			d.Tongues = append(d.Tongues, tongue)
		}
	}
	for i, name := range cleanLines(b.Creators) {
		d.Creators = append(d.Creators, creator{"creator-" + strconv.Itoa(i+1), i + 1, text(name), "aut"})
	}
	d.Places = v.imprint.Say("book.landmarks")
	d.Landmarks = []entry{
		v.imprint.landmark("cover", "cover", "cover.xhtml", "book.cover"),
		v.imprint.landmark("toc", "toc", "nav.xhtml", "book.contents"),
		v.imprint.landmark("bodymatter", "text", v.parts[0].Href, "book.start_several"),
	}
	cover := item{ID: "cover", Href: "cover.xhtml", MediaType: xhtmlType}
	nav := item{ID: "nav", Href: "nav.xhtml", MediaType: xhtmlType, Properties: "nav"}
	d.Manifest = append([]item{
		{ID: "ncx", Href: "toc.ncx", MediaType: "application/x-dtbncx+xml"}, {ID: "style", Href: "style.css", MediaType: "text/css"},
		{ID: "cover-image", Href: string(v.imprint.CoverFile), MediaType: v.coverType, Properties: "cover-image"}, nav, cover,
	}, v.files...)
	d.Spine = []item{cover, nav} // the contents are where one begins in a book of several
	for _, f := range v.files {
		if f.MediaType == xhtmlType {
			d.Spine = append(d.Spine, f)
		}
	}
	return d
}
