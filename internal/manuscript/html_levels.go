package manuscript

import "strings"

// headingLevels are the levels of the headings a page has, in order, but for
// those that are written in its title or head.
func headingLevels(page string) (levels []int) {
	endless := false // a title or head has no end, so no other behind it has one
	for at := 0; ; at++ {
		next := strings.IndexByte(page[at:], '<')
		if next < 0 || at+next+3 >= len(page) {
			return levels
		}
		at += next
		tag := page[at+1:]
		if level := levelOf(tag); level > 0 {
			levels = append(levels, level)
			continue
		}
		if !endless && (beginsTag(tag, "title") || beginsTag(tag, "head")) {
			long := titleLength(tag)
			endless = long == 0
			at += long // the next look begins behind its end
		}
	}
}

// levelOf is the level of the heading a tag opens; 0: it opens none.
func levelOf(tag string) int {
	if tag[0]|0x20 != 'h' || tag[1] < '1' || tag[1] > '6' || tag[2] != '>' && !isPageSpace(tag[2]) {
		return 0
	}
	return int(tag[1] - '0')
}

// titleLength is how long a title or a head is, from the name in its tag to the
// last sign of its end; 0: it has none.
func titleLength(tag string) int {
	inside := strings.IndexByte(tag, '>')
	if inside < 0 {
		return 0
	}
	end := endOfTitle(tag[inside:])
	if end < 0 {
		return 0
	}
	return inside + end
}

func isPageSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// beginsTag is true for a tag of the name, whatever its case.
func beginsTag(tag, name string) bool {
	return len(tag) > len(name) && strings.EqualFold(tag[:len(name)], name) && !wordBytes[tag[len(name)]]
}

// endOfTitle is where the first end tag of a title or a head is over; -1: there
// is none.
func endOfTitle(text string) int {
	for at := 0; ; at += 2 {
		next := strings.Index(text[at:], "</")
		if next < 0 {
			return -1
		}
		at += next
		for _, tag := range []string{"title>", "head>"} {
			if rest := text[at+2:]; len(rest) >= len(tag) && strings.EqualFold(rest[:len(tag)], tag) {
				return at + 2 + len(tag)
			}
		}
	}
}
