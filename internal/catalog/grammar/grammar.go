// Package grammar reads what readers type into the one field of search: words,
// "phrases", -not, OR, brackets, and fields such as fandom:, words> and sort:.
// It knows where everything stands, so that what is wrong can be pointed at,
// and knows no works and no database.
package grammar

import "fmt"

// Place is from one character of a query to another, which is not within.
type Place struct{ From, To int }

// Join is how the parts of a node belong together.
type Join uint8

// The joins.
const (
	Leaf Join = iota // a word, a phrase or a field; it has no parts
	All
	Any
	Not // of one part
)

// Node is a query or a part of one.
type Node struct {
	Place
	Join   Join
	Of     []Node
	Field  Field  // of a leaf; Anywhere: a word or a phrase by itself
	Typed  string // the field and its sign as they were typed: "words>"
	Sign   string // <, <=, > or >=; empty: is
	Value  string
	Quoted bool
}

// Field is what a value is asked of, by the name we write it with.
type Field string

// The fields.
const (
	Anywhere Field = ""

	Title   Field = "title"
	Author  Field = "author"
	Text    Field = "text"    // of chapters
	Summary Field = "summary" // of a work

	Tag          Field = "tag" // of any kind
	Fandom       Field = "fandom"
	Relationship Field = "relationship"
	Character    Field = "character"
	Freeform     Field = "freeform"
	Rating       Field = "rating"
	Warning      Field = "warning"
	Category     Field = "category"

	Main Field = "main" // a relationship that is a main one

	Words     Field = "words"
	Chapters  Field = "chapters"
	Fandoms   Field = "fandoms" // how many; with a name after it, the one that is called so
	Hits      Field = "hits"
	Kudos     Field = "kudos"
	Comments  Field = "comments"
	Bookmarks Field = "bookmarks"

	Updated Field = "updated"
	Posted  Field = "posted"

	Complete  Field = "complete"
	Single    Field = "single_chapter"
	Crossover Field = "crossover"
	Language  Field = "language"
	User      Field = "user"
	Sort      Field = "sort"

	Foreign Field = "foreign" // one of the reference archive's that asks what nobody knows here
)

// fields are what may stand before a sign: our names, and those of the
// reference archive.
var fields = map[string]Field{
	"title": Title, "text": Text, "summary": Summary, "author": Author, "authors": Author, "creator": Author, "creators": Author, "by": Author,
	"tag": Tag, "tags": Tag, "fandom": Fandom, "fandoms": Fandom, "fandom_names": Fandom,
	"relationship": Relationship, "relationships": Relationship, "ship": Relationship, "pairing": Relationship,
	"main": Main, "main_relationship": Main, "main_relationships": Main,
	"character": Character, "characters": Character, "freeform": Freeform, "freeforms": Freeform, "additional": Freeform,
	"rating": Rating, "ratings": Rating, "warning": Warning, "warnings": Warning, "archive_warning": Warning, "archive_warnings": Warning,
	"category": Category, "categories": Category,
	"words": Words, "word_count": Words, "wordcount": Words, "chapters": Chapters, "chapter_count": Chapters, "hits": Hits, "hit_count": Hits,
	"kudos": Kudos, "kudos_count": Kudos, "comments": Comments, "comments_count": Comments, "bookmarks": Bookmarks, "bookmarks_count": Bookmarks,
	"updated": Updated, "revised": Updated, "revised_at": Updated, "date": Updated, "posted": Posted, "published": Posted, "created_at": Posted,
	"complete": Complete, "completed": Complete, "crossover": Crossover, "crossovers": Crossover, "language": Language, "language_id": Language, "lang": Language, "user": User, "users": User,
	"sort": Sort, "order": Sort, "single_chapter": Single,

	"expected_number_of_chapters": Foreign, "filter_ids": Foreign, "fandom_ids": Foreign, "character_ids": Foreign, "relationship_ids": Foreign, "freeform_ids": Foreign,
	"rating_ids": Foreign, "archive_warning_ids": Foreign, "category_ids": Foreign, "collection_ids": Foreign, "pseud_ids": Foreign, "user_ids": Foreign,
	"work_types": Foreign, "imported_from_url": Foreign, "work_skin_id": Foreign,
}

// choices are fields of the reference archive that are asked for with true or
// false, and words of people's otherwise.
var choices = map[string]bool{"otp": true, "collected": true, "nonfiction": true, "backdate": true}

// IsFigure reports whether a field asks for numbers.
func (f Field) IsFigure() bool {
	switch f {
	case Words, Chapters, Fandoms, Hits, Kudos, Comments, Bookmarks:
		return true
	}
	return false
}

// IsDay reports whether a field asks for days.
func (f Field) IsDay() bool { return f == Updated || f == Posted }

// IsTag reports whether a field asks for tags.
func (f Field) IsTag() bool {
	switch f {
	case Tag, Fandom, Relationship, Character, Freeform, Rating, Warning, Category:
		return true
	}
	return false
}

// IsText reports whether a field asks for words, wherever they stand.
func (f Field) IsText() bool {
	return f == Anywhere || f == Title || f == Author || f == Text || f == Summary
}

// Fault is the first thing that is wrong with a query, and where. Its rule is
// said in words by doors.
type Fault struct {
	Place
	Rule  string
	Value string // what the rule is about, as it was typed
}

// The rules of queries.
const (
	RuleQuote    = "query_quote"    // a quotation mark is not closed
	RuleBracket  = "query_bracket"  // a bracket is not closed
	RuleClose    = "query_close"    // a bracket closes nothing
	RuleDeep     = "query_deep"     // brackets within brackets within brackets …
	RuleAfter    = "query_after"    // after Value something is missing
	RuleBefore   = "query_before"   // before Value something is missing
	RuleNumber   = "query_number"   // after Value a number is missing
	RuleSpan     = "query_span"     // Value is no number and no span of numbers
	RuleDays     = "query_days"     // Value is no day, no span of days and no age
	RuleChoice   = "query_choice"   // Value is neither yes nor no
	RuleSort     = "query_sort"     // Value is no order
	RuleLanguage = "query_language" // Value is no language
	RuleAlone    = "query_alone"    // Value can stand neither beside OR nor after -
	RuleNone     = "query_none"     // nothing is counted that Value asks for
	RuleNothing  = "query_nothing"  // no number or day is what is asked of Value
	RuleForeign  = "query_foreign"  // Value asks what is not known here
)

// Error says it for a log.
func (f *Fault) Error() string {
	return fmt.Sprintf("query, characters %d to %d: %s %q", f.From, f.To, f.Rule, f.Value)
}
