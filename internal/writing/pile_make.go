package writing

import (
	"context"
	"errors"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
)

// MakeDrafts makes chapters of all texts of a pile that are taken in and are
// none yet: those of each of its works in a draft work of its own, or as draft
// chapters in the work that was chosen. Nothing is public by it. First all are
// looked at: what is wrong with any of them is answered, and nothing is made
// then. Each text is one transaction, so that what was made stays when the rest
// is cut off, and no text is made twice.
func (w *Writing) MakeDrafts(ctx context.Context, v archive.Viewer, id int64, language string) error {
	pile, err := w.Pile(ctx, v, id)
	if err != nil {
		return err
	}
	end, err := w.piles.Take(ctx)
	if err != nil {
		return err
	}
	defer end()
	if err := w.checkPile(ctx, v, pile); err != nil {
		return err
	}
	for _, text := range pile.ToMake() {
		if err := w.makeText(ctx, v, id, text.Number, language); err != nil {
			return err
		}
	}
	return nil
}

// brought is a text of a pile, read to become chapters.
type brought struct {
	file     archive.PileFile
	story    manuscript.Work // the first, for what it says of itself
	chapters []archive.ChapterFields
	uploads  []Upload
	accepted Accepted
}

// uploadsOf are the pictures that one of the chapters shows.
func (b brought) uploadsOf(chapter int) []Upload {
	return NewWork{Chapters: b.chapters, Uploads: b.uploads}.UploadsOf(chapter)
}

// readText reads the version that stands for a text, with its writer's
// choices.
func (w *Writing) readText(ctx context.Context, v archive.Viewer, pile archive.Pile, text archive.PileText) (brought, error) {
	b := brought{file: text.Chosen()}
	_, reading, err := w.Manuscript(ctx, v, b.file.Manuscript)
	if err != nil {
		return b, err
	}
	stories, found := storiesOf(reading, b.file)
	if !found || len(stories) == 0 {
		return b, archive.Problems{{Field: textField(text.Number), Rule: "pile_stories", Args: map[string]any{"File": b.file.Name}}}
	}
	b.story, b.accepted = stories[0], Accepted{Manuscript: b.file.Manuscript, Lessons: reading.Lessons}
	for _, story := range stories {
		b.chapters = append(b.chapters, ChaptersOf(story, b.file.Manuscript)...)
		for _, c := range story.Chapters {
			shown, err := BroughtPictures(reading, c.Body)
			if err != nil {
				return b, err
			}
			b.uploads = append(b.uploads, shown...)
		}
	}
	title := pile.Works[text.Work-1].Title
	if len(b.chapters) == 1 && len(pile.In(text.Work)) > 1 {
		b.chapters[0] = HeadedBy(b.chapters[0], b.story.Title, title)
	}
	return b, nil
}

func textField(text int) string { return "file-" + strconv.Itoa(text) }

// whole counts what a work of a pile will hold.
type whole struct{ characters, chapters int64 }

// checkPile says everything that keeps a pile from becoming drafts. Of the
// texts one is in memory at a time.
func (w *Writing) checkPile(ctx context.Context, v archive.Viewer, pile archive.Pile) error {
	var problems archive.Problems
	texts := pile.ToMake()
	if len(texts) == 0 {
		problems.Add("pile", "pile_nothing")
	}
	sums := map[int]whole{}
	for _, text := range texts {
		b, err := w.readText(ctx, v, pile, text)
		if wrong, is := err.(archive.Problems); is {
			problems = append(problems, wrong...)
			continue
		} else if err != nil {
			return err
		}
		sum := sums[text.Work]
		for i, fields := range b.chapters {
			set, err := w.read(withPictures(fields, b.uploadsOf(i)), true)
			wrong, is := err.(archive.Problems)
			if err != nil && !is {
				return err
			}
			problems = append(problems, ofFile(wrong, text.Number, b, i)...)
			sum.characters += int64(set.Text.Characters())
		}
		sum.chapters += int64(len(b.chapters))
		sums[text.Work] = sum
	}
	if err := w.checkWorks(ctx, v, pile, sums, &problems); err != nil {
		return err
	}
	return problems.Err()
}

// ofFile says of which file, and which chapter of several, something is wrong.
func ofFile(problems archive.Problems, text int, b brought, chapter int) archive.Problems {
	var said archive.Problems
	for _, p := range problems {
		args := map[string]any{"File": b.file.Name, "Part": p.Field}
		for name, value := range p.Args {
			args[name] = value
		}
		if len(b.chapters) > 1 {
			args["Chapter"] = chapter + 1
		}
		said = append(said, archive.Invalid{Field: textField(text), Rule: p.Rule, Args: args})
	}
	return said
}

