package archive

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestDiffersByCountsCharactersPutInTakenOutAndChanged(t *testing.T) {
	for _, c := range []struct {
		a, b string
		most int
		want bool
	}{
		{"", "", 0, false}, {"a", "b", 0, true}, {"a", "b", 1, false}, {"kettle", "kettles!", 1, true}, {"kettle", "kettles!", 2, false},
		{"あいう", "あえう", 1, false}, {strings.Repeat("a", 5000), strings.Repeat("a", 5010), 10, false}, {strings.Repeat("a", 5000), strings.Repeat("a", 5011), 10, true},
		{strings.Repeat("ab", 5000), strings.Repeat("ba", 5000), 2, false}, {"", "0123456789a", 10, true},
	} {
		if got := DiffersBy(c.a, c.b, c.most); got != c.want {
			t.Errorf("%.12q and %.12q differ by more than %d: %v", c.a, c.b, c.most, got)
		}
	}
}

// The short way comes to what the long way does.
func TestDiffersByIsTheDistanceOfLevenshtein(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		letters := make([]byte, r.IntN(9))
		for i := range letters {
			letters[i] = "ab"[r.IntN(2)]
		}
		return string(letters)
	}
	for range 3000 {
		a, b, most := word(), word(), r.IntN(5)
		if got, want := DiffersBy(a, b, most), levenshtein(a, b) > most; got != want {
			t.Fatalf("%q and %q differ by more than %d: %v", a, b, most, got)
		}
	}
}

func levenshtein(a, b string) int {
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case a[0] == b[0]:
		return levenshtein(a[1:], b[1:])
	}
	return 1 + min(levenshtein(a[1:], b), levenshtein(a, b[1:]), levenshtein(a[1:], b[1:]))
}

func TestWhoMayCommentOnWhat(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	open, member, site := Gate{Open: Opens, Answer: true}, Viewer{Account: 2}, DefaultSite()
	closedSite := site
	closedSite.GuestComments = false
	anonymous := Work{Standing: Standing{Anonymous: true}}
	for _, c := range []struct {
		name   string
		work   Work
		gate   Gate
		tie    Tie
		viewer Viewer
		site   Site
		paused bool
		want   Commenting
	}{
		{"a guest", Work{}, open, Tie{}, Viewer{}, site, false, CommentingOpen},
		{"a guest where the owner lets none", Work{}, open, Tie{}, Viewer{}, closedSite, false, CommentingSignIn},
		{"a guest where members may", Work{Comments: CommentsMembers}, open, Tie{}, Viewer{}, site, false, CommentingSignIn},
		{"a member there", Work{Comments: CommentsMembers}, open, Tie{}, member, closedSite, false, CommentingOpen},
		{"anyone where nobody may", Work{Comments: CommentsNobody}, open, Tie{Creator: true}, member, site, false, CommentingNobody},
		{"a member in a pause", Work{}, open, Tie{}, member, site, true, CommentingPaused},
		{"who paused", Work{}, open, Tie{Creator: true}, member, site, true, CommentingOpen},
		{"a pause on an anonymous work", anonymous, open, Tie{}, member, site, true, CommentingOpen},
		{"who may not answer", Work{}, Gate{Open: Opens}, Tie{Blocked: true}, member, site, true, CommentingUnasked},
		{"suspended", Work{}, open, Tie{Creator: true}, Viewer{Account: 2, Suspended: true}, site, false, CommentingUnasked},
	} {
		if got := CommentingOn(c.work, c.gate, c.tie, c.viewer, c.site, c.paused); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	site.NewPaused = true
	fresh := Viewer{Account: 3, Since: now.Add(-time.Hour)}
	for name, got := range map[string]CommentState{
		"a new member":           CommentStateFor(Work{}, Tie{}, fresh, site, false, now),
		"a new member, suspect":  CommentStateFor(Work{}, Tie{}, fresh, site, true, now),
		"a new member, moderate": CommentStateFor(Work{Moderated: true}, Tie{}, fresh, site, false, now),
	} {
		if got != CommentForStaff {
			t.Errorf("%s is %s", name, got)
		}
	}
	if got := CommentStateFor(anonymous, Tie{}, Viewer{Account: 2, Since: now.Add(-1000 * time.Hour)}, site, false, now); got != CommentWaiting {
		t.Errorf("a comment on an anonymous work is %s", got)
	}
}

func TestSpamScoreOfWhatPeopleWrite(t *testing.T) {
	known := map[string]WordSeen{"casino": {Spam: 9}, "bonus": {Spam: 8}, "kettle": {Ok: 9}}
	for text, want := range map[string]bool{
		"I loved the goose. The kettle scene made me laugh out loud on the train.": false,
		"❤❤❤": false, "More please!": false, "UPDATE SOON PLEASE I NEED IT": false,
		"I drew the keeper, it is on my page https://example.org/keeper if you want to see it, no hurry at all": false,
		"Wow great story! I am a comic artist, contact me on Discord artist#1234 so we can talk":                true,
		"Do you have Instagram? I would love to discuss an illustration of this":                                true,
		"cheap pills http://a.com http://b.com http://c.com":                                                    true,
		"casino bonus": true,
	} {
		s := Signals{Text: text, Known: known, Spam: 10, Ok: 10}
		if s.Suspect() != want {
			t.Errorf("%q scores %d", text, s.Score())
		}
	}
	if !(Signals{Text: "Nice story", Repeats: 3}).Suspect() || !(Signals{Text: "Nice story", Lately: 9}).Suspect() {
		t.Error("what is said on many works, or very fast, is not suspect")
	}
}

func TestCleanTextTakesOutWhatNobodySees(t *testing.T) {
	if got := CleanText("a\u202eb\u200bc\u0007\nd\te\u200df"); got != "abc\nd\te\u200df" {
		t.Errorf("got %q", got)
	}
}
