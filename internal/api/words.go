package api

import (
	"fmt"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// sentences say each rule of archive. {Field} is where in the body, the rest
// are the figures of the rule; {Choices} are what the field may be.
var sentences = map[string]string{
	"required":            "{Field} is missing; it may not be empty.",
	"too_long":            "{Field} has {Count} characters; up to {Limit} fit.",
	"too_many":            "{Field} holds {Count}; there may be up to {Limit}.",
	"too_many_tags":       "fandoms, relationships, characters and freeforms together are {Count}; there may be up to {Limit}.",
	"tag_long":            "{Field}: “{Value}” has {Count} characters; a tag has up to {Limit}.",
	"tag_characters":      "{Field}: “{Value}” has the character {Character}, which tags cannot have; give each tag as its own entry.",
	"unknown":             "{Field}: “{Value}” is not known; it may be {Choices}.",
	"not_a_relationship":  "{Field}: “{Value}” is not among relationships; add it there too.",
	"not_your_pseud":      "{Field}: “{Value}” is not a pen name of yours; add it to your account first.",
	"range":               "{Field} may be a number from {Min} to {Max}, or null when it is not known yet.",
	"future":              "{Field} is still to come; give today or an earlier day.",
	"rating_refused":      "{Field}: this archive does not take “{Value}”; it may be {Ratings}.",
	"work_too_long":       "{Field}: all chapters together would hold {Count} characters; a work holds up to {Limit}. Go on in a second work.",
	"too_many_conditions": "include, exclude, the words of q and whatever else is asked are {Count} conditions; there may be up to {Limit}.",
	"main_kind":           "{Field}: “{Value}” is no relationship; send relationship:name.",
	"tag_kind":            "{Field}: “{Value}” does not begin with a kind of tag; send kind:name, where the kind is {Choices}.",
	"tag_name":            "{Field}: “{Value}” names no tag; send kind:name.",
	"as_of":               "{Field}: “{Value}” is no place in a list; send what a page of the list answered.",
	"span":                "{Field}: “{Value}” is no range; send 1000-5000, 1000- or -5000.",
	"days":                "{Field}: “{Value}” is no range of days; send 2020-01-01..2021-01-01, or leave one end out.",
	"true_or_false":       "{Field} should be true or false, not “{Value}”.",
	"unknown_sort":        "{Field}: “{Value}” is no order; it may be {Choices}, with - before it to turn it round.",
	"number":              "{Field} should be a whole number from {Min} to {Max}, not “{Value}”.",
	"once":                "{Field} was sent more than once; send it once.",
	"query_quote":         "{Field}: at character {Place} a quotation mark opens that is not closed.",
	"query_bracket":       "{Field}: at character {Place} a bracket opens that is not closed.",
	"query_close":         "{Field}: at character {Place} a bracket closes that was not opened.",
	"query_deep":          "{Field}: at character {Place} brackets go deeper than sixteen.",
	"query_after":         "{Field}: after “{Value}” at character {Place} something is missing.",
	"query_before":        "{Field}: before “{Value}” at character {Place} something is missing.",
	"query_number":        "{Field}: after “{Value}” at character {Place} a number is missing.",
	"query_span":          "{Field}: “{Value}” at character {Place} is no range; send 1000-5000, 1000- or -5000.",
	"query_days":          "{Field}: “{Value}” at character {Place} is no date; send 2020-01-31, 2020..2021 or <2w.",
	"query_choice":        "{Field}: “{Value}” at character {Place} should be yes or no.",
	"query_sort":          "{Field}: “{Value}” at character {Place} is no order; it may be updated, posted, title, author, words, chapters, hits, kudos, comments or best.",
	"query_alone":         "{Field}: “{Value}” at character {Place} can stand neither beside OR nor after a minus.",
	"query_none":          "{Field}: “{Value}” at character {Place}: there are no bookmarks here yet.",
	"query_language":      "{Field}: “{Value}” at character {Place} is no language; send its name or its code, as German or de.",
	"query_slow":          "{Field}: this search takes too long; narrow it with a rarer word or a longer phrase.",
	"query_foreign":       "{Field}: “{Value}” at character {Place} asks what this archive does not know of works.",
	"query_blank":         "{Field}: “{Value}” has no word to search for.",
	"query_nothing":       "{Field}: “{Value}” at character {Place} can be true of no work.",
	"no_parameter":        "{Field} is not a parameter here; take it out or correct its name.",
	"last_chapter":        "The last chapter of a work stays; delete the work instead.",
}

// choices are what fields with a fixed vocabulary may be.
func choices(field string) string {
	switch field {
	case "rating":
		return orList(archive.Ratings())
	case "warnings":
		return orList(archive.Warnings())
	case "categories":
		return orList(archive.Categories())
	case "format":
		return orList([]string{archive.FormatText, archive.FormatMarkdown, archive.FormatHTML})
	case "read":
		return orList([]string{readText, readManuscript})
	case "include", "exclude", kindParameter:
		return kindsList()
	case "sort":
		names := make([]string, 0, len(catalog.Sorts()))
		for _, sort := range catalog.Sorts() {
			names = append(names, string(sort))
		}
		return orList(append(names, string(store.SortBest)))
	case "language":
		return "a BCP 47 tag such as “en” or “pt-BR”"
	}
	return "another"
}

// kindsList names the kinds of tags.
func kindsList() string {
	var names []string
	for _, kind := range archive.TagKinds() {
		names = append(names, string(kind))
	}
	return orList(names)
}

// orList joins choices: “a”, “b” or “c”.
func orList(names []string) string {
	last := len(names) - 1
	return "“" + strings.Join(names[:last], "”, “") + "” or “" + names[last] + "”"
}

// places are the fields that the forms call otherwise than the API.
var places = map[string]string{
	"work_notes_before": "notes_before", "work_notes_after": "notes_after", "main_tags": "main_relationships",
	"chapter_title": "title", "chapter_summary": "summary", "chapter_published_on": "published_on",
}

// faultsAt says problems in words, at their places under a part of the body.
func faultsAt(under string, problems archive.Problems) faults {
	said := make(faults, len(problems))
	for i, p := range problems {
		said[i] = faultAt(under, p)
	}
	return said
}

func faultAt(under string, p archive.Invalid) fault {
	field := p.Field
	if place, other := places[field]; other {
		field = place
	}
	at := under + "." + field
	sentence, known := sentences[p.Rule]
	if !known {
		sentence = "{Field} is not right."
	}
	fill := []string{"{Field}", strings.TrimPrefix(strings.TrimPrefix(at, "body."), "query."), "{Choices}", choices(field)}
	for name, value := range p.Args {
		fill = append(fill, "{"+name+"}", fmt.Sprint(value))
	}
	return fault{at: at, say: strings.NewReplacer(fill...).Replace(sentence)}
}
