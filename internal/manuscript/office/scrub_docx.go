package office

import (
	"archive/zip"
	"path"
	"sort"
	"strings"
)

const (
	packageTypes = "application/vnd.openxmlformats-officedocument."
	wordTypes    = packageTypes + "wordprocessingml."
	relationNS   = "http://schemas.openxmlformats.org/package/2006/relationships"
	relationKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// wordParts are the parts of a .docx that are kept, and what they are.
var wordParts = map[string]string{
	"styles": wordTypes + "styles+xml", "numbering": wordTypes + "numbering+xml", "footnotes": wordTypes + "footnotes+xml",
	"endnotes": wordTypes + "endnotes+xml", "theme": packageTypes + "theme+xml",
}

// wordSettings are new ones: the old held a history of edits and the place of
// a template.
const wordSettings = declared + `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

func (b *scrubber) docx() error {
	main := b.pack.main()
	b.countParts()
	rels, err := b.wordPart(main, "word/document.xml", wordTypes+"document.main+xml")
	if err != nil {
		return err
	}
	own := []string{relationOf("rIdFicusSettings", "settings", "settings.xml", false)}
	for _, id := range sortedIDs(rels) {
		r := rels[id]
		mediaType, kept := wordParts[r.kind]
		if !kept || r.external || !b.pack.has(r.target) {
			continue
		}
		name := r.kind + ".xml"
		if _, err := b.wordPart(r.target, "word/"+name, mediaType); err != nil {
			return err
		}
		own = append(own, relationOf(id, r.kind, name, false))
	}
	if err := b.add("word/settings.xml", wordTypes+"settings+xml", []byte(wordSettings), zip.Deflate); err != nil {
		return err
	}
	return b.wordFrame(own)
}

// wordFrame writes what binds the parts together.
func (b *scrubber) wordFrame(own []string) error {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	for _, part := range b.kept {
		if part.mediaType != "" {
			types += `<Override PartName="/` + part.name + `" ContentType="` + part.mediaType + `"/>`
		}
	}
	own = append(own, b.mainRels...)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", types + `</Types>`},
		{"_rels/.rels", relations(relationOf("rId1", "officeDocument", "word/document.xml", false))},
		{"word/_rels/document.xml.rels", relations(own...)},
	} {
		if err := b.add(part.name, "", []byte(declared+part.text), zip.Deflate); err != nil {
			return err
		}
	}
	return nil
}

func relations(all ...string) string {
	return `<Relationships xmlns="` + relationNS + `">` + strings.Join(all, "") + `</Relationships>`
}

func relationOf(id, kind, target string, external bool) string {
	mode := ""
	if external {
		mode = ` TargetMode="External"`
	}
	return `<Relationship Id="` + escape(id) + `" Type="` + relationKind + kind + `" Target="` + escape(target) + `"` + mode + `/>`
}

func sortedIDs(rels map[string]relation) []string {
	ids := make([]string, 0, len(rels))
	for id := range rels {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// countParts tells of the parts that are left behind.
func (b *scrubber) countParts() {
	for _, name := range b.pack.order {
		low := strings.ToLower(name)
		base := path.Base(low)
		for _, left := range []struct {
			kind string
			is   bool
		}{
			{"properties", strings.HasPrefix(low, "docprops/") && !strings.Contains(base, "thumbnail")},
			{"thumbnail", strings.Contains(base, "thumbnail")},
			{"custom-data", strings.HasPrefix(low, "customxml/item") && !strings.Contains(base, "props")},
			{"macro", strings.HasSuffix(base, ".bin") && strings.Contains(base, "vba")},
			{"embedded", strings.Contains(low, "/embeddings/") || strings.Contains(low, "/activex/") && strings.HasSuffix(base, ".xml")},
			{"page-header", strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")},
		} {
			if left.is && (left.kind != "page-header" || strings.HasSuffix(low, ".xml")) {
				b.removed[left.kind]++
			}
		}
	}
}

// wordPart scrubs one part of XML with what it shows, and gives what it needs.
func (b *scrubber) wordPart(part, name, mediaType string) (map[string]relation, error) {
	rels, err := b.pack.relations(part)
	if err != nil {
		return nil, err
	}
	data, err := b.pack.text(part)
	if err != nil {
		return nil, err
	}
	shown, err := b.wordRels(rels)
	if err != nil {
		return nil, err
	}
	e := &wordEditor{editor: edits(data, b.removed), rels: rels, kept: shown}
	e.walk()
	made, err := e.finish()
	if err != nil {
		return nil, err
	}
	list := make([]string, 0, len(shown))
	for _, id := range sortedIDs(rels) {
		if to, ok := shown[id]; ok {
			list = append(list, relationOf(id, rels[id].kind, strings.TrimPrefix(to, "word/"), rels[id].external))
		}
	}
	if name == "word/document.xml" {
		b.mainRels = list
	} else if len(list) > 0 {
		if err := b.add(relsOf(name), "", []byte(declared+relations(list...)), zip.Deflate); err != nil {
			return nil, err
		}
	}
	return rels, b.add(name, mediaType, made, zip.Deflate)
}

// wordRels decides which pictures and links of a part are kept, and where they
// lead now.
func (b *scrubber) wordRels(rels map[string]relation) (map[string]string, error) {
	kept := map[string]string{}
	for _, id := range sortedIDs(rels) {
		r := rels[id]
		switch {
		case r.kind == "hyperlink" && r.external && openAddress(r.target):
			kept[id] = r.target
		case r.kind == "image" && !r.external && b.pack.has(r.target):
			if b.made[r.target] == "" {
				name, err := b.picture(r.target, "word/media/")
				if err != nil {
					return nil, err
				}
				b.made[r.target] = name
			}
			if b.made[r.target] != "" {
				kept[id] = b.made[r.target]
			}
		case r.external:
			b.removed["path"]++
		}
	}
	return kept, nil
}
