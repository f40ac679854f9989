package web_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/testkit"
	"ficus/internal/web"
)

func TestStaffReadHowFullTheArchiveIsAndTryTheMail(t *testing.T) {
	var sent []string
	var stands archive.Machine
	w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(_ *web.Site, rooms *web.Rooms) {
		rooms.Machine = func(context.Context) (archive.Machine, error) { return stands, nil }
		rooms.TestMail = func(_ context.Context, to, _, _ string) error {
			if to == "nobody@example.org" {
				return errors.New("dial tcp 127.0.0.1:25: connection <refused>")
			}
			sent = append(sent, to)
			return nil
		}
	})
	mara, wren := w.member("mara"), w.staff("wren")
	stands = archive.Machine{DiskFree: 5 << 30, DiskTotal: 100 << 30, Database: 3 << 20, Memory: 41 << 20, Mails: 7, MailFolder: true, MailPlace: "data/mail"}
	wren.opens("/desk/machine").has("5 GB free of 100 GB", "3 MB", "41 MB", "Less than a tenth of the disk is free", "No copy of the archive", "data/mail", "No answer took longer")
	stands = archive.Machine{DiskFree: 50 << 30, DiskTotal: 100 << 30, Copy: w.Clock.Now().Add(-3 * time.Hour), CopyBytes: 9 << 20, CopyFailed: w.Clock.Now(), CopyReason: "no room left"}
	wren.opens("/desk/machine").has("3 hours ago, 9 MB", "could not be made: no room left").lacks("Less than a tenth", "No copy of the archive")

	for _, wrong := range []string{"", "nowhere", "a b@example.org"} {
		wren.post("/desk/machine/mail", form("to", wrong)).expect(http.StatusUnprocessableEntity).has(`href="#f-to"`)
	}
	wren.post("/desk/machine/mail", form("to", "nobody@example.org")).expect(http.StatusOK).has("No mail was sent", "connection &lt;refused&gt;", "nobody@example.org")
	wren.post("/desk/machine/mail", form("to", " wren@example.org ")).expect(http.StatusOK).has("took a mail to wren@example.org")
	need(t, "mails sent", len(sent), 1)
	mara.get("/desk/machine").expect(http.StatusNotFound)
	mara.post("/desk/machine/mail", form("to", "mara@example.org")).expect(http.StatusNotFound)
	need(t, "mails sent for a member", len(sent), 1)
}
