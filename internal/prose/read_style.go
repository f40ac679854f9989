package prose

import (
	"strconv"
	"strings"
)

// look is what the presentation of one tag means: the marks its inline style
// amounts to, its alignment, and which marks of its own it takes back.
type look struct {
	marks     []Mark
	align     Align
	aligned   bool // an alignment was named, start included
	notItalic bool
	notBold   bool
	open      bool   // details
	dir       string // from direction
}

func (l *look) setAlign(value string) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "center", "centre", "middle":
		l.align, l.aligned = AlignCentre, true
	case "right", "end":
		l.align, l.aligned = AlignRight, true
	case "left", "start", "justify":
		l.align, l.aligned = AlignStart, true
	}
}

// style reads an inline style. What means something to a reader becomes a mark
// or an alignment; the rest is told and forgotten.
func (l *look) style(value, element string, drop func(string)) {
	for declaration := range strings.SplitSeq(value, ";") {
		property, setting, found := strings.Cut(declaration, ":")
		if !found {
			continue
		}
		property = strings.ToLower(strings.TrimSpace(property))
		setting = strings.ToLower(strings.TrimSpace(setting))
		if !l.declare(property, setting, element) {
			drop(droppedStyle(property))
		}
	}
}

// declare takes one declaration and tells whether it means something to us.
func (l *look) declare(property, setting, element string) bool {
	switch property {
	case "font-style":
		l.notItalic = setting == "normal"
		l.markIf(Emphasis, strings.HasPrefix(setting, "italic") || strings.HasPrefix(setting, "oblique"))
	case "font-weight":
		l.notBold = !isBold(setting)
		l.markIf(Strong, isBold(setting) && !boldAnyway(element))
	case "text-decoration", "text-decoration-line":
		l.markIf(Underline, strings.Contains(setting, "underline") && element != "a")
		l.markIf(Strike, strings.Contains(setting, "line-through"))
	case "font-variant", "font-variant-caps":
		l.markIf(SmallCaps, strings.Contains(setting, "small-caps"))
	case "vertical-align":
		l.markIf(Superscript, setting == "super")
		l.markIf(Subscript, setting == "sub")
	case "text-align":
		l.setAlign(setting)
	case "direction":
		if setting == "rtl" || setting == "ltr" {
			l.dir = setting
		}
	default:
		return false
	}
	return true
}

func (l *look) markIf(m Mark, yes bool) {
	if yes {
		l.marks = append(l.marks, m)
	}
}

func isBold(weight string) bool {
	if weight == "bold" || weight == "bolder" {
		return true
	}
	n, err := strconv.Atoi(weight)
	return err == nil && n >= 600
}

// boldAnyway names the elements that a page sets bold without being asked.
func boldAnyway(element string) bool {
	switch element {
	case "h1", "h2", "h3", "h4", "h5", "h6", "th", "b", "strong":
		return true
	}
	return false
}

func droppedStyle(property string) string {
	switch property {
	case "color":
		return "font-colour"
	case "background", "background-color":
		return "background"
	case "font-family":
		return "font-face"
	case "font-size":
		return "font-size"
	}
	return "style"
}
