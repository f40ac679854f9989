package page

import (
	"strconv"
	"strings"

	"ficus/internal/archive"
)

// acts are the words of what staff did.
var acts = map[archive.ActKind]string{
	archive.ActSettings: "act.settings",
	archive.ActSetUp:    "act.set_up",
	archive.ActStaff:    "act.staff",
	archive.ActNoStaff:  "act.no_staff",
	archive.ActInvite:   "act.invite",
	archive.ActRevoke:   "act.revoke",
	archive.ActDraw:     "act.draw",
	archive.ActUnqueue:  "act.unqueue",
}

// counted are the acts that are about a number of things.
var counted = map[archive.ActKind]bool{archive.ActInvite: true, archive.ActDraw: true}

// ActWords says to staff what staff did to the archive itself; false for what
// they did about a member or a work.
func ActWords(s Shell, act archive.Act) (string, bool) {
	key, known := acts[act.Kind]
	if !known {
		return "", false
	}
	if n, err := strconv.Atoi(act.About); err == nil && counted[act.Kind] {
		return s.N(key, n), true
	}
	about := act.About
	if setting, change, is := strings.Cut(about, ": "); is && act.Kind == archive.ActSettings {
		about = labelOf(s, setting) + ": " + change
	}
	return s.T(key, "About", about), true
}
