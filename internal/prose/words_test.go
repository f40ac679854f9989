package prose

import (
	"strings"
	"testing"
)

func TestWordsCountsOneAWord(t *testing.T) {
	for text, want := range map[string]int{
		"":                               0,
		"The kettle was cold.":           4,
		"half-hearted":                   1,
		"don’t can't o'clock":            3,
		"wait—what? no--never":           4,
		"well...maybe, so…then e.g. 3.5": 6,
		"* * *":                          0,
		"— “Yes!” & no":                  2,
		"0415 hrs, 3rd of May":           5,
		"a_b and/or x@y.example":         3,
		"über façade e\u0301tude":        3,
		"日本語":                            3,
		"ラーメンを食べた。":                      8,
		"漢字 and かな":                      5,
		"สวัสดี":                         4,
		"안녕 세상":                          2,
		"Привет, мир":                    2,
		"שלום עולם":                      2,
		"\U0001f600 ok":                  1,
		"-- - --":                        0,
		"soft\u00adhyphen":               1,
	} {
		if got := (Document{Blocks: []Block{Para(text)}}).Words(); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

func TestWordsCrossMarksButNotLinesAndBlocks(t *testing.T) {
	for text, want := range map[string]int{
		"<p>un<em>believ</em>able</p>":                                                     1,
		"<p>a<br>b</p><p>c</p>":                                                            3,
		"<ruby>漢<rt>kan ji</rt></ruby>":                                                    1,
		"<ul><li>a<li>b c</ul><table><caption>d</caption><td>e</table>":                    5,
		`<figure><img src=x alt="not counted"><figcaption>two words</figcaption></figure>`: 2,
		"<p>wait—<em>what</em></p><hr>":                                                    2,
	} {
		d, _ := ReadHTML(text)
		if got := d.Words(); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

func TestCharactersAreCodePointsOfTheStoredForm(t *testing.T) {
	d, _ := ReadTyped("né & 日")
	if got, want := d.Characters(), len([]rune("<p>né &amp; 日</p>")); got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestIsEmptySeesWhatAReaderSees(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " \n ": true, "<p>&nbsp;</p>": true, "<hr>": true, "<ul><li></ul>": true, "<script>x</script>": true,
		"a": false, "<img src=x>": false, "<table><td>a</table>": false,
	} {
		d, _ := ReadTyped(text)
		if got := d.IsEmpty(); got != want {
			t.Errorf("%q: empty is %t, want %t", text, got, want)
		}
	}
}

func TestPlainTextGivesTheCharacters(t *testing.T) {
	d, _ := ReadTyped("a <em>b</em>\nc<img src=x alt=d>")
	if got, want := PlainText(d.Blocks[0].Inlines), "a b\nc"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if strings.TrimSpace(PlainText(Blank().Inlines)) != "" || !Blank().IsBlank() || Para("a").IsBlank() {
		t.Error("the blank paragraph is not blank, or another is")
	}
}

func TestSettledIsWhatAReaderWouldHaveMade(t *testing.T) {
	d := Document{Blocks: []Block{
		{Kind: Paragraph, Inlines: []Inline{TextRun(" a  b"), TextRun("c "), {Mark: Emphasis, Kids: []Inline{TextRun("d ")}}}},
		Para(""),
		{Kind: Quote},
	}}
	settled := d.Settled()
	if got, want := settled.HTML(), "<p>a bc <em>d</em></p>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	checkDocument(t, settled)
}
