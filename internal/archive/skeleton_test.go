package archive

import (
	"testing"
)

func TestNamesThatLookAlikeHaveOneSkeleton(t *testing.T) {
	for _, alike := range [][]string{
		{"mara", "Mara", "rnara", "mаrа"},
		{"lan", "Ian", "1an", "|an"},
		{"bob0", "bobO", "bobo", "BОBО"},
		{"mara_q", "mara-q", "mara q", "Mara·Q"},
		{"wren", "vvren"},
		{"coco", "сосо", "СОСО"},
		{"ada", "a\u200cda", "a\ufe0fda", "a\u034fda"},
		{"kappa", "κappa"},
	} {
		for _, name := range alike[1:] {
			if got, want := Skeleton(name), Skeleton(alike[0]); got != want {
				t.Errorf("%q has the skeleton %q, and %q has %q", name, got, alike[0], want)
			}
		}
	}
	for _, apart := range [][2]string{{"ian", "lan"}, {"zoe", "zoë"}, {"mara", "mora"}, {"mail", "mali"}, {"vera", "вера"}, {"RN", "m"}, {"lamp", "lamps"}} {
		if Skeleton(apart[0]) == Skeleton(apart[1]) {
			t.Errorf("%q and %q are told apart by anyone", apart[0], apart[1])
		}
	}
}

func TestAPenNameIsOfScriptsWrittenTogether(t *testing.T) {
	for _, name := range []string{"Mara", "Mara Q. 2", "Вера", "Ελένη", "みなと", "港の灯", "港Minato", "한글 Mara", "مارا", "מרה", "Mara مارا", "ไทย", "नमस्ते", "Zoë Ångström", "🦊 Fox", "注音ㄅ", "1812"} {
		var p Problems
		if CheckPseudName(name, &p); p != nil {
			t.Errorf("%q: %v", name, p)
		}
	}
	for _, name := range []string{"Маra", "mаra", "Αda", "Мара-Q", "a\u13a2a", "вera", "みβ", "Вера مارا", "adaбג"} {
		var p Problems
		if CheckPseudName(name, &p); len(p) != 1 || p[0].Rule != "pseud_scripts" {
			t.Errorf("%q: %v", name, p)
		}
	}
}

func TestNamesOfTheSiteAreKeptInEveryLook(t *testing.T) {
	for _, name := range []string{"admin", "ADMIN", "adrnin", "Adrnin", "r00t", "rO0t", "ficus", "fıcus", "orphan-account", "orphan_account", "5upport", "support", "Staff", "staﬀ"} {
		var account, pseud Problems
		CheckAccountName(name, &account)
		CheckPseudName(name, &pseud)
		if name == "5upport" || name == "staﬀ" { // told apart, or made plain before it is checked
			continue
		}
		if account == nil || pseud == nil {
			t.Errorf("%q: %v, %v", name, account, pseud)
		}
	}
}

func TestCleanNamesHaveNothingUnseen(t *testing.T) {
	for typed, want := range map[string]string{
		"  Mara \t Q ": "Mara Q", "Ma\u200dra": "Mara", "Ma\u3164ra": "Mara", "Ma\u202era": "Mara", "\u2800": "", "Ma\u034f\ufe0fra": "Mara", "می\u200cخواهم": "می\u200cخواهم", "a\u00a0b": "a b",
	} {
		if got := CleanName(typed); got != want {
			t.Errorf("%q is made %q, want %q", typed, got, want)
		}
	}
}
