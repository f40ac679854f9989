package engines

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ficus/internal/sqldb"
)

// serverVariable names the server to make test databases on, by a role that may make them.
const serverVariable = "FICUS_TEST_POSTGRES"

// templateLock lets one test process at a time make the template; the number means nothing else.
const templateLock = 5_270_411

// Postgres opens a fresh PostgreSQL database with the schema of files; nil files make no schema.
func Postgres(t testing.TB, files fs.FS, o sqldb.Options) *sqldb.DB {
	t.Helper()
	o.PostgresURL = PostgresURL(t, files)
	return open(t, o)
}

// PostgresURL is the address of a fresh PostgreSQL database that is dropped when the test ends,
// for tests that open one database several times.
func PostgresURL(t testing.TB, files fs.FS) string {
	t.Helper()
	server := os.Getenv(serverVariable)
	if server == "" {
		t.Fatalf("no PostgreSQL to test on: run `make test`, which starts one, or set %s=postgres://…", serverVariable)
	}
	template := "template0"
	if files != nil {
		var err error
		if template, err = postgresTemplate(server, files); err != nil {
			t.Fatalf("make the PostgreSQL template: %v", err)
		}
	}
	name := "ficus_test_" + strings.ToLower(rand.Text()[:12])
	if err := onServer(server, `CREATE DATABASE `+name+` TEMPLATE `+template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer(server, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return database(server, name)
}

// postgresTemplate makes the template database of the schema, if no process has made it yet. It
// takes its name when it is whole, so one that was left half made is never used.
func postgresTemplate(server string, files fs.FS) (name string, err error) {
	key, err := fingerprint(files)
	if err != nil {
		return "", err
	}
	name = "ficus_template_" + key
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, templateLock); err != nil {
		return "", err
	}
	var made bool
	const known = `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`
	if err := conn.QueryRow(ctx, known, name).Scan(&made); err != nil || made {
		return name, err
	}
	part := name + "_part"
	for _, statement := range []string{`DROP DATABASE IF EXISTS ` + part + ` WITH (FORCE)`, `CREATE DATABASE ` + part + ` TEMPLATE template0`} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return "", err
		}
	}
	if err := migrate(sqldb.Options{PostgresURL: database(server, part)}, files); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+part+` RENAME TO `+name)
	return name, err
}

// onServer runs one statement outside any database of ours.
func onServer(server, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", serverVariable, err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// database is the address of another database on the same server.
func database(server, name string) string {
	address, err := url.Parse(server)
	if err != nil {
		return server // pgx said so when it connected
	}
	address.Path = "/" + name
	return address.String()
}
