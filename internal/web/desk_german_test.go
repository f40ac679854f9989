package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

// englishDesk are words of the desk that no German page has.
var englishDesk = regexp.MustCompile(`\b(Undo|Merge|Rename|Split|History|Canonical|Filed|was|were|works?|tags? to sort|Line \d|sorted|the)\b`)

// The desk of tags is walked in German, in the dark, at 320 points and by keyboard
// alone: bins, many at once, a tag's page and its history, one that waits, a
// merge, a renaming and a sheet with wrong lines. Nothing there is English, wider
// than the page or pale, and after an act one goes on where one was.
func TestTheTagDeskInGermanByKeyboard(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	paths := w.binned(wren)
	id := func(name string) int64 { return w.tagID(archive.KindFreeform, name) }
	wren.post("/desk/tags/merge", form("kind", "freeform", "tag", w.seenTag(id("slowburn")), "into", "Slow Burn")).expect(http.StatusSeeOther)
	p := w.reads(browser.Settings{Narrow: true, Dark: true, Language: "de"})
	p.Open("/sign-in")
	p.Fill("Name", "wren")
	p.Fill("Passwort", password)
	p.Submit("Anmelden")
	looks := func(shot string) {
		t.Helper()
		p.Axe()
		p.Look("desk-de-" + shot)
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s scrolls sideways by %d points", shot, wide)
		}
		said := browser.Ask[string](p, `(() => { const m = document.querySelector("main").cloneNode(true); m.querySelectorAll("bdi, a, textarea, code, script, style").forEach((e) => e.remove()); return m.textContent; })()`)
		if english := englishDesk.FindString(strings.ReplaceAll(said, "was ", " ")); english != "" {
			t.Errorf("%s says %q in\n%s", shot, english, said)
		}
	}
	for shot, path := range paths {
		p.Open(path)
		browser.Ask[bool](p, `document.querySelectorAll("main details").forEach((d) => { d.open = true; }), true`)
		looks(shot)
	}
	at := func() string {
		return browser.Ask[string](p, `(() => { const e = document.activeElement; return e.closest(".bin > li")?.querySelector("bdi").textContent ?? (e.tagName + "#" + e.id + " " + e.textContent.trim()); })()`)
	}
	p.Open(fmt.Sprint("/desk/tags/", id("Slow Burn")))
	p.Sees("Mach zuerst dies rückgängig")
	p.Open(w.bin("freeform", "Harbour Lights"))
	browser.Ask[bool](p, `document.querySelector(".bin input").focus(), true`)
	p.Keys("x")
	p.Keys("j")
	p.Keys("x")
	p.Keys("a")
	p.Sees("Schritte getan")
	looks("bulk-done")
	need(t, "where one is when nothing is left", at(), "BUTTON# Rückgängig machen")
	p.Enter()
	p.Sees("2 Tags zum Sortieren")
	need(t, "where one is after undoing", at(), "tea")
	p.Keys("c")
	p.Sees("1 Tag zum Sortieren")
	need(t, "where one goes on", at(), "cake")
	p.Keys("u")
	p.Sees("2 Tags zum Sortieren")
	need(t, "where one is after undoing by a key", at(), "tea")
	p.Open("/desk/tags/sheet")
	p.Fill("Oder die Tabelle selbst", "kind,tag,standing,means\nfreeform,tea,canonical,\nfreeform,nobody,canonical,\nfreeform,cake,shoe,\nfreeform,cake,synonym,zebra\n")
	looks("sheet")
	p.Submit("Sehen, was sich ändern würde")
	looks("sheet-wrong")
	p.Sees("Zeile 3:")
	p.Submit("All das tun")
	p.Sees("wurde kanonisch gemacht")
	looks("sheet-done")
}
