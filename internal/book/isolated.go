package book

import "strings"

// isolated is somebody's words within the voice's: they may read the other way.
func isolated(words string) markup { return markup("<bdi>" + text(words).String() + "</bdi>") }

// setNames sets several names in a line, each by itself.
func setNames(v Voice, names []string) markup {
	var set []string
	for _, name := range cleanLines(names) {
		set = append(set, string(isolated(name)))
	}
	if len(set) < 2 {
		return markup(strings.Join(set, ""))
	}
	last := len(set) - 1
	return markup(strings.Join(set[:last], text(v.T("list.comma")).String()) + text(v.T("list.and")).String() + set[last])
}

// set says a message of the voice in which some values are markup.
func set(v Voice, key string, args ...any) markup {
	const places = '\ue000' // of private use: no message has such a letter
	var stands []string
	for n, value := range args {
		if m, ok := value.(markup); ok {
			place := string(places + rune(n))
			args[n], stands = place, append(stands, place, string(m))
		}
	}
	return markup(strings.NewReplacer(stands...).Replace(text(v.T(key, args...)).String()))
}

// closing is the sentence on the last page, title and names each by itself.
func closing(b Book) markup {
	work := isolated(titleOf(b))
	if names := setNames(b.Voice, b.Creators); names != "" {
		work = set(b.Voice, "book.signed", "Title", work, "Names", names)
	}
	said := set(b.Voice, closingKey(b), "Work", work)
	if !strings.HasSuffix(closingOf(b), ".") || strings.HasSuffix(string(said), ".</bdi>.") {
		said = markup(strings.TrimSuffix(string(said), "."))
	}
	return said
}
