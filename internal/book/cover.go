package book

import (
	"image"
	"strings"
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
	words  string // what it shows, for who does not see it
}

// coverOf takes the words of the cover from the book.
func coverOf(b Book) cover {
	c := cover{title: curly(titleOf(b)), byline: bylineOf(b)}
	if len(b.Tags.Fandoms) > 0 {
		c.fandom = oneLine(b.Tags.Fandoms[0])
	}
	c.words = b.Voice.T("book.cover_words", "Work", signedTitle(b, c.title))
	return c
}

// coverFile is a cover as a file.
type coverFile struct {
	data []byte
	err  error
}

// file draws the cover.
func (c cover) file() coverFile {
	data, err := c.jpeg()
	return coverFile{data, err}
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
func (c cover) draw() (*sheet, error) {
	faces, err := openFaces()
	if err != nil {
		return nil, err
	}
	s := newSheet(paletteFor(c.fandom))
	printOrnament(s, hashOf(c.fandom))

	label := image.Rect(labelLeft, labelTop, labelRight, labelBottom)
	s.fill(label, uint8(onPaper))
	s.frame(label.Inset(26), 6, onPaper.solid())

	if !faces.title.covers(c.title) {
		drawBranch(s)
		return s, nil
	}
	c.setWords(s, faces)
	return s, nil
}

// setWords sets fandom, title and byline on the label: the fandom at its head,
// the byline at its foot, the title as large as it may be between them.
func (c cover) setWords(s *sheet, f faces) {
	top, bottom := labelTop+labelMargin+10, labelBottom-labelMargin-10
	if c.fandom != "" && f.plain.covers(c.fandom) {
		block := f.plain.fit(c.fandom, lineWidth, 130, 58, 44)
		block.draw(s, top, onPaper)
		top += block.height() + 40
	}
	if c.byline != "" && f.italic.covers(c.byline) {
		block := f.italic.fit(c.byline, lineWidth, 250, 92, 56)
		bottom -= block.height()
		block.draw(s, bottom, onPaper)
		bottom -= 110
		rule := image.Rect(coverWidth/2-90, bottom+52, coverWidth/2+90, bottom+56)
		s.fill(rule, onPaper.solid())
	}
	block := f.title.fit(c.title, lineWidth, bottom-top, 300, 48)
	block.draw(s, top+(bottom-top-block.height())/2, inkPaper)
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
