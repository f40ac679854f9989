package browser

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// byName finds what a person would call by that name: the text it shows or is labelled with, first
// whole, then as a beginning ("Title" finds "Title (required)").
const byName = `(kind, name) => {
	const squeeze = s => (s || "").replace(/\s+/g, " ").trim();
	const label = el => el.getAttribute("aria-label") ||
		(el.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean).map(id => document.getElementById(id)?.textContent).join(" ");
	const kinds = {
		link: ["a[href]", el => [label(el), el.innerText]],
		button: ["button, input[type=submit], input[type=button], summary, [role=button], [role=option], [role=tab]",
			el => [label(el), el.innerText, el.value]],
		field: ["input, textarea, select, [role=textbox], [role=combobox]",
			el => [label(el), ...[...(el.labels || [])].map(l => l.innerText)]],
	};
	const [selector, names] = kinds[kind];
	const all = [...document.querySelectorAll(selector)].filter(el => kind === "field" || el.checkVisibility());
	const called = test => all.find(el => names(el).map(squeeze).some(test));
	return called(n => n === name) || called(n => n.startsWith(name)) || null;
}`

// named selects the link, button or field of that name.
func named(kind, name string) chromedp.JSPath {
	return chromedp.JSPath(fmt.Sprintf("(%s)(%s, %s)", byName, quoted(kind), quoted(name)))
}

// quoted is text as JavaScript writes it.
func quoted(text string) string {
	var out strings.Builder
	if err := json.NewEncoder(&out).Encode(text); err != nil {
		panic(err) // a string is always encoded
	}
	return strings.TrimSpace(out.String())
}
