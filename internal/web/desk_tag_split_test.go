package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

func TestTagsAreRenamedAndSplitAtTheDesk(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, mara := w.staff("wren"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"Drinks"})
		w.tags(mara, "Two", "Harbour Lights", nil, []string{"tea"})
		w.tags(mara, "Three", "Harbour Lights", nil, []string{"chai"})
		w.tags(mara, "Four", "Harbour Lights", nil, []string{"Cake"})
		drinks, tea, chai := w.tagID(archive.KindFreeform, "Drinks"), w.tagID(archive.KindFreeform, "tea"), w.tagID(archive.KindFreeform, "chai")
		one := fmt.Sprint("/desk/tags/", drinks)
		post := func(pairs ...string) answer {
			return wren.post(one, form(append([]string{"tag", w.seenTag(drinks)}, pairs...)...))
		}
		undo := func() {
			t.Helper()
			w.Clock.Pass(24 * time.Hour)
			act := undoable.FindStringSubmatch(wren.opens(one).body)
			wren.post("/desk/tags/undo", form("act", act[1], "back", one)).expect(http.StatusSeeOther)
		}
		post("do", "canonical").expect(http.StatusSeeOther)
		for _, id := range []int64{tea, chai} {
			wren.post("/desk/tags/merge", form("kind", "freeform", "tag", w.seenTag(id), "into", "Drinks")).expect(http.StatusSeeOther)
		}
		post("do", "rename", "renamed", "cake").expect(http.StatusUnprocessableEntity).has("Another tag is called “Cake”", `value="cake"`)
		wren.opens(post("do", "rename", "renamed", "Hot Drinks").expect(http.StatusSeeOther).to()).has("“Drinks” was renamed “Hot Drinks”.", "<bdi>Drinks</bdi>", "3 works")
		w.guest().opens("/tags/suggest?kind=freeform&q=hot").has(`"name":"Hot Drinks"`, `"works":3`)
		list := w.guest().get("/tags/freeform/Drinks").expect(http.StatusSeeOther).to()
		w.guest().opens(list).has("Hot Drinks", "One", "Two", "Three").lacks("Four</a>")
		undo()
		wren.opens(one).has("<bdi>Drinks</bdi></h1>", "undone by wren")
		w.guest().opens("/tags/suggest?kind=freeform&q=hot").lacks("Hot Drinks")
		w.guest().get("/tags/freeform/Hot%20Drinks").expect(http.StatusNotFound)

		post("do", "split", "along", fmt.Sprint(chai)).expect(http.StatusUnprocessableEntity).has("Tick a tag first", fmt.Sprintf(`value="%d" checked`, chai))
		post("do", "split", "head", fmt.Sprint(tea), "along", fmt.Sprint(chai)).expect(http.StatusSeeOther)
		w.guest().opens("/tags/suggest?kind=freeform&q=chai").has(`"name":"tea"`, `"works":2`)
		w.guest().opens("/tags/suggest?kind=freeform&q=drinks").has(`"name":"Drinks"`, `"works":1`)
		undo()
		w.guest().opens("/tags/suggest?kind=freeform&q=chai").has(`"name":"Drinks"`, `"works":3`).lacks(`"name":"tea"`)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			tag, err := tx.Sorting.Find(ctx, chai)
			need(t, "what chai means", tag.Canonical, drinks)
			return err
		})
	})
}

func TestWranglersTellOneAnotherAboutATag(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, tern, mara := w.staff("wren"), w.staff("tern"), w.member("mara")
		w.tags(mara.viewer, "One", "Harbour Lights", nil, []string{"tea"})
		one := fmt.Sprint("/desk/tags/", w.tagID(archive.KindFreeform, "tea"))
		wren.post(one+"/said", form("said", " ")).expect(http.StatusUnprocessableEntity).has("please fill this in")
		long := strings.Repeat("w", 2001)
		wren.post(one+"/said", form("said", long)).expect(http.StatusUnprocessableEntity).has(long, "2,000")
		wren.post(one+"/said", form("said", "Is it <b>drink</b> or plant?")).expect(http.StatusSeeOther)
		tern.opens(one).has("Is it &lt;b&gt;drink&lt;/b&gt; or plant?", "<bdi>wren</bdi>").lacks(long)
		mara.post(one+"/said", form("said", "mine")).expect(http.StatusNotFound)
		wren.post("/desk/tags/999/said", form("said", "x")).expect(http.StatusNotFound)
		wren.post("/desk/tags/999/said", form("said", " ")).expect(http.StatusNotFound)
		wren.post("/desk/tags/999", form("do", "shoe")).expect(http.StatusNotFound)
		wren.post("/desk/tags/bin", form("kind", "character", "fandom_id", "999", "do", "as_is")).expect(http.StatusNotFound)
	})
}

// An act on which a later one stands says which has to be undone first, in the
// tag's history and on the desk, and has no button; so does the answer when
// somebody did that meanwhile.
func TestAnActThatWaitsSaysForWhat(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, tern, mara := w.staff("wren"), w.staff("tern"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"tea", "chai", "Drinks"})
		tea, chai := w.tagID(archive.KindFreeform, "tea"), w.tagID(archive.KindFreeform, "chai")
		ofTea, ofChai := fmt.Sprint("/desk/tags/", tea), fmt.Sprint("/desk/tags/", chai)
		did := wren.post(ofTea, form("tag", w.seenTag(tea), "do", "canonical")).expect(http.StatusSeeOther).to()
		made := undoable.FindStringSubmatch(wren.opens(ofTea).body)[1]
		tern.post("/desk/tags/merge", form("kind", "freeform", "tag", w.seenTag(chai), "into", "tea")).expect(http.StatusSeeOther)
		merged := undoable.FindStringSubmatch(tern.opens(ofChai).body)[1]
		link := fmt.Sprintf(`Undo this first: <a href="%s#act-%s">“chai” was merged into “tea”.</a>`, ofChai, merged)
		button := func(act string) string { return `name="act" value="` + act + `"` }
		wren.opens(ofTea).has(link, button(merged), `id="act-`+merged+`"`).lacks(button(made))
		wren.opens("/desk/tags").has(link).lacks(button(made), button(merged))
		wren.opens(did).lacks(button(made), `class="notice good`)
		wren.post("/desk/tags/undo", form("act", made, "back", ofTea)).expect(http.StatusConflict).has("Not undone", link).lacks("It was undone already")
		wren.post("/desk/tags/undo", form("act", merged)).expect(http.StatusSeeOther)
		wren.opens(ofTea).has(button(made)).lacks("Undo this first")
		wren.post("/desk/tags/undo", form("act", merged)).expect(http.StatusConflict).has("It was undone already").lacks("Undo this first")
		wren.post("/desk/tags/undo", form("act", made)).expect(http.StatusSeeOther)
	})
}
