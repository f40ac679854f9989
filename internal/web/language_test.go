package web_test

import (
	"net/http"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
	"ficus/internal/writing"
)

func TestPagesAreInTheLanguageTheBrowserAsksFor(t *testing.T) {
	w := newWorld(t)
	w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
	guest := w.guest()
	for range 2 { // drawn, and kept
		guest.get("/works", "Accept-Language", "de-DE,de;q=0.9,en;q=0.5").expect(http.StatusOK).has(`<html lang="de" dir="ltr"`, "Werke</bdi></h1>", "Sprache: Deutsch").lacks("Browse")
		guest.get("/works", "Accept-Language", "fr").expect(http.StatusOK).has(`<html lang="en"`, "Works</bdi></h1>", "Language: English")
	}
}

func TestAGuestChoosesALanguageForThisBrowser(t *testing.T) {
	w := newWorld(t)
	w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
	guest := w.guest()
	guest.opens("/settings?to=/works").has("As the browser asks", "Deutsch", "English")
	need(t, "the way back", guest.post("/settings", form("language", "de", "to", "/works")).expect(http.StatusSeeOther).to(), "/works")
	for range 2 {
		guest.opens("/works").has(`<html lang="de"`)
		guest.get("/works", "Accept-Language", "en").has(`<html lang="de"`)
		w.guest().opens("/works").has(`<html lang="en"`)
	}
	guest.opens("/settings").has(`name="language" value="de" checked`)
	guest.post("/settings", form("language", "")).expect(http.StatusSeeOther)
	guest.opens("/works").has(`<html lang="en"`)
	for _, odd := range []string{"tlh", "DE", "../de"} {
		guest.post("/settings", form("language", odd)).expect(http.StatusSeeOther)
		guest.opens("/works").has(`<html lang="en"`)
		other := w.guest()
		other.header.Set("Cookie", "ficus_language="+odd)
		other.opens("/works").has(`<html lang="en"`)
	}
}

func TestAMemberChoosesALanguageForEveryDevice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		mara.post("/settings", form("language", "de", "theme", "dark")).expect(http.StatusSeeOther)
		w.signedIn(mara.viewer).opens("/my-works").has(`<html lang="de"`, "Meine Werke", `data-theme="dark"`)
		mara.get("/works/77", "Accept-Language", "en").expect(http.StatusNotFound).has("Nicht hier")
		mara.post("/settings", form("language", "")).expect(http.StatusSeeOther)
		mara.get("/my-works", "Accept-Language", "en").has(`<html lang="en"`)
	})
}

// A guest's path in German, on the smallest phone: nothing for axe to find,
// nothing that scrolls sideways, no word of English around the work.
func TestAGuestsPathInGermanOnASmallPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	adult := fields("Was die Brücke sagte")
	adult.Rating, adult.Warnings, adult.Language = archive.RatingExplicit, []string{archive.WarningViolence, archive.WarningDeath, archive.WarningNonCon, archive.WarningUnderage}, "de"
	adult.Freeforms, adult.Summary = []string{"Donaudampfschifffahrtsgesellschaftskapitän", "Langsam verliebt"}, "Niemand glaubte, dass die Brücke sprechen kann."
	explicit := w.posts(mara.viewer, adult, "Erstes Kapitel.", "Zweites Kapitel.")
	work := w.posts(mara.viewer, fields("Salz im Kessel"), "Der Regen hörte nicht auf.", "Am zweiten Tag auch nicht.")
	p := w.reads(browser.Settings{Narrow: true})
	p.Open("/settings?to=/")
	p.Check("Deutsch")
	p.Submit("Keep these settings")
	p.Sees("Neueste Werke")
	for shot, path := range map[string]string{
		"home": "/", "works": "/works", "fandoms": "/fandoms", "search": "/search?q=salz", "search-none": "/search?q=zz", "gate": workPath(explicit), "work": workPath(work), "entire": workPath(work, "/entire"),
		"index": workPath(work, "/index"), "chapter": chapterPath(work, w.chapters(work)[1].ID), "user": "/users/mara", "menu": "/menu", "settings": "/settings", "sign-in": "/sign-in", "sign-up": "/sign-up",
		"missing": "/works/999", "members": "/my-works",
	} {
		p.Open(path)
		p.Axe()
		p.Look("german-" + shot)
		if lang := browser.Ask[string](p, `document.documentElement.lang`); lang != "de" {
			t.Errorf("%s is in %s", path, lang)
		}
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s scrolls sideways by %d points", path, wide)
		}
	}
}

