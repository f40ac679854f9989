package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// flagLine is a flag in the help: its name, and its variable at the end of
// what is said of it.
var (
	flagName     = regexp.MustCompile(`(?m)^\s+(?:-\w, )?(--[a-z-]+)`)
	variableName = regexp.MustCompile(`\$(FICUS_[A-Z_]+)`)
	guideRow     = regexp.MustCompile("(?m)^\\| `(--[a-z-]+)=[^`]*` \\| `(FICUS_[A-Z_]+)` \\|")
)

// TestTheOwnersGuideNamesEveryFlagOfServe holds the table of flags to the
// help: each flag with its variable, and no other.
func TestTheOwnersGuideNamesEveryFlagOfServe(t *testing.T) {
	var out, wrong bytes.Buffer
	if code := run([]string{"serve", "--help"}, &streams{In: strings.NewReader(""), Out: &out, Err: &wrong}); code != exitOK {
		t.Fatalf("serve --help ended with %d: %s", code, wrong.String())
	}
	guide, err := os.ReadFile("../../docs/owners-guide.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, m := range guideRow.FindAllStringSubmatch(string(guide), -1) {
		said[m[1]] = m[2]
	}
	flags := flagName.FindAllStringSubmatchIndex(out.String(), -1)
	for i, at := range flags {
		name := out.String()[at[2]:at[3]]
		end := out.Len()
		if i+1 < len(flags) {
			end = flags[i+1][0]
		}
		variable := variableName.FindStringSubmatch(out.String()[at[0]:end])
		if name == "--help" {
			continue
		}
		if variable == nil {
			t.Errorf("the help names no variable for %s", name)
			continue
		}
		if said[name] != variable[1] {
			t.Errorf("docs/owners-guide.md gives %s the variable %q; it is %s", name, said[name], variable[1])
		}
		delete(said, name)
	}
	if len(flags) < 5 {
		t.Errorf("only %d flags were found in:\n%s", len(flags), out.String())
	}
	for name := range said {
		t.Errorf("docs/owners-guide.md names %s, which ficus serve does not have", name)
	}
}
