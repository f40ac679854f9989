package locale

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is a language a work may be written in.
type Language struct {
	Tag  string // BCP 47
	Name string // what its own speakers call it
	Dir  string // "ltr" or "rtl"
}

// The languages offered for a work, by BCP 47 tag: those with a living
// practice of writing online. A work may carry another tag, which is then
// named just as well.
var offered = []string{
	"af", "ar", "ast", "az", "be", "bg", "bn", "br", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es",
	"et", "eu", "fa", "fi", "fil", "fo", "fr", "fy", "ga", "gd", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id",
	"is", "it", "ja", "jv", "ka", "kk", "kn", "ko", "la", "lb", "lt", "lv", "mi", "mk", "ml", "mn", "mr", "ms",
	"mt", "my", "nb", "ne", "nl", "nn", "oc", "pa", "pl", "pt-BR", "pt-PT", "ro", "ru", "sco", "si", "sk", "sl",
	"so", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "tt", "uk", "ur", "uz", "vi", "yi", "yue",
	"zh-Hans", "zh-Hant", "zu",
}

// Names the tables of x/text lack, or give in a form its speakers would not.
var ownNames = map[string]string{
	"ast": "asturianu", "eo": "Esperanto", "fy": "Frysk", "jv": "Basa Jawa", "la": "Latina", "mi": "Te Reo Māori",
	"oc": "occitan", "sco": "Scots", "tl": "Tagalog", "tt": "татар", "yi": "ייִדיש",
}

// Languages lists what a work may be written in, in the order of their names.
func Languages() []Language {
	list := make([]Language, len(offered))
	for i, tag := range offered {
		list[i] = Language{Tag: tag, Name: LanguageName(tag), Dir: Direction(tag)}
	}
	slices.SortFunc(list, func(a, b Language) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// LanguageName is what the speakers of a language call it, or the tag itself
// when nobody has said.
func LanguageName(tag string) string {
	if name, ok := ownNames[tag]; ok {
		return name
	}
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.Self.Name(t); name != "" {
		return name
	}
	return tag
}

// Direction is the way a language is written, "ltr" or "rtl"; a tag that is
// none reads left to right.
func Direction(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return "rtl"
	}
	return "ltr"
}

// countsCharacters says whether a text of the language is counted one a
// character (PRODUCT.md, Work).
func countsCharacters(tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	base, _ := t.Base()
	switch base.String() {
	case "zh", "yue", "ja", "th":
		return true
	}
	return false
}
