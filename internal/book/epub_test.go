package book

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/prose"
)

// opened is an EPUB taken apart.
type opened struct {
	names []string
	files map[string]string
}

func open(t *testing.T, data []byte) opened {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("open book: %v", err)
	}
	o := opened{files: map[string]string{}}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatalf("read %s: %v", f.Name, err)
		}
		o.names = append(o.names, f.Name)
		o.files[f.Name] = string(content)
	}
	return o
}

func (o opened) file(t *testing.T, name string) string {
	t.Helper()
	content, ok := o.files["EPUB/"+name]
	if !ok {
		t.Fatalf("the book has no file %s; it has %v", name, o.names)
	}
	return content
}

// node is an element of any XML file of the book.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Words   string     `xml:",chardata"`
	Kids    []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) each(f func(node)) {
	f(n)
	for _, kid := range n.Kids {
		kid.each(f)
	}
}

func (n node) all(name string) []node {
	var found []node
	n.each(func(m node) {
		if m.XMLName.Local == name {
			found = append(found, m)
		}
	})
	return found
}

func parse(t *testing.T, name, content string) node {
	t.Helper()
	var root node
	d := xml.NewDecoder(strings.NewReader(content))
	if err := d.Decode(&root); err != nil {
		t.Fatalf("%s is not well-formed: %v\n%s", name, err, content)
	}
	return root
}

func (o opened) parse(t *testing.T, name string) node {
	t.Helper()
	return parse(t, name, o.file(t, name))
}

// checkBook holds what is true of every book: each XML file is well-formed, ids
// are unique, every address inside leads to a file and a place that exist, the
// manifest lists exactly the files, and the three contents agree.
func checkBook(t *testing.T, o opened) {
	t.Helper()
	ids := map[string]map[string]bool{}
	roots := map[string]node{}
	for name, content := range o.files {
		short := strings.TrimPrefix(name, "EPUB/")
		if !strings.HasSuffix(name, "ml") && !strings.HasSuffix(name, ".ncx") && !strings.HasSuffix(name, ".opf") {
			continue
		}
		root := parse(t, name, content)
		roots[short], ids[short] = root, map[string]bool{}
		root.each(func(n node) {
			if id := n.attr("id"); id != "" {
				if ids[short][id] {
					t.Errorf("%s has the id %q twice", name, id)
				}
				ids[short][id] = true
			}
		})
	}
	for name, root := range roots {
		root.each(func(n node) { checkAddress(t, o, ids, name, n) })
	}
	checkManifest(t, o, roots["package.opf"])
	checkContents(t, roots)
}

func checkAddress(t *testing.T, o opened, ids map[string]map[string]bool, name string, n node) {
	t.Helper()
	for _, at := range []string{"href", "src"} {
		address := n.attr(at)
		if address == "" || n.XMLName.Local == "package" {
			continue
		}
		if at == "href" && n.XMLName.Local == "a" && (strings.HasPrefix(address, "http") || strings.HasPrefix(address, "mailto:")) {
			continue
		}
		file, place, _ := strings.Cut(address, "#")
		if file == "" {
			file = name
		}
		if _, ok := o.files["EPUB/"+file]; !ok {
			t.Errorf("%s: <%s> leads to %q, which is not in the book", name, n.XMLName.Local, address)
		} else if place != "" && !ids[file][place] {
			t.Errorf("%s: <%s> leads to %q, a place that does not exist", name, n.XMLName.Local, address)
		}
	}
}

func checkManifest(t *testing.T, o opened, opf node) {
	t.Helper()
	var listed, there []string
	for _, item := range opf.all("item") {
		listed = append(listed, "EPUB/"+item.attr("href"))
	}
	for _, name := range o.names {
		if strings.HasPrefix(name, "EPUB/") && name != "EPUB/package.opf" {
			there = append(there, name)
		}
	}
	slices.Sort(listed)
	slices.Sort(there)
	if diff := cmp.Diff(there, listed); diff != "" {
		t.Errorf("the manifest does not list the files of the book (-there +listed):\n%s", diff)
	}
}

// line is a label and where it leads.
type line struct{ Label, Href string }

