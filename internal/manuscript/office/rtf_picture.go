package office

import (
	"bytes"
	"strconv"
	"strings"
)

// rtfPicture is a picture being read.
type rtfPicture struct {
	kind string // "png" or "jpg"; empty for drawings, which are not shown
	alt  string
	data []byte
	odd  int // the first half of a byte, and one; 0 for none
}

// hex takes more of a picture, two digits a byte.
func (p *rtfPicture) hex(text []byte) {
	if p.kind == "" || len(p.data) > mostPicture {
		return
	}
	for _, c := range text {
		digit := hexDigit(c)
		switch {
		case digit < 0:
		case p.odd == 0:
			p.odd = digit + 1
		default:
			p.data = append(p.data, byte((p.odd-1)<<4|digit))
			p.odd = 0
		}
	}
}

func (p *rtfPicture) add(data []byte) {
	if p.kind != "" && len(p.data) <= mostPicture {
		p.data = append(p.data, data...)
	}
}

// prop takes the value of a property: what a picture shows, in words.
func (r *rtfReader) prop(text []byte) {
	if string(r.propName) == "wzDescription" && len(r.picture.alt) < 1000 {
		r.picture.alt += string(text)
	}
}

// nameOf is what the text calls a picture. One that was shown before has its
// name.
func (r *rtfReader) nameOf(p rtfPicture) string {
	for _, shown := range r.pictures[:min(len(r.pictures), mostPictures)] {
		if bytes.Equal(shown.data, p.data) {
			return shown.Name
		}
	}
	name := "picture-" + strconv.Itoa(len(r.pictures)+1) + "." + p.kind
	r.pictures = append(r.pictures, Picture{Name: name, data: p.data})
	return name
}

// endPicture puts a picture into the text.
func (r *rtfReader) endPicture() {
	p := r.picture
	switch r.state.place {
	case inNothing, inFonts, inStyles, inColours, inTwice:
		return
	}
	if p.kind == "" || len(p.data) == 0 || len(p.data) > mostPicture {
		r.told["picture-format"]++
		return
	}
	name := r.nameOf(p)
	r.flow.line.put(dress{}, `<img src="`+name+`"`+attribute("alt", strings.TrimSpace(p.alt))+`>`)
}
