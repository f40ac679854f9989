package office

import (
	"archive/zip"
	"sort"
	"strings"
)

const odtMime = "application/vnd.oasis.opendocument.text"

func (b *scrubber) odt() error {
	for _, name := range b.pack.order {
		switch low := strings.ToLower(name); {
		case low == "meta.xml", low == "settings.xml":
			b.removed["properties"]++
		case strings.HasPrefix(low, "thumbnails/"):
			b.removed["thumbnail"]++
		case strings.HasPrefix(low, "basic/"), strings.HasPrefix(low, "scripts/"):
			b.removed["macro"]++
		case strings.HasPrefix(low, "object "), strings.HasPrefix(low, "objectreplacements/"):
			b.removed["embedded"]++
		}
	}
	if err := b.add("mimetype", "", []byte(odtMime), zip.Store); err != nil {
		return err
	}
	for _, name := range []string{"content.xml", "styles.xml"} {
		if !b.pack.has(name) {
			continue
		}
		if err := b.odtPart(name); err != nil {
			return err
		}
	}
	return b.odtManifest()
}

// odtManifest names the parts of the new file.
func (b *scrubber) odtManifest() error {
	const ns = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
	list := `<manifest:manifest xmlns:manifest="` + ns + `" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + odtMime + `"/>`
	kept := b.kept[1:]
	sort.Slice(kept, func(i, j int) bool { return kept[i].name < kept[j].name })
	for _, part := range kept {
		list += `<manifest:file-entry manifest:full-path="` + part.name + `" manifest:media-type="` + part.mediaType + `"/>`
	}
	return b.add("META-INF/manifest.xml", "", []byte(declared+list+`</manifest:manifest>`), zip.Deflate)
}

func (b *scrubber) odtPart(name string) error {
	data, err := b.pack.text(name)
	if err != nil {
		return err
	}
	e := &odtEditor{editor: edits(data, b.removed), show: b.odtPicture}
	for e.next() {
		if e.kind == startTag {
			e.tag()
		}
	}
	if e.lost != nil {
		return e.lost
	}
	made, err := e.finish()
	if err != nil {
		return err
	}
	return b.add(name, "text/xml", made, zip.Deflate)
}

// odtPicture makes the picture of an address anew and gives its new one; empty
// when it is not kept.
func (b *scrubber) odtPicture(address string) (string, error) {
	part := partName("", address)
	if strings.Contains(address, ":") || !b.pack.has(part) {
		b.removed["path"]++
		return "", nil
	}
	if name, ok := b.made[part]; ok {
		return name, nil
	}
	name, err := b.picture(part, "Pictures/")
	b.made[part] = name
	return name, err
}

// odtEditor scrubs the XML of one part of an .odt.
type odtEditor struct {
	*editor
	show func(address string) (string, error)
	lost error
}

var odtDrops = map[string]string{
	"annotation": "comment", "annotation-end": "", "scripts": "macro", "event-listeners": "macro", "dde-connection-decls": "path",
	"settings": "properties", "object": "embedded", "object-ole": "embedded", "plugin": "embedded", "applet": "embedded",
	"floating-frame": "embedded", "fill-image": "", "background-image": "", "font-face-src": "", "section-source": "path",
	"dde-source": "path", "binary-data": "embedded", "forms": "embedded", "user-field-decls": "custom-data",
	"header": "page-header", "footer": "page-header", "header-left": "page-header", "footer-left": "page-header",
	"header-first": "page-header", "footer-first": "page-header",
}

// tag scrubs one element; one that is left out is passed over whole.
func (e *odtEditor) tag() {
	name := string(e.name)
	if kind, drops := odtDrops[name]; drops && e.space != inTable && (e.space == inStyle || !isHeader(name)) {
		e.drop(kind)
		return
	}
	switch {
	case e.space == inText && odtPersonal[name]:
		e.drop("file-field")
	case e.space == inDC && name == "creator":
		e.say("Author")
		e.removed["editor-name"]++
	case e.space == inDC && name == "date":
		e.say("2000-01-01T00:00:00")
	case e.space == inMeta:
		e.drop("")
	case e.space == inDraw && name == "image":
		e.image()
	case e.space == inSVG && (name == "title" || name == "desc"):
		e.words()
	default:
		e.attributes()
	}
}

// say puts other characters into the element.
func (e *odtEditor) say(text string) {
	from, depth := e.at, len(e.open)
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			e.replace(from, e.from, text)
			return
		}
	}
}

// words scrubs what a picture is said to show, when it is a file's name.
func (e *odtEditor) words() {
	from := e.from
	if text := e.inner(); fileLike.MatchString(strings.TrimSpace(text)) {
		e.replace(from, e.at, "")
		e.removed["path"]++
	}
}

// image points a picture to where it is now.
func (e *odtEditor) image() {
	to, err := e.show(e.val("href"))
	if err != nil {
		e.lost = err
	}
	if to == "" {
		e.drop("")
		return
	}
	for _, a := range e.attrs {
		switch string(a.local) {
		case "href":
			e.set(a, to)
		case "mime-type", "filter-name":
			e.cut(a)
		}
	}
}

func (e *odtEditor) attributes() {
	for _, a := range e.attrs {
		local, value := string(a.local), unescape(a.value)
		switch {
		case local == "rsid" || local == "paragraph-rsid":
			e.cut(a)
			e.removed["revision-mark"]++
		case local == "href" && value != "" && !openAddress(value):
			e.set(a, "")
			e.removed["path"]++
		case local == "name" && e.space == inDraw:
			e.cut(a)
		}
	}
}
