package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/tempo"
)

// What is read and said when comments are measured.
const (
	saidWorks    = 2_000
	saidMembers  = 40
	saidRate     = 510   // comments a second
	recordDay    = 1_632 // pages a second: AO3's
	fullShare    = 65    // of what the machine can read, in percent: full load, with room for a burst
	saidFor      = 8 * time.Second
	saidTurns    = 5                     // how often a load is measured without comments and with them, in turns
	saidRest     = 3 * time.Second       // in which what follows from comments goes on
	saidIdle     = 30 * time.Millisecond // of a second a server takes that has nothing to do
	saidPatience = 60                    // seconds until it has nothing to do
)

var errBusy = errors.New("the server does not come to rest")

// comments has members say so many things a second beside readers, and tells
// how many were accepted and what readers felt of it: at a load the machine
// can just bear, and at that of a record day; and how many comments can be
// said at most, with nobody reading.
func comments(data string) (err error) {
	ctx := context.Background()
	debug.SetGCPercent(1000) // who measures collects little while they do
	if err := fillSaid(ctx, data); err != nil {
		return fmt.Errorf("fill the archive: %w", err)
	}
	dir, err := os.MkdirTemp("", "ficus-bench.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Rename(data, filepath.Join(dir, "data")); err != nil {
		return err
	}
	var s sides
	defer s.stop()
	address, err := s.startFicus(dir)
	if err != nil {
		return err
	}
	if err := tempo.ComeFirst(); err != nil { // who measures stands for machines elsewhere
		return err
	}
	members, err := enter(address)
	if err != nil {
		return err
	}
	t := &table{}
	if err := keepAll(address); err != nil {
		return err
	}
	most := readers(address, saidFor/2, 0).run()
	t.add("pages a second at most, a guest's, kept", fmt.Sprintf("%.0f", most.rate()), "who asks takes a good part of both cores", "")
	for _, rate := range []int{int(most.rate()) * fullShare / 100, recordDay} {
		if err := besideComments(t, s.ficus.Process.Pid, address, members, rate); err != nil {
			return err
		}
	}
	said := sayers(address, members, saidFor, 0).run()
	t.add("comments a second at most, nobody reading", fmt.Sprintf("%.0f", said.rate()), "p50 "+said.at(0.5).String()+", p99 "+said.at(0.99).String(), "")
	fmt.Print(t)
	return nil
}

// keepAll reads every page once, so that all are kept.
func keepAll(address string) error {
	w, err := dial(address)
	if err != nil {
		return err
	}
	defer w.close()
	for work := range saidWorks {
		if status, err := w.get("/works/" + strconv.Itoa(1+work)); err != nil || status != http.StatusOK {
			return fmt.Errorf("work %d is answered with %d: %w", 1+work, status, err)
		}
	}
	return nil
}

