package manuscript

import (
	"strings"
	"testing"

	"ficus/internal/manuscript/epub"
	"ficus/internal/prose"
)

// A long page is undressed piece by piece: whatever is open where a piece might
// end, it reads as if it were undressed at once.
func TestALongPageReadsAsAShortOneDoes(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for name, line := range map[string]string{
		"paragraphs":         "<p>" + long + "</p>",
		"left open":          "<p>" + long,
		"marks left open":    "<p><i>" + long + "<p>" + long + "</i>",
		"in a list":          "<ul><li>" + long + "<li><p>" + long + "</ul>",
		"items without list": "<li>" + long + "</li>",
		"loose":              long + "<br><br>" + long + "<h2>a</h2>",
		"hidden":             `<div style="display:none"><p>no</p></div><p style="display:none">` + long + `</p><p>` + long + "</p>",
		"much hidden":        `<div style="display:none">` + strings.Repeat("<p>"+strings.Repeat("n", pieceSize/20)+"</p>", 40) + "</div>" + strings.Repeat("<p>"+long+"</p>", 400),
		"a remark":           `<p>` + long + `<a href="#cmnt1" id="cmnt_ref1">[a]</a></p><p><a id="cmnt1" href="#cmnt_ref1">[a]</a>no</p>`,
		"gaps":               "<p>" + long + "</p><p>&nbsp;</p><br><p>" + long + "</p>",
		"in a division":      "<div><div><p>" + long + "</p></div>",
		"two levels":         "<h1>one</h1><p>" + long + "</p><h3>two</h3><p>" + long + "</p>",
		"less than":          "<p>a < b</p></3<p>" + long + "</p>",
		"looks":              `<p style="font-style:italic;border-bottom:1px solid">` + long + "</p>",
	} {
		page := "<p>first</p>" + strings.Repeat(line, max(3, 9*pieceSize/len(line)))
		whole, pieces := "", 0
		undress(page, false, nil, 20*len(page), func(piece string) { whole += piece })
		undress(page, false, nil, pieceSize, func(string) { pieces++ })
		want, _ := prose.ReadPlaced(whole)
		got, err := readDressed([]epub.Page{{HTML: page}}, false)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.doc.HTML() != want.HTML() {
			t.Errorf("%s: in %d pieces it is another text", name, pieces)
		}
		same(t, name+": levels", headingLevels(whole), got.levels)
		if name != "left open" && name != "marks left open" && name != "in a division" && pieces < 3 {
			t.Errorf("%s: it came in %d pieces", name, pieces)
		}
	}
}

// TestAHeartIsNoComment: what a browser would swallow up to the next tag's end
// is the writer's.
func TestAHeartIsNoComment(t *testing.T) {
	got, err := Read([]byte("<html><body><p>I </3 him <i>so</i> much.</p><p>And </ on.</p></body></html>"), Options{Kind: "html"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the story", "<p>I &lt;/3 him <em>so</em> much.</p>\n<p>And &lt;/ on.</p>", strings.TrimSpace(got.Works[0].Chapters[0].Body.HTML()))
}

// A page that is longer than is read is refused while it is undressed.
func TestAPageThatGrowsTooLongWhileUndressedIsRefused(t *testing.T) {
	page := strings.Repeat(`<p style="font-weight:bold;font-style:italic">a<br>b</p>`, 60_000)
	_, err := readDressed([]epub.Page{{HTML: page}}, false)
	same(t, "refused", error(errTooLong), err)
}

// What goes wrong beside comes out where it is waited for, and holds nobody up.
func TestWhatGoesWrongBesideComesOut(t *testing.T) {
	pieces := make(chan int)
	done := beside(func() {
		<-pieces
		panic("so")
	}, func() {
		for range pieces {
		}
	})
	for i := range 3 {
		pieces <- i
	}
	close(pieces)
	defer func() { same(t, "came out", any("so"), recover()) }()
	done()
	t.Error("nothing came out")
}
