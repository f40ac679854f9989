package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
	"ficus/internal/writing"
)

// framed is a text with a frame of YouTube in it, as YouTube hands it out.
const framed = `The song she hums:

<iframe width="560" height="315" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=abc&amp;autoplay=1" title="Salt &amp; bread, a shanty" frameborder="0" allow="autoplay" referrerpolicy="unsafe-url" onload="alert(1)" allowfullscreen></iframe>

That was all.`

const (
	watching      = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
	policyPlaying = policy + "; frame-src https://www.youtube-nocookie.com"
	playing       = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
)

func TestAcceptance19AFrameInAChapterIsACardAndInACommentALink(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.creates(mara.viewer, writing.NewWork{Fields: fields("Salt"), Chapters: []archive.ChapterFields{
			{Text: framed, NotesBefore: "Hear " + framed, Summary: "Hear " + framed}, {Text: "Nothing plays here."},
		}})
		first, second := w.chapters(work)[0].ID, w.chapters(work)[1].ID
		guest := w.guest()
		for range 2 { // drawn, then kept
			a := guest.opens(chapterPath(work, first))
			a.has(`data-frame="`+playing+`"`, `href="`+watching+`"`, "Salt &amp; bread, a shanty", `data-referrer="strict-origin"`, "/assets/player.").lacks("<iframe", "autoplay", "onload", "si=abc")
			if n := strings.Count(a.body, "data-frame="); n != 1 {
				t.Errorf("%d things play on the page; those in its notes are links", n)
			}
			if got := a.header.Get("Content-Security-Policy"); got != policyPlaying {
				t.Errorf("the page may load %q", got)
			}
		}
		for _, path := range []string{chapterPath(work, second), workPath(work, "/index")} {
			a := guest.opens(path).lacks("/assets/player.")
			if got := a.header.Get("Content-Security-Policy"); got != policy {
				t.Errorf("%s may load %q", path, got)
			}
		}
		entire := guest.opens(workPath(work) + "/entire").has(`data-frame="` + playing + `"`)
		need(t, "the policy of the entire work", entire.header.Get("Content-Security-Policy"), policyPlaying)

		comment := pell.said(work, first, "See "+framed)
		guest.opens(comment).has(`href="`+watching+`"`).lacks("<iframe", "data-frame", `class="player"`)

		book := guest.opens(workPath(work) + ".html")
		book.has(`href="`+watching+`"`).lacks("<iframe", "data-frame")
		guest.opens(workPath(work) + ".txt").has("Salt & bread, a shanty (" + watching + ")")
		copied := mara.opens(chapterPath(work, first) + "/copy?for=ao3")
		need(t, "the copy for AO3", boxOf(copied, "text"), "<p>The song she hums:</p>\n<p>"+`<iframe allowfullscreen="allowfullscreen" height="315" src="`+playing+`" title="Salt &amp; bread, a shanty" width="560"></iframe>`+"</p>\n<p>That was all.</p>")
		need(t, "the copy for FFN", boxOf(mara.opens(chapterPath(work, first)+"/copy?for=ffn"), "text"), "<p>The song she hums:</p>\n<p>Salt &amp; bread, a shanty ("+watching+")</p>\n<p>That was all.</p>")
	})
}

// The text box shows what was typed, and a preview plays as the page will.
func TestAPlayerIsPreviewed(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"), framed)
	edit := chapterPath(work, w.chapters(work)[0].ID) + "/edit"
	form := mara.opens(edit)
	const kept = `<a class="player" href="` + watching + `">Salt &amp; bread, a shanty</a>`
	form.has("&lt;iframe") // as it was typed
	preview := mara.postFiles(edit, url.Values{"do": {"preview"}, "text": {"Hear:\n\n" + kept}, "base": {numberIn(form, "base")}}).expect(http.StatusOK)
	preview.has(`data-frame="` + playing + `"`)
	need(t, "the policy of the preview", preview.header.Get("Content-Security-Policy"), policyPlaying)
}

// A text of nothing but players shows a bounded number of cards.
func TestATextOfTooManyPlayersShowsLinks(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"), strings.Repeat(framed+"\n\n", 60))
	a := w.guest().opens(workPath(work))
	if cards, links := strings.Count(a.body, "data-frame="), strings.Count(a.body, `href="`+watching); cards != 50 || links != 60 {
		t.Errorf("it shows %d cards and %d links", cards, links)
	}
}

func TestAPlayerIsLoadedWhenItsButtonIsPressedAndNotBefore(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"), "The song she hums:\n\n"+framed)
	elsewhere := func(p *browser.Page) bool {
		return slices.ContainsFunc(p.Requests(), func(address string) bool { return strings.Contains(address, "://") })
	}
	for _, how := range []browser.Settings{{NoScript: true, Phone: true}, {Narrow: true, Dark: true}, {Phone: true}} {
		p := w.reads(how)
		p.Open(workPath(work))
		p.Sees("Open it on YouTube")
		p.Axe()
		if how.NoScript {
			p.SeesNot("Play it here")
			p.Look("player-without-script")
			continue
		}
		p.Sees("Nothing is loaded from YouTube until you press")
		if wide := browser.Ask[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
			t.Errorf("the page is %d pixels too wide", wide)
		}
		p.Look("player-card")
		if elsewhere(p) || p.Count("iframe") != 0 {
			t.Errorf("before anything is pressed the page asked for %q", p.Requests())
		}
		p.Press("Play it here")
		const frame = `(() => { const f = document.querySelector(".player iframe"); return [f.src, f.title, f.getAttribute("sandbox"), f.referrerPolicy, f === document.activeElement].join(" | "); })()`
		want := playing + " | Salt & bread, a shanty | allow-scripts allow-same-origin allow-popups allow-presentation | strict-origin | true"
		if got := browser.Ask[string](p, frame); got != want {
			t.Errorf("the frame is %q\nwant %q", got, want)
		}
		p.SeesNot("Play it here")
		p.Look("player-pressed")
		for _, wrong := range p.Forgive() {
			if !strings.Contains(wrong, "youtube-nocookie.com") {
				t.Error(wrong)
			}
		}
		if browser.Ask[bool](p, `[...document.querySelectorAll("script, link, img")].some((e) => /^https?:/.test(e.getAttribute("src") ?? "") )`) {
			t.Error("pressing brought in more than the frame")
		}
	}
}
