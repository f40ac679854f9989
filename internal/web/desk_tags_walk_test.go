package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

// binned is an archive with tags of every kind to sort, some with long names;
// it gives the pages of the desk.
func (w *world) binned(wren *client) map[string]string {
	w.t.Helper()
	mara, long := w.member("mara").viewer, strings.Repeat("W", 140)
	w.tags(mara, "One", "Harbour Lights", []string{"Pell", "Ida", long}, []string{"Slow Burn", "slowburn", "tea"})
	w.tags(mara, "Two", "Harbour Lights", []string{"Pell"}, []string{"slowburn", "cake"})
	w.tags(mara, "Three", long, []string{"Nessa"}, nil)
	slow := w.tagID(archive.KindFreeform, "Slow Burn")
	for _, what := range []string{"canonical", "ban", "unban"} {
		wren.post(fmt.Sprint("/desk/tags/", slow), form("tag", w.seenTag(slow), "do", what)).expect(http.StatusSeeOther)
	}
	burn := w.seenTag(w.tagID(archive.KindFreeform, "slowburn"))
	return map[string]string{
		"bins": "/desk/tags", "bin": w.bin("character", "Harbour Lights"), "bin-freeform": w.bin("freeform", "Harbour Lights"), "fandoms": "/desk/tags/bin?kind=fandom",
		"tag": fmt.Sprint("/desk/tags/", slow), "merge": "/desk/tags/merge?kind=freeform&tag=" + burn + "&into=Slow+Burn", "merge-wrong": "/desk/tags/merge?kind=freeform&tag=" + burn + "&into=zebra",
	}
}

func TestTheTagDeskOnAPhone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"phone": {Phone: true}, "narrow, dark, without scripts": {Narrow: true, Dark: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			paths := w.binned(w.staff("wren"))
			p := w.reads(how)
			signIn(p, "wren")
			for shot, path := range paths {
				p.Open(path)
				if !how.NoScript {
					browser.Ask[bool](p, `document.querySelectorAll("main details").forEach((d) => { d.open = true; }), true`)
				}
				p.Axe()
				p.Look("tags-" + strings.ReplaceAll(strings.ReplaceAll(name, " ", "-"), ",", "") + "-" + shot)
				if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
					t.Errorf("%s scrolls sideways by %d points", path, wide)
				}
				if small := browser.Ask[string](p, smallTargets); small != "" {
					t.Errorf("%s has what a finger misses: %s", path, small)
				}
			}
		})
	}
}

func TestABinIsSortedFromTheKeyboard(t *testing.T) {
	w := newWorld(t)
	w.binned(w.staff("wren"))
	p := w.reads(browser.Settings{})
	signIn(p, "wren")
	p.Open(w.bin("freeform", "Harbour Lights"))
	at := func() string {
		return browser.Ask[string](p, `document.activeElement.closest(".bin > li")?.querySelector("bdi").textContent ?? document.activeElement.id`)
	}
	browser.Ask[bool](p, `document.querySelector(".bin input").focus(), true`)
	need(t, "the first row", at(), "slowburn")
	p.Keys("j")
	p.Keys("j")
	need(t, "two rows on", at(), "cake")
	p.Keys("k")
	need(t, "one row back", at(), "tea")
	p.Keys("x")
	need(t, "ticked rows", browser.Ask[int](p, `document.querySelectorAll(".bin input:checked").length`), 1)
	p.Keys("m")
	need(t, "where one types", at(), "f-into")
	browser.Ask[bool](p, `document.querySelectorAll(".bin .pick input")[2].focus(), true`)
	p.Keys("x")
	p.Keys("a")
	p.Sees("2 acts done")
	need(t, "tags that are left", browser.Ask[int](p, `document.querySelectorAll(".bin > li").length`), 1)
	need(t, "one goes on where one was", at(), "slowburn")
	p.Keys("u")
	p.Sees("3 tags to sort")
	browser.Ask[bool](p, `document.querySelector(".bin input").focus(), true`)
	p.Keys("s")
	p.Sees("Merge into “Slow Burn”")
}

// A wrangler types the beginning of a canonical and takes what is offered;
// renames, splits and says something, with and without scripts.
func TestATagIsSortedOnItsDeskPageByEveryone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"desk": {}, "phone, dark, without scripts": {Phone: true, Dark: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.binned(w.staff("wren"))
			p := w.reads(how)
			signIn(p, "wren")
			p.Open(fmt.Sprint("/desk/tags/", w.tagID(archive.KindFreeform, "slowburn")))
			if how.NoScript {
				p.Fill("Canonical that means the same", "Slow Burn")
			} else {
				p.Type("Canonical that means the same", "slow b")
				p.Sees("Slow Burn")
				p.Axe()
				p.Keys(kb.ArrowDown)
				p.Enter()
				need(t, "what was taken", p.Value("Canonical that means the same"), "Slow Burn")
			}
			p.Submit("Merge …")
			p.Submit("Merge into “Slow Burn”")
			p.Open(fmt.Sprint("/desk/tags/", w.tagID(archive.KindFreeform, "Slow Burn")))
			p.Sees("slowburn")
			p.Fill("Name", "Slow Fire")
			p.Submit("Rename")
			p.Sees("“Slow Burn” was renamed “Slow Fire”.")
			p.Press("Split: some of these mean something else")
			p.Axe()
			p.Choose("New canonical", "slowburn")
			p.Submit("Split")
			p.Fill("What the others should know", "Is it not the same?")
			p.Submit("Say it")
			p.Sees("Is it not the same?")
			p.Axe()
		})
	}
}
