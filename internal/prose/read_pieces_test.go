package prose

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkdownReadTogetherIsWhatItIsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]string, rapid.IntRange(0, 6).Draw(t, "texts"))
		for i := range texts {
			texts[i], _ = soup(t)
			if rapid.Bool().Draw(t, "without tags") {
				texts[i] = strings.NewReplacer("<", "", ">", "> ").Replace(texts[i])
			}
		}
		for i, read := range ReadMarkdownEach(texts) {
			alone, dropped := ReadMarkdown(texts[i])
			if read.Document.HTML() != alone.HTML() || !reflect.DeepEqual(read.Dropped, dropped) {
				t.Errorf("%q among %q is\n%s %v\nalone\n%s %v", texts[i], texts, read.Document.HTML(), read.Dropped, alone.HTML(), dropped)
			}
		}
	})
}

func TestManyTextsOfMarkdownAreEachReadForThemselves(t *testing.T) {
	texts := []string{"a *b", "c* d", "", "[e]: /f", "[e]", "g[^1]\n\n[^1]: h", "[^1]", "<b>i", "j</b>", "&lt;b&gt;", "> k", "1. l", "2. m", "<!-- n", "o -->", "```\np", "q"}
	for i, read := range ReadMarkdownEach(texts) {
		if alone, _ := ReadMarkdown(texts[i]); read.Document.HTML() != alone.HTML() {
			t.Errorf("%q is %s, alone %s", texts[i], read.Document.HTML(), alone.HTML())
		}
	}
}

func TestAPageInPiecesIsThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole strings.Builder
		pieces := NewPageReader(0)
		for i := range rapid.IntRange(1, 8).Draw(t, "pieces") {
			piece := rapid.SampledFrom([]string{"<p>a<i>b</i></p>", "<ul><li>c</li></ul>", "<li>d</li>", "<p>&nbsp;</p>", "<br>", "loose ", "<h2>e</h2>", "<hr>", "<p>f<b>g</b>", "<td>h</td>", "</div>", "<blockquote><p>j</p></blockquote>", "a < b", "</3"}).Draw(t, fmt.Sprint(i))
			whole.WriteString(piece)
			pieces.Read(piece)
		}
		want, told := ReadPlaced(whole.String())
		got, toldToo := pieces.Document()
		if got.HTML() != want.HTML() || !reflect.DeepEqual(told, toldToo) {
			t.Errorf("%q in pieces is\n%s\nwhole\n%s", whole.String(), got.HTML(), want.HTML())
		}
	})
}
