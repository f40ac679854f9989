package web_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/browser"
)

// chapterTold is a text that tells what no other one of another number does.
func chapterTold(n int) string {
	random := rand.New(rand.NewPCG(uint64(n), 13))
	words := strings.Fields("salt harbour lamp fog gull rope kettle bread tide mole log keeper boat stair window brass letter weather coat door jetty north quiet")
	var s strings.Builder
	fmt.Fprintf(&s, "This is told as number %d.\n\n", n)
	for range 6 {
		for range 20 {
			s.WriteString(words[random.IntN(len(words))] + " ")
		}
		s.WriteString("so.\n\n")
	}
	return s.String()
}

// packs makes a zip of names and texts in turn.
func packs(t *testing.T, pairs ...string) string {
	t.Helper()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := 0; i+1 < len(pairs); i += 2 {
		f, err := z.Create(pairs[i])
		must(t, err)
		_, err = io.WriteString(f, pairs[i+1])
		must(t, err)
	}
	must(t, z.Close())
	return packed.String()
}

// bringsFiles sends files as a pile and gives its page.
func (c *client) bringsFiles(files ...upload) (address string, a answer) {
	c.w.t.Helper()
	for i := range files {
		files[i].field = "file"
	}
	sent := c.postFiles("/works/new/upload", nil, files...).expect(http.StatusSeeOther)
	address = sent.to()
	if !strings.HasPrefix(address, "/piles/") {
		c.w.t.Fatalf("the pile leads to %s", address)
	}
	return address, c.opens(address)
}

// texts are the numbers that the chapters of a work's only page are told as.
func (c *client) toldIn(work string) (numbers []string) {
	c.w.t.Helper()
	for _, m := range regexp.MustCompile(`told as number (\d+)`).FindAllStringSubmatch(c.opens(work+"/entire").body, -1) {
		numbers = append(numbers, m[1])
	}
	return numbers
}

// draftOf is the work that a pile's page leads to.
func draftOf(a answer) string {
	a.t.Helper()
	m := regexp.MustCompile(`href="(/works/\d+)/chapters"`).FindStringSubmatch(a.body)
	if m == nil {
		a.t.Fatalf("the pile leads to no work:\n%s", a.text())
	}
	return m[1]
}

func TestSeveralFilesBecomeDraftsInTheOrderOfTheirWriter(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		address, a := mara.bringsFiles(
			upload{name: "ch10.txt", data: chapterTold(10)}, upload{name: "ch2.txt", data: chapterTold(2)}, upload{name: "ch1.md", data: "# Chapter 1: Arrivals\n\n" + chapterTold(1)},
			upload{name: "ch2 <b>old.txt", data: chapterTold(2) + "More.\n"}, upload{name: "cover.jpg", data: "x"}, upload{name: "empty.txt"}, upload{name: "broken.rtf", data: `{\rtf1 so`},
		)
		a.has("7 files: 3 texts, 1 other version and 3 skipped.", "Arrivals", "ch2 &lt;b&gt;old.txt", "cover.jpg", "This is a picture", "empty.txt", "There is no text in this file.", "broken.rtf", "This file is damaged").lacks("told as number")
		if strings.Index(a.body, "ch2.txt") > strings.Index(a.body, "ch10.txt") {
			t.Error("chapter 10 stands before chapter 2")
		}
		pell.get(address).expect(http.StatusNotFound).lacks("ch10.txt")
		w.guest().get(address).expect(http.StatusSeeOther).lacks("ch10.txt")

		// texts by number: ch1.md 3, ch10.txt 4, ch2 old 5, ch2.txt 6: of natural order
		number := func(of string) string {
			row := a.body[:strings.Index(a.body, ">"+of+"</")]
			m := regexp.MustCompile(`id="f-file-(\d+)"`).FindAllStringSubmatch(row, -1)
			return m[len(m)-1][1]
		}
		ten := number("ch10.txt")
		form := form("base", numberIn(a, "base"), "do", "earlier-"+ten, "title-1", "Salt water", "row", ten, "in-"+ten, "yes", "place-"+ten, "3")
		pressed := mara.post(address, form).expect(http.StatusSeeOther)
		need(t, "where it leads", pressed.to(), address+"?said=earlier#f-file-"+ten)
		a = mara.opens(strings.TrimSuffix(pressed.to(), "#f-file-"+ten)).has("Moved.", `value="Salt water"`)
		mara.post(address, form).expect(http.StatusConflict).has("The pile was changed in another tab")

		mara.post(address, map[string][]string{"base": {numberIn(a, "base")}, "do": {"make"}}).expect(http.StatusSeeOther)
		a = mara.opens(address + "?said=make").has("The drafts are made.")
		work := draftOf(a)
		need(t, "the order", strings.Join(mara.toldIn(work), " "), "1 10 2")
		mara.opens(work + "/chapters").has("Arrivals")
		for _, path := range []string{work, work + "/entire", work + "/chapters", work + ".epub"} {
			if got := pell.get(path); got.status != http.StatusNotFound {
				t.Errorf("%s is answered to another with %d", path, got.status)
			}
		}
		for _, path := range []string{"/", "/works", "/users/mara", "/search?q=Salt"} {
			pell.opens(path).lacks("Salt water", "told as number")
		}
		mara.opens("/works/new/upload").has("Piles you brought", address, "7 files")
		pell.opens("/works/new/upload").lacks(address)
		mara.post(address, map[string][]string{"do": {"drop"}}).expect(http.StatusSeeOther)
		mara.get(address).expect(http.StatusNotFound)
		need(t, "the draft afterwards", strings.Join(mara.toldIn(work), " "), "1 10 2")
	})
}

