package manuscript

import (
	"strings"
	"unicode/utf8"

	"ficus/internal/prose"
)

// storyBlock makes one block of the story of the paragraphs from i up to end.
func (r *recogniser) storyBlock(i, end int) prose.Block {
	kind := r.guess[i].kind
	if p := &r.paras[i]; end == i+1 && p.form == markup && p.block.Kind == kind {
		return *p.block
	}
	switch kind {
	case prose.SceneBreak:
		return prose.Block{Kind: kind, Glyphs: r.glyphs(i, end)}
	case prose.SceneHeading, prose.Verse:
		return prose.Block{Kind: kind, Inlines: r.lineRuns(i, end, kind == prose.SceneHeading)}
	case prose.Letter:
		return prose.Block{Kind: kind, Blocks: r.noteBlocks(i, end)}
	case prose.Messages:
		return prose.Block{Kind: kind, Blocks: r.messageBlocks(i, end)}
	}
	return r.ownBlock(i)
}

// ownBlock makes a block of one paragraph as its reader and the guess say.
func (r *recogniser) ownBlock(i int) prose.Block {
	p, kind := &r.paras[i], r.guess[i].kind
	switch {
	case p.form == markup:
		return *p.block
	case p.block != nil && p.form != rule:
		b := *p.block
		b.Kind = kind
		b.Inlines = r.typedThoughts(b.Inlines)
		if kind != prose.Heading {
			b.Level = 0
		} else if b.Level == 0 {
			b.Level = 3
		}
		return b
	}
	b := prose.Block{Kind: kind}
	if noted, ok := r.withTypedNote(i); ok {
		b.Inlines = noted
	} else {
		b.Inlines = r.inlines(p.visible())
	}
	if kind == prose.Heading {
		b.Level = 3
	}
	return b
}

// visible is the text a paragraph shows when it is a plain one: a rule shows
// the signs it was typed with.
func (p *para) visible() string {
	if p.form == rule {
		return p.raw
	}
	return p.text
}

// glyphs are the signs of a break: of padding and rule, the longest.
func (r *recogniser) glyphs(i, end int) string {
	best := ""
	for k := i; k < end; k++ {
		if raw := strings.TrimSpace(r.paras[k].raw); utf8.RuneCountInString(raw) > utf8.RuneCountInString(best) {
			best = raw
		}
	}
	return best
}

// lineRuns joins paragraphs as lines of one block. Around a scene heading the
// marks drawn at its edges go: they are part of it, not of its words.
func (r *recogniser) lineRuns(i, end int, bare bool) []prose.Inline {
	var runs []prose.Inline
	for k := i; k < end; k++ {
		if k > i {
			runs = append(runs, prose.Inline{Mark: prose.LineBreak})
		}
		p := &r.paras[k]
		switch {
		case p.block != nil && p.form != rule:
			runs = append(runs, p.block.Inlines...)
		case bare:
			runs = append(runs, r.inlines(bareHeading(p.visible()))...)
		default:
			runs = append(runs, r.inlines(p.visible())...)
		}
	}
	return runs
}

func bareHeading(text string) string {
	trimmed := strings.TrimLeft(text, sceneMarks)
	if trimmed == text || trimmed == "" {
		return text
	}
	return strings.TrimRight(trimmed, sceneMarks)
}

// noteBlocks makes the blocks of a letter, or of a note: then without its label.
func (r *recogniser) noteBlocks(i, end int) []prose.Block {
	var blocks []prose.Block
	for k := i; k < end; k++ {
		p := &r.paras[k]
		if r.isBreak(k) {
			blocks = append(blocks, prose.Block{Kind: prose.SceneBreak, Glyphs: strings.TrimSpace(p.raw)})
			continue
		}
		b := r.noteBlock(k)
		if k == i && r.guess[i].what != InStory && !r.src.own {
			b.Inlines = r.withoutLabel(i, b.Inlines)
		}
		if len(b.Inlines) > 0 || len(b.Blocks) > 0 || b.Kind == prose.Image || b.Kind == prose.SceneBreak {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// messageBlocks makes a paragraph of each message, with who sends it in strong
// letters.
func (r *recogniser) messageBlocks(i, end int) []prose.Block {
	blocks := r.noteBlocks(i, end)
	for k := range blocks {
		runs := blocks[k].Inlines
		if len(runs) == 0 || runs[0].Mark != prose.Text {
			continue
		}
		text := runs[0].Text
		m := speaks.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		cut := len(strings.TrimRight(text[:m[1]-1], " "))
		if _, size := utf8.DecodeLastRuneInString(text[:m[1]]); size > 1 {
			cut = len(strings.TrimRight(text[:m[1]-size], " "))
		}
		blocks[k].Inlines = append([]prose.Inline{{Mark: prose.Strong, Kids: []prose.Inline{prose.TextRun(text[:cut])}}, prose.TextRun(text[cut:])}, runs[1:]...)
	}
	return blocks
}

func (r *recogniser) noteBlock(k int) prose.Block {
	p := &r.paras[k]
	switch {
	case p.block != nil && (p.form == markup || p.form == plain):
		return *p.block
	case p.block != nil:
		return prose.Block{Kind: prose.Paragraph, Inlines: p.block.Inlines}
	case p.form == verse:
		return prose.Block{Kind: prose.Verse, Inlines: r.inlines(p.text)}
	}
	if isLegend(p) {
		return prose.Block{Kind: prose.Paragraph, Inlines: plainRuns(nil, p.text)}
	}
	return prose.Block{Kind: prose.Paragraph, Inlines: r.inlines(p.text)}
}

// withoutLabel takes "A/N:" or "Disclaimer:" and its marks off a note's first
// line, and the bracket that closes what a bracket before the label opened.
func (r *recogniser) withoutLabel(i int, runs []prose.Inline) []prose.Inline {
	text := prose.PlainText(runs)
	l, ok := r.labels[i]
	if !ok || l.learnt || text != r.paras[i].text {
		l, ok = labelOf(clip(text, 400))
	}
	if !ok || l.what != OpeningNote && l.what != Disclaimer {
		return runs
	}
	lead := strings.TrimLeft(text, "*_~ \t")
	closer := map[byte]string{'(': ")", '[': "]", '<': ">"}[lead[0]]
	runs = dropLead(runs, l.rest)
	if closer != "" && strings.HasSuffix(text, closer) && strings.Count(text, lead[:1]) == strings.Count(text, closer) && l.rest < len(text) {
		if rest := prose.PlainText(runs); strings.Count(rest, lead[:1]) < strings.Count(rest, closer) {
			runs = dropTail(runs)
		}
	}
	return runs
}
