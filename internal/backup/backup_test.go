package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// pairs runs test for each engine a backup is made on and each it is restored
// on.
func pairs(t *testing.T, test func(t *testing.T, from, to backup.Place)) {
	engines.Each(t, nil, func(t *testing.T, to *sqldb.DB) {
		engines.Each(t, store.Schema(), func(t *testing.T, from *sqldb.DB) {
			if to.Engine() == sqldb.SQLite {
				to = engines.SQLite(t, nil, sqldb.Options{Unchecked: true})
			} else {
				to = engines.Postgres(t, nil, sqldb.Options{})
			}
			test(t, place(t, from), place(t, to))
		})
	})
}

func place(t *testing.T, db *sqldb.DB) backup.Place {
	t.Helper()
	folder, err := media.OpenFolder(filepath.Join(t.TempDir(), "files"))
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	return backup.Place{DB: db, Bucket: folder, Schema: store.Schema()}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func make1(t *testing.T, from backup.Place) (string, backup.Manifest) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.zip")
	m, err := backup.Make(t.Context(), from, path, "test", archive.SystemClock{}, nil)
	must(t, err)
	return path, m
}

func restore(t *testing.T, path string, to backup.Place) error {
	t.Helper()
	opened, err := backup.Open(path, to.Schema)
	if err != nil {
		return err
	}
	defer opened.Close()
	if err := opened.Prove(t.Context(), nil); err != nil {
		return err
	}
	return opened.Restore(t.Context(), to, nil)
}

// tricky are texts and bytes that a careless format loses.
var tricky = []string{"plain", "a \"quoted\" \\ line\nand another\r\n\ttabbed", "静かな海 \u2028\u2029 🜁 e\u0301 \x01\x7f", "]}\n{\"bytes\":3}", ""}

// fill puts rows into every table the database has, whatever they are, and
// tells which tables would not take them.
func fill(t *testing.T, db *sqldb.DB) (refused []string) {
	t.Helper()
	ctx := t.Context()
	var tables []sqldb.Table
	must(t, db.Read(ctx, func(tx *sqldb.Tx) (err error) {
		tables, err = sqldb.Tables(ctx, tx)
		return err
	}))
	for _, table := range tables {
		err := db.Write(ctx, func(tx *sqldb.Tx) error {
			if err := table.Clear(ctx, tx); err != nil {
				return err
			}
			var rows [][]any
			for n := range len(tricky) {
				rows = append(rows, synthetic(table, n))
			}
			return table.Add(ctx, tx, rows)
		})
		switch {
		case errors.Is(err, sqldb.ErrCheck) || errors.Is(err, sqldb.ErrForeignKey) || errors.Is(err, sqldb.ErrUnique):
			refused = append(refused, table.Name)
		default:
			must(t, err)
		}
	}
	return refused
}

// synthetic is the nth row of a table: its numbers are n and its texts differ
// from row to row, so that rows refer to one another and none is there twice.
func synthetic(table sqldb.Table, n int) []any {
	row := make([]any, len(table.Columns))
	for i, c := range table.Columns {
		switch c.Kind {
		case sqldb.Whole:
			row[i] = int64(n + 1)
		case sqldb.Real:
			row[i] = float64(n) + 0.1
		case sqldb.Boolean:
			row[i] = n%2 == 1
		case sqldb.Text:
			row[i] = fmt.Sprintf("%d%s", n, tricky[n])
		case sqldb.Bytes:
			row[i] = append([]byte{0, 255, '\n', ']'}, tricky[n]...)
		}
	}
	return row
}

// mayRefuse are tables whose rows are checked beyond what synthetic rows
// satisfy; everything in them is text and numbers that other tables hold too.
var mayRefuse = map[string]bool{"log_head": true, "passages_read": true, "called_read": true}

func TestEveryTableIsTakenAlong(t *testing.T) {
	pairs(t, func(t *testing.T, from, to backup.Place) {
		for _, name := range fill(t, from.DB) {
			if !mayRefuse[name] {
				t.Errorf("the table %s took no synthetic rows: add it to mayRefuse, or better, let synthetic satisfy it", name)
			}
		}
		must(t, from.Bucket.Put(t.Context(), "pictures/ab/abcd", strings.NewReader("a picture"), 9, "image/png"))
		path, made := make1(t, from)
		must(t, restore(t, path, to))
		_, again := make1(t, to)
		same(t, made, again)
		rows := 0
		for _, table := range made.Tables {
			if table.Rows > 0 || table.LeftOut != "" {
				rows++
			}
		}
		if len(made.Tables) < 27 || rows+len(mayRefuse) < len(made.Tables) {
			t.Errorf("only %d tables of %d have rows", rows, len(made.Tables))
		}
	})
}

