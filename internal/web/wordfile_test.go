package web_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/browser"
	"ficus/internal/web"
)

// told are what a word processor and a camera noted in a file. Nobody is ever
// given any of it.
var toldOfWriter = []string{"Quillfeather", "Hearthstone Ltd", "Brigid Betareader", "a remark in the margin", "PLACE-59.91N-10.75E", "C:\\Users\\", "00A77B3E"}

// photographWithPlace is a JPEG whose camera noted where it was.
func photographWithPlace(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		for y := range 48 {
			m.Set(x, y, color.RGBA{uint8(x * 4), uint8(y * 5), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, m, nil))
	segment := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00 PLACE-59.91N-10.75E"
	length := len(segment) + 2
	return string(b.Bytes()[:2]) + "\xff\xe1" + string([]byte{byte(length >> 8), byte(length)}) + segment + string(b.Bytes()[2:])
}

// wordFile is a .docx with author, company, an editor, a comment and a
// photograph with a place.
func wordFile(t *testing.T, chapters ...string) string {
	t.Helper()
	const ns = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
	const kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const who = ` w:id="1" w:author="Brigid Betareader" w:date="2020-01-01T00:00:00Z"`
	body := ""
	for _, title := range chapters {
		body += `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>` + title + `</w:t></w:r></w:p>` +
			`<w:p w:rsidR="00A77B3E"><w:r><w:t xml:space="preserve">The lamp was </w:t></w:r><w:ins` + who + `><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">very </w:t></w:r></w:ins><w:del` + who + `><w:r><w:delText>hardly </w:delText></w:r></w:del><w:r><w:t>lit.</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>` +
			`<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>* * *</w:t></w:r></w:p>` +
			`<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="C:\Users\x.jpg" descr="A lamp at night"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:blip r:embed="rP"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>` +
			`<w:p><w:r><w:t>Nobody came, and the keeper counted the ships that were not there.</w:t></w:r></w:p>`
	}
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + kinds + kind + `" Target="` + target + `"/>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships>` + relation("r1", "officeDocument", "word/document.xml") + `</Relationships>`},
		{"docProps/core.xml", `<dc:creator>Jane Quillfeather</dc:creator><cp:lastModifiedBy>Brigid Betareader</cp:lastModifiedBy>`},
		{"docProps/app.xml", `<Company>Hearthstone Ltd</Company>`},
		{"word/document.xml", `<w:document` + ns + `><w:body>` + body + `</w:body></w:document>`},
		{"word/styles.xml", `<w:styles` + ns + `><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>`},
		{"word/comments.xml", `<w:comments` + ns + `><w:comment` + who + `>a remark in the margin</w:comment></w:comments>`},
		{"word/media/image1.jpeg", photographWithPlace(t)},
		{"word/_rels/document.xml.rels", `<Relationships>` + relation("rS", "styles", "styles.xml") + relation("rC", "comments", "comments.xml") + relation("rP", "image", "media/image1.jpeg") + `</Relationships>`},
	} {
		w, err := z.Create(part[0])
		must(t, err)
		_, err = io.WriteString(w, part[1])
		must(t, err)
	}
	must(t, z.Close())
	return b.String()
}

// allInside is bytes as they are, and all that is packed in them, packs inside
// packs too.
func allInside(data []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return data
	}
	all := bytes.Clone(data)
	for _, f := range z.File {
		all = append(all, f.Name+f.Comment...)
		if r, err := f.Open(); err == nil {
			inside, _ := io.ReadAll(r)
			r.Close()
			all = append(all, allInside(inside)...)
		}
	}
	return all
}

func checkTellsNothing(t *testing.T, where string, data []byte) {
	t.Helper()
	all := allInside(data)
	for _, secret := range toldOfWriter {
		if bytes.Contains(all, []byte(secret)) {
			t.Errorf("%s tells %q", where, secret)
		}
	}
}

func TestAcceptance97NothingThatTellsOfTheWriterLeavesAWordFile(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, kit *testkit.World) {
		var bucket media.Bucket
		w := openWorld(t, kit, func(_ *web.Site, r *web.Rooms) { bucket = r.Bucket })
		mara := w.member("mara")
		sent := wordFile(t, "Chapter 1: Fog", "Chapter 2: Rain")
		for _, secret := range toldOfWriter {
			if !bytes.Contains(allInside([]byte(sent)), []byte(secret)) {
				t.Fatalf("the file does not tell %q", secret)
			}
		}
		review := mara.postFiles("/works/new/upload", form(), upload{"file", "draft.docx", sent}).expect(http.StatusSeeOther).to()
		mara.opens(review).has("The lamp was <em>very</em> lit.", "2 scene breaks", "2 hidden comments", "tracked insertions", "made anew", "mentions of who edited", `alt="A lamp at night"`)
		to := mara.postFiles("/works/new", formOfBrought(review)).expect(http.StatusSeeOther).to()
		work, err := strconv.ParseInt(strings.TrimPrefix(to, "/works/"), 10, 64)
		must(t, err)
		w.showsToAll(work, mara, w.guest(), w.staff("vera"), w.member("other"))
		for _, path := range []string{review, review + "/original"} {
			checkTellsNothing(t, path, []byte(mara.opens(path).body))
		}
		original := mara.opens(review + "/original").body
		again := mara.postFiles("/works/new/upload", form(), upload{"file", "again.docx", original}).expect(http.StatusSeeOther).to()
		need(t, "the original, brought again, in words", mara.reading(again).SourceText, mara.reading(review).SourceText)
		path := filepath.Join(t.TempDir(), "copy.zip")
		_, err = backup.Make(t.Context(), backup.Place{DB: kit.DB, Bucket: bucket, Schema: store.Schema()}, path, "test", archive.SystemClock{}, nil)
		must(t, err)
		whole, err := os.ReadFile(path)
		must(t, err)
		checkTellsNothing(t, "the backup", whole)
		if !bytes.Contains(allInside(whole), []byte("The lamp was")) {
			t.Error("the backup was not read")
		}
	})
}

