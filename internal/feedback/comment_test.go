package feedback_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
)

var guest = archive.Viewer{}

func TestAcceptance27_AnAnsweredCommentIsNotEditedAndItsPlaceStays(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		first := r.says(r.pell, work, chapters[0], "The kettle!")
		must(t, r.EditComment(t.Context(), r.pell, first, "The goose!"))
		need(t, "the words", r.finds(first).Body, "<p>The goose!</p>")
		answer := r.answers(r.mara, first, "It is a kettle.")
		wants(t, "editing what was answered", r.EditComment(t.Context(), r.pell, first, "Mine!"), archive.ErrForbidden)
		need(t, "the words", r.finds(first).Body, "<p>The goose!</p>")
		r.counts(work, 2)
		must(t, r.DeleteComment(t.Context(), r.pell, first))
		left := r.finds(first)
		need(t, "its state", left.State, archive.CommentDeleted)
		need(t, "its words and writer", left.Body+left.Sum+fmt.Sprint(left.Account, left.Pseud), "0 0")
		need(t, "what is read", r.reads(r.odo, work, ""), fmt.Sprintf(" - %d", answer))
		r.counts(work, 1)
		must(t, r.DeleteComment(t.Context(), r.mara, answer))
		need(t, "the place afterwards", r.finds(first).ID, 0)
		need(t, "what is read", r.reads(r.odo, work, ""), "")
		r.counts(work, 0)
	})
}

func TestPlacesGoWithTheLastAnswerAllTheWayUp(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		ids := []int64{r.says(r.pell, work, chapters[0], "One.")}
		for i := range 4 {
			ids = append(ids, r.answers([]archive.Viewer{r.mara, r.pell}[i%2], ids[i], fmt.Sprint("Answer ", i)))
		}
		for _, id := range ids[:4] {
			must(t, r.DeleteComment(t.Context(), r.mara, id))
		}
		need(t, "what is read", r.reads(guest, work, ""), fmt.Sprintf(" - - - - %d", ids[4]))
		must(t, r.DeleteComment(t.Context(), r.mara, ids[4]))
		for _, id := range ids {
			need(t, "the place", r.finds(id).ID, 0)
		}
		r.counts(work, 0)
	})
}

func TestAcceptance28_OnModeratedWorksACommentWaitsForItsWriter(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1, func(w *archive.Work) { w.Moderated = true })
		id := r.says(r.pell, work, chapters[0], "The kettle!")
		need(t, "its state", r.finds(id).State, archive.CommentWaiting)
		for who, v := range map[string]archive.Viewer{"a guest": guest, "a member": r.odo, "staff": r.wren} {
			need(t, "what "+who+" reads", r.reads(v, work, ""), "")
		}
		need(t, "what its writer reads", r.reads(r.pell, work, ""), fmt.Sprint(" ", id))
		need(t, "what the creator reads", r.reads(r.mara, work, ""), fmt.Sprint(" ", id))
		r.counts(work, 0)
		wants(t, "answering it", second(r.tries(r.mara, id, "Thanks.")), archive.ErrNotFound)
		wants(t, "approving another's", r.Judge(t.Context(), r.odo, feedback.Approve, id), archive.ErrNotFound)
		wants(t, "approving one's own", r.Judge(t.Context(), r.pell, feedback.Approve, id), archive.ErrForbidden)
		must(t, r.Judge(t.Context(), r.mara, feedback.Approve, id, id))
		need(t, "what a guest reads", r.reads(guest, work, ""), fmt.Sprint(" ", id))
		r.counts(work, 1)
		must(t, r.EditComment(t.Context(), r.pell, id, "The kettles!"))
		need(t, "its state after a small edit", r.finds(id).State, archive.CommentShown)
		must(t, r.EditComment(t.Context(), r.pell, id, "Something else altogether."))
		need(t, "its state after a big edit", r.finds(id).State, archive.CommentWaiting)
		r.counts(work, 0)
		own := r.says(r.mara, work, chapters[0], "I am here.")
		need(t, "the creator's own", r.finds(own).State, archive.CommentShown)
	})
}

