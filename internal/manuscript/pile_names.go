package manuscript

import (
	"cmp"
	"path"
	"strings"
	"unicode"
)

var (
	errSystemFile = &Error{"pile.system", "The computer keeps this file for itself; nobody wrote in it."}
	errLockFile   = &Error{"pile.lock", "A word processor left this file while another was open; the text is in the other."}
	errPicture    = &Error{"pile.picture", "This is a picture; bring it with the chapter that shows it."}
	errNoText     = &Error{"pile.other", "This is no text: sound, film, a program or a typeface."}
)

// junk says why a file of that name is not even opened; nil for all others.
func junk(name string) *Error {
	low := strings.ToLower(name)
	base := path.Base(low)
	switch {
	case strings.HasPrefix(base, "~$"), strings.HasPrefix(base, ".~lock."), strings.HasSuffix(base, ".tmp"):
		return errLockFile
	case base == "thumbs.db", base == "desktop.ini", base == "icon\r", strings.Contains("/"+low, "/__macosx/"), strings.Contains("/"+low, "/."):
		return errSystemFile
	}
	switch path.Ext(base) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".svg", ".psd", ".ico":
		return errPicture
	case ".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".mov", ".avi", ".mkv", ".exe", ".dll", ".dmg", ".msi", ".ttf", ".otf", ".woff", ".woff2", ".lnk", ".db", ".sqlite", ".css", ".js", ".json", ".csv", ".yaml", ".yml", ".ini":
		return errNoText
	}
	return nil
}

// NaturalOrder compares names as people count: chapter 2 stands before chapter
// 10, a prologue before the first chapter, an epilogue behind the last.
func NaturalOrder(a, b string) int {
	for {
		nameA, restA, moreA := strings.Cut(a, "/")
		nameB, restB, moreB := strings.Cut(b, "/")
		if c := cmp.Or(cmp.Compare(edgeOf(nameA), edgeOf(nameB)), compareNatural(nameA, nameB)); c != 0 || !moreA || !moreB {
			return cmp.Or(c, cmp.Compare(len(a), len(b)))
		}
		a, b = restA, restB
	}
}

// edgeOf is -1 for what stands first in a story, 1 for what stands last.
func edgeOf(name string) int {
	low := strings.ToLower(name)
	switch {
	case strings.HasPrefix(low, "prolog"), strings.HasPrefix(low, "foreword"), strings.HasPrefix(low, "prelude"):
		return -1
	case strings.HasPrefix(low, "epilog"), strings.HasPrefix(low, "afterword"):
		return 1
	}
	return 0
}

// compareNatural compares runs of digits by their number and the rest by its
// letters, whatever their case.
func compareNatural(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	for len(x) > 0 && len(y) > 0 {
		if unicode.IsDigit(x[0]) && unicode.IsDigit(y[0]) {
			n, m := leadingDigits(x), leadingDigits(y)
			first, second := strings.TrimLeft(string(x[:n]), "0"), strings.TrimLeft(string(y[:m]), "0")
			if c := cmp.Or(cmp.Compare(len(first), len(second)), cmp.Compare(first, second)); c != 0 {
				return c
			}
			x, y = x[n:], y[m:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func leadingDigits(text []rune) int {
	n := 0
	for n < len(text) && unicode.IsDigit(text[n]) {
		n++
	}
	return n
}
