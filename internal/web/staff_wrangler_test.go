package web_test

import (
	"fmt"
	"net/http"
	"testing"

	"ficus/internal/archive"
)

func TestAWranglerSeesTheTagsAndNothingElseOfTheDesk(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, oda, mara := w.staff("wren"), w.member("oda"), w.member("mara")
		w.tags(mara.viewer, "One", "Harbour Lights", []string{"Pell"}, []string{"tea"})
		member := fmt.Sprint("/desk/members/", oda.viewer.Account)
		oda.opens("/menu").lacks("Tags to sort")
		oda.get("/desk/tags").expect(http.StatusNotFound)
		wren.opens(member).has("Have them sort tags")
		wren.post(member+"/wrangler", form("wrangler", "yes", "wrangler_fandoms", "Zebra")).expect(http.StatusUnprocessableEntity).has("no tag is called “Zebra” here", "Zebra</textarea>")
		oda.get("/desk/tags").expect(http.StatusNotFound)
		wren.post(member+"/wrangler", form("wrangler", "yes")).expect(http.StatusSeeOther)
		wren.opens(member).has("This member sorts tags", "Tags to sort by oda: *.")
		oda.opens("/menu").has(`href="/desk/tags"`).lacks(`href="/desk"`)
		oda.opens("/desk/tags").has("Harbour Lights", "1 character", "1 fandom").lacks("Back to the desk")
		for _, path := range []string{"/desk", "/desk/members", member, "/desk/settings", "/desk/cases", "/desk/acts", "/desk/waiting"} {
			oda.get(path).expect(http.StatusNotFound)
		}
		oda.post(member+"/wrangler", form("wrangler", "yes")).expect(http.StatusNotFound)
		tea := w.tagID(archive.KindFreeform, "tea")
		oda.post("/desk/tags/bin", form("kind", "freeform", "tag", w.seenTag(tea), "do", "canonical")).expect(http.StatusSeeOther)
		wren.opens(fmt.Sprint("/desk/tags/", tea)).has("Canonical", "<bdi>oda</bdi>")
		seen := w.seenTag(tea)
		wren.post(member+"/wrangler", form("wrangler", "no")).expect(http.StatusSeeOther)
		oda.get("/desk/tags").expect(http.StatusNotFound)
		oda.post(fmt.Sprint("/desk/tags/", tea), form("tag", seen, "do", "ban")).expect(http.StatusNotFound)
		wren.opens(fmt.Sprint("/desk/tags/", tea)).lacks("banned")
	})
}

func TestAWranglerWithFandomsSortsTheirTagsAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, oda, mara := w.staff("wren"), w.member("oda"), w.member("mara").viewer
		w.tags(mara, "One", "Harbour Lights", []string{"Pell"}, []string{"tea"})
		w.tags(mara, "Two", "Salt Road", []string{"Nessa"}, []string{"tea"})
		w.tags(mara, "Three", "harbor lights", []string{"Ida"}, nil)
		wren.post(fmt.Sprint("/desk/members/", oda.viewer.Account, "/wrangler"), form("wrangler", "yes", "wrangler_fandoms", "harbor lights")).expect(http.StatusSeeOther)
		harbour, harbor := w.tagID(archive.KindFandom, "Harbour Lights"), w.tagID(archive.KindFandom, "harbor lights")
		wren.post("/desk/tags/bin", form("kind", "fandom", "tag", w.seenTag(harbour), "do", "canonical")).expect(http.StatusSeeOther)
		wren.post("/desk/tags/merge", form("kind", "fandom", "tag", w.seenTag(harbor), "into", "Harbour Lights")).expect(http.StatusSeeOther)
		oda.opens("/desk/tags").has("Harbour Lights", "2 characters").lacks("Salt Road", "fandom_id=none", "?kind=")
		oda.opens(w.bin("character", "Harbour Lights")).has("Pell", "Ida").lacks("Nessa")
		for _, path := range []string{w.bin("character", "Salt Road"), "/desk/tags/bin?kind=fandom", "/desk/tags/bin?kind=freeform", "/desk/tags/bin?kind=character&fandom_id=none"} {
			oda.get(path).expect(http.StatusNotFound)
		}
		nessa, pell, ida, tea := w.tagID(archive.KindCharacter, "Nessa"), w.tagID(archive.KindCharacter, "Pell"), w.tagID(archive.KindCharacter, "Ida"), w.tagID(archive.KindFreeform, "tea")
		for _, tag := range []int64{pell, ida, tea, harbour} {
			oda.post(fmt.Sprint("/desk/tags/", tag), form("tag", w.seenTag(tag), "do", "ban")).expect(http.StatusSeeOther)
		}
		one := fmt.Sprint("/desk/tags/", nessa)
		oda.post(one, form("tag", w.seenTag(nessa), "do", "canonical")).expect(http.StatusUnprocessableEntity).has("“Nessa” is of no fandom whose tags you sort")
		oda.post("/desk/tags/merge", form("tag", w.seenTag(nessa), "into", "Harbour Lights", "back", "tag")).expect(http.StatusUnprocessableEntity).has("of no fandom whose tags you sort")
		wren.post(one, form("tag", w.seenTag(nessa), "do", "canonical")).expect(http.StatusSeeOther)
		act := undoable.FindStringSubmatch(wren.opens(one).body)[1]
		oda.post("/desk/tags/undo", form("act", act)).expect(http.StatusConflict).has("“Nessa” is of no fandom whose tags you sort")
		wren.opens(one).has("Canonical")
		wren.post(one, form("tag", w.seenTag(nessa), "do", "file", "under", "Harbour Lights")).expect(http.StatusSeeOther)
		oda.post(one, form("tag", w.seenTag(nessa), "do", "ban")).expect(http.StatusSeeOther)
	})
}