func TestAcceptance32_AFrozenThreadTakesNoAnswers(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		first := r.says(r.pell, work, chapters[0], "The kettle!")
		deep := r.answers(r.odo, first, "The goose.")
		wants(t, "freezing as a reader", r.Freeze(t.Context(), r.pell, first, true), archive.ErrForbidden)
		must(t, r.Freeze(t.Context(), r.mara, first, true))
		need(t, "answering the first", rule(t, second(r.tries(r.odo, first, "So?"))), "comment frozen")
		need(t, "answering deep in it", rule(t, second(r.tries(r.pell, deep, "So?"))), "comment frozen")
		wants(t, "editing in it", r.EditComment(t.Context(), r.odo, deep, "The swan."), archive.ErrForbidden)
		wants(t, "thawing as a reader", r.Freeze(t.Context(), r.pell, first, false), archive.ErrForbidden)
		must(t, r.Freeze(t.Context(), r.wren, first, false))
		r.answers(r.pell, deep, "So?")
	})
}

func TestCommentsAreHeldOrRefusedAsTheWriterAndTheOwnerWish(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		everyone, chapters := r.posts(1)
		id := r.says(guest, everyone, chapters[0], "The kettle!")
		need(t, "a guest's", r.finds(id).State, archive.CommentWaiting)
		need(t, "what that browser reads", r.reads(guest, everyone, "kim's browser"), fmt.Sprint(" ", id))
		need(t, "what another reads", r.reads(guest, everyone, "another's"), "")
		must(t, r.Judge(t.Context(), r.mara, feedback.Approve, id))
		need(t, "what is kept of the browser", r.finds(id).Mark, "")
		r.site.GuestComments = false
		wants(t, "a guest where the owner lets none", r.refused(guest, everyone, chapters[0]), archive.ErrSignIn)
		r.site.GuestComments = true
		members, its := r.posts(1, func(w *archive.Work) { w.Comments = archive.CommentsMembers })
		wants(t, "a guest on a members' work", r.refused(guest, members, its[0]), archive.ErrSignIn)
		r.says(r.pell, members, its[0], "The kettle!")
		nobody, its := r.posts(1, func(w *archive.Work) { w.Comments = archive.CommentsNobody })
		wants(t, "anyone where nobody may", r.refused(r.pell, nobody, its[0]), archive.ErrForbidden)
		restricted, its := r.posts(1, func(w *archive.Work) { w.Restricted = true })
		wants(t, "a guest on a restricted work", r.refused(guest, restricted, its[0]), archive.ErrSignIn)
		wants(t, "another work's chapter", r.refused(r.pell, everyone, its[0]), archive.ErrNotFound)
		wants(t, "a chapter never used", r.refused(r.pell, everyone, 999), archive.ErrNotFound)
		suspended := r.pell
		suspended.Suspended = true
		wants(t, "a suspended member", r.refused(suspended, everyone, chapters[0]), archive.ErrForbidden)
		must(t, r.Block(t.Context(), r.mara, r.odo.Account, true))
		wants(t, "a blocked member", r.refused(r.odo, everyone, chapters[0]), archive.ErrForbidden)
	})
}

// refused is what saying something is answered with.
func (r *room) refused(v archive.Viewer, work, chapter int64) error {
	return second(r.Comment(r.t.Context(), v, feedback.NewComment{Work: work, Chapter: chapter, Text: "Hello there.", Guest: "Kim"}))
}

func second(_ int64, err error) error { return err }

func TestDraftsHiddenAndDeletedWorksTakeNoComments(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		for name, stand := range map[string]func(context.Context, *store.Tx, int64) error{
			"hidden":  func(ctx context.Context, tx *store.Tx, w int64) error { return tx.Works.Hide(ctx, w, tx.Now) },
			"waiting": func(ctx context.Context, tx *store.Tx, w int64) error { return tx.Works.HoldBack(ctx, w) },
			"deleted": func(ctx context.Context, tx *store.Tx, w int64) error {
				return tx.Works.Delete(ctx, w, tx.Now.Add(time.Hour))
			},
			"unrevealed": func(ctx context.Context, tx *store.Tx, w int64) error { return tx.Works.Veil(ctx, w, true, false) },
		} {
			work, chapters := r.posts(1)
			r.Write(t, func(ctx context.Context, tx *store.Tx) error { return stand(ctx, tx, work) })
			wants(t, "a guest on a "+name+" work", r.refused(guest, work, chapters[0]), archive.ErrNotFound)
			wants(t, "a member on a "+name+" work", r.refused(r.pell, work, chapters[0]), archive.ErrNotFound)
			if err := r.refused(r.mara, work, chapters[0]); err == nil {
				t.Errorf("its creator comments on a %s work", name)
			}
		}
		wants(t, "a number never used", r.refused(r.pell, 999, 1), archive.ErrNotFound)
	})
}

