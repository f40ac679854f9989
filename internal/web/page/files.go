package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"path"
	"strings"
	"sync"

	"ficus/internal/pattern"
)

//go:embed *.css *.js *.svg
var sources embed.FS

// The parts of the one stylesheet, in the order they must stand: what comes
// later may overrule what came before.
var parts = []string{
	"tokens", "base", "shell", "sign", "blurb", "list", "filter", "home", "prose", "player", "story", "settings",
	"form", "write", "review", "habit", "history", "copy",
	"kudos", "follow", "safety", "download",
	"cover",
	"comment", "desk", "wrangling", "paper",
	"inbox",
	"pile",
	"print",
}

// File is something pages load: a stylesheet, a script, a drawing. Its name
// carries a hash of its body, so that it may be kept forever.
type File struct {
	Name string // page.1f3a5c7e9b.css
	Type string // as in the Content-Type header
	Body []byte
}

// AssetPath is where the doors serve Files.
const AssetPath = "/assets/"

// files is composed once, from what is embedded, when the first page asks for
// it, and never written after.
var files = sync.OnceValue(compose)

// Files lists all that pages load, for the door to serve under AssetPath.
func Files() []File {
	var list []File
	for _, f := range files() {
		list = append(list, f)
	}
	return list
}

// asset is the address of a file by the name it has in this folder.
func asset(name string) string { return AssetPath + files()[name].Name }

func compose() map[string]File {
	all := map[string]File{"page.css": hashed("page.css", "text/css; charset=utf-8", stylesheet())}
	entries, err := sources.ReadDir(".")
	if err != nil {
		panic(err) // the folder is embedded: it cannot be missing
	}
	for _, e := range entries {
		switch path.Ext(e.Name()) {
		case ".js":
			all[e.Name()] = hashed(e.Name(), "text/javascript; charset=utf-8", source(e.Name()))
		case ".svg":
			all[e.Name()] = hashed(e.Name(), "image/svg+xml", source(e.Name()))
		}
	}
	return all
}

func hashed(name, kind, body string) File {
	sum := sha256.Sum256([]byte(body))
	ext := path.Ext(name)
	return File{
		Name: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext,
		Type: kind,
		Body: []byte(body),
	}
}

func source(name string) string {
	text, err := sources.ReadFile(name)
	if err != nil {
		panic(err) // the name is written in this file: a test would have failed
	}
	return string(text)
}

// stylesheet composes the parts. Browsers that know no custom properties see
// none of it, and read every page as black on white in source order.
func stylesheet() string {
	var b strings.Builder
	b.WriteString("@supports (color: var(--ink)) {")
	for _, part := range parts {
		b.WriteString(squeeze(source(part + ".css")))
	}
	b.WriteString("}")
	return b.String()
}

var (
	comments = pattern.New(`(?s)/\*.*?\*/`)
	spaces   = pattern.New(`\s+`)
	around   = pattern.New(` ?([{};,]) ?`)
)

// squeeze drops from a stylesheet what only its writers need.
func squeeze(css string) string {
	css = comments.ReplaceAllString(css, "")
	css = spaces.ReplaceAllString(css, " ")
	return strings.TrimSpace(around.ReplaceAllString(css, "$1"))
}

var colour = pattern.New(`(?s)\[data-theme=(\w+)\] \{[^}]*?--page:(#[0-9A-F]{6})`)

// desks is the colour of the page behind the sheet in each theme, read from
// the tokens, for the browser's own bars.
var desks = sync.OnceValue(deskColours)

func deskColours() map[string]string {
	found := map[string]string{}
	for _, m := range colour.FindAllStringSubmatch(source("tokens.css"), -1) {
		if found[m[1]] == "" {
			found[m[1]] = m[2]
		}
	}
	return found
}
