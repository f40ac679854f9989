package epub

import (
	"html"
	"math"
	"strings"
	"unicode"

	tokens "golang.org/x/net/html"

	"ficus/internal/pattern"
)

// mostNodes, mostBytes and deepest bound what one book may be made of: a novel of half a
// million words has some three hundred thousand nodes.
const (
	mostNodes = 600_000
	mostBytes = 48 << 20
	deepest   = 250
)

// node is an element, or the characters between two tags as the file has them.
type node struct {
	name  string // of the element, without its prefix; empty for characters
	attrs []attr
	kids  []*node
	text  string // characters, escaped
}

type attr struct{ name, value string }

// selfClosed are elements that XML may close at once, and that HTML would take
// the rest of the page into.
var selfClosed = pattern.New(`(?i)<(title|script|style|textarea|iframe|noscript)((?:\s[^<>]*)?)/>`)

// grove makes trees and counts their nodes and the bytes they are made of.
type grove struct {
	nodes, bytes int
	names        map[string]string // of elements, each held once
}

// mostNames is how many names of elements are held once.
const mostNames = 500

// local is the name of an element without its prefix.
func (g *grove) local(name []byte) string {
	if known, ok := g.names[string(name)]; ok {
		return known
	}
	without := local(string(name))
	if g.names == nil {
		g.names = map[string]string{}
	}
	if len(g.names) < mostNames {
		g.names[string(name)] = without
	}
	return without
}

// tree reads XML or HTML, however it was written. What does not close is
// closed; an end without a start is nothing.
func (g *grove) tree(text string) (*node, error) {
	root := &node{name: "#"}
	open := []*node{root}
	if strings.Contains(text, "/>") && selfClosed.MatchString(text) {
		text = selfClosed.ReplaceAllString(text, "<$1$2></$1>")
	}
	if g.bytes += len(text); g.bytes > mostBytes {
		return nil, errLarge
	}
	z := tokens.NewTokenizer(strings.NewReader(text))
	for at := 0; ; {
		kind := z.Next()
		from := at
		at += len(z.Raw())
		if kind == tokens.ErrorToken {
			return root, nil
		}
		if g.nodes++; g.nodes > mostNodes {
			return nil, errLarge
		}
		top := open[len(open)-1]
		switch kind {
		case tokens.TextToken:
			top.kids = append(top.kids, &node{text: text[from:at]})
		case tokens.StartTagToken, tokens.SelfClosingTagToken:
			n := g.element(z)
			top.kids = append(top.kids, n)
			if kind == tokens.StartTagToken && !void[n.name] {
				if open = append(open, n); len(open) > deepest {
					return nil, errNested
				}
			}
		case tokens.EndTagToken:
			name, _ := z.TagName()
			open = closed(open, local(string(name)))
		}
	}
}

// closed is what stays open when an element of that name ends.
func closed(open []*node, name string) []*node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].name == name {
			return open[:i]
		}
	}
	return open
}

// void are the elements that hold nothing, with or without a slash.
var void = map[string]bool{"br": true, "hr": true, "img": true, "meta": true, "link": true, "wbr": true, "col": true, "base": true, "item": true, "itemref": true, "reference": true}

// local is a name without its prefix.
func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// mostAttrs is how many attributes of an element are looked at.
const mostAttrs = 40

func (g *grove) element(z *tokens.Tokenizer) *node {
	name, more := z.TagName()
	n := &node{name: g.local(name)}
	for more && len(n.attrs) < mostAttrs {
		var key, value []byte
		key, value, more = z.TagAttr()
		n.attrs = append(n.attrs, attr{string(key), string(value)})
	}
	return n
}

// get gives the value of an attribute; empty when it has none.
func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name || local(a.name) == name {
			return a.value
		}
	}
	return ""
}

// kind is what EPUB says the element is: its epub:type and its role.
func (n *node) kind() string {
	var s []string
	for _, a := range n.attrs {
		if a.name == "epub:type" {
			s = append(s, a.value)
		}
		if a.name == "role" {
			s = append(s, strings.ReplaceAll(a.value, "doc-", ""))
		}
	}
	return strings.Join(s, " ")
}

// is tells whether EPUB says the element is of a kind.
func (n *node) is(kind string) bool { return hasWord(n.kind(), kind) }

// hasClass tells whether one of the element's classes is that, or that with a
// number behind it, as calibre writes them again.
func (n *node) hasClass(class string) bool {
	for word := range strings.FieldsSeq(n.get("class")) {
		if strings.TrimRight(word, "0123456789") == class {
			return true
		}
	}
	return false
}

func hasWord(text, word string) bool {
	for w := range strings.FieldsSeq(text) {
		if w == word {
			return true
		}
	}
	return false
}

// each visits the node and all in it, outermost first.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, kid := range n.kids {
		kid.each(visit)
	}
}

// first finds the first element that is wanted; nil when none is.
func (n *node) first(wanted func(*node) bool) *node {
	if wanted(n) {
		return n
	}
	for _, kid := range n.kids {
		if found := kid.first(wanted); found != nil {
			return found
		}
	}
	return nil
}

func named(name string) func(*node) bool { return func(n *node) bool { return n.name == name } }

// words are the characters of all in the node, spaces evened out.
func (n *node) words() string { return n.opening(math.MaxInt) }

// opening is the words of the node as far as the text in which they reach so
// many bytes.
func (n *node) opening(most int) string {
	var s strings.Builder
	apart := false
	n.each(func(n *node) {
		if s.Len() >= most {
			return
		}
		apart = n.lettersOf(apart, func(r rune, apart bool) {
			if apart && s.Len() > 0 {
				s.WriteByte(' ')
			}
			s.WriteRune(r)
		})
	})
	return s.String()
}

// wordsUpTo counts the words of all in the node, and stops behind so many.
func (n *node) wordsUpTo(most int) (words int) {
	apart := false
	n.each(func(n *node) {
		if words > most {
			return
		}
		apart = n.lettersOf(apart, func(_ rune, apart bool) { words += boolInt(apart || words == 0) })
	})
	return words
}

// lettersOf visits the letters of the node alone, without those in it, and says
// of each whether it stands apart from the one before: apart says whether what
// comes stands apart from what came.
func (n *node) lettersOf(apart bool, visit func(r rune, apart bool)) bool {
	switch n.name {
	case "":
		for _, r := range html.UnescapeString(n.text) {
			if unicode.IsSpace(r) {
				apart = true
				continue
			}
			visit(r, apart)
			apart = false
		}
	case "br", "p", "div", "li", "td", "dd":
		apart = true
	}
	return apart
}

// kept are the attributes that mean something further on.
var kept = map[string]bool{
	"id": true, "name": true, "class": true, "style": true, "href": true, "src": true, "alt": true, "lang": true, "dir": true, "align": true, "title": true,
	"colspan": true, "rowspan": true, "start": true, "value": true, "cite": true, "datetime": true, "open": true, "color": true, "hidden": true,
	"reversed": true, "scope": true, "width": true, "height": true,
}

// write writes the node as HTML.
func (n *node) write(s *strings.Builder) {
	if n.name == "" {
		s.WriteString(n.text)
		return
	}
	if n.name != "#" {
		s.WriteString("<" + n.name)
		for _, a := range n.attrs {
			if kept[a.name] {
				s.WriteString(" " + a.name + `="` + html.EscapeString(a.value) + `"`)
			}
		}
		s.WriteString(">")
	}
	for _, kid := range n.kids {
		kid.write(s)
	}
	if n.name != "#" && !void[n.name] {
		s.WriteString("</" + n.name + ">")
	}
}
