package writing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/jobs"
	"ficus/internal/manuscript"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
	"ficus/internal/writing"
)

const pasted = `Disclaimer: I own the lamp and nothing else.

A/N: Hello again, everyone. This chapter is for Pell, who asked for more of the sea. Thank you for your reviews!

0415 HRS

The lamp was lit. Nobody came.

Still nobody came.

A/N: Please review, it keeps the lamp lit.
`

// bring brings a text that must be taken.
func (d *desk) bring(name, data string) archive.Manuscript {
	d.t.Helper()
	ms, err := d.Bring(d.t.Context(), d.mara, name, []byte(data))
	must(d.t, err)
	return ms
}

// understood is what each part of a manuscript was taken for.
func (d *desk) understood(id int64) (whats []string, reading manuscript.Reading) {
	d.t.Helper()
	_, reading, err := d.Manuscript(d.t.Context(), d.mara, id)
	must(d.t, err)
	for _, p := range reading.Parts {
		whats = append(whats, p.What)
	}
	return whats, reading
}

func TestAManuscriptIsKeptUntouchedForWhoBroughtIt(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		data := strings.ReplaceAll(pasted, "\n", "\r\n")
		ms := d.bring("lamp\u202e.txt", data)
		wants(t, "its name", ms.Name, "lamp.txt")
		_, original, err := d.Original(t.Context(), d.mara, ms.ID)
		must(t, err)
		wants(t, "the original", string(original), data)

		other := d.join("other", false)
		_, _, read := d.Manuscript(t.Context(), other, ms.ID)
		_, _, got := d.Original(t.Context(), other, ms.ID)
		for act, err := range map[string]error{
			"read": read, "download": got, "choose": d.Choose(t.Context(), other, ms.ID, manuscript.Choice{Start: 0, End: 5, Become: "story"}),
			"take back": d.TakeBack(t.Context(), other, ms.ID, 0, 5), "forget": d.ForgetChoices(t.Context(), other, ms.ID),
			"none": d.ForgetChoices(t.Context(), d.mara, 99_999),
		} {
			if !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("%s another's manuscript: %v", act, err)
			}
		}
		if _, err := d.Bring(t.Context(), archive.Viewer{}, "", []byte("x")); !errors.Is(err, archive.ErrSignIn) {
			t.Errorf("a guest bringing: %v", err)
		}
	})
}

func TestWhatCannotBeReadIsNotKept(t *testing.T) {
	d := newDesk(t)
	for _, data := range []string{"", "\n \n\n", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00", "%PDF-1.4\n%\xe2\xe3\xcf\xd3"} {
		_, err := d.Bring(t.Context(), d.mara, "a.txt", []byte(data))
		var unread *manuscript.Error
		if !errors.As(err, &unread) {
			t.Errorf("%q is answered with %v", data, err)
		}
	}
	d.Read(t, func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.Manuscripts.Of(ctx, d.mara.Account, 0, 10)
		wants(t, "the manuscripts kept", len(kept), 0)
		return err
	})
}

func TestAcceptance61_PartAManuscriptBecomesAChapterWithEverythingInItsPlace(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ms := d.bring("", pasted)
		_, reading := d.understood(ms.ID)
		chapters := writing.ChaptersOf(reading.Works[0], ms.ID)
		id := d.create(writing.NewWork{Fields: fields(), Chapters: chapters})
		text := d.first(id)
		wants(t, "whom it is for", text.Dedication, "Pell")
		wants(t, "where it was read from", text.Manuscript, ms.ID)
		for part, want := range map[string]string{
			text.Disclaimer: "I own the lamp and nothing else.", text.NotesBefore: "Hello again, everyone.", text.NotesAfter: "Please review",
		} {
			if !strings.Contains(part, want) {
				t.Errorf("%q is not in %q", want, part)
			}
		}
		at := 0
		for _, word := range strings.Fields("0415 HRS The lamp was lit. Nobody came. Still nobody came.") {
			next := strings.Index(text.Body[at:], word)
			if next < 0 {
				t.Fatalf("%q is not in its place in %q", word, text.Body)
			}
			at += next + len(word)
		}
		if !strings.Contains(text.Body, `class="place"`) || strings.Contains(text.Body, "review") {
			t.Errorf("the body is %s", text.Body)
		}
		before := d.first(id)
		d.save(d.open(id, d.chapters(id)[0].ID))
		before.Manuscript = 0 // the form of the page carries it
		wants(t, "saved unchanged", d.first(id), before)
	})
}