func TestOneFileGoesItsOwnWayAndAZipIsAPile(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	one := mara.postFiles("/works/new/upload", nil, upload{"file", "ch1.txt", chapterTold(1)}).expect(http.StatusSeeOther)
	if !strings.HasPrefix(one.to(), "/manuscripts/") {
		t.Errorf("one file leads to %s", one.to())
	}
	mara.opens(one.to()).lacks("Back to the pile").has("Go on to the tags")
	address, a := mara.bringsFiles(upload{name: "Salt.zip", data: packs(t, "b/ch2.txt", chapterTold(2), "b/ch1.txt", chapterTold(1), "Thumbs.db", "x", "more.zip", packs(t, "ch3.txt", chapterTold(3), "deep.zip", packs(t, "x.zip", packs(t, "x.txt", "x"))))})
	a.has("5 files: 3 texts and 2 skipped.", "Salt.zip/Thumbs.db", "This is a zip in a zip in a zip")
	review := regexp.MustCompile(`href="(/manuscripts/\d+)"`).FindStringSubmatch(a.body)[1]
	mara.opens(review).has("Back to the pile", `href="`+address+`"`).lacks("Go on to the tags")
	address, _ = mara.bringsFiles(upload{name: "Salt.zip", data: packs(t, "ch2.txt", chapterTold(5), "ch1.txt", chapterTold(4))}, upload{name: "Moss.zip", data: packs(t, "1.txt", chapterTold(6))})
	mara.post(address, map[string][]string{"base": {"1"}, "do": {"make"}}).expect(http.StatusSeeOther)
	mara.opens("/my-works").has("Salt", "Moss")
}

func TestHostileAndOddPilesAreAnsweredInSentences(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	mara.postFiles("/works/new/upload", nil).expect(http.StatusUnprocessableEntity).has("There is no text in this.")
	mara.postFiles("/works/new/upload", nil, upload{"file", "a.txt", ""}).expect(http.StatusUnprocessableEntity)
	_, a := mara.bringsFiles(upload{name: "a.txt"}, upload{name: "b.txt"})
	a.has("2 files: 0 texts and 2 skipped.", "None of these files holds a story").lacks("Make drafts", "Save the order")

	_, a = mara.bringsFiles(upload{name: "ch.txt", data: chapterTold(1)}, upload{name: "ch.txt", data: chapterTold(2)}, upload{name: "../\u202e<script>'.txt", data: chapterTold(3)})
	a.has("3 files: 3 texts.", "ch (2).txt", "&lt;script&gt;").lacks("<script>'")

	whole := packs(t, "a.txt", chapterTold(1))
	for name, c := range map[string]struct{ data, says string }{
		"a bomb":    {packs(t, "a.txt", strings.Repeat("x", 30<<20)), "This zip holds more than 5,000 files"},
		"leads out": {packs(t, "../../etc/passwd.txt", chapterTold(1)), "The name of this file leads out of its zip"},
		"cut off":   {whole[:len(whole)-40], "This zip is damaged or was cut off"},
	} {
		_, a := mara.bringsFiles(upload{name: "p.zip", data: c.data}, upload{name: "b.txt", data: chapterTold(2)})
		if !strings.Contains(a.body, c.says) {
			t.Errorf("%s: %s", name, a.text())
		}
	}
	many := make([]upload, 1100)
	for i := range many {
		many[i] = upload{"file", fmt.Sprintf("%d.txt", i), "x"}
	}
	mara.postFiles("/works/new/upload", nil, many...).expect(http.StatusUnprocessableEntity).has("Up to 990 files can be sent at once")
	_, a = mara.bringsFiles(upload{name: "large.txt", data: strings.Repeat("so it goes. ", 51<<20/12)}, upload{name: "b.txt", data: chapterTold(2)})
	a.has("large.txt", "larger than the 50 MB")
	for name, do := range map[string]string{"no button": "", "no such button": "burn", "no number": "earlier-x", "no such text": "earlier-99"} {
		if got := mara.post("/piles/1", map[string][]string{"base": {"1"}, "do": {do}}); got.status != http.StatusNotFound {
			t.Errorf("%s is answered with %d", name, got.status)
		}
	}
}

