package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// tags posts a work of a fandom with characters and freeforms.
func (w *world) tags(by archive.Viewer, title, fandom string, characters, freeforms []string) int64 {
	w.t.Helper()
	f := fields(title)
	f.Fandoms, f.Characters, f.Freeforms = []string{fandom}, characters, freeforms
	return w.posts(by, f, "A lamp was lit.")
}

// tagID is the number of a tag.
func (w *world) tagID(kind archive.TagKind, name string) (id int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Tags.Named(ctx, kind, name)
		id = tag.ID
		return err
	})
	return id
}

// seenTag is how forms name a tag as it stands now.
func (w *world) seenTag(id int64) (value string) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		seen, err := tx.TagActs.Seen(ctx, id)
		value = fmt.Sprint(id, ".", seen)
		return err
	})
	return value
}

// bin is the address of a fandom's bin.
func (w *world) bin(kind, fandom string) string {
	return fmt.Sprint("/desk/tags/bin?kind=", kind, "&fandom_id=", w.tagID(archive.KindFandom, fandom))
}

// binForm fills in the form of a bin.
func (w *world) binForm(kind, fandom string, pairs ...string) map[string][]string {
	f := form(pairs...)
	f.Set("kind", kind)
	f.Set("fandom_id", fmt.Sprint(w.tagID(archive.KindFandom, fandom)))
	return f
}

var undoable = regexp.MustCompile(`name="act" value="(\d+)"`)

func TestADeskSortsTheTagsOfAFandom(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, mara := w.staff("wren"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", []string{"Pell", "Ida"}, []string{"Slow Burn", "tea"})
		w.tags(mara, "Two", "Harbour Lights", []string{"Pell"}, []string{"slowburn"})
		w.tags(mara, "Three", "Salt Road", []string{"Nessa"}, []string{"slowburn"})
		wren.opens("/desk").has(`href="/desk/tags"`)
		wren.opens("/desk/tags").has("Harbour Lights", "2 characters", "3 other tags", "Salt Road", "1 character", "2 fandoms")
		wren.opens("/desk/tags?q=road").has("Salt Road").lacks("Harbour Lights")
		wren.opens("/desk/tags?q=zzz").has("No fandom with tags to sort")

		page := wren.opens(w.bin("character", "Harbour Lights")).has("Pell", "Ida", "2 tags to sort").lacks("Nessa")
		if strings.Index(page.body, "Pell") > strings.Index(page.body, "Ida") {
			t.Error("the most used tag is not first")
		}
		wren.opens(w.bin("character", "Harbour Lights")+"&q=id").has("Ida", "1 tag to sort").lacks("<bdi>Pell")

		harbour, pell, ida := w.tagID(archive.KindFandom, "Harbour Lights"), w.tagID(archive.KindCharacter, "Pell"), w.tagID(archive.KindCharacter, "Ida")
		sort := func(kind string, pairs ...string) answer {
			return wren.post("/desk/tags/bin", w.binForm(kind, "Harbour Lights", pairs...))
		}
		sort("character", "tag", w.seenTag(pell), "do", "file", "under", "Harbour Lights").expect(http.StatusUnprocessableEntity).
			has("is not canonical yet", `value="Harbour Lights"`, `value="`+w.seenTag(pell)+`" checked`)
		wren.post("/desk/tags/bin", form("kind", "fandom", "tag", w.seenTag(harbour), "do", "canonical")).expect(http.StatusSeeOther)
		to := sort("character", "tag", w.seenTag(pell), "tag", w.seenTag(ida), "do", "file", "under", "harbour lights").expect(http.StatusSeeOther).to()
		done := wren.opens(to).has("4 acts done", "There is nothing to sort here")
		wren.opens(fmt.Sprint("/desk/tags/", harbour)).has("Canonical", "Filed under it", "Pell", "Ida")
		wren.opens(fmt.Sprint("/desk/tags/", pell)).has("Fandoms it is filed under", "Harbour Lights", "was made canonical", "was filed under")
		undo := form("back", "/desk/tags")
		for _, m := range undoable.FindAllStringSubmatch(done.body, -1) {
			undo.Add("act", m[1])
		}
		need(t, "acts to undo", len(undo["act"]), 4)
		need(t, "where undoing leads", wren.post("/desk/tags/undo", undo).expect(http.StatusSeeOther).to(), "/desk/tags")
		wren.opens(w.bin("character", "Harbour Lights")).has("Pell", "Ida", "2 tags to sort")
		wren.post("/desk/tags/undo", undo).expect(http.StatusConflict).has("Not undone", "undone already")

		slow, tea := w.tagID(archive.KindFreeform, "Slow Burn"), w.tagID(archive.KindFreeform, "tea")
		wren.opens(w.bin("freeform", "Salt Road")).lacks("data-may>")
		sort("freeform", "tag", w.seenTag(slow), "do", "canonical").expect(http.StatusSeeOther)
		wren.opens(w.bin("freeform", "Salt Road")).has("slowburn", "May mean", "<bdi>Slow Burn</bdi>")
		sort("freeform", "tag", w.seenTag(tea), "do", "as_is").expect(http.StatusSeeOther)
		wren.opens(w.bin("freeform", "Harbour Lights")).has("slowburn", "1 tag to sort").lacks("<bdi>tea")
		sort("freeform", "do", "canonical").expect(http.StatusUnprocessableEntity).has("Tick a tag first")
		sort("freeform", "tag", w.seenTag(tea), "do", "ban").expect(http.StatusSeeOther)
		wren.opens(fmt.Sprint("/desk/tags/", tea)).has("banned: offered nowhere", "Offer again")
	})
}

