package writing

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
)

// A pile may take minutes to read: two are read at once, one file after the
// other, and who comes when many wait is asked to come again.
const (
	pilesAtOnce       = 2
	mostWaitWithPiles = 8
	patientWithPiles  = time.Minute
)

// longestFileName bounds a file's name with its folders, in characters.
const longestFileName = 200

// BringPile takes many files in: each that can be read is kept as a manuscript
// is, and the pile names all of them. Nothing is public by it, and nothing is
// a draft yet.
func (w *Writing) BringPile(ctx context.Context, v archive.Viewer, files []manuscript.PileFile) (int64, error) {
	if !v.IsMember() {
		return 0, archive.ErrSignIn
	}
	end, err := w.piles.Take(ctx)
	if err != nil {
		return 0, err
	}
	defer end()
	known, err := w.Known(ctx, v)
	if err != nil {
		return 0, err
	}
	kept := map[string]int64{} // manuscripts by the names of their files
	var ms archive.Manuscript  // the one that is being read
	found, err := manuscript.TakePile(files, manuscript.PileTaker{
		Files: w.limits.PileFiles, Bytes: w.limits.PileBytes,
		Read: func(name string, data []byte) (clean []byte, reading manuscript.Reading, err error) {
			clean, ms, reading, err = w.readBrought(ctx, fileName(name), data, known)
			return clean, reading, err
		},
		Keep: func(item manuscript.PileItem, clean []byte, _ manuscript.Reading) error {
			brought, err := w.keepBrought(ctx, v, ms, clean)
			kept[item.Name] = brought.ID
			return err
		},
	})
	if err != nil {
		return 0, err
	}
	pile := pileOf(found, kept)
	pile.Account = v.Account
	err = w.store.Write(ctx, func(tx *store.Tx) (err error) {
		pile.ID, err = tx.Piles.Add(ctx, pile)
		tx.Log.Record(archive.Event{Kind: archive.PileBrought, Actor: v.Account, Subject: pile.ID})
		return err
	})
	return pile.ID, err
}

// fileName is a file's name as it is kept; of a very long one, its end.
func fileName(name string) string {
	name = archive.CleanLine(name)
	if letters := []rune(name); len(letters) > longestFileName {
		name = "…" + string(letters[len(letters)-longestFileName+1:])
	}
	return name
}

// pileOf arranges a pile as it was found. Of a file that holds several stories
// each stands for itself.
func pileOf(found manuscript.Pile, kept map[string]int64) archive.Pile {
	var pile archive.Pile
	for i, work := range found.Works {
		pile.Works = append(pile.Works, archive.PileWork{Number: i + 1, Title: clipped(work.Title)})
	}
	first, number := map[string]int{}, 1 // the first number of each file
	stories := map[string]int{}
	for _, item := range found.Files {
		first[item.Name], stories[item.Name] = number, len(item.Stories)
		number += max(1, len(item.Stories))
	}
	for _, item := range found.Files {
		for n := range max(1, len(item.Stories)) {
			f := pileFile(item, n, len(pile.Files)+1, kept[item.Name])
			switch {
			case item.Verdict == manuscript.PileVersion && stories[item.Of] == len(item.Stories):
				f.Text, f.Chosen = first[item.Of]+n, false
			case item.Verdict == manuscript.PileVersion: // it holds others beside: nobody knows which is meant
				f.Work, f.LeftOut = item.Work, true
			case item.Verdict == manuscript.PileChapter:
				f.Work = item.Work + n
			}
			pile.Files = append(pile.Files, f)
		}
	}
	place(&pile)
	return pile
}

// place puts each text where the first of its versions in one folder stands:
// "copy of chapter 4" is chapter 4.
func place(pile *archive.Pile) {
	at := map[int]int{} // of texts
	for _, f := range pile.Files {
		if _, known := at[f.Text]; !known && f.Manuscript != 0 && path.Dir(f.Name) == path.Dir(pile.Files[f.Text-1].Name) {
			at[f.Text] = f.Number
		}
	}
	heads := map[int][]*archive.PileFile{} // of works
	for i := range pile.Files {
		if f := &pile.Files[i]; f.Manuscript != 0 && f.Number == f.Text && !f.LeftOut {
			heads[f.Work] = append(heads[f.Work], f)
		}
	}
	for _, list := range heads {
		slices.SortStableFunc(list, func(a, b *archive.PileFile) int { return cmp.Compare(at[a.Number], at[b.Number]) })
		for i, f := range list {
			f.Place = i + 1
		}
	}
}

// pileFile is a file as it was found, or one of the stories in it.
func pileFile(item manuscript.PileItem, story, number int, kept int64) archive.PileFile {
	f := archive.PileFile{
		Number: number, Name: fileName(item.Name), Manuscript: kept, Rule: item.Rule, Title: clipped(item.Title), Chapters: len(item.Chapters), Words: item.Words,
		Text: number, Chosen: true, PilePlace: archive.PilePlace{Place: 1},
	}
	if len(item.Chapters) == 1 && item.Chapters[0] != "" {
		f.Title = clipped(item.Chapters[0])
	}
	if len(item.Stories) > 0 {
		f.Story, f.Stories, f.Title, f.Chapters, f.Words = story, len(item.Stories), clipped(item.Stories[story]), 0, 0
	}
	return f
}

// clipped is a title that may be longer than titles are.
func clipped(title string) string {
	letters := []rune(archive.CleanLine(title))
	return string(letters[:min(len(letters), archive.DefaultLimits().Title)])
}

// Pile gives a pile to the account that brought it.
func (w *Writing) Pile(ctx context.Context, v archive.Viewer, id int64) (pile archive.Pile, err error) {
	err = w.store.Read(ctx, func(tx *store.Tx) (err error) {
		pile, err = tx.Piles.Find(ctx, v.Account, id)
		return err
	})
	return pile, err
}

// ArrangePile keeps what the writer of a pile says of it:
// archive.ErrConflict when it was changed since they looked.
func (w *Writing) ArrangePile(ctx context.Context, v archive.Viewer, id, base int64, a archive.Arrangement) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		was, err := tx.Piles.Hold(ctx, v.Account, id)
		if err != nil {
			return err
		}
		if was.Revision != base {
			return archive.ErrConflict
		}
		is := was.Arrange(a)
		var problems archive.Problems
		for _, work := range is.Works {
			archive.CheckLength(titleField(work.Number), len([]rune(work.Title)), w.limits.Title, &problems)
			if i := work.Number - 1; i < len(was.Works) && work.Work == was.Works[i].Work {
				continue
			}
			if err := takesChapters(ctx, tx, v, work, &problems); err != nil {
				return err
			}
		}
		if err := problems.Err(); err != nil {
			return err
		}
		return tx.Piles.Save(ctx, was, is)
	})
}

// takesChapters notes as a problem that a work is none the writer may add
// chapters to.
func takesChapters(ctx context.Context, tx *store.Tx, v archive.Viewer, work archive.PileWork, problems *archive.Problems) error {
	if work.Work == 0 {
		return nil
	}
	_, err := tx.Works.ForEdit(ctx, v, work.Work)
	if errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrForbidden) {
		problems.Add("into-"+strconv.Itoa(work.Number), "pile_work_gone")
		return nil
	}
	return err
}

func titleField(work int) string { return "title-" + strconv.Itoa(work) }

// DropPile takes a pile off the list of its writer. The drafts made of it, and
// the originals, stay.
func (w *Writing) DropPile(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error { return tx.Piles.Drop(ctx, v.Account, id) })
}
