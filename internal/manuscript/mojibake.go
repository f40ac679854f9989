package manuscript

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// repairTwice mends a text in UTF-8 that was once read as windows-1252 and
// written again, "cafÃ©" for "café", even when that happened twice. It does so
// only when nearly all that is not English is of that kind, and tells how many
// places it mended.
func repairTwice(text string) (mended string, count int) {
	for range 2 {
		next, n := repairOnce(text)
		if n == 0 {
			break
		}
		text, count = next, max(count, n)
	}
	return text, count
}

// fewest is how many mended places prove that it was no accident.
const fewest = 3

func repairOnce(text string) (string, int) {
	if !mayBeMisread(text) {
		return text, 0
	}
	var out strings.Builder
	good, bad := 0, 0
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && text[end] < utf8.RuneSelf {
			end++
		}
		out.WriteString(text[at:end])
		at = end
		for end < len(text) && text[end] >= utf8.RuneSelf {
			end++
		}
		if at == end {
			break
		}
		if mended, ok := rereadRun(text[at:end]); ok {
			out.WriteString(mended)
			good++
		} else {
			out.WriteString(text[at:end])
			bad++
		}
		at = end
	}
	if good < fewest || bad*10 > good {
		return text, 0
	}
	return out.String(), good
}

// lostQuote puts the byte back that programs lose of a closing quotation mark:
// the table has no sign for it.
var lostQuote = strings.NewReplacer("â€\ufffd", "â€\u009d", "â‚¬Â\ufffd", "â‚¬Â\u009d")

// mayBeMisread is the quick look: the first letters of what was misread.
func mayBeMisread(text string) bool {
	for _, sign := range []string{"Ã", "Â", "â€", "Ð", "Ñ", "Î", "ã€"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// rereadRun takes characters above 127 as the bytes they were and reads these
// as UTF-8.
func rereadRun(run string) (string, bool) {
	run = lostQuote.Replace(run)
	raw := make([]byte, 0, len(run))
	for _, r := range run {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			raw = append(raw, b)
		case r >= 0x80 && r < 0xa0:
			raw = append(raw, byte(r)) // the five bytes the table leaves empty
		default:
			return "", false
		}
	}
	return string(raw), utf8.Valid(raw) && len(raw) > utf8.RuneCount(raw)
}
