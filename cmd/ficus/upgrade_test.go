package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// fixtures are archives that released programs made (scripts/fixture), by the
// number of their schema. Each is kept for ever.
func fixtures(t *testing.T) map[int64]string {
	t.Helper()
	paths, err := filepath.Glob("testdata/schemas/*.db.gz")
	must(t, err)
	if len(paths) == 0 {
		t.Fatal("there are no fixtures")
	}
	found := map[int64]string{}
	for _, path := range paths {
		var schema int64
		_, err := fmt.Sscanf(filepath.Base(path), "%d.db.gz", &schema)
		must(t, err)
		found[schema] = path
	}
	return found
}

// unpack puts a fixture into a data folder.
func unpack(t *testing.T, path string) (data string) {
	t.Helper()
	data = t.TempDir()
	from, err := os.Open(path)
	must(t, err)
	defer from.Close()
	z, err := gzip.NewReader(from)
	must(t, err)
	to, err := os.OpenFile(filepath.Join(data, "ficus.db"), os.O_CREATE|os.O_WRONLY, 0o600)
	must(t, err)
	_, err = io.Copy(to, z)
	must(t, err)
	must(t, to.Close())
	return data
}

// asItWas looks at the archive of scripts/fixture with the eyes of a guest, of
// its writer, and of one who goes on writing.
func asItWas(t *testing.T, s *served) {
	t.Helper()
	status, page := s.get("/works/1/entire", "")
	for _, want := range []string{"The Lamp Keepers", "The lamp was lit.", "Then somebody did.", "静かな海。", "Slow burn"} {
		if status != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("the work is answered with %d and lacks %q", status, want)
		}
	}
	if _, list := s.get("/works", ""); !strings.Contains(list, "The Lamp Keepers") || strings.Contains(list, "For members") || strings.Contains(list, "A draft") {
		t.Error("a guest's list is not what a guest may see")
	}
	for _, closed := range []string{"/works/2", "/works/3"} {
		if _, page := s.get(closed, ""); strings.Contains(page, "Not for guests") || strings.Contains(page, "Not yet.") {
			t.Errorf("%s is open to guests", closed)
		}
	}
	if !s.signsIn("mara", "a lamp in the window") {
		t.Error("mara is not let in")
	}
}

func TestEveryReleasedSchemaIsOpenedByTodaysProgram(t *testing.T) {
	for schema, path := range fixtures(t) {
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			data := unpack(t, path)
			for _, args := range [][]string{{"user", "token", "mara"}, {"backup", filepath.Join(t.TempDir(), "a.zip")}} {
				if said := refuses(t, append(args, "--data", data)...); !strings.Contains(said, "from an older Ficus") {
					t.Errorf("ficus %s is told %q", args[0], said)
				}
			}
			s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
			asItWas(t, s)
			token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--data", data))
			if s.posts(token, "After the upgrade") == 0 {
				t.Error("nothing new can be posted")
			}
			s.stop()
			if _, err := os.Stat(filepath.Join(data, fmt.Sprintf("ficus.db.schema-%04d", schema))); err != nil {
				t.Errorf("no copy was kept from before the upgrade: %v", err)
			}
		})
	}
}

// until is the schema as a program knew it whose newest migration was last.
func until(t *testing.T, last int64) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(store.Schema(), "*.sql")
	must(t, err)
	for _, name := range names {
		var number int64
		_, err := fmt.Sscanf(name, "%d_", &number)
		must(t, err)
		if number > last {
			continue
		}
		text, err := fs.ReadFile(store.Schema(), name)
		must(t, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func TestABackupOfAnyReleasedSchemaIsRestoredOnEitherDatabase(t *testing.T) {
	for schema, path := range fixtures(t) {
		data := unpack(t, path)
		file := filepath.Join(t.TempDir(), "old.zip")
		db, err := sqldb.Open(t.Context(), sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
		must(t, err)
		bucket, err := media.OpenFolder(filepath.Join(data, "files"))
		must(t, err)
		_, err = backup.Make(t.Context(), backup.Place{DB: db, Bucket: bucket, Schema: until(t, schema)}, file, "an older one", archive.SystemClock{}, nil)
		must(t, err)
		must(t, bucket.Close())
		must(t, db.Close())
		for name, database := range map[string]string{"sqlite": "", "postgres": engines.PostgresURL(t, nil)} {
			t.Run(fmt.Sprint(schema, " on ", name), func(t *testing.T) {
				args := []string{"--data", filepath.Join(t.TempDir(), "restored")}
				if database != "" {
					args = append(args, "--database", database)
				}
				says(t, "", append([]string{"restore", file}, args...)...)
				s := begin(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--backups", "off"}, args...)...)
				asItWas(t, s)
				s.stop()
			})
		}
	}
}

func TestAnOlderProgramRefusesANewerDatabase(t *testing.T) {
	data := t.TempDir()
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", data)
	db, err := sqldb.Open(t.Context(), sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	must(t, err)
	must(t, db.Write(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9998, TRUE)`)
		return err
	}))
	must(t, db.Close())
	before, err := os.ReadFile(filepath.Join(data, "ficus.db"))
	must(t, err)
	for _, args := range [][]string{
		{"serve", "--listen", "127.0.0.1:0"}, {"user", "create", "wren", "--password-stdin"}, {"user", "token", "mara"}, {"backup", filepath.Join(t.TempDir(), "a.zip")},
	} {
		c := command(append(args, "--data", data)...)
		c.Stdin = strings.NewReader("another lamp entirely\n")
		var said lines
		c.Stderr = &said
		_ = c.Run() // the exit code says it
		sentence := said.String()
		if c.ProcessState.ExitCode() != exitUsage || strings.Count(sentence, "\n") != 1 || !strings.Contains(sentence, "use the newer program") {
			t.Errorf("ficus %s: exit %d, %q", args[0], c.ProcessState.ExitCode(), sentence)
		}
	}
	after, err := os.ReadFile(filepath.Join(data, "ficus.db"))
	must(t, err)
	if string(before) != string(after) {
		t.Error("the database was changed")
	}
}