func checkContents(t *testing.T, roots map[string]node) {
	t.Helper()
	navs := roots["nav.xhtml"].all("nav")
	lines := func(n node) []line {
		var all []line
		for _, a := range n.all("a") {
			all = append(all, line{a.Words, a.attr("href")})
		}
		return all
	}
	var ncx, guide []line
	for _, p := range roots["toc.ncx"].all("navPoint") {
		ncx = append(ncx, line{p.all("text")[0].Words, p.all("content")[0].attr("src")})
	}
	for _, r := range roots["package.opf"].all("reference") {
		guide = append(guide, line{r.attr("title"), r.attr("href")})
	}
	if diff := cmp.Diff(lines(navs[0]), ncx); diff != "" {
		t.Errorf("contents and NCX differ (-nav +ncx):\n%s", diff)
	}
	if diff := cmp.Diff(lines(navs[1]), guide); diff != "" {
		t.Errorf("landmarks and guide differ (-landmarks +guide):\n%s", diff)
	}
	var spine []string
	byID := map[string]string{}
	for _, item := range roots["package.opf"].all("item") {
		byID[item.attr("id")] = item.attr("href")
	}
	for _, ref := range roots["package.opf"].all("itemref") {
		spine = append(spine, byID[ref.attr("idref")])
	}
	at := -1
	for _, l := range ncx {
		next := slices.Index(spine, l.Href)
		if next <= at {
			t.Errorf("contents do not follow the reading order at %q", l.Label)
		}
		at = next
	}
}

// shelfOfBooks are books that are hard to bind, each in its own way.
func shelfOfBooks(t *testing.T) map[string]Book {
	t.Helper()
	vary := func(change func(*Book)) Book {
		b := storm()
		change(&b)
		return b
	}
	return map[string]Book{
		"nothing at all":     {Chapters: []Chapter{{}}, Voice: Speaking("en")},
		"one chapter":        vary(func(b *Book) { b.Chapters = b.Chapters[:1] }),
		"from files":         vary(func(b *Book) { b.Identity = Identity{} }),
		"emoji title":        vary(func(b *Book) { b.Title, b.Creators = "🦊🌊", []string{"\u202e\"<>\""} }),
		"title of quotes":    vary(func(b *Book) { b.Title = `"'“”'"` }),
		"control characters": vary(func(b *Book) { b.Title, b.Language = "\x00\x01\x02", "not a language" }),
		"invalid UTF-8":      vary(func(b *Book) { b.Title, b.Creators = "a\xff\xfeb", []string{"\xc3"} }),
		"many tags": vary(func(b *Book) {
			for i := range 300 {
				b.Tags.Freeforms = append(b.Tags.Freeforms, "tag <"+strconv.Itoa(i)+"> & more")
			}
		}),
		"arabic": vary(func(b *Book) {
			b.Language, b.Title = "ar", "المنارة"
			b.Chapters[0].Body = doc("كان البحر هادئا.", "ثم هبت الريح.")
		}),
		"japanese": vary(func(b *Book) { b.Language, b.Title = "ja", "静かな海"; b.Chapters[0].Body.Blocks = everyMark() }),
		"hostile markup": vary(func(b *Book) {
			for i, html := range hostile {
				read, _ := prose.ReadHTML(html)
				b.Chapters = append(b.Chapters, Chapter{ID: int64(5000 + i), Title: html, NotesBefore: read, Body: read})
			}
		}),
		"everything": everything(t),
	}
}

// hostile is markup that people have pasted, or would.
var hostile = []string{
	`<script>alert(1)</script><p onclick="x()">a</p>`,
	strings.Repeat("<div><blockquote>", 1000) + "deep",
	strings.Repeat("<em><b>", 500) + "deep" + strings.Repeat("</b></em>", 500),
	`<table><tr><td>a<td>b<table><tr><td>c</table></table><caption>late</caption>`,
	`<ul>loose<li>a<ol><p>b</p></ol></ul><li>alone`,
	`<dl><dd>before<dt>term<dd>after</dl>`,
	`<a href="https://example.org/"><p>block in a link</p><a href="https://example.org/2">link in a link</a></a>`,
	`<h1>one</h1><h6>six</h6><p><img src="data:image/png;base64,AAAA" alt='"'><img></p>`,
	`<details><p>no summary</p><summary>late</summary></details><ruby>漢<rt>かん</ruby>`,
	`<p lang="x-klingon" dir="sideways" class="a  b \"c" title="&lt;&quot;">&nbsp;&#0;&#xFFFF;&amp;amp;</p>`,
	`<time datetime="yesterday">then</time><q cite="ftp://x">q</q><ol start="-99999999999" reversed><li value="x">1</ol>`,
}

