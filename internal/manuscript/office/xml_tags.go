package office

import "bytes"

// start takes the start of an element.
func (s *scanner) start() bool {
	if len(s.open) >= deepest {
		return s.fail(errUnsafe)
	}
	i := s.nameEnd(s.at + 1)
	qname := s.data[s.at+1 : i]
	if len(qname) == 0 {
		return s.fail(errBroken)
	}
	bound := len(s.bindings)
	s.attrs = s.attrs[:0]
	for {
		i = s.pastSpace(i)
		if i < 0 || i >= len(s.data) {
			return s.fail(errBroken)
		}
		if s.data[i] == '>' || s.data[i] == '/' {
			break
		}
		i = s.attribute(i)
	}
	if s.data[i] == '/' {
		if i++; i >= len(s.data) || s.data[i] != '>' {
			return s.fail(errBroken)
		}
		s.closes = true
	}
	s.at = i + 1
	prefix, local := splitName(qname)
	s.kind, s.name, s.space = startTag, local, s.spaceOf(prefix)
	s.open = append(s.open, openTag{qname, s.space, bound})
	return true
}

// nameEnd is where the name that begins at i ends.
func (s *scanner) nameEnd(i int) int {
	for i < len(s.data) && !isSpace(s.data[i]) && s.data[i] != '>' && s.data[i] != '/' && s.data[i] != '=' {
		i++
	}
	return i
}

// pastSpace is where the white space at i ends; -1 stays -1.
func (s *scanner) pastSpace(i int) int {
	for i >= 0 && i < len(s.data) && isSpace(s.data[i]) {
		i++
	}
	return i
}

// mostAttrs bounds what one tag may carry.
const mostAttrs = 200

// attribute reads the one that begins at i and gives where it ends, or -1.
func (s *scanner) attribute(i int) int {
	from, end := i, s.nameEnd(i)
	name := s.data[i:end]
	i = s.pastSpace(end)
	if i >= len(s.data) || s.data[i] != '=' || len(name) == 0 || len(s.attrs) >= mostAttrs {
		return -1
	}
	i = s.pastSpace(i + 1)
	if i >= len(s.data) || s.data[i] != '"' && s.data[i] != '\'' {
		return -1
	}
	length := bytes.IndexByte(s.data[i+1:], s.data[i])
	if length < 0 {
		return -1
	}
	value := s.data[i+1 : i+1+length]
	prefix, local := splitName(name)
	switch {
	case string(prefix) == "xmlns":
		s.bindings = append(s.bindings, binding{local, spaces[string(value)]})
	case string(name) == "xmlns":
		s.bindings = append(s.bindings, binding{nil, spaces[string(value)]})
	}
	s.attrs = append(s.attrs, attr{name, local, value, from, i + 1})
	return i + length + 2
}

func splitName(qname []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(qname, ':'); i >= 0 {
		return qname[:i], qname[i+1:]
	}
	return nil, qname
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (s *scanner) spaceOf(prefix []byte) space {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if bytes.Equal(s.bindings[i].prefix, prefix) {
			return s.bindings[i].space
		}
	}
	return other
}
