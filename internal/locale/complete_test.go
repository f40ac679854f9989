package locale_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// formsOf gives a message's plural forms; one that counts nothing has the form
// "other" alone.
func formsOf(t *testing.T, key string, message any) map[string]string {
	t.Helper()
	switch m := message.(type) {
	case string:
		return map[string]string{"other": m}
	case map[string]any:
		forms := map[string]string{}
		for form, words := range m {
			forms[form], _ = words.(string)
		}
		return forms
	}
	t.Fatalf("%s is neither words nor forms", key)
	return nil
}

// filled are the names of what is filled into words. The count may be said
// without its digit.
func filled(words string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(words, -1) {
		if m[1] != "Count" && !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return names
}

// Every other language says every message of English, with the same values in
// it and the plural forms it needs, and nothing else. What is missing is
// translated by whoever adds it: docs/decisions/0141 has the words.
func TestEveryLanguageSaysEveryMessage(t *testing.T) {
	english := englishMessages(t)
	files, err := fs.Glob(os.DirFS("messages"), "*.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v of messages: %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("messages", file))
		if err != nil {
			t.Fatal(err)
		}
		var said map[string]any
		if err := json.Unmarshal(text, &said); err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(english)) {
			if said[key] == nil {
				t.Errorf("messages/%s does not say %q", file, key)
				continue
			}
			compare(t, file, key, formsOf(t, key, english[key]), formsOf(t, key, said[key]))
		}
		for key := range said {
			if english[key] == nil {
				t.Errorf("messages/%s says %q, which English does not", file, key)
			}
		}
		if strings.Contains(string(text), "!") {
			t.Errorf("messages/%s shouts", file)
		}
	}
}

func compare(t *testing.T, file, key string, english, said map[string]string) {
	t.Helper()
	if len(english) > 1 != (len(said) > 1) || said["other"] == "" || len(said) > 1 && said["one"] == "" {
		t.Errorf("messages/%s: %q has the forms %v", file, key, slices.Sorted(maps.Keys(said)))
	}
	for form, words := range said {
		if want := filled(english["other"]); !slices.Equal(filled(words), want) && !slices.Equal(filled(words), filled(english[form])) {
			t.Errorf("messages/%s: %q fills in %v, want %v", file, key, filled(words), want)
		}
		if len(english) > 1 && form == "other" && strings.Contains(english["other"], ".Count") != strings.Contains(words, ".Count") {
			t.Errorf("messages/%s: %q does not say how many", file, key)
		}
	}
}
