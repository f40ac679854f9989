package writing_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// told is a chapter that tells what no other one of another number does.
func told(n int) string {
	random := rand.New(rand.NewPCG(uint64(n), 11))
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

func piled(name, text string) manuscript.PileFile {
	return manuscript.PileFile{Name: name, Size: int64(len(text)), Open: func() ([]byte, error) { return []byte(text), nil }}
}

// bringPile brings files that must be taken.
func (d *desk) bringPile(files ...manuscript.PileFile) int64 {
	d.t.Helper()
	id, err := d.BringPile(d.t.Context(), d.mara, files)
	must(d.t, err)
	return id
}

func (d *desk) pile(id int64) archive.Pile {
	d.t.Helper()
	pile, err := d.Pile(d.t.Context(), d.mara, id)
	must(d.t, err)
	return pile
}

// arrange says something of a pile that must be taken.
func (d *desk) arrange(id int64, a archive.Arrangement) {
	d.t.Helper()
	must(d.t, d.ArrangePile(d.t.Context(), d.mara, id, d.pile(id).Revision, a))
}

// numbersIn are the numbers that the chapters of a work are told as.
func (d *desk) numbersIn(work int64) (numbers []int) {
	d.t.Helper()
	for _, body := range d.bodies(work) {
		_, said, _ := strings.Cut(body, "told as number ")
		n := 0
		_, err := fmt.Sscanf(said, "%d", &n)
		must(d.t, err)
		numbers = append(numbers, n)
	}
	return numbers
}

func chapters(numbers ...int) (files []manuscript.PileFile) {
	for _, n := range numbers {
		files = append(files, piled(fmt.Sprintf("Salt/ch%d.txt", n), told(n)))
	}
	return files
}

func TestAPileBecomesDraftsInItsOrder(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		files := append(chapters(10, 2, 1, 3), piled("Salt/ch2 new.txt", told(2)+"And more.\n"), piled("Salt/.DS_Store", "x"), piled("Salt/cover.jpg", "x"), piled("Salt/empty.txt", ""))
		files[4].Changed = time.Unix(99, 0)
		id := d.bringPile(files...)
		pile := d.pile(id)
		wants(t, "the works", pile.Works, []archive.PileWork{{Number: 1, Title: "Salt"}})
		wants(t, "its files", pile.Count(), 8)
		wants(t, "what is skipped", len(pile.Skipped()), 3)
		texts := pile.In(1)
		wants(t, "its texts", len(texts), 4)
		wants(t, "what stands for the second", texts[1].Chosen().Name, "Salt/ch2 new.txt")

		d.arrange(id, archive.Arrangement{
			Places: map[int]int{texts[3].Number: 1}, In: map[int]bool{texts[2].Number: false}, Titles: map[int]string{1: "Salt water"},
			Chosen: map[int]int{texts[1].Number: texts[1].Versions[1].Number},
		})
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		work := d.pile(id).Works[0].Work
		wants(t, "the order", d.numbersIn(work), []int{10, 1, 2})
		opened := d.work(work)
		wants(t, "the title", opened.Title, "Salt water")
		wants(t, "when it was posted", opened.PostedAt.IsZero(), true)
		for _, c := range d.chapters(work) {
			wants(t, "a chapter is a draft", c.IsDraft(), true)
		}
		if strings.Contains(d.bodies(work)[2], "And more") {
			t.Error("the version that was not chosen became the chapter")
		}
		problem(t, d.MakeDrafts(t.Context(), d.mara, id, "en"), "pile", "pile_nothing")

		d.arrange(id, archive.Arrangement{In: map[int]bool{texts[2].Number: true}})
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		wants(t, "the order, with what was left out", d.numbersIn(work), []int{10, 1, 2, 3})
	})
}

// problem wants a refusal that names a field and a rule.
func problem(t *testing.T, err error, field, rule string) archive.Invalid {
	t.Helper()
	var problems archive.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			if p.Field == field && p.Rule == rule {
				return p
			}
		}
	}
	t.Errorf("the answer is %v, want %s of %s", err, rule, field)
	return archive.Invalid{}
}

func TestAPileIsForWhoBroughtItAlone(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.bringPile(chapters(1, 2)...)
		other := d.join("other", false)
		_, read := d.Pile(t.Context(), other, id)
		for act, err := range map[string]error{
			"read": read, "arrange": d.ArrangePile(t.Context(), other, id, 1, archive.Arrangement{}), "make": d.MakeDrafts(t.Context(), other, id, "en"),
			"drop": d.DropPile(t.Context(), other, id), "none": d.MakeDrafts(t.Context(), d.mara, 9999, "en"),
		} {
			if !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("%s another's pile: %v", act, err)
			}
		}
		if _, err := d.BringPile(t.Context(), archive.Viewer{}, chapters(1)); !errors.Is(err, archive.ErrSignIn) {
			t.Errorf("a guest bringing: %v", err)
		}
		must(t, d.DropPile(t.Context(), d.mara, id))
		if _, err := d.Pile(t.Context(), d.mara, id); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a pile that was dropped: %v", err)
		}
		_, _, err := d.Original(t.Context(), d.mara, 1)
		must(t, err)
	})
}

