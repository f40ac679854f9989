package page

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
)

// FieldError is one thing wrong with a form, said in words.
type FieldError struct {
	Field string // the name of the field, as in the form
	Text  string // one sentence that says what would be right
	URL   string // where it is mended, when not in a field of this form
}

func (e FieldError) href() string {
	if e.URL != "" {
		return e.URL
	}
	return "#f-" + e.Field
}

// Errors is everything wrong with a form at once: it stands in a summary over
// the form and each at its field.
type Errors []FieldError

// At is the sentence for one field, or empty.
func (e Errors) At(field string) string {
	var said []string
	for _, one := range e {
		if one.Field == field {
			said = append(said, one.Text)
		}
	}
	return strings.Join(said, " ")
}

// LeadTo has the errors of fields that are not in this form lead to where they
// are mended.
func (e Errors) LeadTo(url string, fields ...string) {
	for i := range e {
		if slices.Contains(fields, e[i].Field) {
			e[i].URL = url
		}
	}
}

// rules are the messages of the rules archive's nouns keep.
var rules = map[string]string{
	"required":            "invalid.required",
	"too_long":            "invalid.too_long",
	"unknown":             "invalid.unknown",
	"too_many":            "invalid.too_many",
	"too_many_tags":       "invalid.too_many_tags",
	"tag_long":            "invalid.tag_long",
	"tag_characters":      "invalid.tag_characters",
	"not_a_relationship":  "invalid.not_a_relationship",
	"range":               "invalid.range",
	"future":              "invalid.future",
	"address":             "invalid.address",
	"name_length":         "invalid.name_length",
	"name_characters":     "invalid.name_characters",
	"name_reserved":       "invalid.name_reserved",
	"name_taken":          "invalid.name_taken",
	"pseud_characters":    "invalid.pseud_characters",
	"password_short":      "invalid.password_short",
	"password_wrong":      "invalid.password_wrong",
	"email":               "invalid.email",
	"pseud_taken":         "invalid.pseud_taken",
	"not_your_pseud":      "invalid.not_your_pseud",
	"last_chapter":        "invalid.last_chapter",
	"sign_in_wrong":       "invalid.sign_in_wrong",
	"guessed_too_often":   "invalid.guessed_too_often",
	"picture_too_large":   "invalid.picture_too_large",
	"picture_pixels":      "invalid.picture_pixels",
	"picture_format":      "invalid.picture_format",
	"day":                 "invalid.day",
	"empty_chapter":       "invalid.empty_chapter",
	"work_too_long":       "invalid.work_too_long",
	"chapter_gone":        "invalid.chapter_gone",
	"too_many_people":     "invalid.too_many_people",
	"too_many_muted":      "invalid.too_many_muted",
	"muted_word_short":    "invalid.muted_word_short",
	"muted_word_long":     "invalid.muted_word_long",
	"too_many_follows":    "invalid.too_many_follows",
	"too_many_excluded":   "invalid.too_many_excluded",
	"no_such_tag":         "invalid.no_such_tag",
	"too_many_filters":    "invalid.too_many_filters",
	"filter_taken":        "invalid.filter_taken",
	"too_many_favourites": "invalid.too_many_favourites",
	"sent_before":         "invalid.sent_before",
	"cut_off":             "invalid.cut_off",
	"full":                "invalid.full",
	"pseud_scripts":       "invalid.pseud_scripts",
	"pseud_imitates":      "invalid.pseud_imitates",
	"name_is_pseud":       "invalid.name_is_pseud",
	"renamed_often":       "invalid.renamed_often",
	"pseud_is_account":    "invalid.pseud_is_account",
	"frozen":              "invalid.frozen",
	"too_many_pinned":     "invalid.too_many_pinned",
	"closed":              "invalid.closed",
	"answered_gone":       "invalid.answered_gone",
	"too_fast":            "invalid.too_fast",
	"email_same":          "invalid.email_same",
	"email_elsewhere":     "invalid.email_elsewhere",
	"mailed_too_often":    "invalid.mailed_too_often",
	"asked_too_often":     "invalid.asked_too_often",
	"rating_refused":      "invalid.rating_refused",
	"number":              "invalid.number",
	"choose":              "invalid.choose_one",
	"code_wrong":          "invalid.code_wrong",
	"codes_spent":         "invalid.codes_spent",
	"codes_too_often":     "invalid.codes_too_often",
	"passkey_refused":     "invalid.passkey_refused",
	"passkey_late":        "invalid.passkey_late",
	"passkey_copied":      "invalid.passkey_copied",
	"last_staff":          "invalid.last_staff",
	"sole_creator":        "invalid.sole_creator",
	"not_yourself":        "invalid.not_yourself",
	"settings_changed":    "invalid.settings_changed",
	"slug":                "invalid.slug",
	"slug_taken":          "invalid.slug_taken",
	"from_to":             "invalid.from_to",
	"picture_small":       "invalid.picture_small",
	"picture_narrow":      "invalid.picture_narrow",
	"choose_picture":      "invalid.choose_picture",
	"cover_changed":       "invalid.cover_changed",

	"tick_fewer":         "invalid.tick_fewer",
	"tick_one":           "invalid.tick_one",
	"tag_changed":        "invalid.tag_changed",
	"tag_itself":         "invalid.tag_itself",
	"tag_not_canonical":  "invalid.tag_not_canonical",
	"tag_is_synonym":     "invalid.tag_is_synonym",
	"tag_unknown":        "invalid.tag_unknown",
	"sheet_beyond":       "invalid.sheet_beyond",
	"sheet_circle":       "invalid.sheet_circle",
	"sheet_circle_lines": "invalid.sheet_circle_lines",
	"sheet_column":       "invalid.sheet_column",
	"sheet_column_twice": "invalid.sheet_column_twice",
	"sheet_columns":      "invalid.sheet_columns",
	"sheet_means":        "invalid.sheet_means",
	"sheet_utf8":         "invalid.sheet_utf8",
	"sheet_broken":       "invalid.sheet_broken",
	"sheet_long":         "invalid.sheet_long",
	"sheet_kind":         "invalid.sheet_kind",
	"sheet_unknown":      "invalid.sheet_unknown",
	"sheet_standing":     "invalid.sheet_standing",
	"sheet_not_yours":    "invalid.sheet_not_yours",
	"tag_not_wrangled":   "invalid.tag_not_wrangled",
	"tag_parent_kind":    "invalid.tag_parent_kind",
	"tag_metatag_kind":   "invalid.tag_metatag_kind",
	"tag_metatag_circle": "invalid.tag_metatag_circle",
	"tag_taken":          "invalid.tag_taken",
	"tag_not_yours":      "invalid.tag_not_yours",
	"tag_has_synonyms":   "invalid.tag_has_synonyms",

	"too_many_conditions": "invalid.too_many_conditions",
	"tag_kind":            "invalid.tag_kind",
	"main_kind":           "invalid.main_kind",
	"tag_name":            "invalid.tag_name",
	"span":                "invalid.span",
	"as_of":               "invalid.as_of",
	"days":                "invalid.days",
	"true_or_false":       "invalid.true_or_false",
	"unknown_sort":        "invalid.unknown_sort",
	"once":                "invalid.once",
	"query_quote":         "query.quote",
	"query_bracket":       "query.bracket",
	"query_close":         "query.close",
	"query_deep":          "query.deep",
	"query_after":         "query.after",
	"query_before":        "query.before",
	"query_number":        "query.number",
	"query_span":          "query.span",
	"query_days":          "query.days",
	"query_choice":        "query.choice",
	"query_sort":          "query.sort",
	"query_alone":         "query.alone",
	"query_blank":         "query.blank",
	"query_none":          "query.none",
	"query_nothing":       "query.nothing",
	"query_foreign":       "query.foreign",
	"query_language":      "query.language",
	"address_unread":      "invalid.address_unread",

	"manuscript.empty":     "invalid.manuscript_empty",
	"manuscript.too_large": "invalid.manuscript_too_large",
	"manuscript.binary":    "invalid.manuscript_binary",
	"manuscript.encoding":  "invalid.manuscript_encoding",
	"manuscript.kind":      "invalid.manuscript_kind",

	"manuscript.protected":    "invalid.manuscript_protected",
	"manuscript.old_word":     "invalid.manuscript_old_word",
	"manuscript.other_office": "invalid.manuscript_other_office",
	"manuscript.pages":        "invalid.manuscript_pages",
	"manuscript.broken":       "invalid.manuscript_broken",
	"manuscript.unsafe":       "invalid.manuscript_unsafe",
	"manuscript.unpacked":     "invalid.manuscript_unpacked",
	"manuscript.too_long":     "invalid.manuscript_too_long",
	"manuscript.nested":       "invalid.manuscript_nested",
	"manuscript.broken_book":  "invalid.manuscript_broken_book",
	"manuscript.locked_book":  "invalid.manuscript_locked_book",

	"pile.full":       "invalid.pile_full",
	"pile.empty":      "invalid.pile_empty",
	"pile.no_story":   "invalid.pile_no_story",
	"pile.unread":     "invalid.pile_unread",
	"pile.system":     "invalid.pile_system",
	"pile.lock":       "invalid.pile_lock",
	"pile.picture":    "invalid.pile_picture",
	"pile.other":      "invalid.pile_other",
	"pile.zip_broken": "invalid.pile_zip_broken",
	"pile.zip_large":  "invalid.pile_zip_large",
	"pile.zip_locked": "invalid.pile_zip_locked",
	"pile.zip_unsafe": "invalid.pile_zip_unsafe",
	"pile.zip_deep":   "invalid.pile_zip_deep",

	"pile_nothing":   "invalid.pile_nothing",
	"pile_work_gone": "invalid.pile_work_gone",
	"pile_stories":   "invalid.pile_stories",
	"pile_parts":     "invalid.pile_parts",
	"pile_changed":   "invalid.pile_changed",
}

