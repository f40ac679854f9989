package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose/words"
)

func TestATextIsTakenApart(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" — … \"*\" ", ""},
		{"The lamp was lit at SIX.", "the lamp was lit at six"},
		{"half-hearted, half–past", "half hearted half past"},
		{"don't Don’t DONʼT 'tis dogs' rock 'n' roll", "dont dont dont tis dogs rock n roll"},
		{"Łódź café naïve Ærøskøbing", "lodz cafe naive æroskobing"},
		{"Straße STRASSE", "strasse strasse"},
		{"Ὀδυσσεύς οδυσσευς", "οδυσσευσ οδυσσευσ"},
		{"Йод ёж", "йод ёж"},
		{"soft\u00adhyphen zero\u200dwidth", "softhyphen zerowidth"},
		{"ｆｕｌｌ ﬁne", "full fine"},
		{"静かな図書館。", "静か かな な図 図書 書館"},
		{"静", "静"},
		{"第3章 ハンター", "第 3 章 ハン ンタ ター"},
		{"か\u3099き", "がき"},
		{"สวัสดี", "สวั วัส สดี"},
		{"한국어 문장", "한국어 문장"},
		{"3.5 10,000 R2-D2 _x_", "3 5 10 000 r2 d2 x"},
		{"x²", "x2"},
		{strings.Repeat("a", 100), strings.Repeat("a", 60)},
		{strings.Repeat("É", 100), strings.Repeat("e", 60)},
	} {
		if got := strings.Join(words.Of(c.text), " "); got != c.want {
			t.Errorf("%q is %q, not %q", c.text, got, c.want)
		}
	}
}

// What is sought within a run without spaces is found as words that follow each
// other, wherever it stands.
func TestARunWithoutSpacesIsFoundByAnyPartOfIt(t *testing.T) {
	text := []rune("彼女は静かな図書館で本を読んでいた")
	whole := words.Of(string(text))
	for from := range text {
		for to := from + 2; to <= len(text); to++ {
			part := words.Of(string(text[from:to]))
			found := false
			for at := 0; at+len(part) <= len(whole); at++ {
				found = found || slices.Equal(whole[at:at+len(part)], part)
			}
			if !found {
				t.Fatalf("%s is not found in %s", string(text[from:to]), string(text))
			}
		}
	}
}

// Each word stands where it says, in order; it holds letters alone, and is
// itself when it is sought.
func FuzzWords(f *testing.F) {
	for _, text := range []string{
		"The lamp's half-past “nine”.", "静かな図書館 ﾊﾝﾀｰ", "สวัสดี ครับ", "Łódź e\u0301\u0301\u0301", "a'\u200d'b", "か\u3099\u3099\u3099\u3099\u3099\u3099き", "⑴ ½ ﷺ", "\xff\xfe'",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for w := range words.Each(text) {
			if w.From < 0 || w.To > len(text) || w.From >= w.To || w.From < last {
				t.Fatalf("%q: %+v stands nowhere", text, w)
			}
			last = w.From
			if w.Text == "" || !utf8.ValidString(w.Text) || utf8.RuneCountInString(w.Text) > 80 {
				t.Fatalf("%q has the word %q", text, w.Text)
			}
			for _, r := range w.Text {
				if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
					t.Fatalf("%q has the word %q with %q in it", text, w.Text, r)
				}
			}
			if again := words.Of(text[w.From:w.To]); len(again) != 1 || again[0] != w.Text {
				t.Fatalf("%q: %q is %q by itself", text, w.Text, again)
			}
		}
	})
}

func BenchmarkEach(b *testing.B) {
	text := strings.Repeat("The lamp in the café was lit at six, and nobody's half-hearted keeper came. ", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for range words.Each(text) {
		}
	}
}
