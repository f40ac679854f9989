package archive

import (
	"cmp"
	"slices"
	"time"
)

// Pile is many files that were brought at once, as their writer arranges them
// before they become drafts. It is for the account that brought it alone.
type Pile struct {
	ID        int64
	Account   int64
	Revision  int64
	CreatedAt time.Time
	Works     []PileWork // by their numbers
	Files     []PileFile // by their numbers
}

// PileWork is a story of a pile.
type PileWork struct {
	Number int    // in the pile, from 1
	Title  string // of the draft that is to be made
	Work   int64  // the work its chapters are added to; 0: a draft that is to be made
}

// PileFile is a file of a pile, or one of the stories in it.
type PileFile struct {
	Number     int // in the pile, from 1
	Name       string
	Manuscript int64  // what was kept of it; 0: it was skipped
	Rule       string // why it was skipped
	Title      string
	Chapters   int
	Words      int
	Story      int // which of the stories in it this is, from 0
	Stories    int // how many there are, if several; else 0
	Text       int // the number of the file whose text it is a version of: its own
	Chosen     bool
	PilePlace  // of its text; said by the file of the text's number
}

// PilePlace is where a text of a pile stands.
type PilePlace struct {
	Work    int // number of its PileWork
	Place   int // among those taken in, from 1; of one left out: where it stood
	LeftOut bool
	Made    bool // its chapters are drafts
}

// PileText is one text of a pile in all its versions.
type PileText struct {
	Number int
	PilePlace
	Versions []PileFile // as they were found
}

// Chosen is the version that stands for the text.
func (t PileText) Chosen() PileFile {
	for _, f := range t.Versions {
		if f.Chosen {
			return f
		}
	}
	return t.Versions[0]
}

// Skipped are the files that hold no story, or could not be read.
func (p Pile) Skipped() []PileFile {
	var list []PileFile
	for _, f := range p.Files {
		if f.Manuscript == 0 {
			list = append(list, f)
		}
	}
	return list
}

// Count is how many files were brought, whatever is in them.
func (p Pile) Count() (files int) {
	for _, f := range p.Files {
		if f.Story == 0 {
			files++
		}
	}
	return files
}

