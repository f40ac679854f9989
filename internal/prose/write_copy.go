package prose

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// Target is a place a writer takes a text to.
type Target string

// The places a text can be copied for, with how each takes it.
const (
	ForAO3      Target = "ao3"      // HTML within the rules of AO3's text boxes
	ForFFN      Target = "ffn"      // rich text: bold, italic, underlined, centred, a line across
	ForMarkdown Target = "markdown" // CommonMark, with HTML only where it has no sign
)

// Targets are all of them, in the order they are offered.
func Targets() []Target { return []Target{ForAO3, ForFFN, ForMarkdown} }

// CopyOptions say where the text stands and where it goes.
type CopyOptions struct {
	Address   string // of the page it stands on, absolute: relative addresses are made absolute by it
	Classless bool   // the box it goes into keeps no classes, as AO3's for summaries
}

// Copy is a text as a place takes it, and what that place cannot show.
type Copy struct {
	Text   string // HTML, or Markdown for ForMarkdown
	Losses []Loss
}

// Loss says how many things of a kind a place does not show as they are
// here. The kinds are listed in docs/text.md.
type Loss struct {
	Kind  string
	Count int
}

// CopyFor writes d for a place. Every word stays; what the place has no form
// for takes the nearest it has, and is told by kind.
func (d Document) CopyFor(t Target, o CopyOptions) Copy {
	c := copier{target: t, keeps: keptBy[t], classless: o.Classless, counts: map[string]int{}}
	if base, err := url.Parse(o.Address); err == nil && o.Address != "" {
		c.base = base
	}
	if t != ForMarkdown {
		d = c.withoutNotes(d)
	}
	fitted := Document{Blocks: c.blocks(d.Blocks)}
	text := fitted.HTML()
	if t == ForMarkdown {
		// Read again, so that runs which now look alike are one run.
		text = ReadStored(text).Markdown()
	}
	return Copy{Text: text, Losses: c.losses()}
}

// keeping is what a place shows as it is. What is not named here becomes
// something that is.
type keeping struct {
	kinds   []Kind
	marks   []Mark
	attrs   []string
	written []Kind // kept, but written as HTML where everything else is signs
	tagged  []Mark // the same for marks
}

var keptBy = map[Target]keeping{
	ForAO3: {
		kinds: []Kind{
			Paragraph, Heading, SceneBreak, Quote, List, Item, Table, Row, Cell, Image, Preformatted, Definitions, Term,
			Meaning, Fold, Division,
		},
		marks: []Mark{
			Text, LineBreak, Emphasis, Strong, Underline, Strike, Superscript, Subscript, Small, Code, SmallCaps, Thought, Aside,
			Link, Abbreviation, Citation, Definition, Deleted, Inserted, Keyboard, Sample, Variable, Quoted, Ruby, RubyText,
			RubyParenthesis, Picture, Span,
		},
		attrs: []string{"lang", "dir", "title", "class", "href", "src", "alt", "width", "height", "cite", "colspan", "rowspan", "scope", "start", "open"},
	},
	ForFFN: {
		kinds: []Kind{Paragraph, SceneBreak},
		marks: []Mark{Text, LineBreak, Emphasis, Strong, Underline},
	},
	ForMarkdown: {
		kinds: []Kind{Paragraph, Heading, SceneBreak, Quote, List, Item, Table, Row, Cell, Image, Preformatted, Definitions, Term, Meaning, Fold},
		marks: []Mark{
			Text, LineBreak, Emphasis, Strong, Underline, Strike, Superscript, Subscript, Small, Code, Link, Deleted, Inserted,
			Ruby, RubyText, RubyParenthesis, Picture, Footnote,
		},
		attrs:   []string{"href", "src", "alt", "width", "height", "colspan", "rowspan", "scope", "start", "reversed", "value", "open"},
		written: []Kind{Preformatted, Definitions, Fold},
		tagged:  []Mark{Underline, Strike, Superscript, Subscript, Small, Deleted, Inserted, Ruby},
	},
}

// copier fits a Document to a place and counts what that costs.
type copier struct {
	target    Target
	keeps     keeping
	base      *url.URL // nil: relative addresses stay
	classless bool
	counts    map[string]int
}

