package writing_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/writing"
)

const (
	sceneOf   = "The lamp was lit at six. Nobody came down the stair, and the sea went on.\n\nShe counted the steps again. There were nine, as there had always been.\n\n"
	firstOwn  = "I do not own the lamp and make no money with this story.\n\n***\n\n" + sceneOf + "~ * ~\n\n" + sceneOf
	secondOwn = "I do not own the lamp and make no money with this story.\n\n***\n\nThe second night was worse. The oil ran low.\n\n" + sceneOf + "~ * ~\n\n" + sceneOf
)

// accept makes a draft of a manuscript as it is understood.
func (d *desk) accept(id int64) {
	d.t.Helper()
	_, reading := d.understood(id)
	d.create(writing.NewWork{
		Fields: fields(), Draft: true, Chapters: writing.ChaptersOf(reading.Works[0], id), Accepted: writing.Accepted{Manuscript: id, Lessons: reading.Lessons},
	})
}

// learnt is what is known of a member's manuscripts.
func (d *desk) learnt(v archive.Viewer) map[string]archive.Habit {
	d.t.Helper()
	known := map[string]archive.Habit{}
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.Habits.Of(ctx, v.Account, 1000)
		for _, h := range list {
			known[h.Kind+" "+h.Shape] = h
		}
		return err
	})
	return known
}

func TestWhatAnAcceptedManuscriptTeachesIsKnownOfTheNext(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		first := d.bring("", firstOwn)
		wants(t, "what is known before anything was accepted", len(d.learnt(d.mara)), 0)
		d.accept(first.ID)
		_, before := d.understood(first.ID)
		second, reading, err := d.BringRead(t.Context(), d.mara, "", []byte(secondOwn))
		must(t, err)
		wants(t, "whether the second is familiar", reading.Familiar(), true)
		_, again := d.understood(second.ID)
		wants(t, "the second read again", asJSON(t, again), asJSON(t, reading))

		// What was reviewed is read as it was, whatever is learnt or forgotten since.
		must(t, d.ForgetHabits(t.Context(), d.mara))
		wants(t, "what is known when all is forgotten", len(d.learnt(d.mara)), 0)
		_, still := d.understood(second.ID)
		wants(t, "the second when all is forgotten", asJSON(t, still), asJSON(t, reading))
		_, first2 := d.understood(first.ID)
		wants(t, "the first", asJSON(t, first2), asJSON(t, before))
		_, third, err := d.BringRead(t.Context(), d.mara, "", []byte(secondOwn))
		must(t, err)
		wants(t, "whether it is familiar when all is forgotten", third.Familiar(), false)

		other := d.join("other", false)
		_, theirs, err := d.BringRead(t.Context(), other, "", []byte(secondOwn))
		must(t, err)
		wants(t, "whether it is familiar to another", theirs.Familiar(), false)
	})
}

func asJSON(t *testing.T, r manuscript.Reading) string {
	t.Helper()
	said, err := r.JSON()
	must(t, err)
	return string(said)
}

