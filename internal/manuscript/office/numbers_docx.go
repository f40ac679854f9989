package office

import (
	"strconv"
	"strings"
	"unicode"
)

// numbering knows the lists of a file and counts their items.
type numbering struct {
	abstract map[string]*numLevels
	nums     map[string]string // number of a list to what it is an instance of
	restarts map[string]map[int]int
	counts   map[string]*[9]int
	begun    map[string]bool
}

// numLevels are the levels of a list.
type numLevels [9]numLevel

// numLevel is how one level of a list is numbered.
type numLevel struct {
	format string
	text   string // "%1." and the like
	start  int
}

func readNumbering(data []byte) (*numbering, error) {
	n := &numbering{abstract: map[string]*numLevels{}, nums: map[string]string{}, restarts: map[string]map[int]int{}, counts: map[string]*[9]int{}, begun: map[string]bool{}}
	s := scan(data)
	for s.next() {
		switch {
		case s.kind != startTag || len(n.nums)+len(n.abstract) > mostEntries:
		case s.is(inW, "abstractNum"):
			n.readAbstract(s)
		case s.is(inW, "num"):
			n.readNum(s)
		}
	}
	return n, s.err
}

func (n *numbering) readAbstract(s *scanner) {
	var levels numLevels
	n.abstract[s.val("abstractNumId")] = &levels
	s.each(func() {
		if string(s.name) != "lvl" {
			return
		}
		at, err := strconv.Atoi(s.val("ilvl"))
		if err != nil || at < 0 || at > 8 {
			return
		}
		level := &levels[at]
		level.start = 1
		s.each(func() {
			switch string(s.name) {
			case "numFmt":
				level.format = s.val("val")
			case "lvlText":
				level.text = s.val("val")
			case "start":
				level.start, _ = strconv.Atoi(s.val("val"))
			}
		})
	})
}

func (n *numbering) readNum(s *scanner) {
	id := s.val("numId")
	s.each(func() {
		switch string(s.name) {
		case "abstractNumId":
			n.nums[id] = s.val("val")
		case "lvlOverride":
			at, _ := strconv.Atoi(s.val("ilvl"))
			s.each(func() {
				if start, err := strconv.Atoi(s.val("val")); err == nil && string(s.name) == "startOverride" {
					if n.restarts[id] == nil {
						n.restarts[id] = map[int]int{}
					}
					n.restarts[id][at] = start
				}
			})
		}
	})
}

// label is how an item of a list begins.
type label struct {
	item *item  // nil: the paragraph is no item, but begins with text
	text string // what stands before it
}

// count takes the next item of a list and gives how it begins.
func (n *numbering) count(id string, at int) label {
	levels := n.abstract[n.nums[id]]
	if levels == nil || at < 0 || at > 8 {
		return label{item: &item{id: id, level: max(at, 0)}}
	}
	counts := n.counts[n.nums[id]]
	if counts == nil {
		counts = &[9]int{}
		n.counts[n.nums[id]] = counts
	}
	n.restart(id, counts)
	level := levels[at]
	if counts[at] == 0 {
		counts[at] = level.start
	} else {
		counts[at]++
	}
	for deeper := at + 1; deeper < 9; deeper++ {
		counts[deeper] = 0
	}
	return levels.label(id, at, counts)
}

// restart has a list that says so begin again where it is first used.
func (n *numbering) restart(id string, counts *[9]int) {
	if n.begun[id] {
		return
	}
	n.begun[id] = true
	for at, start := range n.restarts[id] {
		if at >= 0 && at < 9 {
			counts[at] = start - 1
			if start <= 1 {
				counts[at] = 0
			}
		}
	}
}

// labelText is the number of an item as the list shows it.
func (levels *numLevels) labelText(at int, counts *[9]int) string {
	text := levels[at].text
	for i := range at + 1 {
		if sign := "%" + strconv.Itoa(i+1); strings.Contains(text, sign) {
			text = strings.ReplaceAll(text, sign, written(max(counts[i], levels[i].start), levels[i].format))
		}
	}
	return text
}

func (levels *numLevels) label(id string, at int, counts *[9]int) label {
	level := levels[at]
	switch {
	case level.format == "none":
		return label{text: strings.TrimSpace(level.text)}
	case level.format == "bullet" && isDash(level.text):
		return label{text: level.text} // speech begins with a dash, which Word took for a list
	case level.format == "bullet" || level.format == "":
		return label{item: &item{id: id, level: at}}
	case strings.IndexFunc(strings.ReplaceAll(level.text, "%", ""), unicode.IsLetter) >= 0:
		return label{text: levels.labelText(at, counts)} // "Chapter 1": words of the story
	}
	return label{item: &item{id: id, level: at, ordered: true, number: counts[at]}}
}

func isDash(text string) bool {
	switch strings.TrimSpace(text) {
	case "-", "–", "—", "―", "‒":
		return true
	}
	return false
}

// written writes a number as its format says.
func written(n int, format string) string {
	switch format {
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letter(n)
	case "lowerLetter":
		return strings.ToLower(letter(n))
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.n {
			b.WriteString(r.s)
			n -= r.n
		}
	}
	return b.String()
}

func letter(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

// headingText is the number of a heading as its list shows it.
func (n *numbering) headingText(id string, at int) string {
	levels, counts := n.abstract[n.nums[id]], n.counts[n.nums[id]]
	if levels == nil || counts == nil || at > 8 {
		return ""
	}
	return levels.labelText(at, counts)
}