// formOfBrought posts the work of a manuscript of several chapters.
func formOfBrought(review string) url.Values {
	sent := newWorkForm("Lamps", "")
	sent.Del("text")
	sent.Set("planned", "2")
	sent.Set("manuscript", strings.TrimPrefix(review, "/manuscripts/"))
	sent.Set("story", "0")
	return sent
}

// showsToAll opens everything that shows a work, as each of these, with its
// pictures, and holds that nothing of its writer's word processor is there.
func (w *world) showsToAll(work int64, who ...*client) {
	w.t.Helper()
	paths := w.everyPath(work)
	for _, c := range w.chapters(work) {
		paths = append(paths, chapterPath(work, c.ID))
	}
	paths = append(paths, workPath(work, "/pictures/1"), "/feed", workPath(work, "/feed"))
	pictures := 0
	for _, c := range who {
		for _, path := range paths {
			a := c.get(path)
			checkTellsNothing(w.t, path, []byte(a.body))
			if strings.Contains(path, "/pictures/") && a.status == http.StatusOK {
				pictures++
			}
		}
	}
	if pictures < len(who) {
		w.t.Errorf("the picture was shown %d times to %d people", pictures, len(who))
	}
	book := who[0].opens(workPath(work, ".epub")).body
	if !bytes.Contains(allInside([]byte(book)), []byte("A lamp at night")) || !bytes.Contains(allInside([]byte(book)), []byte("\xff\xd8\xff")) {
		w.t.Error("the book has no picture")
	}
}

func TestABookOfTwoChaptersKeepsThePicturesOfEach(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.postFiles("/works/new/upload", form(), upload{"file", "draft.docx", wordFile(t, "Chapter 1: Fog", "Chapter 2: Rain")}).expect(http.StatusSeeOther).to()
	mara.opens(mara.postFiles("/works/new", formOfBrought(review)).expect(http.StatusSeeOther).to())
	for _, c := range w.chapters(1) {
		mara.opens(chapterPath(1, c.ID)).has(`/works/1/pictures/1"`, `alt="A lamp at night"`)
	}
}

func TestTheOneChapterOfAWordFileStandsInTheFormWithItsPictures(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.postFiles("/works/new/upload", form(), upload{"file", "x", wordFile(t, "Fog")}).expect(http.StatusSeeOther).to()
	mara.opens("/works/new?manuscript="+strings.TrimPrefix(review, "/manuscripts/")).has(`name="kept_picture" value="`, "A lamp at night")
}

func TestWordFilesThatCannotBeReadAreNamed(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	whole := wordFile(t, "Fog")
	for data, say := range map[string]string{
		whole[:len(whole)/2]: "damaged or was cut off",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00":                     "old Word format",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00": "locked with a password",
	} {
		mara.postFiles("/works/new/upload", form(), upload{"file", "draft.docx", data}).expect(http.StatusUnprocessableEntity).has(say)
	}
}

func TestAcceptance63AWordFileIsReviewedOnAPhone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {Phone: true}, "without": {Phone: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.member("mara")
			p := w.reads(how)
			signIn(p, "mara")
			file := filepath.Join(t.TempDir(), "draft.docx")
			must(t, os.WriteFile(file, []byte(wordFile(t, "Chapter 1: Fog", "Chapter 2: Rain")), 0o600))
			p.Open("/works/new/upload")
			p.Upload("A file, or several", file)
			p.Submit("Read it")
			p.Sees("The lamp was very lit.")
			p.Sees("2 tracked insertions, taken into the text")
			p.Sees("2 hidden comments")
			p.Sees("Taken out before we kept your file")
			p.Axe()
			p.Look("review-word-file-" + strings.ReplaceAll(name, " ", "-"))
		})
	}
}

func TestTheDeletedWordsOfAFileAreKeptByAPress(t *testing.T) {
	w := newWorld(t)
	mara, other := w.member("mara"), w.member("other")
	review := mara.postFiles("/works/new/upload", form(), upload{"file", "draft.rtf", `{\rtf1\ansi The {\deleted old }{\revised new }tide came in.\par}`}).expect(http.StatusSeeOther).to()
	mara.opens(review).has("The new tide came in.", "1 tracked deletion, not shown", "Keep the deleted words", "Leave the inserted words out")
	take := form("do", "take", "what", "tracked-deletion")
	other.post(review, take).expect(http.StatusNotFound)
	mara.post(review, form("do", "take", "what", "comment")).expect(http.StatusNotFound)
	to := mara.post(review, take).expect(http.StatusSeeOther).to()
	mara.opens(to).has("The old new tide came in.", "1 tracked deletion, its words kept", "Leave the deleted words out", "Read again with other words of the file.")
	mara.post(review, form("do", "again")).expect(http.StatusSeeOther)
	mara.opens(review).has("The new tide came in.")
}
