package engines

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ficus/internal/sqldb"
)

// templates are the migrated files of this process, by fingerprint of their schema.
var templates = struct {
	sync.Mutex
	files map[string][]byte
}{files: map[string][]byte{}}

// SQLite opens a fresh SQLite database with the schema of files; nil files make no schema. The
// path in o, if any, is where its file is made.
func SQLite(t testing.TB, files fs.FS, o sqldb.Options) *sqldb.DB {
	t.Helper()
	if o.SQLitePath == "" {
		o.SQLitePath = filepath.Join(t.TempDir(), "ficus.db")
	}
	if files != nil {
		data, err := sqliteTemplate(files)
		if err != nil {
			t.Fatalf("make the SQLite template: %v", err)
		}
		if err := os.WriteFile(o.SQLitePath, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, o)
}

// sqliteTemplate is the content of a migrated, closed database.
func sqliteTemplate(files fs.FS) ([]byte, error) {
	key, err := fingerprint(files)
	if err != nil {
		return nil, err
	}
	templates.Lock()
	defer templates.Unlock()
	if data, ok := templates.files[key]; ok {
		return data, nil
	}
	dir, err := os.MkdirTemp("", "ficus-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "ficus.db")
	if err := migrate(sqldb.Options{SQLitePath: path}, files); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err == nil {
		templates.files[key] = data
	}
	return data, err
}
