package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
	"ficus/internal/web/page"
)

const (
	ownScene  = "The lamp was lit at six. Nobody came down the stair, and the sea went on.\n\nShe counted the steps again. There were nine, as there had always been.\n\n"
	firstOwn  = "I do not own the lamp and make no money with this story.\n\nRamblings: thank you for the reviews, all of you!\n\n***\n\n" + ownScene + "~*~\n\n" + ownScene
	secondOwn = "I do not own the lamp and make no money with this story.\n\nRamblings: sorry about the wait for this chapter.\n\n***\n\nThe second night was worse. The oil ran low.\n\n" + ownScene + "~*~\n\n" + ownScene
)

// drafts makes a draft of a manuscript over the page, as it was understood.
func (c *client) drafts(review string, more ...string) {
	c.w.t.Helper()
	id := strings.TrimPrefix(review, "/manuscripts/")
	_, from, _ := strings.Cut(c.opens("/works/new?manuscript="+id).body, "<textarea")
	if !strings.Contains(from, "The lamp was lit") {
		c.w.t.Fatalf("the form of %s holds no story", review)
	}
	sent := form("form_id", review, "do", "draft", "title", "Lamp "+id, "manuscript", id, "text", "The lamp was lit at six.", "language", "en")
	c.postFiles("/works/new", sent).expect(303)
}

// teaches brings a first text and accepts it, with its own label made a note.
func (c *client) teaches() string {
	c.w.t.Helper()
	review := c.brings(firstOwn)
	for _, p := range c.reading(review).Parts {
		if strings.HasPrefix(c.reading(review).Text(p), "Ramblings") {
			c.post(review, span(p, "do", "become", "become", "opening_note")).expect(303)
			break
		}
	}
	c.drafts(review)
	return review
}

func TestWhatWasAcceptedBeforeGoesStraightToItsPreview(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, oona := w.member("mara"), w.member("oona")
		first := mara.teaches()
		mara.opens(first).has("Sure</span>", "Likely</span>", "Author’s note, because you said so").lacks("as you accepted before", "0.9")
		if to := mara.get(first + "/preview").expect(303).to(); to != first {
			t.Errorf("the preview of what is to be reviewed leads to %q", to)
		}

		second := mara.brings(secondOwn)
		review, straight := strings.CutSuffix(second, "/preview")
		if !straight {
			t.Fatalf("what was accepted before leads to %s:\n%s", second, mara.opens(second).text())
		}
		mara.opens(second).has("Your disclaimer, a note before and your usual scene breaks were set apart. <a", `href="`+review+`"`, "The second night was worse.", "/works/new?manuscript=").lacks("***")
		mara.get(second, "Accept-Language", "de").expect(200).has("Herausgenommen oder gesetzt wurden: dein Disclaimer, eine Anmerkung davor und deine üblichen Szenenwechsel.")
		mara.opens(review).has("as you accepted before", "Read it without what the reader has learnt", `href="`+page.PathHabits+`"`)
		for who, c := range map[string]*client{"a guest": w.guest(), "another": oona} {
			a := c.get(second)
			if a.status == http.StatusOK || strings.Contains(a.body, "second night") {
				t.Errorf("%s is shown it: %d", who, a.status)
			}
		}
		if to := oona.brings(secondOwn); strings.HasSuffix(to, "/preview") {
			t.Error("what one writer accepted is known of another")
		}

		// All of it is put back by one press, and the review says so.
		mara.post(review, form("do", "plain")).expect(303)
		mara.opens(review + "?said=plain").has("Everything that was set apart is back in the story.")
		if body := mara.reading(review).Works[0].Chapters[0].Body.Text(0); !strings.Contains(body, "Ramblings: sorry") || !strings.Contains(body, "I do not own") {
			t.Errorf("the story is %q", body)
		}
		mara.get(second).expect(303)
		mara.post(review, form("do", "again")).expect(303)
		mara.get(second).expect(200)
		mara.post(review, form("do", "afresh")).expect(303)
		mara.get(second).expect(303)
		for _, do := range []string{"plain", "afresh"} {
			oona.post(review, form("do", do)).expect(http.StatusNotFound)
		}
	})
}

var forgetOne = regexp.MustCompile(`name="habit" value="(\d+)"`)

func TestWhatIsLearntIsForItsWriterAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, oona := w.member("mara"), w.member("oona")
		mara.opens(page.PathHabits).has("Nothing yet.")
		mara.opens("/account").has(page.PathHabits)
		mara.teaches()
		list := mara.opens(page.PathHabits).has("ramblings", "i do not own the lamp and make no money with this story", "~*~", "accepted in 1 text").body
		ids := forgetOne.FindAllStringSubmatch(list, -1)
		if len(ids) < 3 {
			t.Fatalf("%d things can be forgotten", len(ids))
		}
		w.guest().get(page.PathHabits).expect(303)
		oona.opens(page.PathHabits).has("Nothing yet.").lacks("ramblings")
		oona.post(page.PathHabits, form("habit", ids[0][1])).expect(http.StatusNotFound)
		oona.post(page.PathHabits, form("do", "all")).expect(303)
		if status := w.guest().post(page.PathHabits, form("do", "all")).status; status == 303 {
			t.Error("a guest forgets it")
		}
		for _, odd := range []url.Values{nil, form("habit", "x"), form("habit", "-1"), form("habit", "99999")} {
			mara.post(page.PathHabits, odd).expect(http.StatusNotFound)
		}
		mara.post(page.PathHabits, form("habit", ids[0][1])).expect(303)
		mara.post(page.PathHabits, form("habit", ids[0][1])).expect(http.StatusNotFound)
		if left := forgetOne.FindAllString(mara.opens(page.PathHabits+"?said=forgotten").has("Forgotten.").body, -1); len(left) != len(ids)-1 {
			t.Errorf("%d are left of %d", len(left), len(ids))
		}
		mara.post(page.PathHabits, form("do", "all")).expect(303)
		mara.opens(page.PathHabits+"?said=all").has("Everything is forgotten.", "Nothing yet.")
		if to := mara.brings(secondOwn); strings.HasSuffix(to, "/preview") {
			t.Error("what was forgotten is known")
		}
	})
}

func TestTheSuspendedSeeWhatIsLearntAndBringNothing(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	mara.teaches()
	w.suspends(mara.viewer.Account, archive.Suspension{Until: w.Clock.Now().AddDate(0, 0, 3)})
	mara.opens(page.PathHabits).has("ramblings")
	mara.post(page.PathHabits, form("do", "all")).expect(303)
}

func TestAPasteGoesStraightToItsPreviewInABrowser(t *testing.T) {
	for name, how := range map[string]browser.Settings{"phone": {Narrow: true}, "without": {NoScript: true, Phone: true}, "dark": {Dark: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			mara.teaches()
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/works/new/upload")
			p.Fill("Or paste the text", secondOwn)
			p.Submit("Read it")
			preview := p.Path()
			if !strings.HasSuffix(preview, "/preview") {
				t.Fatalf("it leads to %s", preview)
			}
			p.Sees("Your disclaimer, a note before and your usual scene breaks were set apart.")
			p.Sees("The second night was worse.")
			p.Axe()
			p.Look("straight-" + name)
			p.Follow("Look at what was done")
			p.Axe()
			p.Look("straight-review-" + name)
			p.Open(preview)
			p.Submit("Put everything back in the story")
			p.Sees("Ramblings: sorry about the wait")
			p.Open(page.PathHabits)
			p.Sees("ramblings")
			p.Axe()
			p.Look("habits-" + name)
			if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
				t.Errorf("the page scrolls sideways by %d points", wide)
			}
		})
	}
}