func TestOnlyWhatStandsIsAnswered(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		other, its := r.posts(1)
		hidden, erased, elsewhere := r.says(r.pell, work, chapters[0], "One."), r.says(r.pell, work, chapters[0], "Two."), r.says(r.pell, other, its[0], "Three.")
		r.answers(r.odo, erased, "An answer.")
		must(t, r.DeleteComment(t.Context(), r.pell, erased))
		r.hides(hidden, true)
		wants(t, "answering a hidden comment", second(r.tries(r.odo, hidden, "So?")), archive.ErrNotFound)
		wants(t, "answering a deleted one", second(r.tries(r.odo, erased, "So?")), archive.ErrNotFound)
		_, err := r.Comment(t.Context(), r.odo, feedback.NewComment{Work: work, Parent: elsewhere, Text: "So?"})
		wants(t, "answering another work's", err, archive.ErrNotFound)
		_, err = r.Comment(t.Context(), r.odo, feedback.NewComment{Work: work, Parent: 999, Text: "So?"})
		wants(t, "answering nothing", err, archive.ErrNotFound)
		must(t, r.Block(t.Context(), r.pell, r.odo.Account, true))
		wants(t, "answering who blocks one", second(r.tries(r.odo, elsewhere, "So?")), archive.ErrForbidden)
	})
}

func TestACommentHasTenThousandCharacters(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		longest := strings.Repeat("あ", 10_000-len("<p></p>"))
		r.says(r.pell, work, chapters[0], longest)
		for text, want := range map[string]string{longest + "あ": "comment too_long", " \n\u202e\u200b ": "comment required", "<script>alert(1)</script>": "comment required"} {
			_, err := r.Comment(t.Context(), r.pell, feedback.NewComment{Work: work, Chapter: chapters[0], Text: text})
			need(t, "a comment of "+text[:min(12, len(text))], rule(t, err), want)
		}
		_, err := r.Comment(t.Context(), guest, feedback.NewComment{Work: work, Chapter: chapters[0], Text: "Hello.", Guest: "\u200b \u202e"})
		need(t, "a guest nobody can see", rule(t, err), "guest_name required")
		_, err = r.Comment(t.Context(), guest, feedback.NewComment{Work: work, Chapter: chapters[0], Text: "Hello.", Guest: strings.Repeat("x", 41)})
		need(t, "a guest's long name", rule(t, err), "guest_name too_long")
		_, err = r.Comment(t.Context(), r.pell, feedback.NewComment{Work: work, Chapter: chapters[0], Text: "Hello.", Pseud: "mara"})
		need(t, "another's pen name", rule(t, err), "pseuds not_your_pseud")
	})
}

func TestTheSameSaidTwiceIsOne(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(2)
		id := r.says(r.pell, work, chapters[0], "The  kettle!")
		need(t, "the same again", r.says(r.pell, work, chapters[0], "the kettle!"), id)
		if r.says(r.pell, work, chapters[1], "The kettle!") == id || r.says(r.odo, work, chapters[0], "The kettle!") == id {
			t.Error("the same words elsewhere, or of another, are one")
		}
		kim := r.says(guest, work, chapters[0], "The kettle!")
		need(t, "a guest's again", r.says(guest, work, chapters[0], "The kettle!"), kim)
		r.counts(work, 3)
		var said [8]int64
		var together sync.WaitGroup
		for i := range said {
			together.Go(func() {
				v := r.odo
				if i%2 == 1 {
					v = guest
				}
				said[i], _ = r.Comment(context.Background(), v, feedback.NewComment{Work: work, Chapter: chapters[1], Text: "All at once.", Guest: "Kim"})
			})
		}
		together.Wait()
		for i := range said {
			need(t, "one of many at once", said[i], said[i%2])
		}
		r.counts(work, 4)
	})
}