func TestADraftsTagsAreNobodysToSort(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, mara := w.staff("wren"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"tea"})
		f := fields("A secret")
		f.Freeforms, f.Fandoms = []string{"my cousin Wilma"}, []string{"Harbour Lights", "Wilma's House"}
		w.drafts(mara, f, "x")
		id := w.tagID(archive.KindFreeform, "my cousin Wilma")
		for _, path := range []string{"/desk/tags", w.bin("freeform", "Harbour Lights"), "/desk/tags/bin?kind=freeform", "/desk/tags/bin?kind=fandom"} {
			wren.opens(path).lacks("Wilma")
		}
		wren.get(fmt.Sprint("/desk/tags/", id)).expect(http.StatusNotFound)
	})
}

func TestMergesAreWeighedBeforehand(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, mara := w.staff("wren"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"Slow Burn", "slowburn"})
		w.tags(mara, "Two", "Harbour Lights", nil, []string{"slowburn"})
		w.tags(mara, "Three", "Harbour Lights", nil, []string{"Slow Burn"})
		slow, burn := w.tagID(archive.KindFreeform, "Slow Burn"), w.tagID(archive.KindFreeform, "slowburn")
		ask := fmt.Sprintf("/desk/tags/merge?kind=freeform&tag=%s&into=", w.seenTag(burn))
		wren.get(ask+"Slow+Burn").expect(http.StatusUnprocessableEntity).has("is not canonical yet", `value="Slow Burn"`)
		wren.get(ask + "slowburn&do=merge").expect(http.StatusUnprocessableEntity)
		wren.get(ask+"nothing").expect(http.StatusUnprocessableEntity).has("no tag is called “nothing” here", `value="nothing"`)
		wren.get(ask + "&do=merge").expect(http.StatusUnprocessableEntity).has("please fill this in")
		wren.opens(ask).lacks("please fill this in")
		wren.post("/desk/tags/bin", form("kind", "freeform", "tag", w.seenTag(slow), "do", "canonical")).expect(http.StatusSeeOther)
		wren.opens(ask+"slow+burn").has("Slow Burn", "<td>2 works</td>", "<strong>3 works</strong>", "Merge into “Slow Burn”")
		self := fmt.Sprintf("/desk/tags/merge?kind=freeform&tag=%s&into=Slow+Burn", w.seenTag(slow))
		wren.opens(self).has("“Slow Burn” is that tag itself").lacks("Merge into “Slow Burn”")
		to := wren.post("/desk/tags/merge", form("kind", "freeform", "tag", w.seenTag(burn), "into", "Slow Burn")).expect(http.StatusSeeOther).to()
		wren.opens(to).has("“slowburn” was merged into “Slow Burn”.", "Undo")
		wren.opens(fmt.Sprint("/desk/tags/", burn)).has("A synonym of", "Slow Burn")
		wren.opens(fmt.Sprint("/desk/tags/", slow)).has("Synonyms", "slowburn", "3 works")
		wren.get(ask + "slowburn").has("“slowburn” is a synonym. Use its canonical, “Slow Burn”.")
	})
}

