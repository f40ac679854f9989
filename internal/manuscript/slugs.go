package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// slug is a line that heads a scene.
type slug struct {
	rule   string
	strong bool // a heading wherever it stands; otherwise only at the start of a scene
}

const (
	months   = `january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec`
	weekdays = `monday|tuesday|wednesday|thursday|friday|saturday|sunday`
	counts   = `\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|several|some|many|a few`
)

var (
	militaryTime = guard(`(?i)\b(?:[01]?\d|2[0-4]):?[0-5]\d\s?(?:hrs?|hours|h|zulu|z|romeo|local(?: time)?|utc|gmt|est|edt|pst|pdt|ship time|station time)\b\.?`)
	clockTime    = guard(`(?i)(?:^|[\s(,@-])(?:[01]?\d|2[0-4])[:.][0-5]\d\s?(?:[ap]\.?m\b\.?)?|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b\.?`)
	timeAtPlace  = guard(`^(?:[01]\d|2[0-3])[0-5]\d, \p{Lu}`)
	bareTime     = guard(`^(?:[01]\d|2[0-3])[0-5]\d$`)
	dateWords    = guard(`(?i)\b(?:` + months + `)\b\.?,? (?:the )?\d{1,4}|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:` + months + `)\b|^\W?(?:` + weekdays + `)\b(?:,|$| (?:morning|afternoon|evening|night|the)|,? \d)|^(?:day|night|week|year|month|stardate|sol) (?:\d|one\b|two\b|three\b)`)
	isoDate      = guard(`^\W?(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b`)
	address      = guard(`(?i)^(?:(?:flat|apartment|apt\.?|unit|room|suite|no\.?) ?\d+\w?,? )?\d{1,5}[a-z]?,? (?:[\pL'’.-]+ ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|square|sq|row|terrace|way|quay|walk|close|crescent|boulevard|blvd|hill|gardens?|mews|alley|yard|wharf|pier|docks?|gate|stairs?|steps)\b`)
	roomAddress  = guard(`(?i)(?:^|, )(?:apartment|apt\.?|flat|room|suite|ward|deck|bay|cell|unit|pier|berth|hangar|platform|level|floor) \d+\w?(?:$|, )`)
	laterWords   = guard(`(?i)^\W*(?:about |almost |nearly )?(?:` + counts + `)(?:[ -](?:` + counts + `))? (?:and a half )?(?:second|minute|hour|day|night|week|fortnight|month|season|year|winter|summer|decade|centur)(?:s|y|ies)? (?:later|earlier|before|ago|after)\W*$|^\W*(?:later that|earlier that|the (?:next|following)|that same) (?:day|night|morning|evening|afternoon|week)\W*$`)
	viewWords    = guard(`(?i)^\W*(?:[\pL'’ .-]{1,30}\bp\.?o\.?v\.?|pov:? [\pL'’ .-]{1,30}|[\pL'’ .-]{1,30} point of view)\W*$`)
	placeLabel   = guard(`(?i)^(?:location|place|time|date|setting|where|when)\s?: \S`)
)

// slugOf reads one line as a scene heading by its words alone.
func slugOf(text string) (slug, bool) {
	if text == "" || strings.IndexByte("?!\"", text[len(text)-1]) >= 0 {
		return slug{}, false
	}
	if s, ok := foreignSlug(text); ok {
		return s, true
	}
	if !slugShaped(text) {
		return slug{}, false
	}
	if s, ok := timeSlug(text, strings.ToLower(text)); ok {
		return s, true
	}
	switch {
	case strings.IndexByte(text, ':') >= 0 && placeLabel.MatchString(text):
		return slug{"heading.label", true}, true
	case allCapitals(text):
		return slug{"heading.capitals", false}, true
	case titleCase(text) && (strings.Contains(text, ", ") || placeNoun.MatchString(text)):
		return slug{"heading.place", false}, true
	}
	return slug{}, false
}

// The words without which a pattern cannot match: patterns are dear, and short
// lines may be many.
var (
	viewSigns  = lookFor([]string{"pov", "p.o.v", "point of view"})
	laterSigns = lookFor([]string{"later", "earlier", "before", "ago", "after", "next", "following", "same"})
	daySigns   = lookFor([]string{"day", "night", "week", "year", "month", "stardate", "sol "})
)

