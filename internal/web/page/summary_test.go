package page_test

import (
	"strings"
	"testing"

	"ficus/internal/web/page"
)

func TestShortSummaryStandsWhole(t *testing.T) {
	html := "<p>The bridge could <em>talk</em>.</p><p>Nobody asked it to.</p>"
	shown, rest := page.CutSummary(html)
	if shown != html || rest != "" {
		t.Errorf("shown %q, rest %q", shown, rest)
	}
}

func TestLongSummaryIsCutAtASentence(t *testing.T) {
	sentence := "The bridge said nothing of the kind, and went on saying it all night. "
	shown, rest := page.CutSummary("<p>" + strings.Repeat(sentence, 10) + "<em>Then</em> it stopped.</p>")
	if !strings.HasSuffix(shown, "all night.</p>") || !strings.HasPrefix(rest, "<p>The bridge") || !strings.HasSuffix(rest, "it stopped.</p>") {
		t.Errorf("shown %q, rest %q", shown, rest)
	}
	if n := len([]rune(shown)); n > 410 || n < 300 {
		t.Errorf("shown %d characters", n)
	}
}

func TestLongSummaryWithoutSentencesIsNotCutInAWord(t *testing.T) {
	html := "<p>" + strings.Repeat("aaargh", 100) + "</p><p>The end.</p>"
	shown, rest := page.CutSummary(html)
	if shown != "<p>"+strings.Repeat("aaargh", 100)+"</p>" || rest != "<p>The end.</p>" {
		t.Errorf("shown %q, rest %q", shown, rest)
	}
}

func TestPicturesDoNotShowInLists(t *testing.T) {
	shown, _ := page.CutSummary(`<p>A map: <img src="/works/1/pictures/2" alt="of the coast"></p>`)
	if strings.Contains(shown, "<img") {
		t.Errorf("shown %q", shown)
	}
}
