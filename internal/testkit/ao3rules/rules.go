// Package ao3rules does to a text what AO3 does to what is typed into its
// boxes: it makes paragraphs of loose lines, then takes out every element and
// attribute that is not on its list. It is written from the description of
// those rules in the project's reference (§2.2–2.6), shares no code or table
// with the rooms it tests, and tells everything it took out.
package ao3rules

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Box is a field of AO3's form.
type Box uint8

// The boxes that take HTML: those for texts and notes keep classes, the one
// for summaries does not.
const (
	Text Box = iota
	Summary
)

const (
	allowed = `a abbr acronym address b big blockquote br caption center cite code col colgroup details figcaption
		figure dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp small span
		strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var`
	everywhere = "align dir lang title"
	removed    = `iframe math noembed noframes noscript plaintext script style svg xmp`
	inline     = `a abbr acronym b big br cite code del dfn em i img ins kbd q rp rt ruby s samp small span strike strong
		sub sup tt u var`
	closed = `abbr acronym address dl figure h1 h2 h3 h4 h5 h6 hr ol p pre summary table ul`
)

var (
	attributes = map[string]string{
		"a": "href name", "img": "align alt border height src width", "blockquote": "cite", "q": "cite",
		"col": "span width", "colgroup": "span width", "details": "open", "hr": "align width", "ol": "start type", "ul": "type",
		"table": "border summary width", "td": "abbr axis colspan height rowspan width", "th": "abbr axis colspan height rowspan width scope",
	}
	schemes = map[string]string{"href": "ftp http https mailto", "src": "http https", "cite": "http https"}
	framed  = "allowfullscreen frameborder height src title class type width"
	hosts   = regexp.MustCompile(`^(https?:)?//(www\.)?(4shared\.com|audio\.com|archive\.org/embed|player\.bilibili\.com|criticalcommons\.org|podfic\.com|` +
		`w\.soundcloud\.com|open\.spotify\.com|vidders\.net|viddertube\.com|player\.vimeo\.com|youtube(-nocookie)?\.com)/`)
	class = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]+$`)
)

// Save gives a text as AO3 keeps it, and what it took out, in reading order.
func Save(text string, box Box) (string, []string) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	text = strings.ReplaceAll(text, "<3", "&lt;3")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(text), root)
	if err != nil {
		return "", []string{err.Error()}
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	paragraphs(root)
	s := sanitiser{box: box}
	s.children(root)
	var out strings.Builder
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&out, n); err != nil {
			return "", []string{err.Error()}
		}
	}
	return out.String(), s.taken
}

func among(names, name string) bool { return slices.Contains(strings.Fields(names), name) }

func isInline(n *html.Node) bool {
	return n.Type == html.TextNode || n.Type == html.ElementNode && among(inline, n.Data)
}

// paragraphs gathers loose text of a container in paragraphs: one line end is
// a break, two a new paragraph, more a blank one besides.
func paragraphs(container *html.Node) {
	var loose []*html.Node
	for n := container.FirstChild; n != nil; {
		next := n.NextSibling
		if isInline(n) {
			container.RemoveChild(n)
			loose = append(loose, n)
			n = next
			continue
		}
		gather(container, loose, n)
		loose = nil
		if n.Type == html.ElementNode && !among(closed, n.Data) {
			paragraphs(n)
		}
		n = next
	}
	gather(container, loose, nil)
}

// gather puts loose runs before a node as paragraphs.
func gather(container *html.Node, loose []*html.Node, before *html.Node) {
	var p *html.Node
	gap := 0
	put := func(n *html.Node) {
		if p == nil || gap > 1 {
			if p != nil && gap > 2 {
				container.InsertBefore(blank(), before)
			}
			p = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			container.InsertBefore(p, before)
		} else if gap == 1 {
			p.AppendChild(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br})
		}
		gap = 0
		p.AppendChild(n)
	}
	for _, n := range loose {
		switch {
		case n.Type == html.ElementNode && n.Data == "br":
			gap++
		case n.Type == html.TextNode:
			for i, line := range strings.Split(n.Data, "\n") {
				if i > 0 {
					gap++
				}
				if strings.TrimSpace(line) != "" || line != "" && p != nil && gap == 0 && n != loose[len(loose)-1] {
					put(&html.Node{Type: html.TextNode, Data: line})
				}
			}
		default:
			put(n)
		}
	}
}

func blank() *html.Node {
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	p.AppendChild(&html.Node{Type: html.TextNode, Data: "\u00a0"})
	return p
}

// sanitiser takes out what is on no list.
type sanitiser struct {
	box   Box
	taken []string
}

func (s *sanitiser) take(what string) { s.taken = append(s.taken, what) }

func (s *sanitiser) children(of *html.Node) {
	for n := of.FirstChild; n != nil; {
		next := n.NextSibling
		switch {
		case n.Type == html.CommentNode:
			of.RemoveChild(n)
			s.take("a comment")
		case n.Type == html.ElementNode:
			next = s.element(of, n)
		}
		n = next
	}
}

// element keeps, opens or removes one element and gives the node to go on with.
func (s *sanitiser) element(of, n *html.Node) *html.Node {
	next := n.NextSibling
	switch {
	case s.box == Text && n.Data == "iframe" && isListed(n):
		s.frame(n)
	case among(removed, n.Data):
		of.RemoveChild(n)
		s.take(n.Data + " and all in it")
	case !among(allowed, n.Data):
		s.take(n.Data)
		first := n.FirstChild
		for child := first; child != nil; {
			after := child.NextSibling
			n.RemoveChild(child)
			of.InsertBefore(child, n)
			child = after
		}
		of.RemoveChild(n)
		if first != nil {
			return first
		}
	case n.Data == "p" && isEmpty(n):
		of.RemoveChild(n)
		s.take("an empty paragraph")
	default:
		s.attributes(n)
		s.children(n)
	}
	return next
}

// isListed tells whether a frame is of one of the hosts texts may show (§2.5).
func isListed(frame *html.Node) bool {
	return slices.ContainsFunc(frame.Attr, func(a html.Attribute) bool { return a.Key == "src" && hosts.MatchString(a.Val) })
}

// frame takes from a frame what is on no list.
func (s *sanitiser) frame(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		if !among(framed, a.Key) {
			s.take(n.Data + " " + a.Key)
		}
		return !among(framed, a.Key)
	})
}

// isEmpty tells whether a paragraph shows nothing; a no-break space shows a gap.
func isEmpty(n *html.Node) bool {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type == html.TextNode && strings.Trim(child.Data, " \n\t\r\f") != "":
			return false
		case child.Type == html.ElementNode && (among("img br hr iframe", child.Data) || !isEmpty(child)):
			return false
		}
	}
	return true
}

func (s *sanitiser) attributes(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		keep := among(everywhere, a.Key) || among(attributes[n.Data], a.Key)
		if a.Key == "class" && s.box == Text {
			keep = !slices.ContainsFunc(strings.Fields(a.Val), func(name string) bool { return !class.MatchString(name) })
		}
		if allowed, ok := schemes[a.Key]; ok && keep {
			scheme, _, found := strings.Cut(a.Val, ":")
			keep = !found || strings.ContainsAny(scheme, "/?#") || among(allowed, strings.ToLower(scheme))
		}
		if !keep {
			s.take(n.Data + " " + a.Key)
		}
		return !keep
	})
	if n.Data == "a" {
		n.Attr = append(n.Attr, html.Attribute{Key: "rel", Val: "nofollow"})
	}
}
