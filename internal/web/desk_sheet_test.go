package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
)

// Wranglers carry tags away as a sheet, without those of drafts, and bring one
// back: they see what it asks for, then it is done, and undone; what cannot be
// is named by its line, and the sheet stays where it was typed.
func TestTagsGoOutAndInAsASheet(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, ben := w.staff("wren"), w.member("mara")
		mara := ben.viewer
		w.tags(mara, "One", "Harbour Lights", []string{"Pell"}, []string{"tea", "@cmd()"})
		f := fields("A secret")
		f.Freeforms = []string{"my cousin Wilma"}
		w.drafts(mara, f, "x")
		wren.opens("/desk/tags").has(`href="/desk/tags/sheet"`)
		wren.opens("/desk/tags/sheet").has(`href="/desk/tags/sheet.csv"`).lacks("It asks for")
		out := wren.opens("/desk/tags/sheet.csv")
		out.has("kind,tag,standing,means", "character,Pell,unsorted,", "freeform,'@cmd(),unsorted").lacks("Wilma")
		need(t, "what it is", out.header.Get("Content-Type"), "text/csv; charset=utf-8")

		sheet := "kind,tag,standing,means,means_kind,parents\nfandom,harbour lights,canonical,,,\ncharacter,Pell,canonical,,,Harbour Lights\nfreeform,tea,best,,,\nfreeform,my cousin Wilma,as_is,,,\n"
		brings := func(do, sheet string) answer {
			return wren.post("/desk/tags/sheet", form("do", do, "sheet", sheet))
		}
		brings("look", sheet).expect(http.StatusOK).has("It asks for 3 things", "“Pell” becomes canonical.", "Line 4: “best” is not what a tag can be made", "Line 5: no tag of this kind is called “my cousin Wilma”",
			"character,Pell,canonical").lacks("was done")
		out = wren.opens("/desk/tags/sheet.csv").has("character,Pell,unsorted,")
		done := brings("sheet", sheet)
		need(t, "the status", done.status, http.StatusSeeOther)
		wren.opens(done.to()).has("Pell", "Harbour Lights", "3 acts done.", "Undo")
		wren.opens("/desk/tags/sheet.csv").has("character,Pell,canonical,,,Harbour Lights,", "fandom,Harbour Lights,canonical")
		brings("sheet", sheet).expect(http.StatusOK).has("It asks for 0 things")
		undo := form("back", "/desk/tags")
		for _, act := range undoable.FindAllStringSubmatch(wren.opens(done.to()).body, 3) {
			undo.Add("act", act[1])
		}
		need(t, "three are undone", len(undo["act"]), 3)
		need(t, "undone", wren.post("/desk/tags/undo", undo).status, http.StatusSeeOther)
		wren.opens("/desk/tags/sheet.csv").has("character,Pell,unsorted,,,,", "fandom,Harbour Lights,unsorted")

		brings("look", "").expect(http.StatusUnprocessableEntity).has("The first line names the columns")
		brings("look", "kind,tag\nfreeform,\"tea\n").expect(http.StatusUnprocessableEntity).has("from line 2 on", "freeform,&#34;tea")
		brings("sheet", "kind,tag\n"+strings.Repeat("freeform,tea\n", 2001)).expect(http.StatusUnprocessableEntity).has("A sheet has 2,000 lines at most")
		// What cannot be done is said beforehand, and nothing of such a line is done.
		brings("look", "kind,tag,standing,parents\ncharacter,Pell,canonical,Harbour Lights\nfreeform,tea,canonical,\n").expect(http.StatusOK).
			has("Line 2: Fandom: “Harbour Lights” is not canonical yet", "It asks for 1 thing", "“tea” becomes canonical.", "The lines named above are left out").lacks("“Pell” becomes canonical")
		brings("sheet", "kind,tag,standing,metatags\nfreeform,tea,canonical,@cmd()\nfreeform,@cmd(),canonical,tea\n").expect(http.StatusOK).
			has("Line 2: with the metatag “@cmd()”, and what is asked for in line 3, “tea” would stand above itself", "Line 3: with the metatag “tea”, and what is asked for in line 2", "It asks for 0 things").lacks("Do all of this")
		wren.opens("/desk/tags/sheet.csv").has("freeform,tea,unsorted,")
		brings("look", "kind,tag,standing,mean\nfreeform,tea,synonym,Tea\n").expect(http.StatusUnprocessableEntity).has("Line 1: column 4 is called “mean”, which is not known. These are: kind, tag")
		brings("look", "kind,tag,standing,means\nfreeform,tea,synonym,\n").expect(http.StatusOK).has("Line 2: “tea” is to be a synonym. Write in the column “means”")

		for _, who := range []answer{ben.get("/desk/tags/sheet"), w.guest().get("/desk/tags/sheet.csv")} {
			need(t, "who sorts no tags", who.status, http.StatusNotFound)
		}
	})
}

func TestASheetIsBroughtOnAPhone(t *testing.T) {
	w := newWorld(t)
	w.staff("wren")
	w.tags(w.member("mara").viewer, "One", "Harbour Lights", []string{"Pell"}, []string{"tea"})
	p := w.reads(browser.Settings{Phone: true, NoScript: true})
	signIn(p, "wren")
	p.Open("/desk/tags")
	p.Follow("Tags as a sheet")
	p.Axe()
	p.Fill("Or the sheet itself", "kind,tag,standing\nfreeform,tea,canonical\nfandom,Harbour Lights,canonical\ncharacter,Pel,canonical\n")
	p.Submit("See what would change")
	p.Sees("It asks for 2 things")
	p.Sees("Line 4")
	p.Axe()
	p.Look("sheet")
	if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		t.Errorf("%s is %d pixels too wide", p.Path(), wide)
	}
	p.Submit("Do all of this")
	p.Sees("Undo")
}
