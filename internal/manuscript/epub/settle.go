package epub

import (
	"path"
	"strconv"
	"strings"
)

// settle makes the places, links and pictures of a page those of the book.
func (b *binder) settle(c *chapter) {
	b.settleNode(c, c.body)
}

func (b *binder) settleNode(c *chapter, n *node) {
	for i, kid := range n.kids {
		if kid.name == "" {
			continue
		}
		switch kid.name {
		case "a":
			if b.link(c, kid) && n.name == "sup" && n.words() == kid.words() {
				n.name, n.attrs = "span", nil // what was raised was the sign
			}
		case "img", "image":
			b.picture(c, kid)
		case "svg":
			if image := kid.first(named("image")); image != nil {
				n.kids[i] = &node{name: "img", attrs: image.attrs, kids: nil}
				b.picture(c, n.kids[i])
				continue
			}
		}
		for k := range kid.attrs {
			if a := &kid.attrs[k]; a.name == "id" || a.name == "name" && kid.name == "a" {
				a.value = address(c.number, a.value)
			}
		}
		b.settleNode(c, kid)
	}
}

// link makes a link inside the book lead there; what it would lead to is on
// the same page now. The call of a note becomes the note, which it tells.
func (b *binder) link(c *chapter, n *node) (noted bool) {
	href := n.get("href")
	if href == "" || strings.Contains(href, ":") {
		return false
	}
	target := resolve(c.path, href)
	if strings.HasPrefix(href, "#") {
		target = c.path
	}
	_, place, _ := strings.Cut(href, "#")
	page, ok := b.places[target]
	if note := b.notes[address(page, place)]; ok && note != nil && !n.is("backlink") && n.name == "a" {
		delete(b.notes, address(page, place)) // told once; notes may call each other
		words := b.noteOf(note)
		trimNote(words, strings.Trim(n.words(), " []()."))
		n.name, n.attrs, n.kids = "span", []attr{{"class", "footnote"}}, words
		return true
	}
	for k := range n.attrs {
		if n.attrs[k].name != "href" {
			continue
		}
		if ok && place != "" {
			n.attrs[k].value = "#" + address(page, place)
		} else {
			n.attrs[k].name = "data-href"
		}
	}
	return false
}

// trimNote takes the sign a note was called by from its beginning, and the
// spaces at its edges.
func trimNote(words []*node, sign string) {
	if len(words) == 0 {
		return
	}
	if first := words[0]; first.name == "" {
		first.text = strings.TrimLeft(first.text, " \t\n")
		for _, label := range []string{"[" + sign + "]", "(" + sign + ")", sign + ".", sign + ")", sign + " "} {
			if rest, found := strings.CutPrefix(first.text, label); found && sign != "" {
				first.text = strings.TrimLeft(rest, " \t\n")
				break
			}
		}
	}
	if last := words[len(words)-1]; last.name == "" {
		last.text = strings.TrimRight(last.text, " \t\n")
	}
}

// picture gives a picture the name it has further on. One that the book does
// not hold leaves its words.
func (b *binder) picture(c *chapter, n *node) {
	src := n.get("src")
	if src == "" {
		src = n.get("href")
	}
	part := resolve(c.path, src)
	alt := n.get("alt")
	switch {
	case strings.HasPrefix(src, "http:"), strings.HasPrefix(src, "https:"):
		return
	case src == "" || !b.pack.Has(part) || !shown(part):
		n.name, n.attrs, n.kids = "span", nil, nil
		b.told["media"]++
		return
	}
	name, ok := b.pictures[part]
	if !ok {
		name = "picture-" + strconv.Itoa(len(b.pictures)+1) + strings.ToLower(path.Ext(part))
		b.pictures[part] = name
		if c.kind != aroundStory {
			b.book.Pictures = append(b.book.Pictures, b.pack.Picture(name, part))
		}
	}
	n.name, n.kids = "img", nil
	n.attrs = []attr{{"src", name}, {"alt", alt}}
}

// shown are the kinds of picture that are kept.
func shown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp":
		return true
	}
	return false
}

// findNotes finds what the book says are footnotes. They are told where they
// are called, and nowhere else.
func (b *binder) findNotes() {
	called := map[string]bool{}
	for _, c := range b.chapters {
		c.body.each(func(n *node) {
			if n.name != "a" || n.is("backlink") {
				return
			}
			href := n.get("href")
			target := resolve(c.path, href)
			if strings.HasPrefix(href, "#") {
				target = c.path
			}
			if _, place, ok := strings.Cut(href, "#"); ok && !strings.Contains(href, ":") {
				if page, known := b.places[target]; known {
					called[address(page, place)] = called[address(page, place)] || n.is("noteref")
				}
			}
		})
	}
	for _, c := range b.chapters {
		b.takeNotes(c, c.body, called)
	}
}

// takeNotes takes the notes out of a page.
func (b *binder) takeNotes(c *chapter, n *node, called map[string]bool) {
	var stay []*node
	for _, kid := range n.kids {
		id := kid.get("id")
		byCall, known := called[address(c.number, id)]
		if id != "" && known && kid.mayBeNote(byCall) {
			b.notes[address(c.number, id)] = kid
			continue
		}
		b.takeNotes(c, kid, called)
		if (kid.is("footnotes") || kid.is("endnotes")) && !kid.hasStory() {
			continue
		}
		stay = append(stay, kid)
	}
	n.kids = stay
}

// mayBeNote is true for a block that says it is a note, or whose call does.
func (n *node) mayBeNote(called bool) bool {
	switch n.name {
	case "aside", "li", "div", "p", "section":
		return called || n.is("footnote") || n.is("endnote") || n.is("rearnote") || n.is("note")
	}
	return false
}

// hasStory is true while anything but headings and rules is left in a list of
// notes.
func (n *node) hasStory() bool {
	for _, kid := range n.kids {
		switch kid.name {
		case "h1", "h2", "h3", "h4", "h5", "h6", "hr":
			continue
		case "":
			if strings.TrimSpace(kid.text) != "" {
				return true
			}
		case "ol", "ul", "div", "section":
			if kid.hasStory() {
				return true
			}
		default:
			if kid.words() != "" {
				return true
			}
		}
	}
	return false
}

// noteOf is what a note says, its paragraphs as lines, without the way back
// and the number it begins with.
func (b *binder) noteOf(note *node) []*node {
	var out []*node
	var flatten func(n *node)
	flatten = func(n *node) {
		for _, kid := range n.kids {
			switch {
			case kid.name == "a" && (kid.is("backlink") || strings.HasPrefix(kid.get("href"), "#") || strings.Contains(kid.get("href"), ".xhtml#")):
			case kid.name == "p" || kid.name == "div" || kid.name == "li" || kid.name == "blockquote" || kid.name == "ol" || kid.name == "ul":
				if len(out) > 0 {
					out = append(out, &node{name: "br"})
				}
				flatten(kid)
			case kid.name == "" && strings.TrimSpace(kid.text) == "" && len(out) == 0:
			default:
				out = append(out, kid)
			}
		}
	}
	flatten(note)
	for len(out) > 0 && (out[len(out)-1].name == "br" || out[len(out)-1].name == "" && strings.TrimSpace(out[len(out)-1].text) == "") {
		out = out[:len(out)-1]
	}
	return out
}