func TestTwoWranglersAtOneTag(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, tern, mara := w.staff("wren"), w.staff("tern"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"tea", "cake"})
		tea, cake := w.seenTag(w.tagID(archive.KindFreeform, "tea")), w.seenTag(w.tagID(archive.KindFreeform, "cake"))
		wren.post("/desk/tags/bin", form("kind", "freeform", "tag", tea, "do", "as_is")).expect(http.StatusSeeOther)
		tern.post("/desk/tags/bin", form("kind", "freeform", "tag", tea, "tag", cake, "do", "canonical")).expect(http.StatusUnprocessableEntity).
			has("“tea” was sorted by somebody else meanwhile")
		tern.opens(fmt.Sprint("/desk/tags/", w.tagID(archive.KindFreeform, "cake"))).has("Canonical") // the other was done
		one := fmt.Sprint("/desk/tags/", w.tagID(archive.KindFreeform, "tea"))
		tern.post(one, form("tag", tea, "do", "canonical")).expect(http.StatusConflict).has("sorted by somebody else", "left as it is")
		tern.get("/desk/tags/merge?kind=freeform&tag=" + tea + "&into=cake").expect(http.StatusOK)
		tern.post("/desk/tags/merge", form("kind", "freeform", "tag", tea, "into", "cake")).expect(http.StatusConflict).has("sorted by somebody else", `value="cake"`)
	})
}

// What another wrangler sorted meanwhile is named, and stays ticked if it still
// waits; the rest is done, is said to be, and can be undone there and then.
func TestWhatWasSortedMeanwhileKeepsItsTick(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, tern, mara := w.staff("wren"), w.staff("tern"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"tea", "cake", "pie", "Drinks"})
		id := func(name string) int64 { return w.tagID(archive.KindFreeform, name) }
		tea, cake, pie := w.seenTag(id("tea")), w.seenTag(id("cake")), w.seenTag(id("pie"))
		wren.post("/desk/tags/bin", form("kind", "freeform", "tag", w.seenTag(id("Drinks")), "do", "canonical")).expect(http.StatusSeeOther)
		back := func(to string) { // sorted and undone: it waits as before, and was seen otherwise
			for _, act := range undoable.FindAllStringSubmatch(wren.opens(to).body, 1) {
				wren.post("/desk/tags/undo", form("act", act[1])).expect(http.StatusSeeOther)
			}
		}
		back(wren.post("/desk/tags/bin", form("kind", "freeform", "tag", tea, "do", "as_is")).expect(http.StatusSeeOther).to())
		half := tern.post("/desk/tags/bin", form("kind", "freeform", "tag", tea, "tag", cake, "do", "as_is", "into", "Drin")).expect(http.StatusUnprocessableEntity)
		half.has("“tea” was sorted by somebody else meanwhile", "It was done with the other tags", "“cake” was left as it is.", "Undo", `value="Drin"`, fmt.Sprintf(`value="%s" checked`, w.seenTag(id("tea"))))

		tea = w.seenTag(id("tea"))
		back(wren.post("/desk/tags/bin", form("kind", "freeform", "tag", tea, "do", "as_is")).expect(http.StatusSeeOther).to())
		half = tern.post("/desk/tags/merge", form("kind", "freeform", "tag", tea, "tag", pie, "into", "Drinks")).expect(http.StatusConflict)
		half.has("“tea” was sorted by somebody else meanwhile", "It was done with the other tags", "“pie” was merged into “Drinks”.", `value="Drinks"`, `value="`+w.seenTag(id("tea"))).lacks(`<bdi>pie</bdi> <span`)
		tern.post("/desk/tags/merge", form("kind", "freeform", "tag", w.seenTag(id("tea")), "into", "Drinks")).expect(http.StatusSeeOther)
	})
}

