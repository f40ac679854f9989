package manuscript

import (
	"slices"
	"strings"

	"ficus/internal/prose"
)

// legend is what the writer says her marks mean: "/x/ = thoughts".
type legend struct {
	meaning map[byte]prose.Mark
	pairs   []guarded // brackets and the like that mean thoughts
	slashes int       // how often /x/ stands in the text

	recalled []Habit // legends of other texts of the writer that hold for this one
}

var (
	legendWords = guard(`^["“(]?([/*_~])[\pL ]{1,30}([/*_~])["”)]?\s*(?:[=:–—-]+|is|are|means?)\s*([\pL][\pL ]{2,40})`)
	slashed     = guard(`(?:^|[\s"“(])/[^/\s][^/\n]{0,296}[^/\s]/(?:[\s.,;:!?"”)]|$)`)
)

// readLegend reads the writer's legend from the first paragraphs and counts
// the slashes that may mean thoughts.
func (r *recogniser) readLegend() legend {
	const reach = 60
	l := legend{meaning: map[byte]prose.Mark{}}
	for i := range r.paras {
		text := r.paras[i].text
		if i < reach {
			l.pairs = append(l.pairs, toldPairs(text)...)
			if sign, mark, ok := legendOf(r.paras[i].head()); ok {
				l.meaning[sign] = mark
				continue
			}
		}
		if strings.Count(text, "/") > 1 {
			l.slashes += len(slashed.FindAllStringIndex(clip(text, 20_000), -1))
		}
	}
	r.recallLegend(&l)
	return l
}

// legendMarks are the meanings a legend can give, in the words of habits.
var legendMarks = map[string]prose.Mark{"thought": prose.Thought, "emphasis": prose.Emphasis}

// recallLegend adds what this writer's legends said before, where the text has
// none of its own. A sign that stands once may be anything.
func (r *recogniser) recallLegend(l *legend) {
	if len(r.habits.ask) == 0 || len(l.meaning) > 0 || len(l.pairs) > 0 {
		return
	}
	for _, sign := range []byte("/*_~") {
		for name, mark := range legendMarks {
			if r.habits.trusts(habitLegend, string(sign)+" "+name) && (sign != '/' || l.slashes > 1) {
				l.meaning[sign] = mark
				l.recall(string(sign)+" "+name, r.anyText(func(text string) bool { return strings.Count(text, string(sign)) > 1 }))
			}
		}
	}
	for _, p := range pairSigns {
		if r.habits.trusts(habitLegend, p.signs+" thought") {
			l.pairs = append(l.pairs, p.marked)
			l.recall(p.signs+" thought", r.anyText(func(text string) bool { return p.marked.MatchString(clip(text, 20_000)) }))
		}
	}
}

// recall notes a legend that was heeded, when the text has its signs.
func (l *legend) recall(shape string, met bool) {
	if met {
		l.recalled = append(l.recalled, Habit{Kind: habitLegend, Shape: shape})
	}
}

// anyText is true when a paragraph is of some kind.
func (r *recogniser) anyText(of func(string) bool) bool {
	return slices.ContainsFunc(r.paras, func(p para) bool { return of(p.text) })
}

// legendShape is what a legend says, in the words of habits.
func legendShape(p *para) string {
	if sign, mark, ok := legendOf(p.head()); ok {
		for name, m := range legendMarks {
			if m == mark {
				return string(sign) + " " + name
			}
		}
	}
	for _, pair := range pairSigns {
		if pair.legend.MatchString(p.text) {
			return pair.signs + " thought"
		}
	}
	return ""
}

// pairSigns are marks that stand on both sides of a thought where a legend says
// so: what a legend of it looks like, and what it marks. The marks stay.
var pairSigns = []signPair{
	pairSign(`\{`, `\}`), pairSign(`<`, `>`), pairSign(`\[`, `\]`), pairSign(`::`, `::`), pairSign(`//`, `//`), pairSign(`«`, `»`),
}

type signPair struct {
	signs          string
	legend, marked guarded
}

func pairSign(opens, closes string) signPair {
	return signPair{
		strings.ReplaceAll(opens+closes, `\`, ""),
		guard(`(?i)` + opens + `(?:text|words?|thoughts?|thinking|talk|speech|bla(?:h)?|x+|abc|this|telepathy)` + closes + `["”]?\s*(?:[=:–—-]+|is|are|means?)\s*(?:\w+['’]?s? ){0,2}(?:thought|thinking|mind|telepath|mental)`),
		guard(opens + `[^\s{}<>\[\]/«»][^{}<>\[\]«»]{0,300}?` + closes),
	}
}

func toldPairs(text string) []guarded {
	if len(text) > 2000 || !strings.ContainsAny(text, "{<[:/«") {
		return nil
	}
	var told []guarded
	low := strings.ToLower(text)
	for _, p := range pairSigns {
		if opens := p.signs[:len(p.signs)/2]; strings.Contains(text, opens) && p.legend.matches(text, low) {
			told = append(told, p.marked)
		}
	}
	return told
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

// isLegend is true for a short line that only says how something is marked.
func isLegend(p *para) bool {
	_, _, ok := legendOf(p.head())
	return ok || p.short(120) && !p.quoted() && wordCount(p.text) <= 12 && toldPairs(p.text) != nil
}

// legendLine sets the legend apart as a note.
func (z *zone) legendLine(i int) int {
	if !isLegend(&z.r.paras[i]) {
		return 0
	}
	z.r.set(i, i+1, guess{what: OpeningNote, rule: "note.legend", confidence: 0.93})
	return 1
}
