package manuscript

import (
	"slices"
	"strings"
)

// turn is a property that may be named on, named off, or not named.
type turn uint8

const (
	unsaid turn = iota
	on
	off
)

func turnIf(yes bool) turn {
	if yes {
		return on
	}
	return off
}

// styled is what declarations of a style mean to a reader of the story.
type styled struct {
	italic, bold, under, strike, caps, hidden, pre, raised, lowered turn

	align        string // "center", "right", "left"
	dir          string
	above, below bool // a line is drawn there
	boxed        bool // a line is drawn at the sides too: a frame, no break
	newPage      bool // a page begins before it
	comment      bool // a list of remarks that Word puts behind the text
}

// over gives s with all that t names laid over it.
func (s styled) over(t styled) styled {
	for _, pair := range []struct{ to, from *turn }{
		{&s.italic, &t.italic}, {&s.bold, &t.bold}, {&s.under, &t.under}, {&s.strike, &t.strike}, {&s.caps, &t.caps},
		{&s.hidden, &t.hidden}, {&s.pre, &t.pre}, {&s.raised, &t.raised}, {&s.lowered, &t.lowered},
	} {
		if *pair.from != unsaid {
			*pair.to = *pair.from
		}
	}
	if t.align != "" {
		s.align = t.align
	}
	if t.dir != "" {
		s.dir = t.dir
	}
	s.above, s.below = s.above || t.above, s.below || t.below
	s.boxed, s.newPage, s.comment = s.boxed || t.boxed, s.newPage || t.newPage, s.comment || t.comment
	return s
}

// readDeclarations reads "property: value; …" and tells each property that
// means nothing to us.
func readDeclarations(text string, drop func(property string)) styled {
	var s styled
	for declaration := range strings.SplitSeq(text, ";") {
		property, value, found := strings.Cut(declaration, ":")
		if !found {
			continue
		}
		property = strings.ToLower(strings.TrimSpace(property))
		value = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important")))
		if !s.letters(property, value) && !s.block(property, value) && drop != nil {
			drop(property)
		}
	}
	return s
}

// letters takes a declaration about how letters look.
func (s *styled) letters(property, value string) bool {
	switch property {
	case "font-style":
		s.italic = turnIf(strings.HasPrefix(value, "italic") || strings.HasPrefix(value, "oblique"))
	case "font-weight":
		s.bold = turnIf(boldWeight(value))
	case "text-decoration", "text-decoration-line":
		if strings.Contains(value, "underline") {
			s.under = on
		}
		if strings.Contains(value, "line-through") {
			s.strike = on
		}
		if strings.HasPrefix(value, "none") {
			s.under, s.strike = off, off
		}
	case "font-variant", "font-variant-caps":
		s.caps = turnIf(strings.Contains(value, "small-caps"))
	case "vertical-align":
		s.raised, s.lowered = turnIf(value == "super"), turnIf(value == "sub")
	case "white-space":
		s.pre = turnIf(strings.HasPrefix(value, "pre"))
	case "font":
		s.italic = turnIf(strings.Contains(value, "italic"))
		s.bold = turnIf(slices.ContainsFunc(strings.Fields(value), boldWeight))
		return false // its face and size go
	default:
		return false
	}
	return true
}

func boldWeight(value string) bool {
	switch value {
	case "bold", "bolder", "600", "700", "800", "900":
		return true
	}
	return false
}

// block takes a declaration about how a paragraph stands.
func (s *styled) block(property, value string) bool {
	switch property {
	case "text-align":
		s.align = map[string]string{"center": "center", "right": "right", "end": "right"}[value]
		if s.align == "" {
			s.align = "left"
		}
	case "direction":
		s.dir = value
	case "display":
		s.hidden = turnIf(value == "none")
	case "visibility":
		s.hidden = turnIf(value == "hidden")
	case "mso-hide":
		s.hidden = turnIf(value == "all")
	case "mso-element":
		s.comment = value == "comment-list"
	case "border", "border-style":
		drawn := drawsLine(value)
		s.above, s.below, s.boxed = drawn, drawn, drawn
	case "border-top", "border-top-style", "mso-border-top-alt":
		s.above = s.above || drawsLine(value)
	case "border-bottom", "border-bottom-style", "mso-border-bottom-alt":
		s.below = s.below || drawsLine(value)
	case "border-left", "border-right", "border-left-style", "border-right-style":
		s.boxed = s.boxed || drawsLine(value)
	case "page-break-before", "break-before":
		s.newPage = value == "always" || value == "page" || value == "right" || value == "left"
	default:
		return false
	}
	return true
}

func drawsLine(value string) bool {
	for _, word := range []string{"solid", "double", "dashed", "dotted", "groove", "ridge", "windowtext"} {
		if strings.Contains(value, word) {
			return !strings.HasPrefix(value, "0 ") && !strings.HasPrefix(value, "0px")
		}
	}
	return false
}

// droppedProperty is the kind under which a property is told as left out.
func droppedProperty(property string) string {
	switch property {
	case "color":
		return "font-colour"
	case "background", "background-color":
		return "background"
	case "font-family", "font":
		return "font-face"
	case "font-size":
		return "font-size"
	}
	return "style"
}

// compound is one part of a selector: a tag, an id and classes.
type compound struct {
	tag, id string
	classes []string
}