func TestAPileThatIsCutOffOnItsWayIsNone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + chapterTold(1) + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.txt\"\r\n\r\nhalf of it"
	a := mara.send(http.MethodPost, "/works/new/upload", strings.NewReader(body), "Content-Type", "multipart/form-data; boundary=x")
	a.expect(http.StatusUnprocessableEntity)
	mara.opens("/works/new/upload").lacks("Piles you brought")
}

func TestWhatIsWrongWithAPileIsSaidWithNothingTypedLost(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	long := strings.Repeat("word ", 101_000)
	address, a := mara.bringsFiles(upload{name: "ch1.txt", data: chapterTold(1)}, upload{name: "long.txt", data: "It begins.\n\n" + strings.Repeat(long[:1000]+"\n\n", 505)})
	base := numberIn(a, "base")
	title := strings.Repeat("x", 256)
	mara.post(address, form("base", base, "do", "save", "title-1", title)).expect(http.StatusUnprocessableEntity).has(title, "256 characters are more than the 255 that fit", "#f-title-1")
	mara.post(address, form("base", base, "do", "make", "title-1", "")).expect(http.StatusUnprocessableEntity).has("Title: please fill this in.", "long.txt: ", "characters are more than the 500,000 that fit", `href="#f-file-2"`)
	mara.post(address, form("base", "2", "do", "save", "title-1", "Salt", "into-1", "999")).expect(http.StatusUnprocessableEntity).has("is not there for you any more", `value="Salt"`)
	mara.opens("/my-works").lacks("Salt")
	mara.post(address, form("base", "2", "do", "make", "title-1", "Salt", "row", "1", "in-1", "yes", "row", "2")).expect(http.StatusSeeOther)
	need(t, "what was made", strings.Join(mara.toldIn(draftOf(mara.opens(address))), " "), "1")
	mara.opens(address).has("Left out", "long.txt", "A draft now")
}

func TestDraftsPressedForTwiceAtOnceAreMadeOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		var files []upload
		for n := 1; n <= 9; n++ {
			files = append(files, upload{name: fmt.Sprintf("ch%d.txt", n), data: chapterTold(n)})
		}
		address, _ := mara.bringsFiles(files...)
		mara.post(address, form("base", "1", "do", "save", "title-1", "Salt")).expect(http.StatusSeeOther)
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() { mara.post(address, form("base", "2", "do", "make")) })
		}
		all.Wait()
		mara.post(address, form("base", "3", "do", "make"))
		need(t, "the chapters", strings.Join(mara.toldIn(draftOf(mara.opens(address))), " "), "1 2 3 4 5 6 7 8 9")
		need(t, "the works", strings.Count(mara.opens("/my-works").body, "Salt</bdi>"), 1)
	})
}

func TestPilesHaveATempo(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	for range 60 {
		mara.bringsFiles(upload{name: "1.txt", data: "a"}, upload{name: "2.txt", data: "b"})
	}
	a := mara.postFiles("/works/new/upload", nil, upload{"file", "1.txt", "a"}, upload{"file", "2.txt", "b"})
	a.expect(http.StatusTooManyRequests)
}

