package prose

// picture takes an img. Without an address of a kind we show, its words stay.
func (r *reader) picture(t tag) {
	address, ok := imageAddress(t.src)
	if !ok {
		r.drop("unsafe-image")
		if alt := t.attrs.Get("alt"); alt != "" {
			r.text(alt)
		}
		return
	}
	t.attrs = t.attrs.with("src", address).with("alt", t.attrs.Get("alt"))
	r.inline(Picture, "", t.kept())
}

// imageBlock makes an image standing alone of a picture and its paragraph.
func imageBlock(picture Attrs, around Block) Block {
	b := Block{Kind: Image, Align: around.Align, Src: picture.Get("src"), Alt: picture.Get("alt")}
	b.Attrs = around.Attrs
	for _, attr := range picture {
		if attr.Name != "src" && attr.Name != "alt" {
			b.Attrs = b.Attrs.with(attr.Name, attr.Value)
		}
	}
	return b
}
