package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficus/internal/manuscript"
)

// pileOf lists the files of a folder, or the one zip that was named; nil for
// any other file. Nothing is opened yet, and no link is followed.
func pileOf(name string) ([]manuscript.PileFile, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() && !strings.EqualFold(filepath.Ext(name), ".zip") {
		return nil, nil // whoever reads the file says what is wrong with it
	}
	if !info.IsDir() {
		return []manuscript.PileFile{fileOfPile(name, filepath.Base(name), info.Size(), info.ModTime())}, nil
	}
	files := []manuscript.PileFile{}
	err = filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(name, path)
		if err != nil {
			return err
		}
		var size int64
		var changed time.Time
		if info, err := entry.Info(); err == nil {
			size, changed = info.Size(), info.ModTime()
		}
		files = append(files, fileOfPile(path, filepath.ToSlash(inside), size, changed))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%q cannot be listed: %w", name, err)
	}
	return files, nil
}

func fileOfPile(path, name string, size int64, changed time.Time) manuscript.PileFile {
	return manuscript.PileFile{Name: name, Size: size, Changed: changed, Open: func() ([]byte, error) {
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%q is no file", name)
		}
		return readManuscript(path)
	}}
}

// runPile tells what becomes of each file of a pile.
func (c *manuscriptCmd) runPile(to io.Writer, files []manuscript.PileFile) error {
	pile := manuscript.ReadPile(files, manuscript.Options{NoGuess: c.NoGuess})
	if c.JSON {
		out := json.NewEncoder(to)
		out.SetEscapeHTML(false)
		return out.Encode(pile)
	}
	return tellPile(to, pile)
}

// tellPile writes a line of counts and one for each file.
func tellPile(to io.Writer, pile manuscript.Pile) error {
	var s strings.Builder
	count := map[string]int{}
	chapters := 0
	for _, f := range pile.Files {
		count[f.Verdict]++
		if f.Verdict == manuscript.PileChapter {
			chapters += len(f.Chapters)
		}
	}
	fmt.Fprintf(&s, "%s: %s with %s, %s, %s\n", counted(len(pile.Files), "file"), counted(count[manuscript.PileChapter], "text"), counted(chapters, "chapter"),
		counted(count[manuscript.PileVersion], "other version"), counted(count[manuscript.PileSkipped], "skipped file"))
	for _, f := range pile.Files {
		fmt.Fprintf(&s, "%s: %s\n", f.Name, becomesOf(f))
	}
	_, err := io.WriteString(to, s.String())
	return err
}

// becomesOf says what becomes of one file.
func becomesOf(f manuscript.PileItem) string {
	switch f.Verdict {
	case manuscript.PileVersion:
		return "a version of " + f.Of
	case manuscript.PileSkipped:
		return "skipped. " + f.Sentence
	}
	size := counted(f.Words, "word")
	if len(f.Chapters) > 1 {
		return counted(len(f.Chapters), "chapter") + ", " + size
	}
	if title := f.Chapters[0]; title != "" {
		return "a chapter, “" + title + "”, " + size
	}
	return "a chapter, " + size
}
