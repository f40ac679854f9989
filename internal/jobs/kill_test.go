package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/jobs"
	"ficus/internal/locale"
	ficusmail "ficus/internal/mail"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// victimVariable makes of the test program one that is to be killed: the folder
// of its archive, and how many hours its clock is ahead.
const victimVariable = "FICUS_TEST_VICTIM"

func TestMain(m *testing.M) {
	if task := os.Getenv(victimVariable); task != "" {
		fmt.Fprintln(os.Stderr, live(task)) // lives until it is killed
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// ahead is the machine's clock some time ahead, so that nobody waits for the
// leases and claims of those who were killed.
type ahead struct{ by time.Duration }

func (a ahead) Now() time.Time { return archive.SystemClock{}.Now().Add(a.by) }

// house is an archive on a SQLite file, with its jobs and a folder of mails.
type house struct {
	db     *sqldb.DB
	store  *store.Store
	runner *jobs.Runner
}

func openHouse(dir string, clock archive.Clock) (*house, error) {
	db, err := sqldb.Open(context.Background(), sqldb.Options{SQLitePath: filepath.Join(dir, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(context.Background(), store.Schema()); err != nil {
		return nil, err
	}
	s, err := store.New(db, clock)
	if err != nil {
		return nil, err
	}
	folder, err := ficusmail.OpenFolder(filepath.Join(dir, "mail"), "", clock)
	if err != nil {
		return nil, err
	}
	words, err := locale.Open()
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	tell := ficusmail.NewTeller(s, folder, words, ficusmail.Site{Address: "https://figs.example.org", Live: archive.DefaultSite}, log)
	h := &house{db: db, store: s}
	h.runner = jobs.New(s, clock, []jobs.Line{{On: archive.WorkPosted, Name: "mail.TellGift", Do: tell.TellGift}}, nil, log)
	s.Applied = func(context.Context, store.Committed) { h.runner.Wake() }
	return h, nil
}

// live posts works, each a gift to everyone, and says of each that it is saved
// once it is.
func live(task string) error {
	dir, hours, _ := strings.Cut(task, "|")
	offset, err := strconv.Atoi(hours)
	if err != nil {
		return err
	}
	h, err := openHouse(dir, ahead{time.Duration(offset) * time.Hour})
	if err != nil {
		return err
	}
	h.runner.Start(context.Background())
	fmt.Println("ready")
	failed := make(chan error)
	for range 3 {
		go func() {
			for {
				work, err := h.postWork(context.Background())
				if err != nil {
					failed <- err
				}
				fmt.Println("saved", work)
				time.Sleep(rand.N(20 * time.Millisecond)) // so that the jobs keep up
			}
		}()
	}
	return <-failed
}

const writer, readers = 1, 3 // accounts: the writer, then the readers

func (h *house) postWork(ctx context.Context) (work int64, err error) {
	err = h.store.Write(ctx, func(tx *store.Tx) error {
		if work, err = tx.Works.Add(ctx, archive.Work{Title: "Salt", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}}); err != nil {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, writer)
		if err != nil {
			return err
		}
		if err := tx.Works.SetCreators(ctx, work, pseuds); err != nil {
			return err
		}
		var gifts []archive.Gift
		var ids []string
		for reader := int64(writer + 1); reader <= writer+readers; reader++ {
			gifts = append(gifts, archive.Gift{Work: work, Recipient: fmt.Sprint("reader-", reader), Account: reader})
			ids = append(ids, fmt.Sprint(reader))
		}
		if err := tx.Gifts.SetOn(ctx, work, gifts); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkPosted, Actor: writer, Work: work, Data: map[string]string{"gifts": strings.Join(ids, ",")}})
		return tx.Works.Post(ctx, work, tx.Now)
	})
	return work, err
}

// settle makes the accounts of an empty house.
func (h *house) settle(ctx context.Context) error {
	return h.store.Write(ctx, func(tx *store.Tx) error {
		for i := range writer + readers {
			name := fmt.Sprint("reader-", i+1)
			id, err := tx.Accounts.Add(ctx, archive.Account{Name: name, Email: name + "@example.org", EmailProvedAt: tx.Now})
			if err != nil {
				return err
			}
			if err := tx.Accounts.SetPreferences(ctx, id, archive.Preferences{MailGifts: true}); err != nil {
				return err
			}
		}
		return nil
	})
}

// killOne lets a victim live for a random moment and gives the works it called
// saved.
func killOne(t *testing.T, dir string, hours int) (saved []int64) {
	t.Helper()
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d", victimVariable, dir, hours))
	var complaint strings.Builder
	victim.Stderr = &complaint
	said, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(said)
	for {
		line, err := lines.ReadString('\n')
		if err != nil { // half a line was not said
			break
		}
		if line == "ready\n" {
			time.AfterFunc(rand.N(250*time.Millisecond), func() { victim.Process.Kill() })
		}
		var work int64
		if n, _ := fmt.Sscanf(line, "saved %d\n", &work); n == 1 {
			saved = append(saved, work)
		}
	}
	if err := victim.Wait(); err == nil || victim.ProcessState.Exited() {
		t.Fatalf("the victim ended by itself: %v, %s", err, complaint.String())
	}
	return saved
}

func TestAcceptance88_PartNothingSavedIsLostToAKill(t *testing.T) {
	dir := t.TempDir()
	h, err := openHouse(dir, ahead{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	const kills = 15
	var saved []int64
	for round := range kills {
		saved = append(saved, killOne(t, dir, round+1)...)
	}
	if h, err = openHouse(dir, ahead{(kills + 1) * time.Hour}); err != nil {
		t.Fatal(err)
	}
	defer h.db.Close()
	h.catchUp(t)

	posted := h.events(t)
	for _, work := range saved {
		if posted[work] == 0 {
			t.Errorf("work %d was called saved and is gone", work)
		}
	}
	checkNotices(t, h, posted)
	sent := checkMails(t, filepath.Join(dir, "mail"), posted)
	t.Logf("%d kills: %d works called saved, %d posted, %d mails for %d gifts", kills, len(saved), len(posted), sent, len(posted)*readers)
	if len(saved) < kills {
		t.Errorf("only %d works were saved: the victims hardly lived", len(saved))
	}
}

// catchUp does what the victims left.
func (h *house) catchUp(t *testing.T) {
	t.Helper()
	h.runner.Start(context.Background())
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		var behind int64
		err := h.store.Read(t.Context(), func(tx *store.Tx) error {
			head, err := tx.Log.Head(t.Context())
			if err != nil {
				return err
			}
			cursor, err := tx.Log.Cursor(t.Context(), "jobs")
			if err != nil {
				return err
			}
			waiting, err := tx.Jobs.Waiting(t.Context())
			behind = head - cursor + waiting
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if behind == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d events and jobs still wait", behind)
		}
	}
	if err := h.runner.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// events gives the event of every work that was posted; the works stand.
func (h *house) events(t *testing.T) map[int64]int64 {
	t.Helper()
	events := map[int64]int64{}
	err := h.store.Read(t.Context(), func(tx *store.Tx) error {
		log, err := tx.Log.After(t.Context(), 0, 1_000_000)
		for i, e := range log {
			if e.ID != int64(i+1) {
				return fmt.Errorf("event %d stands at place %d", e.ID, i+1)
			}
			if _, err := tx.Works.Open(t.Context(), archive.Viewer{}, e.Work); err != nil {
				return fmt.Errorf("work %d: %w", e.Work, err)
			}
			events[e.Work] = e.ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func checkNotices(t *testing.T, h *house, posted map[int64]int64) {
	t.Helper()
	err := h.store.Read(t.Context(), func(tx *store.Tx) error {
		for reader := int64(writer + 1); reader <= writer+readers; reader++ {
			notices, err := tx.Notices.Of(t.Context(), archive.Viewer{Account: reader}, 1_000_000, 0)
			if err != nil {
				return err
			}
			times := map[int64]int{}
			for _, n := range notices {
				times[n.Event]++
			}
			for work, event := range posted {
				if times[event] != 1 {
					t.Errorf("reader %d was told %d times of work %d", reader, times[event], work)
				}
			}
			if len(notices) != len(posted) {
				t.Errorf("reader %d has %d notices of %d works", reader, len(notices), len(posted))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkMails holds that each gift was mailed, always under one name, and gives
// how many mails there are.
func checkMails(t *testing.T, dir string, posted map[int64]int64) (sent int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	to := map[string]string{}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(file)
		file.Close()
		if err != nil {
			t.Fatalf("%s is half a mail: %v", path, err)
		}
		to[m.Header.Get("Message-ID")] = m.Header.Get("To")
	}
	for work, event := range posted {
		for reader := writer + 1; reader <= writer+readers; reader++ {
			name, want := fmt.Sprintf("<gift.%d.%d@figs.example.org>", event, reader), fmt.Sprintf("<reader-%d@example.org>", reader)
			if to[name] != want {
				t.Errorf("of work %d the mail %s went to %q, want %s", work, name, to[name], want)
			}
		}
	}
	if len(to) != len(posted)*readers {
		t.Errorf("%d different mails for %d gifts", len(to), len(posted)*readers)
	}
	return len(files)
}
