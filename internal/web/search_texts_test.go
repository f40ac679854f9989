package web_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/prose/words"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// readsTexts has the texts of works read, as happens behind everybody else.
func (w *world) readsTexts() {
	w.t.Helper()
	must(w.t, w.finding.CatchUp(w.t.Context()))
}

// pairsOf has all texts read with pairs of some words.
func (w *world) pairsOf(frequent ...string) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		read, err := tx.Passages.Read(ctx)
		if err == nil {
			read.Pairs, read.Again = read.Pairs+1, 0
			err = errors.Join(tx.Passages.AddPaired(ctx, frequent, read.Pairs), tx.Passages.SetRead(ctx, read))
		}
		return err
	})
	w.readsTexts()
}

// saves edits a chapter, or adds one.
func (w *world) saves(by archive.Viewer, f writing.ChapterForm) int64 {
	w.t.Helper()
	id, err := w.writing.SaveChapter(w.t.Context(), by, f)
	must(w.t, err)
	return id
}

const (
	long   = "The quay was empty. Nobody had come for the ferry, and the woman with the green umbrella counted the steps once more, as if one of them might have gone."
	unseen = "the woman with the green umbrella"
)

// Given a phrase remembered from a chapter, when searched, then the chapter is
// found with the phrase shown, unless the viewer may not see the work.
func TestAcceptance85_APhraseRememberedFromAChapterIsFound(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		f := fields("Lamp One")
		f.Summary, f.Planned = "Of a storm at sea.", 2
		work := w.creates(ada.viewer, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{
			{Text: "<p>The lamp was lit at six.</p>"}, {Title: "The ferry", Text: "<p>It rained.</p><p>" + strings.ReplaceAll(long, "green", "<em>green</em>") + "</p><p>彼女は静かな図書館で本を読んだ。</p>"},
		}})
		second := w.chapters(work)[1].ID
		f = fields("Lamp Two")
		f.Restricted = true
		w.posts(ada.viewer, f, "Here too waited "+unseen+". Łódź was far.")
		w.drafts(ada.viewer, fields("Lamp Three"), "A draft of "+unseen+".")
		g := w.guest()
		g.opens(searching(`"` + unseen + `"`)).lists().has("Not all chapters can be searched yet")
		w.readsTexts()

		g.opens(searching(`"Woman with the green umbrella"`)).lists("One").lacks("Not all chapters").has(
			"In the text:", `href="`+chapterOf(work, second)+`#:~:text=woman%20with%20the%20green%20umbrella"`, ">The ferry<",
			"<mark>woman with the green umbrella</mark>", "1 work<")
		ada.opens(searching(`"`+unseen+`"`)).lists("Two", "One").has(">Chapter 1<")
		w.staff("wren").opens(searching(`"`+unseen+`"`)).lists("Two", "One")
		for query, found := range map[string][]string{
			"umbrella": {"One"}, "umbrella lamp": {"One"}, "umbrella lit": {"One"}, "umbrel*": {"One"}, "umbrel": nil, `"green woman"`: nil, "text:umbrella": {"One"},
			"summary:storm": {"One"}, "storm": {"One"}, "text:storm": nil, "summary:umbrella": nil, "title:umbrella": nil, "図書館": {"One"}, "図書": {"One"}, "書": {"One"},
			"図館": nil, "-umbrella lamp": nil, "umbrella OR vampire": {"One"}, "umbrella -rained": nil, "text:(umbrella rained)": {"One"}, "lodz": nil,
			`"ferry it rained"`: nil, `"six the ferry"`: nil, "fandom:Saltlight umbrella": nil, `fandom:"harbour lights" umbrella`: {"One"},
		} {
			g.opens(searching(query)).lists(found...)
		}
		ada.opens(searching("lodz")).lists("Two").has("<mark>Łódź</mark>")
		g.opens("/works?q=umbrella").lists("One").has("<mark>umbrella</mark>")
	})
}

func chapterOf(work, chapter int64) string {
	return workPath(work) + "/chapters/" + strings.TrimPrefix(workPath(chapter), "/works/")
}

