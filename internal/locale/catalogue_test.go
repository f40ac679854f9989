package locale_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/locale"
)

var (
	said    = regexp.MustCompile(`\.(?:T|N|Say)\("([^"]+)"`)
	literal = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"`)
)

// sources gives every hand-written Go and templ file of the house but tests.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, top := range []string{"../../internal", "../../cmd"} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") ||
				!strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
				return nil
			}
			text, err := os.ReadFile(path)
			files[path] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func englishMessages(t *testing.T) map[string]any {
	t.Helper()
	text, err := os.ReadFile("messages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEveryMessageSaidIsDefined(t *testing.T) {
	defined := englishMessages(t)
	for path, text := range sources(t) {
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			if defined[m[1]] == nil {
				t.Errorf("%s says %q, which messages/en.json does not define", path, m[1])
			}
		}
	}
}

func TestEveryMessageDefinedIsSaid(t *testing.T) {
	named := map[string]bool{}
	for _, text := range sources(t) {
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			named[m[1]] = true
		}
	}
	for key := range englishMessages(t) {
		// The reasons of the reader of manuscripts are said by the names of its rules.
		if !named[key] && !named[strings.TrimPrefix(key, "manuscript.reason.")] {
			t.Errorf("messages/en.json defines %q, which nothing says", key)
		}
	}
}

func TestMessagesCountedHaveBothForms(t *testing.T) {
	for key, m := range englishMessages(t) {
		forms, ok := m.(map[string]any)
		if !ok {
			continue
		}
		if forms["one"] == nil || forms["other"] == nil {
			t.Errorf("%q is counted and needs one and other", key)
		}
	}
}

func TestMessagesAreCalm(t *testing.T) {
	text, err := os.ReadFile("messages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if strings.Contains(line, "!") {
			t.Errorf("messages/en.json:%d shouts: %s", i+1, strings.TrimSpace(line))
		}
	}
}

func TestAWorkIsSpokenOfInItsOwnLanguageOrTheArchives(t *testing.T) {
	c, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][3]string{
		{"de", "en", "de"}, {"de-AT", "en", "de"}, {"en-GB", "de", "en"}, {"lb", "en", "en"}, {"cy", "de", "de"}, {"ja", "de", "de"},
		{"", "de", "de"}, {"not a language", "", "en"}, {"fr", "fr", "en"},
	} {
		if got := c.Speaking(row[0], row[1]).Tag(); got != row[2] {
			t.Errorf("a work in %q on an archive in %q is spoken of in %s, want %s", row[0], row[1], got, row[2])
		}
	}
}

// A language is read when it is spoken; what cannot be read then would be said
// in English.
func TestEveryLanguageIsRead(t *testing.T) {
	c, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range c.Tags() {
		text, err := os.ReadFile("messages/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var said map[string]any
		if err := json.Unmarshal(text, &said); err != nil {
			t.Fatal(err)
		}
		words := c.Printer(tag)
		for key, m := range said {
			switch one, is := m.(string); {
			case is && !strings.Contains(one, "{{"):
				if got := words.T(key); got != one {
					t.Errorf("%s is said in %s as %q, want %q", key, tag, got, one)
				}
			case is:
				begins, _, _ := strings.Cut(one, "{{")
				if got := words.T(key, "Count", 1); got == key || !strings.HasPrefix(got, begins) {
					t.Errorf("%s is said in %s as %q, want %q", key, tag, got, one)
				}
			default:
				begins, _, _ := strings.Cut(m.(map[string]any)["other"].(string), "{{")
				if got := words.N(key, 7); got == key || !strings.HasPrefix(got, begins) {
					t.Errorf("%s of seven is said in %s as %q, want %q", key, tag, got, begins)
				}
			}
		}
	}
}