// forty writes a folder of forty files of many kinds, and gives their names in
// the order in which they are sent.
func forty(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	var names []string
	write := func(name, text string) {
		path := filepath.Join(folder, name)
		must(t, os.WriteFile(path, []byte(text), 0o600))
		names = append(names, path)
	}
	for n := 1; n <= 26; n++ {
		text := chapterTold(n)
		paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
		switch n % 5 {
		case 0:
			write(fmt.Sprintf("ch%d.txt", n), text)
		case 1:
			write(fmt.Sprintf("ch%d.rtf", n), `{\rtf1\ansi\pard `+strings.Join(paragraphs, `\par `)+"}")
		case 2:
			write(fmt.Sprintf("ch%d.html", n), "<html><body><p>"+strings.Join(paragraphs, "</p><p>")+"</p></body></html>")
		case 3:
			write(fmt.Sprintf("ch%d.md", n), text)
		case 4:
			write(fmt.Sprintf("ch%d.docx", n), packs(t, "[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
				"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
				"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`+strings.Join(paragraphs, `</w:t></w:r></w:p><w:p><w:r><w:t>`)+`</w:t></w:r></w:p></w:body></w:document>`))
		}
	}
	write("ch3 old.txt", strings.Replace(chapterTold(3), "so.", "and so it went.", 2))
	write("ch10 final.txt", chapterTold(10)+"One more line, written later.\n")
	write("copy of ch4.txt", chapterTold(4))
	write("more.zip", packs(t, "ch27.txt", chapterTold(27), "Thumbs.db", "x"))
	write("cover.jpg", "x")
	write("song.mp3", "x")
	write("empty.txt", " \n")
	write("broken.rtf", `{\rtf1 so`)
	write("~$ch3.docx", "x")
	write("desktop.ini", "x")
	write("old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600))
	write("slides.pdf", "%PDF-1.4\n%\xe2\xe3\xcf\xd3")
	write("broken.zip", "PK\x03\x04 and nothing else")
	write("noise.bin", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00")
	if len(names) != 40 {
		t.Fatalf("there are %d files", len(names))
	}
	return names
}

func TestAcceptance66FortyFilesBecomeDraftsAndNothingIsPublic(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, how := range []browser.Settings{{Phone: true, NoScript: true}, {}} {
			w.fortyFiles(t, how)
		}
	})
}

// fortyFiles has one writer bring forty files and make drafts of them.
func (w *world) fortyFiles(t *testing.T, how browser.Settings) {
	name := fmt.Sprintf("mara%v", how.NoScript)
	mara := w.member(name)
	p := w.reads(how)
	signIn(p, name)
	p.Open("/works/new/upload")
	files := forty(t)
	p.Upload("A file, or several", files...)
	p.Submit("Read it")
	p.Sees("41 files")
	address := p.Path()
	a := mara.opens(address)
	for _, file := range files {
		if base := filepath.Base(file); !strings.Contains(a.body, base) {
			t.Errorf("%s goes without a word", base)
		}
	}
	a.has("more.zip/ch27.txt", "more.zip/Thumbs.db", "27 texts, 3 other versions and 11 skipped")
	p.Look("pile-forty")
	p.Axe()

	p.Fill("Title of the work", "Salt in the kettle")
	p.Fill("Place : ch5.txt", "1")
	p.Submit("Save the order")
	p.Sees("Saved.")
	p.Submit("Later : ch5.txt")
	p.Sees("Moved.")
	p.Check("copy of ch4.txt")
	p.Check("Take it in : ch26.rtf") // out
	p.Submit("Save the order")
	p.Submit("Make drafts")
	p.Sees("The drafts are made.")
	p.Look("pile-forty-made")
	work := draftOf(mara.opens(address))
	want := []string{"1", "5", "2", "3", "4", "6", "7", "8", "9", "10"}
	got := mara.toldIn(work)
	if len(got) != 26 || !slices.Equal(got[:10], want) {
		t.Errorf("the chapters are %v", got)
	}
	mara.opens(address).has("Left out", "ch26.rtf")
	w.nothingIsPublic(name, work)
}

// nothingIsPublic looks for a draft with the eyes of others.
func (w *world) nothingIsPublic(name, work string) {
	w.t.Helper()
	other := w.guest()
	for _, path := range []string{work, work + "/entire", work + "/index", work + ".epub"} {
		other.get(path).expect(http.StatusNotFound)
	}
	for _, path := range []string{"/", "/works", "/search?q=kettle", "/users/" + name} {
		other.opens(path).lacks("Salt in the kettle", "told as number")
	}
	must(w.t, w.DB.Read(w.t.Context(), func(tx *sqldb.Tx) error {
		posted, err := sqldb.One(w.t.Context(), tx, func(row sqldb.Scanner) (n int64, err error) { return n, row.Scan(&n) },
			`SELECT (SELECT COUNT(*) FROM works WHERE posted_at IS NOT NULL) + (SELECT COUNT(*) FROM chapters WHERE posted_at IS NOT NULL)`)
		need(w.t, "what is posted", posted, 0)
		return err
	}))
}
