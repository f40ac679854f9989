package feedback_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/moderation"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// room is an archive with people, works and the verbs of answering.
type room struct {
	*testkit.World
	*feedback.Feedback
	t          *testing.T
	moderation *moderation.Moderation
	site       archive.Site

	mara, pell, odo archive.Viewer // mara writes; nobody is new
	wren            archive.Viewer // staff
}

// rooms runs test in a room over each database.
func rooms(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		r := &room{World: w, t: t, site: archive.DefaultSite()}
		limits := archive.DefaultLimits()
		r.Feedback = feedback.New(w.Store, limits, func() archive.Site { return r.site })
		r.moderation = moderation.New(w.Store, limits)
		r.mara, r.pell, r.odo, r.wren = r.joins("mara", false), r.joins("pell", false), r.joins("odo", false), r.joins("wren", true)
		test(t, r)
	})
}

// joins makes an account that is a year old.
func (r *room) joins(name string, staff bool) archive.Viewer {
	r.t.Helper()
	v := archive.Viewer{Name: name, Staff: staff, Since: r.Clock.Now().Add(-365 * 24 * time.Hour)}
	r.Write(r.t, func(ctx context.Context, tx *store.Tx) (err error) {
		v.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x", Staff: staff})
		return err
	})
	return v
}

// posts makes a posted work of mara's with so many chapters and gives their
// numbers.
func (r *room) posts(chapters int, change ...func(*archive.Work)) (work int64, ids []int64) {
	r.t.Helper()
	w := archive.Work{Title: "The Lamp Keepers", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: r.Clock.Now()}}
	for _, c := range change {
		c(&w)
	}
	r.Write(r.t, func(ctx context.Context, tx *store.Tx) (err error) {
		if work, err = tx.Works.Add(ctx, w); err != nil {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, r.mara.Account)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.Works.SetCreators(ctx, work, pseuds), tx.Works.Post(ctx, work, tx.Now), tx.Works.Veil(ctx, work, w.Unrevealed, w.Anonymous)); err != nil {
			return err
		}
		for i := range chapters {
			id, err := tx.Chapters.Add(ctx, archive.Chapter{Work: work, Position: i + 1, Published: tx.Now})
			if err != nil {
				return err
			}
			if err := tx.Chapters.Post(ctx, id, tx.Now); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return tx.Works.Recount(ctx, work)
	})
	return work, ids
}

// says comments on a chapter.
func (r *room) says(v archive.Viewer, work, chapter int64, text string) int64 {
	r.t.Helper()
	id, err := r.Comment(r.t.Context(), v, feedback.NewComment{Work: work, Chapter: chapter, Text: text, Guest: "Kim", Mark: "kim's browser"})
	must(r.t, err)
	return id
}

// answers answers a comment.
func (r *room) answers(v archive.Viewer, parent int64, text string) int64 {
	r.t.Helper()
	id, err := r.tries(v, parent, text)
	must(r.t, err)
	return id
}

func (r *room) tries(v archive.Viewer, parent int64, text string) (int64, error) {
	r.t.Helper()
	return r.Comment(r.t.Context(), v, feedback.NewComment{Work: r.finds(parent).Work, Parent: parent, Text: text, Guest: "Kim"})
}

// finds gives a comment as it is stored; the zero one when it is gone.
func (r *room) finds(id int64) (m archive.Comment) {
	r.t.Helper()
	r.Read(r.t, func(ctx context.Context, tx *store.Tx) (err error) {
		if m, err = tx.Comments.Find(ctx, id); errors.Is(err, archive.ErrNotFound) {
			err = nil
		}
		return err
	})
	return m
}

// counts checks the figure of a work against its comments.
func (r *room) counts(work int64, want int) {
	r.t.Helper()
	r.Read(r.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, r.mara, work)
		need(r.t, "the comments of the work", o.Counts.Comments, want)
		return err
	})
}

// reads is the numbers of the comments a viewer reads on a work, and "-" for
// each place without words.
func (r *room) reads(v archive.Viewer, work int64, mark string) string {
	r.t.Helper()
	said := ""
	r.Read(r.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, v, work)
		if err != nil {
			return err
		}
		reader := store.Reader{Viewer: v, Creator: o.Tie.Creator, Mark: feedback.Mark(mark)}
		first, total, err := tx.Threads.Page(ctx, reader, store.Asked{Work: work, Oldest: true, Page: 1, PerPage: 100})
		if err != nil {
			return err
		}
		need(r.t, "the threads counted", total, len(first))
		var ids []int64
		for _, s := range first {
			ids = append(ids, s.ID)
		}
		answers, err := tx.Threads.Answers(ctx, reader, 1000, ids...)
		for _, s := range append(first, answers...) {
			need(r.t, fmt.Sprintf("whether %s reads %d, in Go,", v.Name, s.ID), s.SeenBy(v, o.Tie.Creator, feedback.Mark(mark)), s.Seen)
			if s.Seen {
				said += fmt.Sprintf(" %d", s.ID)
			} else {
				said += " -"
			}
		}
		return err
	})
	return said
}

// hides hides a comment, as staff do.
func (r *room) hides(id int64, on bool) {
	r.t.Helper()
	must(r.t, r.moderation.HideComment(r.t.Context(), r.wren, id, on, "rude"))
}

// rule is the rule a verb says was broken.
func rule(t *testing.T, err error) string {
	t.Helper()
	var problems archive.Problems
	if !errors.As(err, &problems) || len(problems) != 1 {
		t.Fatalf("answered with %v", err)
	}
	return problems[0].Field + " " + problems[0].Rule
}

func need[T comparable](t *testing.T, name string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s is answered with %v, want %v", what, got, want)
	}
}