func TestEveryBookHoldsTogether(t *testing.T) {
	for name, b := range shelfOfBooks(t) {
		t.Run(name, func(t *testing.T) {
			checkBook(t, open(t, bind(t, b, EPUB)))
			for _, f := range []Format{HTML, Markdown, Text} {
				bind(t, b, f)
			}
			if os.Getenv("FICUS_LONG") != "" {
				epubcheck(t, b)
			}
		})
	}
}

func TestBookOfFourThousandChaptersIsBound(t *testing.T) {
	b := storm()
	b.Chapters = make([]Chapter, 4000)
	for i := range b.Chapters {
		b.Chapters[i] = Chapter{ID: int64(i + 1), Body: doc("One line.")}
	}
	checkBook(t, open(t, bind(t, b, EPUB)))
}

func TestBookRefusesWhatCannotBeBound(t *testing.T) {
	twice := storm()
	twice.Chapters[1].ID = twice.Chapters[0].ID
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		if err := Write(io.Discard, Book{Title: "Empty"}, f); !errors.Is(err, ErrNoChapters) {
			t.Errorf("%s of a work without chapters: %v", f, err)
		}
		if err := Write(io.Discard, twice, f); err == nil || !strings.Contains(err.Error(), "901") {
			t.Errorf("%s of two chapters with one id: %v", f, err)
		}
	}
	if err := Write(io.Discard, storm(), "mobi"); err == nil || !strings.Contains(err.Error(), "mobi") {
		t.Errorf("an unknown format: %v", err)
	}
}

func TestMediaTypeComesFirstAndStored(t *testing.T) {
	data := bind(t, storm(), EPUB)
	if got := string(data[30:58]); got != "mimetypeapplication/epub+zip" {
		t.Errorf("the book begins with %q", got)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if len(f.Extra) > 0 || f.Flags&8 != 0 || f.ModifiedDate != firstDay {
			t.Errorf("%s has extras, sizes told afterwards or a date of its own", f.Name)
		}
	}
	if r.File[0].Method != zip.Store {
		t.Error("the media type is compressed")
	}
}

func TestSameBookGivesSameBytes(t *testing.T) {
	for _, f := range []Format{EPUB, HTML, Markdown, Text} {
		if !bytes.Equal(bind(t, everything(t), f), bind(t, everything(t), f)) {
			t.Errorf("two bindings as %s differ", f)
		}
	}
}

func TestIdentityStaysWhileTheWorkChanges(t *testing.T) {
	b := storm()
	before := b.Identifier()
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(before) {
		t.Errorf("%s is no version 5 UUID", before)
	}
	last := ""
	for i := range 20 {
		b.Title, b.Creators = "Renamed "+strconv.Itoa(i), []string{"someone else"}
		b.Revised = b.Revised.Add(time.Hour)
		b.Chapters = append(b.Chapters, Chapter{ID: int64(2000 + i), Body: doc("More.")})
		opf := open(t, bind(t, b, EPUB)).parse(t, "package.opf")
		if got := opf.all("identifier")[0].Words; got != before {
			t.Fatalf("edit %d changed the identifier to %s", i, got)
		}
		modified := ""
		for _, m := range opf.all("meta") {
			if m.attr("property") == "dcterms:modified" {
				modified = m.Words
			}
		}
		if modified <= last {
			t.Fatalf("modified went from %q to %q", last, modified)
		}
		last = modified
	}
	other := storm()
	other.Identity.WorkID++
	if other.Identifier() == before {
		t.Error("another work has the same identifier")
	}
	// The same address named by another program.
	if got := uuidFromName("https://archive.example/works/42"); got != "e933e77f-ef97-53e6-b05f-9ab0f6a6cefb" {
		t.Errorf("UUID of an address: %s", got)
	}
}