// What was edited away, taken back, hidden or deleted is not found from that
// moment on, whether or not it was read again; what is posted is found once it
// was read.
func TestATextIsFoundAsItIsNow(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, g, wren := w.member("ada"), w.guest(), w.staff("wren")
		f := fields("Lamp One")
		f.Planned, f.Summary = 0, "Of a storm at sea."
		work := w.posts(ada.viewer, f, long)
		first := w.chapters(work)[0].ID
		w.readsTexts()
		asked := searching(`"green umbrella"`)
		g.opens(asked).lists("One")

		w.saves(ada.viewer, writing.ChapterForm{Work: work, Chapter: first, Base: 1, Fields: archive.ChapterFields{Text: "A red umbrella."}})
		for range 2 {
			g.opens(asked).lists().lacks("<mark>")
			w.readsTexts()
		}
		g.opens(searching(`"red umbrella"`)).lists("One").has("<mark>red umbrella</mark>")

		draft := w.saves(ada.viewer, writing.ChapterForm{Work: work, Position: 2, Fields: archive.ChapterFields{Text: "The lantern fell."}})
		w.readsTexts()
		ada.opens(searching("lantern")).lists()
		w.saves(ada.viewer, writing.ChapterForm{Work: work, Chapter: draft, Base: 1, Fields: archive.ChapterFields{Text: "The lantern fell."}, Post: true})
		w.readsTexts()
		g.opens(searching("lantern")).lists("One").has(">Chapter 2<")
		must(t, w.writing.DeleteChapter(t.Context(), ada.viewer, work, draft))
		for range 2 {
			g.opens(searching("lantern")).lists()
			w.readsTexts()
		}

		must(t, w.moderation.Hide(t.Context(), wren.viewer, work, "a report"))
		for range 2 {
			g.opens(searching("umbrella")).lists()
			ada.opens(searching("umbrella")).lists()
			wren.opens(searching("umbrella")).lists("One").has("<mark>umbrella</mark>")
			w.readsTexts()
		}
		must(t, w.moderation.Show(t.Context(), wren.viewer, work, "looked at"))
		w.readsTexts()
		g.opens(searching("umbrella")).lists("One")
		must(t, w.writing.DeleteWork(t.Context(), ada.viewer, work))
		for range 2 {
			ada.opens(searching("umbrella")).lists()
			w.readsTexts()
		}
		must(t, w.writing.RestoreWork(t.Context(), ada.viewer, work))
		w.readsTexts()
		g.opens(searching("umbrella")).lists("One")
		g.opens(searching("summary:storm")).lists("One")

		must(t, w.writing.DeleteWork(t.Context(), ada.viewer, work))
		w.Clock.Pass(100 * 24 * time.Hour)
		_, err := w.writing.PurgeDeleted(t.Context())
		must(t, err)
		w.readsTexts()
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			kept, err := tx.Passages.Kept(ctx, work, 0)
			need(t, "passages of a work that is purged", len(kept), 0)
			return err
		})
	})
}

// Before they were asked, readers see of a work for adults where it was found,
// and nothing of what it says there.
func TestTheTextOfAWorkForAdultsIsNotShownUnasked(t *testing.T) {
	w := newWorld(t)
	ada, g := w.member("ada"), w.guest()
	f := fields("Lamp One")
	f.Rating = archive.RatingExplicit
	work := w.posts(ada.viewer, f, long)
	w.readsTexts()
	for _, c := range []*client{g, ada} {
		c.opens(searching(`umbrella`)).lists("One").has("In the text:", ">Chapter 1<").lacks("<mark>", "#:~:text", "green")
	}
	g.post(workPath(work)+"/adult", map[string][]string{"to": {"/"}}).expect(http.StatusSeeOther)
	g.opens(searching(`umbrella`)).has("<mark>umbrella</mark>", "#:~:text=umbrella")
}

// Who mutes a writer does not find their texts.
func TestATextThatIsMutedIsNotFound(t *testing.T) {
	w := newWorld(t)
	ada, bea := w.member("ada"), w.member("bea")
	w.posts(ada.viewer, fields("Lamp One"), long)
	w.readsTexts()
	bea.opens(searching("umbrella")).lists("One")
	must(t, w.feedback.Mute(t.Context(), bea.viewer, ada.viewer.Account, true))
	bea.opens(searching("umbrella")).lists().lacks("<mark>")
}

// Whatever is typed is answered.
func TestOddSearchesOfTextsAreAnswered(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.posts(ada.viewer, fields("Lamp One"), long)
		w.readsTexts()
		for _, query := range []string{
			`"`, `*`, `""`, `text:`, `text:*`, `text:…`, `"…"`, `'`, `text:'`, `a'b`, `text:"don't"`, `AND`, `text:"AND"`, `text:(a OR -b)`, `-text:ferry`, `text:ferry*`, `"ferry*"`, `text:a*`,
			`text:"NEAR(a b)"`, `text:^ferry`, `text:words:ferry`, `text:"a & b | !c <-> d"`, `text:a:*`, `text:\\`, "text:\x00ferry", `text:ﷺ`, `text:²½`, "text:􏿿", "\ue000", "text:\ue000",
			strings.Repeat("ferry ", 60), strings.Repeat("a", 1900), `"` + strings.Repeat("one two ", 230) + `"`, strings.Repeat("word ", 300),
		} {
			if a := w.guest().get(searching(query)); a.status != http.StatusOK {
				t.Errorf("%.40q is answered with %d", query, a.status)
			}
		}
		need(t, "what the log says", w.log.String(), "")
	})
}

// Where there is no time, titles are searched as before, and one sentence says
// so.
func TestWhatTakesTooLongIsToBeNarrowed(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.posts(ada.viewer, fields("Lamp One"), long)
		w.posts(ada.viewer, fields("Lamp Two"), "The lamp and the ferry.")
		w.readsTexts()
		w.catalog.Patience.Texts = 1
		w.guest().opens(searching("ferry")).lists().has("Searching the texts took too long", "Narrow it")
		w.guest().opens(searching("title:one ferry OR lamp")).lists("One").has("Narrow it")
		w.guest().opens(searching("lamp")).lists("Two", "One").lacks("<mark>")
		w.catalog.Patience = catalog.Patience{}
		w.guest().opens(searching("ferry")).lists("Two", "One").lacks("took too long")
	})
}

