package house

import "strings"

// rooms says which rooms each room may import, floor by floor, from the ground up. A room that is
// not here is a room nobody decided to build.
var rooms = map[string]string{
	// 1: the language, the text, and what touches the world outside.
	"archive": "",
	"pattern": "", // which every room may
	"prose":   "archive",
	"sqldb":   "archive",
	"fetch":   "archive",
	"locale":  "archive",
	"media":   "archive",
	"tempo":   "archive",

	// What texts are found by.
	"prose/words": "",

	// Of manuscript alone: what word processors save.
	"manuscript/office": "",
	"manuscript/epub":   "manuscript/office",

	// Of catalog alone: what finds works in memory.
	"catalog/index": "archive",
	"catalog/names": "",

	// Of catalog alone: what readers type to find works.
	"catalog/grammar": "",

	// 2: what is kept, and what a text becomes.
	"store":      "archive prose prose/words sqldb",
	"catalog":    "archive prose prose/words store locale catalog/index catalog/names catalog/grammar",
	"manuscript": "archive prose manuscript/office manuscript/epub",
	"book":       "archive prose media",
	"feed":       "archive prose",
	"web/page":   "archive prose locale",
	"web/asset":  "",

	// 3: the verbs, which never import each other: what one must cause elsewhere is an event.
	"writing":    verb + "manuscript tempo",
	"reading":    verb,
	"feedback":   verb,
	"wrangling":  verb,
	"finding":    verb + "prose/words",
	"community":  verb,
	"accounts":   verb,
	"moderation": verb,
	"jobs":       verb + "tempo",
	"backup":     verb + "sqldb tempo",
	"mail":       verb + "locale fetch",
	"push":       verb + "locale fetch",

	// 3½: above the verbs, because it calls them.
	"importing": verbs + "manuscript archive prose store media fetch",

	// 4: the doors, and the makers of archives to show and to measure.
	"web":      door + "web/page web/asset catalog/grammar backup", // how the nightly copies stand
	"api":      door,
	"opds":     door,
	"kosync":   door,
	"fedi":     door,
	"demo":     door,
	"generate": door,

	// 5: the program, and the tests' tools.
	"cmd/ficus":        everything,
	"bench":            everything,
	"bench/browse":     everything, // a module of its own, for what it brings
	"house":            "",
	"testkit":          everything,
	"testkit/engines":  "sqldb",
	"testkit/browser":  "",
	"testkit/ao3rules": "",
}

const (
	verb  = "archive prose store catalog media "
	verbs = "writing reading feedback wrangling community accounts moderation "
	door  = "archive prose store catalog manuscript book feed media fetch locale tempo importing " + verbs

	everything = "*"
)

// mayImport says whether the table lets room import another.
func mayImport(room, other string) bool {
	allowed := rooms[room]
	if other == "pattern" {
		return true // as if it stood in the standard library
	}
	if room == "testkit" {
		return !isDoor(other) && !strings.HasPrefix(other, "cmd/")
	}
	if allowed == everything {
		return true
	}
	for name := range strings.FieldsSeq(allowed) {
		if name == other {
			return true
		}
	}
	return false
}

// isDoor says whether the room answers requests from outside.
func isDoor(room string) bool {
	switch room {
	case "web", "api", "opds", "kosync", "fedi":
		return true
	}
	return false
}

// isProgram says whether the room is a program of its own, with flags and an environment.
func isProgram(room string) bool {
	return strings.HasPrefix(room, "cmd/") || room == "bench" || room == "bench/browse"
}

// isTool says whether the room serves tests only.
func isTool(room string) bool { return strings.HasPrefix(room, "testkit") }
