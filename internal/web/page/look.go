package page

import (
	"slices"
	"strings"
)

// Look is how a reader wants pages set. Each field is one of a closed set of
// names; empty is the usual.
type Look struct {
	Theme      string // light sepia dark black contrast; empty follows the system
	Face       string // sans hyperlegible
	Size       string // smallest smaller larger largest huge
	Width      string // narrow wide full
	Spacing    string // close open
	Paragraphs string // book justified
	Notes      string // shown folded hidden; empty folds what is long
}

// faceHyperlegible is the face that a build may bring along.
const faceHyperlegible = "hyperlegible"

// choices are the names each setting may have beside the usual, empty one.
var choices = map[string][]string{
	"theme":      {"light", "sepia", "dark", "black", "contrast"},
	"face":       {"sans", faceHyperlegible},
	"size":       {"smallest", "smaller", "larger", "largest", "huge"},
	"width":      {"narrow", "wide", "full"},
	"spacing":    {"close", "open"},
	"paragraphs": {"book", "justified"},
	"notes":      {"shown", "folded", "hidden"},
}

// ReadLook takes settings from wherever they are kept: get gives the value of
// theme, face, size, width, spacing, paragraphs and notes, as the form of the
// settings page names them. What is in no closed set is left as usual.
func ReadLook(get func(name string) string) Look {
	read := func(name string) string {
		if v := get(name); slices.Contains(choices[name], v) {
			return v
		}
		return ""
	}
	return Look{
		Theme: read("theme"), Face: read("face"), Size: read("size"), Width: read("width"),
		Spacing: read("spacing"), Paragraphs: read("paragraphs"), Notes: read("notes"),
	}
}

// LookOf reads the two words in which a member's settings are kept: the theme,
// and the text settings as Text writes them.
func LookOf(theme, text string) Look {
	fields := map[string]string{"theme": theme}
	for i, v := range strings.Split(text, "-") {
		if i < len(textSettings) {
			fields[textSettings[i]] = v
		}
	}
	return ReadLook(func(name string) string { return fields[name] })
}

// textSettings is the order of the text settings in one word.
var textSettings = []string{"face", "size", "width", "spacing", "paragraphs", "notes"}

// Text is the settings of the text in one word, "sans-larger---book-"; empty
// when all are as usual.
func (l Look) Text() string {
	word := strings.Join([]string{l.Face, l.Size, l.Width, l.Spacing, l.Paragraphs, l.Notes}, "-")
	if strings.Trim(word, "-") == "" {
		return ""
	}
	return word
}
