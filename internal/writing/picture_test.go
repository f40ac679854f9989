package writing_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// pictures are the pictures of a work.
func (d *desk) pictures(work int64) (list []archive.Picture) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = tx.Pictures.Of(ctx, work)
		return err
	})
	return list
}

func (d *desk) first(work int64) archive.ChapterText { return d.text(d.chapters(work)[0].ID) }

func TestASentPictureStandsWhereTheTextNamesIt(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.create(writing.NewWork{
			Fields: fields(), Chapters: chaptersOf([]string{"Before.\n\n<img src=\"the map.png\" alt=\"A map\">\n\nAfter."}),
			Uploads: []writing.Upload{{Name: "the map.png", Data: picture(t, 1)}, {Name: "extra.png", Data: picture(t, 2)}},
		})
		list := d.pictures(id)
		if len(list) != 2 {
			t.Fatalf("there are %d pictures", len(list))
		}
		named := map[string]string{}
		for _, p := range list {
			named[p.Origin] = writing.PictureAddress(id, p.ID)
		}
		body := d.first(id).Body
		at := func(part string) int { return strings.Index(body, part) }
		if !(at("Before") < at(named["the map.png"]) && at(named["the map.png"]) < at("After") && at("After") < at(named["extra.png"])) {
			t.Errorf("the pictures are not in their places: %s", body)
		}
		if !strings.Contains(d.first(id).Source, `<img src="extra.png" alt="extra">`) {
			t.Errorf("the writer does not find the other picture in the text: %s", d.first(id).Source)
		}
		for range 2 {
			d.save(d.open(id, d.chapters(id)[0].ID))
			wants(t, "the body, saved unchanged without sending them again", d.first(id).Body, body)
		}
		wants(t, "the pictures", len(d.pictures(id)), 2)
	})
}

func TestTwoPicturesOfOneNameStayApart(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		const named = `<img src="map.png" alt="A map">`
		id := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{named}), Uploads: []writing.Upload{{Name: "map.png", Data: picture(t, 1)}}})
		before := d.first(id).Body
		d.save(writing.ChapterForm{Work: id, Fields: text(named), Uploads: []writing.Upload{{Name: "map.png", Data: picture(t, 2)}}, Post: true})
		if other := d.text(d.chapters(id)[1].ID).Body; other == before {
			t.Error("the second chapter shows the first one's picture")
		}
		d.save(d.open(id, d.chapters(id)[0].ID))
		wants(t, "the first chapter's picture", d.first(id).Body, before)
	})
}

func TestALinkedPictureIsFetchedOnce(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		asked := 0
		address := serve(t, picture(t, 3), &asked)
		body := fmt.Sprintf("Look: <img src=%q alt=\"A ship\">", address)
		id := d.post(body)
		d.save(d.open(id, d.chapters(id)[0].ID))
		d.save(writing.ChapterForm{Work: id, Fields: text(body), Post: true})
		wants(t, "the address was asked", asked, 1)
		for _, c := range d.chapters(id) {
			if got := d.text(c.ID).Body; !strings.Contains(got, ` src="/works/`) || strings.Contains(got, address) {
				t.Errorf("the picture is not served from here: %s", got)
			}
		}
		wants(t, "the text as typed", d.first(id).Source, body)
	})
}

func TestAPictureThatCannotBeHadIsALink(t *testing.T) {
	d := newDesk(t)
	asked := 0
	for name, address := range map[string]string{
		"no picture":          serve(t, []byte("<html>sorry</html>"), &asked),
		"too many pixels":     serve(t, bomb(), &asked),
		"nobody there":        "https://127.0.0.1:1/a.png",
		"a private address":   "https://10.1.2.3/a.png",
		"without encryption":  "http://127.0.0.1/a.png",
		"never sent":          "missing.png",
		"no picture of ours":  "/works/1/pictures/999",
		"another work's":      "/works/99999/pictures/1",
		"another page's file": "/settings",
	} {
		id := d.post(fmt.Sprintf("Look: <img src=%q alt=\"A ship\">", address))
		body := d.first(id).Body
		if strings.Contains(body, "<img") || !strings.Contains(body, ">A ship</a>") {
			t.Errorf("%s: the body is %s", name, body)
		}
	}
}

