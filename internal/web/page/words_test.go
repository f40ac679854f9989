package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	control    = regexp.MustCompile(`^(if|for|switch|case|default|templ|package|import|css|script|//|@|\}|\)|"|var|const|func)\b?`)
	expression = regexp.MustCompile(`\{[^{}]*\}`)
	markup     = regexp.MustCompile(`(?s)<!--.*?-->|<[^<>]*>`)
	spoken     = regexp.MustCompile(`\b(aria-label|title|alt|placeholder)="[^"]*[A-Za-z]{2}[^"]*"`)
	call       = regexp.MustCompile(`@\w+\([^()]*\)`)
	entity     = regexp.MustCompile(`&[a-z]+;`)
	letters    = regexp.MustCompile(`\p{L}{2,}`)
)

// unsaid are the words and values in templates that no reader reads as words.
var unsaid = map[string]bool{"Aa": true}

// wordsOf gives the words a template holds itself, outside tags and
// expressions, and in the attributes that are read aloud.
func wordsOf(source string) []string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		if text := strings.TrimSpace(line); control.MatchString(text) && !strings.HasPrefix(text, "<") {
			continue
		}
		b.WriteString(line)
	}
	text := b.String()
	for {
		shorter := expression.ReplaceAllString(text, "")
		if shorter == text {
			break
		}
		text = shorter
	}
	var found []string
	for _, attribute := range spoken.FindAllString(text, -1) {
		found = append(found, attribute)
	}
	text = call.ReplaceAllString(text, "")
	text = entity.ReplaceAllString(markup.ReplaceAllString(text, " "), " ")
	for _, word := range letters.FindAllString(text, -1) {
		if !unsaid[word] {
			found = append(found, word)
		}
	}
	return found
}

func TestNoTemplateHoldsWordsOfItsOwn(t *testing.T) {
	files, err := filepath.Glob("*.templ")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range wordsOf(string(source)) {
			t.Errorf("%s says %q itself; what people read is in the catalogue of messages", file, words)
		}
	}
}

func TestTheSearchForWordsFindsThem(t *testing.T) {
	const template = "templ x(p X) {\n\t<p class=\"lead\">{ p.T(\"a.b\") } by <b\n\t\tif p.Y {\n\t\t\tid=\"z\"\n\t\t}\n\t>{ p.Z }</b></p>\n\t<a aria-label=\"Go there\" href={ x }>·&nbsp;</a>\n}\n"
	if got := strings.Join(wordsOf(template), "|"); got != `aria-label="Go there"|by` {
		t.Errorf("found %s", got)
	}
}
