package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// poster is a picture that can be a cover.
func poster(t *testing.T, w, h int, shade uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{shade, 40, 90, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	return b.Bytes()
}

// cover is the cover of a work.
func (w *world) cover(work int64) (c archive.Cover) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = tx.Covers.Of(ctx, work)
		return err
	})
	return c
}

// wears gives a work a cover, each its own.
func (w *world) wears(by archive.Viewer, work int64, alt string) {
	w.t.Helper()
	kept, err := w.writing.KeepCover(w.t.Context(), poster(w.t, 400, 600, uint8(work)))
	must(w.t, err)
	must(w.t, w.writing.SetCover(w.t.Context(), by, writing.CoverForm{Work: work, Base: w.cover(work).Base(), Kept: kept, Alt: alt}))
}

func coverPath(work int64) string { return workPath(work) + "/cover" }

// coverSent is the page of a cover, with the fields it would send.
func (c *client) coverSent(work int64, alt string) url.Values {
	c.w.t.Helper()
	page := c.opens(coverPath(work)).body
	sent := url.Values{"cover_alt": {alt}, "do": {"save"}}
	for _, hidden := range regexp.MustCompile(`type="hidden" name="(\w+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		sent.Set(hidden[1], hidden[2])
	}
	return sent
}

// epub is a file of an EPUB that the answer is.
func (a answer) epub(name string) string {
	a.t.Helper()
	book, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	must(a.t, err)
	file, err := book.Open("EPUB/" + name)
	must(a.t, err)
	defer file.Close()
	data, err := io.ReadAll(file)
	must(a.t, err)
	return string(data)
}

func TestAWriterSendsACoverAndItsBooksWearIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		epub := workPath(work) + ".epub"
		drawn := guest.opens(epub)
		drawn.t = t
		ada.opens(workPath(work) + "/edit").has(coverPath(work))
		ada.opens(workPath(work) + "/download").has(coverPath(work)).lacks("<img")
		guest.opens(workPath(work)+"/download").lacks("<img", coverPath(work))
		guest.get(coverPath(work) + "/picture").expect(http.StatusNotFound)
		ada.opens(coverPath(work)).has("drawn", coverPath(work)+"/drawn").lacks("Take my picture away")
		need(t, "what is drawn", ada.opens(coverPath(work)+"/drawn").body, drawn.epub("cover.jpg"))

		w.Clock.Pass(time.Hour)
		a := ada.postFiles(coverPath(work), ada.coverSent(work, "A lamp on a rock"), upload{"cover", "me.png", string(poster(t, 1600, 2400, 7))})
		need(t, "where it leads", a.expect(http.StatusSeeOther).to(), coverPath(work))
		ada.opens(coverPath(work)).has("your picture", `alt="A lamp on a rock"`, "Take my picture away", ">\nA lamp on a rock</textarea>")
		picture := guest.opens(coverPath(work) + "/picture")
		own := guest.opens(epub)
		need(t, "the cover in the book", own.epub("cover.png"), picture.body)
		if page := own.epub("cover.xhtml"); !strings.Contains(page, `alt="A lamp on a rock"`) {
			t.Errorf("its page is\n%s", page)
		}
		if same := own.header.Get("Etag") == drawn.header.Get("Etag") || own.header.Get("Last-Modified") == drawn.header.Get("Last-Modified"); same {
			t.Error("a book of another cover is the same to programs")
		}
		need(t, "the book again", guest.get(epub, "If-None-Match", own.header.Get("Etag")).status, http.StatusNotModified)
		need(t, "the picture again", guest.get(coverPath(work)+"/picture", "If-None-Match", picture.header.Get("Etag")).status, http.StatusNotModified)
		guest.opens(workPath(work)+"/download").has(`alt="A lamp on a rock"`, `width="1600" height="2400"`)
		for _, other := range []string{".html", ".md", ".txt"} {
			guest.opens(workPath(work) + other).lacks("A lamp on a rock")
		}

		sent := ada.coverSent(work, "مصباح 👩‍👩‍👧")
		ada.post(coverPath(work), sent).expect(http.StatusSeeOther)
		if page := guest.opens(epub).epub("cover.xhtml"); !strings.Contains(page, `alt="مصباح 👩‍👩‍👧"`) {
			t.Errorf("new words alone are not in the book:\n%s", page)
		}
		sent = ada.coverSent(work, "")
		sent.Set("do", "remove")
		ada.post(coverPath(work), sent).expect(http.StatusSeeOther)
		guest.get(coverPath(work) + "/picture").expect(http.StatusNotFound)
		need(t, "the drawn book again", guest.opens(epub).body == drawn.body, true)
	})
}

func TestARefusedCoverSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	whole := poster(t, 400, 600, 1)
	bomb := bytes.Clone(whole)
	binary.BigEndian.PutUint32(bomb[16:], 50_000)
	binary.BigEndian.PutUint32(bomb[20:], 50_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for name, one := range map[string]struct {
		data []byte
		says string
	}{
		"no picture":   {[]byte("Once upon a time."), "not a picture we can read"},
		"nothing":      {nil, "not a picture we can read"},
		"broken off":   {whole[:len(whole)-40], "not a picture we can read"},
		"vectors":      {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "not a picture we can read"},
		"a bomb":       {bomb, "40 million pixels"},
		"a strip":      {poster(t, 300, 1200, 1), "more than 3 times as long"},
		"tiny":         {poster(t, 20, 30, 1), "too small for a cover"},
		"too large":    {make([]byte, 10<<20+1), "a picture may have 10 MB"},
		"far too much": {make([]byte, 20<<20), "a picture may have 10 MB"},
	} {
		a := ada.postFiles(coverPath(work), ada.coverSent(work, "My \"lamp\" & me"), upload{"cover", "x", string(one.data)})
		a.t = t
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, one.says) || !strings.Contains(a.body, "My &#34;lamp&#34; &amp; me</textarea>") {
			t.Errorf("%s is answered with %d:\n%s", name, a.status, a.text())
		}
	}
	ada.postFiles(coverPath(work), ada.coverSent(work, ""), upload{"cover", "x", string(make([]byte, 40<<20))}).expect(http.StatusRequestEntityTooLarge)
	ada.post(coverPath(work), ada.coverSent(work, "")).expect(http.StatusUnprocessableEntity).has("choose a picture for the cover")
	ada.post(coverPath(work), url.Values{"kept_picture": {strings.Repeat("0", 64)}}).expect(http.StatusUnprocessableEntity).has("choose a picture for the cover")
	need(t, "the cover after all that", w.cover(work).IsOwn(), false)

	var moving bytes.Buffer
	frame := func(c color.Color) *image.Paletted {
		m := image.NewPaletted(image.Rect(0, 0, 400, 600), color.Palette{c})
		return m
	}
	must(t, gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame(color.White), frame(color.Black)}, Delay: []int{9, 9}}))
	ada.postFiles(coverPath(work), ada.coverSent(work, ""), upload{"cover", "dance.gif", moving.String()}).expect(http.StatusSeeOther)
	need(t, "what a moving picture became", w.cover(work).MediaType, "image/png")
}

// A mistake in the words does not ask for the picture again.
func TestACoverIsKeptWhileItsWordsAreMended(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	a := ada.postFiles(coverPath(work), ada.coverSent(work, strings.Repeat("a", 501)), upload{"cover", "x", string(poster(t, 400, 600, 9))})
	a.expect(http.StatusUnprocessableEntity).has("500", "it is kept, and not saved yet")
	kept := regexp.MustCompile(`name="kept_picture" value="(\w{64})"`).FindStringSubmatch(a.body)
	if kept == nil {
		t.Fatalf("the picture is not carried along:\n%s", a.text())
	}
	ada.opens("/pictures/" + kept[1])
	sent := ada.coverSent(work, "A lamp")
	sent.Set("kept_picture", kept[1])
	ada.post(coverPath(work), sent).expect(http.StatusSeeOther)
	need(t, "the cover", w.cover(work).SHA256, kept[1])
}

func TestACoverIsTheBusinessOfThoseWhoSignTheWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, ben, pell := w.member("ada"), w.member("ben"), w.member("pell")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		w.cosigns(work, pell.viewer)
		for _, who := range []*client{ben, w.guest()} {
			a := who.postFiles(coverPath(work), url.Values{"base": {"0"}}, upload{"cover", "x", string(poster(t, 400, 600, 1))})
			if a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
				t.Errorf("somebody else is answered with %d", a.status)
			}
		}
		need(t, "the cover", w.cover(work).IsOwn(), false)
		pell.postFiles(coverPath(work), pell.coverSent(work, ""), upload{"cover", "x", string(poster(t, 400, 600, 1))}).expect(http.StatusSeeOther)
		need(t, "the cover of who signs it too", w.cover(work).IsOwn(), true)

		sent := ada.coverSent(work, "Too late")
		must(t, w.writing.DeleteWork(t.Context(), pell.viewer, work))
		ada.post(coverPath(work), sent).expect(http.StatusGone)
		ada.get(coverPath(work)).expect(http.StatusGone)
		w.guest().get(coverPath(work) + "/picture").expect(http.StatusNotFound)
		ada.opens(coverPath(work) + "/picture") // as its book
		must(t, w.writing.RestoreWork(t.Context(), pell.viewer, work))
		w.guest().opens(coverPath(work) + "/picture")
	})
}

func TestTwoTabsWithACoverDoNotOverwriteOneAnother(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		first, second := ada.coverSent(work, "one"), ada.coverSent(work, "two")
		for range 2 { // pressed twice
			ada.postFiles(coverPath(work), first, upload{"cover", "x", string(poster(t, 400, 600, 1))}).expect(http.StatusSeeOther)
		}
		a := ada.postFiles(coverPath(work), second, upload{"cover", "x", string(poster(t, 400, 600, 2))})
		a.expect(http.StatusConflict).has("changed in the meantime", `alt="one"`, ">\ntwo</textarea>", "it is kept, and not saved yet")
		need(t, "the cover", w.cover(work).Alt, "one")
		for _, hidden := range regexp.MustCompile(`type="hidden" name="(\w+)" value="([^"]*)"`).FindAllStringSubmatch(a.body, -1) {
			second.Set(hidden[1], hidden[2])
		}
		ada.post(coverPath(work), second).expect(http.StatusSeeOther)
		need(t, "the cover, sent again", w.cover(work).Alt, "two")

		w.Clock.Pass(time.Minute)
		sent := []url.Values{ada.coverSent(work, "three"), ada.coverSent(work, "four"), ada.coverSent(work, "five")}
		var all sync.WaitGroup
		statuses := make([]int, len(sent))
		for i := range sent {
			all.Go(func() { statuses[i] = ada.post(coverPath(work), sent[i]).status })
		}
		all.Wait()
		said := fmt.Sprint(statuses)
		if strings.Count(said, "303") != 1 || strings.Count(said, "409") != 2 {
			t.Errorf("three tabs at once are answered with %s", said)
		}
	})
}

