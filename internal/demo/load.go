package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// Password is the password of every sample account. It is public, which is why
// the demo archive listens on this machine only.
const Password = "lamplight"

// Rooms is what loading stands on: the same verbs people use.
type Rooms struct {
	Store    *store.Store
	Accounts *accounts.Accounts
	Writing  *writing.Writing
	Feedback *feedback.Feedback
	Clock    archive.Clock
}

// Load fills an empty archive with the sample writers and their works, through
// the verbs a form uses. An archive that has accounts is left as it is.
func Load(ctx context.Context, r Rooms) error {
	var members int64
	err := r.Store.Read(ctx, func(tx *store.Tx) (err error) {
		members, err = tx.Accounts.Count(ctx)
		return err
	})
	if err != nil || members > 0 {
		return err
	}
	stories, err := Stories()
	if err != nil {
		return err
	}
	writers, err := r.join(ctx)
	if err != nil {
		return err
	}
	works := make([]int64, len(stories))
	for i, s := range stories {
		if works[i], err = r.post(ctx, writers[s.Creators[0].Account], s); err != nil {
			return fmt.Errorf("post %s: %w", s.Slug, err)
		}
	}
	if err := r.say(ctx, writers, stories, works); err != nil {
		return err
	}
	return r.sortFandoms(ctx, stories)
}

func (r Rooms) join(ctx context.Context) (map[string]archive.Viewer, error) {
	writers := map[string]archive.Viewer{}
	for i, w := range Writers() {
		viewer, err := r.Accounts.Join(ctx, accounts.Joining{Name: w.Account, Password: Password, TakesGifts: true, Staff: i == 0})
		if err != nil {
			return nil, fmt.Errorf("make the account %s: %w", w.Account, err)
		}
		writers[w.Account] = viewer
		for _, pseud := range w.Pseuds {
			if pseud == w.Account {
				continue
			}
			if err := r.Accounts.AddPseud(ctx, viewer, pseud); err != nil {
				return nil, fmt.Errorf("make the pseud %s: %w", pseud, err)
			}
		}
	}
	return writers, nil
}

// post makes a work with its first chapter and adds the others, each with its
// own date, and gives its number.
func (r Rooms) post(ctx context.Context, v archive.Viewer, s Story) (int64, error) {
	fields := archive.WorkFields{
		Title: s.Title, Fandoms: s.Fandoms, Rating: s.Rating, Warnings: s.Warnings, Categories: s.Categories, Relationships: s.Relationships,
		MainTags: s.MainTags, Characters: s.Characters, Freeforms: s.Freeforms, Language: s.Language, Summary: s.Summary, NotesBefore: s.NotesBefore,
		NotesAfter: s.NotesAfter, Gifts: s.Gifts, Restricted: s.Restricted, Planned: s.Planned, PublishedOn: r.ago(s.Chapters[0].DaysAgo),
	}
	for _, c := range s.Creators {
		fields.Pseuds = append(fields.Pseuds, c.Pseud)
	}
	first, err := r.fields(s.Chapters[0])
	if err != nil {
		return 0, err
	}
	work, err := r.Writing.Create(ctx, v, writing.NewWork{Fields: fields, Chapters: []archive.ChapterFields{first}})
	if err != nil {
		return 0, err
	}
	for _, c := range s.Chapters[1:] {
		next, err := r.fields(c)
		if err != nil {
			return 0, err
		}
		if _, err := r.Writing.SaveChapter(ctx, v, writing.ChapterForm{Work: work, Fields: next, Post: true}); err != nil {
			return 0, err
		}
	}
	return work, nil
}

func (r Rooms) ago(days int) time.Time {
	return r.Clock.Now().Add(-time.Duration(days) * 24 * time.Hour)
}

// fields is a chapter as its form would send it; a manuscript is taken apart
// by its reader first.
func (r Rooms) fields(c Chapter) (archive.ChapterFields, error) {
	f := archive.ChapterFields{
		Title: c.Title, Disclaimer: c.Disclaimer, NotesBefore: c.NotesBefore, NotesAfter: c.NotesAfter, Dedication: c.Dedication,
		Text: c.Text, Format: archive.FormatHTML, PublishedOn: r.ago(c.DaysAgo),
	}
	switch c.Format {
	case Markdown:
		f.Format = archive.FormatMarkdown
	case Manuscript:
		return readManuscript(f)
	}
	return f, nil
}

func readManuscript(f archive.ChapterFields) (archive.ChapterFields, error) {
	reading, err := manuscript.Read([]byte(f.Text), manuscript.Options{Kind: "txt"})
	if err != nil {
		return f, err
	}
	c := reading.Works[0].Chapters[0]
	f.Disclaimer, f.NotesBefore, f.NotesAfter = c.Disclaimer.HTML(), c.OpeningNote.HTML(), c.ClosingNote.HTML()
	f.Text, f.Format = c.Body.Editable(), archive.FormatText
	if c.Title != "" {
		f.Title = c.Title
	}
	if c.Dedication != "" {
		f.Dedication = c.Dedication
	}
	return f, nil
}

// media are the words in brackets by which the sample fandoms say what they
// are.
var media = map[string]string{"(TV)": "television", "(Video Game)": "games", "(Radio)": "radio", "(Film)": "films", "Series": "books"}

func (r Rooms) sortFandoms(ctx context.Context, stories []Story) error {
	return r.Store.Write(ctx, func(tx *store.Tx) error {
		for _, s := range stories {
			for _, name := range s.Fandoms {
				tag, err := tx.Tags.Named(ctx, archive.KindFandom, name)
				if err != nil {
					return err
				}
				for ending, medium := range media {
					if strings.HasSuffix(name, ending) {
						if err := tx.Tags.SetMedium(ctx, tag.ID, medium); err != nil {
							return err
						}
					}
				}
			}
		}
		return nil
	})
}