// labels are the words of fields, as their labels say them.
var labels = map[string]string{
	"tags": "exclusions.field", "filter_name": "saved.name", "favourite": "favourites.title", FieldWith: "filters.with_tags", FieldWithout: "filters.without_tags", "words_from": "filters.words_from", "fandoms_from": "filters.fandoms_from", "updated_from": "filters.updated_from",
	"complete": "filters.completion", "chapters": "filters.chapters", "crossover": "filters.crossover", "q": "filters.text", "sort": "list.sort", "page": "filters.page",
	"kudos_from": "advanced.kudos", "hits_from": "advanced.hits", "comments_from": "advanced.comments", "chapters_from": "advanced.chapters", "posted_from": "advanced.posted",
	"title": "work_form.title", "fandoms": "work_form.fandoms", "rating": "work_form.rating",
	"warnings": "work_form.warnings", "categories": "work_form.categories",
	"relationships": "work_form.relationships", "main_tags": "work_form.main_tags",
	"characters": "work_form.characters", "freeforms": "work_form.freeforms",
	"language": "work_form.language", "summary": "work_form.summary",
	"work_notes_before": "work_form.notes_before", "work_notes_after": "work_form.notes_after",
	"gifts": "work_form.gifts", "elsewhere": "work_form.elsewhere", "planned": "work_form.planned",
	"published_on": "work_form.published_on", "pseuds": "work_form.pseuds",
	"chapter_title": "chapter_form.title", "chapter_summary": "chapter_form.summary",
	"disclaimer": "chapter_form.disclaimer", "dedication": "chapter_form.dedication",
	"notes_before": "chapter_form.notes_before", "notes_after": "chapter_form.notes_after",
	"text": "chapter_form.text", "chapter_published_on": "chapter_form.published_on",
	"name": "account.name", "email": "account.email", "password": "account.password", "pseud": "account.pseud",
	"old_password": "account.old_password", "again_password": "account.password", "key": "keys.name", "comments": "work_form.comments", "picture": "form.picture", "pictures": "form.picture", "file": "form.file",
	"code": "second_step.code", "again_code": "second_step.code", "passkey": "passkeys.one", "sole": "leave.sole_field", "shared": "leave.shared_field", "answers": "leave.answers", "fate": "orphan.how",
	"comment": "comment.yours", "guest_name": "comment.guest_name",
	"why": "report.why", "words": "report.words", "outcome": "case.outcome", "reason": "oversight.reason", "measure": "measures.measure", "days": "measures.days",
	"site_name": "site.name", "site_language": "site.language", "site_about": "site.about", "site_banner": "site.banner", "site_join": "site.join",
	"site_queue": "site.queue", "site_queue_daily": "site.queue_daily", "site_invitations": "site.invitations", "site_fandom": "site.fandom",
	"site_ratings": "site.ratings", "site_not_rated": "site.not_rated", "site_guests": "site.guests", "site_approval": "site.approval",
	"site_new_days": "site.new_days", "site_new_paused": "site.new_paused",
	"count": "invitations.count", "invite_days": "invitations.days", "note": "invitations.note",
	"wrangler_fandoms": "wrangler.fandoms", "into": "wrangling.into", "renamed": "desk_tag.renamed", "said": "desk_tag.say", "head": "desk_tag.head", "under": "wrangling.under", "meta": "desk_tag.metatags", "tag": "desk_tag.tag", "act": "desk_tag.history",
	"slug":  "papers.slug",
	"cover": "cover.picture", "cover_alt": "cover.alt",
	"format": "chapter_form.format", "to": "manage.place", "position": "chapter_form.position",
}

