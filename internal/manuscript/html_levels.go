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
		switch tag[0] | 0x20 {
		case 'h':
			if level := tag[1]; level >= '1' && level <= '6' && (tag[2] == '>' || isPageSpace(tag[2])) {
				levels = append(levels, int(level-'0'))
				continue
			}
		case 't':
		default:
			continue
		}
		if !endless && (beginsTag(tag, "title") || beginsTag(tag, "head")) {
			inside := strings.IndexByte(tag, '>')
			end := -1
			if inside >= 0 {
				end = endOfTitle(tag[inside:])
			}
			if endless = end < 0; !endless {
				at += inside + end // the next look begins behind its end
			}
		}
	}
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
