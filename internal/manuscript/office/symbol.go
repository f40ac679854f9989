package office

import (
	"strconv"
	"strings"
)

// ornaments are the signs of Wingdings and its like that stand for themselves;
// their letters are no letters.
var ornaments = map[rune]string{
	0x4a: "☺", 0x4b: "😐", 0x4c: "☹", 0x59: "♈", 0x5e: "♍", 0x6c: "●", 0x6e: "■", 0x6f: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖",
	0x77: "⬥", 0x7b: "❀", 0x7c: "✿", 0x9f: "•", 0xa1: "○", 0xa7: "▪", 0xaa: "✦", 0xab: "★", 0xac: "✶", 0xad: "✴", 0xae: "✹",
	0xb6: "☆", 0xd8: "➢", 0xe0: "→", 0xdf: "←", 0xfb: "✗", 0xfc: "✓", 0xfe: "☑", 0x9a: "❧", 0x9b: "❦", 0x98: "❦", 0x99: "❧",
}

// symbol is a character named by its font and number.
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n == 0 || n > 0x10ffff {
		return ""
	}
	r := rune(n)
	private := r >= 0xf000 && r <= 0xf0ff
	if private {
		r -= 0xf000
	}
	switch {
	case strings.HasPrefix(strings.ToLower(font), "wingdings"), strings.HasPrefix(strings.ToLower(font), "webdings"):
		if sign, ok := ornaments[r]; ok {
			return sign
		}
		return "❖"
	case private && r < 0x20:
		return ""
	}
	return string(r)
}
