package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

func TestStrangersWaitUntilTheArchiveIsOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		token := w.offers()
		stranger := w.guest()
		stranger.opens("/sign-up").has("This archive is not open yet").lacks("<form class=\"form\"", token)
		stranger.post("/sign-up", form("name", "eve", "password", password)).expect(http.StatusForbidden).has("not open yet")
		need(t, "accounts made", w.count(), 0)
		need(t, "where the owner lands", stranger.post("/setup", firstForm(token, "mara")).expect(http.StatusSeeOther).to(), "/desk")
		w.decides(func(s *archive.Site) { s.Join = archive.JoinOpen })
		w.guest().opens("/sign-up").has("Make the account").lacks("not open yet")
		w.guest().post("/sign-up", form("name", "eve", "password", password)).expect(http.StatusSeeOther)
	})
}

// suspects puts a comment where staff look: said by a new member, or like spam.
func (w *world) suspects(work int64, state archive.CommentState, body string) (id int64) {
	w.t.Helper()
	chapter := w.chapters(work)[0].ID
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		id, _, err = tx.Comments.Add(ctx, archive.Comment{Work: work, Chapter: chapter, Guest: "lampseller", Body: "<p>" + body + "</p>", State: state, Sum: body})
		return err
	})
	return id
}

func TestHeldCommentsAreJudgedTogetherOnTheDesk(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ada, wren := w.member("mara"), w.member("ada"), w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt"))
		f := fields("A secret gift")
		secret := w.posts(mara.viewer, f)
		wren.opens("/desk/comments").has("No comment waits for staff")
		var ids []string
		for i, state := range []archive.CommentState{archive.CommentSuspect, archive.CommentForStaff, archive.CommentForStaff, archive.CommentSuspect} {
			ids = append(ids, fmt.Sprint(w.suspects(work, state, fmt.Sprint("Words ", i))))
		}
		waiting := fmt.Sprint(w.suspects(work, archive.CommentWaiting, "For the writer alone"))
		w.suspects(secret, archive.CommentSuspect, "About the secret")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkVeiled, Work: secret})
			return tx.Works.Veil(ctx, secret, true, false)
		})
		wren.opens("/desk").has("4 comments")
		page := wren.opens("/desk/comments").has("4 comments wait", "Words 0", "It looks like spam.", "Words 2", "Said by a new member.", "Salt")
		page.lacks("For the writer alone", "About the secret", "A secret gift")

		for _, who := range []*client{ada, mara, w.guest()} {
			who.post("/desk/comments", form("do", "approve", "comment", ids[0])).expect(http.StatusNotFound)
		}
		wren.post("/desk/comments", form("do", "pin", "comment", ids[0])).expect(http.StatusNotFound)
		wren.post("/desk/comments", form("do", "approve", "comment", "x")).expect(http.StatusNotFound)
		many := form("do", "spam")
		for i := range 51 {
			many.Add("comment", fmt.Sprint(i+1))
		}
		wren.post("/desk/comments", many).expect(http.StatusUnprocessableEntity)
		wren.opens("/desk/comments").has("4 comments wait")

		approve := url.Values{"do": {"approve"}, "comment": {ids[1], ids[2]}}
		statuses := w.atOnce(3, func(int, *client) int { return wren.post("/desk/comments", approve).status })
		need(t, "of three who approve at once, those led on", statuses[http.StatusSeeOther], 3)
		remove := url.Values{"do": {"delete"}, "comment": {ids[3]}, "all": {"yes"}, "listed": {ids[0], "900", ids[0]}}
		statuses = w.atOnce(3, func(int, *client) int { return wren.post("/desk/comments", remove).status })
		need(t, "of three who delete at once, those led on", statuses[http.StatusSeeOther], 3)
		wren.post("/desk/comments", form("do", "spam", "comment", ids[3])).expect(http.StatusSeeOther)
		wren.opens("/desk/comments").has("No comment waits for staff")
		acts := strings.Join(w.acted(), "\n")
		for kind, n := range map[string]int{"comment_approved": 2, "comment_removed": 1, "comment_marked": 1} {
			need(t, "acts of "+kind, strings.Count(acts, kind), n)
		}
		mara.opens("/my-works/waiting").has("Words 1", "Words 2", "For the writer alone").lacks("Words 0", "Words 3") // guests' wait for the writer next
		need(t, "the writer approves one", mara.post("/my-works/waiting", form("do", "approve", "comment", waiting)).status, http.StatusSeeOther)
		wren.opens("/desk/acts?kind=comment_approved").has("Let a comment stand").lacks("spam</p>")
	})
}