func TestTheTagDeskIsForWranglers(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.tags(mara.viewer, "One", "Harbour Lights", nil, []string{"tea"})
	tea := w.tagID(archive.KindFreeform, "tea")
	for _, who := range []*client{w.guest(), mara} {
		for _, path := range []string{"/desk/tags", "/desk/tags/bin?kind=freeform", fmt.Sprint("/desk/tags/", tea), "/desk/tags/merge?tag=1.0"} {
			who.get(path).expect(http.StatusNotFound)
		}
		for _, path := range []string{"/desk/tags/bin", "/desk/tags/merge", "/desk/tags/undo", fmt.Sprint("/desk/tags/", tea)} {
			who.post(path, form("kind", "freeform", "tag", w.seenTag(tea), "do", "canonical", "act", "1", "into", "tea")).expect(http.StatusNotFound)
		}
	}
	wren := w.staff("wren")
	for _, path := range []string{"/desk/tags/bin", "/desk/tags/bin?kind=rating", "/desk/tags/bin?kind=freeform&fandom_id=x", "/desk/tags/bin?kind=freeform&fandom_id=999", "/desk/tags/999", "/desk/tags/x", "/desk/tags/merge?tag=x&into=tea", "/desk/tags/merge?tag=999.0&into=tea"} {
		wren.get(path).expect(http.StatusNotFound)
	}
	wren.get("/desk/tags/bin?kind=freeform&page=900").expect(http.StatusSeeOther)
	for _, f := range [][]string{{"do", "burn"}, {"do", ""}, {"do", "unfile", "other", "x"}, {"do", "canonical", "tag", "1"}, {"do", "unfile", "other", "999"}} {
		wren.post("/desk/tags/bin", form(append([]string{"kind", "freeform", "tag", w.seenTag(tea)}, f...)...)).expect(http.StatusNotFound)
	}
	wren.post("/desk/tags/undo", form("act", "x")).expect(http.StatusNotFound)
	wren.post("/desk/tags/undo", form("act", "999")).expect(http.StatusNotFound)
	rating := w.tagID(archive.KindRating, archive.RatingGeneral)
	wren.post(fmt.Sprint("/desk/tags/", rating), form("tag", w.seenTag(rating), "do", "as_is")).expect(http.StatusUnprocessableEntity).has("are the site’s own words")
}

