package book

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"git.sr.ht/~sbinet/gg"
)

// The size of a cover in pixels, the one shops and shelves ask for, and the
// most bytes its file may have (reference/readers.md, E12).
const (
	coverWidth    = 1600
	coverHeight   = 2400
	coverMaxBytes = 120 << 10
)

// The label on the cover: where it stands and the white around its words.
const (
	labelLeft   = 120
	labelTop    = 360
	labelRight  = coverWidth - labelLeft
	labelBottom = 1760
	labelMargin = 96
	lineWidth   = labelRight - labelLeft - 2*labelMargin
)

// cover is what stands on the front of a book.
type cover struct {
	title  string
	byline string
	fandom string
}

// coverOf takes the words of the cover from the book.
func coverOf(b Book) cover {
	c := cover{title: curly(titleOf(b)), byline: bylineOf(b)}
	if len(b.Tags.Fandoms) > 0 {
		c.fandom = oneLine(b.Tags.Fandoms[0])
	}
	return c
}

// alt says the cover in words.
func (c cover) alt() string {
	if c.byline == "" {
		return "Cover of " + c.title
	}
	return "Cover of " + c.title + " by " + c.byline
}

// drawn is a cover as a file.
type drawn struct {
	data []byte
	err  error
}

// drawn draws the cover.
func (c cover) drawn() drawn {
	data, err := c.jpeg()
	return drawn{data, err}
}

// jpeg draws the cover and returns it as a JPEG file of at most coverMaxBytes.
func (c cover) jpeg() ([]byte, error) {
	picture, err := c.draw()
	if err != nil {
		return nil, err
	}
	var file []byte
	for _, quality := range []int{50, 30, 10} {
		if file = encodeFlat(picture, quality); len(file) <= coverMaxBytes {
			break
		}
	}
	return file, nil
}

// draw paints the cloth and its ornament, lays the label over it and sets the
// words. Words the faces have no letters for are not set: the label then
// carries a branch.
func (c cover) draw() (*image.RGBA, error) {
	faces, err := openFaces()
	if err != nil {
		return nil, err
	}
	p := paletteFor(c.fandom)
	dc := gg.NewContext(coverWidth, coverHeight)
	sheet := dc.Image().(*image.RGBA)
	fill(sheet, sheet.Bounds(), p.cloth)
	printOrnament(dc, p, hashOf(c.fandom))

	label := image.Rect(labelLeft, labelTop, labelRight, labelBottom)
	fill(sheet, label, p.paper)
	frame(sheet, label.Inset(26), 6, p.second)

	if !faces.title.covers(c.title) {
		drawBranch(dc, p)
		return sheet, nil
	}
	c.setWords(sheet, faces, p)
	return sheet, nil
}

// setWords sets fandom, title and byline on the label: the fandom at its head,
// the byline at its foot, the title as large as it may be between them.
func (c cover) setWords(sheet draw.Image, f faces, p palette) {
	top, bottom := labelTop+labelMargin+10, labelBottom-labelMargin-10
	if c.fandom != "" && f.plain.covers(c.fandom) {
		block := f.plain.fit(c.fandom, lineWidth, 130, 58, 44)
		block.draw(sheet, top, p.second)
		top += block.height() + 40
	}
	if c.byline != "" && f.italic.covers(c.byline) {
		block := f.italic.fit(c.byline, lineWidth, 250, 92, 56)
		bottom -= block.height()
		block.draw(sheet, bottom, p.second)
		bottom -= 110
		rule := image.Rect(coverWidth/2-90, bottom+52, coverWidth/2+90, bottom+56)
		fill(sheet, rule, p.second)
	}
	block := f.title.fit(c.title, lineWidth, bottom-top, 300, 48)
	block.draw(sheet, top+(bottom-top-block.height())/2, p.ink)
}

func fill(sheet draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(sheet, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// frame draws a rule of the width along the inside of r.
func frame(sheet draw.Image, r image.Rectangle, width int, c color.Color) {
	fill(sheet, image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	fill(sheet, image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	fill(sheet, image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	fill(sheet, image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// curly sets straight quotation marks and apostrophes as a printer would; the
// title itself, in every other place, stays as it was typed.
func curly(s string) string {
	var out strings.Builder
	open := true
	for _, r := range s {
		switch {
		case r == '\'' && !open:
			r = '’'
		case r == '\'':
			r = '‘'
		case r == '"' && !open:
			r = '”'
		case r == '"':
			r = '“'
		}
		out.WriteRune(r)
		open = strings.ContainsRune(" ([{“‘—–-/", r)
	}
	return out.String()
}
