package archive

import (
	"slices"
	"strings"
	"unicode"
)

// Skeleton is the form in which names are compared by how they look: letters
// of other scripts that look Latin become Latin, and what is hard to tell
// apart in print becomes one ("0" and "O", "1", "l" and "I", "rn" and "m").
// Two names with one skeleton are one name to a reader in a hurry. Case counts
// until the end: "I" looks like "l", "i" does not.
func Skeleton(name string) string {
	name = strings.Map(func(r rune) rune {
		if looks, found := lookalikes[r]; found {
			return looks
		}
		if isUnseen(r) || r == '\u200C' || r == '\u200D' {
			return -1
		}
		return r
	}, name)
	return strings.ToLower(strings.NewReplacer("rn", "m", "vv", "w").Replace(name))
}

// Looks are the forms under which a name is taken: its spelling, whatever its
// case, and its skeleton, which may be the same.
func Looks(name string) []string {
	looks := []string{FoldName(name), Skeleton(name)}
	slices.Sort(looks)
	return slices.Compact(looks)
}

// lookalikes are letters by the Latin letter or sign they are taken for. It is
// a small table of our own: what a reader meets in names, not all of Unicode.
var lookalikes = pairs(
	"0o", "1l", "Il", "|l", "_-", " -", ".-", "·-", "‐-", "‑-", "–-", "—-", "ıi", "ɑa", "ɡg", "ǀl", "ӏl", "’'", "‘'", "`'",
	// Cyrillic
	"аa", "сc", "ԁd", "еe", "һh", "іi", "јj", "кk", "оo", "рp", "ԛq", "ѕs", "уy", "хx", "ԝw", "ьb", "гr",
	"АA", "ВB", "СC", "ЕE", "НH", "Іl", "ЈJ", "КK", "МM", "ОO", "РP", "ЅS", "ТT", "УY", "ХX", "ԚQ", "ԜW", "З3",
	// Greek
	"αa", "γy", "ιi", "κk", "νv", "οo", "ρp", "σo", "τt", "υu", "χx", "ωw", "ηn", "ϲc", "ϳj",
	"ΑA", "ΒB", "ΕE", "ΖZ", "ΗH", "Ιl", "ΚK", "ΜM", "ΝN", "ΟO", "ΡP", "ΤT", "ΥY", "ΧX",
	// Armenian and Cherokee
	"օo", "սu", "ոn", "հh", "ցg", "զq", "ՕO", "ՏS",
	"ᎠD", "ᎡR", "ᎢT", "ᎪA", "ᎫJ", "ᎬE", "ᎳW", "ᎷM", "ᎻH", "ᏀG", "ᏃZ", "ᏚS", "ᏟC", "ᏢP", "ᏦK", "ᏞL", "ᏙV",
)

func pairs(list ...string) map[rune]rune {
	table := map[rune]rune{}
	for _, pair := range list {
		from := []rune(pair)
		table[from[0]] = from[1]
	}
	return table
}

// isUnseen reports letters and marks that leave no trace in print, though they
// are no controls.
func isUnseen(r rune) bool {
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u180B', '\u180C', '\u180D', '\u2800', '\u3164', '\uFFA0':
		return true
	}
	return unicode.Is(unicode.Variation_Selector, r)
}

// CleanName makes one line of a name as typed and takes out what leaves no
// trace in print; joiners stay only where a script spells words with them.
func CleanName(s string) string {
	joins := strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
	})
	return CleanLine(strings.Map(func(r rune) rune {
		if isUnseen(r) || !joins && (r == '\u200C' || r == '\u200D') {
			return -1
		}
		return r
	}, s))
}

// Scripts that are written together: Japanese, Chinese and Korean, each with
// Latin. Latin goes with any other but those that look like it.
var (
	eastAsian = map[string]bool{"Latin": true, "Han": true, "Hiragana": true, "Katakana": true, "Bopomofo": true, "Hangul": true}
	likeLatin = map[string]bool{"Greek": true, "Cyrillic": true, "Armenian": true, "Cherokee": true, "Coptic": true, "Lisu": true}
)

// mixesScripts reports whether a name is written in scripts that are not
// written together, as imitations are.
func mixesScripts(name string) bool {
	met := map[string]bool{}
	for _, r := range name {
		if script := scriptOf(r); script != "" {
			met[script] = true
		}
	}
	if len(met) < 2 {
		return false
	}
	east, like := true, false
	for script := range met {
		east = east && eastAsian[script]
		like = like || likeLatin[script]
	}
	return !east && (len(met) > 2 || like || !met["Latin"])
}

// scriptOf names the script of a letter; signs and digits have none.
func scriptOf(r rune) string {
	if !unicode.IsLetter(r) || unicode.In(r, unicode.Common, unicode.Inherited) {
		return ""
	}
	if unicode.Is(unicode.Latin, r) {
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return ""
}
