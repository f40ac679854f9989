package office

import (
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The code pages that are asked for by number.
const (
	pageWestern = 1252
	pageMac     = 10000
	pageUTF8    = 65001
	pageSymbol  = 42 // a font of signs, where bytes are not letters
)

// codePages are the tables of letters an RTF file may be written in.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, pageWestern: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 1361: korean.EUCKR, pageMac: charmap.Macintosh, 10001: japanese.ShiftJIS, 10007: charmap.MacintoshCyrillic,
	pageUTF8: unicode.UTF8,
}

// charsets says which code page the letters of a font are in.
var charsets = map[int]int{
	2: pageSymbol, 77: pageMac, 78: 932, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// signs are what fonts of signs draw for the bytes that stand in stories.
var signs = map[byte]string{
	0xb7: "•", 0xa7: "•", 0xa8: "•", 0x6c: "•", 0x6e: "•", 'J': "☺", 'K': "😐", 'L': "☹", 0xe0: "→", 0xdf: "←", 0xf0: "→",
}

// rtfFont is a font as far as letters go.
type rtfFont struct {
	charset int
	page    int // from \cpg; 0: as the charset says
}

// rtfLetters is what an RTF reader knows of letters and their bytes.
type rtfLetters struct {
	page      int // of the file
	fonts     map[int]rtfFont
	font      int    // the one being described
	bytes     []byte // gathered, to be read together
	bytesPage int
	half      rune // first half of a character given by two \u
	skip      int  // characters to come that stand in for one given by \u
	utf8      bool // bytes above 127 that stand as they are make sense as UTF-8
}

// pageOf is the code page of the letters in a font. A font of Western letters
// is believed when another font names the file's own page: the file tells its
// fonts apart then; else it is in the file's page like everything.
func (r *rtfReader) pageOf(font int) int {
	f, known := r.fonts[font]
	switch {
	case !known, f.page == 0 && f.charset == 1:
		return r.page
	case f.page != 0:
		return f.page
	case f.charset == 0 && r.page != pageWestern && r.toldApart():
		return pageWestern
	case f.charset == 0:
		return r.page
	}
	if page, ok := charsets[f.charset]; ok {
		return page
	}
	return r.page
}

// toldApart is true when some font has the charset of the file's own page.
func (r *rtfReader) toldApart() bool {
	for _, f := range r.fonts {
		if charsets[f.charset] == r.page {
			return true
		}
	}
	return false
}

// letter takes a byte above 127, to be read with those that come before and
// behind it: letters may be two bytes long.
func (r *rtfReader) letter(b byte) {
	page := r.pageOf(r.state.font)
	if page != r.bytesPage {
		r.settleBytes()
		r.bytesPage = page
	}
	r.bytes = append(r.bytes, b)
}

// settleBytes makes characters of the bytes that were gathered.
func (r *rtfReader) settleBytes() {
	if len(r.bytes) == 0 {
		return
	}
	gathered := r.bytes
	r.bytes = r.bytes[:0]
	if r.bytesPage == pageSymbol {
		for _, b := range gathered {
			if sign, ok := signs[b]; ok {
				r.characters([]byte(sign))
			} else {
				r.characters([]byte(string(charmap.Windows1252.DecodeByte(b))))
			}
		}
		return
	}
	table, ok := codePages[r.bytesPage]
	if !ok {
		table = charmap.Windows1252
	}
	if text, err := table.NewDecoder().Bytes(gathered); err == nil {
		r.characters(text)
	}
}

// unicode takes \u: a number of sixteen bits, negative when it is large. Two
// may be the halves of one character.
func (r *rtfReader) unicode(n int) {
	c := rune(uint16(n))
	if c >= 0xf000 && c <= 0xf0ff {
		if sign, ok := signs[byte(c)]; ok {
			r.characters([]byte(sign))
			return
		}
		c -= 0xf000
	}
	switch {
	case utf16.IsSurrogate(c) && r.half == 0:
		r.half = c
		return
	case r.half != 0:
		c = utf16.DecodeRune(r.half, c)
	}
	r.half = 0
	if c >= ' ' {
		r.characters([]byte(string(c)))
	}
}