func TestChapterBetweenRenamesNothing(t *testing.T) {
	b := storm()
	before := open(t, bind(t, b, EPUB))
	b.Chapters = slices.Insert(b.Chapters, 1, Chapter{ID: 999, Title: "Between", Body: doc("New.")})
	after := open(t, bind(t, b, EPUB))
	checkBook(t, after)
	for name, content := range before.files {
		if !strings.HasPrefix(name, "EPUB/c-") {
			continue
		}
		if diff := cmp.Diff(content, after.files[name]); diff != "" {
			t.Errorf("%s changed when another chapter came:\n%s", name, diff)
		}
	}
}

func TestParagraphIDsStayWhenOthersChange(t *testing.T) {
	ids := func(d prose.Document) map[string]string {
		b := storm()
		b.Chapters = []Chapter{{ID: 1, Body: d}}
		byWords := map[string]string{}
		for _, p := range open(t, bind(t, b, EPUB)).parse(t, "c-1.xhtml").all("p") {
			if id := p.attr("id"); strings.HasPrefix(id, "p-") {
				byWords[id] = p.Words
			}
		}
		return byWords
	}
	before := ids(doc("The lamp was lit.", "“No.”", "“No.”", "The sea rose."))
	after := ids(doc("A new opening.", "The lamp  was lit.", "“No.”", "“No.”", "The sea rose a little.", "The end."))
	if len(before) != 4 {
		t.Fatalf("four paragraphs have %d ids: %v", len(before), before)
	}
	kept := 0
	for id := range before {
		if _, ok := after[id]; ok {
			kept++
		}
	}
	if kept != 3 {
		t.Errorf("%d of the 3 unchanged paragraphs kept their ids: %v, then %v", kept, before, after)
	}
}

func TestTwoPagesStandBeforeTheStoryAlways(t *testing.T) {
	full, bare := storm(), storm()
	bare.Summary, bare.NotesBefore, bare.NotesAfter, bare.Tags = prose.Document{}, prose.Document{}, prose.Document{}, Tags{}
	for _, b := range []Book{full, bare} {
		var spine []string
		for _, ref := range open(t, bind(t, b, EPUB)).parse(t, "package.opf").all("itemref") {
			spine = append(spine, ref.attr("idref"))
		}
		want := []string{"cover", "title-page", "c-901", "c-907", "c-911", "end", "nav"}
		if diff := cmp.Diff(want, spine); diff != "" {
			t.Errorf("spine (-want +got):\n%s", diff)
		}
	}
}

func TestSingleChapterGoesByTheTitleOfTheWork(t *testing.T) {
	b := storm()
	b.Chapters = []Chapter{{ID: 1, Number: 1, Body: doc("Once.")}}
	nav := open(t, bind(t, b, EPUB)).parse(t, "nav.xhtml").all("nav")[0]
	if got := nav.all("a")[1].Words; got != b.Title {
		t.Errorf("contents call the only chapter %q", got)
	}
}

func TestContentsNameChaptersAsReadersDo(t *testing.T) {
	var labels []string
	for _, a := range open(t, bind(t, storm(), EPUB)).parse(t, "nav.xhtml").all("nav")[0].all("a") {
		labels = append(labels, a.Words)
	}
	want := []string{"The Lamplighter's Daughter", "1. Oil", "Chapter 2", "Chapter the Third", "After the story"}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
}

func TestNotesStandAroundTheStoryWithTheirRoles(t *testing.T) {
	chapter := open(t, bind(t, storm(), EPUB)).file(t, "c-907.xhtml")
	at := -1
	for _, want := range []string{
		`role="doc-chapter"`, `<h1 id="chapter"`, `datetime="2024-05-12"`, "For <bdi>Pell<", "The stair.", "Not mine.",
		`role="doc-notice"`, "Sorry this took so long.", "Oriane counted the steps.", `role="doc-afterword"`, "More on Sunday.",
	} {
		next := strings.LastIndex(chapter, want)
		if next <= at {
			t.Errorf("%q is missing or out of its order", want)
		}
		at = next
	}
}

