package prose

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Dropped tells how many things of one kind a reader left out. Only formatting
// and machinery is ever left out, never a word outside a removed element. The
// kinds are listed in docs/text.md.
type Dropped struct {
	Kind  string
	Count int
}

// ReadHTML makes a safe Document of untrusted HTML. Line ends in the source
// are white space, as in a browser; footnotes set apart stand at their places.
// What it left out is told by kind, sorted.
func ReadHTML(html string) (Document, []Dropped) { return ReadPlaced(PlaceNotes(html)) }

// ReadPlaced is ReadHTML for a page whose footnotes are where they belong, as
// PlaceNotes leaves them.
func ReadPlaced(html string) (Document, []Dropped) {
	r := newReader(len(html))
	r.read(html)
	return r.document(), r.dropped()
}

// PageReader is ReadPlaced for a page that comes in pieces, each of which ends
// where a tag may begin and holds the ends of all its raw text.
type PageReader struct{ r *reader }

// NewPageReader reads a page of about so many bytes.
func NewPageReader(size int) PageReader { return PageReader{newReader(size)} }

// Read reads the next piece.
func (p PageReader) Read(piece string) { p.r.read(piece) }

// Document gives what was read; it ends the reading.
func (p PageReader) Document() (Document, []Dropped) { return p.r.document(), p.r.dropped() }

// ReadStored reads our own stored form back: of a Document any reader made,
// ReadStored(d.HTML()) equals d. It is as safe as ReadHTML.
func ReadStored(html string) Document {
	r := newReader(len(html))
	r.read(html)
	return r.document()
}

// reader builds a Document from a stream of tags and text. It keeps two
// stacks: the blocks that are open, and the inline elements that are open.
// Characters take the marks of the inlines open around them when they come, so
// whatever is mis-nested, left open, or crosses a paragraph comes out balanced,
// in one pass.
//
// It does not use the tree of x/net/html, only its tokens: that tree is
// quadratic in formatting left open and refuses depth over 512
// (docs/decisions/0010).
type reader struct {
	typed   bool         // line ends in loose text mean something
	frames  []*frame     // open blocks; the first is the document
	inlines []openInline // open inline elements
	leaf    *leaf        // the text being gathered, nil between blocks
	spare   []run        // room for the runs of the next leaf
	idle    *frame       // of a text that has closed: the next one's

	gathered leaf // what leaf leads to: one text is gathered at a time

	marks []*openMark // what inlines amounts to, while fresh
	fresh bool

	removing string // element being removed with all inside, empty for none
	depth    int    // how often that element is open

	beyond  tally // elements left out for depth whose end is to come
	drops   tally
	reopens int // bytes of wrappers that may still be re-opened
}

func newReader(size int) *reader {
	r := &reader{reopens: 4*size + 1<<16}
	root := &frame{lines: true, room: size / blockSize}
	root.sink = root
	r.frames = []*frame{root}
	return r
}

// read takes the whole text through the tokens.
func (r *reader) read(text string) {
	text = KeepHearts(clean(text))
	tokens := TokensOf(text)
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			// A tag the text ends in the middle of is no tag: it stays as
			// the characters it is.
			if unfinished := tokens.Raw(); strings.HasPrefix(unfinished, "<") {
				r.text(unfinished)
			}
			return
		}
		r.token(kind, tokens)
	}
}

// token takes one token.
func (r *reader) token(kind html.TokenType, tokens *Tokens) {
	switch kind {
	case html.TextToken:
		if r.removing == "" {
			r.text(textOf(tokens))
		}
	case html.StartTagToken:
		r.start(readTag(tokens, r.drop), false)
	case html.SelfClosingTagToken:
		r.start(readTag(tokens, r.drop), true)
	case html.EndTagToken:
		r.end(tokens.Name())
	case html.CommentToken:
		r.drop("comment")
	}
}

// textOf gives the characters of a text token: where they stand in the text as
// they are, without a copy. Only a reference can bring in what was not there
// when the whole text was cleaned.
func textOf(tokens *Tokens) string {
	typed := tokens.Raw()
	if strings.IndexByte(typed, '&') < 0 {
		return typed
	}
	return clean(tokens.Text())
}

