package mail_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/locale"
	ficusmail "ficus/internal/mail"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// binder gives a teller that has a book to enclose, and counts how often it
// was asked.
func binder(t *testing.T, b *letterbox, birds ficusmail.Sender, book func(account, work int64) (ficusmail.Attachment, error)) *ficusmail.Teller {
	t.Helper()
	words, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	site := ficusmail.Site{Address: "https://figs.example.org", Live: func() archive.Site { return archive.Site{Name: "The Fig House", Language: "en"} }}
	site.Book = func(_ context.Context, account, work int64) (ficusmail.Attachment, error) { return book(account, work) }
	return ficusmail.NewTeller(b.Store, birds, words, site, slog.New(slog.DiscardHandler))
}

func (b *letterbox) wishes(t *testing.T, account int64) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Accounts.SetPreferences(ctx, account, archive.Preferences{BookOnDeletion: true})
	})
}

func TestTheBookGoesToThoseWhoWishIt(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		b.post(t)
		b.sign(t, b.mara, b.ito)
		b.wishes(t, b.ito)
		tell := binder(t, b, birds, func(account, work int64) (ficusmail.Attachment, error) {
			if account != b.ito || work != b.work {
				t.Errorf("the book of %d is bound for %d", work, account)
			}
			return ficusmail.Attachment{Name: "Salt.epub", MediaType: "application/epub+zip", Data: []byte("a book")}, nil
		})
		e := b.delete(t)
		for range 2 { // the job may run again
			if err := tell.TellDeleted(t.Context(), e, archive.Job{ID: 1}); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range birds.carried {
			wished := m.To == "ito@example.org"
			if (m.Attached != nil) != wished || strings.Contains(m.Text, "It is attached as a book") != wished {
				t.Errorf("the mail to %s has %v with it and says\n%s", m.To, m.Attached, m.Text)
			}
		}
		if birds.carried[1].MessageID != birds.carried[3].MessageID {
			t.Error("the same mail sent again has another name")
		}
	})
}

// A mail that cannot take the book says where it is; the notice is never lost
// for it.
func TestABookThatDoesNotFitIsNamed(t *testing.T) {
	for name, book := range map[string]func(int64, int64) (ficusmail.Attachment, error){
		"too large": func(int64, int64) (ficusmail.Attachment, error) {
			return ficusmail.Attachment{Name: "Salt.epub", Data: make([]byte, 7<<20+1)}, nil
		},
		"a picture is gone": func(int64, int64) (ficusmail.Attachment, error) {
			return ficusmail.Attachment{}, errors.New("the bucket does not answer")
		},
		"nothing in it": func(int64, int64) (ficusmail.Attachment, error) {
			return ficusmail.Attachment{}, archive.ErrNotFound
		},
	} {
		b, birds := newLetterbox(t, testkit.NewWorld(t, testkit.SQLite(t))), &pigeons{}
		b.post(t)
		b.wishes(t, b.mara)
		if err := binder(t, b, birds, book).TellDeleted(t.Context(), b.delete(t), archive.Job{ID: 1}); err != nil {
			t.Fatal(name, err)
		}
		m := birds.carried[0]
		says := strings.Contains(m.Text, "/works/1.epub") && strings.Contains(m.HTML, `href="https://figs.example.org/works/1.epub"`) && strings.Contains(m.Text, "until 31 May 2026")
		if m.Attached != nil || says != (name != "nothing in it") || b.noticed(t, b.mara) != 1 {
			t.Errorf("%s: %v is attached, and it says\n%s", name, m.Attached, m.Text)
		}
	}
}

func TestAnAttachmentTravelsWhole(t *testing.T) {
	dir := t.TempDir()
	folder, err := ficusmail.OpenFolder(dir, "", testkit.NewWorld(t, testkit.SQLite(t)).Clock)
	if err != nil {
		t.Fatal(err)
	}
	book := bytes.Repeat([]byte{0, 1, 2, 255, '\r', '\n', '.', '\n'}, 5000)
	m := ficusmail.Message{
		To: "mara@example.org", Subject: "Gone", Text: "Words", HTML: "<p>Words</p>", MessageID: "a@example.org",
		Attached: &ficusmail.Attachment{Name: "Salz & Brød – 塩.epub", MediaType: "application/epub+zip", Data: book},
	}
	if err := folder.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	name, mediaType, got := attachedIn(t, raw)
	if name != m.Attached.Name || mediaType != "application/epub+zip" || !bytes.Equal(got, book) {
		t.Errorf("it came as %q, %s, %d bytes", name, mediaType, len(got))
	}
}
