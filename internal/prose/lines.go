package prose

import "strings"

// Lines gives the words of d as they are read, a line for each leaf: without
// its marks, readings over ruby, and what draws breaks. It is what d is searched
// in, so that what stands beside each other on the page does so here.
func (d Document) Lines() string {
	var s strings.Builder
	writeLines(&s, d.Blocks)
	return s.String()
}

func writeLines(s *strings.Builder, blocks []Block) {
	for _, b := range blocks {
		if len(b.Inlines) > 0 {
			if s.Len() > 0 {
				s.WriteByte('\n')
			}
			writeRead(s, b.Inlines)
		}
		writeLines(s, b.Blocks)
	}
}

// writeRead writes runs as they are read.
func writeRead(s *strings.Builder, runs []Inline) {
	for _, run := range runs {
		switch run.Mark {
		case Text:
			s.WriteString(run.Text)
		case LineBreak:
			s.WriteByte('\n')
		case RubyText, RubyParenthesis:
		case Footnote:
			s.WriteString(" [")
			writeRead(s, run.Kids)
			s.WriteByte(']')
		default:
			writeRead(s, run.Kids)
		}
	}
}