// same holds two backups to one content.
func same(t *testing.T, a, b backup.Manifest) {
	t.Helper()
	if len(a.Tables) != len(b.Tables) || len(a.Files) != len(b.Files) {
		t.Errorf("%d tables and %d files became %d and %d", len(a.Tables), len(a.Files), len(b.Tables), len(b.Files))
	}
	sums := map[string]string{}
	for _, table := range a.Tables {
		sums[table.Name] = fmt.Sprint(table.Rows, table.SHA256)
	}
	for _, table := range b.Tables {
		if sums[table.Name] != fmt.Sprint(table.Rows, table.SHA256) {
			t.Errorf("the table %s differs", table.Name)
		}
	}
	for i := range min(len(a.Files), len(b.Files)) {
		if a.Files[i] != b.Files[i] {
			t.Errorf("%v became %v", a.Files[i], b.Files[i])
		}
	}
}

// The database's own list of tables is what is taken: on SQLite it is looked
// at here another way.
func TestTheListOfTablesIsTheDatabases(t *testing.T) {
	db := engines.SQLite(t, store.Schema(), sqldb.Options{})
	ctx := t.Context()
	text := func(row sqldb.Scanner) (s string, err error) { return s, row.Scan(&s) }
	must(t, db.Read(ctx, func(tx *sqldb.Tx) error {
		names, err := sqldb.All(ctx, tx, text, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('goose_db_version', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')
			AND name NOT LIKE 'passage_words%' AND name NOT LIKE 'called_words%'`) // made anew from the others
		must(t, err)
		triggers, err := sqldb.All(ctx, tx, text, `SELECT name FROM sqlite_master WHERE type = 'trigger'`)
		must(t, err)
		if len(triggers) > 0 {
			t.Errorf("triggers would run while an archive is restored: %v", triggers)
		}
		tables, err := sqldb.Tables(ctx, tx)
		must(t, err)
		known := map[string]bool{}
		for _, table := range tables {
			known[table.Name] = true
		}
		for _, name := range names {
			if !known[name] {
				t.Errorf("the table %s is forgotten", name)
			}
		}
		if len(names) != len(tables) {
			t.Errorf("%d tables are %d", len(names), len(tables))
		}
		for name := range backup.LeftOut() {
			if !known[name] {
				t.Errorf("%s is left out and is no table", name)
			}
		}
		for _, table := range tables {
			for _, other := range table.Refers() {
				if backup.LeftOut()[other] != "" && backup.LeftOut()[table.Name] == "" {
					t.Errorf("%s refers to %s, whose rows are left out: leave it out too, with its reason", table.Name, other)
				}
			}
		}
		return nil
	}))
}

func TestNumbersGoOnAfterTheHighest(t *testing.T) {
	pairs(t, func(t *testing.T, from, to backup.Place) {
		ctx := t.Context()
		join := func(p backup.Place, name string) (id int64) {
			s, err := store.New(p.DB, archive.SystemClock{})
			must(t, err)
			must(t, s.Write(ctx, func(tx *store.Tx) (err error) {
				id, err = tx.Accounts.Add(ctx, archive.Account{Name: name})
				tx.Log.Record(archive.Event{Kind: archive.AccountJoined, Subject: id})
				return err
			}))
			return id
		}
		head := func(p backup.Place) (id int64) {
			s, err := store.New(p.DB, archive.SystemClock{})
			must(t, err)
			must(t, s.Read(ctx, func(tx *store.Tx) (err error) {
				id, err = tx.Log.Head(ctx)
				return err
			}))
			return id
		}
		join(from, "mara")
		last := join(from, "pell")
		path, _ := make1(t, from)
		must(t, restore(t, path, to))
		if head(to) != head(from) {
			t.Errorf("the head of the log is %d, was %d", head(to), head(from))
		}
		if next := join(to, "wren"); next != last+1 {
			t.Errorf("the next account is %d after %d", next, last)
		}
	})
}

func TestWhoIsSignedInStaysBehind(t *testing.T) {
	from, to := place(t, engines.SQLite(t, store.Schema(), sqldb.Options{})), place(t, engines.SQLite(t, nil, sqldb.Options{Unchecked: true}))
	fill(t, from.DB)
	path, made := make1(t, from)
	must(t, restore(t, path, to))
	for _, table := range made.Tables {
		if why := backup.LeftOut()[table.Name]; (why != "") != (table.LeftOut != "") || (why != "" && table.Rows > 0) {
			t.Errorf("%s holds %d rows, left out %q", table.Name, table.Rows, table.LeftOut)
		}
	}
}

// rewrite makes a zip anew with some entries changed; a nil content leaves the
// entry out.
func rewrite(t *testing.T, path string, change func(name string, content []byte) (string, []byte), more ...string) string {
	t.Helper()
	old, err := zip.OpenReader(path)
	must(t, err)
	defer old.Close()
	var to bytes.Buffer
	made := zip.NewWriter(&to)
	write := func(name string, content []byte) {
		w, err := made.Create(name)
		must(t, err)
		_, err = w.Write(content)
		must(t, err)
	}
	for _, entry := range old.File {
		from, err := entry.Open()
		must(t, err)
		content, err := io.ReadAll(from)
		must(t, err)
		if name, content := change(entry.Name, content); content != nil {
			write(name, content)
		}
	}
	for _, name := range more {
		write(name, []byte("more"))
	}
	must(t, made.Close())
	changed := filepath.Join(t.TempDir(), "changed.zip")
	must(t, os.WriteFile(changed, to.Bytes(), 0o600))
	return changed
}

// manifest changes the manifest of a backup.
func manifest(t *testing.T, change func(m *backup.Manifest)) func(string, []byte) (string, []byte) {
	return func(name string, content []byte) (string, []byte) {
		if name != "manifest.json" {
			return name, content
		}
		var m backup.Manifest
		must(t, json.Unmarshal(content, &m))
		change(&m)
		content, err := json.Marshal(m)
		must(t, err)
		return name, content
	}
}

func TestWhatIsNoWholeBackupIsRefusedInASentence(t *testing.T) {
	from := place(t, engines.SQLite(t, store.Schema(), sqldb.Options{}))
	fill(t, from.DB)
	must(t, from.Bucket.Put(t.Context(), "pictures/ab/abcd", strings.NewReader("a picture"), 9, "image/png"))
	path, _ := make1(t, from)
	whole, err := os.ReadFile(path)
	must(t, err)
	file := func(content []byte) string {
		changed := filepath.Join(t.TempDir(), "b.zip")
		must(t, os.WriteFile(changed, content, 0o600))
		return changed
	}
	flipped := bytes.Clone(whole)
	flipped[bytes.Index(flipped, []byte("a picture"))] ^= 1
	packed := bytes.Clone(whole)
	packed[200] ^= 0x55
	as := func(name string, content []byte) (string, []byte) { return name, content }
	cases := map[string]string{
		"is no backup":          file([]byte("Dear diary")),
		"was cut off":           file(whole[:len(whole)-30]),
		"was cut off: a backup": file(whole[:len(whole)/2]),
		"abcd":                  file(flipped),
		"damaged":               file(packed),
		"no manifest": rewrite(t, path, func(name string, c []byte) (string, []byte) {
			return name, map[bool][]byte{name != "manifest.json": c}[true]
		}),
		"does not hold":          rewrite(t, path, as, "tables/extra.jsonl"),
		"does not hold what":     rewrite(t, path, as, "../../etc/passwd"),
		"is in it twice":         rewrite(t, path, as, "manifest.json"),
		"its schema is 9999":     rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Schema = 9999 })),
		"newer Ficus (test)":     rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Format = 2 })),
		"nothing of an archive":  rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Schema = 0 })),
		"which none of ours":     rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Files[0].Key = "../abcd" })),
		"none of ours can":       rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Files[0].Bytes = 0 })),
		"is not as its manifest": rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Files[0].Bytes = 10 })),
		"is not as it was":       rewrite(t, path, manifest(t, func(m *backup.Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) })),
		"manifest cannot be read": rewrite(t, path, func(name string, c []byte) (string, []byte) {
			return name, bytes.ReplaceAll(c, []byte(`"format"`), []byte(`format`))
		}),
		"tables/works.jsonl is not as": rewrite(t, path, func(name string, c []byte) (string, []byte) {
			return name, map[bool][]byte{true: bytes.Replace(c, []byte("0plain"), []byte("0plaim"), 1), false: c}[name == "tables/works.jsonl"]
		}),
		"there is no file": filepath.Join(t.TempDir(), "none.zip"),
	}
	for want, path := range cases {
		to := place(t, engines.SQLite(t, nil, sqldb.Options{Unchecked: true}))
		err := restore(t, path, to)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want %q, got %v", want, err)
		}
		if version, _, err := to.DB.SchemaVersion(t.Context(), store.Schema()); err != nil || version != 0 {
			t.Errorf("%s: the database was touched", want)
		}
	}
}

// A zip that unpacks to far more than an archive of its size can hold.
func TestAZipBombIsRefusedBeforeItIsUnpacked(t *testing.T) {
	from := place(t, engines.SQLite(t, store.Schema(), sqldb.Options{}))
	path, _ := make1(t, from)
	const huge = 300 << 20
	bomb := rewrite(t, path, func(name string, content []byte) (string, []byte) {
		name, content = manifest(t, func(m *backup.Manifest) { m.Files = []backup.File{{Key: "bomb", Bytes: huge, SHA256: "x"}} })(name, content)
		return name, content
	})
	old, err := os.ReadFile(bomb)
	must(t, err)
	read, err := zip.NewReader(bytes.NewReader(old), int64(len(old)))
	must(t, err)
	var to bytes.Buffer
	made := zip.NewWriter(&to)
	for _, entry := range read.File {
		must(t, made.Copy(entry))
	}
	w, err := made.Create("files/bomb")
	must(t, err)
	for range huge >> 20 {
		_, err := w.Write(make([]byte, 1<<20))
		must(t, err)
	}
	must(t, made.Close())
	must(t, os.WriteFile(bomb, to.Bytes(), 0o600))
	if _, err := backup.Open(bomb, store.Schema()); err == nil || !strings.Contains(err.Error(), "far more than a file of its size") {
		t.Errorf("a file of %d bytes that unpacks to %d: %v", to.Len(), huge, err)
	}
}

func TestFilesThatGoMeanwhileAreNotMissed(t *testing.T) {
	from := place(t, engines.SQLite(t, store.Schema(), sqldb.Options{}))
	for n := range 20 {
		must(t, from.Bucket.Put(t.Context(), fmt.Sprintf("pictures/%02d", n), strings.NewReader("x"), 1, ""))
	}
	from.Bucket = vanishing{from.Bucket}
	path, made := make1(t, from)
	if len(made.Files) != 10 {
		t.Errorf("%d files are taken", len(made.Files))
	}
	must(t, restore(t, path, place(t, engines.SQLite(t, nil, sqldb.Options{Unchecked: true}))))
}

// vanishing is a bucket of which every other file is deleted between the list
// and the look.
type vanishing struct{ media.Bucket }

// Get deletes first.
func (v vanishing) Get(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if last := key[len(key)-1]; last%2 == 1 {
		if err := v.Delete(ctx, key); err != nil {
			return nil, err
		}
	}
	return v.Bucket.Get(ctx, key)
}

func TestAnEmptyFileOfSomebodyElseKeepsNoBackupFromBeingMade(t *testing.T) {
	dir := t.TempDir()
	folder, err := media.OpenFolder(dir)
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	from := backup.Place{DB: engines.SQLite(t, store.Schema(), sqldb.Options{}), Bucket: folder, Schema: store.Schema()}
	must(t, os.WriteFile(filepath.Join(dir, "desktop.ini"), nil, 0o600))
	must(t, folder.Put(t.Context(), "pictures/1", strings.NewReader("x"), 1, ""))
	path, made := make1(t, from)
	if len(made.Files) != 1 {
		t.Errorf("%d files are taken", len(made.Files))
	}
	must(t, restore(t, path, place(t, engines.SQLite(t, nil, sqldb.Options{Unchecked: true}))))
}

func TestABackupIsNeverMadeOverAFile(t *testing.T) {
	from := place(t, engines.SQLite(t, store.Schema(), sqldb.Options{}))
	path, _ := make1(t, from)
	if _, err := backup.Make(t.Context(), from, path, "test", archive.SystemClock{}, nil); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("got %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	other := filepath.Join(filepath.Dir(path), "other.zip")
	if _, err := backup.Make(cancelled, from, other, "test", archive.SystemClock{}, nil); err == nil {
		t.Error("a broken-off backup came to its end")
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("something is left beside the backup: %v", entries)
	}
}