// besideComments reads at a rate: alone, beside comments, and beside a program
// of no concern that takes as much of the processors as the comments did. What
// readers feel of that one, no server can spare them on this machine.
func besideComments(t *table, server int, address string, members []string, rate int) error {
	var alone, beside, stranger, said turns
	var spent [3]time.Duration // by the server: alone, beside, in the rest that follows
	others := order{Address: address, Members: members, Over: saidFor, Rate: saidRate}
	for range saidTurns {
		if err := settleDown(server, address); err != nil {
			return err
		}
		for i, do := range []func() error{
			func() error { return readBeside(&alone, address, rate, nil) },
			func() error {
				return readBeside(&beside, address, rate, func() error {
					one, err := others.have()
					said.add(one)
					return err
				})
			},
			func() error { time.Sleep(saidRest); return nil },
		} {
			before, err := processorTime(server)
			if err != nil {
				return err
			}
			doing := do()
			after, err := processorTime(server)
			if err = errors.Join(doing, err); err != nil {
				return err
			}
			spent[i] += after - before
		}
		taking := others
		taking.Each = (spent[1] - spent[0]) / time.Duration(max(len(said.waits), 1))
		if err := settleDown(server, address); err != nil {
			return err
		}
		if err := readBeside(&stranger, address, rate, func() error { _, err := taking.have(); return err }); err != nil {
			return err
		}
	}
	at := fmt.Sprintf(", at %d pages a second", rate)
	share := func(spent time.Duration, over time.Duration) string {
		return fmt.Sprintf("%.2f of a core", spent.Seconds()/over.Seconds())
	}
	t.add("comments accepted a second"+at, fmt.Sprintf("%.0f", said.rate()), fmt.Sprintf("p50 %v, p99 %v, %d refused", said.at(0.5), said.at(0.99), said.failed), "≥ 500")
	for _, p := range []struct {
		name  string
		share float64
		aim   string
	}{{"p50", 0.5, ""}, {"p99", 0.99, "< +20 %"}} {
		t.add("readers' "+p.name+at, beside.at(p.share).String(), fmt.Sprintf("%v without comments (%s)", alone.at(p.share), change(beside.at(p.share), alone.at(p.share))), p.aim)
		t.add("the same beside a program that takes as much", stranger.at(p.share).String(), change(stranger.at(p.share), alone.at(p.share)), "")
	}
	t.add("readers' p99 in the middle one of five turns"+at, beside.middle(0.99).String(), fmt.Sprintf("%v without comments (%s); beside a program that takes as much %v (%s)",
		alone.middle(0.99), change(beside.middle(0.99), alone.middle(0.99)), stranger.middle(0.99), change(stranger.middle(0.99), alone.middle(0.99))), "< +20 %")
	t.add("pages answered a second"+at, fmt.Sprintf("%.0f", beside.rate()), fmt.Sprintf("%.0f without comments; %d and %d failed", alone.rate(), beside.failed, alone.failed), "")
	t.add("the server takes"+at, share(spent[1], beside.over), share(spent[0], alone.over)+" without comments, "+share(spent[2], saidTurns*saidRest)+" after them", "")
	return nil
}

// readBeside reads while others do something, and adds what readers felt.
func readBeside(felt *turns, address string, rate int, others func() error) (err error) {
	var beside sync.WaitGroup
	if others != nil {
		beside.Go(func() { err = others() })
	}
	felt.add(readers(address, saidFor, rate).run())
	beside.Wait()
	return err
}

// settleDown waits until nothing follows from comments any more, and has every
// page kept that nobody read meanwhile: who reads it next would draw it.
func settleDown(server int, address string) error {
	for _, do := range []func() error{func() error { return nil }, func() error { return keepAll(address) }} {
		if err := errors.Join(do(), rests(server)); err != nil {
			return err
		}
	}
	return nil
}

// rests waits until a server has nothing to do.
func rests(server int) error {
	for range saidPatience {
		before, err := processorTime(server)
		if err != nil {
			return err
		}
		time.Sleep(time.Second)
		after, err := processorTime(server)
		if err != nil || after-before <= saidIdle {
			return err
		}
	}
	return errBusy
}

func change(now, before time.Duration) string {
	return fmt.Sprintf("%+.0f %%", 100*(float64(now)/float64(before)-1))
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

// enter signs the members in, and gives the cookies of each.
func enter(address string) ([]string, error) {
	site, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	var members []string
	for i := range saidMembers {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		answer, err := c.PostForm(address+"/sign-in", url.Values{"name": {memberName(i)}, "password": {smallSecret}})
		if err := led(answer, err); err != nil {
			return nil, fmt.Errorf("signing in: %w", err)
		}
		var cookies []string
		for _, one := range jar.Cookies(site) {
			cookies = append(cookies, one.Name+"="+one.Value)
		}
		members = append(members, strings.Join(cookies, "; "))
	}
	return members, nil
}

// sayers are members who comment.
func sayers(address string, members []string, over time.Duration, rate int) asking {
	return asking{address: address, connections: len(members), rate: rate, over: over, ask: func(w *wire, member, i int) (bool, error) {
		work := strconv.Itoa(1 + rand.IntN(saidWorks))
		form := url.Values{"comment": {fmt.Sprintf("%s %d of %d", story(30), i, rand.Int64())}, "chapter": {work}, "parent": {"0"}}
		status, err := w.post("/works/"+work+"/comments", members[member], form.Encode())
		return status == http.StatusSeeOther, err
	}}
}
