package manuscript

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

func voidElement(name string) bool {
	switch name {
	case "br", "hr", "img", "meta", "link", "input", "col", "base", "wbr", "area", "embed", "source", "track", "param":
		return true
	}
	return false
}

func blockElement(name string) bool {
	switch name {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "tbody", "thead",
		"tfoot", "caption", "blockquote", "pre", "listing", "center", "section", "article", "header", "footer", "main", "aside", "nav", "figure",
		"figcaption", "address", "details", "summary", "form", "fieldset", "hr", "body", "html", "hgroup", "dir", "menu":
		return true
	}
	return false
}

// formatting elements outlive the paragraph they were opened in.
func formatting(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// writeTag writes what is left of a tag: nothing of one that only says how
// letters look.
func (u *undresser) writeTag(e *element, attrs []prose.Attribute) bool {
	if e.name == "body" || e.name == "html" || e.name == "head" {
		return false
	}
	from := u.out.len()
	u.out.write("<")
	u.out.write(e.written())
	says := u.writeAttributes(e, attrs)
	if dir := cmpOr(e.style.dir, valueOf(attrs, "dir")); dir == "rtl" || dir == "ltr" && u.inRTL() {
		u.writeAttribute("dir", dir)
		says = true
	}
	if align := cmpOr(e.style.align, strings.ToLower(valueOf(attrs, "align"))); align != "" && blockElement(e.name) {
		u.writeAttribute("align", align)
	}
	u.out.write(">")
	if !says && onlyLook(e.name) {
		u.out.cut(from)
		return false
	}
	return !voidElement(e.name)
}

// writeAttributes writes the attributes that are left, and tells whether one of
// them says something even of an element that only says how letters look.
func (u *undresser) writeAttributes(e *element, attrs []prose.Attribute) (says bool) {
	furniture := isFurniture(e, attrs)
	if furniture {
		u.writeAttribute("class", furnitureClass)
	}
	for _, a := range attrs {
		switch a.Name {
		case "style", "align", "dir":
			continue
		case "class":
			a.Value = u.ownClasses(a.Value)
			if a.Value == "" || furniture {
				continue
			}
			says = true
		case "id", "name":
			u.drops["id"]++
			continue
		case "lang", "title":
			says = true
		}
		u.writeAttribute(a.Name, a.Value)
	}
	return says
}

// onlyLook is true for elements that say nothing but how letters look.
func onlyLook(name string) bool {
	switch name {
	case "b", "strong", "big", "i", "em", "u", "s", "strike", "font", "span":
		return true
	}
	return false
}

func (u *undresser) inRTL() bool {
	return slices.ContainsFunc(u.open, func(e element) bool { return e.style.dir == "rtl" })
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func valueOf(attrs []prose.Attribute, name string) string {
	for _, a := range attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func (u *undresser) writeAttribute(name, value string) {
	u.out.write(" ")
	u.out.write(name)
	u.out.write(`="`)
	u.out.write(html.EscapeString(value))
	u.out.write(`"`)
}

var toolClass = pattern.New(`(?i)^(?:mso|apple-|docs-|western$|cjk$|ctl$|sd(?:foot|end)note|[ps]\d{1,3}$|[cl]i?\d{1,3}$|lst-|kix-|scrivener|xl\d|ql-|pm-|gmail_|yiv|moz-|webkit-|isselected)`)

// mostClasses is how many different lists of classes are remembered.
const mostClasses = 1000

// ownClasses leaves out the classes a program made for its own stylesheet. A
// page has few different ones, so they are remembered.
func (u *undresser) ownClasses(value string) string {
	if own, known := u.own[value]; known {
		return own
	}
	own := u.chosenClasses(value)
	if len(u.own) < mostClasses {
		u.own[value] = own
	}
	return own
}

func (u *undresser) chosenClasses(value string) string {
	var kept []string
	for class := range strings.FieldsSeq(value) {
		if !toolClass.MatchString(class) && !u.sheet.classes[strings.ToLower(class)] {
			kept = append(kept, class)
		}
	}
	return strings.Join(kept, " ")
}

// lookTags are the elements that say how letters look.
var lookTags = []struct {
	is   func(state) bool
	tag  string
	ends string
}{
	{func(s state) bool { return s.bold }, "<b>", "</b>"},
	{func(s state) bool { return s.italic }, "<i>", "</i>"},
	{func(s state) bool { return s.under }, "<u>", "</u>"},
	{func(s state) bool { return s.strike }, "<s>", "</s>"},
	{func(s state) bool { return s.caps }, `<span class="small-caps">`, "</span>"},
	{func(s state) bool { return s.raised }, "<sup>", "</sup>"},
	{func(s state) bool { return s.lowered }, "<sub>", "</sub>"},
}

// shows is true when letters of a look differ from plain ones: a space does not
// but when it is underlined or struck.
func (u *undresser) shows(s state, raw string) bool {
	if s == (state{pre: s.pre}) || u.before+u.out.len() > u.most {
		return false
	}
	return s.under || s.strike || strings.TrimSpace(raw) != ""
}

// hides is true inside an element whose words may be left out: elsewhere long
// texts need not be counted.
func (u *undresser) hides() bool {
	for i := range u.open {
		if u.open[i].hidden > 0 {
			return true
		}
	}
	return false
}

// text writes characters in their look.
func (u *undresser) text(raw string) {
	if raw == "" {
		return
	}
	if len(raw) < 64 || u.hides() {
		u.words += wordCount(raw)
	}
	s := u.state()
	if s.pre && strings.Contains(strings.Trim(raw, "\n"), "\n") {
		raw = strings.ReplaceAll(strings.Trim(raw, "\r\n"), "\n", "<br>")
	}
	if !u.shows(s, raw) {
		u.out.write(raw)
		return
	}
	for _, look := range lookTags {
		if look.is(s) {
			u.out.write(look.tag)
		}
	}
	u.out.write(raw)
	for _, look := range slices.Backward(lookTags) {
		if look.is(s) {
			u.out.write(look.ends)
		}
	}
}
