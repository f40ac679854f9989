package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// A crowd, of whom every fifth wishes to hear by mail, at once.
const crowd, mailed = 10_000, 2_000

// gather makes the crowd, who follow Mara.
func (b *letterbox) gather(t *testing.T) {
	t.Helper()
	const atOnce = 500
	for first := 0; first < crowd; first += atOnce {
		var accounts []string
		for i := first; i < first+atOnce; i++ {
			wish := archive.MailNever
			if i%(crowd/mailed) == 0 {
				wish = archive.MailAtOnce
			}
			accounts = append(accounts, fmt.Sprintf(`('follower%d', 'follower%d', 'f%d@example.org', 'f%d@example.org', 1, '', FALSE, '{"Mail":{"Following":"%s"}}', 1)`, i, i, i, i, wish))
		}
		err := b.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO accounts (name, folded, email, email_folded, email_proved_at, password_hash, staff, preferences, created_at) VALUES `+strings.Join(accounts, ","))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := b.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO follows (account, person, at) SELECT id, $1, 1 FROM accounts WHERE name LIKE 'follower%'`, b.mara)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// counted is how many rows a statement counts.
func (b *letterbox) counted(t *testing.T, statement string) (n int64) {
	t.Helper()
	err := b.DB.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
		n, err = sqldb.One(t.Context(), tx, func(row sqldb.Scanner) (n int64, err error) { return n, row.Scan(&n) }, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// chapter posts a chapter of the work, which is posted.
func (b *letterbox) chapter(t *testing.T) archive.Event {
	t.Helper()
	var id int64
	b.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if id, err = tx.Chapters.Add(ctx, archive.Chapter{Work: b.work, Position: 1, Published: tx.Now}); err != nil {
			return err
		}
		return tx.Chapters.Post(ctx, id, tx.Now)
	})
	e := b.record(t, archive.Event{Kind: archive.ChapterPosted, Actor: b.mara, Work: b.work, Chapter: id})
	e.At = b.Clock.Now()
	return e
}

func TestTenThousandFollowersAreToldInBatchesAndOnceEach(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		tell := teller(t, w, birds)
		b.post(t)
		b.gather(t)
		e := b.chapter(t)

		ctx, breakOff := context.WithCancel(t.Context())
		told := make(chan error)
		go func() { told <- tell.TellFollowers(ctx, e, archive.Job{ID: 1}) }()
		for b.counted(t, `SELECT COUNT(*) FROM notices`) < crowd/4 { // a batch at a time: others see it grow
			time.Sleep(time.Millisecond)
		}
		breakOff() // the program ends in the middle
		if err := <-told; err == nil {
			t.Fatal("it was told in one piece")
		}
		halfway := b.counted(t, `SELECT COUNT(*) FROM notices`)
		if halfway >= crowd || halfway%200 != 0 {
			t.Errorf("%d were told when it was broken off", halfway)
		}
		if reached := b.counted(t, `SELECT COUNT(*) FROM announcements a JOIN notices n ON n.account <= a.reached WHERE a.audience = 'person'`); reached != halfway {
			t.Errorf("%d were told, and it is noted of %d", halfway, reached)
		}
		for range 2 { // again, and once more
			if err := tell.TellFollowers(t.Context(), e, archive.Job{ID: 1}); err != nil {
				t.Fatal(err)
			}
		}
		if n := b.counted(t, `SELECT COUNT(*) FROM notices WHERE kind = 'work'`); n != crowd {
			t.Errorf("%d were told in the end", n)
		}
		if err := tell.SendFollowed(t.Context()); err != nil {
			t.Fatal(err)
		}
		met := map[string]bool{}
		for _, m := range birds.carried {
			met[m.To], met[m.MessageID] = true, true
		}
		if len(birds.carried) != mailed || len(met) != 2*mailed {
			t.Errorf("%d mails went out, %d of them different", len(birds.carried), len(met)/2)
		}
		if n := b.counted(t, `SELECT COUNT(*) FROM outbox`); n != 0 {
			t.Errorf("%d are left in the outbox", n)
		}
	})
}

func TestTwoWorkersTellAFollowerOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		b, birds := newLetterbox(t, w), &pigeons{}
		tell := teller(t, w, birds)
		b.post(t)
		b.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Follows.Add(ctx, b.ito, archive.Followed{Person: b.mara})
			return err
		})
		const chapters = 4
		var events []archive.Event
		for range chapters {
			events = append(events, b.chapter(t))
		}
		told := make(chan error)
		for _, e := range events {
			go func() { told <- tell.TellFollowers(t.Context(), e, archive.Job{}) }()
		}
		for range events {
			if err := <-told; err != nil {
				t.Error(err)
			}
		}
		if n := b.counted(t, `SELECT COALESCE(SUM(number), 0) FROM notices`); n != chapters {
			t.Errorf("the notices tell of %d chapters", n)
		}
		if n := b.counted(t, `SELECT COUNT(*) FROM announcements WHERE ended_at IS NULL`); n != 0 {
			t.Errorf("%d announcements have not ended", n)
		}
	})
}