func TestAManuscriptTeachesOnce(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ms := d.bring("", firstOwn)
		_, reading := d.understood(ms.ID)
		var at sync.WaitGroup
		for range 4 {
			at.Go(func() {
				_, err := d.Create(t.Context(), d.mara, writing.NewWork{
					Fields: fields(), Draft: true, Chapters: writing.ChaptersOf(reading.Works[0], ms.ID), Accepted: writing.Accepted{Manuscript: ms.ID, Lessons: reading.Lessons},
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		at.Wait()
		wants(t, "how often the break was accepted", d.learnt(d.mara)["scene_break ~*~"].Accepted, 1)

		// Two manuscripts accepted side by side are both learnt.
		one, two := d.bring("", secondOwn), d.bring("", secondOwn+"\n")
		for _, id := range []int64{one.ID, two.ID} {
			at.Go(func() { d.accept(id) })
		}
		at.Wait()
		wants(t, "how often it was accepted then", d.learnt(d.mara)["scene_break ~*~"].Accepted, 3)
	})
}

func TestOnlyWhoBroughtAManuscriptIsLearntOf(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ms := d.bring("", firstOwn)
		_, reading := d.understood(ms.ID)
		other := d.join("other", false)
		_, err := d.Create(t.Context(), other, writing.NewWork{Fields: fields(), Draft: true, Accepted: writing.Accepted{Manuscript: ms.ID, Lessons: reading.Lessons}})
		must(t, err)
		wants(t, "what is known of another", len(d.learnt(other)), 0)
		d.accept(ms.ID)
		known := d.learnt(d.mara)
		if len(known) == 0 {
			t.Fatal("nothing was learnt")
		}
		for _, h := range known {
			if err := d.ForgetHabit(t.Context(), other, h.ID); !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("another forgets it: %v", err)
			}
		}
		must(t, d.ForgetHabits(t.Context(), other))
		wants(t, "what is known still", len(d.learnt(d.mara)), len(known))
		break1 := known["scene_break ~*~"]
		must(t, d.ForgetHabit(t.Context(), d.mara, break1.ID))
		wants(t, "what is known then", len(d.learnt(d.mara)), len(known)-1)
		for name, err := range map[string]error{
			"forget it again": d.ForgetHabit(t.Context(), d.mara, break1.ID), "read another's afresh": d.ReadAfresh(t.Context(), other, ms.ID),
			"put another's back": d.PutAllBack(t.Context(), other, ms.ID),
		} {
			if !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWhatIsPutBackTwiceIsAskedFirst(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		for n := range 3 {
			ms := d.bring("", fmt.Sprintf("A/N: the %d. diary begins here, dear readers, with thanks.\n\n%s", n, sceneOf))
			_, reading := d.understood(ms.ID)
			part := reading.Parts[0]
			if n == 2 {
				wants(t, "what it is the third time", part.What, manuscript.InStory)
				wants(t, "what it is offered as", part.Offer, manuscript.OpeningNote)
				break
			}
			wants(t, "what it is", part.What, manuscript.OpeningNote)
			must(t, d.Choose(t.Context(), d.mara, ms.ID, manuscript.Choice{Start: part.Start, End: part.End, What: part.What, Become: "story"}))
			d.accept(ms.ID)
		}
	})
}

func TestWhatIsLearntIsBounded(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		for n := range 3 {
			ms := d.bring("", strings.Repeat(sceneOf, n+1))
			var lessons []manuscript.Lesson
			for k := range manuscript.MostHabits {
				lessons = append(lessons, manuscript.Lesson{Habit: manuscript.Habit{Kind: "note_label", Shape: fmt.Sprintf("label %d %d", n, k)}})
			}
			d.create(writing.NewWork{Fields: fields(), Draft: true, Accepted: writing.Accepted{Manuscript: ms.ID, Lessons: append(lessons, lessons...)}})
		}
		known := d.learnt(d.mara)
		wants(t, "how much is known", len(known), manuscript.MostHabits)
		if _, last := known["note_label label 2 7"]; !last {
			t.Error("the latest was forgotten before the oldest")
		}
	})
}

func TestAManuscriptIsReadAfreshOrPutBackWhole(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		d.accept(d.bring("", firstOwn).ID)
		ms := d.bring("", secondOwn)
		must(t, d.ReadAfresh(t.Context(), d.mara, ms.ID))
		_, reading := d.understood(ms.ID)
		wants(t, "whether it is familiar", reading.Familiar(), false)
		wants(t, "what is known", len(reading.Habits), 0)
		must(t, d.PutAllBack(t.Context(), d.mara, ms.ID))
		_, reading = d.understood(ms.ID)
		if body := reading.Works[0].Chapters[0].Body.Text(0); !strings.Contains(body, "I do not own the lamp") {
			t.Errorf("the story is %q", body)
		}
	})
}

func TestWhatIsLearntIsForgottenWithTheAccount(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		d.accept(d.bring("", firstOwn).ID)
		must(t, d.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Deletions.Empty(t.Context(), d.mara.Account, 1000)
			return err
		}))
		wants(t, "what is known", len(d.learnt(d.mara)), 0)
	})
}

func TestDraftsOfAPileTeachToo(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.bringPile(piled("Salt/ch1.txt", firstOwn+told(1)), piled("Salt/ch2.txt", told(2)+"~ * ~\n\n"+told(3)))
		wants(t, "what is known before drafts were made", len(d.learnt(d.mara)), 0)
		must(t, d.MakeDrafts(t.Context(), d.mara, id, "en"))
		wants(t, "in how many texts the break was accepted", d.learnt(d.mara)["scene_break ~*~"].Accepted, 2)
		_, reading, err := d.BringRead(t.Context(), d.mara, "", []byte(secondOwn))
		must(t, err)
		wants(t, "whether the next is familiar", reading.Familiar(), true)
	})
}
