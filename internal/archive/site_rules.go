package archive

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The bounds of what an owner may set.
const (
	longestSiteName = 60
	longestAbout    = 1000
	longestBanner   = 300
	longestNew      = 365 // days
	mostInvited     = 1000
	mostGiven       = 100
)

const dayLong = 24 * time.Hour

// Clean tidies what an owner typed: one line each, ratings in their order.
func (s *Site) Clean() {
	s.Name, s.About, s.Banner, s.Fandom = CleanLine(s.Name), CleanLine(s.About), CleanLine(s.Banner), CleanLine(s.Fandom)
	s.Ratings = slices.DeleteFunc(slices.Clone(s.Ratings), func(r string) bool { return r == "" })
	known := Ratings()
	slices.SortStableFunc(s.Ratings, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) })
	s.Ratings = slices.Compact(s.Ratings)
}

// Check notes everything that no archive can be, under the names of the
// fields of its form.
func (s Site) Check(l Limits, p *Problems) {
	if s.Name == "" {
		p.Add("site_name", "required")
	}
	checkLength("site_name", s.Name, longestSiteName, p)
	checkLength("site_about", s.About, longestAbout, p)
	checkLength("site_banner", s.Banner, longestBanner, p)
	if !languageTag.MatchString(s.Language) {
		p.Add("site_language", "unknown", "Value", CleanLine(s.Language))
	}
	if s.Fandom != "" {
		checkTagName("site_fandom", s.Fandom, l.TagName, p)
	}
	checkOneOf("site_join", s.Join, []string{JoinOpen, JoinInvited, JoinClosed}, p)
	checkOneOf("site_approval", s.Approval, []string{ApproveNone, ApproveNew, ApproveAll}, p)
	if len(s.Ratings) == 0 {
		p.Add("site_ratings", "required")
	}
	for _, rating := range s.Ratings {
		checkOneOf("site_ratings", rating, Ratings(), p)
	}
	checkRange("site_new_days", int(s.NewFor/dayLong), longestNew, p)
	checkRange("site_queue_daily", s.QueueDaily, mostInvited, p)
	checkRange("site_invitations", s.Invitations, mostGiven, p)
}

func checkOneOf(field, value string, known []string, p *Problems) {
	if !slices.Contains(known, value) {
		p.Add(field, "unknown", "Value", CleanLine(value))
	}
}

func checkRange(field string, n, most int, p *Problems) {
	if n < 0 || n > most {
		p.Add(field, "number", "Min", 0, "Max", most)
	}
}

// AsksFirst reports whether readers are asked before a work of this rating
// opens here.
func (s Site) AsksFirst(rating string) bool {
	return AsksFirst(rating) && (rating != RatingNone || s.AskNotRated)
}

// Takes lists the ratings a work may have here. One that has another already
// keeps it.
func (s Site) Takes(had string) []string {
	return slices.DeleteFunc(Ratings(), func(r string) bool { return !slices.Contains(s.Ratings, r) && r != had })
}

// Fit puts a work where the archive has its works: in its one fandom, if it
// has one. A work that stands elsewhere already stays there.
func (s Site) Fit(f *WorkFields, had WorkFields) {
	switch {
	case s.Fandom == "":
	case len(had.Fandoms) > 0:
		f.Fandoms = slices.Clone(had.Fandoms)
	default:
		f.Fandoms = []string{s.Fandom}
	}
}

// CheckWork notes what the archive does not take.
func (s Site) CheckWork(f, had WorkFields, p *Problems) {
	takes := s.Takes(had.Rating)
	if slices.Contains(Ratings(), f.Rating) && !slices.Contains(takes, f.Rating) {
		p.Add("rating", "rating_refused", "Value", f.Rating, "Ratings", strings.Join(takes, ", "))
	}
}

// SiteChange is one setting that an owner changed, from one value to another.
type SiteChange struct{ Setting, From, To string }

// String is the line that is kept of it: "site_join: open → invited".
func (c SiteChange) String() string {
	return c.Setting + ": " + shortly(c.From) + " → " + shortly(c.To)
}

// longestKept is how much of a long value is kept, in characters.
const longestKept = 120

func shortly(value string) string {
	if runes := []rune(value); len(runes) > longestKept {
		return string(runes[:longestKept]) + "…"
	}
	return value
}

// Changes tells what differs between two states of the archive's settings.
func (s Site) Changes(to Site) []SiteChange {
	var all []SiteChange
	before, after := s.settings(), to.settings()
	for i, now := range after {
		if was := before[i]; was.To != now.To {
			all = append(all, SiteChange{Setting: now.Setting, From: was.To, To: now.To})
		}
	}
	return all
}

// settings lists each setting with its value as text, under the name of its
// field.
func (s Site) settings() []SiteChange {
	return []SiteChange{
		{Setting: "site_name", To: s.Name}, {Setting: "site_language", To: s.Language}, {Setting: "site_about", To: s.About},
		{Setting: "site_banner", To: s.Banner}, {Setting: "site_join", To: s.Join}, {Setting: "site_queue", To: strconv.FormatBool(s.Queue)},
		{Setting: "site_queue_daily", To: strconv.Itoa(s.QueueDaily)}, {Setting: "site_invitations", To: strconv.Itoa(s.Invitations)},
		{Setting: "site_fandom", To: s.Fandom}, {Setting: "site_ratings", To: strings.Join(s.Ratings, ", ")},
		{Setting: "site_not_rated", To: strconv.FormatBool(s.AskNotRated)}, {Setting: "site_guests", To: strconv.FormatBool(s.GuestComments)},
		{Setting: "site_approval", To: s.Approval}, {Setting: "site_new_days", To: strconv.Itoa(int(s.NewFor / dayLong))},
		{Setting: "site_new_paused", To: strconv.FormatBool(s.NewPaused)}, {Setting: "site_texts", To: strconv.FormatBool(s.SearchTexts)},
	}
}
