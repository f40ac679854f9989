package prose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pageBits are what pages are made of, and what is odd about them.
var pageBits = []string{
	"<p>", "</p>", "<P>", "</P >", "<p\n>", "<p class=x>", "<p class=\"a b\">", "<p class='a' id=\"b\">", "<p class=\"a\"id=b>", "<p a=\"1\" A=\"2\">",
	"<p title=\"a &amp; b\">", "<p title='a\"b'>", "<p title=\"a'b\">", "<p title=\"a>b\">", "<p title=\"a\nb\">", "<p title=\"a\rb\">", "<p title=a/>", "<p title=a/b>",
	"<p title=>", "<p hidden>", "<p hidden=\"\">", "<p / >", "<p/>", "<br>", "<br/>", "<br />", "<img src=a.png alt=\"x\"/>", "<img src=a alt=x />", "<img alt=\"x\" / >",
	"<o:p>", "</o:p>", "<h1>", "</h1>", "<a@b>", "<a-b c-d=\"e\">", "<é>", "<pé>", "<p é=\"1\">", "<p =a>", "<p a=\"b", "<p", "</p", "</p x=1>", "</p/>", "</>", "</ p>", "</3",
	"<3", "<", "<<p>", "< p>", ">", "&", "&amp;", "&lt;p&gt;", "&notit;", "\"", "'", "\x00", "\r", "\r\n", "\n", "\f", "\t", " ", "=", "/", "`", "text", "ſ", "<p\fa=b>", "<p a=b\fc=d>",
	"<!-- c -->", "<!--", "-->", "<!doctype html>", "<!", "<?xml ?>", "<![CDATA[x]]>", "<script>", "</script>", "<STYLE>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>",
	"<iframe>", "</iframe>", "<noscript>", "</noscript>", "<xmp>", "</xmp>", "<plaintext>", "<svg>", "</svg>", "<p a=\"\x00\">", "<p\x00>", "<p b=`c`>", "<p b=c\"d>", "<p b=\"c\" b=\"d\" e=f>",
	"<p a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9 j=10 k=11 l=12 m=13 n=14>",
}

// TestTokensAreTheTokenizers: every page comes apart as x/net/html takes it
// apart, whatever is odd about it.
func TestTokensAreTheTokenizers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60_000 {
		var page strings.Builder
		for range 1 + rng.IntN(12) {
			page.WriteString(pageBits[rng.IntN(len(pageBits))])
		}
		sameTokens(t, page.String())
	}
	for _, bit := range pageBits {
		sameTokens(t, strings.Repeat("<p>a</p>"+bit+"b", mostOdds+8))
	}
}

func FuzzTokens(f *testing.F) {
	for _, bit := range pageBits {
		f.Add("<p>a" + bit + "b</p>")
	}
	f.Fuzz(func(t *testing.T, page string) { sameTokens(t, page) })
}

func sameTokens(t *testing.T, page string) {
	t.Helper()
	tokens, z := TokensOf(page), html.NewTokenizer(strings.NewReader(page))
	for n := 0; ; n++ {
		kind := z.Next()
		raw := string(z.Raw())
		want := fmt.Sprintf("%v %q", kind, raw)
		got := fmt.Sprintf("%v %q", tokens.Next(), tokens.Raw())
		switch kind {
		case html.TextToken, html.CommentToken:
			want += fmt.Sprintf(" %q", z.Text())
			got += fmt.Sprintf(" %q", tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, more := z.TagName()
			want += fmt.Sprintf(" %q", name)
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				want += fmt.Sprintf(" %q=%q", key, value)
			}
			got += fmt.Sprintf(" %q", tokens.Name())
			for _, a := range tokens.Attrs() {
				got += fmt.Sprintf(" %q=%q", a.Name, a.Value)
			}
		}
		if got != want {
			t.Fatalf("token %d of %q is\n%s\nand to the Tokenizer\n%s", n, page, got, want)
		}
		if kind == html.ErrorToken {
			return
		}
	}
}

// TestPlainTagsNeedNoTokenizer: what most pages are made of is read without.
func TestPlainTagsNeedNoTokenizer(t *testing.T) {
	tokens := TokensOf("<div class='a'><p class=\"MsoNormal\" id=x>a < b <I>c</I><br/>&amp;<img src=\"a.png\" alt='' /></p\n></div>")
	var kinds []html.TokenType
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		kinds = append(kinds, kind)
	}
	if tokens.odds > 0 || len(kinds) != 11 || !slices.Contains(kinds, html.SelfClosingTagToken) {
		t.Errorf("%d tokens %v, %d Tokenizers", len(kinds), kinds, tokens.odds)
	}
}

// TestBehindWhatIsOddTagsArePlainAgain: one comment does not cost a page its
// quick reading.
func TestBehindWhatIsOddTagsArePlainAgain(t *testing.T) {
	for _, odd := range []string{"<!-- c -->", "<p title='&amp;'>a</p>", "<script>s</script>"} {
		tokens := TokensOf(odd + "<p>b</p>")
		for tokens.Next() != html.ErrorToken {
		}
		if tokens.odd != nil || tokens.odds != 1 {
			t.Errorf("behind %s the Tokenizer tells the rest", odd)
		}
	}
}

// TestAParagraphIsReadWithOneAllocation: of a plain page only what is kept of
// each paragraph is made anew.
func TestAParagraphIsReadWithOneAllocation(t *testing.T) {
	const paragraphs = 1000
	page := strings.Repeat("<p>"+strings.Repeat("The lamp went out. ", 30)+"</p>\n", paragraphs)
	if n := testing.AllocsPerRun(5, func() { ReadPlaced(page) }); n > paragraphs+50 {
		t.Errorf("%d paragraphs take %.0f allocations", paragraphs, n)
	}
}
