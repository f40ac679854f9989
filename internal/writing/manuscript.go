package writing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/tempo"
)

// Bring takes a manuscript in: it is read, and the original kept for the
// account that brought it alone, without what a word processor noted of its
// writer. What cannot be read is not kept; the error says why.
func (w *Writing) Bring(ctx context.Context, v archive.Viewer, name string, data []byte) (archive.Manuscript, error) {
	ms, _, err := w.BringRead(ctx, v, name, data)
	return ms, err
}

// BringRead is Bring, and gives what was understood too. It is read with what
// is known of its writer, which is kept with it.
func (w *Writing) BringRead(ctx context.Context, v archive.Viewer, name string, data []byte) (archive.Manuscript, manuscript.Reading, error) {
	if !v.IsMember() {
		return archive.Manuscript{}, manuscript.Reading{}, archive.ErrSignIn
	}
	name = archive.CleanLine(name)
	known, err := w.Known(ctx, v)
	if err != nil {
		return archive.Manuscript{}, manuscript.Reading{}, err
	}
	data, ms, reading, err := w.readBrought(ctx, name, data, known)
	if err != nil {
		return archive.Manuscript{}, reading, err
	}
	ms, err = w.keepBrought(ctx, v, ms, data)
	return ms, reading, err
}

// readBrought frees a manuscript of what tells of its writer, and reads it with
// what is known of them.
func (w *Writing) readBrought(ctx context.Context, name string, data []byte, known []manuscript.Habit) (clean []byte, ms archive.Manuscript, reading manuscript.Reading, err error) {
	ms = archive.Manuscript{Name: name, Choices: "[]"}
	if clean, ms.Removed, err = w.scrub(ctx, data); err != nil {
		return nil, ms, reading, err
	}
	if reading, err = w.ReadManuscript(ctx, clean, manuscript.Options{Name: name, Habits: known}); err != nil {
		return nil, ms, reading, err
	}
	ms.Kind = reading.Source.Kind
	ms.Habits, err = keepHabits(known)
	return clean, ms, reading, err
}

// keepBrought keeps a manuscript that was read, and its original.
func (w *Writing) keepBrought(ctx context.Context, v archive.Viewer, ms archive.Manuscript, data []byte) (archive.Manuscript, error) {
	sum := sha256.Sum256(data)
	ms.Account, ms.SHA256, ms.Bytes = v.Account, hex.EncodeToString(sum[:]), int64(len(data))
	ms.Key = fmt.Sprintf("manuscripts/%d/%s", v.Account, ms.SHA256)
	if err := w.bucket.Put(ctx, ms.Key, bytes.NewReader(data), ms.Bytes, "application/octet-stream"); err != nil {
		return ms, fmt.Errorf("keep the original: %w", err)
	}
	err := w.store.Write(ctx, func(tx *store.Tx) (err error) {
		ms.ID, err = tx.Manuscripts.Add(ctx, ms)
		tx.Log.Record(archive.Event{Kind: archive.ManuscriptBrought, Actor: v.Account, Subject: ms.ID})
		return err
	})
	return ms, err
}

// largeManuscript is one that takes a hundred megabytes while it is read.
const largeManuscript = 4 << 20

// Reading a manuscript takes a processor for up to a second: two are read at
// once, and who comes when many wait is asked to come again.
const (
	readAtOnce     = 2
	mostWaitToRead = 16
	patientToRead  = 30 * time.Second
)

// Turn waits until a text may be read as a manuscript, and gives what ends
// that; archive.ErrBusy when too many wait already.
func (w *Writing) Turn(ctx context.Context) (end func(), err error) { return w.turns.Take(ctx) }

// LimitReading says anew how many manuscripts are read at once. It is called
// before the verbs are used.
func (w *Writing) LimitReading(turns *tempo.Turns) { w.turns = turns }

// ReadManuscript reads a manuscript when its turn has come; a large one, or
// one that is packed and may be, waits for a second turn, as pictures do. It stores nothing.
func (w *Writing) ReadManuscript(ctx context.Context, data []byte, o manuscript.Options) (manuscript.Reading, error) {
	end, err := w.Turn(ctx)
	if err != nil {
		return manuscript.Reading{}, err
	}
	defer end()
	if len(data) > largeManuscript || bytes.HasPrefix(data, []byte("PK")) {
		if err := w.making.Acquire(ctx, 1); err != nil {
			return manuscript.Reading{}, err // who sent it has gone
		}
		defer w.making.Release(1)
	}
	return manuscript.Read(data, o)
}

// Manuscript gives what an account brought, read with its writer's choices.
func (w *Writing) Manuscript(ctx context.Context, v archive.Viewer, id int64) (archive.Manuscript, manuscript.Reading, error) {
	ms, data, err := w.Original(ctx, v, id)
	if err != nil {
		return ms, manuscript.Reading{}, err
	}
	choices, err := ChoicesOf(ms)
	if err != nil {
		return ms, manuscript.Reading{}, err
	}
	known, err := keptHabits(ms)
	if err != nil {
		return ms, manuscript.Reading{}, err
	}
	reading, err := w.ReadManuscript(ctx, data, manuscript.Options{Name: ms.Name, Kind: ms.Kind, Choices: choices, Habits: known})
	return ms, reading, err
}

