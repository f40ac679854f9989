package manuscript

import (
	"slices"
	"strings"

	"ficus/internal/prose"

	"golang.org/x/net/html"
)

// furnitureClass marks, between undress and the reader of blocks, what a page
// has around its text. No text keeps it.
const furnitureClass = "furniture--of-the-page"

var furnitureName = guard(`(?i)(?:^|[-_ ])(?:nav|navbar|navigation|menu|sidebar|footer|foot|ad|ads|advert|advertisement|adsense|banner|sponsor|breadcrumbs?|pagination|pager|share|sharing|social|cookies?|search|login|copyright|skip-?link|jump|counter|toolbar|comment-?form|comment-?list|comments-area|site-?header|masthead)(?:$|[-_ ])`)

// isFurniture is true for an element that by its name holds what stands around
// the text of a page.
func isFurniture(e *element, attrs []prose.Attribute) bool {
	switch e.name {
	case "nav", "footer":
		return true
	case "div", "ul", "ol", "section", "aside", "header", "center", "form", "td":
	default:
		return false
	}
	if e.name == "td" && !e.layout {
		return false
	}
	role := valueOf(attrs, "role")
	return role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
		furnitureName.MatchString(e.id) || slices.ContainsFunc(e.classes, furnitureName.MatchString)
}

// layoutTables says of each table of a page, in order, whether it only places
// what is in it.
type layoutTables struct {
	layout []bool
	next   *int
}

// surveyTables weighs every table: one cell, a cell as long as a story's
// paragraph, or a table in a cell places; anything else is a table.
func surveyTables(page string) layoutTables {
	t := layoutTables{next: new(int)}
	if !hasTag(page, "<table") {
		return t
	}
	type open struct{ index, cells, words int }
	var stack []open
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw, _ := z.TagName()
		top := len(stack) - 1
		switch name := string(raw); {
		case kind == html.TextToken && top >= 0:
			if stack[top].words += wordCount(string(z.Raw())); stack[top].words > 60 {
				t.layout[stack[top].index] = true
			}
		case name == "table" && kind == html.StartTagToken:
			if top >= 0 {
				t.layout[stack[top].index] = true
			}
			stack = append(stack, open{index: len(t.layout)})
			t.layout = append(t.layout, false)
		case (name == "td" || name == "th") && kind == html.StartTagToken && top >= 0:
			stack[top].cells++
			stack[top].words = 0
		case name == "table" && kind == html.EndTagToken && top >= 0:
			t.layout[stack[top].index] = t.layout[stack[top].index] || stack[top].cells < 2
			stack = stack[:top]
		}
	}
	return t
}

// hasTag is true for a page with a tag that begins so, in capitals or small
// letters.
func hasTag(page, tag string) bool {
	for at := strings.IndexByte(page, '<'); at >= 0; at = strings.IndexByte(page, '<') {
		if len(page)-at >= len(tag) && strings.EqualFold(page[at:at+len(tag)], tag) {
			return true
		}
		page = page[at+1:]
	}
	return false
}

// places is true for a table that only places, and for its rows and cells.
func (t layoutTables) places(name string, open []element) bool {
	switch name {
	case "table":
		i := *t.next
		*t.next++
		return i < len(t.layout) && t.layout[i]
	case "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup":
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].name == "table" {
				return open[k].layout
			}
		}
	}
	return false
}

// written is the name an element is written with.
func (e *element) written() string {
	switch {
	case e.layout:
		return "div"
	case e.name == "nav" || e.name == "footer" || e.name == "form" || e.name == "header":
		return "div"
	}
	return e.name
}

var (
	navigates   = guard(`(?i)^\W*(?:back|home|index|next|prev(?:ious)?|top|return|main|main page|contents|continue|e-?mail(?: me| the author)?|feedback|guestbook|links|disclaimer|archive|sign (?:my|the) guestbook|(?:back|return|go) to .{2,40}|next (?:chapter|part|page).{0,20}|prev(?:ious)? (?:chapter|part|page).{0,20}|send feedback.{0,30})\W*$`)
	footerWords = guard(`(?i)\b(?:best viewed|you are visitor|visitors? since|webmaster|webmistress|hosted by|geocities|angelfire|tripod|free homepage|last updated|page created|web ?ring|site (?:map|meter)|all rights reserved|copyright ?(?:©|\(c\))|© ?(?:19|20)\d\d|powered by)\b|©`)
)

// clearPage leaves out what a page has around its text: what is marked as such,
// lines of links at its edges and the lines that close pages. A page that is
// nothing else keeps it all.
func (r *recogniser) clearPage() {
	var found []int
	around := 0
	for i := range r.paras {
		if r.aroundText(i) {
			found = append(found, i)
			around += wordCount(r.paras[i].text)
		}
	}
	if len(found) == 0 || around*2 > r.words(0, len(r.paras)) {
		return
	}
	for i := 0; i < found[0] && i < 4; i++ {
		if b := r.paras[i].block; b != nil && b.Kind == prose.Image {
			found = append(found, i) // the site's banner
		}
	}
	for _, i := range found {
		r.preset[i] = true
		r.set(i, i+1, guess{what: LeftOut, rule: "page.furniture", confidence: 0.92})
	}
}

// aroundText is true for a paragraph that a page has around its text.
func (r *recogniser) aroundText(i int) bool {
	const edge = 12
	p, n := &r.paras[i], len(r.paras)
	switch {
	case p.furniture:
		return wordCount(p.text) <= 80
	case i < edge || i >= n-edge:
		return linksOnly(p) || i >= n-edge && wordCount(p.text) <= 40 && footerWords.MatchString(p.text) && !p.quoted()
	}
	return false
}

// linksOnly is true for a short paragraph of links that lead about a site.
func linksOnly(p *para) bool {
	if p.block == nil || p.form == rule || p.form == heading || wordCount(clip(p.text, 400)) > 30 || p.text == "" {
		return false
	}
	linked, links, leads := 0, 0, false
	var walk func([]prose.Inline)
	walk = func(runs []prose.Inline) {
		for _, run := range runs {
			if run.Mark == prose.Link {
				text := prose.PlainText(run.Kids)
				linked += len(letterText(text))
				links++
				leads = leads || navigates.MatchString(text)
				continue
			}
			walk(run.Kids)
		}
	}
	walkBlocks(*p.block, walk)
	letters := len(letterText(p.text))
	return links > 0 && linked*10 >= letters*7 && (leads || links > 3)
}

func walkBlocks(b prose.Block, walk func([]prose.Inline)) {
	walk(b.Inlines)
	for _, inner := range b.Blocks {
		walkBlocks(inner, walk)
	}
}

func letterText(text string) string { return strings.Map(letterOnly, text) }
