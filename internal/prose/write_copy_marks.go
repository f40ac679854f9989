package prose

import (
	"cmp"
	"slices"
)

func (c *copier) inlines(runs []Inline) []Inline {
	var out []Inline
	for _, run := range runs {
		out = appendAll(out, c.inline(run))
	}
	return out
}

// inline fits one run: marked as it is where the place has the mark, otherwise
// with the nearest, or plain.
func (c *copier) inline(run Inline) []Inline {
	if run.Mark == Text || run.Mark == LineBreak {
		return []Inline{run}
	}
	if !c.keepsMark(run.Mark) {
		return c.becomeMark(run)
	}
	c.tellMark(run.Mark)
	run.Attrs = c.attrs(run.Attrs, run.Mark == Deleted || run.Mark == Inserted)
	run.Kids = c.inlines(run.Kids)
	return []Inline{run}
}

// keepsMark tells whether a mark stays. Those that are a class and a look stay
// where classes do.
func (c *copier) keepsMark(m Mark) bool {
	return slices.Contains(c.keeps.marks, m) && !(c.classless && markClass(m) != "")
}

// tellMark tells a mark that stays but does not show as it does here: as a
// class without the stylesheet for it, or as a tag among signs.
func (c *copier) tellMark(m Mark) {
	switch {
	case m == SmallCaps || m == Aside:
		c.count(lookOf(m))
	case m == Picture && c.target == ForMarkdown:
		c.count("html_picture")
	case slices.Contains(c.keeps.tagged, m):
		c.count("html_mark")
	}
}

// lookOf names a mark that is a look and no element.
func lookOf(m Mark) string {
	if m == Aside {
		return "aside"
	}
	return "small_caps"
}

// becomeMark gives what stands for a mark the place does not have.
func (c *copier) becomeMark(run Inline) []Inline {
	switch run.Mark {
	case Picture:
		c.count("picture_words")
		return []Inline{TextRun("[" + cmp.Or(run.Attrs.Get("alt"), c.absolute(run.Attrs.Get("src"))) + "]")}
	case Thought, Citation, Definition, Variable:
		return c.marked(run, Emphasis)
	case Inserted:
		return c.marked(run, Underline)
	case Quoted:
		kids := append([]Inline{TextRun("“")}, run.Kids...)
		return c.unmarked(run, append(kids, TextRun("”")))
	case RubyText:
		kids := append([]Inline{TextRun("(")}, run.Kids...)
		return c.unmarked(run, append(kids, TextRun(")")))
	case RubyParenthesis:
		return nil
	case Footnote: // one inside a link
		kids := append([]Inline{TextRun(" [")}, run.Kids...)
		return c.unmarked(run, append(kids, TextRun("]")))
	case Ruby:
		c.count("ruby")
	case Player:
		return c.player(run)
	case Link:
		c.count("link")
	case Strike, Deleted:
		c.count("strike")
	case Superscript, Subscript, Small:
		c.count("small")
	case Code, Keyboard, Sample:
		if slices.Contains(c.keeps.marks, Code) {
			return c.marked(run, Code)
		}
		c.count("code")
	case SmallCaps, Aside:
		c.count(lookOf(run.Mark))
	}
	return c.unmarked(run, run.Kids)
}

// marked is a run under another mark, which the place has.
func (c *copier) marked(run Inline, as Mark) []Inline {
	run.Attrs = c.attrs(run.Attrs, true)
	run.Mark, run.Kids = as, c.inlines(run.Kids)
	return []Inline{run}
}

// unmarked is what a run holds; what it carries stays on a span where that is
// possible.
func (c *copier) unmarked(run Inline, kids []Inline) []Inline {
	attrs := c.attrs(run.Attrs.without("href").without("datetime"), true)
	if run.Attrs.Get("datetime") != "" {
		c.count("time")
	}
	inside := c.inlines(kids)
	if len(attrs) > 0 && slices.Contains(c.keeps.marks, Span) {
		return []Inline{{Mark: Span, Attrs: attrs, Kids: inside}}
	}
	return inside
}

// player is the frame it came from where a place takes it, otherwise a link;
// where there are no links, its words and its address.
func (c *copier) player(run Inline) []Inline {
	played, ok := PlayedAt(run.Attrs.Get("href"))
	if ok && c.target == ForAO3 && !c.classless {
		return []Inline{c.framed(run, played)}
	}
	c.count("player")
	run.Attrs = run.Attrs.without("class")
	if slices.Contains(c.keeps.marks, Link) {
		return c.marked(run, Link)
	}
	return c.inlines(speltLink(run))
}

// framed is the frame of a player, as large as such frames usually are. Its
// title is all that it can be called.
func (c *copier) framed(run Inline, played Played) Inline {
	title, height := oneLine(PlainText(run.Kids), maxTitle), "315"
	if len(run.Kids) != 1 || run.Kids[0].Mark != Text || run.Kids[0].Text != title || len(run.Attrs) > 1 {
		c.count("player_words")
	}
	if title == played.Address {
		title = ""
	}
	if played.Sound {
		height = "166"
	}
	attrs := Attrs{{"allowfullscreen", "allowfullscreen"}, {"height", height}, {"src", played.Frame}, {"width", "560"}}
	return Inline{Mark: frameMark, Attrs: attrs.with("title", title)}
}