func TestAcceptance62_PartAnUndoneGuessIsBackInItsPlaceAndStaysSo(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ms := d.bring("", pasted)
		before, reading := d.understood(ms.ID)
		for _, guess := range reading.Guesses() {
			choice := manuscript.Choice{Start: guess.Start, End: guess.End, What: guess.What, Become: "story"}
			must(t, d.Choose(t.Context(), d.mara, ms.ID, choice))
			for range 2 { // reading the original again gives the same choices
				_, now := d.understood(ms.ID)
				body := now.Works[0].Chapters[0].Body.Text(0)
				words := strings.Join(strings.Fields(reading.Text(guess)), " ")
				if !strings.Contains(strings.Join(strings.Fields(body), " "), words) {
					t.Errorf("%q is not back in the story: %q", words, body)
				}
			}
			must(t, d.TakeBack(t.Context(), d.mara, ms.ID, guess.Start, guess.End))
			after, _ := d.understood(ms.ID)
			wants(t, "the parts when the undo is undone", after, before)
		}
		must(t, d.Choose(t.Context(), d.mara, ms.ID, manuscript.Choice{Start: 0, End: len(pasted), What: manuscript.Disclaimer, Become: "story"}))
		must(t, d.ForgetChoices(t.Context(), d.mara, ms.ID))
		after, _ := d.understood(ms.ID)
		wants(t, "the parts when everything is forgotten", after, before)
	})
}

func TestAnAutosaveIsKeptUntilTheFormIsSaved(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		typed := map[string][]string{"text": {"Eight thousand words"}, "form_id": {"form"}}
		must(t, d.Autosave(t.Context(), d.mara, "work/new", 3, typed))
		kept, err := d.autosaved("work/new")
		must(t, err)
		wants(t, "what is kept", kept.Fields, typed)
		wants(t, "its base", kept.Base, int64(3))

		d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Autosave: "work/new", Once: archive.Once{Deed: "form"}})
		if _, err := d.autosaved("work/new"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("the form is saved, and still kept: %v", err)
		}
		must(t, d.Autosave(t.Context(), d.mara, "work/new", 3, typed)) // one that was under way
		if _, err := d.autosaved("work/new"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("what came late of a saved form is kept: %v", err)
		}
		must(t, d.Autosave(t.Context(), d.mara, "work/new", 3, map[string][]string{"text": {"Another"}}))
		must(t, d.ThrowAway(t.Context(), d.mara, "work/new"))
		if _, err := d.autosaved("work/new"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("what was thrown away is kept: %v", err)
		}
		if err := d.Autosave(t.Context(), archive.Viewer{}, "work/new", 0, typed); !errors.Is(err, archive.ErrSignIn) {
			t.Errorf("a guest's: %v", err)
		}
	})
}

func (d *desk) autosaved(form string) (kept archive.Autosave, err error) {
	err = d.Store.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		kept, err = tx.Autosaves.Find(d.t.Context(), d.mara.Account, form)
		return err
	})
	return kept, err
}

func TestAcceptance06_PartDraftsSurviveEveryJobAtAnyAge(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		draft, posted := d.draft("A draft."), d.post("Posted.")
		d.save(writing.ChapterForm{Work: posted, Fields: text("A draft chapter.")})
		must(t, d.Autosave(t.Context(), d.mara, "work/new", 0, map[string][]string{"text": {"Typed"}}))
		ms := d.bring("", pasted)
		for range 4 {
			d.Clock.Pass(400 * 24 * time.Hour)
			for _, job := range jobs.Housekeeping(d.Store, archive.DefaultLimits()) {
				must(t, job.Do(t.Context()))
			}
			_, err := d.PurgeDeleted(t.Context())
			must(t, err)
		}
		wants(t, "the draft", d.bodies(draft), []string{"A draft."})
		wants(t, "the draft chapter", d.bodies(posted), []string{"Posted.", "A draft chapter."})
		_, err := d.autosaved("work/new")
		must(t, err)
		_, _, err = d.Manuscript(t.Context(), d.mara, ms.ID)
		must(t, err)
	})
}

func TestAFullDiskLosesNothing(t *testing.T) {
	db := engines.SQLite(t, store.Schema(), sqldb.Options{MaxPages: 400})
	d := deskIn(t, testkit.NewWorld(t, db), newBucket(t))
	id := d.post("One.")
	chapter := d.chapters(id)[0].ID
	var full error
	saved := []string{}
	for n := 0; full == nil && n < 200; n++ {
		f := d.open(id, chapter)
		f.Fields.Text = noise(n)
		if _, full = d.SaveChapter(t.Context(), d.mara, f); full == nil {
			saved = append(saved, f.Fields.Text)
		}
	}
	if !errors.Is(full, archive.ErrFull) {
		t.Fatalf("the disk is full, and the answer is %v", full)
	}
	wants(t, "the text", d.bodies(id), saved[len(saved)-1:])
	wants(t, "the revisions", len(d.revisions(chapter)), len(saved)+1)
	if err := d.Autosave(t.Context(), d.mara, "work/new", 0, map[string][]string{"text": {noise(999) + noise(998)}}); !errors.Is(err, archive.ErrFull) {
		t.Errorf("an autosave is answered with %v", err)
	}
}

// noise is words that do not pack.
func noise(seed int) string {
	var b strings.Builder
	x := uint64(seed)*2654435761 + 1
	for range 6000 {
		x = x*6364136223846793005 + 1442695040888963407
		for i := range 6 {
			b.WriteByte('a' + byte(x>>(20+5*i))%26)
		}
		b.WriteByte(' ')
	}
	return b.String()
}
