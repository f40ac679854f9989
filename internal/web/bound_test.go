package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"net/http"
	"testing"
)

// bookFile is an EPUB of one chapter with a photograph with a place, and with
// what a shop wrote of its buyer.
func bookFile(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range [][2]string{
		{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`},
		{"b.opf", `<package><metadata><dc:title>Salt</dc:title><dc:creator>Mara</dc:creator></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`},
		{"a.xhtml", `<html><head><title/><style>.i{font-style:italic}</style></head><body><h1>The Lamp</h1><p>The lamp was <span class="i">very</span> lit, and nobody came.</p><p><img src="p.jpg" alt="A lamp at night"/></p></body></html>`},
		{"p.jpg", photographWithPlace(t)}, {"iTunesMetadata.plist", "Brigid Betareader"},
	} {
		w, err := z.Create(f[0])
		must(t, err)
		_, err = w.Write([]byte(f[1]))
		must(t, err)
	}
	must(t, z.Close())
	return out.String()
}

// A book and a rich text are reviewed, posted with their pictures, and kept
// without what tells of their writer.
func TestBooksAndRichTextsComeInWhole(t *testing.T) {
	rich := `{\rtf1\ansi{\info{\author Quillfeather}{\*\company Hearthstone Ltd}}{\*\revtbl{Brigid Betareader;}}\pard The lamp was {\i very} lit, and nobody came.{\*\annotation a remark in the margin}\par` +
		`\pard{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A lamp at night}}}\jpegblip ` + hex.EncodeToString([]byte(photographWithPlace(t))) + `}\par}`
	worlds(t, func(t *testing.T, w *world) {
		for name, sent := range map[string]string{"epub": bookFile(t), "rtf": rich} {
			mara := w.member("mara" + name)
			review := mara.postFiles("/works/new/upload", form(), upload{"file", "salt." + name, sent}).expect(http.StatusSeeOther).to()
			mara.opens(review).has("The lamp was <em>very</em> lit", `alt="A lamp at night"`)
			for _, path := range []string{review, review + "/original"} {
				checkTellsNothing(t, name+" "+path, []byte(mara.opens(path).body))
			}
			to := mara.postFiles("/works/new", formOfBrought(review)).expect(http.StatusSeeOther).to()
			mara.opens(to).has("The lamp was <em>very</em> lit", "/pictures/")
			again := mara.postFiles("/works/new/upload", form(), upload{"file", "salt." + name, mara.opens(review + "/original").body}).expect(http.StatusSeeOther).to()
			need(t, name+", brought again, in words", mara.reading(again).SourceText, mara.reading(review).SourceText)
		}
	})
}
