package writing_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/fetch"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// desk is where a writer sits: an archive, a bucket, and the verbs over them.
type desk struct {
	*testkit.World
	*writing.Writing
	t        *testing.T
	bucket   media.Bucket
	accounts *accounts.Accounts
	mara     archive.Viewer
}

// desks runs test at a desk over each database.
func desks(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) { test(t, deskIn(t, w, newBucket(t))) })
}

// newDesk is a desk over SQLite, for what no database can change.
func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskIn(t, testkit.NewWorld(t, testkit.SQLite(t)), newBucket(t))
}

func newBucket(t *testing.T) media.Bucket {
	t.Helper()
	bucket, err := media.OpenFolder(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, bucket.Close()) })
	return bucket
}

func deskIn(t *testing.T, w *testkit.World, bucket media.Bucket) *desk {
	t.Helper()
	limits := archive.DefaultLimits()
	people, err := accounts.New(w.Store, limits, accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 2})
	must(t, err)
	here := fetch.NewAllowing(netip.MustParsePrefix("127.0.0.0/8"))
	d := &desk{World: w, t: t, bucket: bucket, accounts: people, Writing: writing.New(w.Store, bucket, limits, w.Clock, plainly(here))}
	d.mara = d.join("mara", false)
	return d
}

// plainly fetches what a text links to over https from a test's own server,
// which speaks http.
func plainly(c *fetch.Client) func(context.Context, string) ([]byte, error) {
	return func(ctx context.Context, address string) ([]byte, error) {
		return c.Picture(ctx, strings.Replace(address, "https://", "http://", 1))
	}
}

// join makes an account.
func (d *desk) join(name string, takesGifts bool) archive.Viewer {
	d.t.Helper()
	viewer, err := d.accounts.Join(d.t.Context(), accounts.Joining{Name: name, Password: "a lamp in the window", TakesGifts: takesGifts})
	must(d.t, err)
	return viewer
}

// fields are the least a work is posted with.
func fields(change ...func(*archive.WorkFields)) archive.WorkFields {
	f := archive.WorkFields{
		Title: "The Lamp Keepers", Fandoms: []string{"Harbour Lights"}, Rating: archive.RatingGeneral, Warnings: []string{archive.WarningNone},
		Language: "en", Planned: 1,
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

func text(body string) archive.ChapterFields { return archive.ChapterFields{Text: body} }

// post makes a posted work of these texts.
func (d *desk) post(texts ...string) int64 {
	d.t.Helper()
	return d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(texts)})
}

// draft makes a draft of these texts.
func (d *desk) draft(texts ...string) int64 {
	d.t.Helper()
	return d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(texts), Draft: true})
}

func chaptersOf(texts []string) []archive.ChapterFields {
	if len(texts) == 0 {
		texts = []string{"The lamp was lit at six."}
	}
	chapters := make([]archive.ChapterFields, len(texts))
	for i, one := range texts {
		chapters[i] = text(one)
	}
	return chapters
}

func (d *desk) create(n writing.NewWork) int64 {
	d.t.Helper()
	id, err := d.Create(d.t.Context(), d.mara, n)
	must(d.t, err)
	return id
}

// save saves a chapter that must be taken.
func (d *desk) save(f writing.ChapterForm) int64 {
	d.t.Helper()
	id, err := d.SaveChapter(d.t.Context(), d.mara, f)
	must(d.t, err)
	return id
}

// work opens a work for its writer.
func (d *desk) work(id int64) (o store.Opened) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = tx.Works.Open(ctx, d.mara, id)
		return err
	})
	return o
}

// chapters are a work's chapters, drafts too.
func (d *desk) chapters(work int64) (list []archive.Chapter) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = tx.Chapters.Of(ctx, work, true)
		return err
	})
	return list
}

// text is what a chapter says.
func (d *desk) text(chapter int64) (text archive.ChapterText) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		text, err = tx.Chapters.Text(ctx, chapter)
		return err
	})
	return text
}

// bodies are the texts of a work in their order.
func (d *desk) bodies(work int64) (list []string) {
	d.t.Helper()
	for _, c := range d.chapters(work) {
		list = append(list, d.text(c.ID).Source)
	}
	return list
}

// revisions are the numbers of a chapter's published saves, newest first.
func (d *desk) revisions(chapter int64) (numbers []int64) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Revisions.Of(ctx, chapter)
		for _, v := range all {
			numbers = append(numbers, v.Number)
		}
		return err
	})
	return numbers
}

// log gives what was recorded of a work, oldest first.
func (d *desk) log(work int64) (events []archive.Event) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Log.After(ctx, 0, 10_000)
		for _, e := range all {
			if e.Work == work {
				events = append(events, e)
			}
		}
		return err
	})
	return events
}

func (d *desk) last(work int64) archive.Event {
	d.t.Helper()
	events := d.log(work)
	if len(events) == 0 {
		d.t.Fatal("nothing was recorded")
	}
	return events[len(events)-1]
}

// works counts all works there are for their writer.
func (d *desk) works() int {
	d.t.Helper()
	count := 0
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		own, err := tx.Lists.Own(ctx, d.mara)
		count = len(own)
		return err
	})
	return count
}

// picture is a small PNG of one colour.
func picture(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for x := range 8 {
		for y := range 8 {
			img.Set(x, y, color.RGBA{shade, shade, 90, 255})
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, img))
	return b.Bytes()
}

// serve answers with bytes at an address that a text can name, and counts how
// often it was asked.
func serve(t *testing.T, data []byte, asked *int) (address string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked++
		_, err := w.Write(data)
		if err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http://", "https://", 1) + "/picture.png"
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants compares.
func wants(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// refused wants an error, and gives the problems in it as "field rule".
func refused(t *testing.T, err error) []string {
	t.Helper()
	var problems archive.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("the answer is %v, want problems", err)
	}
	var said []string
	for _, p := range problems {
		said = append(said, fmt.Sprint(p.Field, " ", p.Rule))
	}
	return said
}
