package archive

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ficus/internal/pattern"
)

// Who may comment on a work.
const (
	CommentsEveryone = "everyone"
	CommentsMembers  = "members"
	CommentsNobody   = "nobody"
)

// Work is a story: what is said of it once, whatever its chapters.
type Work struct {
	ID          int64
	Title       string
	Language    string // BCP 47
	Summary     string // safe HTML, as are the notes
	NotesBefore string // before the story
	NotesAfter  string // after it
	Standing
	Planned   int    // chapters there will be; 0: not known ("?")
	Comments  string // CommentsEveryone, CommentsMembers or CommentsNobody
	Moderated bool   // comments wait for the writer
	AsTyped   bool   // its books keep quotation marks, dashes and spaces as they were typed
	Elsewhere []string
	Counts    Counts
	Dates     Dates
	ShownRev  int64 // raised when a byte that guests see changes
	Revision  int64 // raised by every edit; the base of a form
}

// Counts are the figures of a work.
type Counts struct {
	Posted   int // posted chapters
	Chapters int // all chapters, drafts too
	Words    int // of the posted chapters; of all while the work is a draft
	Hits     int64
	Comments int // shown to everyone
	Kudos    int64
}

// Dates of a work. Published is the writer's word (it may be backdated),
// Revised moves only when a chapter is posted.
type Dates struct {
	Created   time.Time
	Published time.Time
	Revised   time.Time
}

// Complete reports whether all planned chapters are posted.
func (w Work) Complete() bool { return w.Planned > 0 && w.Counts.Posted >= w.Planned }

// WorkFields is what a writer says of a work, in the words of the form and of
// the API. HTML fields are as typed; the verb makes them safe.
type WorkFields struct {
	Title         string
	Pseuds        []string // the account's pen names that sign it; empty: its default
	Fandoms       []string
	Rating        string
	Warnings      []string
	Categories    []string
	Relationships []string
	MainTags      []string // those relationships that are the main ones
	Characters    []string
	Freeforms     []string
	Language      string
	Summary       string
	NotesBefore   string
	NotesAfter    string
	Gifts         []string
	Elsewhere     []string
	Restricted    bool
	Anonymous     bool // readers are not told who signs it
	Comments      string
	Moderated     bool
	AsTyped       bool // its books keep quotation marks and dashes as they were typed
	Planned       int  // 0: "?"
	PublishedOn   time.Time
}

// Clean tidies one-line fields: spaces, invisible characters, doubled tags,
// and the defaults of PRODUCT.md §Work.
func (f *WorkFields) Clean() {
	f.Title = CleanLine(f.Title)
	for _, list := range []*[]string{&f.Pseuds, &f.Fandoms, &f.Relationships, &f.MainTags, &f.Characters, &f.Freeforms, &f.Gifts, &f.Elsewhere, &f.Warnings, &f.Categories} {
		*list = cleanList(*list)
	}
	if f.Rating == "" {
		f.Rating = RatingNone
	}
	if f.Comments == "" {
		f.Comments = CommentsEveryone
	}
}

func cleanList(list []string) []string {
	var kept []string
	for _, entry := range list {
		entry = CleanLine(entry)
		if entry != "" && !slices.ContainsFunc(kept, func(k string) bool { return strings.EqualFold(k, entry) }) {
			kept = append(kept, entry)
		}
	}
	return kept
}

// Check notes everything that keeps the fields from being posted, all at once.
// A draft may lack what is not filled in yet; what it has must be in bounds.
func (f WorkFields) Check(l Limits, draft bool, now time.Time) Problems {
	var p Problems
	checkLength("title", f.Title, l.Title, &p)
	if !draft {
		requireFields(f, &p)
	}
	if draft && f.Title == "" {
		p.Add("title", "required")
	}
	f.checkVocabulary(&p)
	f.checkTags(l, &p)
	f.checkElsewhere(l, &p)
	if len(f.Gifts) > l.Gifts {
		p.Add("gifts", "too_many", "Limit", l.Gifts, "Count", len(f.Gifts))
	}
	for _, recipient := range f.Gifts {
		checkLength("gifts", recipient, l.TagName, &p) // any name, and a name is short
	}
	if f.Planned < 0 || f.Planned > l.Chapters {
		p.Add("planned", "range", "Min", 1, "Max", l.Chapters)
	}
	if f.PublishedOn.After(now.Add(24 * time.Hour)) { // a day of grace: the writer's calendar may be ahead of UTC
		p.Add("published_on", "future")
	}
	return p
}

// languageTag is the shape of a BCP 47 tag: "en", "pt-BR", "zh-Hant-TW".
var languageTag = pattern.New(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)

