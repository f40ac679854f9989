package prose

import "strings"

// Remark gives d as a comment may hold it: without the writer's own classes and
// the meanings that are a story's, without headings of its own, without
// pictures and players (they become links) and, unless links are allowed, without links
// (they become their words and the address). It is settled.
func (d Document) Remark(links bool) Document {
	d = d.Unplayed().MapImages(func(src string) (string, bool) { return src, false })
	return Document{Blocks: remarkBlocks(d.Blocks, links)}.Settled()
}

func remarkBlocks(blocks []Block, links bool) []Block {
	var out []Block
	for _, b := range blocks {
		b.Attrs, b.Align, b.Glyphs = b.Attrs.without("class"), AlignStart, ""
		b.Inlines, b.Blocks = remarkInlines(b.Inlines, links), remarkBlocks(b.Blocks, links)
		switch b.Kind {
		case SceneHeading, Verse, EndMark:
			b.Kind = Paragraph
		case Heading:
			b.Kind, b.Inlines = Paragraph, []Inline{{Mark: Strong, Kids: b.Inlines}}
		case Letter:
			b.Kind = Quote
		case Messages:
			out = append(out, b.Blocks...)
			continue
		case SceneBreak:
			b.Attrs = nil
		}
		out = append(out, b)
	}
	return out
}

func remarkInlines(runs []Inline, links bool) []Inline {
	var out []Inline
	for _, run := range runs {
		run.Attrs, run.Kids = run.Attrs.without("class"), remarkInlines(run.Kids, links)
		switch {
		case run.Mark == SmallCaps || run.Mark == Aside:
			out = append(out, run.Kids...)
			continue
		case run.Mark == Footnote:
			out = append(out, TextRun(" ("))
			out = append(append(out, run.Kids...), TextRun(")"))
			continue
		case run.Mark == Thought:
			run.Mark = Emphasis
		case run.Mark == Link && !links:
			out = append(out, speltLink(run)...)
			continue
		}
		out = append(out, run)
	}
	return out
}

// saysAddress tells whether the words of a link already are its address.
func saysAddress(words, address string) bool {
	bare := func(s string) string {
		_, after, found := strings.Cut(s, "://")
		if !found {
			after = s
		}
		return strings.TrimSuffix(strings.TrimPrefix(after, "mailto:"), "/")
	}
	return bare(words) == bare(address)
}
