// Package locale says the site's words in the reader's language: the
// catalogue of messages with its plurals, numbers, dates and spans of time,
// and what is known of the languages works are written in.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// One file a language, named by its BCP 47 tag: a second language is one more
// file, and what it does not say yet is said in English.
//
//go:embed messages/*.json
var messages embed.FS

const fallback = "en"

// Catalogue holds the messages of every language there is a file for. It is
// read once and safe for use by many at once.
type Catalogue struct {
	bundle  *i18n.Bundle
	matcher language.Matcher
	tags    []language.Tag
	plain   map[language.Tag]map[string]string
}

// Open reads the embedded message files. It fails when one is not a message
// file, which a test would have shown.
func Open() (*Catalogue, error) {
	c := &Catalogue{
		bundle: i18n.NewBundle(language.MustParse(fallback)),
		plain:  map[language.Tag]map[string]string{},
	}
	c.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if err := c.add(fallback + ".json"); err != nil {
		return nil, err
	}
	files, err := messages.ReadDir("messages")
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	for _, f := range files {
		if f.Name() == fallback+".json" {
			continue
		}
		if err := c.add(f.Name()); err != nil {
			return nil, err
		}
	}
	c.matcher = language.NewMatcher(c.tags)
	return c, nil
}

// add reads one message file. Messages that are the same whatever is counted
// or filled in are kept apart, so that most words of a page cost one look into
// a map.
func (c *Catalogue) add(name string) error {
	data, err := messages.ReadFile(path.Join("messages", name))
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	file, err := c.bundle.ParseMessageFileBytes(data, name)
	if err != nil {
		return fmt.Errorf("read messages %s: %w", name, err)
	}
	plain := make(map[string]string, len(file.Messages))
	for _, m := range file.Messages {
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			plain[m.ID] = m.Other
		}
	}
	c.tags = append(c.tags, file.Tag)
	c.plain[file.Tag] = plain
	return nil
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
	return Printer{
		tag:       tag,
		plain:     c.plain[tag],
		english:   c.plain[c.tags[0]],
		localizer: i18n.NewLocalizer(c.bundle, tag.String()),
		numbers:   message.NewPrinter(tag),
	}
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
