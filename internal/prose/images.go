package prose

import "cmp"

// Images gives the addresses of the pictures in d, in reading order; one shown
// twice is there twice.
func (d Document) Images() []string {
	var all []string
	d.MapImages(func(src string) (string, bool) {
		all = append(all, src)
		return src, true
	})
	return all
}

// MapImages gives d with the address of every picture changed to what move
// answers, called in reading order. When keep is false the picture becomes a
// link to that address with its words, or the address, as text.
func (d Document) MapImages(move func(src string) (to string, keep bool)) Document {
	return Document{Blocks: mapBlocks(d.Blocks, move)}
}

type moveImage = func(src string) (to string, keep bool)

func mapBlocks(blocks []Block, move moveImage) []Block {
	if blocks == nil {
		return nil
	}
	out := make([]Block, 0, len(blocks))
	for _, b := range blocks {
		if b.Kind == Image {
			out = append(out, mapImage(b, move)...)
			continue
		}
		b.Inlines = mapInlines(b.Inlines, false, move)
		b.Blocks = mapBlocks(b.Blocks, move)
		out = append(out, b)
	}
	return out
}

// mapImage moves an image that stands alone; as a link it is a paragraph, with
// its caption as the next.
func mapImage(b Block, move moveImage) []Block {
	to, keep := move(b.Src)
	caption := mapInlines(b.Inlines, false, move)
	if keep {
		b.Src, b.Inlines = to, caption
		return []Block{b}
	}
	link := Block{Kind: Paragraph, Align: b.Align, Inlines: []Inline{imageLink(to, b.Alt, false)}}
	if len(caption) == 0 {
		return []Block{link}
	}
	return []Block{link, {Kind: Paragraph, Align: b.Align, Inlines: caption}}
}

func mapInlines(runs []Inline, inLink bool, move moveImage) []Inline {
	if runs == nil {
		return nil
	}
	out := make([]Inline, 0, len(runs))
	for _, run := range runs {
		if run.Mark == Picture {
			to, keep := move(run.Attrs.Get("src"))
			if keep {
				run.Attrs = run.Attrs.with("src", to)
				out = append(out, run)
				continue
			}
			out = appendInline(out, imageLink(to, run.Attrs.Get("alt"), inLink))
			continue
		}
		run.Kids = mapInlines(run.Kids, inLink || run.Mark == Link, move)
		out = appendInline(out, run)
	}
	return out
}

// appendInline appends a run and joins characters to characters.
func appendInline(runs []Inline, run Inline) []Inline {
	if n := len(runs); n > 0 && run.Mark == Text && runs[n-1].Mark == Text {
		runs[n-1].Text += run.Text
		return runs
	}
	return append(runs, run)
}

// imageLink is what stands for a picture that is not shown. A link holds no
// link, so inside one only the words stand.
func imageLink(to, alt string, inLink bool) Inline {
	text := TextRun(cmp.Or(alt, to, "image"))
	address, ok := linkAddress(to)
	if inLink || !ok {
		return text
	}
	return Inline{Mark: Link, Attrs: Attrs{{"href", address}}, Kids: []Inline{text}}
}
