package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"ficus/internal/locale"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// manuscriptCmd shows what is understood of a manuscript.
type manuscriptCmd struct {
	File    string `arg:"" help:"The manuscript: Word, OpenDocument, RTF, EPUB, plain text, Markdown or HTML; or a folder or zip of them; - reads standard input."`
	JSON    bool   `name:"json" help:"Write everything as JSON, in the words of the API."`
	NoGuess bool   `help:"Set nothing apart: every line is story."`
}

// Run reads the manuscript and tells of every guess, or writes the reading as JSON.
func (c *manuscriptCmd) Run(s *streams) error {
	pile, err := pileOf(c.File)
	if err != nil {
		return err
	}
	if pile != nil {
		return c.runPile(s.Out, pile)
	}
	data, err := c.bytes(s.In)
	if err != nil {
		return err
	}
	reading, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(c.File), NoGuess: c.NoGuess})
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.JSON {
		out, err := reading.JSON()
		if err == nil {
			_, err = s.Out.Write(out)
		}
		return err
	}
	messages, err := locale.Open()
	if err != nil {
		return &brokeError{err}
	}
	return tellReading(s.Out, reading, messages.Printer())
}

// bytes reads the file, or standard input.
func (c *manuscriptCmd) bytes(in io.Reader) ([]byte, error) {
	if c.File == "-" {
		return io.ReadAll(io.LimitReader(in, mostBytes))
	}
	data, err := readManuscript(c.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %q", c.File)
	case err != nil:
		return nil, fmt.Errorf("%q cannot be read; name a file with a story in it", c.File)
	}
	return data, nil
}

// tellReading writes one line of counts, one of what each work is, and one for
// each guess with its reason.
func tellReading(to io.Writer, r manuscript.Reading, p locale.Printer) error {
	var s strings.Builder
	fmt.Fprintln(&s, countsOf(r))
	for _, w := range r.Works {
		if w.Title != "" || w.Author != "" {
			fmt.Fprintf(&s, "“%s” by %s\n", orUnsaid(w.Title), orUnsaid(w.Author))
		}
	}
	for _, part := range r.Guesses() {
		line := 1 + strings.Count(r.SourceText[:part.Start], "\n")
		fmt.Fprintf(&s, "line %d: %s (%s), because %s: %s\n",
			line, takenFor(r, part), part.Certainty(), p.T(manuscript.Reason(part.Rule)), opening(r.Text(part)))
	}
	for _, d := range r.Dropped {
		fmt.Fprintf(&s, "formatting left out: %s (%d)\n", strings.ReplaceAll(d.Kind, "-", " "), d.Count)
	}
	_, err := io.WriteString(to, s.String())
	return err
}

func orUnsaid(text string) string {
	if text == "" {
		return "(not said)"
	}
	return text
}

// takenFor says what a part was taken for, or may be.
func takenFor(r manuscript.Reading, part manuscript.Part) string {
	plain := strings.NewReplacer("_", " ")
	switch {
	case part.Offer != "":
		return "left in the story, but may be " + plain.Replace(part.Offer)
	case part.What == manuscript.InStory:
		block := r.Works[part.Work].Chapters[part.Chapter].Body.Blocks[part.Block]
		return plain.Replace(manuscript.KindName(block.Kind))
	}
	return plain.Replace(part.What)
}

// countsOf is the first line: what there is and how much of it.
func countsOf(r manuscript.Reading) string {
	chapters, words := 0, 0
	kinds := map[prose.Kind]int{}
	for _, w := range r.Works {
		chapters += len(w.Chapters)
		for _, c := range w.Chapters {
			words += c.Body.Words()
			for _, b := range c.Body.Blocks {
				kinds[b.Kind]++
			}
		}
	}
	parts, look := map[string]int{}, 0
	for _, part := range r.Guesses() {
		parts[part.What]++
		if part.Certainty() == "look" {
			look++
		}
	}
	size := strings.Join([]string{counted(len(r.Works), "work"), counted(chapters, "chapter"), counted(words, "word")}, ", ")
	var found []string
	for _, f := range []struct {
		n    int
		name string
	}{
		{parts[manuscript.Field], "field"},
		{parts[manuscript.Disclaimer], "disclaimer"},
		{parts[manuscript.OpeningNote] + parts[manuscript.ClosingNote], "note"},
		{kinds[prose.SceneHeading], "scene heading"},
		{kinds[prose.SceneBreak], "scene break"},
		{parts[manuscript.LeftOut], "passage left out"},
	} {
		if f.n > 0 {
			found = append(found, counted(f.n, f.name))
		}
	}
	if look > 0 {
		found = append(found, strconv.Itoa(look)+" to look at")
	}
	if len(found) == 0 {
		return size
	}
	return size + "; " + strings.Join(found, ", ")
}

// counted is a number with its noun: "1,234 words", "1 passage left out".
func counted(n int, noun string) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n != 1 {
		word, rest, _ := strings.Cut(noun, " left")
		if noun = word + "s"; rest != "" {
			noun += " left" + rest
		}
	}
	return digits + " " + noun
}
