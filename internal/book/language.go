package book

import (
	"slices"
	"strings"

	"ficus/internal/pattern"
)

// wellFormedLanguage is the outer shape of a BCP 47 tag.
var wellFormedLanguage = pattern.New(`^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?(-[A-Za-z0-9]{5,8})*$`)

// unknownLanguage is what a text is in when nobody said.
const unknownLanguage = "und"

// languageOf is the language of the text, or "und".
func languageOf(b Book) string {
	if l := strings.TrimSpace(b.Language); wellFormedLanguage.MatchString(l) {
		return l
	}
	return unknownLanguage
}

// primary is the language without script and region, in small letters.
func primary(language string) string {
	first, _, _ := strings.Cut(strings.ToLower(language), "-")
	return first
}

// rightToLeft are languages written from right to left.
var rightToLeft = []string{"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}

// directionOf is the direction the book is read in, "ltr" or "rtl".
func directionOf(b Book) string {
	switch d := strings.ToLower(b.Direction); d {
	case "ltr", "rtl":
		return d
	}
	lower := strings.ToLower(b.Language)
	for _, script := range []string{"-arab", "-hebr"} {
		if strings.Contains(lower, script) {
			return "rtl"
		}
	}
	if slices.Contains(rightToLeft, primary(lower)) && !strings.Contains(lower, "-latn") {
		return "rtl"
	}
	return "ltr"
}

// articles are the small words a library does not file a title under.
var articles = map[string][]string{
	"en": {"the ", "a ", "an "},
	"de": {"der ", "die ", "das ", "ein ", "eine "},
	"fr": {"le ", "la ", "les ", "un ", "une ", "l'", "l’"},
	"es": {"el ", "la ", "los ", "las ", "un ", "una "},
	"it": {"il ", "lo ", "la ", "i ", "gli ", "le ", "un ", "una ", "uno ", "l'", "l’"},
	"pt": {"o ", "a ", "os ", "as ", "um ", "uma "},
	"nl": {"de ", "het ", "een "},
	"sv": {"en ", "ett ", "den ", "det ", "de "},
}

// fileAs is the title as a library files it: "The Salt Road" becomes
// "Salt Road, The" in English.
func fileAs(title, language string) string {
	lower := strings.ToLower(title)
	for _, article := range articles[primary(language)] {
		n := len(article)
		if len(lower) == len(title) && strings.HasPrefix(lower, article) && len(title) > n {
			return title[n:] + ", " + strings.TrimSpace(title[:n])
		}
	}
	return title
}
