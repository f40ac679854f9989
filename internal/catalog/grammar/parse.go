package grammar

import (
	"slices"
	"strings"
	"unicode"
)

// deepest is how many brackets may stand within each other.
const deepest = 16

// opening and closing quotation marks; phones type those of printers.
const (
	opening = `"“„«`
	closing = `"”“»`
)

// parser walks a query from its beginning, a character at a time.
type parser struct {
	text  []rune
	at    int
	depth int
	fault *Fault
}

// Parse reads a query as a node of which all parts hold. OR binds more closely
// than words that stand side by side: lamp cat OR dog is lamp and one of the two.
func Parse(query string) (Node, *Fault) {
	p := parser{text: []rune(query)}
	whole := p.all()
	if p.fault == nil && p.at < len(p.text) {
		p.wrong(p.at, p.at+1, RuleClose, ")")
	}
	return whole, p.fault
}

// wrong notes what is wrong, unless something before it is.
func (p *parser) wrong(from, to int, rule, value string) {
	if p.fault == nil {
		p.fault = &Fault{Place: Place{from, to}, Rule: rule, Value: value}
	}
}

func (p *parser) typed(from int) string { return string(p.text[from:p.at]) }

// done reports whether nothing follows within the brackets that are open.
func (p *parser) done() bool {
	for p.at < len(p.text) && unicode.IsSpace(p.text[p.at]) {
		p.at++
	}
	return p.at == len(p.text) || p.text[p.at] == ')' || p.fault != nil
}

// operator is the word that stands here and joins others, if one does.
func (p *parser) operator(words ...string) string {
	end := p.at
	for end < len(p.text) && !unicode.IsSpace(p.text[end]) && !strings.ContainsRune("()", p.text[end]) {
		end++
	}
	if word := string(p.text[p.at:end]); slices.Contains(words, word) {
		return word
	}
	return ""
}

// follows reports whether a character stands right after this one.
func (p *parser) follows(c rune) bool { return p.at+1 < len(p.text) && p.text[p.at+1] == c }

// all reads what stands side by side.
func (p *parser) all() Node {
	n := Node{Join: All, Place: Place{From: p.at}}
	last := "" // the operator that waits for something
	lastAt := 0
	for !p.done() {
		if op := p.operator("AND", "&&"); op != "" {
			if len(n.Of) == 0 || last != "" {
				p.wrong(p.at, p.at+len(op), RuleBefore, op)
			}
			last, lastAt = op, p.at
			p.at += len(op)
			continue
		}
		if p.operator("-", "–", "—", "+", "/") != "" && !p.follows('(') { // between words, and means nothing
			p.at++
			continue
		}
		part := p.any()
		last = ""
		if part.Join == All {
			n.Of = append(n.Of, part.Of...)
		} else {
			n.Of = append(n.Of, part)
		}
	}
	if last != "" {
		p.wrong(lastAt, lastAt+len(last), RuleAfter, last)
	}
	n.To = p.at
	return n
}

// any reads what stands between ORs.
func (p *parser) any() Node {
	n := Node{Join: Any, Place: Place{From: p.at}}
	if op := p.operator("OR", "||"); op != "" {
		p.wrong(p.at, p.at+len(op), RuleBefore, op)
		return n
	}
	for {
		part := p.not()
		if part.Join == Any {
			n.Of = append(n.Of, part.Of...)
		} else {
			n.Of = append(n.Of, part)
		}
		n.To = p.at
		if p.done() {
			break
		}
		op, at := p.operator("OR", "||"), p.at
		if op == "" {
			break
		}
		p.at += len(op)
		if p.done() || p.operator("OR", "||", "AND", "&&") != "" {
			p.wrong(at, at+len(op), RuleAfter, op)
			break
		}
	}
	if len(n.Of) == 1 {
		return n.Of[0]
	}
	return n
}

// not reads what may stand after a minus.
func (p *parser) not() Node {
	from, is := p.at, true
	for !p.done() {
		at := p.at
		sign := p.operator("NOT")
		if sign == "" && strings.ContainsRune("-!−", p.text[p.at]) && p.at+1 < len(p.text) && !unicode.IsSpace(p.text[p.at+1]) {
			sign = p.typedNext()
		}
		if sign == "" {
			break
		}
		is = !is
		p.at += len([]rune(sign))
		if p.done() || p.operator("OR", "||", "AND", "&&") != "" {
			p.wrong(at, p.at, RuleAfter, sign)
		}
	}
	part := p.primary()
	switch {
	case is:
		return part
	case part.Join == Not:
		return part.Of[0]
	}
	return Node{Join: Not, Of: []Node{part}, Place: Place{from, p.at}}
}

func (p *parser) typedNext() string { return string(p.text[p.at : p.at+1]) }

// primary reads brackets, a phrase, a field or a word.
func (p *parser) primary() Node {
	if p.done() {
		return Node{Join: All}
	}
	switch c := p.text[p.at]; {
	case c == '(':
		return p.group()
	case strings.ContainsRune(opening, c):
		return p.phrase()
	}
	from := p.at
	if field, ok := p.field(); ok {
		return p.value(from, field)
	}
	n := Node{Value: p.word(), Place: Place{from, p.at}}
	if strings.Trim(n.Value, "*?") == "" {
		return Node{Join: All, Place: n.Place} // anything: asks nothing
	}
	return n
}

// group reads what stands between brackets.
func (p *parser) group() Node {
	from := p.at
	p.at++
	if p.depth++; p.depth > deepest {
		p.wrong(from, p.at, RuleDeep, "(")
		p.at = len(p.text)
		return Node{Join: All}
	}
	n := p.all()
	p.depth--
	if p.at == len(p.text) {
		p.wrong(from, from+1, RuleBracket, "(")
	} else {
		p.at++
	}
	n.Place = Place{from, p.at}
	if len(n.Of) == 1 {
		return n.Of[0]
	}
	return n
}

// phrase reads what stands between quotation marks; a backslash takes a mark
// its meaning.
func (p *parser) phrase() Node {
	from := p.at
	p.at++
	var said []rune
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		if c == '\\' && p.at+1 < len(p.text) && strings.ContainsRune(closing+`\`, p.text[p.at+1]) {
			p.at++
			said = append(said, p.text[p.at])
			continue
		}
		if strings.ContainsRune(closing, c) {
			p.at++
			n := Node{Value: string(said), Quoted: true, Place: Place{from, p.at}}
			if strings.TrimSpace(n.Value) == "" {
				return Node{Join: All, Place: n.Place}
			}
			return n
		}
		said = append(said, c)
	}
	p.wrong(from, from+1, RuleQuote, string(p.text[from]))
	return Node{Join: All}
}

// word reads up to a space, or to the bracket that ends what it stands in.
func (p *parser) word() string {
	from, open := p.at, 0
	for p.at < len(p.text) && !unicode.IsSpace(p.text[p.at]) {
		switch p.text[p.at] {
		case '(':
			open++
		case ')':
			if open--; open < 0 {
				return p.typed(from)
			}
		}
		p.at++
	}
	return p.typed(from)
}
