package prose

import (
	"slices"
	"strings"

	"ficus/internal/pattern"
)

// maxTitle bounds, in bytes, the free values an attribute may carry, so that
// no wrapper re-opened in every paragraph can make a small text a huge one.
const (
	maxTitle   = 1000
	maxClass   = 200
	maxAddress = 2000
)

var (
	classForm  = pattern.New(`^[A-Za-z][A-Za-z0-9_-]+$`)
	langForm   = pattern.New(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}$`)
	dirForm    = pattern.New(`^(ltr|rtl|auto)$`)
	scopeForm  = pattern.New(`^(row|col|rowgroup|colgroup)$`)
	numberForm = pattern.New(`^[1-9][0-9]{0,4}$`)
	spanForm   = pattern.New(`^([2-9]|[1-9][0-9]{1,2})$`)
	wholeForm  = pattern.New(`^-?(0|[1-9][0-9]{0,8})$`)
	dateForm   = pattern.New(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$`)
)

// attributeRules say which elements may carry the attributes whose values have
// a fixed form; no elements means all.
var attributeRules = map[string]struct {
	elements []string
	form     *pattern.Pattern
}{
	"lang":     {nil, langForm},
	"dir":      {nil, dirForm},
	"width":    {[]string{"img"}, numberForm},
	"height":   {[]string{"img"}, numberForm},
	"colspan":  {[]string{"td", "th"}, spanForm},
	"rowspan":  {[]string{"td", "th"}, spanForm},
	"scope":    {[]string{"th"}, scopeForm},
	"start":    {[]string{"ol"}, wholeForm},
	"value":    {[]string{"li"}, wholeForm},
	"datetime": {[]string{"time", "del", "ins"}, dateForm},
}

// Get gives the value of the named attribute, empty when it is not there.
func (a Attrs) Get(name string) string {
	for _, attr := range a {
		if attr.Name == name {
			return attr.Value
		}
	}
	return ""
}

// with gives a with one attribute set, kept sorted; an empty value leaves it
// out, but for alt, which may be empty and still says something.
func (a Attrs) with(name, value string) Attrs {
	if value == "" && name != "alt" && a.Get(name) == "" {
		return a
	}
	out := make(Attrs, 0, len(a)+1)
	for _, attr := range a {
		if attr.Name != name {
			out = append(out, attr)
		}
	}
	if value != "" || name == "alt" {
		out = append(out, Attr{name, value})
	}
	if len(out) == 0 {
		return nil
	}
	slices.SortFunc(out, func(x, y Attr) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// size is about how many bytes the attributes take when written.
func (a Attrs) size() int {
	n := 0
	for _, attr := range a {
		n += len(attr.Name) + len(attr.Value) + 4
	}
	return n
}

// allowed gives the value an attribute of an element is kept with, or false.
// The lists are those of PRODUCT.md, Text; class is handled by splitClasses.
func allowed(element, name, value string) (string, bool) {
	switch name {
	case "title":
		value = oneLine(value, maxTitle)
		return value, value != ""
	case "alt":
		return oneLine(value, maxTitle), element == "img"
	case "href":
		address, ok := linkAddress(value)
		return address, ok && element == "a"
	case "cite":
		return citeAddress(element, value)
	case "reversed":
		return name, element == "ol"
	case "dir", "scope":
		value = strings.ToLower(strings.TrimSpace(value))
	}
	rule, ok := attributeRules[name]
	if !ok || rule.elements != nil && !slices.Contains(rule.elements, element) {
		return "", false
	}
	return value, rule.form.MatchString(value)
}

func citeAddress(element, value string) (string, bool) {
	switch element {
	case "blockquote", "q", "del", "ins":
		address, ok := linkAddress(value)
		return address, ok && !strings.HasPrefix(address, "mailto:")
	}
	return "", false
}

// oneLine collapses white space and cuts at limit bytes, never inside a
// character.
func oneLine(text string, limit int) string {
	text = strings.TrimSpace(collapse(text, true))
	if len(text) <= limit {
		return text
	}
	cut := limit
	for cut > 0 && text[cut]&0xc0 == 0x80 {
		cut--
	}
	return strings.TrimSpace(text[:cut])
}

// splitClasses gives the class names of value that a writer may use, without
// doubles, in her order (reference/ao3.md §2.4).
func splitClasses(value string) []string {
	var classes []string
	length := 0
	for name := range strings.FieldsSeq(value) {
		for strings.HasPrefix(name, WritersClass) { // of a page of ours
			name = strings.TrimPrefix(name, WritersClass)
		}
		if !classForm.MatchString(name) || slices.Contains(classes, name) {
			continue
		}
		if length += len(name) + 1; length > maxClass {
			break
		}
		classes = append(classes, name)
	}
	return classes
}

// without gives a without the named attribute.
func (a Attrs) without(name string) Attrs {
	if a.Get(name) == "" {
		return a
	}
	return a.with(name, "")
}

// withoutClasses gives a without some class names.
func (a Attrs) withoutClasses(names ...string) Attrs {
	classes := strings.Fields(a.Get("class"))
	if len(classes) == 0 {
		return a
	}
	classes = slices.DeleteFunc(classes, func(c string) bool { return slices.Contains(names, c) })
	return a.with("class", strings.Join(classes, " "))
}
