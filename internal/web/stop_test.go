package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/mail"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// writesTo gives a member an address that was proved.
func (w *world) writesTo(of archive.Viewer, address string) {
	w.t.Helper()
	must(w.t, w.DB.Write(w.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(w.t.Context(), `UPDATE accounts SET email = $2, email_folded = $2, email_proved_at = 1 WHERE id = $1`, of.Account, address)
		return err
	}))
}

// says comments on the first chapter of a work, or answers a comment.
func (w *world) says(by archive.Viewer, work, parent int64, text string) int64 {
	w.t.Helper()
	id, err := w.feedback.Comment(w.t.Context(), by, feedback.NewComment{Work: work, Chapter: w.chapters(work)[0].ID, Parent: parent, Text: text, Guest: "Somebody", Mark: "mark"})
	must(w.t, err)
	return id
}

func addresses(mails []mail.Message) (to []string) {
	for _, m := range mails {
		to = append(to, m.To)
	}
	return to
}

func kindsOf(told []store.Told) (kinds []string) {
	for _, t := range told {
		kinds = append(kinds, string(t.Kind))
	}
	return kinds
}

func TestAcceptance26ACommentIsToldAsItsWriterWishesAndNotToWhoSaidIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.writesTo(mara.viewer, "mara@example.org")
		w.writesTo(pell.viewer, "pell@example.org")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		bag := w.postbag()
		id := w.says(pell.viewer, work, 0, "I laughed <b>out loud</b>. <img src=\"https://elsewhere.example/x.png\">")
		mails := bag.opens()
		need(t, "who is mailed", fmt.Sprint(addresses(mails)), "[mara@example.org]")
		need(t, "the writer's notices", fmt.Sprint(kindsOf(w.told(mara.viewer))), "[comment]")
		need(t, "the notices of who said it", len(w.told(pell.viewer)), 0)
		m := mails[0]
		for _, part := range []string{"pell commented on your work “Salt in the Kettle”", "I laughed out loud.", fmt.Sprint("/comments/", id), "/mail/stop/comments/"} {
			if !strings.Contains(m.Text, part) {
				t.Errorf("the mail lacks %q:\n%s", part, m.Text)
			}
		}
		if strings.Contains(m.HTML, "<img") || strings.Contains(m.HTML, "elsewhere.example/x.png\"") {
			t.Errorf("the mail loads a picture:\n%s", m.HTML)
		}
		mara.opens("/notices").has("pell commented on Salt in the Kettle", "I laughed", "Answer here")

		w.says(mara.viewer, work, id, "Thank you.") // the writer answers: the reader is told, the writer is not
		need(t, "who is mailed of the answer", fmt.Sprint(addresses(bag.opens())), "[pell@example.org]")
		need(t, "the reader's notices", fmt.Sprint(kindsOf(w.told(pell.viewer))), "[reply]")

		w.prefers(mara.viewer, func(p *archive.Preferences) { p.Wish(archive.TopicComments, archive.MailNever) })
		w.prefers(pell.viewer, func(p *archive.Preferences) { p.Wish(archive.TopicCopies, archive.MailAtOnce) })
		w.says(pell.viewer, work, 0, "And again.")
		need(t, "who is mailed when they wish otherwise", fmt.Sprint(addresses(bag.opens())), "[pell@example.org]")
		need(t, "the writer's notices", len(w.told(mara.viewer)), 2)
		need(t, "the reader's notices are no copies", len(w.told(pell.viewer)), 1)

		must(t, w.feedback.Mute(t.Context(), mara.viewer, pell.viewer.Account, true))
		w.says(pell.viewer, work, 0, "Unheard.")
		bag.opens()
		need(t, "the writer's notices of whom they muted", len(w.told(mara.viewer)), 2)
	})
}

func TestAHeldCommentIsToldToTheWriterAloneUntilItIsApproved(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito := w.member("mara"), w.member("pell"), w.member("ito")
		f := fields("Salt in the Kettle")
		f.Moderated = true
		work := w.posts(mara.viewer, f)
		bag := w.postbag()
		first := w.says(pell.viewer, work, 0, "First.")
		bag.opens()
		need(t, "the writer's notices", fmt.Sprint(kindsOf(w.told(mara.viewer))), "[held]")
		mara.opens("/notices").has("A comment by pell on Salt in the Kettle waits for you", "Approve it")
		must(t, w.feedback.Judge(t.Context(), mara.viewer, "approve", first))
		bag.opens()
		need(t, "the writer's notices after they approved it", len(w.told(mara.viewer)), 1)
		answer := w.says(ito.viewer, work, first, "I agree.")
		bag.opens()
		need(t, "whom a held answer is told", len(w.told(pell.viewer)), 0)
		must(t, w.feedback.Judge(t.Context(), mara.viewer, "approve", answer))
		bag.opens()
		need(t, "and when it is approved", fmt.Sprint(kindsOf(w.told(pell.viewer))), "[reply]")
		pell.opens("/notices").has("ito answered you on Salt in the Kettle")
		must(t, w.feedback.DeleteComment(t.Context(), ito.viewer, answer))
		pell.opens("/notices").lacks("I agree.")
	})
}

