package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

var invitationLink = regexp.MustCompile(`/sign-up\?invitation=([0-9]+-[A-Za-z0-9_-]+)`)

// invites makes so many links and gives their tokens, the newest first.
func (c *client) invites(n int) []string {
	c.w.t.Helper()
	c.post("/desk/invitations", form("count", fmt.Sprint(n), "invite_days", "30")).expect(http.StatusSeeOther)
	var tokens []string
	for _, found := range invitationLink.FindAllStringSubmatch(c.opens("/desk/invitations").body, -1) {
		tokens = append(tokens, found[1])
	}
	if len(tokens) < n {
		c.w.t.Fatalf("there are %d links, want %d", len(tokens), n)
	}
	return tokens[:n]
}

// joinsAs signs up by an invitation.
func (c *client) joinsAs(name, token string) answer {
	c.w.t.Helper()
	return c.post("/sign-up", form("name", name, "password", password, "invitation", token))
}

func TestAcceptance60_AnAddressIsQueuedInvitedAndJoinsOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, letters := w.staff("wren"), w.postbag()
		w.decides(func(s *archive.Site) { s.Join, s.Queue = archive.JoinInvited, true })
		guest := w.guest()
		guest.opens("/sign-up").has("by invitation", `href="/queue"`).lacks(`name="password"`)
		guest.post("/sign-up", form("name", "pell", "password", password)).expect(http.StatusForbidden)
		place := guest.post("/queue", form("email", "Pell@example.org")).expect(http.StatusSeeOther).to()
		guest.opens(place).has("Your place is 1 of 1")
		need(t, "mails sent for queueing", len(letters.opens()), 0)
		wren.opens("/desk").has("1 address waits")
		wren.opens("/desk/queue").has("Pell@example.org")
		wren.post("/desk/queue", form("count", "5")).expect(http.StatusSeeOther)
		mails := letters.opens()
		if len(mails) != 1 || mails[0].To != "Pell@example.org" {
			t.Fatalf("the mails are %v", mails)
		}
		token := invitationLink.FindStringSubmatch(mails[0].Text)[1]
		guest.get(place).expect(http.StatusGone).has("look in your mail")
		guest.opens("/sign-up?invitation="+token).has(`name="invitation" value="`+token+`"`, `name="password"`)
		guest.joinsAs("x", token).expect(http.StatusUnprocessableEntity).has(token) // a mistake costs nothing
		guest.joinsAs("pell", token).expect(http.StatusSeeOther)
		guest.opens("/").has("pell")
		w.guest().joinsAs("eve", token).expect(http.StatusGone).has("used or withdrawn")
		w.guest().get("/sign-up?invitation=" + token).expect(http.StatusGone)
		wren.opens("/desk/invitations").has(">pell<").lacks("Pell@example.org") // the address is forgotten

		expired := wren.invites(1)[0]
		w.Clock.Pass(31 * 24 * time.Hour)
		w.guest().get("/sign-up?invitation=" + expired).expect(http.StatusGone)
		w.guest().joinsAs("eve", expired).expect(http.StatusGone)
		need(t, "accounts", w.count(), 2)
	})
}

func TestAForgedOrWithdrawnInvitationLetsNobodyIn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		w.decides(func(s *archive.Site) { s.Join = archive.JoinInvited })
		tokens := wren.invites(2)
		number, _, _ := strings.Cut(tokens[0], "-")
		for _, forged := range []string{"x", "0-", number, number + "-", number + "-AAAAAAAAAAAAAAAAAAAAAAAA", "999-AAAA", tokens[0] + "A", "-" + tokens[0]} {
			w.guest().joinsAs("eve", forged).expect(http.StatusGone)
			w.guest().get("/sign-up?invitation=" + forged).expect(http.StatusGone)
		}
		wren.post("/desk/invitations/withdraw", form("id", number)).expect(http.StatusSeeOther)
		wren.post("/desk/invitations/withdraw", form("id", number)).expect(http.StatusNotFound)
		w.guest().joinsAs("eve", tokens[0]).expect(http.StatusGone)
		w.decides(func(s *archive.Site) { s.Join = archive.JoinClosed })
		w.guest().joinsAs("eve", tokens[1]).expect(http.StatusForbidden)
		w.decides(func(s *archive.Site) { s.Join = archive.JoinInvited })
		w.guest().joinsAs("eve", tokens[1]).expect(http.StatusSeeOther)
	})
}

