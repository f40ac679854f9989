package manuscript

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

const oldStory = "“You’re late,” said Éloïse — and the café… it wasn’t Zoë’s. Señor Núñez naïvely drank the crème brûlée.\n\nÀ bientôt, she thought."

func TestEncodingsAreToldByEvidence(t *testing.T) {
	win, err := charmap.Windows1252.NewEncoder().String(oldStory)
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().String(oldStory)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct{ data, encoding string }{
		"utf-8":              {oldStory, "utf-8"},
		"utf-8 with mark":    {"\ufeff" + oldStory, "utf-8"},
		"utf-16le with mark": {"\xff\xfe" + utf16Bytes(oldStory, false), "utf-16le"},
		"utf-16be with mark": {"\xfe\xff" + utf16Bytes(oldStory, true), "utf-16be"},
		"utf-16le":           {utf16Bytes(oldStory, false), "utf-16le"},
		"utf-16be":           {utf16Bytes(oldStory, true), "utf-16be"},
		"windows-1252":       {win, "windows-1252"},
		"macintosh":          {mac, "macintosh"},
		"a stray old byte":   {strings.Repeat(oldStory+" ", 3) + "caf\xe9", "utf-8"},
	}
	for name, c := range cases {
		d, err := decode([]byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.encoding != c.encoding || !strings.HasPrefix(d.text, oldStory) {
			t.Errorf("%s: read as %s: %q", name, d.encoding, d.text)
		}
	}
}

func utf16Bytes(text string, big bool) string {
	var s strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		a, b := byte(u), byte(u>>8)
		if big {
			a, b = b, a
		}
		s.WriteByte(a)
		s.WriteByte(b)
	}
	return s.String()
}

func TestADeclaredEncodingIsBelieved(t *testing.T) {
	page := "<html><head><meta charset=windows-1251></head><body><p>\xcc\xee\xf0\xe5</p><p>.</p></body></html>"
	r, err := Read([]byte(page), Options{Kind: "html"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "encoding", "windows-1251", r.Source.Encoding)
	contains(t, "text", r.SourceText, texts{"Море"})
}

func TestLineEndsBecomeLF(t *testing.T) {
	d, err := decode([]byte("a\r\nb\rc\n\u00adsoft\ufeff"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "text", "a\nb\nc\nsoft", d.text)
}

func TestBadFilesAreRefusedInOneSentence(t *testing.T) {
	cases := map[string]struct{ data, rule string }{
		"nothing":          {"", "manuscript.empty"},
		"blank lines":      {strings.Repeat("\n", 100_000), "manuscript.empty"},
		"only a mark":      {"\ufeff\n", "manuscript.empty"},
		"60 MB":            {strings.Repeat("a story. ", 7_000_000), "manuscript.too_large"},
		"zeros":            {"a story with a \x00 in it and more", "manuscript.binary"},
		"noise":            {strings.Repeat("\x01\x02\x03abc", 100), "manuscript.binary"},
		"a Word file":      {"PK\x03\x04" + strings.Repeat("x", 90), "manuscript.kind"},
		"an RTF":           {`{\rtf1 Hello}`, "manuscript.kind"},
		"an unknown table": {strings.Repeat("\x82\xb1\x82\xea\x82\xcd\x83\x65\x83\x58\x83\x67", 50), "manuscript.encoding"},
		"utf-32":           {"\xff\xfe\x00\x00a\x00\x00\x00", "manuscript.encoding"},
	}
	for name, c := range cases {
		_, err := Read([]byte(c.data), Options{})
		var refused *Error
		if !errors.As(err, &refused) {
			t.Errorf("%s: error is %v", name, err)
			continue
		}
		if refused.Rule != c.rule {
			t.Errorf("%s: refused by %s, want %s", name, refused.Rule, c.rule)
		}
		if s := refused.Error(); !strings.HasSuffix(s, ".") || strings.Count(s, ". ") > 0 || strings.Contains(s, "\n") {
			t.Errorf("%s: %q is not one sentence", name, s)
		}
	}
}

func TestAnEmptyPageIsRefused(t *testing.T) {
	_, err := Read([]byte("<html><body><script>alert(1)</script><p></p></body></html>"), Options{})
	if !errors.Is(err, errEmpty) {
		t.Errorf("error is %v", err)
	}
}
