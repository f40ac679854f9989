package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
)

func TestTheInboxDoesNotTellWhomAnAnonymousWriterBlocks(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, odo := w.member("mara"), w.settled("pell"), w.settled("odo")
		f := fields("The Unsigned")
		f.Anonymous = true
		work := w.posts(mara.viewer, f)
		must(t, w.feedback.Block(t.Context(), mara.viewer, pell.viewer.Account, true))
		boxes := map[string]int{}
		for i, reader := range []*client{pell, odo} {
			said := w.says(reader.viewer, work, 0, "A word of "+reader.viewer.Name)
			must(t, w.feedback.Judge(t.Context(), mara.viewer, feedback.Approve, said))
			answer := w.says(mara.viewer, work, said, "Thank you, "+reader.viewer.Name)
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				return tx.Notices.Add(ctx, archive.Notice{Account: reader.viewer.Account, Event: int64(5000 + i), Kind: archive.NoticeReply, Work: work, Subject: answer})
			})
			boxes[reader.viewer.Name] = strings.Count(reader.opens("/notices").has("Thank you, "+reader.viewer.Name).lacks("mara").body, `name="comment"`)
		}
		if boxes["pell"] == 0 || boxes["pell"] != boxes["odo"] {
			t.Errorf("who is blocked finds %d boxes to answer in, who is not %d", boxes["pell"], boxes["odo"])
		}
	})
}

func TestWhoLeavesAnAnonymousWorkIsNotNamedByWhatTheySaidThere(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ada := w.member("mara"), w.member("ada")
		f := fields("The Unsigned")
		f.Anonymous = true
		work := w.posts(mara.viewer, f)
		w.says(mara.viewer, work, 0, "There will be more")
		signed := w.posts(mara.viewer, fields("The Signed"))
		w.says(mara.viewer, signed, 0, "Under my name")
		for _, id := range []int64{work, signed} {
			must(t, w.writing.OrphanWork(t.Context(), mara.viewer, id, archive.FateNoName))
		}
		quiet := func() {
			t.Helper()
			for _, reader := range []*client{w.guest(), ada} {
				reader.opens(workPath(work)).has("There will be more", "Anonymous").lacks("mara")
				reader.opens(workPath(work, "/comments")).has("There will be more").lacks("mara")
				reader.opens(workPath(signed)).has("Under my name", "mara").lacks("(author)")
			}
		}
		quiet()
		w.Clock.Pass(31 * 24 * time.Hour)
		_, err := w.writing.ForgetOrphanings(t.Context())
		must(t, err)
		quiet()
		mara.get(workPath(work, "/edit")).expect(http.StatusForbidden)
	})
}

func TestTheDeskDoesNotTellWhoIsAnonymous(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, wren := w.settled("mara"), w.staff("wren")
		f := fields("The Unsigned")
		f.Anonymous = true
		work := w.posts(mara.viewer, f)
		hidden, removed := w.says(mara.viewer, work, 0, "One"), w.says(mara.viewer, work, 0, "Another")
		must(t, w.moderation.HideComment(t.Context(), wren.viewer, hidden, true, "It is unkind"))
		must(t, w.feedback.Judge(t.Context(), wren.viewer, feedback.Remove, removed))
		member := fmt.Sprintf("/desk/members/%d", mara.viewer.Account)
		for _, path := range []string{member, fmt.Sprintf("/desk/measures/%d", mara.viewer.Account)} {
			wren.opens(path).has("mara").lacks(fmt.Sprintf("/desk/works/%d", work), "It is unkind")
		}
		wren.opens(member).lacks("1 work")
		wren.opens("/desk/members?q=mara").has("mara").lacks("1 work")
		wren.opens("/desk/acts").has("It is unkind").lacks("mara")
		signed := w.posts(mara.viewer, fields("The Signed"))
		said := w.says(mara.viewer, signed, 0, "Under my name")
		must(t, w.moderation.HideComment(t.Context(), wren.viewer, said, true, "Nor is this"))
		wren.opens(member).has("Nor is this", "1 work").lacks("2 works")
	})
}