func (c *copier) count(kind string) { c.counts[kind]++ }

// withoutNotes numbers the footnotes for a place that keeps no ids, and so no
// links to them.
func (c *copier) withoutNotes(d Document) Document {
	if n := d.footnotes(); n > 0 {
		c.counts["footnote"] = n
		d = d.withNumbers()
	}
	return d
}

func (c *copier) losses() []Loss {
	var all []Loss
	for kind, n := range c.counts {
		all = append(all, Loss{kind, n})
	}
	slices.SortFunc(all, func(a, b Loss) int { return cmp.Compare(a.Kind, b.Kind) })
	return all
}

// attrs gives what a place keeps of some attributes, with absolute addresses.
func (c *copier) attrs(of Attrs, machine bool) Attrs {
	var kept Attrs
	for _, attr := range of {
		if machine && attr.Name == "cite" || !c.keepsAttribute(attr.Name) {
			c.loses(attr)
			continue
		}
		switch attr.Name {
		case "href", "cite":
			attr.Value = c.absolute(attr.Value)
		case "src":
			attr.Value = c.picture(attr.Value)
		}
		kept = append(kept, attr)
	}
	return kept
}

func (c *copier) keepsAttribute(name string) bool {
	return slices.Contains(c.keeps.attrs, name) && !(name == "class" && c.classless)
}

// loses tells an attribute that is left out, if a reader would miss it.
func (c *copier) loses(attr Attr) {
	switch attr.Name {
	case "class", "title", "cite":
		c.count(attr.Name)
	case "lang", "dir":
		c.count("language")
	case "datetime":
		c.count("time")
	case "reversed", "value":
		c.count("list_number")
	}
}

func (c *copier) absolute(address string) string {
	if c.base == nil || isExternal(address) {
		return address
	}
	to, err := c.base.Parse(address)
	if err != nil {
		return address
	}
	return to.String()
}

// picture gives the address of a picture, which goes on being shown from
// where it lies.
func (c *copier) picture(src string) string {
	c.count("picture_here")
	return c.absolute(src)
}

// classed gives attributes with a class of ours, where classes are kept.
func (c *copier) classed(attrs Attrs, class string) Attrs {
	if !c.keepsAttribute("class") {
		return attrs
	}
	if own := attrs.Get("class"); own != "" {
		class += " " + own
	}
	return attrs.with("class", class)
}

// centred marks a block as standing in the middle, where that can be said.
func (c *copier) centred(b Block) Block {
	switch c.target {
	case ForAO3:
		b.Attrs = b.Attrs.with("align", "center")
	case ForFFN:
		b.Attrs = b.Attrs.with("align", "center").with("style", "text-align: center;")
	default:
		c.count("centre")
	}
	b.Align = AlignStart
	return b
}

// aligned says a block's alignment as the place does.
func (c *copier) aligned(b Block) Block {
	switch b.Align {
	case AlignCentre:
		return c.centred(b)
	case AlignRight:
		b.Align = AlignStart
		if c.target != ForAO3 {
			c.count("right")
			return b
		}
		b.Attrs = b.Attrs.with("align", "right")
	}
	return b
}

// bold gives runs in bold once, each line by itself.
func bold(runs []Inline) []Inline {
	var out, line []Inline
	end := func() {
		if len(line) > 0 {
			out = append(out, Inline{Mark: Strong, Kids: line})
		}
		line = nil
	}
	for _, run := range unbold(runs) {
		if run.Mark == LineBreak {
			end()
			out = append(out, run)
			continue
		}
		line = append(line, run)
	}
	end()
	return out
}

func unbold(runs []Inline) []Inline {
	var out []Inline
	for _, run := range runs {
		run.Kids = unbold(run.Kids)
		if run.Mark == Strong && len(run.Attrs) == 0 {
			out = appendAll(out, run.Kids)
			continue
		}
		out = appendInline(out, run)
	}
	return out
}

func appendAll(runs, more []Inline) []Inline {
	for _, run := range more {
		runs = appendInline(runs, run)
	}
	return runs
}

// spaced gives preformatted text in which no space is lost where spaces run
// together.
func spaced(text string) string { return strings.ReplaceAll(text, "  ", "\u00a0 ") }
