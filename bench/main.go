// Command bench measures Ficus beside what a user would pick instead, in one
// run and in turns, and prints one table of ratios. Nothing here is a test: a
// busy machine gives other figures, but both sides are equally busy.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := asked(os.Args[1:])(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// asked is what the words behind the program's name ask for; without any, the
// table beside the peers.
func asked(words []string) func() error {
	switch len(words) {
	case 1:
		if one := alone[words[0]]; one != nil {
			return one
		}
	case 2:
		if one := measures[words[0]]; one != nil {
			return func() error { return one(words[1]) }
		}
	case 3:
		if one := servers[words[0]]; one != nil {
			return func() error { return one(words[1], words[2]) }
		}
	}
	return run
}

// alone are those that need nothing; elsewhere is told the rest by who begins it.
var alone = map[string]func() error{"elsewhere": elsewhere, "signing": signing, "worst": measureWorst}

// measures are those that measure one thing, in or over a folder.
var measures = map[string]func(string) error{"small": small, "downloads": downloads, "comments": comments, "backup": besideBackup, "manuscripts": manuscripts, "pandoc": pandoc, "worst": readWorst, "books": books, "million": million, "volume": volumes, "browse": browse, "texts": texts, "kept": textsKept, "names": names}

// servers send a file at an address, to stand beside Ficus.
var servers = map[string]func(file, address string) error{"bare": bare, "sends": sendFile, "texts": textsOf}

// run starts the sides, measures them in turns, and prints the table.
func run() error {
	if err := need("wrk", "nginx"); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ficus-bench.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var sides sides
	defer sides.stop()
	address, err := sides.startFicus(dir)
	if err != nil {
		return err
	}
	page, err := postChapter(dir, address)
	if err != nil {
		return err
	}
	table := &table{}
	if err := measureSize(table, sides.ficus, address, page); err != nil {
		return err
	}
	if err := measurePage(table, &sides, dir, page); err != nil {
		return err
	}
	if err := measureBook(table, dir); err != nil {
		return err
	}
	beside := filepath.Join(dir, "beside")
	if err := errorOr(os.Mkdir(beside, 0o700), measureBackup(table, beside, 1<<30)); err != nil {
		return err
	}
	fmt.Print(table)
	return nil
}

// table is what is printed: a figure a line, with what it stands beside.
type table struct{ lines [][4]string }

func (t *table) add(what, figure, beside, aim string) {
	t.lines = append(t.lines, [4]string{what, figure, beside, aim})
}

// String is the table in Markdown, so that it can be pasted.
func (t *table) String() string {
	var b strings.Builder
	b.WriteString("| what | figure | beside | aim |\n|---|---|---|---|\n")
	for _, l := range t.lines {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", l[0], l[1], l[2], l[3])
	}
	return b.String()
}

var errNotReady = errors.New("it did not become ready")
