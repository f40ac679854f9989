package grammar

import (
	"strings"
	"unicode"
)

// field reads the name of a field and its sign, if one stands here.
func (p *parser) field() (f Field, is bool) {
	end := p.at
	for end < len(p.text) && (unicode.IsLetter(p.text[end]) || p.text[end] == '_') {
		end++
	}
	name := strings.ToLower(string(p.text[p.at:end]))
	f, known := fields[name]
	switch {
	case choices[name] && isChoice(p.text[end:]):
		f, known = Foreign, true
	case name == string(Fandoms) && isCount(string(p.text[end:min(len(p.text), end+longestCount)])):
		f = Fandoms
	}
	if !known {
		return "", false
	}
	if f.IsFigure() || f.IsDay() {
		end = p.signAfter(end)
	}
	if end == len(p.text) || !strings.ContainsRune(":=<>≤≥", p.text[end]) {
		return "", false
	}
	p.at = end
	return f, true
}

// isChoice reports whether a colon stands here, and true or false after it.
func isChoice(text []rune) bool {
	said := strings.ToLower(string(text[:min(len(text), len(":false"))]))
	return strings.HasPrefix(said, ":true") || strings.HasPrefix(said, ":false")
}

// longestCount is as much of a query as says whether a number follows.
const longestCount = 24

// mostDigits are those of a number of fandoms that stands alone: 1917 is the
// name of one.
const mostDigits = 2

// isCount reports whether a sign stands here and a number after it, or a span of
// numbers, and not a name.
func isCount(rest string) bool {
	value := strings.TrimLeft(rest, ":=")
	if strings.IndexAny(strings.TrimLeftFunc(value, unicode.IsSpace), "<>≤≥") == 0 {
		return true
	}
	if end := strings.IndexFunc(value, func(c rune) bool { return unicode.IsSpace(c) || c == ')' }); end >= 0 {
		value = value[:end]
	}
	inner := strings.TrimLeft(value, "[{")
	from, to, isSpan := strings.Cut(strings.TrimSuffix(inner, "*"), "-")
	isSpan = isSpan || inner != value
	isNumber := strings.Trim(from+to, "0123456789") == "" && inner != "" && inner != "-"
	return isNumber && (isSpan || len(from) <= mostDigits)
}

// signAfter is where the sign of words > 1000 stands, if one does.
func (p *parser) signAfter(end int) int {
	sign := end
	for sign < len(p.text) && unicode.IsSpace(p.text[sign]) {
		sign++
	}
	if sign < len(p.text) && strings.ContainsRune("<>≤≥", p.text[sign]) {
		return sign
	}
	return end
}

// value reads what stands after the sign of a field.
func (p *parser) value(from int, f Field) Node {
	sign := p.sign()
	typed := p.typed(from)
	n := Node{Field: f, Typed: typed, Sign: sign, Place: Place{From: from}}
	if p.done() || p.operator("OR", "||", "AND", "&&", "NOT") != "" {
		return p.lacks(n)
	}
	switch c := p.text[p.at]; {
	case c == '(' && (f.IsText() || f.IsTag()):
		n = p.group()
		n.within(f, typed)
		return n
	case strings.ContainsRune(opening, c):
		said := p.phrase()
		n.Value, n.Quoted = said.Value, true
	case strings.ContainsRune("[{", c):
		n.Value = p.range_()
	default:
		n.Value = p.word()
	}
	n.To = p.at
	if strings.TrimSpace(n.Value) == "" {
		return p.lacks(n)
	}
	if f == Foreign {
		p.wrong(n.From, n.To, RuleForeign, n.Typed+n.Value)
	}
	return n
}

// lacks notes that a field has no value.
func (p *parser) lacks(n Node) Node {
	rule := RuleAfter
	if n.Field.IsFigure() {
		rule = RuleNumber
	}
	p.wrong(n.From, n.From+len([]rune(n.Typed)), rule, n.Typed)
	return Node{Join: All}
}

// sign reads the sign of a field: a colon, and less or more than.
func (p *parser) sign() string {
	var sign string
	for ; p.at < len(p.text) && strings.ContainsRune(":=<>≤≥", p.text[p.at]); p.at++ {
		switch c := p.text[p.at]; c {
		case '<', '>':
			sign = string(c)
		case '≤':
			sign = "<="
		case '≥':
			sign = ">="
		case '=':
			if sign == "<" || sign == ">" {
				sign += "="
			}
		}
	}
	return sign
}

// range_ reads [a TO b] up to its bracket.
func (p *parser) range_() string {
	from := p.at
	for p.at++; p.at < len(p.text); p.at++ {
		if strings.ContainsRune("]}", p.text[p.at]) {
			p.at++
			return p.typed(from)
		}
	}
	p.wrong(from, from+1, RuleBracket, string(p.text[from]))
	return p.typed(from)
}

// within asks everything between brackets of the field before them.
func (n *Node) within(f Field, typed string) {
	if n.Join == Leaf && n.Field == Anywhere {
		n.Field, n.Typed = f, typed
	}
	for i := range n.Of {
		n.Of[i].within(f, typed)
	}
}

// Quote writes a value so that it is read as one word or phrase.
func Quote(value string) string {
	plain := func(i int, c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || i > 0 && strings.ContainsRune("'’.-_/&*", c)
	}
	bare := value != ""
	for i, c := range value {
		bare = bare && plain(i, c)
	}
	switch value {
	case "OR", "AND", "NOT":
		bare = false
	}
	if bare {
		return value
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range value {
		if strings.ContainsRune(closing+`\`, c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	b.WriteByte('"')
	return b.String()
}
