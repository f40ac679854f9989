package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"ficus/internal/book"
)

// checkMore reads the wishes of which chapters there are and how they look.
func (c *bindCmd) checkMore(format book.Format) (err error) {
	if c.Chapters != "" {
		if c.Works {
			return errors.New("chapters are chosen of one work; leave out --chapters or --works")
		}
		if c.wished.chapters, err = runsOf(c.Chapters); err != nil {
			return err
		}
	}
	if c.Skin == "" {
		return nil
	}
	if c.Works {
		return errors.New("a book of several works has one style; leave out --skin or --works")
	}
	if format != book.EPUB && format != book.HTML {
		return errors.New("plain text and Markdown have no style; leave out --skin, or give -o a name that ends in .epub or .html")
	}
	c.wished.skin, err = readSkin(c.Skin)
	return err
}

// runsOf reads "1,4-6".
func runsOf(typed string) (runs []book.Run, err error) {
	for part := range strings.SplitSeq(strings.ReplaceAll(typed, "–", "-"), ",") {
		from, to, isRun := strings.Cut(strings.TrimSpace(part), "-")
		if !isRun {
			to = from
		}
		first, wrong := strconv.Atoi(strings.TrimSpace(from))
		last, wrongToo := strconv.Atoi(strings.TrimSpace(to))
		if wrong != nil || wrongToo != nil || first < 1 || last < first {
			return nil, fmt.Errorf("--chapters is %q; chapters look like 3-7 or 1,4-6", typed)
		}
		runs = append(runs, book.Run{From: first, To: last})
	}
	return runs, nil
}

// numbersOf says which chapters a book has.
func numbersOf(b book.Book) string {
	number := func(i int) int {
		if n := b.Chapters[i].Number; n > 0 {
			return n
		}
		return i + 1
	}
	if len(b.Chapters) == 1 {
		return strconv.Itoa(number(0))
	}
	return fmt.Sprintf("%d to %d", number(0), number(len(b.Chapters)-1))
}

// mostSkinBytes is the longest stylesheet a book takes along.
const mostSkinBytes = 256 << 10

// readSkin reads a stylesheet. What it would load from elsewhere is refused: a
// book has everything in it.
func readSkin(name string) (string, error) {
	in, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no file %q for the skin", name)
	}
	if err != nil {
		return "", fmt.Errorf("the skin %q cannot be read: %w", name, err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, mostSkinBytes+1))
	skin := strings.ToLower(string(data))
	switch {
	case err != nil:
		return "", fmt.Errorf("the skin %q cannot be read: %w", name, err)
	case len(data) > mostSkinBytes || !utf8.Valid(data) || strings.ContainsRune(skin, 0):
		return "", fmt.Errorf("the skin %q is no stylesheet of at most 256 kB in UTF-8", name)
	case strings.Contains(skin, "@import") || strings.Contains(skin, "url(") || strings.Contains(skin, "@font-face"):
		return "", fmt.Errorf("the skin %q loads something; a book has everything in it, so leave out @import, @font-face and url()", name)
	}
	return string(data), nil
}

// helpers are who made the work with its writers.
func (c *bindCmd) helpers() (all []book.Helper) {
	for _, did := range []struct {
		names []string
		role  book.Role
	}{{c.Translator, book.Translator}, {c.Artist, book.Artist}, {c.Beta, book.Editor}} {
		for _, name := range did.names {
			all = append(all, book.Helper{Name: name, Role: did.role})
		}
	}
	return all
}
