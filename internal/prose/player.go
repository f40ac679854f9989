package prose

import (
	"net/url"
	"slices"
	"strings"

	"ficus/internal/pattern"
)

// Played is something that plays on somebody else's site: a film, a reading,
// music. Both addresses are made by us of what identifies it there, so that
// nothing a writer typed but a number or a name goes into a frame.
type Played struct {
	Provider string // the site, as it calls itself
	Address  string // its page there, for a link
	Frame    string // its player, for a frame
	Sound    bool   // nothing to see
	Refers   bool   // the player asks to be told the name of the site it stands on
}

// Host gives the only host a frame of it loads from, with its scheme.
func (p Played) Host() string {
	scheme, rest, _ := strings.Cut(p.Frame, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// PlayedAt tells what an address plays: that of a player, or of the page a
// player stands on, at one of the sites of reference/ao3.md §2.5.
func PlayedAt(address string) (Played, bool) {
	at, ok := parsePlayer(address)
	if !ok {
		return Played{}, false
	}
	for _, s := range playerShapes {
		if id, is := s.match(at); is {
			return Played{
				Provider: s.provider.name, Sound: s.provider.sound, Refers: s.provider.refers,
				Address: fill(s.address, id), Frame: fill(s.frame, id),
			}, true
		}
	}
	return Played{}, false
}

// playerAt is an address taken apart: host and path in one, and its query.
type playerAt struct {
	place string
	query url.Values
}

// parsePlayer takes an address apart. One with a port, or with somebody's name
// in it, is none of ours.
func parsePlayer(address string) (playerAt, bool) {
	kept, ok := linkAddress(address)
	if !ok {
		return playerAt{}, false
	}
	u, err := url.Parse(kept)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return playerAt{}, false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	query, err := url.ParseQuery(u.RawQuery)
	return playerAt{place: host + strings.TrimSuffix(u.EscapedPath(), "/"), query: query}, err == nil
}

// provider is a site that plays.
type provider struct {
	name          string
	sound, refers bool
}

// playerShape is one form of address at a provider. What identifies is in the
// groups of at and, where a parameter is named, in its value: $1, $2 … of the
// two addresses made of it.
type playerShape struct {
	provider       provider
	at             *pattern.Pattern // host without www, and path
	parameter      string           // of the query
	form           *pattern.Pattern // of the parameter's value, with groups
	address, frame string
}

func (s playerShape) match(at playerAt) ([]string, bool) {
	found := s.at.FindStringSubmatch(at.place)
	if found == nil {
		return nil, false
	}
	id := found[1:]
	if s.parameter != "" {
		value := s.form.FindStringSubmatch(at.query.Get(s.parameter))
		if value == nil {
			return nil, false
		}
		id = append(slices.Clone(id), value[1:]...)
	}
	return id, true
}

func fill(form string, id []string) string {
	for i, part := range id {
		form = strings.ReplaceAll(form, "$"+string(rune('1'+i)), part)
	}
	return form
}

var (
	youTube    = provider{name: "YouTube", refers: true}
	vimeo      = provider{name: "Vimeo"}
	internet   = provider{name: "Internet Archive"}
	soundCloud = provider{name: "SoundCloud", sound: true}
	spotify    = provider{name: "Spotify", sound: true}
	bilibili   = provider{name: "Bilibili"}
	fourShared = provider{name: "4shared"}
	audioCom   = provider{name: "Audio.com", sound: true}
	commons    = provider{name: "Critical Commons"}
	podfic     = provider{name: "Podfic.com", sound: true}
	vidders    = provider{name: "Vidders.net"}
	vidderTube = provider{name: "ViddeRTube"}

	idForm     = pattern.New(`^([A-Za-z0-9_-]{1,64})$`)
	hashForm   = pattern.New(`^([0-9a-f]{4,40})$`)
	numberedAt = pattern.New(`^([0-9]{1,20})$`)
	cloudAPI   = pattern.New(`^https?://api\.soundcloud\.com/(tracks|playlists)/([0-9]{1,20})$`)
	cloudPage  = pattern.New(`^https?://soundcloud\.com/([A-Za-z0-9_-]{1,80})/((?:sets/)?[A-Za-z0-9_-]{1,200})$`)
)

// at makes the pattern of a host and path; ID stands for what identifies.
func at(place string) *pattern.Pattern {
	return pattern.New(`^` + strings.ReplaceAll(place, "ID", `([A-Za-z0-9_-]{1,64})`) + `$`)
}

const (
	youTubeList  = "https://www.youtube.com/playlist?list=$1"
	youTubeLists = "https://www.youtube-nocookie.com/embed/videoseries?list=$1"
	youTubeFilm  = "https://www.youtube.com/watch?v=$1"
	youTubeFrame = "https://www.youtube-nocookie.com/embed/$1"
	vimeoFrame   = "https://player.vimeo.com/video/$1?dnt=1"
	vimeoHidden  = "https://player.vimeo.com/video/$1?dnt=1&h=$2"
	cloudFrame   = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F$1%2F$2"
	cloudPages   = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F$1%2F$2"
	biliFrame    = "https://player.bilibili.com/player.html?autoplay=0&"
)

// playerShapes are read from the top; the first that fits counts.
var playerShapes = []playerShape{
	{youTube, at(`youtube(?:-nocookie)?\.com/embed/videoseries`), "list", idForm, youTubeList, youTubeLists},
	{youTube, at(`(?:m\.)?youtube\.com/playlist`), "list", idForm, youTubeList, youTubeLists},
	{youTube, at(`youtube(?:-nocookie)?\.com/(?:embed|v)/ID`), "", nil, youTubeFilm, youTubeFrame},
	{youTube, at(`(?:m\.)?youtube\.com/(?:shorts|live)/ID`), "", nil, youTubeFilm, youTubeFrame},
	{youTube, at(`(?:m\.)?youtube\.com/watch`), "v", idForm, youTubeFilm, youTubeFrame},
	{youTube, at(`youtu\.be/ID`), "", nil, youTubeFilm, youTubeFrame},
	{vimeo, at(`player\.vimeo\.com/video/([0-9]{1,20})`), "h", hashForm, "https://vimeo.com/$1/$2", vimeoHidden},
	{vimeo, at(`vimeo\.com/([0-9]{1,20})/([0-9a-f]{4,40})`), "", nil, "https://vimeo.com/$1/$2", vimeoHidden},
	{vimeo, at(`player\.vimeo\.com/video/([0-9]{1,20})`), "", nil, "https://vimeo.com/$1", vimeoFrame},
	{vimeo, at(`vimeo\.com/([0-9]{1,20})`), "", nil, "https://vimeo.com/$1", vimeoFrame},
	{internet, at(`archive\.org/(?:embed|details)/([A-Za-z0-9_.-]{1,100})`), "", nil, "https://archive.org/details/$1", "https://archive.org/embed/$1"},
	{soundCloud, at(`w\.soundcloud\.com/player`), "url", cloudAPI, cloudFrame, cloudFrame},
	{soundCloud, at(`w\.soundcloud\.com/player`), "url", cloudPage, "https://soundcloud.com/$1/$2", cloudPages},
	{soundCloud, at(`soundcloud\.com/([A-Za-z0-9_-]{1,80})/((?:sets/)?[A-Za-z0-9_-]{1,200})`), "", nil, "https://soundcloud.com/$1/$2", cloudPages},
	{spotify, at(`open\.spotify\.com/(?:embed/)?(track|album|playlist|artist|episode|show)/ID`), "", nil, "https://open.spotify.com/$1/$2", "https://open.spotify.com/embed/$1/$2"},
	{bilibili, at(`player\.bilibili\.com/player\.html`), "bvid", idForm, "https://www.bilibili.com/video/$1", biliFrame + "bvid=$1"},
	{bilibili, at(`player\.bilibili\.com/player\.html`), "aid", numberedAt, "https://www.bilibili.com/video/av$1", biliFrame + "aid=$1"},
	{bilibili, at(`bilibili\.com/video/av([0-9]{1,20})`), "", nil, "https://www.bilibili.com/video/av$1", biliFrame + "aid=$1"},
	{bilibili, at(`bilibili\.com/video/(BV[A-Za-z0-9]{1,20})`), "", nil, "https://www.bilibili.com/video/$1", biliFrame + "bvid=$1"},
	{fourShared, at(`4shared\.com/web/embed/(file|audio|video|folder)/ID`), "", nil, "https://www.4shared.com/web/embed/$1/$2", "https://www.4shared.com/web/embed/$1/$2"},
	{audioCom, at(`audio\.com/embed/(audio|collection)/ID`), "", nil, "https://audio.com/embed/$1/$2", "https://audio.com/embed/$1/$2"},
	{commons, at(`criticalcommons\.org/(?:embed|view)`), "m", idForm, "https://criticalcommons.org/view?m=$1", "https://criticalcommons.org/embed?m=$1"},
	{podfic, at(`podfic\.com/(player|embed)/ID`), "", nil, "https://podfic.com/$1/$2", "https://podfic.com/$1/$2"},
	{vidders, at(`vidders\.net/(embed|player|v)/ID`), "", nil, "https://vidders.net/$1/$2", "https://vidders.net/$1/$2"},
	{vidders, at(`vidders\.net/(?:embed|view)`), "m", idForm, "https://vidders.net/view?m=$1", "https://vidders.net/embed?m=$1"},
	{vidderTube, at(`viddertube\.com/(embed|player|v)/ID`), "", nil, "https://viddertube.com/$1/$2", "https://viddertube.com/$1/$2"},
	{vidderTube, at(`viddertube\.com/(?:embed|view)`), "m", idForm, "https://viddertube.com/view?m=$1", "https://viddertube.com/embed?m=$1"},
}

// player takes an iframe. A frame never stays; that of a player we know leaves
// what it plays, named by the frame's title.
func (r *reader) player(t tag) {
	played, ok := PlayedAt(t.src)
	if !ok {
		r.drop(t.drop)
		return
	}
	words := t.attrs.Get("title")
	if words == "" {
		words = played.Address
	}
	inLink := slices.ContainsFunc(r.currentMarks(), func(m *openMark) bool { return m.mark == Link || m.mark == Player })
	if inLink || r.leaf != nil && r.leaf.mode == modePre {
		r.inline(Text, words, nil)
		return
	}
	r.inline(Text, words, nil, &openMark{mark: Player, attrs: Attrs{{"href", played.Address}}})
}

// takePlayer makes a player of a link that says it is one and leads where one
// is; any other link with the class is a link.
func takePlayer(t *tag, mark Mark, attrs Attrs) (Mark, Attrs) {
	if mark != Link || !t.takeClass("player") {
		return mark, attrs
	}
	played, ok := PlayedAt(attrs.Get("href"))
	if !ok {
		return mark, attrs
	}
	return Player, attrs.with("href", played.Address)
}

// Unplayed gives d with a link in the place of everything that plays: notes,
// summaries and comments play nothing.
func (d Document) Unplayed() Document {
	return Document{Blocks: replaceRuns(d.Blocks, func(run Inline) []Inline {
		if run.Mark == Player {
			run.Mark = Link
		}
		return []Inline{run}
	})}
}

// spelt gives blocks with the words and the address of everything that plays
// as characters.
func spelt(blocks []Block) []Block {
	plays := func(run Inline) bool { return run.Mark == Player }
	if !anyBlock(blocks, func(b Block) bool { return anyInline(b.Inlines, plays) }) {
		return blocks
	}
	return replaceRuns(blocks, func(run Inline) []Inline {
		if plays(run) {
			return speltLink(run)
		}
		return []Inline{run}
	})
}

// speltLink is the words of a link, and its address if these are not it.
func speltLink(link Inline) []Inline {
	address := link.Attrs.Get("href")
	if saysAddress(PlainText(link.Kids), address) {
		return link.Kids
	}
	return append(slices.Clone(link.Kids), TextRun(" ("+address+")"))
}

// replaceRuns gives blocks with each run, its kids replaced before it, as to
// answers.
func replaceRuns(blocks []Block, to func(Inline) []Inline) []Block {
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Inlines = replaceKids(out[i].Inlines, to)
		out[i].Blocks = replaceRuns(out[i].Blocks, to)
	}
	return out
}

func replaceKids(runs []Inline, to func(Inline) []Inline) []Inline {
	var out []Inline
	for _, run := range runs {
		run.Kids = replaceKids(run.Kids, to)
		out = appendAll(out, to(run))
	}
	return out
}