func TestOfTwoWhoUseAnInvitationAtOnceOneJoins(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		token := w.staff("wren").invites(1)[0]
		w.decides(func(s *archive.Site) { s.Join = archive.JoinInvited })
		statuses := w.atOnce(6, func(i int, c *client) int { return c.joinsAs("guest"+string(rune('a'+i)), token).status })
		need(t, "how many joined", statuses[http.StatusSeeOther], 1)
		need(t, "how many did not", statuses[http.StatusGone], 5)
		need(t, "accounts", w.count(), 2)
	})
}

func TestTheQueueDoesNotTellWhoWaits(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, letters := w.staff("wren"), w.postbag()
		w.decides(func(s *archive.Site) { s.Join, s.Queue = archive.JoinInvited, true })
		places := make([]string, 4)
		for i, address := range []string{"a@example.org", "A@Example.org", " a@example.org ", "b@example.org"} {
			guest := w.guest()
			places[i] = guest.post("/queue", form("email", address)).expect(http.StatusSeeOther).to()
			guest.opens(places[i]).has(fmt.Sprintf("Your place is %d of %d", i+1, i+1))
		}
		wren.opens("/desk/queue").has("2 addresses wait")
		for _, wrong := range []string{"", "nobody", "a@" + strings.Repeat("x", 300), "a b@example.org"} {
			w.guest().post("/queue", form("email", wrong)).expect(http.StatusUnprocessableEntity)
		}
		wren.post("/desk/queue", form("count", "1")).expect(http.StatusSeeOther)
		need(t, "mails sent", len(letters.opens()), 1)
		w.guest().opens(places[3]).has("Your place is 1 of 1") // the doubled places went with the first
		w.guest().get(places[1]).expect(http.StatusGone)
		again := w.guest().post("/queue", form("email", "a@example.org")).expect(http.StatusSeeOther).to() // invited already
		w.guest().opens(again).has("Your place is 2 of 2")
		wren.opens("/desk/queue").has("1 address waits")
		w.guest().post(places[3], nil).expect(http.StatusSeeOther)
		wren.opens("/desk/queue").has("0 addresses wait")
		w.guest().get("/queue/" + strings.Repeat("A", 26)).expect(http.StatusGone)

		w.decides(func(s *archive.Site) { s.Queue = false })
		w.guest().get("/queue").expect(http.StatusNotFound)
		w.guest().post("/queue", form("email", "c@example.org")).expect(http.StatusNotFound)
	})
}

func TestOneAddressAtOnceWaitsOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		w.decides(func(s *archive.Site) { s.Join, s.Queue = archive.JoinInvited, true })
		statuses := w.atOnce(6, func(_ int, c *client) int { return c.post("/queue", form("email", "a@example.org")).status })
		need(t, "how many were answered alike", statuses[http.StatusSeeOther], 6)
		wren.opens("/desk/queue").has("1 address waits")
	})
}

