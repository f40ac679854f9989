// Package locale says the site's words in the reader's language: the
// catalogue of messages with its plurals, numbers, dates and spans of time,
// and what is known of the languages works are written in.
package locale

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// One file a language, named by its BCP 47 tag: a second language is one more
// file, and what it does not say yet is said in English.
//
//go:embed messages/*.json
var messages embed.FS

const fallback = "en"

// Catalogue holds the messages of every language there is a file for. Their
// sections are read when they are first spoken, each once: a book speaks few
// of them, and reading all of a language takes longer than binding a chapter.
// It is safe for use by many at once.
type Catalogue struct {
	matcher language.Matcher
	tags    []language.Tag
	spoken  []func() speech // as tags are
}

// Open finds the embedded message files. It fails when one is not named by a
// language. That each is a message file is shown by a test; what could not be
// read would be said in English.
func Open() (*Catalogue, error) {
	files, err := messages.ReadDir("messages")
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	c := &Catalogue{}
	c.add(language.MustParse(fallback))
	for _, f := range files {
		tag, err := language.Parse(strings.TrimSuffix(f.Name(), ".json"))
		if err != nil {
			return nil, fmt.Errorf("messages %s: %w", f.Name(), err)
		}
		if tag != c.tags[0] {
			c.add(tag)
		}
	}
	c.matcher = language.NewMatcher(c.tags)
	return c, nil
}

func (c *Catalogue) add(tag language.Tag) {
	c.tags = append(c.tags, tag)
	c.spoken = append(c.spoken, sync.OnceValue(func() speech {
		s, _ := find(tag) // a test reads every file there is
		return s
	}))
}

// Tags lists the languages the site can speak, the one it falls back to first.
func (c *Catalogue) Tags() []string {
	var tags []string
	for _, t := range c.tags {
		tags = append(tags, t.String())
	}
	return tags
}

// Printer gives the words of the language that suits best: wanted are language
// tags or whole Accept-Language headers, the most wished for first.
func (c *Catalogue) Printer(wanted ...string) Printer {
	_, i := language.MatchStrings(c.matcher, wanted...)
	tag := c.tags[i]
	return Printer{tag: tag, speech: c.spoken[i](), english: c.spoken[0], numbers: message.NewPrinter(tag)}
}

// Speaking gives the words of a language when there are messages in it,
// whatever the region, and otherwise those of another language. It never takes
// one language for another because they are near.
func (c *Catalogue) Speaking(tag, otherwise string) Printer {
	if wanted, err := language.Parse(tag); err == nil {
		base, _ := wanted.Base()
		for _, t := range c.tags {
			if spoken, _ := t.Base(); spoken == base {
				return c.Printer(t.String())
			}
		}
	}
	return c.Printer(otherwise)
}
