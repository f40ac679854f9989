package prose

import "strings"

var (
	textEscapes  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	valueEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

// inlines writes runs.
func (m *markup) inlines(runs []Inline) {
	for _, run := range runs {
		m.inline(run)
	}
}

func (m *markup) inline(run Inline) {
	switch run.Mark {
	case Text:
		_, _ = textEscapes.WriteString(m, run.Text)
		return
	case LineBreak:
		m.void("br", nil)
		return
	case Picture:
		m.void("img", run.Attrs)
		return
	case Link:
		if m.xml && !isExternal(run.Attrs.Get("href")) {
			m.inline(Inline{Mark: Span, Attrs: run.Attrs.without("href"), Kids: run.Kids})
			return
		}
	case Span:
		if len(run.Attrs) == 0 {
			m.inlines(run.Kids)
			return
		}
	}
	attrs := run.Attrs
	if class := markClass(run.Mark); class != "" {
		if own := attrs.Get("class"); own != "" {
			class += " " + own
		}
		attrs = attrs.with("class", class)
	}
	name := markElements[run.Mark]
	m.open(name, attrs)
	m.inlines(run.Kids)
	m.close(name)
}

func (m *markup) open(name string, attrs Attrs) {
	m.WriteByte('<')
	m.WriteString(name)
	m.attributes(attrs)
	m.WriteByte('>')
}

func (m *markup) close(name string) {
	m.WriteString("</")
	m.WriteString(name)
	m.WriteByte('>')
}

func (m *markup) void(name string, attrs Attrs) {
	m.WriteByte('<')
	m.WriteString(name)
	m.attributes(attrs)
	if m.xml {
		m.WriteByte('/')
	}
	m.WriteByte('>')
}

func (m *markup) attributes(attrs Attrs) {
	for _, attr := range attrs {
		if m.xml && attr.Name == "cite" && !isExternal(attr.Value) {
			continue
		}
		m.attribute(attr.Name, attr.Value)
		if m.xml && attr.Name == "lang" {
			m.attribute("xml:lang", attr.Value)
		}
	}
}

func (m *markup) attribute(name, value string) {
	m.WriteByte(' ')
	m.WriteString(name)
	m.WriteString(`="`)
	_, _ = valueEscapes.WriteString(m, value)
	m.WriteByte('"')
}