// KeepHearts keeps "</3" and its like as text: a browser would swallow
// everything up to the next ">" as a broken comment.
func KeepHearts(text string) string {
	if !hasHeart(text) {
		return text
	}
	var s strings.Builder
	for {
		i := strings.Index(text, "</")
		if i < 0 {
			break
		}
		s.WriteString(text[:i])
		text = text[i+2:]
		if text == "" || !isLetter(text[0]) && text[0] != '>' {
			s.WriteString("&lt;/")
			continue
		}
		s.WriteString("</")
	}
	s.WriteString(text)
	return s.String()
}

// hasHeart is the quick look that spares a page a copy of itself.
func hasHeart(text string) bool {
	for {
		i := strings.Index(text, "</")
		if i < 0 {
			return false
		}
		if text = text[i+2:]; text == "" || !isLetter(text[0]) && text[0] != '>' {
			return true
		}
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// document closes all that is open and gives what was built.
func (r *reader) document() Document {
	for len(r.frames) > 1 {
		r.pop()
	}
	r.finishLeaf()
	return Document{Blocks: r.frames[0].block.Blocks}
}

func (r *reader) drop(kind string) { r.drops.add(kind) }

// tally counts by name. Most texts have nothing to count.
type tally map[string]int

func (t *tally) add(name string) {
	if *t == nil {
		*t = tally{}
	}
	(*t)[name]++
}

func (r *reader) dropped() []Dropped {
	var all []Dropped
	for kind, count := range r.drops {
		all = append(all, Dropped{kind, count})
	}
	slices.SortFunc(all, func(a, b Dropped) int { return cmp.Compare(a.Kind, b.Kind) })
	return all
}

// start takes one start tag.
func (r *reader) start(t tag, selfClosing bool) {
	if r.removing != "" && !r.leavesRemoved(t, selfClosing) {
		return
	}
	switch t.shape {
	case shapeUnknown:
		r.drop(cmp.Or(t.drop, "unknown-element"))
	case shapeIgnored:
	case shapeRemoved:
		r.drop(t.drop)
		r.remove(t.name, selfClosing)
	case shapeFrame:
		r.player(t)
		r.remove(t.name, false)
	case shapeVoid:
		r.void(t)
	case shapeMark:
		if !selfClosing {
			r.openInline(t)
		}
	default:
		r.openBlock(t)
		if selfClosing {
			r.end(t.name)
		}
	}
}

// remove begins to leave out everything up to the element's end. Drawings may
// close themselves; the others hold raw text whatever their tag looks like.
func (r *reader) remove(name string, selfClosing bool) {
	drawing := name == "svg" || name == "math"
	if drawing && selfClosing {
		return
	}
	r.removing, r.depth = name, 1
}

// leavesRemoved tells whether a start tag ends what is being removed: a
// drawing left open is over where text of a page begins, as in a browser.
func (r *reader) leavesRemoved(t tag, selfClosing bool) bool {
	if r.removing != "svg" && r.removing != "math" {
		return false
	}
	if t.name == r.removing {
		if !selfClosing {
			r.depth++
		}
		return false
	}
	switch t.shape {
	case shapeUnknown, shapeIgnored, shapeRemoved, shapeFrame:
		return false
	}
	if t.name == "a" || t.name == "font" {
		return false
	}
	r.removing = ""
	return true
}

// end takes one end tag.
func (r *reader) end(name string) {
	if r.removing != "" {
		if name == r.removing {
			if r.depth--; r.depth == 0 {
				r.removing = ""
			}
		}
		return
	}
	e := elements[name]
	if e.shape > shapeIgnored && r.beyond[name] > 0 {
		r.beyond[name]--
		r.separate(e.shape)
		return
	}
	switch e.shape {
	case shapeMark:
		r.closeInline(name)
	case shapeVoid:
		if name == "br" {
			r.lineBreak()
		}
	case shapeLeaf, shapeContainer, shapeWrapper, shapePart:
		r.closeBlock(name, e)
	}
}

// void takes br, hr and img.
func (r *reader) void(t tag) {
	switch t.name {
	case "br":
		r.lineBreak()
	case "hr":
		r.sceneBreak(t)
	case "img":
		r.picture(t)
	}
}
