package book

import (
	"bytes"
	"strings"
	"testing"

	"ficus/internal/prose"
)

func TestBooksAreSetAsAPrinterWould(t *testing.T) {
	for _, c := range [][3]string{
		{"en", `<p>"Don't," she said -- "not '<em>now</em>'."</p>`, `“Don’t,” she said — “not ‘<em>now</em>’.”`},
		{"en-GB", `<p>'Tis the '90s... Mr. Hale--no, "<em>'em</em>"----</p>`, "’Tis the ’90s… Mr.\u00a0Hale—no, “<em>’em</em>”----"},
		{"de", `<p>"Geh nicht", sagte sie -- und ging.</p>`, "„Geh nicht“, sagte sie – und ging."},
		{"de", `<p>Dr. Hale, z. B. am Kai, i. d. R. um 8 Uhr. Ich. Du.</p>`, "Dr.\u00a0Hale, z.\u00a0B. am Kai, i.\u00a0d.\u00a0R. um 8 Uhr. Ich. Du."},
		{"ja", "<p>\u3000灯は\u3000もう。</p><p>「そこ」</p>", ">灯は\u3000もう。</p>"},
		{"en", "<p>\u3000A lamp.</p>", ">\u3000A lamp.</p>"},
		{"fr", `<p>"N'y va pas !" dit-elle ; pourquoi : ?</p>`, "«\u202fN’y va pas\u202f!\u202f» dit-elle\u202f; pourquoi\u00a0:\u202f?"},
		{"ru", `<p>"Нет" -- сказала она...</p>`, "«Нет» — сказала она…"},
		{"en", `<p>See <code>--help "x"</code>, https://example.org/a--b?q="x"...</p>`, `<code>--help &quot;x&quot;</code>`},
		{"en", `<p lang="de">"So"</p>`, "„So“"},
		{"en", `<p lang="ja">"A" -- it's...</p>`, `&quot;A&quot; -- it's...`},
		{"", `<p>"A" -- it's...</p>`, `&quot;A&quot; -- it's...`},
		{"en", `<pre>"A" -- it's...</pre>`, `&quot;A&quot; -- it's...`},
	} {
		read, _ := prose.ReadHTML(c[1])
		b := storm()
		b.Language, b.Chapters = c[0], []Chapter{{ID: 1, Body: read}}
		got := open(t, bind(t, b, EPUB)).file(t, "c-1.xhtml")
		if !strings.Contains(got, c[2]) && !strings.Contains(got, strings.ReplaceAll(c[2], "&quot;", `"`)) {
			t.Errorf("%s in %q: not %s in\n%s", c[1], c[0], c[2], got[strings.Index(got, "story"):])
		}
	}
}

func TestReadersMayHaveTheTextAsTyped(t *testing.T) {
	b := storm()
	b.Chapters[0].Body = doc(`"Don't," she said -- and went...`)
	set := bind(t, b, EPUB)
	b.Options.AsTyped = true
	typed := open(t, bind(t, b, EPUB)).file(t, "c-901.xhtml")
	if !strings.Contains(typed, "-- and went...") || bytes.Contains(set, []byte(typed)) {
		t.Errorf("the copy as typed was set:\n%s", typed)
	}
	if was := b.Chapters[0].Body.Blocks[0].Inlines[0].Text; was != `"Don't," she said -- and went...` {
		t.Errorf("binding changed the text itself: %s", was)
	}
	ids := func(page string) string { _, after, _ := strings.Cut(page, `id="p-`); return after[:9] }
	if other := open(t, set).file(t, "c-901.xhtml"); ids(other) != ids(typed) {
		t.Errorf("a place in one copy is none in the other: %s, %s", ids(other), ids(typed))
	}
	if plain := string(bind(t, b, Text)); !strings.Contains(plain, "-- and went...") {
		t.Error("plain text is set")
	}
}
