package prose

import (
	"unicode"
	"unicode/utf8"
)

// Words counts d as PRODUCT.md says: one a word, and one a character in Han,
// Hiragana, Katakana and Thai. A word is a run of letters and digits with what
// joins them (apostrophes, hyphens, full stops and the like), so "half-hearted"
// and "don't" are one; white space, a dash, two hyphens and an ellipsis end it.
// Readings over ruby and words about pictures are not counted, captions are.
func (d Document) Words() int { return countBlocks(d.Blocks) }

func countBlocks(blocks []Block) int {
	total := 0
	for _, b := range blocks {
		var c wordCounter
		c.runs(b.Inlines)
		total += c.words + countBlocks(b.Blocks)
	}
	return total
}

// wordCounter counts over the runs of one leaf; a word may cross marks.
type wordCounter struct {
	words  int
	inWord bool // a letter or digit of this word has been counted
	joint  rune // the hyphen or full stop just seen, 0 for none
}

func (c *wordCounter) runs(runs []Inline) {
	for _, run := range runs {
		switch run.Mark {
		case Text:
			c.text(run.Text)
		case LineBreak, Picture:
			c.end()
		case RubyText, RubyParenthesis:
		case Footnote:
			c.end()
			c.runs(run.Kids)
			c.end()
		default:
			c.runs(run.Kids)
		}
	}
}

func (c *wordCounter) end() { c.inWord, c.joint = false, 0 }

func (c *wordCounter) text(text string) {
	for i := 0; i < len(text); {
		if isLetter(text[i]) {
			c.letter()
			for i++; i < len(text) && isLetter(text[i]); i++ {
			}
			continue
		}
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		c.rune(r)
	}
}

func (c *wordCounter) rune(r rune) {
	switch {
	case r == ' ' || r == '\u2014' || r == '\u2015' || r == '\u2e3a' || r == '\u2e3b' || r == '\u2026':
		c.end()
	case r == '-' || r == '.':
		if c.joint == r { // "--" and ".." part words, "-" and "." join them
			c.end()
		}
		c.joint = r
	case r < utf8.RuneSelf && !(r >= '0' && r <= '9'):
		c.joint = 0
		if r == '\t' || r == '\n' {
			c.end()
		}
	case countsAlone(r):
		c.words++
		c.end()
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		c.letter()
	case unicode.IsSpace(r):
		c.end()
	case !unicode.IsMark(r):
		c.joint = 0
	}
}

func (c *wordCounter) letter() {
	c.joint = 0
	if !c.inWord {
		c.words++
		c.inWord = true
	}
}

// countsAlone tells whether a character is a word by itself: letters and
// numerals of the scripts that are written without spaces. Marks set on a Thai
// letter belong to it.
func countsAlone(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	if r == 'ー' || r == 'ｰ' { // the long vowel mark of Katakana
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) && !unicode.IsMark(r)
}