// ErrorsOf says in words what a verb found wrong with a form. A rule this
// room does not know is said as "not right".
func ErrorsOf(s Shell, problems archive.Problems) Errors {
	var said Errors
	for _, p := range problems {
		key, known := rules[p.Rule]
		switch {
		case !known:
			key = "invalid.not_right"
		case p.Rule == "required" && (p.Field == "warnings" || p.Field == "rating" || p.Field == "language" || p.Field == "why" || p.Field == "outcome" || p.Field == "measure" || p.Field == "site_ratings"):
			key = "invalid.choose"
		}
		args := []any{"Field", labelOf(s, p.Field)}
		for name, value := range p.Args {
			args = append(args, name, value)
		}
		said = append(said, FieldError{Field: p.Field, Text: s.T(key, args...)})
	}
	return said
}

func labelOf(s Shell, field string) string {
	if key, known := labels[field]; known {
		return s.T(key)
	}
	return field
}

// field is one labelled field, ready to show.
type field struct {
	name     string
	label    string
	help     string
	value    string
	errors   Errors
	limit    int    // characters; 0 shows no counter
	kind     string // type of an input; "text" when empty
	class    string
	complete string // autocomplete attribute
	required bool
	optional string // the word that says it may stay empty
	lang     string
	place    string // of which form, where several of a page have a field of this name
}

