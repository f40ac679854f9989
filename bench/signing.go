package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// What is measured when members sign in.
const (
	manyMembers = 100_000
	whoSignIn   = 40 // of them, by turns
)

// Everyone else has a session, as members have, and a password that costs
// nothing to hash: nobody tries it.
const giveSessions = `INSERT INTO sessions (account, secret, created_at, seen_at, agent)
	SELECT id, 'a session of ' || CAST(id AS TEXT), created_at, created_at, 'A browser' FROM accounts`

// signing has members sign in to an archive of a hundred thousand and to one
// that has nobody else, in turns, and tells how long each took.
func signing() error {
	dir, err := os.MkdirTemp("", "ficus-bench.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var many, empty sides
	defer many.stop()
	defer empty.stop()
	began := time.Now()
	var addresses [2]string
	for i, side := range []struct {
		name   string
		others int
		s      *sides
	}{{"many", manyMembers, &many}, {"empty", 0, &empty}} {
		place := filepath.Join(dir, side.name)
		if err := fillMembers(context.Background(), filepath.Join(place, "data"), side.others); err != nil {
			return fmt.Errorf("fill the archive: %w", err)
		}
		if addresses[i], err = side.s.startFicus(place); err != nil {
			return err
		}
	}
	fmt.Printf("archives of %d members and of %d stand after %v\n", manyMembers+whoSignIn, whoSignIn, time.Since(began).Round(time.Second))
	t := &table{}
	for _, kind := range []struct {
		what   string
		rounds int // more wrong ones would be held up
		ask    func(address string, i int) error
	}{
		{"signing in", 5, enters},
		{"a wrong password", 2, func(address string, i int) error { return refused(address, memberName(i), "not it at all") }},
		{"a name nobody has", 2, func(address string, i int) error { return refused(address, fmt.Sprint("nobody", i), smallSecret) }},
	} {
		if err := besideEmpty(t, kind.what, kind.rounds, addresses, kind.ask); err != nil {
			return fmt.Errorf("%s: %w", kind.what, err)
		}
	}
	fmt.Print(t)
	return nil
}

// besideEmpty asks both archives in turns.
func besideEmpty(t *table, what string, rounds int, addresses [2]string, ask func(address string, i int) error) error {
	var took [2]felt
	for round := range rounds {
		for i := range whoSignIn {
			for side := range addresses {
				side = (side + round) % 2 // who comes second finds a warmer processor
				began := time.Now()
				if err := ask(addresses[side], i); err != nil {
					return err
				}
				took[side].waits = append(took[side].waits, time.Since(began))
			}
		}
	}
	for i := range took {
		slices.Sort(took[i].waits)
	}
	for _, share := range []float64{0.5, 0.99} {
		many, empty := took[0].at(share), took[1].at(share)
		t.add(fmt.Sprintf("%s among %d members, p%.0f", what, manyMembers, 100*share), fmt.Sprintf("%v = %.2f×", many, float64(many)/float64(empty)),
			fmt.Sprintf("among %d: %v", whoSignIn, empty), "1.0×")
	}
	return nil
}

// enters signs a member in, with a browser of their own.
func enters(address string, i int) error {
	return led(browserOf().PostForm(address+"/sign-in", url.Values{"name": {memberName(i)}, "password": {smallSecret}}))
}

// refused wants a sign-in that is not let in.
func refused(address, name, password string) error {
	answer, err := browserOf().PostForm(address+"/sign-in", url.Values{"name": {name}, "password": {password}})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusUnprocessableEntity {
		return fmt.Errorf("answered with %s", answer.Status)
	}
	return nil
}

func browserOf() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// fillMembers makes those who sign in, with passwords as everyone has them, and
// so many others.
func fillMembers(ctx context.Context, data string, others int) (err error) {
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
	s, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return err
	}
	err = errorOr(join(ctx, s, accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 8}, "other%06d", others), join(ctx, s, accounts.DefaultCost(), "member%03d", whoSignIn))
	if err != nil {
		return err
	}
	if err := db.Write(ctx, func(tx *sqldb.Tx) error { _, err := tx.Exec(ctx, giveSessions); return err }); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *store.Tx) error { // nobody is to be greeted while others sign in
		head, err := tx.Log.Head(ctx)
		return errorOr(err, tx.Log.MoveCursor(ctx, "jobs", head))
	})
}

// join has so many people join, some at once, who share commits.
func join(ctx context.Context, s *store.Store, cost accounts.Cost, name string, count int) error {
	who, err := accounts.New(s, archive.DefaultLimits(), cost)
	if err != nil {
		return err
	}
	const atOnce = 32
	var joining sync.WaitGroup
	failed := make(chan error, atOnce)
	for hand := range atOnce {
		joining.Go(func() {
			for i := hand; i < count; i += atOnce {
				if _, err := who.Join(ctx, accounts.Joining{Name: fmt.Sprintf(name, i), Password: smallSecret}); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	joining.Wait()
	close(failed)
	return <-failed
}