func TestKudosAreToldOnceADayAndMailedInOneMail(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.writesTo(mara.viewer, "mara@example.org")
		one, two := w.posts(mara.viewer, fields("Salt in the Kettle")), w.posts(mara.viewer, fields("A Lamp"))
		bag := w.postbag()
		pell.thanks(one, "name")
		w.guest().thanks(one, "")
		pell.thanks(two, "name")
		gather := func() []mail.Message {
			t.Helper()
			_, err := w.feedback.GatherKudos(t.Context())
			must(t, err)
			mails := bag.opens()
			must(t, bag.tell.SendDaily(t.Context()))
			return append(mails, bag.opens()...)
		}
		mails := gather()
		need(t, "the mails", len(mails), 1)
		for _, part := range []string{"2 readers left kudos for Salt in the Kettle", "One reader left kudos for A Lamp", "/mail/stop/daily/"} {
			if !strings.Contains(mails[0].Text, part) {
				t.Errorf("the mail lacks %q:\n%s", part, mails[0].Text)
			}
		}
		mara.opens("/notices").has("2 readers left kudos for Salt in the Kettle")
		w.guest().thanks(one, "")
		need(t, "the mails of the same day", len(gather()), 0)
		need(t, "the notices of the same day", len(w.told(mara.viewer)), 2)
		w.Clock.Pass(25 * time.Hour)
		need(t, "the mails of the next", len(gather()), 1)
		w.Clock.Pass(25 * time.Hour)
		need(t, "the mails of a day without news", len(gather()), 0)
	})
}

func TestADailyMailThatMayHaveGoneGoesAgainUnderOneName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		w.writesTo(mara.viewer, "mara@example.org")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		bag := w.postbag()
		w.tells(mara.viewer, archive.NoticeKudos, work, 1)
		ctx, breakOff := context.WithCancel(t.Context())
		bag.broken = breakOff // after the mail is handed over, the program ends
		_ = bag.tell.SendDaily(ctx)
		bag.broken = nil
		w.tells(mara.viewer, archive.NoticeKudos, work, 2)
		must(t, bag.tell.SendDaily(t.Context()))
		mails := bag.opens()
		need(t, "the mails", len(mails), 2)
		need(t, "the name of the second", mails[1].MessageID, mails[0].MessageID)
	})
}

func TestAStopTokenIsOfOneAccountAndOneTopic(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		for _, c := range []*client{mara, pell} {
			w.writesTo(c.viewer, c.viewer.Name+"@example.org")
		}
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		bag := w.postbag()
		w.says(pell.viewer, work, 0, "I laughed.")
		m := bag.opens()[0]
		stop := strings.TrimPrefix(m.Stop, w.address)
		wish := func(of *client, topic archive.Topic) (wish archive.MailWish) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				p, err := tx.Accounts.Preferences(ctx, of.viewer.Account)
				wish = p.Mails(topic)
				return err
			})
			return wish
		}
		guest := w.guest()
		asked := guest.opens(stop).has("Stop these mails")
		need(t, "a page that is only looked at", wish(mara, archive.TopicComments), archive.MailAtOnce)
		_, token, _ := strings.Cut(stop, "/comments/")
		forged := []string{
			strings.Replace(token, fmt.Sprint(mara.viewer.Account, "-"), fmt.Sprint(pell.viewer.Account, "-"), 1), "1-x", "99999-AAAAAAAAAAAAAAAAAAAA", token[:len(token)-1],
		}
		alike := func(a answer, token string) string { return strings.ReplaceAll(a.body, token, "TOKEN") }
		oneClick := form("List-Unsubscribe", "One-Click")
		for _, bad := range forged {
			need(t, "the question to a forged token", alike(guest.opens("/mail/stop/comments/"+bad), bad), alike(asked, token))
			guest.post("/mail/stop/comments/"+bad, oneClick).expect(http.StatusOK)
		}
		guest.post("/mail/stop/kudos/"+token, oneClick).expect(http.StatusOK) // of another topic
		need(t, "her comments", wish(mara, archive.TopicComments), archive.MailAtOnce)
		need(t, "her kudos", wish(mara, archive.TopicKudos), archive.MailDaily)
		need(t, "another's comments", wish(pell, archive.TopicComments), archive.MailAtOnce)

		stopped := guest.post(stop, oneClick).expect(http.StatusOK)
		need(t, "her comments after one press", wish(mara, archive.TopicComments), archive.MailNever)
		bad := guest.post("/mail/stop/comments/"+forged[1], oneClick)
		need(t, "the answer to a forged token", alike(bad, forged[1]), alike(stopped, token))
		guest.post("/mail/stop/comments/"+forged[0], form("do", "undo", "was", "comments=once;")).expect(http.StatusOK)
		need(t, "her comments after a forged undo", wish(mara, archive.TopicComments), archive.MailNever)
		guest.post(stop, form("do", "undo", "was", "kudos=never;comments=daily;gifts=once;")).expect(http.StatusOK).has("come again")
		need(t, "her comments after her undo", wish(mara, archive.TopicComments), archive.MailDaily)
		need(t, "what the undo has no say over", wish(mara, archive.TopicKudos), archive.MailDaily)
		guest.get("/mail/stop/site/" + token).expect(http.StatusNotFound)
	})
}

func TestAMemberSaysWhatIsMailed(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{Phone: true, NoScript: true})
	signIn(p, "mara")
	p.Open("/account/mail")
	p.Axe()
	p.Look("letters")
	p.Choose("Comments on your works", "Once a day")
	p.Choose("Kudos for your works", "Never")
	p.Submit("Save the preferences")
	need(t, "the wish about comments", p.Value("Comments on your works"), "daily")
	need(t, "the wish about kudos", p.Value("Kudos for your works"), "never")
}