func (c compound) matches(e *element) bool {
	if c.tag != "" && c.tag != e.name || c.id != "" && c.id != e.id {
		return false
	}
	for _, class := range c.classes {
		if !slices.Contains(e.classes, class) {
			return false
		}
	}
	return true
}

// cssRule is one selector of a stylesheet with what it declares.
type cssRule struct {
	self   compound
	around []compound // what must stand around it, outermost first
	weight int        // specificity, then order
	style  styled
}

// stylesheet holds a page's own rules by the tag, class or id they end in.
type stylesheet struct {
	rules   map[string][]cssRule
	classes map[string]bool // the classes it names
	count   int
	budget  int // comparisons that may still be made
}

const (
	mostRules    = 5000
	mostSelector = 400
	mostMatches  = 25_000_000
)

func newStylesheet() *stylesheet {
	return &stylesheet{rules: map[string][]cssRule{}, classes: map[string]bool{}, budget: mostMatches}
}

// add reads a stylesheet. Rules for print and inside pages are not a reader's.
func (s *stylesheet) add(css string) {
	css = withoutRemarks(css)
	for s.count < mostRules {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		head := css[:open]
		if semicolon := strings.LastIndexByte(head, ';'); semicolon >= 0 {
			head = head[semicolon+1:] // an @import before it
		}
		head = strings.TrimSpace(strings.TrimLeft(head, "} \n\t\r\f"))
		css = css[open+1:]
		if strings.HasPrefix(head, "@media") && !strings.Contains(head, "print") || strings.HasPrefix(head, "@supports") || strings.HasPrefix(head, "@layer") {
			continue // its rules stand as if alone
		}
		end := closingBrace(css)
		if !strings.HasPrefix(head, "@") {
			s.addRule(head, css[:end])
		}
		css = css[min(end+1, len(css)):]
	}
}

func withoutRemarks(css string) string {
	var out strings.Builder
	for {
		from := strings.Index(css, "/*")
		if from < 0 {
			break
		}
		out.WriteString(css[:from])
		to := strings.Index(css[from+2:], "*/")
		if to < 0 {
			css = ""
			break
		}
		css = css[from+2+to+2:]
	}
	out.WriteString(css)
	return strings.NewReplacer("<!--", " ", "-->", " ").Replace(out.String())
}

// closingBrace is where the block that has just been opened ends.
func closingBrace(css string) int {
	depth := 1
	for i := 0; i < len(css); i++ {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(css)
}

func (s *stylesheet) addRule(selectors, declarations string) {
	style := readDeclarations(declarations, nil)
	for selector := range strings.SplitSeq(selectors, ",") {
		selector = strings.ToLower(strings.TrimSpace(selector))
		if selector == "" || len(selector) > mostSelector || strings.ContainsAny(selector, ":[+~*\\") || s.count >= mostRules {
			continue
		}
		var chain []compound
		weight := 0
		for part := range strings.FieldsSeq(strings.ReplaceAll(selector, ">", " ")) {
			c := readCompound(part)
			weight += 100*boolInt(c.id != "") + 10*len(c.classes) + boolInt(c.tag != "")
			chain = append(chain, c)
			for _, class := range c.classes {
				s.classes[class] = true
			}
		}
		if len(chain) == 0 {
			continue
		}
		s.count++
		self := chain[len(chain)-1]
		rule := cssRule{self: self, around: chain[:len(chain)-1], weight: weight*10*mostRules + s.count, style: style}
		if weight < 10 {
			rule.style.above, rule.style.below = false, false // lines under every paragraph part nothing
		}
		key := keyOf(self)
		s.rules[key] = append(s.rules[key], rule)
	}
}

// readCompound reads "p.c3#top".
func readCompound(text string) compound {
	var c compound
	for text != "" {
		end := strings.IndexAny(text[1:], ".#") + 1
		if end == 0 {
			end = len(text)
		}
		switch text[0] {
		case '.':
			c.classes = append(c.classes, text[1:end])
		case '#':
			c.id = text[1:end]
		default:
			c.tag = text[:end]
		}
		text = text[end:]
	}
	return c
}

func keyOf(c compound) string {
	switch {
	case c.id != "":
		return "#" + c.id
	case len(c.classes) > 0:
		return "." + c.classes[0]
	}
	return c.tag
}

// styleOf is what the rules mean for an element among those open around it.
func (s *stylesheet) styleOf(e *element, open []element) styled {
	if s.count == 0 {
		return styled{}
	}
	var found []cssRule
	collect := func(key string) {
		for _, rule := range s.rules[key] {
			if s.budget -= 1 + len(rule.around)*len(open); s.budget < 0 {
				return
			}
			if rule.self.matches(e) && standsIn(rule.around, open) {
				found = append(found, rule)
			}
		}
	}
	collect(e.name)
	if e.id != "" {
		collect("#" + e.id)
	}
	for _, class := range e.classes {
		collect("." + class)
	}
	slices.SortFunc(found, func(a, b cssRule) int { return a.weight - b.weight })
	var style styled
	for _, rule := range found {
		style = style.over(rule.style)
	}
	return style
}

// standsIn is true when elements match the compounds in order, outermost first.
func standsIn(around []compound, open []element) bool {
	for i := range open {
		if len(around) == 0 {
			return true
		}
		if around[0].matches(&open[i]) {
			around = around[1:]
		}
	}
	return len(around) == 0
}
