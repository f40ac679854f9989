package office

import (
	"path"
	"strings"

	"ficus/internal/pattern"
)

// pictures are those a text shows.
type pictures struct {
	pack  *pack
	list  []Picture
	names map[string]string // part to name
}

// mostPictures bounds how many pictures one text shows.
const mostPictures = 200

// show gives the name under which the text shows a part, or says why not.
func (p *pictures) show(part string) (name, dropped string) {
	if name, ok := p.names[part]; ok {
		return name, ""
	}
	if !p.pack.has(part) || len(p.list) >= mostPictures {
		return "", "media"
	}
	switch strings.ToLower(path.Ext(part)) {
	case ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp":
	default:
		return "", "picture-format"
	}
	name = strings.ReplaceAll(path.Base(part), " ", "-")
	p.names[part] = name
	p.list = append(p.list, Picture{Name: name, pack: p.pack, part: part})
	return name, ""
}

var fileLike = pattern.New(`(?i)[\\/]|\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|emf|wmf|svg)$|^(?:image|img|picture|bild|grafik|graphic|imagen|imagem|immagine|рисунок|图片)[ _-]?\d+$|^(?:img|dsc|pxl)_?\d`)

// altOf is what a picture shows in words; a file's name or path says nothing,
// or too much.
func altOf(texts ...string) string {
	for _, text := range texts {
		text = strings.Join(strings.Fields(text), " ")
		if text != "" && !fileLike.MatchString(text) {
			return text
		}
	}
	return ""
}

// object reads a drawing: pictures, and text in boxes.
func (d *docx) object(worn dress) {
	s := d.s
	alt, depth := "", len(s.open)
	for s.next() {
		switch {
		case s.kind == endTag && len(s.open) < depth:
			return
		case s.kind != startTag:
		case s.is(inMC, "AlternateContent"):
			d.alternate(func() { d.object(worn) })
		case s.is(inWP, "docPr"):
			alt = altOf(s.val("descr"), s.val("title"))
		case s.is(inV, "shape"):
			alt = altOf(s.val("alt"))
		case s.is(inA, "blip"):
			d.picture(worn, s.val("embed"), s.val("link"), alt)
		case s.is(inV, "imagedata"):
			d.picture(worn, s.val("id"), "", alt)
		case s.is(inV, "rect") && (s.val("hr") == "t" || s.val("hr") == "true"):
			d.drawnRule()
		case s.is(inW, "txbxContent"):
			d.box()
		case string(s.name) == "chart", string(s.name) == "relIds", string(s.name) == "OLEObject":
			d.told["media"]++
		}
	}
}

// drawnRule is the line that Word draws across a page.
func (d *docx) drawnRule() {
	if !d.line.words {
		d.w.rule("")
	}
}

func (d *docx) picture(worn dress, id, link, alt string) {
	if !d.visible() || worn.marks&hidden > 0 {
		return
	}
	r, ok := d.rels[id]
	if !ok || r.external {
		if r = d.rels[link]; id == "" && link == "" {
			return
		}
		d.told["linked-picture"]++
		return
	}
	name, dropped := d.shown.show(r.target)
	if dropped != "" {
		d.told[dropped]++
		return
	}
	worn.marks = 0
	d.line.put(worn, `<img src="`+escape(name)+`"`+` alt="`+escape(alt)+`">`)
}

// box reads the text of a box, to stand after the paragraph it is tied to.
func (d *docx) box() {
	around, fields, link, style := d.flow, d.fields, d.link, d.style
	d.flow = flow{told: d.told, titled: around.titled, mark: around.mark}
	d.fields, d.link = nil, ""
	d.blocks()
	d.flush()
	d.w.enclose(nil, false)
	made, over := d.w.out, d.w.over
	d.flow, d.fields, d.link, d.style = around, fields, link, style
	d.w.over = d.w.over || over
	if len(made) > 0 && d.visible() && !d.inNote && strings.TrimSpace(plainOf(made)) != "" {
		d.boxes = append(d.boxes, made)
	}
}
