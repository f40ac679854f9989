package office

import (
	"path"
	"strings"
)

// relation is what one part of a .docx says it needs.
type relation struct {
	kind     string // last word of its type: styles, image, hyperlink …
	target   string // a part of the pack, or an address
	external bool
}

// main names the part with the text; empty when there is none.
func (p *pack) main() string {
	rels, err := p.relations("")
	if err == nil {
		for _, r := range rels {
			if r.kind == "officeDocument" && p.has(r.target) && strings.Contains(strings.ToLower(r.target), "word") {
				return r.target
			}
		}
	}
	if p.has("word/document.xml") {
		return "word/document.xml"
	}
	return ""
}

// relsOf names the part that holds the relations of another.
func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// relations reads what a part needs, by id.
func (p *pack) relations(part string) (map[string]relation, error) {
	name, base := relsOf(part), path.Dir(part)
	if part == "" {
		name, base = "_rels/.rels", ""
	}
	rels := map[string]relation{}
	if !p.has(name) {
		return rels, nil
	}
	data, err := p.text(name)
	if err != nil {
		return nil, err
	}
	s := scan(data)
	for s.next() {
		if s.kind != startTag || string(s.name) != "Relationship" || len(rels) >= mostEntries {
			continue
		}
		r := relation{kind: baseName(s.val("Type")), target: s.val("Target"), external: strings.EqualFold(s.val("TargetMode"), "External")}
		if !r.external {
			r.target = partName(base, r.target)
		}
		rels[s.val("Id")] = r
	}
	return rels, s.err
}

// partName is the part a target names. It never leads out of the pack.
func partName(base, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", base, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// named finds the part of a kind among relations; empty when there is none.
func named(rels map[string]relation, kind string) string {
	found := ""
	for _, r := range rels {
		if r.kind == kind && !r.external && (found == "" || r.target < found) {
			found = r.target
		}
	}
	return found
}
