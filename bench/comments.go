package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// What is read and said when comments are measured.
const (
	saidWorks   = 2_000
	saidMembers = 40
	saidRate    = 500   // comments a second
	readRate    = 1_632 // pages a second: AO3's record day
	saidFor     = 10 * time.Second
)

// comments has members say so many things a second beside readers, and tells
// how many were accepted and what readers felt of it.
func comments(data string) (err error) {
	ctx := context.Background()
	if err := fillSaid(ctx, data); err != nil {
		return fmt.Errorf("fill the archive: %w", err)
	}
	dir, err := os.MkdirTemp("", "ficus-bench.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Rename(filepath.Join(data), filepath.Join(dir, "data")); err != nil {
		return err
	}
	var s sides
	defer s.stop()
	address, err := s.startFicus(dir)
	if err != nil {
		return err
	}
	members, err := enter(address)
	if err != nil {
		return err
	}
	t := &table{}
	for _, rate := range []int{readRate, 0} {
		what := fmt.Sprintf("at %d pages a second", rate)
		if rate == 0 {
			what = "with pages as fast as they come"
		}
		readAll(address, saidFor/5, rate) // every page is kept
		alone := readAll(address, saidFor, rate)
		var accepted int64
		var saying sync.WaitGroup
		saying.Go(func() { accepted = sayAll(address, members, saidFor) })
		beside := readAll(address, saidFor, rate)
		saying.Wait()
		t.add("comments accepted a second, "+what, fmt.Sprintf("%.0f", float64(accepted)/saidFor.Seconds()), "", "≥ 500")
		t.add("readers' p99, "+what, beside.p99().String(), fmt.Sprintf("%v without comments (%+.0f %%)", alone.p99(), 100*(float64(beside.p99())/float64(alone.p99())-1)), "< +20 %")
		t.add("pages a second, "+what, fmt.Sprintf("%.0f", beside.rate()), fmt.Sprintf("%.0f without comments", alone.rate()), "")
	}
	fmt.Print(t)
	return nil
}

// fillSaid makes works, and members who are not new.
func fillSaid(ctx context.Context, data string) (err error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return err
	}
	f, err := newFiller(ctx, db, data)
	if err != nil {
		return err
	}
	for i := range saidMembers {
		v, err := f.accounts.Join(ctx, accounts.Joining{Name: memberName(i), Password: smallSecret})
		if err != nil {
			return err
		}
		f.members = append(f.members, v)
	}
	for i := range saidWorks {
		n := f.work(i)
		n.Fields.Rating = archive.RatingGeneral
		if _, err := f.writing.Create(ctx, f.members[i%saidMembers], n); err != nil {
			return err
		}
	}
	return db.Write(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE accounts SET created_at = created_at - $1`, int64(30*24*time.Hour/time.Microsecond))
		return err
	})
}

// enter signs the members in.
func enter(address string) ([]*http.Client, error) {
	var clients []*http.Client
	for i := range saidMembers {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		answer, err := c.PostForm(address+"/sign-in", url.Values{"name": {memberName(i)}, "password": {smallSecret}})
		if err != nil {
			return nil, err
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			return nil, fmt.Errorf("signing in is answered with %s", answer.Status)
		}
		clients = append(clients, c)
	}
	return clients, nil
}

// felt is how long pages took.
type felt struct {
	took []time.Duration
	over time.Duration
}

func (f felt) p99() time.Duration {
	if len(f.took) == 0 {
		return 0
	}
	return f.took[len(f.took)*99/100].Round(10 * time.Microsecond)
}

func (f felt) rate() float64 { return float64(len(f.took)) / f.over.Seconds() }

// readAll reads works as a guest over eight connections, at a rate or as fast
// as they come. At a rate a page counts from when it was due, so that waiting
// for a slow one before it counts too.
func readAll(address string, over time.Duration, rate int) felt {
	const connections = 8
	var mu sync.Mutex
	var all []time.Duration
	var reading sync.WaitGroup
	began := time.Now()
	for reader := range connections {
		reading.Go(func() {
			c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
			var took []time.Duration
			for i := 0; time.Since(began) < over; i++ {
				due := time.Now()
				if rate > 0 {
					due = began.Add(time.Duration(i*connections+reader) * time.Second / time.Duration(rate))
					time.Sleep(time.Until(due))
				}
				answer, err := c.Get(fmt.Sprintf("%s/works/%d", address, 1+rand.IntN(saidWorks)))
				if err != nil {
					continue // the next one counts the time that was lost
				}
				_, _ = io.Copy(io.Discard, answer.Body) // what breaks off is counted as it is
				answer.Body.Close()
				took = append(took, time.Since(due))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	reading.Wait()
	slices.Sort(all)
	return felt{took: all, over: time.Since(began)}
}

// sayAll has members comment at the rate, and gives how many were accepted.
func sayAll(address string, members []*http.Client, over time.Duration) int64 {
	var accepted atomic.Int64
	var saying sync.WaitGroup
	began := time.Now()
	for member, c := range members {
		saying.Go(func() {
			for i := 0; time.Since(began) < over; i++ {
				time.Sleep(time.Until(began.Add(time.Duration(i*len(members)+member) * time.Second / saidRate)))
				work := 1 + rand.IntN(saidWorks)
				form := url.Values{"comment": {fmt.Sprintf("%s %d of %d", story(30), i, rand.Int64())}, "chapter": {fmt.Sprint(work)}, "parent": {"0"}}
				answer, err := c.Post(fmt.Sprintf("%s/works/%d/comments", address, work), "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
				if err != nil {
					continue // not accepted
				}
				answer.Body.Close()
				if answer.StatusCode == http.StatusSeeOther {
					accepted.Add(1)
				}
			}
		})
	}
	saying.Wait()
	return accepted.Load()
}
