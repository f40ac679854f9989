package prose

import (
	"slices"
	"strings"
)

// tag is a start tag as the reader needs it: what is allowed of it, and what
// its presentation means.
type tag struct {
	element
	name    string
	attrs   Attrs    // kept attributes but class, sorted
	classes []string // the writer's classes and ours
	src     string   // of img and iframe, as written
	look    look
}

// readTag reads the name and attributes of the tag that was told. The first of
// two attributes of one name counts, as in a browser. What is kept of a tag
// holds no page.
func readTag(tokens *Tokens, drop func(string)) tag {
	t := tag{name: tokens.Name(), element: elements[tokens.Name()]}
	if t.name == "center" {
		t.look.align, t.look.aligned = AlignCentre, true
	}
	switch t.shape {
	case shapeUnknown, shapeIgnored, shapeRemoved, shapeFrame:
		drop = func(string) {} // the element itself is told
	}
	var seen []string
	for _, a := range tokens.Attrs() {
		if slices.Contains(seen, a.Name) {
			continue
		}
		if len(seen) < 50 {
			seen = append(seen, a.Name)
		}
		t.attribute(strings.Clone(a.Name), clean(strings.Clone(a.Value)), drop)
	}
	if len(t.attrs) > 1 {
		slices.SortFunc(t.attrs, func(x, y Attr) int { return strings.Compare(x.Name, y.Name) })
	}
	return t
}

// attribute takes one attribute of the tag.
func (t *tag) attribute(name, value string, drop func(string)) {
	switch name {
	case "class":
		t.classes = splitClasses(value)
		return
	case "style":
		t.look.style(value, t.name, drop)
		return
	case "align":
		t.look.setAlign(value)
		return
	case "src":
		t.src = value
		return
	case "open":
		t.look.open = t.name == "details"
		return
	case "color", "face", "size":
		if t.name == "font" {
			drop(map[string]string{"color": "font-colour", "face": "font-face", "size": "font-size"}[name])
			return
		}
	}
	if kept, ok := allowed(t.name, name, value); ok {
		if t.attrs.Get(name) == "" {
			t.attrs = append(t.attrs, Attr{name, kept})
		}
		return
	}
	drop(droppedAttribute(t.name, name))
}

// droppedAttribute names the kind of an attribute that is not kept.
func droppedAttribute(element, name string) string {
	switch {
	case name == "id" || name == "name":
		return "id"
	case name == "href" && element == "a":
		return "unsafe-link"
	case len(name) > 2 && strings.HasPrefix(name, "on"):
		return "handler"
	}
	return "attribute"
}

// takeClass removes a class of ours from the tag and tells whether it was there.
func (t *tag) takeClass(name string) bool {
	i := slices.Index(t.classes, name)
	if i < 0 || name == "" {
		return false
	}
	t.classes = slices.Delete(t.classes, i, i+1)
	return true
}

// kept gives all attributes with the classes that are left.
func (t *tag) kept() Attrs {
	if len(t.classes) == 0 {
		return t.attrs
	}
	return t.attrs.with("class", strings.Join(t.classes, " "))
}
