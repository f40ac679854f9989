package manuscript

import "strings"

// definitions are the lines of a Markdown text that say where its links lead
// and what its footnotes are, by what names them, so that a block read alone
// finds them.
type definitions map[string]string

// mostBeside is how many bytes of definitions are put beside one block, and
// mostBesideBatch beside the blocks of a batch: no page has so many notes.
const (
	mostBeside      = 4096
	mostBesideBatch = 24 << 10
)

// definitionsIn finds the definitions of a text. The first of two counts, as
// in Markdown.
func definitionsIn(lines []line) definitions {
	d := definitions{}
	for _, l := range lines {
		if l.text[0] != '[' || len(l.text) > mostBeside || !definition.MatchString(l.text) {
			continue
		}
		if name := nameOf(l.text[1:strings.IndexByte(l.text, ']')]); d[name] == "" {
			d[name] = l.text
		}
	}
	return d
}

// nameOf is what names a definition, whatever capitals and spaces it is typed with.
func nameOf(typed string) string {
	return strings.ToLower(strings.Join(strings.Fields(typed), " "))
}

// beside puts the definitions beside a block that it names, and those that
// they name. What it takes of the room is gone for the blocks that follow.
func (d definitions) beside(text string, room *int) string {
	if len(d) == 0 || strings.IndexByte(text, '[') < 0 || definition.MatchString(text) {
		return text
	}
	left := min(mostBeside, *room)
	*room -= left
	taken := map[string]bool{}
	var found strings.Builder
	for look := text; look != ""; {
		from := found.Len()
		for at := strings.IndexByte(look, '['); at >= 0; at = strings.IndexByte(look, '[') {
			look = look[at+1:]
			end := strings.IndexAny(look, "[]")
			if end < 0 || look[end] == '[' {
				continue
			}
			name := nameOf(look[:end])
			if line := d[name]; line != "" && !taken[name] && len(line) < left {
				taken[name] = true
				left -= len(line) + 2
				found.WriteString("\n\n")
				found.WriteString(line)
			}
		}
		look = found.String()[from:]
	}
	*room += left
	if found.Len() == 0 {
		return text
	}
	return text + found.String() + "\n"
}
