package manuscript

import (
	"regexp"
	"strings"

	"ficus/internal/prose"
)

// legend is what the writer says her marks mean: "/x/ = thoughts".
type legend struct {
	meaning map[byte]prose.Mark
	slashes int // how often /x/ stands in the text
}

var (
	legendWords = regexp.MustCompile(`^["“(]?([/*_~])[\pL ]{1,30}([/*_~])["”)]?\s*(?:[=:–—-]+|is|are|means?)\s*([\pL][\pL ]{2,40})`)
	slashed     = regexp.MustCompile(`(?:^|[\s"“(])/[^/\s][^/\n]{0,296}[^/\s]/(?:[\s.,;:!?"”)]|$)`)
)

// readLegend reads the writer's legend from the first paragraphs and counts
// the slashes that may mean thoughts.
func (r *recogniser) readLegend() legend {
	const reach = 60
	l := legend{meaning: map[byte]prose.Mark{}}
	for i := range r.paras {
		text := r.paras[i].text
		if i < reach {
			if sign, mark, ok := legendOf(r.paras[i].head()); ok {
				l.meaning[sign] = mark
				continue
			}
		}
		if strings.Count(text, "/") > 1 {
			l.slashes += len(slashed.FindAllStringIndex(clip(text, 20_000), -1))
		}
	}
	return l
}

func legendOf(text string) (sign byte, mark prose.Mark, ok bool) {
	m := legendWords.FindStringSubmatch(text)
	if m == nil || m[1] != m[2] || len(text) > 120 {
		return 0, 0, false
	}
	meaning := strings.ToLower(m[3])
	switch {
	case strings.Contains(meaning, "thought"), strings.Contains(meaning, "thinking"), strings.Contains(meaning, "mind"), strings.Contains(meaning, "telepath"):
		return m[1][0], prose.Thought, true
	case strings.Contains(meaning, "emphas"), strings.Contains(meaning, "stress"), strings.Contains(meaning, "italic"):
		return m[1][0], prose.Emphasis, true
	}
	return 0, 0, false
}

// legendLine sets the legend apart as a note.
func (z *zone) legendLine(i int) int {
	if _, _, ok := legendOf(z.r.paras[i].head()); !ok {
		return 0
	}
	z.r.set(i, i+1, guess{what: OpeningNote, rule: "note.legend", confidence: 0.93})
	return 1
}
