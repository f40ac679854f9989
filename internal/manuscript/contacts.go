package manuscript

import (
	"strings"
)

var (
	mailForm   = guard(`(?i)^\W*(?:e-?mail:? *)?[\w.+-]+(?:@| ?\(?at\)? ?)[\w-]+(?:\.[\w-]+)+\W*$`)
	phoneForm  = guard(`(?i)^\W*(?:(?:tel|phone|telephone|mobile|cell|fax|t|m|telefon|tél)\b[.: ]*)?\+?\(?\d[\d ()./-]{6,18}\d\W*$`)
	webForm    = guard(`(?i)^\W*(?:https?://|www\.)\S+\W*$`)
	postForm   = guard(`(?:\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|^\W*(?:[A-Z]{1,2}-)?\d{4,5} \p{Lu}[\pL .-]{2,30}$|, \p{Lu}[\pL ]+ \d{4,6}$)`)
	streetForm = guard(`(?i)^\d{1,5}[a-z]?,? (?:[\pL'’.-]+ ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|square|row|terrace|way|close|crescent|boulevard|blvd)\b\.?|^[\pL. -]{3,30}(?:straße|strasse|str\.|weg|gasse|platz|allee) \d{1,4}\w?$|^\d{1,4},? (?:rue|avenue|place|boulevard|chemin) [\pL' -]{3,40}$|^(?:calle|rua|via|piazza) [\pL' .-]{3,40},? \d{1,4}$`)
	lengthForm = guard(`(?i)^\W*(?:about|approx(?:imately|\.)?|circa|c\.|ca\.|~)? ?\d{1,3}(?:[,. ]?\d{3})* (?:words|wörter|mots|palabras|palavras|parole)\W*$`)
)

// reaches counts how a line lets its writer be reached: a mail address, a
// telephone, a site, a street, a post code.
func reaches(text string) bool {
	return len(text) < 120 && (mailForm.MatchString(text) || phoneForm.MatchString(text) && digits(text) >= 7 || webForm.MatchString(text) ||
		postForm.MatchString(text) || streetForm.MatchString(text))
}

func digits(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		n += boolInt(text[i] >= '0' && text[i] <= '9')
	}
	return n
}

// contacts leaves out the block over a title that says who the writer is and
// how to reach them, and the one under the last line. Inside the story such
// lines stay.
func (r *recogniser) contacts(lo, hi int) (from, to int) {
	from = r.contactFront(lo, hi)
	return from, r.contactEnd(from, hi)
}

func (r *recogniser) contactFront(lo, hi int) int {
	end, found, personal := r.contactBlock(lo, hi)
	if found < 2 || personal == 0 || end >= hi || !r.titleMayStand(end, hi) {
		return lo
	}
	r.set(lo, end, guess{what: LeftOut, rule: "contact.front", confidence: 0.94})
	return end
}

// contactBlock is where the lines at the top end that may say who the writer
// is, with how many of them reach somebody, and how many one person.
func (r *recogniser) contactBlock(lo, hi int) (end, found, personal int) {
	const most = 9
	for end = lo; end < min(hi, lo+most) && r.contactLine(end); end++ {
		text := r.paras[end].text
		reached := reaches(text)
		if !reached && end > lo && (r.paras[end].gap > 0 || end > lo+1 && found == 0) {
			break // a name and its pen name at most
		}
		found += boolInt(reached)
		personal += boolInt(reached && personalForm(text))
	}
	for end > lo && !r.sums(end-1) {
		end--
	}
	return end, found, personal
}

// sums is true for a line that reaches the writer or says how long the text is.
func (r *recogniser) sums(i int) bool {
	return reaches(r.paras[i].text) || lengthForm.MatchString(r.paras[i].text)
}

// personalForm is true for a mail address, a telephone or a post code.
func personalForm(text string) bool {
	return mailForm.MatchString(text) || phoneForm.MatchString(text) || postForm.MatchString(text)
}

// apart is true for a paragraph with room above it, as all have where the file
// itself has paragraphs.
func (r *recogniser) apart(i int) bool {
	return r.paras[i].gap > 0 || r.src.kind != "txt" && r.src.kind != "md"
}

// titleMayStand is true where a title or a label comes next, and no letter.
func (r *recogniser) titleMayStand(i, hi int) bool {
	next := &r.paras[i]
	if !r.apart(i) || r.letterAhead(i, hi) || salutation.MatchString(next.text) {
		return false
	}
	return next.centred || titleLike(next) || r.labelAt(i)
}

// contactLine is true for a short line that is no sentence, label or break.
func (r *recogniser) contactLine(i int) bool {
	p := &r.paras[i]
	if p.form != plain || p.quoted() || !p.short(80) || r.isBreak(i) {
		return false
	}
	return reaches(p.text) || lengthForm.MatchString(p.text) || !r.labelAt(i) && wordCount(p.text) <= 5 && !endsSentence(p.text) && !strings.HasSuffix(p.text, ",")
}

func (r *recogniser) contactEnd(lo, hi int) int {
	const most = 6
	at := hi
	for at > lo+1 && hi-at < most && r.contactLine(at-1) && !r.endMark(at-1) {
		at--
	}
	for at < hi && !r.apart(at) && !r.behindBorder(at) {
		at++ // a line right under the story is the story's
	}
	if at == hi || at <= lo+1 || r.closesLetter(at) || !r.saysReach(at, hi) {
		return hi
	}
	r.set(at, hi, guess{what: LeftOut, rule: "contact.end", confidence: 0.93})
	return at
}

// closesLetter is true where a letter of the story says farewell.
func (r *recogniser) closesLetter(i int) bool {
	return farewell.MatchString(r.paras[i-1].text) || farewell.MatchString(r.paras[i].text)
}

// saysReach is true when the lines say how to reach somebody: behind a border
// one way is enough, right behind the story it takes two.
func (r *recogniser) saysReach(i, end int) bool {
	personal, ways := 0, 0
	for k := i; k < end; k++ {
		text := r.paras[k].text
		personal += boolInt(mailForm.MatchString(text) || phoneForm.MatchString(text) && digits(text) >= 7)
		ways += boolInt(reaches(text))
	}
	return personal > 0 && (ways > 1 || r.behindBorder(i))
}
