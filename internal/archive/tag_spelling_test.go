package archive

import (
	"slices"
	"strings"
	"testing"
)

func TestSpellingsHoldWhatATagMayHaveMeant(t *testing.T) {
	for typed, meant := range map[string]string{
		"slowburn":               "slow burn",
		"slow-burn":              "slow burn",
		"slow burn":              "slowburn",
		"#slow burn":             "slow burn",
		"mara/pell":              "pell/mara",
		"mara & pell":            "pell & mara",
		"mara x pell":            "mara/pell",
		"tea and cake":           "tea & cake",
		"the lamp house":         "lamp house",
		"lamp house":             "the lamp house",
		"pell (the lamp house)":  "pell",
		"enemy to lovers":        "enemy to lover",
		"found family":           "found-family",
		"alternate universe":     "alternate universes",
		"лесной дом":             "лесной-дом",
		"a/b/c":                  "c/b/a",
		"enemies_to_lovers":      "enemies to lovers",
		"hurt/comfort  and cake": "hurt/comfort & cake",
	} {
		got := Spellings(typed)
		if got[0] != typed {
			t.Errorf("%q does not begin with itself but %q", typed, got[0])
		}
		if !slices.Contains(got, meant) {
			t.Errorf("%q may mean %q: got %q", typed, meant, got)
		}
	}
}

func TestSpellingsAreFewAndEachOnce(t *testing.T) {
	for _, typed := range []string{"", "#", "(", "s", " ", "aaaaaaaaaaaaaaaaaaaaaaaa", strings.Repeat("w", 300), "ﷺ", "/", "a/", "é"} {
		got := Spellings(typed)
		sorted := slices.Sorted(slices.Values(got))
		if len(got) > 40 || len(slices.Compact(sorted)) != len(got) {
			t.Errorf("%q: %d spellings, %q", typed, len(got), got)
		}
	}
}
