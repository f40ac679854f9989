package locale

import (
	"path"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// NamedLanguage is a language by everything it is called: by its own speakers,
// in English, and in each language pages are shown in.
type NamedLanguage struct {
	Tag   string // BCP 47
	Names []string
}

// alsoCalled are names of languages that are written in several ways, which the
// tables of x/text keep under a code of its own.
var alsoCalled = map[string][]string{"nb": {"norsk", "Norwegian", "Norwegisch"}, "nn": {"norsk", "Norwegian", "Norwegisch"}}

// LanguagesByName gives the languages offered for a work, and what each is
// called; those that are written in several ways by the name of all of them too.
func LanguagesByName() []NamedLanguage {
	var speak []display.Namer
	for _, of := range shownIn() {
		speak = append(speak, display.Languages(of))
	}
	all := make([]NamedLanguage, len(offered))
	for i, tag := range offered {
		all[i] = NamedLanguage{Tag: tag, Names: append([]string{LanguageName(tag)}, alsoCalled[tag]...)}
		for _, called := range []string{tag, baseOf(tag)} {
			of := language.MustParse(called)
			for _, in := range append(speak, selfNamer{}) {
				if name := in.Name(of); name != "" {
					all[i].Names = append(all[i].Names, name)
				}
			}
		}
	}
	return all
}

// selfNamer calls a language as its speakers do.
type selfNamer struct{}

// Name is the name of a language in itself.
func (selfNamer) Name(tag any) string {
	t, _ := tag.(language.Tag)
	return display.Self.Name(t)
}

// baseOf is a language without its script and country.
func baseOf(tag string) string {
	base, _ := language.MustParse(tag).Base()
	return base.String()
}

// shownIn are the languages pages are shown in.
func shownIn() []language.Tag {
	files, err := messages.ReadDir("messages")
	if err != nil {
		panic("locale: the messages are embedded at build time: " + err.Error())
	}
	tags := make([]language.Tag, len(files))
	for i, file := range files {
		tags[i] = language.MustParse(strings.TrimSuffix(file.Name(), path.Ext(file.Name())))
	}
	return tags
}

// LanguageTag reads the code of a language, whatever its case; false when it is
// the code of none.
func LanguageTag(typed string) (tag string, is bool) {
	t, err := language.Parse(typed)
	if err != nil || t == language.Und {
		return "", false
	}
	return t.String(), true
}