func TestAPileIsArrangedOverWhatItsWriterSaw(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.bringPile(chapters(1, 2)...)
		base := d.pile(id).Revision
		must(t, d.ArrangePile(t.Context(), d.mara, id, base, archive.Arrangement{Places: map[int]int{2: 1}}))
		if err := d.ArrangePile(t.Context(), d.mara, id, base, archive.Arrangement{}); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("another tab: %v", err)
		}
		long := archive.Arrangement{Titles: map[int]string{1: strings.Repeat("x", 256)}}
		problem(t, d.ArrangePile(t.Context(), d.mara, id, base+1, long), "title-1", "too_long")
		must(t, d.ArrangePile(t.Context(), d.mara, id, base+1, archive.Arrangement{Titles: map[int]string{1: ""}}))
		problem(t, d.MakeDrafts(t.Context(), d.mara, id, "en"), "title-1", "required")
	})
}

func TestChaptersOfAPileAreAddedToAWorkOfTheWriters(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		own := d.post("This is told as number 0.")
		other := d.join("other", false)
		foreign, err := d.Create(t.Context(), other, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil)})
		must(t, err)
		id := d.bringPile(chapters(1, 2)...)
		for _, work := range []int64{foreign, 9999} {
			err := d.ArrangePile(t.Context(), d.mara, id, 1, archive.Arrangement{Into: map[int]int64{1: work}})
			problem(t, err, "into-1", "pile_work_gone")
		}
		d.arrange(id, archive.Arrangement{Into: map[int]int64{1: own}})
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		wants(t, "the chapters", d.numbersIn(own), []int{0, 1, 2})
		wants(t, "how many are posted", d.work(own).Counts.Posted, 1)

		again := d.bringPile(chapters(3)...)
		d.arrange(again, archive.Arrangement{Into: map[int]int64{1: own}})
		must(t, d.DeleteWork(t.Context(), d.mara, own))
		problem(t, d.MakeDrafts(t.Context(), d.mara, again, "en"), "into-1", "pile_work_gone")
	})
}

func TestAFileOfSeveralStoriesBecomesAWorkEach(t *testing.T) {
	d := newDesk(t)
	story := func(title string, n int) string {
		return "Title: " + title + "\nAuthor: mara\nFandom: Harbour Lights\nRating: PG\n\n" + told(n)
	}
	both := story("Moss", 1) + "\n\n" + story("Salt", 2)
	id := d.bringPile(piled("two.txt", both), piled("copy of two.txt", both), piled("one.txt", told(3)))
	pile := d.pile(id)
	wants(t, "its files", pile.Count(), 3)
	must(t, d.ArrangePile(t.Context(), d.mara, id, 1, archive.Arrangement{Titles: map[int]string{1: "One"}}))
	must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
	got := map[string][]int{}
	for _, work := range d.pile(id).Works {
		got[d.work(work.Work).Title] = d.numbersIn(work.Work)
	}
	wants(t, "the works", got, map[string][]int{"One": {3}, "Moss": {1}, "Salt": {2}})
	d.Read(t, func(ctx context.Context, tx *store.Tx) error {
		f, err := writing.FieldsOf(ctx, tx, d.work(d.pile(id).Works[1].Work))
		wants(t, "what the story says of itself", f.Fandoms, []string{"Harbour Lights"})
		return err
	})
}

func TestACopyStandsWhereItsOriginalDoes(t *testing.T) {
	d := newDesk(t)
	files := append(chapters(1, 2, 3), piled("Salt/copy of ch2.txt", told(2)+"And more.\n"))
	files[3].Changed = time.Unix(99, 0)
	pile := d.pile(d.bringPile(files...))
	var names []string
	for _, text := range pile.In(1) {
		names = append(names, text.Chosen().Name)
	}
	wants(t, "the order", names, []string{"Salt/ch1.txt", "Salt/copy of ch2.txt", "Salt/ch3.txt"})
}

func TestWhatIsTooLongIsNamedAndNothingIsMade(t *testing.T) {
	d := newDesk(t)
	id := d.bringPile(append(chapters(1), piled("Salt/huge.txt", strings.Repeat(told(5), 1+500_000/len(told(5)))))...)
	p := problem(t, d.MakeDrafts(t.Context(), d.mara, id, "en"), "file-2", "too_long")
	wants(t, "the file", p.Args["File"], any("Salt/huge.txt"))
	wants(t, "the part", p.Args["Part"], any("text"))
	if pile := d.pile(id); pile.Works[0].Work != 0 || len(pile.ToMake()) != 2 {
		t.Errorf("something was made: %+v", pile)
	}
	d.arrange(id, archive.Arrangement{In: map[int]bool{2: false}})
	must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
	wants(t, "the chapters", d.numbersIn(d.pile(id).Works[0].Work), []int{1})
}

