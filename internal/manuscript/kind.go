package manuscript

import (
	"path"
	"sort"
	"strings"

	"ficus/internal/pattern"
)

// source is a manuscript as its reader leaves it to the recogniser.
type source struct {
	kind     string
	encoding string
	text     string
	paras    []para
	dropped  []Dropped
	pictures []Picture
	laid     bool // the paragraphs say what they are
	own      bool // and nothing is to be guessed

	pageTitle string // what a page calls itself
	mailed    bool   // it came as a mail, with its head before it
}

// kindOf decides how to read the text: as told, by the file's name, by what
// the text itself shows.
func kindOf(o Options, text string) string {
	if o.Kind != "" {
		return o.Kind
	}
	switch strings.ToLower(path.Ext(o.Name)) {
	case ".txt", ".text":
		return "txt"
	case ".eml", ".mbox":
		return "txt"
	case ".md", ".markdown":
		return "md"
	case ".html", ".htm", ".xhtml":
		return "html"
	}
	return kindByEvidence(text)
}

var (
	htmlPage     = pattern.New(`(?i)^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b`)
	htmlOpening  = pattern.New(`(?i)^\s*(?:<!--StartFragment-->\s*)?<(!doctype html|html|\?xml|body|div|p|h[1-6]|meta|b|i|em|span|font|center|blockquote)\b`)
	clipboard    = pattern.New(`^Version:\d\.\d\s+StartHTML:-?\d+\s[^<]{0,400}<`)
	htmlBlocks   = pattern.New(`(?i)<(p|div|br|h[1-6])\b[^>]*>`)
	markdownHead = pattern.New(`(?m)^#{1,6} \S`)
)

// kindByEvidence is careful: stars and underscores are typed in plain text
// too, so only headings make a text Markdown and only leading tags make it HTML.
func kindByEvidence(text string) string {
	head := text[:min(len(text), 100_000)]
	if htmlPage.MatchString(head) || clipboard.MatchString(head) || htmlOpening.MatchString(head) && len(htmlBlocks.FindAllStringIndex(head, 2)) > 1 {
		return "html"
	}
	heads := markdownHead.FindAllStringIndex(head, 2)
	if len(heads) > 1 || len(heads) == 1 && strings.TrimSpace(head[:heads[0][0]]) == "" {
		return "md"
	}
	return "txt"
}

func readKind(text, kind string, hidden bool) (source, error) {
	if kind == "html" {
		return readHTML(text, hidden)
	}
	if len(text) > mostText || strings.Count(text, "\n") > mostLines || typedSigns(text, kind) > mostSigns {
		return source{}, errTooLong
	}
	switch kind {
	case "md":
		return readMarkdown(text), nil
	case "txt":
		return readText(text), nil
	}
	return source{}, errKind("of the kind " + kind)
}

// sumDropped adds up counts of one kind and sorts by kind.
func sumDropped(all []Dropped) []Dropped {
	count := map[string]int{}
	for _, d := range all {
		count[d.Kind] += d.Count
	}
	sum := make([]Dropped, 0, len(count))
	for kind, n := range count {
		sum = append(sum, Dropped{kind, n})
	}
	sort.Slice(sum, func(i, j int) bool { return sum[i].Kind < sum[j].Kind })
	return sum
}