// checkWorks says what is wrong with the works that are to be made, or added
// to.
func (w *Writing) checkWorks(ctx context.Context, v archive.Viewer, pile archive.Pile, sums map[int]whole, problems *archive.Problems) error {
	return w.store.Read(ctx, func(tx *store.Tx) error {
		for _, work := range pile.Works {
			sum, used := sums[work.Number]
			if !used {
				continue
			}
			if work.Work == 0 && work.Title == "" {
				problems.Add(titleField(work.Number), "required")
			}
			if err := takesChapters(ctx, tx, v, work, problems); err != nil {
				return err
			}
			standing, err := standingIn(ctx, tx, work.Work)
			if err != nil {
				return err
			}
			sum.characters, sum.chapters = sum.characters+standing.characters, sum.chapters+standing.chapters
			if sum.characters > int64(w.limits.Work) {
				problems.Add(titleField(work.Number), "work_too_long", "Limit", w.limits.Work, "Count", sum.characters)
			}
			if sum.chapters > int64(w.limits.Chapters) {
				problems.Add(titleField(work.Number), "too_many", "Limit", w.limits.Chapters, "Count", sum.chapters)
			}
		}
		return nil
	})
}

// standingIn counts what a work holds already; nothing, of none.
func standingIn(ctx context.Context, tx *store.Tx, work int64) (sum whole, err error) {
	if work == 0 {
		return sum, nil
	}
	if sum.characters, _, err = tx.Chapters.Characters(ctx, work, 0); err != nil {
		return sum, err
	}
	chapters, err := tx.Chapters.Of(ctx, work, true)
	sum.chapters = int64(len(chapters))
	return sum, err
}

// makeText makes the chapters of one text, unless they are made already or the
// text was left out meanwhile. If it is arranged anew while it is read, it is
// read again.
func (w *Writing) makeText(ctx context.Context, v archive.Viewer, id int64, number int, language string) error {
	for {
		pile, err := w.Pile(ctx, v, id)
		if err != nil {
			return err
		}
		text, found := pile.Find(number)
		if !found || text.Made || text.LeftOut {
			return nil
		}
		b, err := w.readText(ctx, v, pile, text)
		if err != nil {
			return err
		}
		sets, err := w.setBrought(ctx, pile.Works[text.Work-1].Work, b)
		if err != nil {
			return err
		}
		err = w.addRead(ctx, v, pile, text, b, sets, language)
		if !errors.Is(err, archive.ErrConflict) {
			return err
		}
	}
}

// setBrought makes the chapters of a text ready to be stored.
func (w *Writing) setBrought(ctx context.Context, work int64, b brought) ([]Set, error) {
	sets, asked := make([]Set, len(b.chapters)), Asked{}
	for i, fields := range b.chapters {
		set, err := w.setChapter(ctx, work, fields, b.uploadsOf(i), true, &asked)
		if err != nil {
			return nil, err
		}
		sets[i] = set
	}
	return sets, nil
}

// addRead stores the chapters of a text that was read; archive.ErrConflict when
// the pile says something else of it by now.
func (w *Writing) addRead(ctx context.Context, v archive.Viewer, read archive.Pile, text archive.PileText, b brought, sets []Set, language string) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		pile, err := tx.Piles.Hold(ctx, v.Account, read.ID)
		if err != nil {
			return err
		}
		now, _ := pile.Find(text.Number)
		switch {
		case now.Made || now.LeftOut:
			return nil
		case now.Work != text.Work, now.Chosen() != text.Chosen(), pile.Works[text.Work-1].Work != read.Works[text.Work-1].Work:
			return archive.ErrConflict
		}
		return w.addText(ctx, tx, v, pile, now, b, sets, language)
	})
}

// addText adds the chapters of a text to its work, which is made with the
// first.
func (w *Writing) addText(ctx context.Context, tx *store.Tx, v archive.Viewer, pile archive.Pile, text archive.PileText, b brought, sets []Set, language string) error {
	work := pile.Works[text.Work-1]
	if work.Work == 0 {
		id, err := w.draftFor(ctx, tx, v, work.Title, b.story, language)
		if err != nil {
			return err
		}
		work.Work = id
		if err := tx.Piles.SetWork(ctx, pile.ID, work); err != nil {
			return err
		}
	}
	opened, err := tx.Works.Hold(ctx, v, work.Work)
	if err != nil {
		return err
	}
	for i, set := range sets {
		f := ChapterForm{Work: work.Work, Fields: b.chapters[i]}
		if err := w.fits(ctx, tx, f, set); err != nil {
			return err
		}
		if _, err := w.addChapter(ctx, tx, v, opened, f, set); err != nil {
			return err
		}
		opened.Counts.Chapters++
	}
	if err := tx.Works.Recount(ctx, work.Work); err != nil {
		return err
	}
	if err := learn(ctx, tx, v, b.accepted); err != nil {
		return err
	}
	for _, f := range text.Versions {
		if f.Number == text.Number {
			f.Made = true
			return tx.Piles.SetFile(ctx, pile.ID, f)
		}
	}
	return nil
}

// draftFor makes the draft work that chapters of a pile are added to. What the
// story says of itself is proposed in its fields, unless it does not fit there.
func (w *Writing) draftFor(ctx context.Context, tx *store.Tx, v archive.Viewer, title string, from manuscript.Work, language string) (int64, error) {
	fields := ProposedFields(from)
	fields.Title, fields.Language = title, language
	work, problems := w.SetWork(&fields, archive.WorkFields{}, true)
	if len(problems) > 0 {
		fields = archive.WorkFields{Title: title, Language: language}
		if work, problems = w.SetWork(&fields, archive.WorkFields{}, true); len(problems) > 0 {
			return 0, problems
		}
	}
	return w.addWork(ctx, tx, v, work, NewWork{Fields: fields, Draft: true}, nil)
}
