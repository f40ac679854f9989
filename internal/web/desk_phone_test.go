package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// busy is an archive whose desk has something on every page, with names as long
// as they come; it gives the addresses of those pages.
func (w *world) busy(wren *client) map[string]string {
	w.t.Helper()
	mara := w.member("mara")
	long := strings.Repeat("W", 200)
	work := w.posts(mara.viewer, fields(long))
	w.guest().post(workPath(work, "/report"), form("why", "spam", "words", "It says lamps.\n"+long)).expect(http.StatusOK)
	w.guest().post("/users/mara/report", form("why", "spam", "words", "x")).expect(http.StatusOK)
	w.suspects(work, archive.CommentSuspect, "Cheap lamps at "+long)
	w.suspects(work, archive.CommentForStaff, "I have just joined.")
	for range 40 {
		w.guest().thanks(work, "")
	}
	wren.post("/desk/invitations", form("count", "2", "invite_days", "30", "note", "for the one with the goose")).expect(http.StatusSeeOther)
	wren.post("/desk/invitations", form("count", "1", "invite_days", "30", "email", strings.Repeat("long.", 20)+"x@example.org")).expect(http.StatusSeeOther)
	w.decides(func(s *archive.Site) { s.Join, s.Queue, s.Approval = archive.JoinInvited, true, archive.ApproveAll })
	w.guest().post("/queue", form("email", strings.Repeat("long.", 30)+"@example.org"))
	w.posts(mara.viewer, fields("One that waits"))
	for _, kind := range []string{"news", "pages"} {
		for _, slug := range []string{"rules", "privacy", strings.Repeat("w", 60)} {
			wren.postFiles("/desk/"+kind+"/new", paper("post", "The "+slug, "Be kind.\n\n<h2>Please</h2>\n\n"+long, "slug", slug, "in_footer", "yes")).expect(http.StatusSeeOther)
		}
		wren.postFiles("/desk/"+kind+"/new", paper("draft", long, "x", "slug", "draft")).expect(http.StatusSeeOther)
	}
	must(w.t, w.moderation.Hide(w.t.Context(), wren.viewer, work, "It names a neighbour.\n"+long))
	paths := map[string]string{
		"desk": "/desk", "settings": "/desk/settings", "members": "/desk/members?q=mara", "member": fmt.Sprint("/desk/members/", mara.viewer.Account), "invitations": "/desk/invitations",
		"queue": "/desk/queue", "cases": "/desk/cases", "case": "/desk/cases/1", "waiting": "/desk/waiting", "work": "/desk" + workPath(work), "measures": fmt.Sprint("/desk/measures/", mara.viewer.Account),
		"acts": "/desk/acts", "bursts": "/desk/kudos", "comments": "/desk/comments", "news": "/desk/news", "news-new": "/desk/news/new", "pages": "/desk/pages", "page": "/desk/pages/5",
		"versions": "/desk/pages/5/versions", "version": "/desk/pages/5/versions/1", "begin": "/desk/pages/new?begin=rules", "read-news": "/news", "read-page": "/pages/rules", "home": "/", "notices": "/notices",
	}
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		for i, kind := range []archive.NoticeKind{archive.NoticeCases, archive.NoticeBursts, archive.NoticeForStaff} {
			if err := tx.Notices.Add(ctx, archive.Notice{Account: wren.viewer.Account, Event: int64(900 + i), Kind: kind, Number: i + 1}); err != nil {
				return err
			}
		}
		return nil
	})
	return paths
}

// Every page of the staff's desk on a phone: nothing for axe to find, nothing
// that scrolls sideways, and nothing to press that a finger misses.
func TestTheStaffDeskOnAPhone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"phone": {Phone: true}, "narrow, dark, without scripts": {Narrow: true, Dark: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			paths := w.busy(w.staff("wren"))
			p := w.reads(how)
			signIn(p, "wren")
			for shot, path := range paths {
				if status := p.Open(path); status != http.StatusOK {
					t.Errorf("%s is answered with %d", path, status)
				}
				p.Axe()
				p.Look("staff-" + strings.ReplaceAll(strings.ReplaceAll(name, " ", "-"), ",", "") + "-" + shot)
				if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
					t.Errorf("%s scrolls sideways by %d points", path, wide)
				}
				if small := browser.Ask[string](p, smallTargets); small != "" {
					t.Errorf("%s has what a finger misses: %s", path, small)
				}
			}
		})
	}
}

// smallTargets names the buttons and fields of a page that are lower than 44
// points.
const smallTargets = `[...document.querySelectorAll("main button, main .button, main select, main input:not([type=hidden], [type=checkbox], [type=radio])")]
	.filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80)).join(" ")`