// A book of a work without a name tells nobody through its cover.
func TestTheCoverOfAWorkWithoutANameNamesNobody(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	f := fields("The Lamp Keepers")
	f.Anonymous = true
	work := w.posts(ada.viewer, f)
	w.wears(ada.viewer, work, "")
	w.guest().opens(workPath(work)+".epub").epubLacks("cover.xhtml", "ada")
	w.guest().opens(workPath(work)+"/download").lacks(">ada", "ada<")
}

func (a answer) epubLacks(name string, parts ...string) {
	a.t.Helper()
	page := a.epub(name)
	for _, part := range parts {
		if strings.Contains(page, part) {
			a.t.Errorf("%s has %q:\n%s", name, part, page)
		}
	}
}

// A bucket that cannot be reached makes the book wait; a cover that is gone
// from it leaves the drawn one.
func TestABookWhoseCoverIsGoneBearsADrawnOne(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	w.wears(ada.viewer, work, "A lamp")
	must(t, w.bucket.Delete(t.Context(), w.cover(work).Key))
	a := w.guest().opens(workPath(work) + ".epub")
	if page := a.epub("cover.xhtml"); !strings.Contains(page, `src="cover.jpg" alt="Cover of `) {
		t.Errorf("the cover is\n%s", page)
	}
	w.guest().get(coverPath(work) + "/picture").expect(http.StatusNotFound)
	ada.opens(coverPath(work))
}
