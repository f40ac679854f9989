package store_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/store"
)

var (
	tableMade  = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\);`)
	namesOwner = regexp.MustCompile(`(?m)^\s+(\w+)\s+BIGINT[^\n]*REFERENCES accounts`)
)

// What hangs on an account is forgotten with it: a table that names one and is
// not thought of here would keep who it was. The row of the account itself
// stays, so that no foreign key does it.
func TestEveryTableThatNamesAnAccountIsThoughtOfWhenItIsForgotten(t *testing.T) {
	elsewhere := map[string]string{
		"pseuds": "dropPseuds", "manuscripts": "dropSameFile", "work_creators": "signsAnything", "names": "keepNames", "deletions": "endDeletion",
	}
	source, err := os.ReadFile("deletions.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(store.Schema(), "*.sql")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	found := 0
	for _, file := range files {
		text, err := fs.ReadFile(store.Schema(), file)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tableMade.FindAllStringSubmatch(string(text), -1) {
			for _, column := range namesOwner.FindAllStringSubmatch(table[2], -1) {
				found++
				name, known := elsewhere[table[1]]
				if !known {
					name = "FROM " + table[1] + " WHERE " + column[1] + " = $1 LIMIT $2"
				}
				if !strings.Contains(string(source), name) {
					t.Errorf("%s: nothing in deletions.go forgets %s.%s", file, table[1], column[1])
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d columns were found: the search is broken", found)
	}
}