func TestRightToLeftBooksTurnTheirPages(t *testing.T) {
	for language, want := range map[string]string{"ar": "rtl", "he-IL": "rtl", "fa": "rtl", "ur": "rtl", "en": "ltr", "ja": "ltr", "az-Arab": "rtl", "ar-Latn": "ltr", "": "ltr"} {
		b := storm()
		b.Language = language
		opf := open(t, bind(t, b, EPUB)).parse(t, "package.opf")
		if got := opf.all("spine")[0].attr("page-progression-direction"); got != want {
			t.Errorf("%q turns its pages %s", language, got)
		}
	}
}

func TestMetadataTellsLibrariesWhatTheyAsk(t *testing.T) {
	opf := open(t, bind(t, storm(), EPUB)).file(t, "package.opf")
	for _, want := range []string{
		`<dc:source>https://archive.example/works/42</dc:source>`,
		`<dc:date>2024-05-03T12:00:00Z</dc:date>`,
		`<meta property="dcterms:modified">2024-06-07T21:15:00Z</meta>`,
		`property="file-as">Lamplighter's Daughter, The</meta>`,
		`<dc:creator id="creator-2">pell_writes</dc:creator>`,
		`<meta refines="#creator-2" property="display-seq">2</meta>`,
		`<dc:publisher>The Harbour Archive</dc:publisher>`,
		`<dc:subject id="subject-1">The Harbour Lights</dc:subject>`,
		`<meta refines="#subject-1" property="authority">https://archive.example/tags/fandom</meta>`,
		`<meta property="schema:contentRating">Teen</meta>`,
		`<meta property="schema:wordCount">25</meta>`,
		`<meta name="cover" content="cover-image"/>`,
		`properties="cover-image"`,
	} {
		if !strings.Contains(opf, want) {
			t.Errorf("the package does not say %s", want)
		}
	}
}

func TestAccessibilityIsClaimedOnlyWhenEarned(t *testing.T) {
	const claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
	with := func(src, alt string) Book {
		b := everything(t)
		b.Chapters = []Chapter{{ID: 1, Body: prose.Document{Blocks: []prose.Block{{Kind: prose.Image, Src: src, Alt: alt}}}}}
		return b
	}
	noLanguage := storm()
	noLanguage.Language = ""
	table := storm()
	table.Chapters[0].Body.Blocks = append(table.Chapters[0].Body.Blocks, prose.Block{Kind: prose.Table, Blocks: []prose.Block{
		{Kind: prose.Row, Blocks: []prose.Block{{Kind: prose.Cell, Blocks: []prose.Block{para("alone")}}}}}})
	const lamp, turning = "https://pictures.example/lamp.png", "https://pictures.example/turning.gif"
	for name, c := range map[string]struct {
		book   Book
		claims bool
		says   []string
	}{
		"text only":           {storm(), true, []string{"accessModeSufficient\">textual<", "alternativeText", "Hazard\">none<"}},
		"described picture":   {with(lamp, "A lamp"), true, []string{"accessMode\">visual<", "alternativeText", "accessModeSufficient\">textual<"}},
		"undescribed picture": {with(lamp, ""), false, []string{"accessModeSufficient\">textual,visual<", "Some pictures"}},
		"moving picture":      {with(turning, "A lamp turns"), false, []string{"Hazard\">unknown<"}},
		"unknown language":    {noLanguage, false, []string{"<dc:language>und<"}},
		"table without head":  {table, false, nil},
	} {
		opf := open(t, bind(t, c.book, EPUB)).file(t, "package.opf")
		if got := strings.Contains(opf, claim) && strings.Contains(opf, "a11y:certifiedBy"); got != c.claims {
			t.Errorf("%s: claims conformance: %v", name, got)
		}
		for _, want := range c.says {
			if !strings.Contains(opf, want) {
				t.Errorf("%s: does not say %s", name, want)
			}
		}
	}
	if o := open(t, bind(t, with(lamp, ""), EPUB)).file(t, "package.opf"); strings.Contains(o, "alternativeText") {
		t.Error("claims alternative text for a picture without")
	}
}

func TestSoftHyphensAndEmptyParagraphsStayOut(t *testing.T) {
	b := storm()
	b.Chapters = []Chapter{{ID: 1, Body: doc("The light\u00adhouse.", "", " ", "The sea.")}}
	chapter := open(t, bind(t, b, EPUB)).file(t, "c-1.xhtml")
	if strings.Contains(chapter, "\u00ad") || !strings.Contains(chapter, "The lighthouse.") {
		t.Error("a soft hyphen is in the book")
	}
	if got := strings.Count(chapter, `id="p-`); got != 2 {
		t.Errorf("two paragraphs and two empty ones became %d", got)
	}
}