// Texts are the texts of a pile: those taken in by work and place, then those
// left out.
func (p Pile) Texts() []PileText {
	var list []PileText
	at := map[int]int{}
	for _, f := range p.Files {
		if f.Manuscript == 0 {
			continue
		}
		i, found := at[f.Text]
		if !found {
			i = len(list)
			at[f.Text] = i
			list = append(list, PileText{Number: f.Text})
		}
		list[i].Versions = append(list[i].Versions, f)
		if f.Number == f.Text {
			list[i].PilePlace = f.PilePlace
		}
	}
	slices.SortStableFunc(list, func(a, b PileText) int {
		return cmp.Or(compareBool(a.LeftOut, b.LeftOut), cmp.Compare(a.Work, b.Work), compareBool(b.Made, a.Made), cmp.Compare(a.Place, b.Place))
	})
	return list
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// In are the texts of one of the pile's works that are taken in, in order.
func (p Pile) In(work int) []PileText {
	return slices.DeleteFunc(p.Texts(), func(t PileText) bool { return t.LeftOut || t.Work != work })
}

// ToMake are the texts that are taken in and no drafts yet, in the order in
// which they become ones.
func (p Pile) ToMake() []PileText {
	return slices.DeleteFunc(p.Texts(), func(t PileText) bool { return t.LeftOut || t.Made })
}

// Begun is true of a work of which chapters were made already: it is that work
// from then on.
func (p Pile) Begun(work int) bool {
	return slices.ContainsFunc(p.Files, func(f PileFile) bool { return f.Number == f.Text && f.Work == work && f.Made })
}

// Find gives a text by its number.
func (p Pile) Find(text int) (PileText, bool) {
	list := p.Texts()
	i := slices.IndexFunc(list, func(t PileText) bool { return t.Number == text })
	if i < 0 {
		return PileText{}, false
	}
	return list[i], true
}

// Arrangement is what a writer says of a pile. What it does not name stays as
// it is, and so does what was made into drafts.
type Arrangement struct {
	Places map[int]int    // of texts
	Works  map[int]int    // of texts; a number past the last is a new work
	In     map[int]bool   // of texts: taken in, or left out
	Chosen map[int]int    // of texts: the file that stands for it
	Titles map[int]string // of works
	Into   map[int]int64  // of works: the work the chapters are added to
	Apart  int            // a version that is to be a text of its own; 0: none
}

// Arrange gives the pile as its writer wants it.
func (p Pile) Arrange(a Arrangement) Pile {
	p.Works, p.Files = slices.Clone(p.Works), slices.Clone(p.Files)
	for i, w := range p.Works {
		if title, said := a.Titles[w.Number]; said {
			p.Works[i].Title = CleanLine(title)
		}
		if into, said := a.Into[w.Number]; said && !p.Begun(w.Number) {
			p.Works[i].Work = into
		}
	}
	key := map[int]int{} // of texts: what their work is ordered by
	opened := map[int]int{}
	for i := range p.Files {
		f := &p.Files[i]
		if f.Manuscript == 0 {
			continue
		}
		if chosen, said := a.Chosen[f.Text]; said && !p.placeOf(f.Text).Made && p.isVersion(chosen, f.Text) {
			f.Chosen = f.Number == chosen
		}
		if f.Number != f.Text || f.Made {
			continue
		}
		p.arrangeText(f, a, key, opened)
	}
	p.order(key)
	return p.apart(a.Apart)
}

// arrangeText says where one text is to stand.
func (p *Pile) arrangeText(f *PileFile, a Arrangement, key, opened map[int]int) {
	key[f.Number] = 2 * f.Place
	place, said := a.Places[f.Number]
	moved := said && place != f.Place
	if moved { // it makes room for itself
		key[f.Number] = 2*place + cmp.Compare(place, f.Place)
	}
	if in, told := a.In[f.Number]; told && in == f.LeftOut {
		if f.LeftOut = !in; in {
			key[f.Number] = 2*f.Place - 1
		}
	}
	to := a.Works[f.Number]
	if to < 1 || to == f.Work {
		return
	}
	f.Work = p.opened(to, f.Title, opened)
	if !moved {
		key[f.Number] = 1 << 30 // behind the others
	}
}

// opened gives the work of a number; one past the last is made, once.
func (p *Pile) opened(number int, title string, opened map[int]int) int {
	if number <= len(p.Works)-len(opened) {
		return number
	}
	if opened[number] == 0 {
		p.Works = append(p.Works, PileWork{Number: len(p.Works) + 1, Title: title})
		opened[number] = len(p.Works)
	}
	return opened[number]
}

// order numbers the texts of each work anew, those that are drafts first.
func (p *Pile) order(key map[int]int) {
	heads := map[int][]*PileFile{}
	for i := range p.Files {
		if f := &p.Files[i]; f.Manuscript != 0 && f.Number == f.Text && !f.LeftOut {
			heads[f.Work] = append(heads[f.Work], f)
		}
	}
	for _, list := range heads {
		slices.SortStableFunc(list, func(a, b *PileFile) int {
			return cmp.Or(compareBool(b.Made, a.Made), cmp.Compare(key[a.Number], key[b.Number]), cmp.Compare(a.Place, b.Place))
		})
		for i, f := range list {
			f.Place = i + 1
		}
	}
}

func (p Pile) placeOf(text int) PilePlace {
	for _, f := range p.Files {
		if f.Number == text {
			return f.PilePlace
		}
	}
	return PilePlace{}
}

func (p Pile) isVersion(file, text int) bool {
	return slices.ContainsFunc(p.Files, func(f PileFile) bool { return f.Number == file && f.Text == text && f.Manuscript != 0 })
}

// apart makes a version a text of its own, behind the one it was taken for.
func (p Pile) apart(file int) Pile {
	i := slices.IndexFunc(p.Files, func(f PileFile) bool { return f.Number == file && f.Manuscript != 0 })
	if i < 0 {
		return p
	}
	was, _ := p.Find(p.Files[i].Text)
	rest := slices.DeleteFunc(slices.Clone(was.Versions), func(f PileFile) bool { return f.Number == file })
	if len(rest) == 0 || was.Made {
		return p
	}
	head := PileText{Versions: rest}.Chosen().Number
	p.Files = slices.Clone(p.Files)
	for k := range p.Files {
		if f := &p.Files[k]; f.Text == was.Number && f.Manuscript != 0 {
			f.Text, f.Chosen, f.PilePlace = head, f.Number == head, was.PilePlace
		}
	}
	p.Files[i].Text, p.Files[i].Chosen = file, true
	key := map[int]int{}
	for _, f := range p.Files {
		key[f.Number] = 2 * f.Place
	}
	key[file]++
	p.order(key)
	return p
}
