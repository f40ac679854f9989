package page

import (
	"strconv"
	"strings"

	"ficus/internal/archive"
)

// acts are the words of what staff did to the archive itself.
var acts = map[archive.ActKind]string{
	archive.ActSettings: "act.settings",
	archive.ActSetUp:    "act.set_up",
	archive.ActStaff:    "act.staff",
	archive.ActNoStaff:  "act.no_staff",
	archive.ActWrangler: "act.wrangler",
	archive.ActInvite:   "act.invite",
	archive.ActRevoke:   "act.revoke",
	archive.ActDraw:     "act.draw",
	archive.ActUnqueue:  "act.unqueue",
}

// actKinds are the words of every kind of act, whatever it was about.
var actKinds = map[archive.ActKind]string{
	archive.ActSettings: "acts.settings", archive.ActSetUp: "acts.set_up", archive.ActStaff: "acts.staff", archive.ActNoStaff: "acts.no_staff", archive.ActWrangler: "acts.wrangler",
	archive.ActInvite: "acts.invite", archive.ActRevoke: "acts.revoke", archive.ActDraw: "acts.draw", archive.ActUnqueue: "acts.unqueue",
	archive.ActCommentRemoved: "acts.comment_removed", archive.ActCommentHidden: "acts.comment_hidden", archive.ActCommentShown: "acts.comment_shown",
	archive.ActCommentApproved: "acts.comment_approved", archive.ActCommentMarked: "acts.comment_marked",
	archive.ActThreadFrozen: "acts.thread_frozen", archive.ActThreadThawed: "acts.thread_thawed",
	archive.ActKudosCounted: "acts.kudos_counted", archive.ActKudosDropped: "acts.kudos_dropped",
	archive.ActHide: "acts.hide", archive.ActShow: "acts.show", archive.ActApprove: "acts.approve", archive.ActReturn: "acts.return",
	archive.ActTrust: "acts.trust", archive.ActWarn: "acts.warn", archive.ActSuspend: "acts.suspend", archive.ActBan: "acts.ban",
	archive.ActLift: "acts.lift", archive.ActPeek: "acts.peek", archive.ActClose: "acts.close",
	archive.ActPaperSaved: "acts.paper_saved", archive.ActPaperPosted: "acts.paper_posted", archive.ActPaperTaken: "acts.paper_taken",
	archive.ActPagesMoved: "acts.pages_moved",
}

// counted are the acts that are about a number of things.
var counted = map[archive.ActKind]bool{archive.ActInvite: true, archive.ActDraw: true}

// ActWords says to staff what staff did.
func ActWords(s Shell, act archive.Act) string {
	key, known := acts[act.Kind]
	if !known {
		return actKind(s, act.Kind)
	}
	if n, err := strconv.Atoi(act.About); err == nil && counted[act.Kind] {
		return s.N(key, n)
	}
	about := act.About
	if setting, change, is := strings.Cut(about, ": "); is && act.Kind == archive.ActSettings {
		about = labelOf(s, setting) + ": " + change
	}
	return s.T(key, "About", about)
}

// actKind says what a kind of act is.
func actKind(s Shell, kind archive.ActKind) string {
	if key, known := actKinds[kind]; known {
		return s.T(key)
	}
	return s.T("acts.other")
}

// kinds are the kinds of acts to choose from.
func (p ActsPage) kinds() []pick {
	list := []pick{{"", p.T("acts.every_kind"), p.Kind == ""}}
	for _, kind := range archive.ActKinds() {
		list = append(list, pick{string(kind), actKind(p.Shell, kind), kind == p.Kind})
	}
	return list
}

// doers are the names to choose from.
func (p ActsPage) doers() []pick {
	list := []pick{{"", p.T("acts.everybody"), p.By == ""}}
	for _, name := range p.Doers {
		list = append(list, pick{name, name, name == p.By})
	}
	return list
}
