package book

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"ficus/internal/prose"
)

// seriesBook is the specimen in two series and a collection.
func seriesBook() Book {
	b := storm()
	b.Identity.Kudos, b.Identity.Comments = "https://archive.example/works/42#kudos", "https://archive.example/works/42/comments"
	b.Series = []Series{
		{Name: "The Harbour & the Sea", Address: "https://archive.example/series/3", Place: 2, Next: Work{"What the <Tide> Kept", "https://archive.example/works/57"}},
		{Name: " ", Place: 1},
		{Name: "Winter Lights"},
	}
	b.Collections = []Collection{{"Winter Exchange 2024", "https://archive.example/collections/winter"}}
	return b
}

func TestAllSeriesAndCollectionsAreKept(t *testing.T) {
	o := open(t, bind(t, seriesBook(), EPUB))
	checkBook(t, o)
	opf := o.file(t, "package.opf")
	for _, want := range []string{
		`<meta property="belongs-to-collection" id="group-1">The Harbour &amp; the Sea</meta>
<meta refines="#group-1" property="collection-type">series</meta>
<meta refines="#group-1" property="group-position">2</meta>
<meta refines="#group-1" property="dcterms:identifier">https://archive.example/series/3</meta>
<meta property="belongs-to-collection" id="group-2">Winter Lights</meta>
<meta refines="#group-2" property="collection-type">series</meta>
<meta property="belongs-to-collection" id="group-3">Winter Exchange 2024</meta>
<meta refines="#group-3" property="collection-type">set</meta>`,
		`<meta name="calibre:series" content="The Harbour &amp; the Sea"/>
<meta name="calibre:series_index" content="2"/>`,
	} {
		if !strings.Contains(opf, want) {
			t.Errorf("the package does not say\n%s\nbut\n%s", want, opf)
		}
	}
	for _, want := range []string{`<a href="https://archive.example/series/3"><bdi>The Harbour &amp; the Sea (part 2)</bdi></a>, <bdi>Winter Lights</bdi></dd>`, "Winter Exchange 2024"} {
		if !strings.Contains(o.file(t, "title.xhtml"), want) {
			t.Errorf("the title page does not say %s", want)
		}
	}
}

func TestLastPageLeadsOnAndToTheWriter(t *testing.T) {
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		last := string(bind(t, seriesBook(), f))
		if f == EPUB {
			last = open(t, []byte(last)).file(t, "end.xhtml")
		}
		for _, want := range []string{"The Harbour", "https://archive.example/works/57", "https://archive.example/works/42#kudos", "https://archive.example/works/42/comments"} {
			if !strings.Contains(last, want) {
				t.Errorf("the end of the %s does not say %q", f, want)
			}
		}
	}
	b := storm()
	b.Identity.Address = ""
	if last := open(t, bind(t, b, EPUB)).file(t, "end.xhtml"); strings.Contains(last, "kudos") {
		t.Error("a book bound from files asks for kudos nowhere")
	}
}

func TestWritersOwnPictureIsTheCover(t *testing.T) {
	var photo bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 60, 90))
	m.Set(3, 3, color.White)
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{"/pictures/1": "cover.png", "/pictures/2": "cover.jpg", "/pictures/3": "cover.jpg", "/pictures/4": "cover.jpg", "/pictures/5": "cover.jpg"} {
		b := storm()
		b.Cover.Picture = src
		b.Pictures = func(src string) ([]byte, string, error) {
			switch src {
			case "/pictures/1":
				return pngPicture(t), "image/png", nil
			case "/pictures/2":
				return photo.Bytes(), "image/jpeg", nil
			case "/pictures/3":
				return gifPicture(t), "image/gif", nil
			case "/pictures/4":
				return bomb(), "image/png", nil
			}
			return nil, "", errors.New("gone")
		}
		o := open(t, bind(t, b, EPUB))
		checkBook(t, o)
		if !strings.Contains(o.file(t, "cover.xhtml"), `src="`+want+`" alt="Cover of`) || !strings.Contains(o.file(t, "package.opf"), `href="`+want+`"`) {
			t.Errorf("the cover of %s is not %s", src, want)
		}
		head, _, err := image.DecodeConfig(strings.NewReader(o.file(t, want)))
		if own := head.Width != coverWidth; err != nil || own != (src < "/pictures/3") {
			t.Errorf("%s: the cover is %d wide: %v", src, head.Width, err)
		}
	}
}

// bomb is a small file whose head promises a picture of 60,000 by 60,000.
func bomb() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x02\x00\x00\x00\x51\x6c\x3a\x41")
}

