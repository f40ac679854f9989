package book

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// asciiLetters writes letters that do not fall apart into a plain letter and a
// mark.
var asciiLetters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ø", "o", "Ø", "O",
	"ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "Th",
	"ı", "i", "–", "-", "—", "-", "‐", "-", "‑", "-",
)

// asciiName keeps the letters, digits and a few harmless signs of a name,
// without accents. What has no plain form becomes a space.
func asciiName(s string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(asciiLetters.Replace(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '"', r == '“', r == '”':
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)), strings.ContainsRune("-_.,&()!+", r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	name := strings.Join(strings.Fields(out.String()), " ")
	return strings.Trim(name, " .-_,&()!+")
}
