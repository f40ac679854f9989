package book_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// navLine and ncxPoint are a line of the contents with those under it, as new
// and old readers have them.
type navLine struct {
	Link struct {
		To   string `xml:"href,attr"`
		Text string `xml:",chardata"`
	} `xml:"a"`
	Under []navLine `xml:"ol>li"`
}

type ncxPoint struct {
	Text string `xml:"navLabel>text"`
	Link struct {
		To string `xml:"src,attr"`
	} `xml:"content"`
	Order int        `xml:"playOrder,attr"`
	Under []ncxPoint `xml:"navPoint"`
}

func navLines(list []navLine, depth string) (lines []string) {
	for _, l := range list {
		lines = append(append(lines, depth+l.Link.Text+" "+l.Link.To), navLines(l.Under, depth+"> ")...)
	}
	return lines
}

func ncxLines(t *testing.T, list []ncxPoint, depth string, order *int) (lines []string) {
	for _, p := range list {
		if *order++; p.Order != *order {
			t.Errorf("%s is number %d in reading order, want %d", p.Text, p.Order, *order)
		}
		lines = append(append(lines, depth+p.Text+" "+p.Link.To), ncxLines(t, p.Under, depth+"> ", order)...)
	}
	return lines
}

// The works stand on the first level of the contents, their chapters under
// them, and readers of either kind find the same.
func TestTheContentsOfAVolumeNestChaptersUnderTheirWorks(t *testing.T) {
	works := three()
	works[0].Chapters[1].Title = "The & Lamp"
	_, files := bindVolume(t, volumeOf(works))
	var nav struct {
		Lists []struct {
			Lines []navLine `xml:"ol>li"`
		} `xml:"body>nav"`
	}
	var ncx struct {
		Points []ncxPoint `xml:"navMap>navPoint"`
	}
	for name, into := range map[string]any{"nav.xhtml": &nav, "toc.ncx": &ncx} {
		decoder := xml.NewDecoder(strings.NewReader(files[name]))
		if err := decoder.Decode(into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	want := []string{
		"Salt w-7.xhtml", "> Chapter 1 c-700.xhtml", "> 2. The & Lamp c-701.xhtml", "> After the story w-7-end.xhtml",
		"Iron & <Rain> w-9.xhtml", "> Iron & <Rain> c-900.xhtml", "> After the story w-9-end.xhtml",
		"Tide w-8.xhtml", "> Chapter 1 c-800.xhtml", "> Chapter 2 c-801.xhtml", "> After the story w-8-end.xhtml",
	}
	order := 0
	if got := navLines(nav.Lists[0].Lines, ""); !slices.Equal(got, want) {
		t.Errorf("new readers find\n%s", strings.Join(got, "\n"))
	}
	if got := ncxLines(t, ncx.Points, "", &order); !slices.Equal(got, want) {
		t.Errorf("old readers find\n%s", strings.Join(got, "\n"))
	}
}
