package manuscript

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/prose"
)

// TestBlocksReadTogetherAreThoseReadAlone draws paragraphs and reads each by
// itself.
func TestBlocksReadTogetherAreThoseReadAlone(t *testing.T) {
	words := rapid.SampledFrom([]string{"*", "_", "**", "a", "*b*", "_c_", "**d**", "***", "é", "\"", "'", "(", ")", "#", "-", "1.", "&amp;", "&", "\\", "\\*", "!", ">", "=", "~", " ", "  ", ",", "www.a.b", ":", "|"})
	rapid.Check(t, func(t *rapid.T) {
		var blocks []string
		for range rapid.IntRange(1, 6).Draw(t, "blocks") {
			var lines []string
			for range rapid.IntRange(1, 3).Draw(t, "lines") {
				if l := strings.TrimSpace(strings.Join(rapid.SliceOfN(words, 1, 7).Draw(t, "words"), "")); l != "" {
					lines = append(lines, l)
				}
			}
			blocks = append(blocks, strings.Join(lines, "\n"))
		}
		text := strings.Join(blocks, "\n\n")
		for _, p := range readMarkdown(text).paras {
			if p.form == rule || !onlyParagraph(p.raw) {
				continue
			}
			m := readMarkdown(p.raw)
			if len(m.paras) != 1 || m.paras[0].text != p.text || htmlOf(*m.paras[0].block) != htmlOf(*p.block) {
				t.Fatalf("%q in %q is %q, alone %q", p.raw, text, htmlOf(*p.block), htmlOf(*m.paras[0].block))
			}
		}
	})
}

func htmlOf(b prose.Block) string { return prose.Document{Blocks: []prose.Block{b}}.HTML() }

// TestLinksAndNotesFindTheirDefinitions names them before and behind, in other
// capitals, and one in another.
func TestLinksAndNotesFindTheirDefinitions(t *testing.T) {
	src := readMarkdown("[A  b]: /x\n\nSee [a B] and [c][d], ![e] and note[^1].\n\n[d]: /y\n[^1]: Words of [z].\n[z]: /z\n[e]: https://a.example/e.png\n")
	page := htmlOf(*src.paras[1].block)
	for _, want := range []string{`href="/x"`, `href="/y"`, `e.png`, `href="/z"`, `class="footnote"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing in %s", want, page)
		}
	}
}
