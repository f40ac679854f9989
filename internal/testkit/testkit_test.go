package testkit_test

import (
	"context"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestWorldsAreEmptyAndApart(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		if err := w.DB.CheckSchema(t.Context(), store.Schema()); err != nil {
			t.Error(err)
		}
		const put = `INSERT INTO cursors (name, event) VALUES ('mine', 1)`
		err := w.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), put)
			return err
		})
		if err != nil {
			t.Error(err)
		}
		w.Clock.Pass(time.Hour)
		w.Read(t, func(_ context.Context, tx *store.Tx) error {
			if want := testkit.NewClock().Now().Add(time.Hour); !tx.Now.Equal(want) {
				t.Errorf("it is %v, want %v", tx.Now, want)
			}
			return nil
		})
	})
}

func TestPostOfficeKeepsMails(t *testing.T) {
	office := testkit.NewPostOffice(t)
	send := func() error {
		return smtp.SendMail(office.Address, nil, "a@example.org", []string{"b@example.org"}, []byte("Subject: Hello\r\n\r\nDear B\r\n"))
	}
	office.Shut()
	if err := send(); err == nil {
		t.Error("a shut post office took a mail")
	}
	office.Reopen()
	if err := send(); err != nil {
		t.Fatal(err)
	}
	mails := office.Mails()
	if len(mails) != 1 || mails[0].To[0] != "b@example.org" || !strings.Contains(mails[0].Data, "Dear B") {
		t.Errorf("the mails are %+v", mails)
	}
}