func TestFormsOfTheDeskAskAgainWhoOneIs(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	w.posts(w.member("mara").viewer, fields("Salt"))
	w.Clock.Pass(time.Hour)
	for path, f := range map[string]url.Values{
		"/desk/settings": settingsForm(wren.opens("/desk/settings"), "site_name", "The Fig House"), "/desk/invitations": form("count", "1", "invite_days", "3"),
		"/desk/invitations/withdraw": form("id", "1"), "/desk/queue": form("count", "1"), "/desk/queue/remove": form("id", "1"), "/desk/kudos": form("work", "1", "do", "count"),
		"/desk/cases/1": form("outcome", "acted"), "/desk/comments": form("do", "spam", "comment", "1"), "/desk/news/new": paper("post", "Sunday", "x"), "/desk/pages/new": paper("post", "Rules", "x", "slug", "rules"),
		"/desk/pages/move": form("page", "1", "to", "1"), "/desk/works/1": form("do", "hide", "reason", "x"), "/desk/measures/2": form("measure", "warn", "reason", "x"), "/desk/members/2/staff": form("staff", "yes"),
	} {
		wren.post(path, f).expect(http.StatusUnauthorized).has("again_password", `action="`+path+`"`)
	}
	need(t, "acts", len(w.acted()), 0)
	wren.post("/desk/settings", settingsForm(wren.opens("/desk/settings"), "site_name", "The Fig House", "again_password", password)).expect(http.StatusSeeOther)
	wren.post("/desk/invitations", form("count", "1", "invite_days", "3")).expect(http.StatusSeeOther)
	need(t, "acts", len(w.acted()), 2)
}

func TestACodeProvesWhoOneIs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		secret, codes := w.guarded(mara)
		w.Clock.Pass(time.Hour)
		mara.opens("/confirm?to=/account/keys").has(`name="again_code"`, `autocomplete="one-time-code"`)
		pell.opens("/confirm?to=/account/keys").lacks("again_code", "again_secret")
		pell.post("/confirm", form("again_code", "000000")).expect(http.StatusUnprocessableEntity) // who has no second step has no code
		pell.post("/confirm", form("again_code", codes[1])).expect(http.StatusUnprocessableEntity)
		pell.get("/account/keys").expect(http.StatusSeeOther)
		mara.post("/confirm", form("again_code", "000000")).expect(http.StatusUnprocessableEntity).has("that is not the code of this moment")
		mara.post("/confirm", form("again_code", "000000", "again_password", "wrong")).expect(http.StatusUnprocessableEntity).has("not the right password")
		mara.post("/account/keys", form("key", "the backup", "again_code", "12")).expect(http.StatusUnprocessableEntity).has(`value="the backup"`)
		code := w.codeOf(secret)
		mara.post("/account/keys", form("key", "the backup", "again_password", "", "again_code", code)).expect(http.StatusOK).has("the backup").lacks(code)
		w.Clock.Pass(time.Hour)
		mara.post("/confirm", form("again_code", code)).expect(http.StatusUnprocessableEntity) // of an hour ago
		need(t, "where a recovery code leads", mara.post("/confirm", form("again_code", codes[0], "to", "/account/keys")).expect(http.StatusSeeOther).to(), "/account/keys")
		w.Clock.Pass(time.Hour)
		mara.post("/confirm", form("again_code", codes[0])).expect(http.StatusUnprocessableEntity) // spent
		for range 20 {
			mara.post("/confirm", form("again_code", "111111"))
		}
		mara.post("/confirm", form("again_code", w.codeOf(secret))).expect(http.StatusTooManyRequests)
	})
}

// A second step that was begun and never turned on proves nothing.
func TestACodeOfAStepThatIsNotOnProvesNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		mara.post("/account/second-step/begin", nil).expect(http.StatusSeeOther)
		secret := secretShown.FindStringSubmatch(mara.opens("/account/second-step").body)[1]
		w.Clock.Pass(time.Hour)
		mara.opens("/confirm").lacks("again_code")
		mara.post("/confirm", form("again_code", w.codeOf(secret))).expect(http.StatusUnprocessableEntity)
		mara.get("/account/keys").expect(http.StatusSeeOther)
	})
}

func TestAPasskeyProvesWhoOneIs(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := browser.Start(t, w.named(), browser.Settings{Phone: true})
	p.Device()
	addsPasskey(p, "The phone")
	w.Clock.Pass(time.Hour)
	p.Open("/account/keys")
	p.Sees("Is it still you?")
	p.Axe()
	p.Look("confirm-passkey")
	p.Submit("Use a passkey")
	need(t, "where the passkey leads", p.Path(), "/account/keys")
	w.Clock.Pass(time.Hour)
	p.Fill("Name of the key", "the backup")
	p.Submit("Make a key")
	p.Submit("Use a passkey")
	p.Sees("Your new key")

	// Another's passkey is not theirs.
	pell := w.member("pell")
	w.Clock.Pass(time.Hour)
	for _, f := range []url.Values{form("again_secret", "x", "again_answer", "{}"), form("again_answer", strings.Repeat("x", 100_000))} {
		pell.post("/confirm", f).expect(http.StatusForbidden) // by its number the site takes no passkeys
	}
	w.guest().post("/confirm/passkey", nil).expect(http.StatusUnauthorized)
	signsOut(p)
	signIn(p, "pell")
	w.Clock.Pass(time.Hour)
	p.Open("/account/keys")
	p.SeesNot("Use a passkey")
	asks := `(async () => {
		const got = await (await fetch("/confirm/passkey", { method: "POST" })).json();
		const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
		const text = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
		const q = got.question.publicKey; q.challenge = bytes(q.challenge);
		const made = await navigator.credentials.get({ publicKey: q });
		const response = {}; for (const part of ["clientDataJSON", "authenticatorData", "signature", "userHandle"]) response[part] = text(made.response[part]);
		const answer = JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {}, response });
		return (await fetch("/confirm", { method: "POST", body: new URLSearchParams({ again_secret: got.secret, again_answer: answer }), redirect: "manual" })).status;
	})()`
	need(t, "the answer to mara's passkey in pell's hands", browser.Ask[int](p, asks), http.StatusUnprocessableEntity)
	p.Forgive()
}

