package page_test

import (
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
	"ficus/internal/web/page"
)

func TestSheetsAreSetAsTheirWordsRun(t *testing.T) {
	hebrew := hebrewChapter(t)
	hebrew.Chapter.Dedication = "Pell"
	hebrew.Story.Byline, hebrew.Story.Gifts = people("shira_t"), people("mizuho")
	p := browser.Start(t, serveStorybook(t, []story{{"hebrew", hebrew}, {"english", chapterOf(t, `<p class="verse">One key for the door.<br>One key for the garden, and one that nobody at all who lives in the house remembers the use of.<br>One.</p>`)}}), browser.Settings{Phone: true})

	t.Run("AnEnglishBylineReadsFromTheLeftOnAHebrewSheet", func(t *testing.T) {
		p.Open("/hebrew")
		if !browser.Ask[bool](p, `(() => { const [by, gift] = document.querySelectorAll(".byline a"); return by.getBoundingClientRect().left < gift.getBoundingClientRect().left; })()`) {
			t.Error("“by shira_t for mizuho” is shown in another order")
		}
	})
	t.Run("TheWayOnReadsFromTheLeftOnAHebrewSheet", func(t *testing.T) {
		p.Open("/hebrew")
		if !browser.Ask[bool](p, `(() => { const [on, title] = document.querySelectorAll(".next bdi"); return on.getBoundingClientRect().left < title.getBoundingClientRect().left; })()`) {
			t.Error("“Next: chapter 3, …” is shown in another order")
		}
	})
	t.Run("AnEnglishDedicationReadsFromTheLeftAndStandsAtTheRight", func(t *testing.T) {
		p.Open("/hebrew")
		if !browser.Ask[bool](p, `(() => { const all = document.querySelector(".dedication"), name = all.querySelector("bdi bdi"), first = document.createRange(); first.selectNodeContents(all.querySelector("bdi").firstChild);
			const box = all.getBoundingClientRect(); return first.getBoundingClientRect().left < name.getBoundingClientRect().left && box.right - name.getBoundingClientRect().right < 8; })()`) {
			t.Error("“For Pell” is shown in another order or place")
		}
	})
	t.Run("AFoldPointsDownWhenOpenAlsoFromRightToLeft", func(t *testing.T) {
		for _, path := range []string{"/hebrew", "/english"} {
			p.Open(path)
			open := browser.Ask[bool](p, `(() => {
				const fold = document.querySelector("details.about"), style = () => getComputedStyle(fold.querySelector("summary"), "::before").transform;
				const shut = style(); fold.open = true;
				return shut !== style();
			})()`)
			if !open {
				t.Errorf("%s: a fold looks the same open and shut", path)
			}
		}
	})
	t.Run("EveryLineOfVerseBeginsAtOnePlace", func(t *testing.T) {
		p.Open("/english")
		starts := browser.Ask[[]float64](p, `[...document.querySelector(".verse").childNodes].filter(n => n.nodeType === 3).map(n => { const r = document.createRange(); r.selectNode(n); return r.getClientRects()[0].left; })`)
		if len(starts) != 3 || starts[0] != starts[1] || starts[1] != starts[2] {
			t.Errorf("the lines of a verse begin at %v", starts)
		}
	})
}

func chapterOf(t *testing.T, text string) page.ChapterPage {
	c := sampleChapter()
	c.Text = text
	return page.ChapterPage{Shell: guest(t, "Verse", "/works/1"), Story: sampleStory("en"), Chapter: c}
}

func TestDevicesAreCalledByNamesPeopleKnow(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36":                                   "Chrome on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0":           "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		"Mozilla/5.0 (Android 14; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0":                                                                    "Firefox on Android",
		"Lynx/2.9": "Lynx/2.9",
		"":         "A browser that does not say what it is",
	} {
		var b strings.Builder
		p := page.AccountPage{Shell: member(t, "Account", "/account"), Devices: []page.Device{{ID: "1", Agent: agent, Since: now, Seen: now}}}
		if err := p.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "<bdi>"+want+"</bdi>") {
			t.Errorf("%q is not called %q", agent, want)
		}
	}
}
