package book

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// volumeSpecimen is a book of several works in the corpus.
type volumeSpecimen struct {
	name   string
	title  string
	works  []Book
	parts  int // that have something to tell
	series string
}

// bound is the volume as it is given to the binder.
func (s volumeSpecimen) bound() Volume {
	return Volume{
		Voice: Speaking("en"),
		Title: s.title, Identity: Identity{Origin: "https://archive.example", Site: "The Harbour Archive"}, Works: len(s.works),
		Work: func(i int) (Book, error) { return s.works[i], nil },
	}
}

// corpusVolumes are books of several works, made of the works of the corpus.
func corpusVolumes(t *testing.T, all []specimen) []volumeSpecimen {
	t.Helper()
	named := map[string]Book{}
	for _, s := range all {
		named[s.name] = s.book
	}
	next := int64(0)
	works := func(names ...string) []Book {
		var list []Book
		for _, name := range names {
			b, known := named[name]
			if !known {
				t.Fatalf("the corpus has no %s", name)
			}
			list = append(list, apart(b, &next))
		}
		return list
	}
	series := works("en-plain", "en-one-chapter", "en-shelved")
	for i := range series {
		series[i].Creators = [][]string{{"Mara Quill"}, {"Mara Quill", "Pell"}, {"Pell"}}[i]
		series[i].Series = append([]Series{{Name: "The Harbour Nights", Address: "https://archive.example/series/9", Place: i + 1}}, series[i].Series...)
	}
	bare := works("en-plain", "de-plain", "hard-from-files")
	for i := range bare {
		bare[i].Identity = Identity{}
		for j := range bare[i].Chapters {
			bare[i].Chapters[j].ID = 0
		}
	}
	var tongues16, pieces, odd []string
	for _, l := range tongues {
		tongues16 = append(tongues16, l.language+"-every-block")
	}
	for _, s := range all {
		switch {
		case strings.HasPrefix(s.name, "title-"), strings.HasPrefix(s.name, "hostile-"):
			odd = append(odd, s.name)
		case len(s.book.Chapters) < 100:
			pieces = append(pieces, s.name)
		}
	}
	empty := works("en-plain", "en-bare", "ar-plain")
	empty[1].Chapters = nil
	return []volumeSpecimen{
		{name: "series", title: "The Harbour Nights", works: series, series: "The Harbour Nights"},
		{name: "of-files", title: "Three from files", works: bare},
		{name: "every-tongue", title: "Lamps of many harbours", works: works(tongues16...)},
		{name: "japanese", title: "桟橋の灯", works: works("ja-plain", "ja-every-block", "ja-notes-in-text")},
		{name: "right-to-left", title: "مصابيح", works: works("ar-plain", "ar-every-block", "he-shelved")},
		{name: "thai", title: "ตะเกียง", works: works("th-plain", "th-one-chapter", "th-notes-in-text")},
		{name: "no-notes", title: "Bare", works: wishing(works("en-shelved", "en-skin", "de-own-cover"), Options{Notes: NoNotes, AsTyped: true})},
		{name: "part", title: "What is new", works: wishing(works("en-plain", "fr-plain"), Options{Since: day0.AddDate(0, 0, 15)})},
		{name: "nameless", title: "🦊🌊", works: works("en-nameless", "ja-nameless")},
		{name: "odd", title: `"'“”'" <b>&amp;</b> ]]>`, works: works(odd...)},
		{name: "one", title: "Alone", works: works("en-one-chapter")},
		{name: "lacks-one", title: "Two of three", works: empty, parts: 2},
		{name: "three-hundred", title: "Three hundred", works: works(append(slices.Clone(pieces), pieces[:300-len(pieces)]...)...)},
	}
}

// apart is a work with numbers that no other work of a volume has, as works of
// one archive have them.
func apart(b Book, next *int64) Book {
	b.Chapters = slices.Clone(b.Chapters)
	for i := range b.Chapters {
		if b.Chapters[i].ID != 0 {
			*next++
			b.Chapters[i].ID = *next
		}
	}
	*next++
	if b.Identity.WorkID != 0 {
		b.Identity.WorkID = *next
	}
	b.Options.Chapters = nil
	return b
}

func wishing(works []Book, o Options) []Book {
	for i := range works {
		works[i].Options = o
	}
	return works
}

func (s volumeSpecimen) told(t *testing.T, o opened) told {
	t.Helper()
	l := told{File: "volume-" + s.name + ".epub", Title: oneLine(s.title), Series: s.series, Place: 1}
	opf := o.parse(t, "package.opf")
	for _, creator := range opf.all("creator") {
		l.Creators = append(l.Creators, creator.Words)
	}
	for _, subject := range opf.all("subject") {
		l.Tags = append(l.Tags, subject.Words)
	}
	l.Contents, l.Texts = o.contentsOf(t), len(opf.all("itemref"))
	return l
}

// contentsOf counts the lines of the contents that stand in no other.
func (o opened) contentsOf(t *testing.T) int {
	t.Helper()
	n := 0
	for _, list := range o.parse(t, "nav.xhtml").all("nav")[0].Kids {
		if list.XMLName.Local == "ol" {
			n += len(list.Kids)
		}
	}
	return n
}

// bindsVolumes binds every volume twice and looks at it; keep gets each.
func bindsVolumes(t *testing.T, all []specimen, keep func(s volumeSpecimen, data []byte, o opened)) {
	t.Helper()
	for _, s := range corpusVolumes(t, all) {
		t.Run("volume-"+s.name, func(t *testing.T) {
			var bound [2]bytes.Buffer
			for i := range bound {
				if err := WriteVolume(&bound[i], s.bound()); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(bound[0].Bytes(), bound[1].Bytes()) {
				t.Error("bound again it differs")
			}
			o := open(t, bound[0].Bytes())
			checkBook(t, o)
			checkTypography(t, o)
			want := s.parts
			if want == 0 {
				want = len(s.works)
			}
			if got := o.contentsOf(t); got != want {
				t.Errorf("its contents have %d parts, not %d", got, want)
			}
			keep(s, bound[0].Bytes(), o)
		})
	}
}