func TestTheQueueInvitesByItselfSoManyADay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.decides(func(s *archive.Site) { s.Join, s.Queue = archive.JoinInvited, true })
		letters := w.postbag()
		for i := range 7 {
			w.guest().post("/queue", form("email", fmt.Sprintf("p%d@example.org", i))).expect(http.StatusSeeOther)
		}
		for _, want := range []int{3, 0} {
			must(t, w.accounts.DrawDaily(t.Context(), 3))
			need(t, "mails", len(letters.opens()), want)
		}
		w.Clock.Pass(24*time.Hour + time.Minute)
		must(t, w.accounts.DrawDaily(t.Context(), 3))
		need(t, "mails the next day", len(letters.opens()), 3)
		must(t, w.accounts.DrawDaily(t.Context(), 0))

		// An invitation that came to nothing frees its address, and is forgotten in the end; so is who waited for a year.
		w.Clock.Pass(40 * 24 * time.Hour)
		must(t, w.accounts.ForgetInvitations(t.Context()))
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			made, err := tx.Invitations.Before(ctx, 1<<60, 10)
			for _, one := range made {
				need(t, "an address that is over", one.Address, "")
			}
			need(t, "invitations remembered", len(made), 6)
			return err
		})
		w.Clock.Pass(365 * 24 * time.Hour)
		must(t, w.accounts.ForgetInvitations(t.Context()))
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			made, err := tx.Invitations.Before(ctx, 1<<60, 10)
			if err != nil {
				return err
			}
			left, err := tx.Invitations.Length(ctx)
			need(t, "what is left of it", int64(len(made))+left, 0)
			return err
		})
	})
}

func TestMembersGiveAsManyInvitationsAsTheOwnerLets(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, ada := w.staff("wren"), w.member("ada")
		ada.post("/account/invitations", nil).expect(http.StatusForbidden)
		w.decides(func(s *archive.Site) { s.Join, s.Invitations = archive.JoinInvited, 2 })
		ada.opens("/account").has(`href="/account/invitations"`)
		ada.post("/account/invitations", nil).expect(http.StatusSeeOther)
		ada.post("/account/invitations", nil).expect(http.StatusSeeOther)
		ada.post("/account/invitations", nil).expect(http.StatusForbidden).has("no invitations left")
		tokens := invitationLink.FindAllStringSubmatch(ada.opens("/account/invitations").has("0 more people").body, -1)
		w.guest().joinsAs("pell", tokens[1][1]).expect(http.StatusSeeOther)
		ada.opens("/account/invitations").has("pell", "used")
		number, _, _ := strings.Cut(tokens[0][1], "-")
		w.member("mina").post("/account/invitations/withdraw", form("id", number)).expect(http.StatusNotFound) // another's
		ada.post("/account/invitations/withdraw", form("id", number)).expect(http.StatusSeeOther)
		ada.opens("/account/invitations").has("1 more person") // it came back
		found := wren.opens("/desk/members?q=pell").body
		at := regexp.MustCompile(`/desk/members/\d+`).FindString(found)
		wren.opens(at).has("Invited by", "ada")
		w.guest().get("/account/invitations").expect(http.StatusSeeOther)
	})
}

func TestStaffSendAnInvitationToAnAddress(t *testing.T) {
	w := newWorld(t)
	wren, letters := w.staff("wren"), w.postbag()
	for says, f := range map[string][]string{
		"How many: use a number from 1 to 100": {"count", "101", "invite_days", "30"}, "Days until they expire: use a number from 1 to 365": {"count", "1", "invite_days", "0"},
		"that is not an address": {"count", "1", "invite_days", "30", "email", "nobody"}, "201 characters": {"count", "1", "invite_days", "3", "note", strings.Repeat("n", 201)},
	} {
		wren.post("/desk/invitations", form(f...)).expect(http.StatusUnprocessableEntity).has(says)
	}
	wren.post("/desk/invitations", form("count", "7", "invite_days", "3", "email", "pell@example.org", "note", "the <b>one</b>")).expect(http.StatusSeeOther)
	mails := letters.opens()
	if len(mails) != 1 || !strings.Contains(mails[0].Text, "invited to Ficus") {
		t.Fatalf("the mails are %v", mails)
	}
	wren.opens("/desk/invitations").has("Sent to pell@example.org", "the &lt;b&gt;one&lt;/b&gt;").lacks("invitation=") // the link is the mail's alone
	w.Read(t, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.Acts.Before(ctx, 1<<60, 10)
		for _, act := range acts {
			if strings.Contains(act.About+act.Reason, "@") {
				t.Errorf("an act that is kept for good names an address: %+v", act)
			}
		}
		return err
	})
}
