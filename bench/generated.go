package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"ficus/internal/archive"
	"ficus/internal/generate"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// onBoth measures on SQLite, in a folder, and on PostgreSQL where
// FICUS_TEST_POSTGRES says where that is, each time in an empty database.
func onBoth(dir, name string, measure func(context.Context, sqldb.Options) error) error {
	ctx := context.Background()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file := filepath.Join(dir, name+".db")
	if err := os.RemoveAll(file); err != nil {
		return err
	}
	if err := measure(ctx, sqldb.Options{SQLitePath: file}); err != nil {
		return err
	}
	server, err := url.Parse(os.Getenv("FICUS_TEST_POSTGRES"))
	if err != nil || server.Scheme == "" {
		return err
	}
	database := fmt.Sprintf("ficus_%s_%d", name, time.Now().Unix())
	if err := sql(server, "CREATE DATABASE "+database); err != nil {
		return err
	}
	own := *server
	own.Path = "/" + database
	return errors.Join(measure(ctx, sqldb.Options{PostgresURL: own.String()}), sql(server, "DROP DATABASE "+database))
}

// generated fills an empty database with works as ficus generate makes them.
func generated(ctx context.Context, o sqldb.Options, works int) (db *sqldb.DB, s *store.Store, err error) {
	o.Logger = slog.New(slog.DiscardHandler)
	if db, err = sqldb.Open(ctx, o); err != nil {
		return nil, nil, err
	}
	if s, err = fillGenerated(ctx, db, works); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, s, nil
}

func fillGenerated(ctx context.Context, db *sqldb.DB, works int) (*store.Store, error) {
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return nil, err
	}
	s, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return nil, err
	}
	planned, err := generate.New(generate.Plan{Works: works, Seed: 1, Until: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return nil, err
	}
	return s, planned.Fill(ctx, generate.Filling{Store: s})
}
