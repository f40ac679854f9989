package catalog

import (
	"slices"
	"strings"
	"sync"

	"ficus/internal/archive"
	"ficus/internal/catalog/grammar"
	"ficus/internal/locale"
	"ficus/internal/prose/words"
)

// languageNames are the codes of languages by what each is called, folded as
// what is sought is.
var languageNames = sync.OnceValue(func() map[string][]string {
	named := map[string][]string{}
	for _, l := range locale.LanguagesByName() {
		for _, name := range l.Names {
			if name = foldLanguage(name); !slices.Contains(named[name], l.Tag) {
				named[name] = append(named[name], l.Tag)
			}
		}
	}
	return named
})

func foldLanguage(name string) string { return strings.Join(words.Of(name), " ") }

// codesOf are the codes of a language by its code or one of its names, of which
// some are of several; none: nobody knows it.
func codesOf(typed string) []string {
	tag, is := locale.LanguageTag(typed)
	switch {
	case is && strings.EqualFold(tag, typed):
		return []string{tag}
	case is: // an old code, which works may still bear
		return []string{tag, typed}
	}
	return languageNames()[foldLanguage(typed)]
}

// languagesOf are the languages of language:de, or of several with OR between;
// none where something else is asked.
func languagesOf(n grammar.Node) (languages []string, fault *grammar.Fault) {
	parts := []grammar.Node{n}
	if n.Join == grammar.Any {
		parts = n.Of
	}
	for _, part := range parts {
		if part.Join != grammar.Leaf || part.Field != grammar.Language {
			return nil, nil
		}
	}
	for _, part := range parts {
		codes := codesOf(archive.CleanLine(part.Value))
		if len(codes) == 0 {
			return nil, part.Wrong(grammar.RuleLanguage)
		}
		for _, code := range codes {
			if !slices.Contains(languages, code) {
				languages = append(languages, code)
			}
		}
	}
	return languages, nil
}