func TestHeadingsStepDownOneAtATime(t *testing.T) {
	for _, f := range []Format{EPUB, HTML} {
		page := string(bind(t, everything(t), f))
		if f == EPUB {
			page = open(t, []byte(page)).file(t, "c-950.xhtml")
		}
		last := 0
		for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
			level, _ := strconv.Atoi(m[1])
			if level > last+1 {
				t.Errorf("%s: a heading of level %d follows one of level %d", f, level, last)
			}
			last = level
		}
	}
}

func TestAcceptance91_PartBooksLoadNothingFromOtherHosts(t *testing.T) {
	loads := regexp.MustCompile(`(?i)(src|poster|data|srcset)\s*=\s*"(https?:)?//|url\(|@import|<link[^>]+href="http`)
	o := open(t, bind(t, everything(t), EPUB))
	for name, content := range o.files {
		if !strings.HasSuffix(name, ".jpg") && !strings.HasSuffix(name, ".png") && loads.MatchString(content) {
			t.Errorf("%s loads %q", name, loads.FindString(content))
		}
	}
	if page := string(bind(t, everything(t), HTML)); loads.MatchString(page) {
		t.Errorf("the page loads %q", loads.FindString(page))
	}
	if page := string(bind(t, everything(t), Markdown)); strings.Contains(page, "![") {
		t.Error("the Markdown holds a picture from elsewhere")
	}
	chapter := o.file(t, "c-950.xhtml")
	for _, want := range []string{
		`<a href="https://pictures.example/missing.png">[Picture: A ship]</a>`,
		`<a href="https://archive.example/pictures/9.png">[Picture: Our own]</a>`,
	} {
		if !strings.Contains(chapter, want) {
			t.Errorf("a picture that cannot be had did not become %s", want)
		}
	}
}

// TestBookOfEveryBlockPassesEpubcheck gives one book with every kind
// of block to the real checker.
func TestBookOfEveryBlockPassesEpubcheck(t *testing.T) {
	epubcheck(t, everything(t))
}

// TestAcceptance56_PartEveryFormatOpensWithContentsNotesAndMetadata reads each
// binding as a reader would find it.
func TestAcceptance56_PartEveryFormatOpensWithContentsNotesAndMetadata(t *testing.T) {
	o := open(t, bind(t, everything(t), EPUB))
	checkBook(t, o)
	all := ""
	for _, content := range o.files {
		all += content
	}
	for f, content := range map[Format]string{
		EPUB: all, HTML: string(bind(t, everything(t), HTML)),
		Markdown: string(bind(t, everything(t), Markdown)), Text: string(bind(t, everything(t), Text)),
	} {
		for _, want := range []string{
			"Lamplighter", "Mara Quill", "The Harbour Lights", "Slow burn", "Teen", "3 May 2024", // metadata
			"Written for the winter exchange.", "Sorry this took so long.", "More on Sunday.", "Not mine.", "Thank you for reading", // notes
			"Oil", "Chapter 2", "Oriane counted the steps.", "A ship", "who keeps the light", "Forty-one.",
		} {
			if !strings.Contains(content, want) {
				t.Errorf("the %s binding lacks %q", f, want)
			}
		}
	}
}

// epubcheck fails the test when Debian's checker finds anything.
func epubcheck(t *testing.T, b Book) {
	t.Helper()
	const jar = "/usr/share/java/epubcheck.jar"
	if _, err := os.Stat(jar); err != nil {
		t.Fatal("epubcheck is missing; install it with: apt-get install epubcheck")
	}
	path := filepath.Join(t.TempDir(), "book.epub")
	if err := os.WriteFile(path, bind(t, b, EPUB), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("java", "-jar", jar, "--failonwarnings", path).CombinedOutput(); err != nil {
		t.Errorf("epubcheck: %v\n%s", err, out)
	}
}

func BenchmarkEPUB100000Words(b *testing.B) {
	book := long(100_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteEPUB(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}