// arabic and hebrew are works that run from right to left.
func rightToLeft() map[string]writing.NewWork {
	work := func(language, title, fandom, rel, freeform, summary, note, text string) writing.NewWork {
		f := fields(title)
		f.Language, f.Fandoms, f.Summary, f.Relationships, f.Freeforms, f.Planned, f.NotesBefore = language, []string{fandom}, summary, []string{rel}, []string{freeform, "Slow Burn"}, 3, note
		return writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{{Title: title + " 1", Dedication: "Pell", Text: text}, {Text: text}}}
	}
	return map[string]writing.NewWork{
		"ar": work("ar", "المفتاح تحت الأصيص (AU)", "مقهى آخر الشارع", "ليلى/مريم", "قصة قصيرة", "كل صباح يحرّك أحدهم الأصيص. كل مساء تعيده ليلى (24).", "شكرًا لـ Pell على القراءة!",
			`<p class="place">04:15, دمشق</p>`+"\n\n<p>كان المطر يهطل منذ تسعة أيام، قالت: «Is it still raining?»</p>\n<hr>\n<p class=\"verse\">البحر<br>لا يسأل</p>\n<ul><li>خبز</li><li>ملح</li></ul>\n<blockquote><p>اقتباس.</p></blockquote>\n<div class=\"letter\"><p>عزيزتي.</p></div>"),
		"he": work("he", "המפתח שמתחת לעציץ (AU)", "בית הקפה בקצה הרחוב", "נועה/רותי", "סיפור קצר", "כל בוקר מישהו מזיז את העציץ. כל ערב דודה רותי מחזירה אותו (24).", "תודה ל-Pell על הקריאה!",
			`<p class="place">04:15, חיפה</p>`+"\n\n<p>ירד גשם תשעה ימים, והיא אמרה: \"Is it still raining?\"</p>\n<hr>\n<p class=\"verse\">הים<br>לא שואל</p>\n<ul><li>לחם</li><li>מלח</li></ul>\n<blockquote><p>ציטוט.</p></blockquote>\n<div class=\"letter\"><p>יקירתי.</p></div>"),
	}
}

// A work from right to left in a site from left to right: the sheet turns, the
// header does not, and nothing scrolls sideways.
func TestWorksFromRightToLeftStandRightInBothLanguages(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	works := map[string]int64{}
	for language, work := range rightToLeft() {
		works[language] = w.creates(mara.viewer, work)
	}
	for _, site := range []string{"en", "de"} {
		p := w.reads(browser.Settings{Narrow: true})
		p.Open("/settings")
		p.Click(`input[name=language][value=` + site + `]`)
		p.ClickThrough(`.settings button`)
		for _, language := range []string{"ar", "he"} {
			id := works[language]
			for shot, path := range map[string]string{"works": "/works", "chapter": chapterPath(id, w.chapters(id)[0].ID), "last": chapterPath(id, w.chapters(id)[1].ID), "index": workPath(id, "/index")} {
				p.Open(path)
				p.Axe()
				p.Look("rtl-" + site + "-" + language + "-" + shot)
				if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
					t.Errorf("%s scrolls sideways by %d points", path, wide)
				}
				if dir := browser.Ask[string](p, `getComputedStyle(document.querySelector("header.top")).direction + " " + (document.querySelector(".sheet > .text") ? getComputedStyle(document.querySelector(".sheet > .text")).direction : "rtl")`); dir != "ltr rtl" {
					t.Errorf("header and text of %s run %s", path, dir)
				}
			}
		}
	}
}

// A writer's desk in German on the smallest phone.
func TestAWritersDeskInGermanOnASmallPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.prefers(mara.viewer, func(p *archive.Preferences) { p.Language = "de" })
	work := w.posts(mara.viewer, fields("Salz im Kessel"), everyKind, "Das zweite.")
	w.drafts(mara.viewer, fields("Ein Entwurf"))
	w.deletes(mara.viewer, w.posts(mara.viewer, fields("Gelöscht")))
	chapter := chapterPath(work, w.chapters(work)[0].ID)
	p := w.reads(browser.Settings{Narrow: true})
	signIn(p, "mara")
	for shot, path := range map[string]string{
		"work-new": "/works/new", "upload": "/works/new/upload", "review": mara.brings(pasted), "my-works": "/my-works", "manage": workPath(work, "/chapters"), "chapter-edit": chapter + "/edit",
		"copy": chapter + "/copy?for=ffn", "versions": chapter + "/revisions", "work-delete": workPath(work, "/delete"), "account": "/account", "notices": "/notices", "own-chapter": chapter,
	} {
		if status := p.Open(path); status != http.StatusOK {
			t.Errorf("%s is answered with %d", path, status)
		}
		p.Axe()
		p.Look("german-desk-" + shot)
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s scrolls sideways by %d points", path, wide)
		}
	}
}
