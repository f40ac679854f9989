package book

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/stix/stix2textitalic"
	"github.com/go-fonts/stix/stix2textmedium"
	"github.com/go-fonts/stix/stix2textsemibold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// faces are the three cuts covers are set in (decision 0031).
type faces struct {
	title, plain, italic typeface
}

// openFaces opens them, once.
var openFaces = sync.OnceValues(readFaces)

func readFaces() (faces, error) {
	var f faces
	for _, cut := range []struct {
		to   *typeface
		data []byte
	}{
		{&f.title, stix2textsemibold.TTF},
		{&f.plain, stix2textmedium.TTF},
		{&f.italic, stix2textitalic.TTF},
	} {
		parsed, err := opentype.Parse(cut.data)
		if err != nil {
			return faces{}, fmt.Errorf("open the face of the cover: %w", err)
		}
		cut.to.font = parsed
	}
	return f, nil
}

// typeface is one cut of the cover's type.
type typeface struct {
	font *sfnt.Font
}

// quoting are the signs that make no title by themselves.
const quoting = `"'“”‘’„‚«»‹›`

// covers says whether the face can set every character of s, with at least one
// that leaves ink and is no quotation mark. Scripts that must be shaped are not
// in the face, so they never come out as loose letters.
func (t typeface) covers(s string) bool {
	var buf sfnt.Buffer
	ink := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		index, err := t.font.GlyphIndex(&buf, r)
		if err != nil || index == 0 || unicode.Is(unicode.M, r) {
			return false
		}
		ink = ink || !strings.ContainsRune(quoting, r)
	}
	return ink
}

// at returns the face at a size in pixels.
func (t typeface) at(size int) (font.Face, error) {
	return opentype.NewFace(t.font, &opentype.FaceOptions{Size: float64(size), DPI: 72})
}

// fit breaks s into lines of at most width pixels at the largest size from
// most down to least at which they stand in height. Words too long for a line
// are cut; a text that is too long even then loses its end for an ellipsis.
func (t typeface) fit(s string, width, height, most, least int) lines {
	words := strings.Fields(s)
	for _, cut := range []bool{false, true} {
		for size := most; size >= least; size -= 6 {
			l := t.lines(words, width, size, cut)
			if l.rows != nil && l.height() <= height {
				return l
			}
		}
	}
	l := t.lines(words, width, least, true)
	keep := max(height/l.leading(), 1)
	if len(l.rows) > keep {
		l.rows = l.rows[:keep]
		last := []rune(l.rows[keep-1])
		l.rows[keep-1] = strings.TrimRight(string(last[:max(len(last)-2, 0)]), " ") + "…"
	}
	return l
}

// lines is a text broken into rows at one size.
type lines struct {
	font *sfnt.Font
	face font.Face
	size int
	rows []string
}

// lines sets words in rows as even as they can be. A word wider than
// a row is cut when cut is set; otherwise there are no rows.
func (t typeface) lines(text []string, width, size int, cut bool) lines {
	face, err := t.at(size)
	if err != nil {
		return lines{}
	}
	l := lines{font: t.font, face: face, size: size}
	limit := fixed.I(width)
	var m measured
	for _, word := range text {
		wide := font.MeasureString(face, word)
		if wide <= limit {
			m = append(m, setWord{word, wide, 0})
			continue
		}
		if !cut {
			return l
		}
		for _, piece := range cutWord(face, word, limit) {
			m = append(m, setWord{piece, font.MeasureString(face, piece), 0})
		}
	}
	m.measureSpaces(face)
	l.rows = m.rows(m.even(width))
	return l
}

// setWord is a word as wide as it is set, and as the space before it is.
type setWord struct {
	word         string
	width, space fixed.Int26_6
}

// measured is a text that is measured once and broken at many widths.
type measured []setWord

// measureSpaces measures the space before every word but the first, with the
// kerning on both sides of it.
func (m measured) measureSpaces(face font.Face) {
	space, _ := face.GlyphAdvance(' ')
	for i := 1; i < len(m); i++ {
		last, _ := utf8.DecodeLastRuneInString(m[i-1].word)
		first, _ := utf8.DecodeRuneInString(m[i].word)
		m[i].space = face.Kern(last, ' ') + space + face.Kern(' ', first)
	}
}

// even is where rows begin, of a measure as narrow as their number allows, so
// that a title does not leave one short word on its last line.
func (m measured) even(width int) []int {
	starts, _ := m.breaks(fixed.I(width))
	for w := width - 40; w > width/3; w -= 40 {
		narrower, widest := m.breaks(fixed.I(w))
		if len(narrower) > len(starts) || widest > fixed.I(w) {
			break
		}
		starts = narrower
	}
	return starts
}

// breaks fills rows greedily. It gives the word each begins with, and how wide
// the widest is.
func (m measured) breaks(limit fixed.Int26_6) (starts []int, widest fixed.Int26_6) {
	row := fixed.Int26_6(0)
	for i, w := range m {
		if longer := row + w.space + w.width; i > 0 && longer <= limit {
			row = longer
		} else {
			starts, row = append(starts, i), w.width
		}
		widest = max(widest, row)
	}
	return starts, widest
}

// rows are the words in rows that begin at the starts.
func (m measured) rows(starts []int) []string {
	var rows []string
	for i, start := range starts {
		end := len(m)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		row := m[start].word
		for _, w := range m[start+1 : end] {
			row += " " + w.word
		}
		rows = append(rows, row)
	}
	return rows
}

// cutWord cuts a word into pieces that each stand in a row.
func cutWord(face font.Face, word string, limit fixed.Int26_6) []string {
	var pieces []string
	start, width := 0, fixed.Int26_6(0)
	for i, r := range word {
		advance, _ := face.GlyphAdvance(r)
		if width+advance > limit && i > start {
			pieces = append(pieces, word[start:i])
			start, width = i, 0
		}
		width += advance
	}
	return append(pieces, word[start:])
}

// leading is the distance between two rows in pixels.
func (l lines) leading() int { return l.size * 118 / 100 }

func (l lines) height() int { return len(l.rows) * l.leading() }

// draw sets the rows in the middle of the cover, the first one's top at y.
func (l lines) draw(s *sheet, y int, t tone) {
	for i, row := range l.rows {
		x := (fixed.I(coverWidth) - font.MeasureString(l.face, row)) / 2
		s.set(l, row, fixed.Point26_6{X: x, Y: fixed.I(y + i*l.leading() + l.size*88/100)}, t)
	}
}