// Original gives the original to the account that brought it, as it is kept.
func (w *Writing) Original(ctx context.Context, v archive.Viewer, id int64) (archive.Manuscript, []byte, error) {
	var ms archive.Manuscript
	err := w.store.Read(ctx, func(tx *store.Tx) (err error) {
		ms, err = tx.Manuscripts.Find(ctx, v.Account, id)
		return err
	})
	if err != nil {
		return ms, nil, err
	}
	file, err := w.bucket.Get(ctx, ms.Key)
	if err != nil {
		return ms, nil, fmt.Errorf("open the original: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return ms, data, err
}

// Choose keeps what a writer decided about parts of a manuscript; choosing
// again about the same span replaces the choice.
func (w *Writing) Choose(ctx context.Context, v archive.Viewer, id int64, choices ...manuscript.Choice) error {
	return w.changeChoices(ctx, v, id, func(kept []manuscript.Choice) []manuscript.Choice {
		for _, choice := range choices {
			kept = append(slices.DeleteFunc(kept, func(k manuscript.Choice) bool {
				return k.Start == choice.Start && k.End == choice.End && (k.What == dedication) == (choice.What == dedication)
			}), choice)
		}
		return kept
	})
}

// TakeBack drops the writer's choices about a span, so that the reader's own
// guess stands again.
func (w *Writing) TakeBack(ctx context.Context, v archive.Viewer, id int64, start, end int) error {
	return w.changeChoices(ctx, v, id, func(kept []manuscript.Choice) []manuscript.Choice {
		return slices.DeleteFunc(kept, func(k manuscript.Choice) bool { return k.Start <= start && end <= k.End })
	})
}

// dedication is what a choice is about when it is about the name in a note,
// not about the note.
const dedication = "dedication"

func (w *Writing) changeChoices(ctx context.Context, v archive.Viewer, id int64, change func([]manuscript.Choice) []manuscript.Choice) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		ms, err := tx.Manuscripts.Find(ctx, v.Account, id)
		if err != nil {
			return err
		}
		kept, err := ChoicesOf(ms)
		if err != nil {
			return err
		}
		stored, err := json.Marshal(change(kept))
		if err != nil {
			return err
		}
		return tx.Manuscripts.SetChoices(ctx, v.Account, id, string(stored))
	})
}

// TakeOther has a manuscript read with other words of its file: with those that
// are left out unless asked for, or without those that are taken. What was
// decided about parts stands where the part is found again.
func (w *Writing) TakeOther(ctx context.Context, v archive.Viewer, id int64, other manuscript.Choice) error {
	ms, data, err := w.Original(ctx, v, id)
	if err != nil {
		return err
	}
	kept, err := ChoicesOf(ms)
	if err != nil {
		return err
	}
	with := slices.DeleteFunc(slices.Clone(kept), func(k manuscript.Choice) bool { return !k.OfFile() || k.What == other.What })
	_, before, err := w.Manuscript(ctx, v, id)
	if err != nil {
		return err
	}
	after, err := w.ReadManuscript(ctx, data, manuscript.Options{Name: ms.Name, Kind: ms.Kind, Choices: append(with, other)})
	if err != nil {
		return err
	}
	return w.changeChoices(ctx, v, id, func(kept []manuscript.Choice) []manuscript.Choice {
		return append(append(with, other), foundAgain(kept, before.SourceText, after.SourceText)...)
	})
}

// foundAgain are the choices about parts of one text that stand in another one,
// each in one place alone.
func foundAgain(kept []manuscript.Choice, before, after string) (moved []manuscript.Choice) {
	for _, k := range kept {
		if k.OfFile() || k.Start < 0 || k.End > len(before) || k.Start >= k.End {
			continue
		}
		text := before[k.Start:k.End]
		if at := strings.Index(after, text); at >= 0 && at == strings.LastIndex(after, text) {
			k.Start, k.End = at, at+len(text)
			moved = append(moved, k)
		}
	}
	return moved
}

// ForgetChoices reads the manuscript as it was first read.
func (w *Writing) ForgetChoices(ctx context.Context, v archive.Viewer, id int64) error {
	return w.changeChoices(ctx, v, id, func([]manuscript.Choice) []manuscript.Choice { return []manuscript.Choice{} })
}

// ChoicesOf lists what a writer decided about parts of a manuscript.
func ChoicesOf(ms archive.Manuscript) (choices []manuscript.Choice, err error) {
	return choices, json.Unmarshal([]byte(ms.Choices), &choices)
}

// ChaptersOf makes the chapters of one story of a manuscript ready to be
// posted. Each keeps the manuscript it was read from.
func ChaptersOf(story manuscript.Work, id int64) []archive.ChapterFields {
	var chapters []archive.ChapterFields
	for _, c := range story.Chapters {
		chapters = append(chapters, archive.ChapterFields{
			Title: c.Title, Disclaimer: c.Disclaimer.Editable(), NotesBefore: c.OpeningNote.Editable(), NotesAfter: c.ClosingNote.Editable(),
			Dedication: c.Dedication, Text: c.Body.Editable(), Format: archive.FormatText, Manuscript: id,
		})
	}
	return chapters
}

// HeadedBy gives a text that is one chapter of a work the title that stands
// over it, where the chapter has no other and the work is called differently.
func HeadedBy(chapter archive.ChapterFields, over, work string) archive.ChapterFields {
	if over = archive.CleanLine(over); chapter.Title == "" && !strings.EqualFold(over, work) {
		chapter.Title = clipped(over)
	}
	return chapter
}
