package manuscript

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"

	"ficus/internal/pattern"
)

// decoded is a file's text after its bytes are understood: UTF-8, LF, without
// byte order mark, soft hyphens and control characters.
type decoded struct {
	text     string
	encoding string
	dropped  []Dropped
}

func checkSize(data []byte, l Limits) error {
	if len(data) > l.bytes() {
		return errTooLarge(l.bytes())
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return errEmpty
	}
	return nil
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// decode finds the encoding by evidence: a byte order mark, valid UTF-8, the
// zero bytes of UTF-16, a declaration, then which old table makes sense of the
// bytes above 127.
func decode(data []byte) (decoded, error) {
	if format := containerFormat(data); format != "" {
		return decoded{}, errKind(format)
	}
	data, unpacked := unquotePrintable(data)
	raw, name, err := toText(data)
	if err != nil {
		return decoded{}, err
	}
	raw, mended := repairTwice(raw)
	text, controls := tidy(raw)
	if looksBinary(text, controls) {
		return decoded{}, errBinary
	}
	if strings.TrimSpace(text) == "" {
		return decoded{}, errEmpty
	}
	d := decoded{text: text, encoding: name}
	if controls > 0 {
		d.dropped = append(d.dropped, Dropped{Kind: "control-character", Count: controls})
	}
	if unpacked > 0 {
		d.dropped = append(d.dropped, Dropped{Kind: "mail-packing", Count: unpacked})
	}
	if mended > 0 {
		d.dropped = append(d.dropped, Dropped{Kind: "misread-letter", Count: mended})
	}
	return d, nil
}

// containerFormat names a known kind of file that is not text.
func containerFormat(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "a packed document (Word, OpenDocument, EPUB or zip)"
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "an RTF document"
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "a PDF"
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "an old Word document"
	}
	return ""
}

func toText(data []byte) (text, name string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "", "", errEncoding
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], false), "utf-16le", nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], true), "utf-16be", nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return utf16Guess(data)
	}
	if utf8.Valid(data) {
		return string(data), "utf-8", nil
	}
	if len(data)+highBytes(data)/2 > mostText {
		return "", "", errTooLong
	}
	if mostlyUTF8(data) {
		return repairUTF8(data), "utf-8", nil
	}
	return oldText(data)
}

func utf16Text(data []byte, big bool) string {
	var text strings.Builder
	text.Grow(len(data) / 2)
	unit := func(i int) rune {
		if big {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if i+3 < len(data) {
				pair = utf16.DecodeRune(r, unit(i+2))
			}
			if r = pair; r != utf8.RuneError {
				i += 2
			}
		}
		text.WriteRune(r)
	}
	return text.String()
}

// utf16Guess reads bytes that hold zeros: text in UTF-16 without its mark has
// nearly all its zeros in every second place; anything else is not text.
func utf16Guess(data []byte) (text, name string, err error) {
	var zeros [2]int
	for i, b := range data {
		if b == 0 {
			zeros[i%2]++
		}
	}
	enough := len(data) / 5
	switch {
	case len(data)%2 > 0:
	case zeros[1] > enough && zeros[0] <= len(data)/200:
		return utf16Text(data, false), "utf-16le", nil
	case zeros[0] > enough && zeros[1] <= len(data)/200:
		return utf16Text(data, true), "utf-16be", nil
	}
	return "", "", errBinary
}

// mostlyUTF8 is true when stray bytes are rare among well-formed characters of
// more than one byte: a UTF-8 text with an old paste in it.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 4*bad
}

func repairUTF8(data []byte) string {
	var s strings.Builder
	s.Grow(len(data) + 16)
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(data[0])
		}
		s.WriteRune(r)
		data = data[n:]
	}
	return s.String()
}

var declaredCharset = pattern.New(`(?i)<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})`)

// oldText reads bytes that are not UTF-8: as the page declares, or in the table
// whose letters and words come out of them.
func oldText(data []byte) (text, name string, err error) {
	head := data[:min(len(data), 2048)]
	if m := declaredCharset.FindSubmatch(head); m != nil {
		if e, err := htmlindex.Get(string(m[1])); err == nil && !strings.HasPrefix(strings.ToLower(string(m[1])), "utf") {
			if s, err := e.NewDecoder().Bytes(data); err == nil {
				name, _ := htmlindex.Name(e)
				return string(s), name, nil
			}
		}
	}
	t, ok := byLetters(data)
	if !ok {
		return "", "", errEncoding
	}
	whole, err := t.coding.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", errEncoding
	}
	return string(whole), t.name, nil
}

