package locale

import (
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Printer says things in one language. It is a small value, made by a
// Catalogue, and safe for use by many at once.
type Printer struct {
	speech
	tag     language.Tag
	english func() speech // for what the language does not say yet
	numbers *message.Printer
}

// Tag is the BCP 47 tag of the language spoken, for lang attributes.
func (p Printer) Tag() string { return p.tag.String() }

// Dir is the direction of the language spoken: "ltr" or "rtl".
func (p Printer) Dir() string { return Direction(p.tag.String()) }

// T says the message of a key. Args come in pairs, the name that stands in the
// message and its value; whole numbers are written as the language writes
// them. A key that no file defines is said as it is; a test finds it first.
func (p Printer) T(key string, args ...any) string {
	section := p.of(key)
	if text, ok := section.plain[key]; ok {
		return text
	}
	return p.say(section, &i18n.LocalizeConfig{MessageID: key, TemplateData: p.fill(args)})
}

// N says the message of a key in the plural form that suits n, which stands in
// the message as Count.
func (p Printer) N(key string, n int, args ...any) string {
	section := p.of(key)
	if text, ok := section.plain[key]; ok {
		return text
	}
	data := p.fill(args)
	data["Count"] = p.Number(n)
	return p.say(section, &i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

// Number writes a whole number with the language's digits and separators.
func (p Printer) Number(n int) string { return p.numbers.Sprintf("%d", n) }

// List joins names as a sentence does: "a, b and c".
func (p Printer) List(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	said := names[0]
	for _, name := range names[1:last] {
		said += p.T("list.comma") + name
	}
	return said + p.T("list.and") + names[last]
}

func (p Printer) fill(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		data[name] = args[i+1]
		if n, ok := args[i+1].(int); ok {
			data[name] = p.Number(n)
		}
	}
	return data
}

// say prefers a message in English to none, and a key to nothing at all.
func (p Printer) say(ours section, c *i18n.LocalizeConfig) string {
	if text, said := ours.fill(c); said {
		return text
	}
	english := p.english().of(c.MessageID)
	if text, said := english.plain[c.MessageID]; said {
		return text
	}
	if text, said := english.fill(c); said {
		return text
	}
	return c.MessageID
}