func TestActsAreFilteredByKindAndByWhomAndPaged(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, pell := w.staff("wren"), w.staff("pell")
		page := wren.opens("/desk/settings")
		wren.post("/desk/settings", settingsForm(page, "site_about", "Stories of the harbour.", "site_banner", "Closed on Sunday.", "site_name", "The Fig House")).expect(http.StatusSeeOther)
		for i := range 60 {
			pell.postFiles("/desk/news/new", paper("draft", fmt.Sprint("Draft ", i), "x")).expect(http.StatusSeeOther)
		}
		all := wren.opens("/desk/acts").has("Draft 59", "Draft 10", `value="paper_saved"`, `<option value="pell"`, "What was done")
		all.lacks("Stories of the harbour.", "The newest</a>")
		_, older, _ := strings.Cut(all.body, `rel="next" href="`)
		older, _, _ = strings.Cut(older, `"`)
		last := wren.opens(strings.ReplaceAll(older, "&amp;", "&")).has("Draft 9", "Stories of the harbour.", "The Fig House", "The newest").lacks("Draft 10", `rel="next"`)
		need(t, "acts on the last page", strings.Count(last.body, "<time"), 13)
		wren.opens("/desk/acts?kind=settings").has("Stories of the harbour.", `value="settings" selected`).lacks("Draft 1")
		wren.opens("/desk/acts?by=wren").has("The Fig House", `value="wren" selected`).lacks("Draft 1")
		wren.opens("/desk/acts?kind=settings&by=pell").has("Nothing yet.")
		both := wren.opens("/desk/acts?by=pell&kind=paper_saved").has("Draft 59", "by=pell", "kind=paper_saved")
		need(t, "acts on a page", strings.Count(both.body, "<time"), 50)
		for _, odd := range []string{"?kind=nothing", "?by=" + url.QueryEscape("' OR 1=1 --"), "?before=x", "?before=-4"} {
			wren.opens("/desk/acts" + odd)
		}
		wren.opens("/desk/acts?by=nobody").has("Nothing yet.")
	})
}

func TestStaffAreCalledOnceAnHourAtMost(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt"))
		calls := func(want bool) {
			t.Helper()
			called, err := w.moderation.CallStaff(t.Context())
			must(t, err)
			need(t, "staff are called", called, want)
		}
		calls(false) // nothing waits
		pell.post(workPath(work, "/report"), form("why", "spam", "words", "x")).expect(http.StatusOK)
		calls(true)
		w.Clock.Pass(time.Second)
		for i := range 40 {
			w.guest().thanks(work, "")
			w.suspects(work, archive.CommentSuspect, fmt.Sprint("Words ", i))
		}
		pell.post("/users/mara/report", form("why", "spam", "words", "x")).expect(http.StatusOK)
		for range 3 {
			w.Clock.Pass(19 * time.Minute)
			calls(false)
		}
		w.Clock.Pass(10 * time.Minute)
		calls(true)
		w.Clock.Pass(2 * time.Hour)
		calls(false) // nothing new
		var said []string
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			events, err := tx.Log.After(ctx, 0, 1000)
			for _, e := range events {
				if e.Kind == archive.StaffCalled {
					said = append(said, fmt.Sprint(e.Data["what"], " ", e.Subject))
				}
			}
			return err
		})
		need(t, "what they are called for", strings.Join(said, ", "), "cases 1, cases 1, bursts 1, comments 40")
	})
}

func TestStaffReadWhatWaitsAmongTheirNotices(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	for i, kind := range []archive.NoticeKind{archive.NoticeCases, archive.NoticeBursts, archive.NoticeForStaff} {
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Notices.Add(ctx, archive.Notice{Account: wren.viewer.Account, Event: int64(i + 1), Kind: kind, Number: i + 2})
		})
	}
	wren.opens("/notices").has("2 new cases are on the desk", `href="/desk/cases"`, "for 3 works", `href="/desk/kudos"`, "4 comments wait for staff", `href="/desk/comments"`)
}
