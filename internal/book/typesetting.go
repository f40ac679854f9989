package book

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

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
	l := lines{face: face, size: size}
	limit := fixed.I(width)
	var words []string
	for _, word := range text {
		if font.MeasureString(face, word) <= limit {
			words = append(words, word)
			continue
		}
		if !cut {
			return l
		}
		words = append(words, cutWord(face, word, limit)...)
	}
	l.rows = breakRows(face, words, limit)
	return evenRows(l, words, width)
}

// evenRows narrows the measure as far as the number of rows allows, so that a
// title does not leave one short word on its last line.
func evenRows(l lines, words []string, width int) lines {
	for w := width - 40; w > width/3; w -= 40 {
		rows := breakRows(l.face, words, fixed.I(w))
		if len(rows) > len(l.rows) || widest(l.face, rows) > fixed.I(w) {
			break
		}
		l.rows = rows
	}
	return l
}

func widest(face font.Face, rows []string) fixed.Int26_6 {
	var most fixed.Int26_6
	for _, row := range rows {
		most = max(most, font.MeasureString(face, row))
	}
	return most
}

// breakRows fills rows greedily.
func breakRows(face font.Face, words []string, limit fixed.Int26_6) []string {
	var rows []string
	for _, word := range words {
		if n := len(rows); n > 0 {
			if longer := rows[n-1] + " " + word; font.MeasureString(face, longer) <= limit {
				rows[n-1] = longer
				continue
			}
		}
		rows = append(rows, word)
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
		s.set(l.face, row, fixed.Point26_6{X: x, Y: fixed.I(y + i*l.leading() + l.size*88/100)}, t)
	}
}