// Where there is no time for anything, nothing is listed, which is no answer
// either: one sentence says so, and what was typed stands in its field.
func TestWhatTakesTooLongAltogetherHasNoListAndSaysSo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.posts(ada.viewer, fields("Lamp One"), long)
		w.readsTexts()
		for _, filled := range []bool{false, true} {
			if filled {
				w.catalog.Fill(t.Context())
			}
			w.catalog.Patience = catalog.Patience{Whole: 1, Texts: 1}
			w.guest().opens(searching("lamp")).lists().has("This search takes too long. Narrow it", `value="lamp"`).lacks("0 works", "Nothing is found")
			w.guest().opens("/works?q=lamp").lists().has("This search takes too long. Narrow it", "lamp").lacks("0 works")
			w.guest().opens("/works").lists("One").has("1 work<")
			w.catalog.Patience = catalog.Patience{}
			w.guest().opens(searching("lamp")).lists("One").lacks("too long")
		}
	})
}

// What mutes keep out is counted where words are sought as it is anywhere, and
// in what a pen name signs.
func TestMutesAreCountedWhereWordsAreSought(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, bea := w.member("ada"), w.member("bea")
		w.posts(ada.viewer, fields("Lamp One"), long)
		muted := w.posts(ada.viewer, fields("Lamp Two"), "The ferry.")
		w.posts(ada.viewer, fields("Rope"), "Nothing.")
		w.readsTexts()
		w.catalog.Fill(t.Context())
		must(t, w.feedback.MuteThing(t.Context(), bea.viewer, archive.Muted{Work: muted}, true))
		for query, kept := range map[string]string{"lamp": "1 work", "title:two": "1 work", "author:ada": "1 work", "text:ferry": "1 work", "rope OR two": "1 work"} {
			bea.opens(searching(query)).has("Your mutes keep " + kept + " out of this list")
		}
		for _, query := range []string{"rope", "lamp -two", "text:nothing"} {
			bea.opens(searching(query)).lacks("Your mutes keep")
		}
		w.guest().opens(searching("lamp")).lists("Two", "One").lacks("Your mutes keep")
		bea.opens("/users/ada/pseuds/ada").has("Your mutes keep 1 work out of this list", "2 works<")
	})
}

// A word of more than a tenth of the chapters narrows, and is not sought alone.
func TestACommonWordOnlyNarrows(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.posts(ada.viewer, fields("Lamp One"), "The ferry at the quay.")
		w.posts(ada.viewer, fields("Lamp Two"), "The ferry alone.")
		w.readsTexts()
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Passages.SetCommon(ctx, []string{"the", "ferry"})
		})
		g := w.guest()
		g.opens(searching("ferry")).lists().has("“ferry” stands in too many chapters")
		g.opens(searching("ferry quay")).lists("One").lacks("too many chapters")
		g.opens(searching("ferry alone")).lists("Two").lacks("too many chapters")
		g.opens(searching(`"the ferry"`)).lists("Two", "One").lacks("too many chapters")
		g.opens(searching("lamp OR ferry")).lists("Two", "One")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Passages.SetCommon(ctx, []string{"the", "ferry", words.Pair("the", "ferry")})
		})
		g.opens(searching(`"the ferry"`)).lists("Two", "One").lacks("too many chapters") // not all texts have pairs
		w.pairsOf("the", "ferry")
		g.opens(searching(`"the ferry"`)).lists().has("“the ferry” stands in too many chapters")
		g.opens(searching(`"the ferry" quay`)).lists("One").lacks("too many chapters")
	})
}

// The owner turns it off, and on again; the summaries are found all the same.
func TestTheOwnerMayLeaveTextsUnsearched(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, wren, g := w.member("ada"), w.staff("wren"), w.guest()
		f := fields("Lamp One")
		f.Summary = "Of a storm at sea."
		work := w.posts(ada.viewer, f, long)
		w.readsTexts()
		settings := wren.opens("/desk/settings").has("1 of 1 chapters can be searched", `name="site_texts" value="yes" checked`)
		without := settingsForm(settings)
		without.Del("site_texts")
		wren.post("/desk/settings", without).expect(http.StatusSeeOther)
		g.opens(searching("umbrella")).lists()
		g.opens(searching("text:umbrella")).lists().has("does not search the texts of chapters")
		g.opens(searching("storm")).lists("One")
		w.readsTexts()
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			kept, err := tx.Passages.Kept(ctx, work, 0)
			need(t, "texts that are kept", len(kept), 1)
			return err
		})
		g.opens(searching("storm")).lists("One")
		settings = wren.opens("/desk/settings").lacks("can be searched.")
		form := settingsForm(settings, "site_texts", "yes")
		wren.post("/desk/settings", form).expect(http.StatusSeeOther)
		w.readsTexts()
		g.opens(searching("umbrella")).lists("One")
	})
}
