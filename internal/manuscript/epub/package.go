package epub

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"ficus/internal/manuscript/office"
	"ficus/internal/pattern"
)

// parcel is a book taken apart as far as its lists go.
type parcel struct {
	pack    office.Pack
	grove   grove
	title   string
	authors []string
	makers  string // who made the file, in its own words
	items   map[string]item
	spine   []item
	guide   map[string]string // file → what the guide says it is
	labels  map[string]string // file, or file#place → what the contents call it
	locked  map[string]bool
	fonts   int // files that are only made hard to copy
}

// item is a file of the book.
type item struct {
	path, media, properties string
	aside                   bool // outside the reading order
}

// open reads the lists of a book.
func open(data []byte) (*parcel, error) {
	pack, err := office.OpenPack(data)
	if err != nil {
		return nil, err
	}
	p := &parcel{pack: pack, items: map[string]item{}, guide: map[string]string{}, labels: map[string]string{}, locked: map[string]bool{}}
	if err := p.readLocks(); err != nil {
		return nil, err
	}
	name, err := p.packageFile()
	if err != nil {
		return nil, err
	}
	root, err := p.file(name)
	if err != nil {
		return nil, err
	}
	contents := p.readPackage(root, name)
	if len(p.spine) == 0 {
		return nil, errBroken
	}
	for _, name := range contents {
		if root, err := p.file(name); err == nil {
			p.readContents(root, name)
		}
	}
	return p, nil
}

// file reads one file of the book as a tree.
func (p *parcel) file(name string) (*node, error) {
	data, err := p.pack.Read(name)
	if err != nil {
		return nil, err
	}
	return p.grove.tree(toText(data))
}

var declared = pattern.New(`(?i)(?:encoding|charset)\s*=\s*["']?([\w-]{3,20})`)

// toText makes UTF-8 of a file: by its mark, by what it is, by what it says.
func toText(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, _ := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		return string(text)
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff")
	}
	if m := declared.FindSubmatch(data[:min(len(data), 1024)]); m != nil && !strings.EqualFold(string(m[1]), "utf-8") {
		if table, err := htmlindex.Get(string(m[1])); err == nil {
			text, _ := table.NewDecoder().Bytes(data)
			return string(text)
		}
	}
	if bytes.Contains(bytes.ToLower(data[:min(len(data), 1024)]), []byte("utf-8")) {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(text)
}

// packageFile finds the list of everything: as the container says, or by its
// name.
func (p *parcel) packageFile() (string, error) {
	if root, err := p.file("META-INF/container.xml"); err == nil {
		if f := root.first(func(n *node) bool { return n.name == "rootfile" && p.pack.Has(n.get("full-path")) }); f != nil {
			return f.get("full-path"), nil
		}
	}
	for _, name := range p.pack.Names() {
		if strings.EqualFold(path.Ext(name), ".opf") {
			return name, nil
		}
	}
	return "", errBroken
}

// readLocks notes the files that are encrypted.
func (p *parcel) readLocks() error {
	root, err := p.file("META-INF/encryption.xml")
	if err != nil {
		return nil // there is none
	}
	root.each(func(n *node) {
		if n.name != "encrypteddata" {
			return
		}
		how, what := n.first(named("encryptionmethod")), n.first(named("cipherreference"))
		if what == nil {
			return
		}
		if how != nil && (strings.Contains(how.get("algorithm"), "idpf.org/2008/embedding") || strings.Contains(how.get("algorithm"), "ns.adobe.com/pdf/enc#RC")) {
			p.fonts++
			return
		}
		p.locked[strings.ToLower(resolve("x", what.get("uri")))] = true
	})
	return nil
}

// resolve gives the path of a file that another one names.
func resolve(from, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	if strings.HasPrefix(href, "/") {
		return strings.TrimPrefix(path.Clean(href), "/")
	}
	return path.Join(path.Dir(from), href)
}

// readPackage reads what the book says of itself, and gives the files that may
// hold its contents.
func (p *parcel) readPackage(root *node, name string) (contents []string) {
	byID := map[string]item{}
	var order []*node
	toc := ""
	root.each(func(n *node) {
		switch n.name {
		case "title":
			if p.title == "" {
				p.title = n.words()
			}
		case "creator":
			if role := n.get("role"); role == "" || role == "aut" {
				p.authors = append(p.authors, n.words())
			}
		case "contributor", "publisher", "generator":
			p.makers += " " + n.words()
		case "meta":
			p.makers += " " + n.get("content")
		case "identifier", "source":
			p.makers += " " + n.words()
		case "item":
			it := item{path: resolve(name, n.get("href")), media: n.get("media-type"), properties: n.get("properties")}
			byID[n.get("id")] = it
			p.items[it.path] = it
			if hasWord(it.properties, "nav") {
				contents = append(contents, it.path)
			}
		case "itemref":
			order = append(order, n)
		case "reference":
			p.guide[resolve(name, n.get("href"))] = n.get("type")
		case "spine":
			toc = n.get("toc")
		}
	})
	if it, ok := byID[toc]; ok && len(contents) == 0 {
		contents = append(contents, it.path)
	}
	for _, n := range order {
		it, ok := byID[n.get("idref")]
		if !ok || !p.pack.Has(it.path) {
			continue
		}
		it.aside = n.get("linear") == "no"
		p.spine = append(p.spine, it)
	}
	return contents
}

// readContents reads a navigation document or an NCX. The first name a place
// has is the one it keeps.
func (p *parcel) readContents(root *node, name string) {
	add := func(href, label string) {
		if href == "" || label == "" {
			return
		}
		target := resolve(name, href)
		if _, place, ok := strings.Cut(href, "#"); ok {
			target += "#" + place
		}
		if p.labels[target] == "" {
			p.labels[target] = label
		}
	}
	navLinks(root, "toc", func(a *node) { add(a.get("href"), a.words()) })
	navLinks(root, "landmarks", func(a *node) { p.guide[resolve(name, a.get("href"))] = a.kind() })
	root.each(func(n *node) {
		if n.name != "navpoint" {
			return
		}
		label, content := n.first(named("navlabel")), n.first(named("content"))
		if label != nil && content != nil {
			add(content.get("src"), label.words())
		}
	})
}

// navLinks visits the links of one list of a navigation document.
func navLinks(root *node, kind string, visit func(*node)) {
	list := root.first(func(n *node) bool { return n.name == "nav" && n.is(kind) })
	if list == nil {
		return
	}
	list.each(func(n *node) {
		if n.name == "a" {
			visit(n)
		}
	})
}
