package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficus/internal/manuscript/office"
)

const (
	container = `<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
	opf       = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="x"><dc:title>Salt</dc:title><dc:creator>Mara</dc:creator></metadata><manifest>%s</manifest><spine toc="ncx">%s</spine></package>`
)

// made binds files into a zip, in the order of names and texts.
func made(t testing.TB, files ...string) []byte {
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

// book binds pages in their order, with more files behind them.
func book(t testing.TB, pages []string, more ...string) []byte {
	t.Helper()
	var manifest, spine strings.Builder
	files := []string{"mimetype", "application/epub+zip", "META-INF/container.xml", container}
	for i, page := range pages {
		fmt.Fprintf(&manifest, `<item id="p%d" href="p%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="p%d"/>`, i)
		files = append(files, fmt.Sprintf("OEBPS/p%d.xhtml", i), page)
	}
	manifest.WriteString(`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`)
	return made(t, append(append(files, "OEBPS/content.opf", fmt.Sprintf(opf, manifest.String(), spine.String())), more...)...)
}

func page(body string) string {
	return `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + body + `</body></html>`
}

func TestHostileBooksAreRefusedInOneSentence(t *testing.T) {
	whole := book(t, []string{page("<p>so</p>")})
	for name, c := range map[string]struct {
		data []byte
		rule string
	}{
		"a million nested tags":  {book(t, []string{page(strings.Repeat("<div>", 1_000_000) + randomish(20_000))}), "manuscript.nested"},
		"a page that swells":     {book(t, []string{page(strings.Repeat("<p>x</p>", 6_000_000))}), "manuscript.unpacked"},
		"more nodes than novels": {book(t, []string{page(strings.Repeat("<i>x</i>", 30_000) + randomish(400_000))}), "manuscript.unpacked"},
		"cut off":                {whole[:len(whole)*2/3], "manuscript.broken"},
		"nothing to read":        {book(t, nil), "manuscript.broken_book"},
		"no list":                {made(t, "META-INF/container.xml", container), "manuscript.broken_book"},
		"leads out":              {made(t, "META-INF/container.xml", container, "../../etc/passwd", "x"), "manuscript.unsafe"},
		"locked": {book(t, []string{page("<p>so</p>")}, "META-INF/encryption.xml",
			`<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData><CipherReference URI="OEBPS/p0.xhtml"/></CipherData></EncryptedData></encryption>`), "manuscript.locked_book"},
	} {
		begin := time.Now()
		_, err := Read(c.data)
		var told *office.Error
		if !errors.As(err, &told) || told.Rule != c.rule || told.Sentence == "" {
			t.Errorf("%s: %v, want %s", name, err, c.rule)
		}
		if took := time.Since(begin); took > 4*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// randomish is markup that a zip cannot pack too well.
func randomish(n int) string {
	var s strings.Builder
	x := uint32(7)
	for range n {
		x = x*1664525 + 1013904223
		fmt.Fprintf(&s, "<b>%x</b>", x>>8)
	}
	return s.String()
}

func TestEntitiesAndFontsAreNoBombs(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><html><body><p>so &c; it &eacute; goes</p></body></html>`
	got, err := Read(book(t, []string{bomb}, "META-INF/encryption.xml",
		`<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><CipherData><CipherReference URI="OEBPS/f.otf"/></CipherData></EncryptedData></encryption>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Pages[0].HTML) > 1000 || len(got.Told) != 1 || got.Told[0].Kind != "locked-font" {
		t.Errorf("%d bytes, told %v", len(got.Pages[0].HTML), got.Told)
	}
}

func TestNotesThatCallEachOtherEnd(t *testing.T) {
	got, err := Read(book(t, []string{page(`<p>a<a epub:type="noteref" href="#n1">1</a></p><aside epub:type="footnote" id="n1">x <a epub:type="noteref" href="#n2">2</a></aside>` +
		`<aside epub:type="footnote" id="n2">y <a epub:type="noteref" href="#n1">1</a></aside>`)}))
	if err != nil || strings.Count(got.Pages[0].HTML, "footnote") > 2 {
		t.Errorf("%v: %v", got.Pages, err)
	}
}

func TestABookIsKeptWithoutWhatTellsOfWhoHadIt(t *testing.T) {
	data := book(t, []string{page(`<p>so <img src="a.png" alt="x"/></p>`)}, "iTunesMetadata.plist", "<key>appleId</key>jane@example.org", "META-INF/calibre_bookmarks.txt", "jane",
		"META-INF/rights.xml", "jane", "OEBPS/f.otf", "font", "OEBPS/a.png", "jane", "OEBPS/j.js", "jane()")
	clean, removed, err := Scrub(data, func([]byte) ([]byte, string, error) { return []byte("anew"), "image/png", nil })
	if err != nil {
		t.Fatal(err)
	}
	pack, err := office.OpenPack(clean)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pack.Names() {
		if content, err := pack.Read(name); err != nil || bytes.Contains(content, []byte("jane")) {
			t.Errorf("%s: %v, %s", name, err, content)
		}
	}
	if len(removed) != 4 {
		t.Errorf("told %v", removed)
	}
	before, err := Read(data)
	after, again := Read(clean)
	if err != nil || again != nil || before.Pages[0].HTML != after.Pages[0].HTML || len(after.Pictures) != 1 {
		t.Errorf("read again it is %v, %v", after, again)
	}
}

func FuzzBook(f *testing.F) {
	for _, seed := range [][2]string{
		{page(`<h1>One</h1><p>so</p>`), `<ncx><navPoint><navLabel><text>One</text></navLabel><content src="p0.xhtml"/></navPoint></ncx>`},
		{page(`<div id="preface"><dl class="tags"><dt>Rating:</dt><dd>Teen</dd></dl></div><div id="chapters"><h2>x</h2><div class="userstuff"><p>a</p></div></div>`), ``},
		{page(`<p>a<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>b</p></aside>`), `<x`},
		{page(`<section epub:type="chapter"><div class="story"><p>a</p></div></section>`), `<ncx/>`},
	} {
		f.Add(seed[0], seed[1], opf)
	}
	f.Fuzz(func(t *testing.T, one, toc, list string) {
		got, err := Read(made(t, "META-INF/container.xml", container, "OEBPS/content.opf", strings.ReplaceAll(list, "%s", `<item id="p0" href="p0.xhtml"/><itemref idref="p0"/>`),
			"OEBPS/p0.xhtml", one, "OEBPS/toc.ncx", toc))
		var told *office.Error
		if err != nil && !errors.As(err, &told) {
			t.Errorf("%T %v", err, err)
		}
		for _, p := range got.Pages {
			if len(p.HTML) > 200*(len(one)+len(toc)+len(list))+10_000 {
				t.Errorf("%d bytes grew to %d", len(one), len(p.HTML))
			}
		}
	})
}