// timeSlug reads a line that says when or where by its words; low is the line
// in small letters.
func timeSlug(text, low string) (slug, bool) {
	figures := strings.ContainsAny(text, "0123456789")
	switch {
	case viewSigns.in(low) && viewWords.MatchString(text):
		return slug{"heading.view", true}, true
	case laterSigns.in(low) && laterWords.MatchString(text) && wordCount(text) <= 6:
		return slug{"heading.later", false}, true
	case !figures && !daySigns.in(low):
		return slug{}, false
	case !figures:
		return slug{"heading.date", true}, dateWords.MatchString(text)
	}
	return figureSlug(text, low)
}

// figureSlug reads a line with figures: a time, a date, an address.
func figureSlug(text, low string) (slug, bool) {
	switch {
	case mayBeHours(low) && militaryTime.matches(text, low):
		return slug{"heading.time", true}, true
	case dateWords.matches(text, low), isoDate.matches(text, low):
		return slug{"heading.date", true}, true
	case clockTime.matches(text, low):
		return slug{"heading.time", true}, true
	case address.matches(text, low), mayBeRoom(low) && roomAddress.matches(text, low):
		return slug{"heading.address", true}, true
	case bareTime.matches(text, low), timeAtPlace.matches(text, low) && titleCase(text):
		return slug{"heading.time", false}, true
	}
	return slug{}, false
}

// mayBeHours is false for a line, in small letters, in which behind no figure
// stands what hours are called: militaryTime cannot match it.
func mayBeHours(low string) bool {
	for i := 1; i < len(low); i++ {
		if low[i-1] < '0' || low[i-1] > '9' {
			continue
		}
		c := low[i]
		if c <= ' ' && i+1 < len(low) {
			c = low[i+1]
		}
		if c >= utf8.RuneSelf || strings.IndexByte("hzrlugeps", c) >= 0 {
			return true
		}
	}
	return false
}

// mayBeRoom is false for a line, in small letters, that neither begins as a room
// does nor has a comma before one: roomAddress cannot match it.
func mayBeRoom(low string) bool {
	const begins = "ap fl ro su wa de ba ce un pi be ha pl le"
	return len(low) > 1 && (low[0] >= utf8.RuneSelf || strings.Contains(begins, low[:2])) || strings.Contains(low, ", ")
}

// slugShaped is true for a short line that is no sentence and no speech.
func slugShaped(text string) bool {
	if len(text) > 200 || !within(text, 60) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("\"'“”‘’«„<>", first) || strings.ContainsAny(text, "?!;\"“”") {
		return false
	}
	end := strings.TrimRight(text, "*_/~- )]:")
	if strings.HasSuffix(end, ".") && !abbreviated(end) || strings.HasSuffix(end, ",") || strings.HasSuffix(end, "…") {
		return false
	}
	return !running(text)
}

func abbreviated(text string) bool {
	low := strings.ToLower(text)
	for _, end := range []string{"hrs.", "hr.", "a.m.", "p.m.", "st.", "rd.", "ave.", "p.o.v.", "dr.", "h.q.", "d.c."} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// running is true when small words that only sentences need stand in the line.
func running(text string) bool {
	small := 0
	for _, word := range strings.Fields(text) {
		word = strings.Trim(word, ".,:()[]*_/~-")
		if !startsLower(word) {
			continue
		}
		switch word {
		case "hrs", "hr", "hours", "am", "pm", "a.m", "p.m", "local", "time", "of", "the", "and", "later", "earlier", "in", "on", "at",
			"near", "off", "days", "day", "weeks", "week", "months", "month", "years", "year", "minutes", "hour", "point", "view", "next",
			"morning", "evening", "afternoon", "night", "that", "same", "following", "ago", "before", "after", "st", "nd", "th", "rd", "pov":
		default:
			small++
		}
	}
	return small > 1 && !(small < 4 && dayFirst.MatchString(text))
}

// dayFirst is a line that opens with a weekday: "Monday, first bell".
var dayFirst = guard(`(?i)^(?:` + weekdays + `)(?:,| -)`)

// allCapitals is true for two words or one long word in capitals.
func allCapitals(text string) bool {
	letters, words, single := 0, 0, 0
	for _, word := range strings.Fields(text) {
		n := 0
		for _, r := range word {
			if unicode.IsLower(r) {
				return false
			}
			if unicode.IsUpper(r) {
				n++
			}
		}
		letters += n
		words += boolInt(n > 0)
		single += boolInt(n == 1)
	}
	return (letters >= 5 || letters >= 4 && words > 1) && single*2 <= words && words <= 8
}

// titleCase is true when every word but the smallest begins with a capital or figure.
func titleCase(text string) bool {
	words := strings.Fields(text)
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "([*_"))
		if unicode.IsLower(r) && len(word) > 3 {
			return false
		}
	}
	return len(words) >= 2 && len(words) <= 8
}
