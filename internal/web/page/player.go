package page

import (
	"context"
	"html"
	"slices"
	"strings"

	"ficus/internal/locale"
	"ficus/internal/prose"
)

// mostPlayers is how many cards one text shows; what plays after them is a
// link.
const mostPlayers = 50

// PlayedText is the text of a chapter as its page shows it, and the hosts whose
// players may stand in it once somebody presses for them.
func PlayedText(words locale.Printer, stored string) (shown string, hosts []string) {
	cards := 0
	shown = prose.PageText(stored, func(p prose.Played, name string) string {
		var card strings.Builder
		if cards++; cards > mostPlayers || playerCard(words, p, name).Render(context.Background(), &card) != nil {
			return ""
		}
		hosts = append(hosts, p.Host())
		return card.String()
	})
	slices.Sort(hosts)
	return shown, slices.Compact(hosts)
}

// Playing is a page on which something of another host may play when pressed.
type Playing interface {
	// Hosts are those its frames may load from, with their scheme.
	Hosts() []string
}

// Hosts are those of the chapter's players.
func (p ChapterPage) Hosts() []string { return p.Chapter.Plays }

// Hosts are those of the chapter's players.
func (p PreviewPage) Hosts() []string { return p.Chapter.Plays }

// Hosts are those of all chapters' players.
func (p EntirePage) Hosts() []string {
	var hosts []string
	for _, c := range p.Chapters {
		hosts = append(hosts, c.Plays...)
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// withPlayer adds the script of cards to those of a page that has one.
func withPlayer(p Playing, scripts ...string) []string {
	if len(p.Hosts()) > 0 {
		return append(scripts, "player.js")
	}
	return scripts
}

// referrer is what a frame tells of where it stands: nothing, or the name of
// the archive where the player refuses otherwise (docs/decisions/0211).
func referrer(p prose.Played) string {
	if p.Refers {
		return "strict-origin"
	}
	return "no-referrer"
}

// nameless tells whether what plays has no words but its address.
func nameless(p prose.Played, name string) bool { return html.UnescapeString(name) == p.Address }

// plainName is what a card is called that its writer did not name.
func plainName(words locale.Printer, p prose.Played) string {
	if p.Sound {
		return words.T("player.sound", "Site", p.Provider)
	}
	return words.T("player.film", "Site", p.Provider)
}
