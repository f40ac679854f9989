package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/mail"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// inBook gives all that stands in a book.
func inBook(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var all strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		must(t, err)
		_, err = io.Copy(&all, in)
		must(t, err)
		must(t, in.Close())
	}
	return all.String()
}

// signsToo lets another member sign a work.
func (w *world) signsToo(work int64, accounts ...archive.Viewer) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		byline, err := tx.Works.Creators(ctx, work)
		if err != nil {
			return err
		}
		for _, v := range accounts {
			pseuds, err := tx.Accounts.Pseuds(ctx, v.Account)
			if err != nil {
				return err
			}
			byline = append(byline, pseuds[0])
		}
		return tx.Works.SetCreators(ctx, work, byline)
	})
}

func TestAcceptance16CreatorsAreToldOfADeletedWorkUntilItsDayAndGetTheBook(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		ada, ito, kay := w.proved(bag, "ada", "ada@example.org"), w.proved(bag, "ito", "ito@example.org"), w.member("kay")
		ito.post("/account/mail", form("book_on_deletion", "yes")).expect(http.StatusSeeOther)
		ito.opens("/account/mail").has(`name="book_on_deletion" value="yes" checked`)
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.")
		w.adds(ada.viewer, work, "A lamp not yet lit.", false)
		w.signsToo(work, ito.viewer, kay.viewer)
		bag.opens()

		ask := ada.opens(workPath(work, "/delete")).has("The Lamp Keepers", "31 May 2026", `name="book_on_deletion"`, "to the mail that tells me").lacks(`value="yes" checked`)
		kay.opens(workPath(work, "/delete")).lacks("book_on_deletion") // no mail reaches kay
		gone := ada.post(workPath(work, "/delete"), form("book_asked", numberIn(ask, "book_asked"), "book_on_deletion", "yes")).expect(http.StatusSeeOther)
		need(t, "where deleting leads", gone.to(), "/my-works")

		mails := bag.opens()
		if len(mails) != 2 || mails[0].To != "ada@example.org" || mails[1].To != "ito@example.org" {
			t.Fatalf("the mails are %v", mails)
		}
		for _, m := range mails {
			if m.Attached == nil || !strings.Contains(m.Text, "Until 31 May 2026 you can bring it back") || !strings.Contains(m.Text, w.address+workPath(work)) {
				t.Fatalf("the mail says\n%s\nwith %v", m.Text, m.Attached)
			}
			text := inBook(t, m.Attached.Data)
			for _, part := range []string{"One lamp.", "Two lamps.", "A lamp not yet lit.", "The Lamp Keepers", "ito", "kay"} {
				if !strings.Contains(text, part) {
					t.Errorf("the book lacks %q", part)
				}
			}
			need(t, "the name of the file", m.Attached.Name, "ada, ito and kay - The Lamp Keepers.epub")
		}
		kept := *mails[0].Attached
		for _, c := range []*client{ada, ito, kay} {
			c.opens("/notices").has("The Lamp Keepers", "31 May 2026", `href="/my-works"`)
			c.get(workPath(work)).expect(http.StatusGone).has("31 May 2026", `href="/my-works"`)
			c.opens("/my-works").has("The Lamp Keepers", "31 May 2026", `action="`+workPath(work)+`/restore"`, `href="`+workPath(work)+`.epub"`)
			need(t, "the book on the site", inBook(t, []byte(c.opens(workPath(work, ".epub")).body)), inBook(t, kept.Data))
		}
		guest := w.guest()
		for _, reader := range []*client{guest, w.member("pell"), w.staff("sten")} {
			reader.get(workPath(work)).expect(http.StatusNotFound)
			reader.get(workPath(work, ".epub")).expect(http.StatusNotFound)
		}

		w.Clock.Pass(29 * 24 * time.Hour)
		kay.post(workPath(work, "/restore"), nil).expect(http.StatusSeeOther)
		guest.opens(workPath(work)).has("The Lamp Keepers")
		if strings.Contains(inBook(t, []byte(guest.opens(workPath(work, ".epub")).body)), "not yet lit") {
			t.Error("a book for readers has a draft in it")
		}

		ada.post(workPath(work, "/delete"), form("book_asked", "yes")).expect(http.StatusSeeOther) // no book this time
		mails = bag.opens()
		if len(mails) != 2 || mails[0].Attached != nil || mails[1].Attached == nil {
			t.Fatalf("the second mails are %v", mails)
		}
		w.Clock.Pass(31 * 24 * time.Hour)
		for _, c := range []*client{ada, ito, kay} {
			c.post(workPath(work, "/restore"), nil).expect(http.StatusNotFound)
			c.get(workPath(work)).expect(http.StatusNotFound)
			c.get(workPath(work, ".epub")).expect(http.StatusNotFound)
		}
		n, err := w.writing.PurgeDeleted(t.Context())
		must(t, err)
		need(t, "works that went for good", n, 1)
		if text := inBook(t, mails[1].Attached.Data); !strings.Contains(text, "A lamp not yet lit.") {
			t.Error("the book in the mail went with the work")
		}
		ito.opens("/notices") // still opens
		if _, err := w.pages.BindDeleted(t.Context(), ito.viewer.Account, work, w.address); err == nil {
			t.Error("a work that is gone was bound")
		}
	})
}

func TestABookIsBoundForCreatorsOfDeletedWorksAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, pell := w.member("ada"), w.member("pell")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.")
		bind := func(v archive.Viewer) (mail.Attachment, error) {
			b, err := w.pages.BindDeleted(t.Context(), v.Account, work, w.address)
			return mail.Attachment(b), err
		}
		for name, v := range map[string]archive.Viewer{"its creator, while it stands": ada.viewer, "somebody else": pell.viewer, "a guest": {}} {
			if _, err := bind(v); err == nil {
				t.Errorf("it is bound for %s", name)
			}
		}
		must(t, w.writing.DeleteWork(t.Context(), ada.viewer, work))
		if _, err := bind(ada.viewer); err != nil {
			t.Error(err)
		}
		if _, err := bind(pell.viewer); err == nil {
			t.Error("it is bound for somebody else")
		}
	})
}

// On a phone, without a script: the tick, the deletion, the book, the undo.
func TestAWorkIsDeletedWithItsBookAndBroughtBackOnAPhone(t *testing.T) {
	w := newWorld(t)
	bag := w.postbag()
	ada := w.proved(bag, "ada", "ada@example.org")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.")
	p := w.reads(browser.Settings{NoScript: true, Narrow: true})
	signIn(p, "ada")
	p.Open(workPath(work, "/delete"))
	p.Check("Attach it as a book (EPUB) to the mail that tells me, also when one of my works is deleted later")
	p.Axe()
	p.Look("delete-with-book")
	p.Submit("Delete the work")
	p.Sees("Take it with you: EPUB")
	p.Axe()
	p.Look("my-works-deleted")
	mails := bag.opens()
	if last := mails[len(mails)-1]; last.Attached == nil {
		t.Errorf("the mail brings no book:\n%s", last.Text)
	}
	p.Submit("Bring it back : The Lamp Keepers")
	p.Sees("One lamp.")
	p.Open("/account/mail")
	p.Sees("When a work I sign is deleted, attach it as a book (EPUB) to the mail that tells me")
	p.Look("letters-with-book")
}
