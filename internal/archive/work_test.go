package archive_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// filled is a work that may be posted.
func filled() archive.WorkFields {
	f := archive.WorkFields{Title: "Salt", Fandoms: []string{"Saltlight"}, Warnings: []string{archive.WarningNone}, Language: "en"}
	f.Clean()
	return f
}

func rulesOf(p archive.Problems) []string {
	var rules []string
	for _, problem := range p {
		rules = append(rules, problem.Field+" "+problem.Rule)
	}
	return rules
}

func TestWorkWithTheFewFieldsItNeedsMayBePosted(t *testing.T) {
	f := filled()
	if p := f.Check(archive.DefaultLimits(), false, noon); len(p) > 0 {
		t.Fatal(p)
	}
	if f.Rating != archive.RatingNone || f.Comments != archive.CommentsEveryone {
		t.Errorf("defaults are %q and %q", f.Rating, f.Comments)
	}
}

func TestEverythingWrongWithAFormIsSaidAtOnce(t *testing.T) {
	f := archive.WorkFields{Title: strings.Repeat("a", 256), Rating: "Spicy", Planned: -1, Comments: "friends", Elsewhere: []string{"ftp://x"}}
	f.Clean()
	got := rulesOf(f.Check(archive.DefaultLimits(), false, noon))
	want := []string{
		"title too_long", "fandoms required", "warnings required", "language required", "rating unknown", "comments unknown",
		"elsewhere address", "planned range",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDraftNeedsATitleAlone(t *testing.T) {
	f := archive.WorkFields{Title: "Later"}
	f.Clean()
	if p := f.Check(archive.DefaultLimits(), true, noon); len(p) > 0 {
		t.Fatal(p)
	}
	f.Title = ""
	if diff := cmp.Diff([]string{"title required"}, rulesOf(f.Check(archive.DefaultLimits(), true, noon))); diff != "" {
		t.Error(diff)
	}
}

func TestEachLimitOfTheWorkForm(t *testing.T) {
	many := func(n int) (list []string) {
		for i := range n {
			list = append(list, strings.Repeat("x", i+1))
		}
		return list
	}
	for name, c := range map[string]struct {
		change func(*archive.WorkFields)
		want   string // empty: nothing wrong
	}{
		"a title of 255 characters":       {func(f *archive.WorkFields) { f.Title = strings.Repeat("雨", 255) }, ""},
		"75 tags":                         {func(f *archive.WorkFields) { f.Freeforms = many(74) }, ""},
		"76 tags":                         {func(f *archive.WorkFields) { f.Freeforms = many(75) }, "freeforms too_many_tags"},
		"20 fandoms":                      {func(f *archive.WorkFields) { f.Fandoms = many(20) }, ""},
		"21 fandoms":                      {func(f *archive.WorkFields) { f.Fandoms = many(21) }, "fandoms too_many"},
		"a tag of 150 characters":         {func(f *archive.WorkFields) { f.Characters = []string{strings.Repeat("x", 150)} }, ""},
		"a tag of 151 characters":         {func(f *archive.WorkFields) { f.Characters = []string{strings.Repeat("x", 151)} }, "characters tag_long"},
		"a tag with a star":               {func(f *archive.WorkFields) { f.Characters = []string{"N*sta"} }, "characters tag_characters"},
		"a tag with a full-width comma":   {func(f *archive.WorkFields) { f.Characters = []string{"灯，汐"} }, "characters tag_characters"},
		"a main tag that is none":         {func(f *archive.WorkFields) { f.MainTags = []string{"A/B"} }, "main_tags not_a_relationship"},
		"three main tags":                 {func(f *archive.WorkFields) { f.Relationships = many(3); f.MainTags = many(3) }, "main_tags too_many"},
		"six addresses elsewhere":         {func(f *archive.WorkFields) { f.Elsewhere = strings.Fields(strings.Repeat("https://example.org/1 ", 6)) }, "elsewhere too_many"},
		"a gift to a name of 150":         {func(f *archive.WorkFields) { f.Gifts = []string{strings.Repeat("雨", 150)} }, ""},
		"a gift to a name of 151":         {func(f *archive.WorkFields) { f.Gifts = []string{strings.Repeat("雨", 151)} }, "gifts too_long"},
		"a script as an address":          {func(f *archive.WorkFields) { f.Elsewhere = []string{"javascript:alert(1)"} }, "elsewhere address"},
		"a warning nobody knows":          {func(f *archive.WorkFields) { f.Warnings = []string{"spoilers"} }, "warnings unknown"},
		"a category nobody knows":         {func(f *archive.WorkFields) { f.Categories = []string{"F/*"} }, "categories unknown"},
		"a language that is none":         {func(f *archive.WorkFields) { f.Language = "en\x00" }, "language unknown"},
		"a date in the past":              {func(f *archive.WorkFields) { f.PublishedOn = noon.AddDate(-20, 0, 0) }, ""},
		"today, where it is tomorrow now": {func(f *archive.WorkFields) { f.PublishedOn = noon.Add(20 * time.Hour) }, ""},
		"next week":                       {func(f *archive.WorkFields) { f.PublishedOn = noon.AddDate(0, 0, 7) }, "published_on future"},
	} {
		f := filled()
		c.change(&f)
		got := strings.Join(rulesOf(f.Check(archive.DefaultLimits(), false, noon)), ", ")
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestTagsAreSplitAtEveryKindOfCommaAndKeptOnce(t *testing.T) {
	got := archive.SplitTags(" Slow  burn,slow burn, 灯、汐，雨 ,,\u202eevil\u202c")
	if diff := cmp.Diff([]string{"Slow burn", "灯", "汐", "雨", "evil"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTagsOfAWorkKeepTheWritersOrder(t *testing.T) {
	f := filled()
	f.Relationships, f.MainTags = []string{"B/C", "A/B"}, []string{"A/B"}
	var got []string
	for _, tag := range f.Tags() {
		main := ""
		if tag.Main {
			main = " (main)"
		}
		got = append(got, string(tag.Kind)+" "+tag.Wording+main)
	}
	want := []string{"rating Not Rated", "warning none apply", "fandom Saltlight", "relationship B/C", "relationship A/B (main)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTitlesSortWithoutTheirArticle(t *testing.T) {
	for title, want := range map[[2]string]string{
		{"The Day Book", "en"}: "day book", {"“A Lamp”", "en-GB"}: "lamp”", {"Le Phare", "fr"}: "phare", {"L’Été", "fr"}: "été",
		{"Die Hard", "en"}: "die hard", {"Die Lampe", "de"}: "lampe", {"The ", "en"}: "the ", {"...And Then", "en"}: "and then",
	} {
		if got := archive.SortTitle(title[0], title[1]); got != want {
			t.Errorf("%q in %s sorts as %q, want %q", title[0], title[1], got, want)
		}
	}
}

func TestNamesOfAccountsAndPseuds(t *testing.T) {
	for name, want := range map[string]string{
		"mara_q": "", "ma": "name name_length", "": "name required", "Staff": "name name_reserved", "mara q": "name name_characters",
		"_mara": "name name_characters", "маra": "name name_characters", strings.Repeat("m", 41): "name name_length",
	} {
		var p archive.Problems
		archive.CheckAccountName(name, &p)
		if got := strings.Join(rulesOf(p), ", "); got != want {
			t.Errorf("account %q: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"瑞穂": "", "Mara of the Long Commas": "", "": "pseud required", "...": "pseud pseud_characters", "a<b": "pseud pseud_characters", "a,b": "pseud pseud_characters",
	} {
		var p archive.Problems
		archive.CheckPseudName(name, &p)
		if got := strings.Join(rulesOf(p), ", "); got != want {
			t.Errorf("pseud %q: got %q, want %q", name, got, want)
		}
	}
}

func TestLinesLoseWhatCannotBeSeen(t *testing.T) {
	for typed, want := range map[string]string{
		"  a \t b\u00a0c\n": "a b c", "\u202eabc\u202c": "abc", "a\x00b": "ab", "na\u00efve": "na\u00efve", "\u200bx": "x",
		"می\u200cخواهم": "می\u200cخواهم", "bad\xffutf": "bad\ufffdutf",
	} {
		if got := archive.CleanLine(typed); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

func TestWorkIsCompleteWhenAllPlannedChaptersArePosted(t *testing.T) {
	for _, c := range []struct {
		planned, posted int
		want            bool
	}{{3, 3, true}, {3, 2, false}, {0, 3, false}, {1, 0, false}} {
		w := archive.Work{Planned: c.planned, Counts: archive.Counts{Posted: c.posted}}
		if w.Complete() != c.want {
			t.Errorf("%d of %d: complete is %v", c.posted, c.planned, !c.want)
		}
	}
}