func TestAFormSentTwiceSaysOneThing(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		n := feedback.NewComment{Work: work, Chapter: chapters[0], Text: "The kettle!", Once: archive.Once{Deed: "form", Sum: "a"}}
		first, err := r.Comment(t.Context(), r.pell, n)
		must(t, err)
		must(t, r.DeleteComment(t.Context(), r.pell, first))
		again, err := r.Comment(t.Context(), r.pell, n)
		must(t, err)
		need(t, "the form sent again", again, first)
		r.counts(work, 0)
	})
}

func TestStaffHideAndShowACommentAndItsActIsKept(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		first := r.says(r.pell, work, chapters[0], "One.")
		answer := r.answers(r.mara, first, "Two.")
		r.hides(first, true)
		r.counts(work, 1)
		need(t, "what a reader reads", r.reads(r.odo, work, ""), fmt.Sprintf(" - %d", answer))
		need(t, "what its writer reads", r.reads(r.pell, work, ""), fmt.Sprintf(" %d %d", first, answer))
		need(t, "what staff read", r.reads(r.wren, work, ""), fmt.Sprintf(" %d %d", first, answer))
		r.hides(answer, true)
		need(t, "what a reader reads", r.reads(r.odo, work, ""), "")
		r.hides(answer, false)
		r.hides(first, false)
		r.counts(work, 2)
		need(t, "what a reader reads", r.reads(r.odo, work, ""), fmt.Sprintf(" %d %d", first, answer))
		wants(t, "hiding as a reader", r.moderation.HideComment(t.Context(), r.mara, first, true, ""), archive.ErrNotFound)
		r.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.Acts.Before(ctx, 1<<62, 10)
			need(t, "the acts", len(acts), 4)
			need(t, "the first of them", string(acts[3].Kind)+" "+acts[3].Reason, "comment_hidden rude")
			return err
		})
	})
}

func TestWhoMayDeleteAComment(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		id := r.says(r.pell, work, chapters[0], "One.")
		wants(t, "deleting another's", r.DeleteComment(t.Context(), r.odo, id), archive.ErrForbidden)
		wants(t, "deleting as a guest", r.DeleteComment(t.Context(), guest, id), archive.ErrForbidden)
		wants(t, "marking another's as spam", r.Judge(t.Context(), r.odo, feedback.Spam, id), archive.ErrForbidden)
		wants(t, "editing another's", r.EditComment(t.Context(), r.mara, id, "Mine."), archive.ErrForbidden)
		must(t, r.DeleteComment(t.Context(), r.wren, id))
		wants(t, "deleting it again", r.DeleteComment(t.Context(), r.pell, id), archive.ErrNotFound)
	})
}

func TestPinnedCommentsComeFirstAndAreFew(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		var ids []int64
		for i := range 5 {
			ids = append(ids, r.says(r.pell, work, chapters[0], fmt.Sprint("Number ", i)))
		}
		wants(t, "pinning as a reader", r.Pin(t.Context(), r.pell, ids[4], true), archive.ErrForbidden)
		for _, i := range []int{4, 3, 2} {
			must(t, r.Pin(t.Context(), r.mara, ids[i], true))
		}
		need(t, "one too many", rule(t, r.Pin(t.Context(), r.mara, ids[0], true)), "comment too_many_pinned")
		must(t, r.Pin(t.Context(), r.mara, ids[3], false))
		need(t, "the order", r.reads(guest, work, ""), fmt.Sprintf(" %d %d %d %d %d", ids[2], ids[4], ids[0], ids[1], ids[3]))
	})
}

