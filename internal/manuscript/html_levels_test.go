package manuscript

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestHeadingsAreCountedAsTheirPatternsCountThem holds the levels of headings
// against the two patterns that say what they are.
func TestHeadingsAreCountedAsTheirPatternsCountThem(t *testing.T) {
	headingTag := regexp.MustCompile(`(?i)<h([1-6])[\s>]`)
	titleTag := regexp.MustCompile(`(?is)<(title|head)\b[^>]*>.*?</(?:title|head)>`)
	parts := []string{"<h1>", "<H2 class=x>", "</h1>", "<h3", "<h7>", "<title>", "<TITLE lang=en>", "</title>", "<head>", "</Head>", "<header>", "</header>", "<title", "<", "</", "x", " ", "\n", ">", "<p>", "h4>"}
	random := rand.New(rand.NewPCG(7, 242))
	for range 200_000 {
		var s strings.Builder
		for range 1 + random.IntN(10) {
			s.WriteString(parts[random.IntN(len(parts))])
		}
		page := s.String()
		var want []int
		bare := titleTag.ReplaceAllString(page, "|") // what is around does not join
		for _, at := range headingTag.FindAllStringIndex(bare, -1) {
			want = append(want, int(bare[at[0]+2]-'0'))
		}
		if got := headingLevels(page); !slices.Equal(got, want) {
			t.Fatalf("%q has headings of levels %v, the patterns say %v", page, got, want)
		}
	}
}
