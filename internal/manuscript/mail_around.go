package manuscript

import (
	"strings"
	"unicode/utf8"
)

var (
	listFooter = guard(`(?i)^_{20,}$|^-{5,}.{0,60}(?:yahoo|egroups|onelist|sponsor|list).{0,40}-{3,}|^to (?:un)?subscribe\b|^your use of yahoo|^yahoo! groups (?:links|sponsor)|^(?:you (?:are receiving|received) this|this message was sent) .{0,60}(?:list|group|subscri)|^do you yahoo|^get your (?:private, )?free e?-?mail`)
	listWords  = guard(`(?i)mailing list|unsubscribe|yahoo|egroups|listserv|mailman|listinfo|subscri`)
)

// listFooterAt leaves out what a mailing list puts under each mail.
func (r *recogniser) listFooterAt(lo, hi int) int {
	const reach, most = 16, 150
	for i := max(lo+1, hi-reach); i < hi; i++ {
		if !listFooter.MatchString(r.paras[i].head()) {
			continue
		}
		text := r.joined(i, hi)
		if !listWords.MatchString(text) || !mailAddressed.MatchString(text) || wordCount(text) > most {
			continue
		}
		r.set(i, hi, guess{what: LeftOut, rule: "mail.footer", confidence: 0.95})
		return i
	}
	return hi
}

// forwarded is true when at least four of five lines begin with ">", but for a
// mail's head before them.
func forwarded(lines []line) bool {
	quoted := 0
	for _, l := range lines {
		quoted += boolInt(l.text[0] == '>')
	}
	if quoted < 4 || quoted*2 < len(lines) {
		return false
	}
	first := 0
	for first < len(lines) && mailLine.MatchString(lines[first].text) {
		first++
	}
	return quoted*10 >= (len(lines)-first)*8
}

// unquoted takes the ">" off the lines of a text that was forwarded whole. A
// line that holds nothing else is blank and belongs to the one before it.
func unquoted(lines []line) []line {
	if !forwarded(lines) {
		return lines
	}
	out := make([]line, 0, len(lines))
	gap := 0
	for _, l := range lines {
		body := strings.TrimLeft(l.text, "> \t")
		if l.text[0] != '>' {
			body = l.text
		}
		if body == "" {
			if gap++; len(out) > 0 {
				out[len(out)-1].end = l.end
			}
			continue
		}
		if l.text[0] == '>' {
			l.text = body
			l.indent = 0
			l.width = utf8.RuneCountInString(body)
		}
		l.gap += gap
		gap = 0
		out = append(out, l)
	}
	return out
}
