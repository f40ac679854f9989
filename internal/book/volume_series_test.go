package book_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/book"
)

// nested is a line of the contents and those under it.
type nested struct {
	Label string `xml:"a"`
	Under struct {
		Items []nested `xml:"li"`
	} `xml:"ol"`
}

// lines are the contents with a tab before what stands under another line.
func (n nested) lines(before string) []string {
	all := []string{before + n.Label}
	for _, under := range n.Under.Items {
		all = append(all, under.lines(before+"\t")...)
	}
	return all
}

// TestAcceptance69_PartThreeWorksByTwoWritersAreOneBook: given a series of three
// works by two writers, when downloaded as one book, then order, bylines, nested
// contents and every series it belongs to are right. The archive has no series
// yet; the book of one is here.
func TestAcceptance69_PartThreeWorksByTwoWritersAreOneBook(t *testing.T) {
	works := three()
	for i := range works {
		works[i].Series = append([]book.Series{{Name: "Lamps & Metals", Address: "https://example.org/series/4", Place: i + 1}}, works[i].Series...)
	}
	_, files := bindVolume(t, volumeOf(works))
	var nav struct {
		Lists []nested `xml:"body>nav>ol>li"`
	}
	if err := xml.Unmarshal([]byte(files["nav.xhtml"]), &nav); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range nav.Lists {
		lines = append(lines, l.lines("")...)
	}
	want := []string{
		"Salt", "\tChapter 1", "\tChapter 2", "\tAfter the story", "Iron & <Rain>", "\tIron & <Rain>", "\tAfter the story",
		"Tide", "\tChapter 1", "\tChapter 2", "\tAfter the story", "Cover", "Contents", "Start",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("contents and landmarks (-want +got):\n%s", diff)
	}
	var opf struct {
		Creators []string `xml:"metadata>creator"`
		Metas    []struct {
			Refines  string `xml:"refines,attr"`
			Property string `xml:"property,attr"`
			Name     string `xml:"name,attr"`
			Content  string `xml:"content,attr"`
			Words    string `xml:",chardata"`
		} `xml:"metadata>meta"`
	}
	if err := xml.Unmarshal([]byte(files["package.opf"]), &opf); err != nil {
		t.Fatal(err)
	}
	var series []string
	for _, m := range opf.Metas {
		if m.Property == "belongs-to-collection" || m.Property == "collection-type" || m.Name == "calibre:series" {
			series = append(series, m.Property+m.Name+" "+m.Words+m.Content)
		}
	}
	// It is a book of the series all three stand in; the others are told, and
	// libraries do not file it among their single works.
	if diff := cmp.Diff([]string{"belongs-to-collection Lamps & Metals", "collection-type series", "belongs-to-collection Lamps", "belongs-to-collection Metals", "calibre:series Lamps & Metals"}, series); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Mara", "Pell"}, opf.Creators); diff != "" {
		t.Errorf("creators (-want +got):\n%s", diff)
	}
	for page, says := range map[string][]string{
		"w-7.xhtml": {"by <bdi>Mara<", "Lamps &amp; Metals (part 1)"}, "w-9.xhtml": {"by <bdi>Mara</bdi> and <bdi>Pell<", "Lamps &amp; Metals (part 2)", "Lamps (part 2)", "Metals (part 1)"},
		"w-8.xhtml": {"by <bdi>Pell<", "Lamps &amp; Metals (part 3)"},
	} {
		for _, words := range says {
			if !strings.Contains(files[page], words) {
				t.Errorf("%s does not say %q", page, words)
			}
		}
	}
}

// What no work of a volume says, the volume does not claim.
func TestAVolumeWithAWorkOfUnknownLanguageClaimsNoConformance(t *testing.T) {
	works := three()
	works[1].Language = "ja"
	_, files := bindVolume(t, volumeOf(works))
	for _, want := range []string{"<dc:language>en</dc:language>\n<dc:language>ja</dc:language>", "dcterms:conformsTo"} {
		if !strings.Contains(files["package.opf"], want) {
			t.Errorf("the package lacks %s:\n%s", want, files["package.opf"])
		}
	}
	works[2].Language = ""
	_, files = bindVolume(t, volumeOf(works))
	for _, not := range []string{"dcterms:conformsTo", "<dc:language>und<"} {
		if strings.Contains(files["package.opf"], not) {
			t.Errorf("the package says %s", not)
		}
	}
}
