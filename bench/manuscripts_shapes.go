package main

import (
	"fmt"
	"strings"
)

// worstShapes are texts of as many paragraphs as are read whose every line is
// of a shape that something is made of: each asks for one step of the reading
// as often as a file can.
func worstShapes() []worstFile {
	return []worstFile{
		shaped("later.txt", func(n int) string { return fmt.Sprintf("%d days later", n) }),
		shaped("times.txt", func(n int) string { return fmt.Sprintf("%02d:%02d, Harbour Road", n%24, n%60) }),
		shaped("places.txt", func(int) string { return "The Harbour, Salt Street" }),
		shaped("capitals.txt", func(n int) string { return "THE HARBOUR " + lettered(n) }),
		shaped("heads.txt", func(n int) string { return fmt.Sprintf("Chapter %d", n) }),
		shaped("breaks.txt", func(n int) string { return []string{"* * *", "It rained."}[n%2] }),
		shaped("ends.txt", func(n int) string { return []string{"The End", "* * *"}[n%2] }),
		shaped("labels.txt", func(n int) string { return fmt.Sprintf("Rating: %d", n) }),
		shaped("notes.txt", func(n int) string { return fmt.Sprintf("A/N: please review %d", n) }),
		shaped("titles.txt", func(n int) string {
			return []string{"Title: Salt", "Author: me", "Rating: G", "It rained all night."}[n%4]
		}),
		shaped("disclaimers.txt", func(n int) string { return fmt.Sprintf("Disclaimer: I do not own %d", n) }),
		shaped("dear.txt", func(n int) string { return fmt.Sprintf("Dear %s,", lettered(n)) }),
		shaped("sent.txt", func(n int) string { return fmt.Sprintf("%s: are you there?", lettered(n)) }),
		shaped("replies.txt", func(n int) string { return fmt.Sprintf("%s - thank you for your review", lettered(n)) }),
		shaped("speech.txt", func(n int) string { return fmt.Sprintf("\"It is %d,\" he said.", n) }),
		shaped("typed.txt", func(n int) string {
			if n < worstParas/2 {
				return fmt.Sprintf("The sea rose%s.", strings.Repeat("*", 1+n%3))
			}
			return fmt.Sprintf("[%d] A note.", n%1000)
		}),
		shaped("footnotes.txt", func(n int) string {
			if n < 999 {
				return fmt.Sprintf("The sea rose[%d].", n+1)
			}
			if n > worstParas-1000 {
				return fmt.Sprintf("[%d] A note.", n-(worstParas-1000))
			}
			return "The sea rose."
		}),
		shaped("thoughts.txt", func(n int) string {
			return []string{"He went /oh no/, he thought.", "He went *so* far that nobody saw him."}[n%2]
		}),
		shaped("sections.txt", func(n int) string { return fmt.Sprint(n) }),
		shaped("questions.txt", func(n int) string { return "Where? When? -- 12:30 " + lettered(n) + "?" }),
	}
}

// worstSigns are texts and pages of as many signs, links and tags as are read.
func worstSigns() []worstFile {
	return []worstFile{
		{"verse.txt", func() []byte {
			return []byte(strings.Repeat("the sea goes up\nthe sea goes down\nthe lamp is lit\nthe lamp is out\n\n", worstParas/4))
		}},
		{"set-in.txt", func() []byte {
			return []byte(strings.Repeat("        the sea goes up\n          the sea goes down\nHe sang it.\n\n", worstParas/2))
		}},
		{"quoted.txt", func() []byte { return []byte(strings.Repeat("> the sea goes up\n>\n", worstParas)) }},
		{"equals.txt", func() []byte {
			return []byte(strings.Repeat("the sea goes up and down and up and down and up and down and up=\n =20 =41 =\n", 15_000_000/80))
		}},
		{"one-slash.txt", func() []byte { return []byte(strings.Repeat("/a /b c/ d/ ", 49_000)) }},
		{"one-star.txt", func() []byte { return []byte(strings.Repeat("*a **b _c ~d ", 49_000)) }},
		{"brackets.md", func() []byte { return []byte(strings.Repeat("[a](b) ![c] <d> `e` &amp; \\f\n", 14_000)) }},
		{"lists.md", func() []byte { return []byte(strings.Repeat("- a\n  - b\n\n", 24_000)) }},
		{"quotes.md", func() []byte { return []byte(strings.Repeat("> a *b*\n\n", 66_000)) }},
		{"heads.md", func() []byte { return []byte(strings.Repeat("# a\n\nb *c*\n\n", worstParas/2-100)) }},
		{"defined.md", func() []byte { return []byte(strings.Repeat("[a]: /b\n\n[a] *c*\n\n", 33_000)) }},
		{"notes.md", func() []byte { return []byte(strings.Repeat("a[^1] *b*\n\n[^1]: c\n\n", 33_000)) }},
		{"fences.md", func() []byte { return []byte(strings.Repeat("```\na\n\n", 66_000)) }},
		{"tags.html", func() []byte { return []byte("<body>" + strings.Repeat("<p><b><i>a</b></i></p>", 24_500)) }},
		{"open.html", func() []byte { return []byte("<body>" + strings.Repeat("<p><b><i><u>a", 40_000)) }},
		{"tables.html", func() []byte { return []byte("<body>" + strings.Repeat("<table><tr><td>a<td>b</table>", 30_000)) }},
		{"links.html", func() []byte {
			return []byte("<body>" + strings.Repeat("<p><a href=\"#x\" id=\"y\">1</a><a href='#y' id=x>1</a></p>", 24_500))
		}},
		{"styles.html", func() []byte {
			var rules strings.Builder
			for n := range 20_000 {
				fmt.Fprintf(&rules, ".c%d{font-style:italic;font-weight:bold} p.d%d b{color:red}", n, n)
			}
			return []byte("<style>" + rules.String() + "</style><body>" + strings.Repeat("<p class=\"c1 c2 c3 c4 d5\"><b>a</b></p>", 49_000))
		}},
		{"hidden.html", func() []byte {
			return []byte("<body>" + strings.Repeat("<p style=\"display:none\">a b</p><p>b</p>", 49_000))
		}},
	}
}

// worstParas is nearly as many paragraphs as are read.
const worstParas = 79_000

// shaped is a text of as many paragraphs as are read, each of the shape.
func shaped(name string, shape func(n int) string) worstFile {
	return worstFile{name, func() []byte {
		var b strings.Builder
		for n := range worstParas {
			b.WriteString(shape(n))
			b.WriteString("\n\n")
		}
		return []byte(b.String())
	}}
}

// lettered is a number as a name.
func lettered(n int) string {
	name := []byte{byte('A' + n%26)}
	for n /= 26; n > 0; n /= 26 {
		name = append(name, byte('a'+n%26))
	}
	return string(name) + "a"
}
