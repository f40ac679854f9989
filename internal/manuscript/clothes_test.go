package manuscript

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// clothes are other ways the same manuscript comes.
var clothes = map[string]struct {
	kind string
	wear func(string) string
}{
	"CRLF":                  {"txt", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	"wider gaps":            {"txt", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n") }},
	"every line set in":     {"txt", func(s string) string { return eachLine(s, func(l string) string { return "\t" + l }) }},
	"a blank between lines": {"txt", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }},
	"no blank lines":        {"txt", func(s string) string { return eachLine(s, func(l string) string { return l }) }},
	"UTF-16":                {"txt", func(s string) string { return utf16Bytes("\ufeff"+s, false) }},
	"a page": {"html", func(s string) string {
		return eachLine(s, func(l string) string { return "<p>" + html.EscapeString(l) + "</p>" })
	}},
	"Markdown": {"md", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }},
}

func eachLine(s string, f func(string) string) string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if strings.TrimSpace(l) != "" {
			out = append(out, f(l))
		}
	}
	return strings.Join(out, "\n")
}

func TestTheSameManuscriptIsUnderstoodInOtherClothes(t *testing.T) {
	for name, c := range clothes {
		for _, file := range append([]string{"19-long-watch.txt", "20-on-the-rocks.txt"}, mainJob...) {
			t.Run(name+"/"+file, func(t *testing.T) {
				_, want := readSample(t, file)
				data, err := os.ReadFile(filepath.Join("testdata", file))
				if err != nil {
					t.Fatal(err)
				}
				r, err := Read([]byte(c.wear(string(data))), Options{Kind: c.kind})
				if err != nil {
					t.Fatal(err)
				}
				checkExpected(t, r, want)
				checkInvariants(t, r)
				if t.Failed() {
					t.Log(describe(r))
				}
			})
		}
	}
}

// wrapped breaks every line of a text that is longer than 70 columns.
func wrapped(s string) string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		line := ""
		for _, word := range strings.Fields(l) {
			if line != "" && len(line)+1+len(word) > 70 {
				out, line = append(out, line), word
				continue
			}
			line = strings.TrimSpace(line + " " + word)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestHardWrappedParagraphsAreJoinedAgain(t *testing.T) {
	data, err := os.ReadFile("testdata/11-mole-watch.txt")
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.ReplaceAll(string(data), "\n", "\n\n")
	once, err := Read([]byte(plain), Options{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read([]byte(wrapped(plain)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range once.Works[0].Chapters {
		a, _ := json.Marshal(once.Works[0].Chapters[i])
		b, _ := json.Marshal(again.Works[0].Chapters[i])
		same(t, "chapter", string(a), string(b))
	}
}
