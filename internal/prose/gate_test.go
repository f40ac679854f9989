package prose

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// secondOpinion is our allow-list said again in the words of another library,
// which shares no code or table with the reader (docs/decisions/0011).
func secondOpinion() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(strings.Fields(safeElements)...)
	p.AllowNoAttrs().OnElements(strings.Fields(safeElements)...)
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z0-9-]+$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[A-Za-z0-9_ -]+$`)).Globally()
	p.AllowAttrs("title").Globally()
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("scope").OnElements("th")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^-?[0-9]+$`)).OnElements("ol")
	p.AllowAttrs("value").Matching(regexp.MustCompile(`^-?[0-9]+$`)).OnElements("li")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("cite").OnElements("blockquote", "q", "del", "ins")
	p.AllowAttrs("datetime").OnElements("time", "del", "ins")
	p.AllowAttrs("open").OnElements("details")
	return p
}

// tokensOf gives what a text says, whatever way it is escaped.
func tokensOf(text string) []html.Token {
	var all []html.Token
	z := html.NewTokenizer(strings.NewReader(text))
	for z.Next() != html.ErrorToken {
		all = append(all, z.Token())
	}
	return all
}

func TestBluemondayFindsNothingToRemove(t *testing.T) {
	policy := secondOpinion()
	check := func(t failer, text string) {
		for _, read := range []func(string) (Document, []Dropped){ReadHTML, ReadTyped, ReadMarkdown} {
			d, _ := read(text)
			stored := d.HTML()
			if diff := cmp.Diff(tokensOf(stored), tokensOf(policy.Sanitize(stored))); diff != "" {
				t.Errorf("bluemonday changes %q\n%s", stored, diff)
			}
		}
	}
	for _, seed := range seeds {
		check(t, seed)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, _ := soup(t)
		check(t, text)
	})
}

func TestBluemondayWouldFindWhatWeMissed(t *testing.T) {
	for _, bad := range []string{`<script>x</script>`, `<p onclick="x">w</p>`, `<a href="javascript:x">w</a>`, `<img src="data:x">`, `<p style="x">w</p>`} {
		if secondOpinion().Sanitize(bad) == bad {
			t.Errorf("the second opinion lets %q through", bad)
		}
	}
}
