package manuscript_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ficus/internal/book"
	"ficus/internal/locale"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// pieces are blocks as writers write them; look-alikes of notes, heads, breaks
// and scene headings are among them.
var pieces = []string{
	`<p>She said <em>never</em> <strong>a<em>gain</em></strong>, <s>and</s> <u>meant</u> it.</p>`, `<p>A/N: says the note in the story.</p>`, `<p>Disclaimer: I own the sea.</p>`,
	`<p>* * *</p>`, `<hr>`, `<p class="place">HARBOUR, 0415</p>`, `<p>JAG HEADQUARTERS</p>`, `<p>Chapter 4: Rain</p>`, `<h2>Two</h2>`, `<h2>Three</h2><h3>Part</h3>`,
	`<p class="verse">the salt<br>the bread</p>`, `<div class="letter"><p>Dear T.,</p><p>Bring rope.</p></div>`, `<div class="messages"><p><strong>Mo:</strong> late</p></div>`,
	`<blockquote><p>so it goes</p><p>on</p></blockquote>`, `<ul><li>one</li><li>two<ol><li>three</li></ol></li></ul>`, `<table><tr><th>a</th><td>b</td></tr></table>`,
	`<p class="centre">~*~</p>`, `<p class="right">— M.</p>`, `<p class="end-mark">The End</p>`, `<p>TBC</p>`, `<p lang="fr" dir="ltr">bonjour <ruby>静<rt>しず</rt></ruby></p>`,
	`<p>see <a href="https://example.org/">there</a> <code>x &lt; y</code> x<sup>2</sup></p>`, `<pre>a  b
 c</pre>`, `<p><em class="thought">no</em> <span class="small-caps">Rain</span> <span class="aside">(so)</span></p>`,
	`<details><summary>more</summary><p>hidden</p></details>`, `<dl><dt>salt</dt><dd>white</dd></dl>`, `<p>one<br>two lines of it.</p>`, `<p>I.</p>`, `<p>two weeks later</p>`,
	`<p>The lamp<span class="footnote">It was brass, <em>old</em>.</span> went<span class="footnote">Out.</span> out.</p>`,
}

func TestABookBoundHereReadsBackTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(most int) prose.Document {
		var s strings.Builder
		for range 1 + random.IntN(most) {
			piece := pieces[random.IntN(len(pieces))]
			if most < 10 && (strings.HasPrefix(piece, "<h2>") || piece == "<hr>") {
				continue // books set headings in notes one level down, and bind no note without words
			}
			s.WriteString(piece)
		}
		d, _ := prose.ReadHTML(s.String())
		return d
	}
	words, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		language := []string{"en", "de"}[i%2]
		b := book.Book{Title: "Salt", Creators: []string{"mara", "pell"}, Language: language, Voice: words.Speaking(language, ""), Summary: text(2), Published: time.Unix(1e9, 0)}
		for n := range 1 + random.IntN(4) {
			b.Chapters = append(b.Chapters, book.Chapter{
				ID: int64(40 + n), Title: []string{"", "Rain", "The Jetty"}[random.IntN(3)], Disclaimer: text(2), NotesBefore: text(3), NotesAfter: text(3), Body: text(25), Dedication: []string{"", "Pell"}[random.IntN(2)],
			})
		}
		checkReadBack(t, i, b)
	}
}

func TestABookInGermanGivesItsFieldsInTheArchivesWords(t *testing.T) {
	words, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{"Teen": "Ab Teenager", "none apply": "Keine Warnungen nötig"}
	b := book.Book{
		Title: "Salz", Creators: []string{"mara"}, Language: "de", Voice: words.Speaking("de", ""), Complete: true,
		Tags: book.Tags{Rating: "Teen", Warnings: []string{"none apply", "storms"}, Fandoms: []string{"Hafen"}, Characters: []string{"Pell"}, Say: func(word string) string {
			if s, ok := said[word]; ok {
				return s
			}
			return word
		}},
	}
	for n := range 2 {
		d, _ := prose.ReadHTML("<p>Die Lampe war aus.</p>")
		b.Chapters = append(b.Chapters, book.Chapter{ID: int64(n + 1), Body: d, Dedication: "Pell"})
	}
	var out bytes.Buffer
	if err := book.Write(&out, b, book.EPUB); err != nil {
		t.Fatal(err)
	}
	w := read(t, "salz.epub", out.Bytes()).Works[0]
	for field, want := range map[string]string{"rating": "Teen", "warnings": "none apply, storms", "fandom": "Hafen", "characters": "Pell", "status": "Complete"} {
		if w.Fields[field] != want {
			t.Errorf("%s is %q, want %q (%v)", field, w.Fields[field], want, w.Fields)
		}
	}
	if c := w.Chapters[1]; c.Number != 2 || c.Title != "" || c.Dedication != "Pell" {
		t.Errorf("the second chapter is number %d, %q, for %q", c.Number, c.Title, c.Dedication)
	}
}

