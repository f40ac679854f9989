package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// formIn gives what a browser would send of a page's form, untouched, with the
// button of a name and value pressed.
func formIn(a answer, action, button, value string) url.Values {
	a.t.Helper()
	page, err := html.Parse(strings.NewReader(a.body))
	must(a.t, err)
	var found *html.Node
	for n := range page.Descendants() {
		if n.Data == "form" && strings.HasPrefix(attribute(n, "action"), action) && attribute(n, "data-autosave-recover") == "" {
			found = n
		}
	}
	if found == nil {
		a.t.Fatalf("%s has no form to %s", a.asked, action)
	}
	sent := url.Values{button: {value}}
	for n := range found.Descendants() {
		name := attribute(n, "name")
		switch {
		case n.Type != html.ElementNode || name == "" || n.Data == "button":
		case n.Data == "textarea":
			sent.Add(name, strings.TrimPrefix(inner(n), "\n"))
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && attributeOf(o, "selected") {
					sent.Add(name, attribute(o, "value"))
				}
			}
		case attribute(n, "type") == "file":
		case (attribute(n, "type") == "radio" || attribute(n, "type") == "checkbox") && !attributeOf(n, "checked"):
		default:
			sent.Add(name, attribute(n, "value"))
		}
	}
	return sent
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func attributeOf(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func inner(n *html.Node) string {
	var b strings.Builder
	for t := range n.Descendants() {
		if t.Type == html.TextNode {
			b.WriteString(t.Data)
		}
	}
	return b.String()
}

// everyField is the form of a new work with each of its fields used.
func everyField() url.Values {
	sent := newWorkForm("Every Field", "The body of it.")
	for name, value := range map[string]string{
		"pseuds": "Mara Long", "fandoms": "Harbour Lights，The Other Fandom", "categories": "F/F", "relationships": "Wren/Oona, Wren & Marrow", "main_tags": "Wren/Oona",
		"characters": "Wren, Oona", "freeforms": "Stairs, Counting、Lamps", "summary": "A <em>summary</em> of it", "work_notes_before": "Noted before", "work_notes_after": "Noted after",
		"gifts": "kestrel, a friend", "elsewhere": "https://example.org/1 https://example.org/2", "planned": "?", "published_on": "2011-03-04", "restricted": "yes", "comments": "members",
		"chapter_title": "First light", "chapter_summary": "The chapter in short", "disclaimer": "I own no lamp", "dedication": "Pell", "notes_before": "Before it", "notes_after": "After it",
	} {
		sent.Set(name, value)
	}
	sent.Add("categories", "Gen")
	sent.Add("warnings", "graphic violence")
	return sent
}

// everyItem is how each of them shows on the work's page.
var everyItem = []string{
	"Every Field", "Mara Long", "Harbour Lights", "The Other Fandom", "F/F", "Gen", "Wren/Oona", "Wren &amp; Marrow", "Stairs", "Counting", "Lamps", "<em>summary</em>",
	"Noted before", "Noted after", "kestrel", "a friend", "https://example.org/1", "https://example.org/2", "4 March 2011", "First light", "The chapter in short", "I own no lamp", "Pell",
	"Before it", "After it", "1 of ?", "Graphic violence", "The body of it.",
}

// Every field of the form that there is today; series, parent works and
// collections come with their nouns.
func TestAcceptance03_PartEveryFieldOfTheFormIsOnThePageAndNoneIsLost(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara, kestrel, oona := w.member("mara"), w.proved(bag, "kestrel", "kestrel@example.org"), w.member("oona")
		must(t, w.accounts.AddPseud(t.Context(), mara.viewer, "Mara Long"))
		kestrel.post("/account/preferences", form("takes_gifts", "yes")).expect(303)
		work := mara.postFiles("/works/new", everyField(), upload{"pictures", "map.png", tinyPNG(1)}).expect(303).to()
		oona.opens(work).has(everyItem...).has(work + "/pictures/1")
		w.guest().get(work).expect(303)
		need(t, "the picture's kind", oona.opens(work+"/pictures/1").header.Get("Content-Type"), "image/png")
		need(t, "the picture, for a guest", w.guest().get(work+"/pictures/1").status, 303)
		for _, format := range []string{".html", ".md", ".txt"} {
			book := oona.opens(work + format).body
			for _, item := range []string{"Mara Long", "The Other Fandom", "Wren/Oona", "Counting", "Noted before", "Noted after", "kestrel", "a friend", "First light", "I own no lamp", "Pell", "Before it", "After it"} {
				if !strings.Contains(strings.NewReplacer(`\`, "", "&amp;", "&").Replace(book), item) {
					t.Errorf("the %s lacks %q", format, item)
				}
			}
		}

		// What the forms show is everything: sent again untouched, nothing is lost.
		before := bytesOf(oona.opens(work), "oona")
		chapter := linkTo(mara.opens(work+"/chapters"), "First light")
		for _, edit := range []string{work + "/edit", chapter + "/edit"} {
			sent := formIn(mara.opens(edit), edit, "do", "post")
			mara.postFiles(edit, sent).expect(303)
			after := oona.opens(work).has(everyItem...)
			need(t, "the work after "+edit+" is saved untouched", bytesOf(after, "oona"), before)
		}

		// A preview shows it too, and a form that comes back for a mistake keeps it.
		mara.postFiles("/works/new", withButton(everyField(), "preview")).expect(200).has(everyItem[:12]...)
		wrong := everyField()
		wrong.Set("title", strings.Repeat("t", 256))
		again := formIn(mara.postFiles("/works/new", wrong).expect(422), "/works/new", "do", "post")
		for name, values := range wrong {
			got := again[name]
			if name == "form_id" || name == "do" || name == "main_tags" && len(got) > 0 {
				continue
			}
			if strings.Join(got, "|") != strings.Join(values, "|") && strings.Join(got, ", ") != strings.NewReplacer("，", ", ", "、", ", ").Replace(strings.Join(values, "|")) {
				t.Errorf("%s came back as %q, was %q", name, got, values)
			}
		}
	})
}

func withButton(sent url.Values, button string) url.Values {
	sent.Set("do", button)
	return sent
}
