package manuscript

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// TestPlainStretchStopsInTime: no character that is not plain is passed over,
// and plain ones are.
func TestPlainStretchStopsInTime(t *testing.T) {
	for c := range 256 {
		plain := c >= ' ' && c < 0x7f
		for at := range 24 {
			text := strings.Repeat("a", at) + string([]byte{byte(c)}) + strings.Repeat("~ ", 12)
			n := plainStretch(text)
			if !plain && n > at || plain && n < len(text)-7 {
				t.Fatalf("with %#x at %d of %d: %d", c, at, len(text), n)
			}
		}
	}
}

// TestTidiedSeesEveryLine: what is to be tidied is seen wherever it stands.
func TestTidiedSeesEveryLine(t *testing.T) {
	for _, odd := range []string{"\r", "\v", "\x00", "\x7f", "\u0085", "\u00ad", "\u2028", "\u200b", "\ufeff", "e\u0301"} {
		for at := range 40 {
			text := strings.Repeat("The lamp\n", 5)[:at] + odd + "went out.\nAnd on.\n"
			if tidied(text) {
				t.Errorf("%q at %d is not seen", odd, at)
			}
		}
	}
	if text := "The lamp\nwent out – “gone”.\n\n\tAnd on.\n"; !tidied(text) {
		t.Errorf("%q is to be tidied", text)
	}
}

// edgy is a page of chapters with something to guess at the edges of each.
func edgy(chapters int) []byte {
	var page strings.Builder
	page.WriteString("<html><body><h1>The Lamp</h1><p>by Mara Quill</p>")
	for n := range chapters {
		fmt.Fprintf(&page, "<h2>Chapter %d</h2><p>A/N: Thank you for reviewing, readers of chapter %d!</p>", n+1, n)
		for k := range 40 {
			fmt.Fprintf(&page, "<p>He took the lamp %d and went up the stair, and it was dark there.</p>", k)
		}
		fmt.Fprintf(&page, "<p>***</p><p>So that was chapter %d, please review and let me know what you think!</p>", n+1)
	}
	page.WriteString("</body></html>")
	return []byte(page.String())
}

// TestChaptersAreGuessedAlike: on one processor and on many.
func TestChaptersAreGuessedAlike(t *testing.T) {
	page := edgy(30)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want, err := Read(page, Options{Kind: "html"})
	if err != nil {
		t.Fatal(err)
	}
	notes := 0
	for _, p := range want.Parts {
		notes += boolInt(p.What == OpeningNote || p.What == ClosingNote)
	}
	if notes != 60 {
		t.Fatalf("of 60 notes %d were found", notes)
	}
	runtime.GOMAXPROCS(4)
	for range 20 {
		if got, _ := Read(page, Options{Kind: "html"}); !reflect.DeepEqual(got, want) {
			t.Fatal("on four processors something else was read")
		}
	}
}

// TestASheetIsWhatWasWritten: whether it stands on the page or not, and however
// much is taken back.
func TestASheetIsWhatWasWritten(t *testing.T) {
	const page = "<p>one</p><p>two</p>"
	for _, c := range []struct {
		at     int
		writes []string // "-3" cuts to three
		want   string
		copied bool
	}{
		{0, []string{"<p>", "one", "</p>"}, "<p>one</p>", false},
		{10, []string{"<p>", "two"}, "<p>two", false},
		{0, []string{"<p>", "two"}, "<p>two", true},
		{0, []string{"<p>", "one", "-3", "two"}, "<p>two", true},
		{0, []string{"<p>", "one", "-3", "one"}, "<p>one", false},
		{0, []string{"<hr>", "<p>", "-4", "one"}, "<hr>one", true},
		{10, []string{"<hr>", "-0", "<p>"}, "<p>", false},
		{0, []string{"<p>", "-0"}, "", false},
		{10, []string{"<p>two</p>", "<p>"}, "<p>two</p><p>", true},
	} {
		s := sheet{page: page, at: c.at}
		for _, text := range c.writes {
			if text[0] == '-' {
				s.cut(int(text[1] - '0'))
				continue
			}
			s.write(text)
		}
		length, copied := s.len(), len(s.own) > 0
		if got := s.take(); got != c.want || length != len(c.want) || copied != c.copied || s.len() != 0 {
			t.Errorf("%v at %d: %q of %d, copied %v", c.writes, c.at, got, length, copied)
		}
	}
}