func (f field) id() string {
	if f.place != "" {
		return "f-" + f.name + "-" + f.place
	}
	return "f-" + f.name
}

func (f field) errorText() string { return f.errors.At(f.name) }

func (f field) inputType() string {
	if f.kind == "" {
		return "text"
	}
	return f.kind
}

// describedBy names the elements that explain the field, those that exist.
func (f field) describedBy() string {
	var ids []string
	if f.help != "" {
		ids = append(ids, f.id()+"-help")
	}
	if f.errorText() != "" {
		ids = append(ids, f.id()+"-error")
	}
	if f.limit > 0 {
		ids = append(ids, f.id()+"-count")
	}
	return strings.Join(ids, " ")
}

func (f field) limitText() string { return strconv.Itoa(f.limit) }

// tick is one box or ring of a group.
type tick struct {
	value string
	label string
	help  string
	on    bool
}

// ticks is a group of boxes ("checkbox") or rings ("radio").
type ticks struct {
	field
	options []tick
}

// openArea is a textarea as a string: templ would fold the spaces of what was
// typed in it.
func (f field) openArea() string {
	var b strings.Builder
	b.WriteString(`<textarea id="` + f.id() + `" name="` + f.name + `" dir="auto" rows="` + f.rows() + `"`)
	for _, attr := range [][2]string{
		{"class", f.class}, {"lang", f.lang}, {"aria-describedby", f.describedBy()},
	} {
		if attr[1] != "" {
			b.WriteString(" " + attr[0] + `="` + html.EscapeString(attr[1]) + `"`)
		}
	}
	if f.required {
		b.WriteString(" required")
	}
	if f.errorText() != "" {
		b.WriteString(` aria-invalid="true"`)
	}
	// The parser drops one line end after the tag, so one is given to it.
	b.WriteString(">\n" + html.EscapeString(f.value) + "</textarea>")
	return b.String()
}

func (f field) rows() string {
	switch {
	case strings.Contains(f.class, "line"):
		return "1"
	case strings.Contains(f.class, "editor"):
		return "24"
	case f.class == "paste":
		return "14"
	}
	return "4"
}
