package prose

import (
	"html"
	"slices"
	"strings"
)

// WritersClass begins the name of every class of a writer's on a page, so that
// none can be one of the site's own and look like its buttons, hide what the
// site says, or be found by its scripts (docs/decisions/0210). Texts are kept
// without it, and reading one takes it off.
const WritersClass = "writer-"

// reservedClasses are those of docs/text.md, which pages show as they are.
var reservedClasses = []string{
	"place", "verse", "end-mark", "letter", "messages", "scene", "centre", "right", "thought", "aside", "small-caps", "footnote",
}

// PageHTML gives a stored text as pages show it: links that lead to other
// hosts tell search engines that they are a member's and no recommendation of
// the archive's, and the writer's classes have names of their own. The stored
// form carries neither, so that changing this changes no text
// (docs/decisions/0014). It must be given our own stored form only, in which a
// "<" is always markup.
func PageHTML(stored string) string {
	return PageText(stored, func(Played, string) string { return "" })
}

// PageText is PageHTML for the text of a chapter: what plays is given to card,
// with the words that name it as safe HTML, and shown as it answers; of an
// empty answer it is a link.
func PageText(stored string, card func(p Played, words string) string) string {
	var s strings.Builder
	rest := stored
	for {
		i := strings.IndexByte(rest, '<')
		if i < 0 || i+1 == len(rest) {
			break
		}
		end := strings.IndexByte(rest[i:], '>')
		if end < 0 {
			break
		}
		tag := rest[i : i+end+1]
		shown, inside := pageTag(tag), 0
		if isPlayer(tag) {
			shown, inside = pagePlayer(tag, rest[i+end+1:], card)
		}
		if shown != tag || inside > 0 {
			s.WriteString(stored[:len(stored)-len(rest)+i])
			s.WriteString(shown)
			stored = rest[i+end+1+inside:]
			rest = stored
			continue
		}
		rest = rest[i+end+1:]
	}
	if s.Len() == 0 {
		return stored
	}
	s.WriteString(stored)
	return s.String()
}

// pageTag gives one tag as pages have it.
func pageTag(tag string) string {
	const link, class = `<a `, ` class="`
	if i := strings.Index(tag, class); i > 0 {
		before, after := tag[:i+len(class)], tag[i+len(class):]
		names, after, _ := strings.Cut(after, `"`)
		tag = before + pageClasses(tag, names) + `"` + after
	}
	if strings.HasPrefix(tag, link) && strings.Contains(tag, `href="http`) {
		tag = link + `rel="nofollow ugc" ` + tag[len(link):]
	}
	return tag
}

func pageClasses(tag, names string) string {
	classes := strings.Fields(names)
	for i, name := range classes {
		if !slices.Contains(reservedClasses, name) || name == "footnote" && !strings.HasPrefix(tag, "<span") {
			classes[i] = WritersClass + name
		}
	}
	return strings.Join(classes, " ")
}

func isPlayer(tag string) bool {
	const player = `<a class="player`
	return strings.HasPrefix(tag, player) && strings.IndexByte(`" `, tag[len(player)]) >= 0
}

// pagePlayer gives what stands for a player on a page, and how much of what
// follows its tag went into that.
func pagePlayer(tag, after string, card func(Played, string) string) (shown string, inside int) {
	const end = "</a>"
	_, href, _ := strings.Cut(tag, ` href="`)
	href, _, _ = strings.Cut(href, `"`)
	words, _, closed := strings.Cut(after, end)
	if played, ok := PlayedAt(html.UnescapeString(href)); ok && closed {
		if shown = card(played, PageHTML(words)); shown != "" {
			return shown, len(words) + len(end)
		}
	}
	classless := strings.Replace(tag, ` class="player"`, "", 1)
	return pageTag(strings.Replace(classless, ` class="player `, ` class="`, 1)), 0
}
