package page

import (
	"html"
	"strings"
)

// sideOf is one of two texts as a string, since templ would fold its spaces:
// what only this side has is marked, and only names the mark to those who
// hear the page.
func sideOf(parts []Difference, side, only string) string {
	var b strings.Builder
	b.WriteString(`<div class="version" tabindex="0" role="group" aria-labelledby="` + side + `">`)
	for _, part := range parts {
		switch part.Only {
		case "":
			b.WriteString(html.EscapeString(part.Text))
		case side:
			b.WriteString(`<mark><span class="hidden">` + html.EscapeString(only) + ` </span>` + html.EscapeString(part.Text) + `</mark>`)
		}
	}
	b.WriteString("</div>")
	return b.String()
}