func TestAMergeOf1001WorksWaitsForASecondWrangler(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, tern, mara := w.staff("wren"), w.staff("tern"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", nil, []string{"Slow Burn", "slowburn"})
		slow, burn := w.tagID(archive.KindFreeform, "Slow Burn"), w.tagID(archive.KindFreeform, "slowburn")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for range 1000 {
				work, err := tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
				if err != nil {
					return err
				}
				if err := tx.Tags.SetOn(ctx, work, []archive.WorkTag{{Kind: archive.KindFreeform, Wording: "slowburn"}}); err != nil {
					return err
				}
			}
			return nil
		})
		wren.post("/desk/tags/bin", form("kind", "freeform", "tag", w.seenTag(slow), "do", "canonical")).expect(http.StatusSeeOther)
		merge := form("kind", "freeform", "tag", w.seenTag(burn), "into", "Slow Burn", "back", "tag")
		wren.opens("/desk/tags/merge?"+merge.Encode()).has("More than 1,000 works would feel this", "Ask to merge into “Slow Burn”")
		wren.opens(wren.post("/desk/tags/merge", merge).expect(http.StatusSeeOther).to()).has("a second wrangler does it")
		wren.opens("/desk").has("1 merge waits")
		wren.opens("/desk/tags").has("“slowburn” into “Slow Burn”", "Asked for by wren")
		one := fmt.Sprint("/desk/tags/", burn)
		wren.opens(one).has("Nobody has looked at it yet", "A second wrangler does it, or you after a day").lacks("Look at the merge")
		withdraw := form("tag", w.seenTag(burn), "do", "withdraw")
		wren.opens(wren.post(one, withdraw).expect(http.StatusSeeOther).to()).lacks("A second wrangler does it", "Do not merge")
		wren.opens("/desk/tags").lacks("Asked for by wren")
		wren.post(one, withdraw).expect(http.StatusNotFound)
		wren.post("/desk/tags/merge", merge).expect(http.StatusSeeOther)
		wren.opens(one).has("Nobody has looked at it yet", "Do not merge")
		tern.opens(one).has("Look at the merge")
		tern.opens("/desk/tags/merge?" + merge.Encode()).has("Merge into “Slow Burn”").lacks("Ask to merge")
		tern.opens(tern.post("/desk/tags/merge", merge).expect(http.StatusSeeOther).to()).has("A synonym of", "was merged into")
		wren.opens("/desk/tags").lacks("Asked for by wren")
		acts := undoable.FindStringSubmatch(tern.opens(one).body)
		wren.post("/desk/tags/undo", form("act", acts[1], "back", one)).expect(http.StatusSeeOther)
		wren.opens(one).has("Nobody has looked at it yet", "undone by wren")
		w.Clock.Pass(time.Minute)
		merge.Set("tag", w.seenTag(burn))
		wren.post("/desk/tags/merge", merge).expect(http.StatusSeeOther)
		wren.opens(one).has("Nobody has looked at it yet")
		w.Clock.Pass(24 * time.Hour)
		wren.opens(one).has("Look at the merge")
		wren.post("/desk/tags/merge", merge).expect(http.StatusSeeOther)
		wren.opens(one).has("A synonym of")
	})
}

func TestABinOf10000TagsIsPaged(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, mara := w.staff("wren"), w.member("mara").viewer
		for n := range 200 {
			work := w.tags(mara, "One", "Harbour Lights", nil, nil)
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				tags := []archive.WorkTag{{Kind: archive.KindFandom, Wording: "Harbour Lights"}}
				for i := range 50 {
					tags = append(tags, archive.WorkTag{Kind: archive.KindFreeform, Wording: fmt.Sprintf("lamp number %05d", 50*n+i)})
				}
				return tx.Tags.SetOn(ctx, work, tags)
			})
		}
		bin := w.bin("freeform", "Harbour Lights")
		began := time.Now()
		wren.opens(bin).has("10,000 tags to sort", "lamp number 00049").lacks("lamp number 00050")
		wren.opens(bin + "&page=200").has("lamp number 09999")
		wren.opens(bin+"&q=0777").has("10 tags to sort", "lamp number 07770")
		wren.opens("/desk/tags").has("10,000 other tags")
		many := w.binForm("freeform", "Harbour Lights", "do", "canonical")
		for i := range 51 {
			many["tag"] = append(many["tag"], w.seenTag(w.tagID(archive.KindFreeform, fmt.Sprintf("lamp number %05d", i))))
		}
		wren.post("/desk/tags/bin", many).expect(http.StatusUnprocessableEntity).has("Tick 50 tags at most: these are 51.", "10,000 tags to sort")
		many["tag"] = many["tag"][:50]
		wren.opens(wren.post("/desk/tags/bin", many).expect(http.StatusSeeOther).to()).has("50 acts done", "9,950 tags to sort")
		t.Logf("four pages took %v", time.Since(began))
	})
}