func TestAPictureOfAnotherWorkBecomesALink(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		from := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{"One."}), Uploads: []writing.Upload{{Name: "a.png", Data: picture(t, 1)}}})
		address := writing.PictureAddress(from, d.pictures(from)[0].ID)
		id := d.post(fmt.Sprintf("<img src=%q alt=\"A ship\">", address))
		if body := d.first(id).Body; strings.Contains(body, "<img") {
			t.Errorf("the picture is shown under another work: %s", body)
		}
	})
}

func TestABadPictureIsAProblemOfTheForm(t *testing.T) {
	d := newDesk(t)
	for rule, data := range map[string][]byte{"picture_format": []byte("MZ"), "picture_pixels": bomb()} {
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{{Name: "a.png", Data: data}}})
		wants(t, "what is wrong", refused(t, err), []string{"pictures " + rule})
	}
	wants(t, "the works", d.works(), 0)
}

func TestAPreviewKeepsItsPicturesForTheSave(t *testing.T) {
	d := newDesk(t)
	kept, err := d.KeepUpload(t.Context(), writing.Upload{Name: "a.png", Data: picture(t, 1)})
	must(t, err)
	if kept.Data != nil || kept.Kept == "" {
		t.Errorf("what is carried along is %+v", kept)
	}
	set, err := d.Preview(t.Context(), 0, text("Look."), []writing.Upload{kept}, false)
	must(t, err)
	if !strings.Contains(set.Text.Body, ` src="`+writing.KeptAddress(kept.Kept)) {
		t.Errorf("the preview does not show it: %s", set.Text.Body)
	}
	id := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{""}), Uploads: []writing.Upload{kept}})
	if body := d.first(id).Body; !strings.Contains(body, "<img") {
		t.Errorf("the body is %s", body)
	}
	for _, mark := range []string{"../../etc/passwd", strings.Repeat("0", 64)} {
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{{Name: "a.png", Kept: mark}}})
		if !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a mark nobody gave is answered with %v", err)
		}
	}
}

func TestAFullBucketLosesNothing(t *testing.T) {
	full := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInsufficientStorage)
		fmt.Fprint(w, `<?xml version="1.0"?><Error><Code>XMinioStorageFull</Code><Message>no</Message></Error>`)
	}))
	t.Cleanup(full.Close)
	bucket, err := media.NewS3(media.S3Config{Endpoint: full.Listener.Addr().String(), Bucket: "ficus", Key: "k", Secret: "s", Region: "here", Plain: true})
	must(t, err)
	d := deskIn(t, testkit.NewWorld(t, testkit.SQLite(t)), bucket)
	_, err = d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{{Name: "a.png", Data: picture(t, 1)}}})
	if !errors.Is(err, archive.ErrFull) {
		t.Errorf("a picture into a full bucket: %v", err)
	}
	asked := 0
	_, err = d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{`<img src="` + serve(t, picture(t, 1), &asked) + `" alt="">`})})
	if !errors.Is(err, archive.ErrFull) {
		t.Errorf("a fetched picture into a full bucket: %v", err)
	}
	if _, err = d.Bring(t.Context(), d.mara, "a.txt", []byte("Once upon a time.")); !errors.Is(err, archive.ErrFull) {
		t.Errorf("a manuscript into a full bucket: %v", err)
	}
	wants(t, "the works", d.works(), 0)
	d.post("Without pictures it is saved.")
}

// bomb is a PNG that claims 2,500 megapixels in few bytes.
func bomb() []byte {
	header := []byte("IHDR\x00\x00\x00\x00\x00\x00\x00\x00\x08\x02\x00\x00\x00")
	binary.BigEndian.PutUint32(header[4:], 50_000)
	binary.BigEndian.PutUint32(header[8:], 50_000)
	data := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(header))
}
