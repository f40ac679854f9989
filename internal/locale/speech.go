package locale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// speech is what one language says, by section: the part of a key before its
// first dot.
type speech map[string]func() section

// section is what the messages of one section say. Those that are the same
// whatever is counted or filled in are kept apart, so that most words of a page
// cost no more than looking them up.
type section struct {
	plain  map[string]string
	filled *i18n.Localizer
}

// find finds the sections of a language in its file, in which every message has
// a line of its own and those of a section stand together.
func find(tag language.Tag) (speech, error) {
	file, err := messages.ReadFile(path.Join("messages", tag.String()+".json"))
	if err != nil {
		return nil, fmt.Errorf("read messages of %s: %w", tag, err)
	}
	said := speech{}
	for len(file) > 0 {
		name, lines := firstSection(file)
		file = file[len(lines):]
		if name == "" {
			continue
		}
		said[name] = sync.OnceValue(func() section {
			s, _ := read(tag, bytes.TrimRight(lines, ",\r\n"))
			return s // a test reads every section there is
		})
	}
	return said, nil
}

// firstSection is the section of the first line, and all lines from there on
// that are of it.
func firstSection(file []byte) (name string, lines []byte) {
	for n := 0; n < len(file); {
		end := n + bytes.IndexByte(file[n:], '\n') + 1
		if end == n {
			end = len(file)
		}
		of := sectionOf(file[n:end])
		if n > 0 && of != name {
			return name, file[:n]
		}
		name, n = of, end
	}
	return name, file
}

// sectionOf is the section of the message on a line; the brackets around all
// messages have none.
func sectionOf(line []byte) string {
	_, key, found := bytes.Cut(line, []byte(`"`))
	if !found {
		return ""
	}
	name, _, _ := bytes.Cut(key, []byte("."))
	return string(name)
}

// read reads lines of messages: a key and a text, or texts by form of plural.
func read(tag language.Tag, lines []byte) (section, error) {
	var said map[string]any
	bundle := i18n.NewBundle(tag)
	s := section{plain: map[string]string{}, filled: i18n.NewLocalizer(bundle, tag.String())}
	if err := json.Unmarshal(bytes.Join([][]byte{[]byte("{"), lines, []byte("}")}, nil), &said); err != nil {
		return s, fmt.Errorf("read messages of %s: %w", tag, err)
	}
	for key, text := range said {
		if text, is := text.(string); is && !strings.Contains(text, "{{") {
			s.plain[key] = text
			continue
		}
		m, err := i18n.NewMessage(text)
		if err != nil {
			return s, fmt.Errorf("read message %s of %s: %w", key, tag, err)
		}
		m.ID = key
		if err := bundle.AddMessages(tag, m); err != nil {
			return s, fmt.Errorf("read message %s of %s: %w", key, tag, err)
		}
	}
	return s, nil
}

// of is the section a key is in; one that there is not says nothing.
func (s speech) of(key string) section {
	name, _, _ := strings.Cut(key, ".")
	if section := s[name]; section != nil {
		return section()
	}
	return section{}
}

// fill says a message with what is filled in, if there is one.
func (s section) fill(c *i18n.LocalizeConfig) (text string, said bool) {
	if s.filled == nil {
		return "", false
	}
	text, err := s.filled.Localize(c)
	return text, err == nil
}