func checkReadBack(t *testing.T, i int, b book.Book) {
	t.Helper()
	var out bytes.Buffer
	if err := book.Write(&out, b, book.EPUB); err != nil {
		t.Fatal(err)
	}
	r, err := manuscript.Read(out.Bytes(), manuscript.Options{Name: "salt.epub"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Works) != 1 || len(r.Works[0].Chapters) != len(b.Chapters) || r.Works[0].Title != b.Title || r.Works[0].Author != "mara, pell" {
		t.Fatalf("book %d: %d works, %d chapters of %d, %q by %q", i, len(r.Works), len(r.Works[0].Chapters), len(b.Chapters), r.Works[0].Title, r.Works[0].Author)
	}
	for n, c := range r.Works[0].Chapters {
		was := b.Chapters[n]
		if c.Title != was.Title || c.Number != n+1 && len(b.Chapters) > 1 || c.Dedication != was.Dedication {
			t.Errorf("book %d, chapter %d: %q, number %d, for %q", i, n, c.Title, c.Number, c.Dedication)
		}
		for _, pair := range []struct {
			name     string
			got, was prose.Document
		}{{"body", c.Body, was.Body}, {"disclaimer", c.Disclaimer, was.Disclaimer}, {"opening note", c.OpeningNote, was.NotesBefore}, {"closing note", c.ClosingNote, was.NotesAfter}} {
			if got, want := pair.got.HTML(), pair.was.HTML(); got != want {
				t.Fatalf("book %d, chapter %d: the %s is\n%s\nand was\n%s", i, n, pair.name, got, want)
			}
		}
	}
	checkCovers(t, r)
}

// checkCovers holds that the parts, in order, cover the source text but for
// white space.
func checkCovers(t *testing.T, r manuscript.Reading) {
	t.Helper()
	at := 0
	for _, p := range r.Parts {
		if p.Start < at || strings.TrimSpace(r.SourceText[at:p.Start]) != "" {
			t.Fatalf("between %d and %d stands %q", at, p.Start, r.SourceText[at:max(at, p.Start)])
		}
		at = p.End
	}
	if rest := strings.TrimSpace(r.SourceText[at:]); rest != "" {
		t.Fatalf("nothing covers %q", rest)
	}
}

// zipped makes a zip of names and texts.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// epubOf binds pages as another program might, with a stylesheet.
func epubOf(t testing.TB, meta, css, toc string, pages ...string) []byte {
	t.Helper()
	var manifest, spine strings.Builder
	files := []string{"mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>`, "s.css", css, "toc.ncx", `<ncx><navMap>` + toc + `</navMap></ncx>`}
	for i, body := range pages {
		name := fmt.Sprintf("p%d.xhtml", i)
		fmt.Fprintf(&manifest, `<item id="i%d" href="%s" media-type="application/xhtml+xml"/>`, i, name)
		fmt.Fprintf(&spine, `<itemref idref="i%d"/>`, i)
		files = append(files, name, `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><link rel="stylesheet" href="s.css"/></head>`+body+`</html>`)
	}
	return zipped(t, append(files, "content.opf", `<package><metadata><dc:title>Salt</dc:title><dc:creator>Mara</dc:creator>`+meta+`</metadata><manifest>`+manifest.String()+
		`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">`+spine.String()+`</spine></package>`)...)
}

func read(t testing.TB, name string, data []byte) manuscript.Reading {
	t.Helper()
	r, err := manuscript.Read(data, manuscript.Options{Name: name})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

func TestABookKeepsWhatItsStylesMean(t *testing.T) {
	css := `.c1{font-style:italic} .c2{text-align:center} .c3{border-bottom:1px solid} .c4{font-variant:small-caps} .c5{display:none} em.c6{font-style:normal} p.c7{text-align:right}`
	r := read(t, "salt.epub", epubOf(t, "", css, `<navPoint><navLabel><text>The Lamp</text></navLabel><content src="p1.xhtml"/></navPoint><navPoint><navLabel><text>The Fog</text></navLabel><content src="p3.xhtml"/></navPoint>`,
		`<body epub:type="cover"><p>Salt</p></body>`,
		`<body><h1>The Lamp</h1><p>It was <span class="c1">wrong</span> and <span class="c4">Loud</span>.<a epub:type="noteref" href="#n1">1</a></p><p class="c3"></p><p class="c2">mid</p><p class="c5">gone</p><p class="c7">end</p>`+
			`<aside epub:type="footnote" id="n1"><p>as <i>she</i> said <a href="#r1">back</a></p></aside></body>`,
		`<body><p>still one, cut by a program.</p></body>`,
		`<body><p>A chapter without a heading, which the contents name.</p></body>`))
	w := r.Works[0]
	if w.Title != "Salt" || w.Author != "Mara" || len(w.Chapters) != 2 ||
		w.Chapters[0].Title != "The Lamp" || w.Chapters[1].Title != "The Fog" {
		t.Fatalf("%q by %q, %d chapters: %+v", w.Title, w.Author, len(w.Chapters), r.Parts)
	}
	body := w.Chapters[0].Body.HTML()
	for _, want := range []string{"<em>wrong</em>", `<span class="small-caps">Loud</span>`, "<hr>", `<p class="centre">mid</p>`, `<p class="right">end</p>`, `<span class="footnote">as <em>she</em> said`, "still one"} {
		if !strings.Contains(body, want) {
			t.Errorf("the chapter lacks %s:\n%s", want, body)
		}
	}
	if strings.Contains(body, "gone") || strings.Contains(body, ">Salt<") {
		t.Errorf("the chapter has too much:\n%s", body)
	}
	checkCovers(t, r)
}

func TestDownloadsOfOthersGiveTheirFields(t *testing.T) {
	for name, c := range map[string]struct {
		data   []byte
		fields map[string]string
		titles string
	}{
		"FicHub": {epubOf(t, `<meta name="generator" content="Ebook-lib 0.17"/>`, "", `<navPoint><navLabel><text>Introduction</text></navLabel><content src="introduction.xhtml"/></navPoint>`,
			`<body><h1>Salt</h1><p>By: Mara</p><p>A lamp.</p><p>Status: complete</p><p>Words: 12,000</p><p>Rating: Teen</p></body>`, `<body><h2>1. The Lamp</h2><p>So it went.</p></body>`, `<body><h2>2. Fog</h2><p>So it went on.</p></body>`),
			map[string]string{"status": "complete", "rating": "Teen"}, "The Lamp|Fog"},
		"FanFicFare": {epubOf(t, `<dc:contributor>FanFicFare</dc:contributor>`, "", "",
			`<body class="fff_titlepage"><h3><a href="x">Salt</a> by <a class="authorlink" href="y">Mara</a></h3><div><b>Category:</b> Lighthouses<br/><b>Genre:</b> Fog<br/><b>Rating:</b> T<br/><b>Summary:</b> <div>A lamp,<p>a boat.</p></div></div></body>`,
			`<body class="fff_chapter"><h3 class="fff_chapter_title">1. The Lamp</h3><div><div class="fff_chapter_notes fff_head_notes"><b>Author's Note:</b><p>Hello.</p></div><p>So it went.</p><div class="fff_chapter_notes fff_foot_notes"><p>Bye.</p></div></div></body>`),
			map[string]string{"fandom": "Lighthouses", "genre": "Fog", "summary": "A lamp, a boat."}, "The Lamp"},
	} {
		r := read(t, "x.epub", c.data)
		var titles []string
		for _, chapter := range r.Works[0].Chapters {
			titles = append(titles, chapter.Title)
			if text := chapter.Body.Text(0); !strings.Contains(text, "So it went") || strings.Contains(text, "Hello") || strings.Contains(text, "Rating") {
				t.Errorf("%s: %q has the text %q", name, chapter.Title, text)
			}
		}
		if got := strings.Join(titles, "|"); got != c.titles {
			t.Errorf("%s: chapters %q, want %q", name, got, c.titles)
		}
		for field, want := range c.fields {
			if r.Works[0].Fields[field] != want {
				t.Errorf("%s: %s is %q, want %q (%v)", name, field, r.Works[0].Fields[field], want, r.Works[0].Fields)
			}
		}
		checkCovers(t, r)
	}
}

func BenchmarkBook(b *testing.B) {
	chapter := `<body><h1>Rain</h1>` + strings.Repeat(`<p class="c1">She walked down to the harbour and said “never” to <span class="c2">nobody</span> in particular, which was how it went.</p>`, 400) + `</body>`
	var pages []string
	for range 40 {
		pages = append(pages, chapter)
	}
	data := epubOf(b, "", ".c1{margin:0;text-align:justify}.c2{font-style:italic}", "", pages...)
	b.SetBytes(int64(40 * len(chapter)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := manuscript.Read(data, manuscript.Options{Name: "x.epub"}); err != nil {
			b.Fatal(err)
		}
	}
}