func requireFields(f WorkFields, p *Problems) {
	for _, required := range []struct {
		field  string
		filled bool
	}{
		{"title", f.Title != ""}, {"fandoms", len(f.Fandoms) > 0}, {"warnings", len(f.Warnings) > 0}, {"language", f.Language != ""},
	} {
		if !required.filled {
			p.Add(required.field, "required")
		}
	}
}

func (f WorkFields) checkVocabulary(p *Problems) {
	if f.Language != "" && !languageTag.MatchString(f.Language) {
		p.Add("language", "unknown", "Value", CleanLine(f.Language))
	}
	if !slices.Contains(Ratings(), f.Rating) {
		p.Add("rating", "unknown", "Value", f.Rating)
	}
	for _, warning := range f.Warnings {
		if !slices.Contains(Warnings(), warning) {
			p.Add("warnings", "unknown", "Value", warning)
		}
	}
	for _, category := range f.Categories {
		if !slices.Contains(Categories(), category) {
			p.Add("categories", "unknown", "Value", category)
		}
	}
	if !slices.Contains([]string{CommentsEveryone, CommentsMembers, CommentsNobody}, f.Comments) {
		p.Add("comments", "unknown", "Value", f.Comments)
	}
}

func (f WorkFields) checkTags(l Limits, p *Problems) {
	free := []struct {
		field string
		names []string
	}{{"fandoms", f.Fandoms}, {"relationships", f.Relationships}, {"characters", f.Characters}, {"freeforms", f.Freeforms}}
	count := 0
	for _, kind := range free {
		count += len(kind.names)
		for _, name := range kind.names {
			checkTagName(kind.field, name, l.TagName, p)
		}
	}
	if count > l.Tags {
		p.Add("freeforms", "too_many_tags", "Limit", l.Tags, "Count", count)
	}
	if len(f.Fandoms) > l.Fandoms {
		p.Add("fandoms", "too_many", "Limit", l.Fandoms, "Count", len(f.Fandoms))
	}
	if len(f.MainTags) > l.MainTags {
		p.Add("main_tags", "too_many", "Limit", l.MainTags, "Count", len(f.MainTags))
	}
	for _, main := range f.MainTags {
		if !slices.Contains(f.Relationships, main) {
			p.Add("main_tags", "not_a_relationship", "Value", main)
		}
	}
}

func (f WorkFields) checkElsewhere(l Limits, p *Problems) {
	if len(f.Elsewhere) > l.Elsewhere {
		p.Add("elsewhere", "too_many", "Limit", l.Elsewhere, "Count", len(f.Elsewhere))
	}
	for _, address := range f.Elsewhere {
		u, err := url.Parse(address)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || len(address) > 2000 {
			p.Add("elsewhere", "address", "Value", address)
		}
	}
}

// Tags lists the work's tags by kind in the order they are shown, each kind in
// the writer's order.
func (f WorkFields) Tags() []WorkTag {
	var tags []WorkTag
	for _, group := range []struct {
		kind  TagKind
		names []string
	}{
		{KindRating, []string{f.Rating}}, {KindWarning, f.Warnings}, {KindCategory, f.Categories}, {KindFandom, f.Fandoms},
		{KindRelationship, f.Relationships}, {KindCharacter, f.Characters}, {KindFreeform, f.Freeforms},
	} {
		for _, name := range group.names {
			tags = append(tags, WorkTag{Kind: group.kind, Wording: name, Main: group.kind == KindRelationship && slices.Contains(f.MainTags, name)})
		}
	}
	return tags
}

func checkLength(field, value string, limit int, p *Problems) {
	if n := utf8.RuneCountInString(value); n > limit {
		p.Add(field, "too_long", "Limit", limit, "Count", n)
	}
}

// CheckLength notes a text of so many characters that is longer than its limit.
func CheckLength(field string, characters, limit int, p *Problems) {
	if characters > limit {
		p.Add(field, "too_long", "Limit", limit, "Count", characters)
	}
}

// SortTitle is what a title sorts by: folded, without leading quotes and
// without the article of its language.
func SortTitle(title, language string) string {
	t := strings.ToLower(strings.TrimLeft(title, "\"'“‘«„([…. "))
	base, _, _ := strings.Cut(language, "-")
	for _, article := range leadingArticles[base] {
		if rest, found := strings.CutPrefix(t, article); found && rest != "" {
			return rest
		}
	}
	return t
}

// leadingArticles are left out of sorting, by language.
var leadingArticles = map[string][]string{
	"en": {"the ", "a ", "an "},
	"fr": {"le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "},
	"de": {"der ", "die ", "das ", "ein ", "eine "},
	"es": {"el ", "la ", "los ", "las ", "un ", "una "},
	"pt": {"o ", "a ", "os ", "as ", "um ", "uma "},
	"it": {"il ", "lo ", "la ", "i ", "gli ", "le ", "l'", "l’", "un ", "una "},
	"nl": {"de ", "het ", "een "},
}