func TestDraftsMadeTwiceAtOnceAreMadeOnce(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		numbers := []int{1, 2, 3, 4, 5, 6, 7, 8}
		id := d.bringPile(chapters(numbers...)...)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				err := d.MakeDrafts(t.Context(), d.mara, id, "en")
				if problems := (archive.Problems{}); err != nil && (!errors.As(err, &problems) || problems[0].Rule != "pile_nothing") {
					t.Error(err)
				}
			})
		}
		all.Wait()
		work := d.pile(id).Works[0].Work
		wants(t, "the chapters", d.numbersIn(work), numbers)
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			own, err := tx.Lists.Own(ctx, d.mara)
			wants(t, "the works", len(own), 1)
			return err
		})
	})
}

// breaking is a bucket whose files cannot be read once so many were.
type breaking struct {
	media.Bucket
	left int
}

var errBroke = errors.New("the line broke")

// Get opens a file, while it does.
func (b *breaking) Get(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if b.left--; b.left < 0 {
		return nil, errBroke
	}
	return b.Bucket.Get(ctx, key)
}

func TestDraftsCutOffHalfWayAreGoneOnWith(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		bucket := &breaking{newBucket(t), 1000}
		d := deskIn(t, w, bucket)
		id := d.bringPile(chapters(1, 2, 3, 4)...)
		bucket.left = 4 + 2 // all are looked at, two are made
		if err := d.MakeDrafts(t.Context(), d.mara, id, "en"); !errors.Is(err, errBroke) {
			t.Fatalf("the answer is %v", err)
		}
		pile := d.pile(id)
		work := pile.Works[0].Work
		wants(t, "what is there", d.numbersIn(work), []int{1, 2})
		wants(t, "what is left", len(pile.ToMake()), 2)
		bucket.left = 1000
		d.arrange(id, archive.Arrangement{Places: map[int]int{4: 3}, Into: map[int]int64{1: d.draft("Another")}})
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		wants(t, "what is there in the end", d.numbersIn(work), []int{1, 2, 4, 3})
	})
}

func TestABrokenBucketLeavesNoPile(t *testing.T) {
	d := newDesk(t)
	gone, cancel := context.WithCancel(t.Context())
	files := chapters(1, 2)
	files[1].Open = func() ([]byte, error) { cancel(); return []byte(told(2)), nil }
	if _, err := d.BringPile(gone, d.mara, files); err == nil {
		t.Error("who went away has a pile")
	}
	d.Read(t, func(ctx context.Context, tx *store.Tx) error {
		piles, err := tx.Piles.Of(ctx, d.mara.Account, 10)
		wants(t, "the piles", len(piles), 0)
		return err
	})
}

func TestAPileTakesSoManyFiles(t *testing.T) {
	d := newDesk(t)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for n := range 1005 {
		f, err := z.Create(fmt.Sprintf("%04d\u202e'<b>.txt", n))
		must(t, err)
		_, err = io.WriteString(f, told(n))
		must(t, err)
	}
	must(t, z.Close())
	pile := d.pile(d.bringPile(piled("all.zip", packed.String())))
	wants(t, "its files", pile.Count(), 1005)
	wants(t, "what is taken", len(pile.In(1)), 1000)
	for _, f := range pile.Skipped() {
		wants(t, "why one is skipped", f.Rule, "pile.full")
	}
	wants(t, "a name", pile.Files[0].Name, "all.zip/0000'<b>.txt")
	wants(t, "a name", pile.Works[0].Title, "all")
}

func TestAPileGoesWithItsAccountAndTellsNobodyWhoseAWorkWas(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.bringPile(chapters(1, 2)...)
		work := d.post("Posted.")
		d.arrange(id, archive.Arrangement{Into: map[int]int64{1: work}})
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		must(t, d.OrphanWork(t.Context(), d.mara, work, archive.FateNoName))
		d.purges()
		pile := d.pile(id)
		wants(t, "the work", pile.Works[0].Work, int64(0))
		wants(t, "what may be made", len(pile.ToMake()), 2)

		d.leaves(d.mara, archive.FateDelete, archive.FateRemove)
		d.purges()
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			piles, err := tx.Piles.Of(ctx, d.mara.Account, 10)
			wants(t, "the piles", len(piles), 0)
			kept, err2 := tx.Manuscripts.Of(ctx, d.mara.Account, 0, 10)
			wants(t, "the manuscripts", len(kept), 0)
			return errors.Join(err, err2)
		})
		var files []string
		must(t, d.bucket.Each(t.Context(), func(key string, _ int64) error { files = append(files, key); return nil }))
		wants(t, "the files", len(files), 0)
	})
}
