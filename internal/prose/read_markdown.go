package prose

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark"
	markdown "github.com/yuin/goldmark/renderer/html"
)

// ReadMarkdown makes a safe Document of CommonMark. HTML inside it is let
// through by the Markdown parser, because everything passes ReadHTML next,
// which is the gate (docs/decisions/0012). A thematic break is a scene break.
func ReadMarkdown(md string) (Document, []Dropped) {
	md = clean(md)
	var page bytes.Buffer
	parser := goldmark.New(goldmark.WithRendererOptions(markdown.WithUnsafe()))
	if err := parser.Convert([]byte(md), &page); err != nil {
		// A bytes.Buffer takes everything, so this cannot be; were it to
		// happen, the words come through as they are.
		return ReadHTML("<pre>" + html.EscapeString(md) + "</pre>")
	}
	return ReadHTML(page.String())
}