func TestAWriterPausesEverythingForADay(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		veiled, its := r.posts(1, func(w *archive.Work) { w.Anonymous = true })
		said := r.says(r.pell, work, chapters[0], "Before.")
		must(t, r.Pause(t.Context(), r.mara, true))
		wants(t, "a comment meanwhile", r.refused(r.pell, work, chapters[0]), archive.ErrForbidden)
		wants(t, "an answer meanwhile", second(r.tries(r.odo, said, "Meanwhile.")), archive.ErrForbidden)
		wants(t, "an edit meanwhile", r.EditComment(t.Context(), r.pell, said, "Meanwhile."), archive.ErrForbidden)
		r.says(r.mara, work, chapters[0], "I need a day.")
		need(t, "a comment on a work nobody knows is hers", r.finds(r.says(r.pell, veiled, its[0], "Hello.")).State, archive.CommentWaiting)
		r.Clock.Pass(24*time.Hour + time.Second)
		r.says(r.pell, work, chapters[0], "After.")
		must(t, r.Pause(t.Context(), r.mara, true))
		must(t, r.Pause(t.Context(), r.mara, false))
		r.says(r.pell, work, chapters[0], "After all.")
	})
}

func TestBlocksDoNotShowOnAnonymousWorks(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		must(t, r.Block(t.Context(), r.mara, r.odo.Account, true))
		work, chapters := r.posts(1, func(w *archive.Work) { w.Anonymous = true })
		own := r.says(r.mara, work, chapters[0], "Ask me anything.")
		for _, v := range []archive.Viewer{r.odo, r.pell} {
			need(t, v.Name+"'s comment", r.finds(r.says(v, work, chapters[0], "Hello.")).State, archive.CommentWaiting)
			need(t, v.Name+"'s answer", r.finds(r.answers(v, own, "Who are you?")).State, archive.CommentWaiting)
		}
	})
}

func TestNewMembersWaitForStaffWhileTheOwnerSaysSo(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		fresh := r.odo
		fresh.Since = r.Clock.Now().Add(-time.Hour)
		r.site.NewPaused = true
		work, chapters := r.posts(1)
		moderated, its := r.posts(1, func(w *archive.Work) { w.Moderated = true })
		id, other := r.says(fresh, work, chapters[0], "Hello."), r.says(fresh, moderated, its[0], "Hello.")
		need(t, "its state", r.finds(id).State, archive.CommentForStaff)
		need(t, "what the creator reads", r.reads(r.mara, work, ""), "")
		wants(t, "approving as the creator", r.Judge(t.Context(), r.mara, feedback.Approve, id), archive.ErrNotFound)
		must(t, r.Judge(t.Context(), r.wren, feedback.Approve, id, other))
		need(t, "its state", r.finds(id).State, archive.CommentShown)
		need(t, "what the writer has still to approve", r.finds(other).State, archive.CommentWaiting)
		r.counts(work, 1)
	})
}

func TestLinksOfNewPeopleAreTextAndNewOnesWait(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		fresh := r.odo
		fresh.Since = r.Clock.Now().Add(-time.Hour)
		work, chapters := r.posts(1)
		const linked = `Read <a href="https://example.org/kettles">this page about kettles</a>, it is long and good and has everything in it.`
		id := r.says(r.pell, work, chapters[0], linked)
		need(t, "a member's", strings.Contains(r.finds(id).Body, `<a href="https://example.org/kettles">`), true)
		id = r.says(fresh, work, chapters[0], linked)
		need(t, "a new member's", r.finds(id).Body, "<p>Read this page about kettles (https://example.org/kettles), it is long and good and has everything in it.</p>")
		id = r.says(fresh, work, chapters[0], "It is long and good and has everything in it that one could wish for.")
		need(t, "its state", r.finds(id).State, archive.CommentShown)
		must(t, r.EditComment(t.Context(), fresh, id, "It is long and good and has everything in it that one could wish. See www.example.org"))
		need(t, "its state with an address", r.finds(id).State, archive.CommentWaiting)
		id = r.says(fresh, work, chapters[0], "Such a lovely story.")
		must(t, r.EditComment(t.Context(), fresh, id, "Such a lovely story. I am an artist, contact me on discord about a comic."))
		need(t, "its state with an offer", r.finds(id).State, archive.CommentSuspect)
		r.counts(work, 2)
	})
}