func TestSkinOnlyAddsAndCanBeLeftOut(t *testing.T) {
	b := storm()
	b.Skin = ".letter { background: #123456; } /* </style><script> */"
	o := open(t, bind(t, b, EPUB))
	checkBook(t, o)
	chapter := o.file(t, "c-901.xhtml")
	if house, own := strings.Index(chapter, "style.css"), strings.Index(chapter, "skin.css"); own < house || house < 0 {
		t.Error("the skin does not stand after the book's own style")
	}
	if strings.Contains(o.file(t, "package.opf"), conformance) || !strings.Contains(o.file(t, "package.opf"), "Hazard\">unknown<") {
		t.Error("a book in a skin nobody checked claims what it did not earn")
	}
	if page := string(bind(t, b, HTML)); !strings.Contains(page, "#123456") || strings.Contains(page, "</style><script>") {
		t.Error("the page lacks the skin, or the skin gets out of its element")
	}
	b.Options.NoSkin = true
	bare := storm()
	for _, f := range []Format{EPUB, HTML} {
		if !bytes.Equal(bind(t, b, f), bind(t, bare, f)) {
			t.Errorf("the %s without a skin is not that of a work without one", f)
		}
	}
}

func TestPassagesInOtherLanguagesSaySo(t *testing.T) {
	read, _ := prose.ReadHTML(`<p>She said <span lang="ja">静か</span> and <em lang="fr">tant pis</em>.</p><p lang="de">Still war es.</p><blockquote lang="ar" dir="rtl"><p>هدوء</p></blockquote>`)
	b := storm()
	b.Chapters[0].Body = read
	chapter := open(t, bind(t, b, EPUB)).file(t, "c-901.xhtml")
	for _, want := range []string{`<html xmlns="http://www.w3.org/1999/xhtml"`, `xml:lang="en-GB" lang="en-GB"`} {
		if !strings.Contains(chapter, want) {
			t.Errorf("the chapter does not say %s", want)
		}
	}
	for _, language := range []string{"ja", "fr", "de", "ar"} {
		if !strings.Contains(chapter, `xml:lang="`+language+`"`) || !strings.Contains(chapter, ` lang="`+language+`"`) {
			t.Errorf("the passage in %s says it in one way only, or not at all:\n%s", language, chapter)
		}
	}
}

func TestFootnotesLeadThereAndBack(t *testing.T) {
	read, _ := prose.ReadHTML(`<p>The lamp<span class="footnote">It was brass.</span> and the stair<span class="footnote">Forty-one.</span>.</p>`)
	b := storm()
	b.Chapters[0].Body = read
	chapter := open(t, bind(t, b, EPUB)).parse(t, "c-901.xhtml")
	byID := map[string]node{}
	chapter.each(func(n node) {
		if id := n.attr("id"); id != "" {
			byID[id] = n
		}
	})
	pairs := 0
	for _, a := range chapter.all("a") {
		if a.attr("role") != "doc-noteref" {
			continue
		}
		note := byID[strings.TrimPrefix(a.attr("href"), "#")]
		if note.XMLName.Local != "aside" || note.attr("role") != "doc-footnote" {
			t.Fatalf("%s leads to %v", a.attr("href"), note.XMLName)
		}
		for _, back := range note.all("a") {
			if back.attr("href") == "#"+a.attr("id") {
				pairs++
			}
		}
	}
	if pairs != 2 {
		t.Errorf("of 2 footnotes %d lead there and back", pairs)
	}
}

func TestRubyIsBoundAsRuby(t *testing.T) {
	read, _ := prose.ReadHTML(`<p><ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>の<ruby>守<rt>も</rt>り<rt></rt></ruby></p>`)
	b := storm()
	b.Language, b.Chapters[0].Body = "ja", read
	o := open(t, bind(t, b, EPUB))
	if got := o.parse(t, "c-901.xhtml").all("rt"); len(got) < 2 || got[0].Words != "とうだい" {
		t.Errorf("the readings are %v", got)
	}
}

func TestBookWeighsLittleMoreThanItsText(t *testing.T) {
	b := long(100_000)
	for i := range b.Chapters { // no two paragraphs alike, as in a real book they are not
		for j := range b.Chapters[i].Body.Blocks {
			b.Chapters[i].Body.Blocks[j] = para(babble(i*1000+j, 60))
		}
	}
	typed := bind(t, b, Text)
	if bound := bind(t, b, EPUB); len(bound) > len(typed)*115/100 {
		t.Errorf("the book weighs %d bytes, its text %d", len(bound), len(typed))
	}
}

// babble is words that mean nothing, always the same for a number.
func babble(n, words int) string {
	const letters = "etaoinshrdlucmfwypvbgk"
	state := uint32(n)*2654435761 + 1
	next := func(below uint32) uint32 {
		state = state*1664525 + 1013904223
		return state >> 8 % 65536 % below
	}
	var out strings.Builder
	for i := range words {
		if i > 0 {
			out.WriteByte(' ')
		}
		for range 2 + next(7) {
			out.WriteByte(letters[next(uint32(len(letters)))])
		}
	}
	return out.String() + "."
}
