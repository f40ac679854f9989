package grammar

import (
	"slices"
	"strings"
	"unicode"
)

// UnknownField is a word that is typed like a field and its value, while no field
// has that name: it is sought as it stands.
type UnknownField struct {
	Name  string // as it was typed, without its sign
	Words string // all of it
	Near  string // the name of a field that is one slip away; empty: none is
}

// UnknownFields lists those of a query, in their order, each once.
func (n Node) UnknownFields() (found []UnknownField) {
	if n.Join == Leaf && n.Field == Anywhere && !n.Quoted {
		if name := fieldLike(n.Value); name != "" {
			return []UnknownField{{Name: name, Words: n.Value, Near: nearField(strings.ToLower(name))}}
		}
	}
	for _, part := range n.Of {
		for _, one := range part.UnknownFields() {
			if !slices.Contains(found, one) {
				found = append(found, one)
			}
		}
	}
	return found
}

// fieldLike is what stands before the sign of a word that is typed like a field;
// empty where it is not: an address, a time of day, a face.
func fieldLike(word string) string {
	at := strings.IndexAny(word, ":=<>≤≥")
	if at < 0 || strings.ContainsFunc(word[:at], func(c rune) bool { return !unicode.IsLetter(c) && c != '_' }) || len([]rune(word[:at])) < 2 {
		return ""
	}
	value := []rune(strings.TrimLeft(word[at:], ":=<>≤≥"))
	isColon := strings.HasPrefix(word[at:], ":") && !strings.HasPrefix(word[at:], "::")
	switch {
	case len(value) == 0:
		return ""
	case isColon && (unicode.IsLetter(value[0]) || strings.ContainsRune(opening, value[0])), unicode.IsDigit(value[0]):
		return word[:at]
	}
	return ""
}

// nearField is the first of the names of fields that one letter too many, too
// few, another or two that changed places make of a name.
func nearField(name string) string {
	near := ""
	for known, f := range fields {
		if f == Foreign || len([]rune(name)) < 3 || !isSlip([]rune(name), []rune(known)) {
			continue
		}
		if isOurs := known == string(f); near == "" || isOurs && near != string(fields[near]) || isOurs == (near == string(fields[near])) && known < near {
			near = known
		}
	}
	return near
}

// isSlip reports whether one slip of a key makes one word the other.
func isSlip(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) < 2 && len(b) < 2 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