func TestWhatLooksLikeSpamIsHeldAndMarksTeach(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		fresh := r.odo
		fresh.Since = r.Clock.Now().Add(-time.Hour)
		var spam int64
		for i := range 4 {
			work, chapters := r.posts(1)
			spam = r.says(fresh, work, chapters[0], "Lovely story. I am an artist and would love to draw a comic of it, contact me on discord.")
			if i == 0 {
				need(t, "an artist who wants one elsewhere", r.finds(spam).State, archive.CommentSuspect)
			}
		}
		r.site.NewFor = 0
		work, chapters := r.posts(1)
		for i := range 6 {
			v := r.joins(fmt.Sprint("judged", i), false)
			bad, good := r.says(v, work, chapters[0], fmt.Sprint("casino jackpot winner bonus ", i)), r.says(v, work, chapters[0], fmt.Sprint("the kettle sings to ilse ", i))
			must(t, r.Judge(t.Context(), r.mara, feedback.Spam, bad))
			must(t, r.Move(good, archive.CommentWaiting))
			must(t, r.Judge(t.Context(), r.mara, feedback.Approve, good))
		}
		r.site.NewFor = 7 * 24 * time.Hour
		need(t, "what people called spam", r.finds(r.says(fresh, work, chapters[0], "A casino bonus! Jackpot! You are the winner")).State, archive.CommentSuspect)
		need(t, "what they approved", r.finds(r.says(fresh, work, chapters[0], "How the kettle sings")).State, archive.CommentShown)
		wants(t, "approving spam as a reader", r.Judge(t.Context(), r.pell, feedback.Approve, spam), archive.ErrNotFound)
	})
}

// Move puts a comment that stands in another state.
func (r *room) Move(id int64, to archive.CommentState) error {
	return r.Store.Write(r.t.Context(), func(tx *store.Tx) error {
		before, err := tx.Comments.Find(r.t.Context(), id)
		if err != nil {
			return err
		}
		after := before
		after.State = to
		_, err = tx.Comments.Move(r.t.Context(), id, before.State, to)
		return errors.Join(err, tx.Comments.Settle(r.t.Context(), before, after))
	})
}

func TestEditAndAnswerAtOnceLeaveNothingAnsweredUnderOtherWords(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		for i := range 10 {
			id := r.says(r.pell, work, chapters[0], fmt.Sprint("Before ", i))
			var edited, answered error
			var both sync.WaitGroup
			both.Go(func() { edited = r.EditComment(context.Background(), r.pell, id, fmt.Sprint("After ", i)) })
			both.Go(func() {
				_, answered = r.Comment(context.Background(), r.odo, feedback.NewComment{Work: work, Parent: id, Text: "So?"})
			})
			both.Wait()
			must(t, answered)
			if edited == nil && r.finds(id).EditedAt.IsZero() || edited != nil && !errors.Is(edited, archive.ErrForbidden) && !errors.Is(edited, archive.ErrConflict) {
				t.Errorf("the edit came to %v", edited)
			}
		}
	})
}

func TestEventsTellOfCommentsInNumbersOnly(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		work, chapters := r.posts(1)
		id := r.says(r.pell, work, chapters[0], "The kettle!")
		r.answers(r.mara, id, "Quite.")
		held := r.says(guest, work, chapters[0], "Me too.")
		must(t, r.Judge(t.Context(), r.mara, feedback.Approve, held))
		r.Read(t, func(ctx context.Context, tx *store.Tx) error {
			events, err := tx.Log.After(ctx, 0, 100)
			said := ""
			for _, e := range events {
				said += fmt.Sprintf("%s by %d on %d: %d %s;", e.Kind, e.Actor, e.Chapter, e.Subject, e.Data["parent"])
			}
			c := chapters[0]
			need(t, "the log", said, fmt.Sprintf("comment_added by %d on %d: %d 0;comment_added by %d on %d: %d %d;comment_held by 0 on %d: %d 0;comment_approved by %d on %d: %d 0;",
				r.pell.Account, c, id, r.mara.Account, c, id+1, id, c, held, r.mara.Account, c, held))
			return err
		})
	})
}