// letterSense scores how well the characters above 127 sit among their
// neighbours: small letters beside letters, quotation marks at the edges of
// words, dashes; capitals inside words and odd signs count against.
func letterSense(text string) int {
	score := 0
	var before rune = ' '
	for i, r := range text {
		if r >= 0x80 {
			after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			score += senseOf(before, r, after)
		}
		before = r
	}
	return score
}

func senseOf(before, r, after rune) int {
	switch {
	case r == '’' && unicode.IsLetter(before):
		return 3
	case r == '“' || r == '‘' || r == '«' || r == '¿' || r == '¡':
		return 2 * sign(!unicode.IsLetter(before) && !unicode.IsSpace(after))
	case r == '”' || r == '’' || r == '»':
		return 2 * sign(!unicode.IsSpace(before) && !unicode.IsLetter(after))
	case r == '—' || r == '–' || r == '…' || r == '\u00a0':
		return 1
	case unicode.IsLower(r) && r != 'ª' && r != 'º':
		return sign(unicode.IsLetter(before) || unicode.IsLetter(after))
	case unicode.IsUpper(r):
		return -boolInt(unicode.IsLower(before))
	case unicode.IsControl(r), r == utf8.RuneError:
		return -3
	}
	return -2
}

func sign(good bool) int {
	if good {
		return 1
	}
	return -1
}

// tidy makes every line end a LF and takes out what no reader sees: byte order
// marks, soft hyphens and control characters, which it counts.
func tidy(raw string) (text string, controls int) {
	if tidied(raw) {
		return raw, 0
	}
	var s strings.Builder
	s.Grow(len(raw))
	after := rune(0)
	for _, r := range raw {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			s.WriteByte('\n')
		case r == '\n':
			if after != '\r' {
				s.WriteByte('\n')
			}
		case r == '\t' || r == '\f':
			s.WriteRune(r)
		case r == '\v':
			s.WriteByte('\n')
		case r == '\ufeff' || r == '\u00ad' || r == '\u200b' || r == '\u2060':
		case unicode.IsControl(r), r == '\ufffe', r == '\uffff':
			controls++
		default:
			s.WriteRune(r)
		}
		after = r
	}
	return norm.NFC.String(s.String()), controls
}

// tidied is the quick look: nothing in the text is to change.
func tidied(text string) bool {
	for i := plainStretch(text); i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n':
			i += plainStretch(text[i+1:])
		case c >= ' ' && c < 0x7f, c == '\t', c == '\f', c > 0xc2 && c != 0xe2 && c != 0xef:
		case c == 0xe2:
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") || strings.HasPrefix(text[i:], "\u200b") || strings.HasPrefix(text[i:], "\u2060") {
				return false
			}
		case c < 0x80, c == 0xef:
			return false
		case c == 0xc2 && i+1 < len(text) && (text[i+1] < 0xa0 || text[i+1] == 0xad):
			return false
		}
	}
	return plainlyNormal(text) || norm.NFC.IsNormalString(text)
}

// plainStretch is about how many of the first characters are plain: letters,
// figures, signs and spaces of ASCII. It looks at eight at a time, and stops
// before the first eight of which one is none.
func plainStretch(text string) (n int) {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for ; len(text)-n >= 8; n += 8 {
		eight := text[n : n+8]
		x := uint64(eight[0]) | uint64(eight[1])<<8 | uint64(eight[2])<<16 | uint64(eight[3])<<24 |
			uint64(eight[4])<<32 | uint64(eight[5])<<40 | uint64(eight[6])<<48 | uint64(eight[7])<<56
		if (x|(x+each)|(x-each*' '))&high != 0 { // one above 127, one that is 127, or one below a space
			break
		}
	}
	return n
}

// plainlyNormal is true for a text of letters that have one form: Latin without
// marks of their own, Cyrillic, kana, Chinese and Korean. Of any other it says
// nothing.
func plainlyNormal(text string) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i += 1 + plainStretch(text[i+1:])
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r < 0x300, r >= 0x400 && r < 0x483, r >= 0x48a && r < 0x530, r >= 0x2010 && r < 0x2028, r >= 0x3001 && r < 0x302a,
			r >= 0x3041 && r < 0x3097, r >= 0x30a0 && r < 0x3100, r >= 0x4e00 && r < 0xa000, r >= 0xac00 && r < 0xd7a4, r >= 0xff01 && r < 0xff61:
		default:
			return false
		}
	}
	return true
}

// looksBinary is true when control characters are not an accident.
func looksBinary(text string, controls int) bool {
	return controls > 8 && controls > len(text)/200
}
