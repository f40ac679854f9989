package office

import (
	"strings"

	"ficus/internal/pattern"
)

// toggles are the marks that a character style inside a paragraph style turns
// round instead of setting.
const toggles = italic | bold | struck | smallCaps | capitals | hidden

// runProps are the marks that one place sets, and how.
type runProps struct {
	set, val mark
	lang     string
	langBidi string
	loud     told // what is there and not kept: colours, grounds
}

// over lays p over what it is based on.
func (p runProps) over(base runProps) runProps {
	base.set |= p.set
	base.val = base.val&^p.set | p.val
	if p.lang != "" {
		base.lang = p.lang
	}
	if p.langBidi != "" {
		base.langBidi = p.langBidi
	}
	return base
}

func (p *runProps) put(m mark, on bool) {
	p.set |= m
	p.val &^= m
	if on {
		p.val |= m
	}
}

// paraProps are what one place says of a paragraph; what it does not say is
// zero, and -1 for level and outline.
type paraProps struct {
	style    string
	jc       string
	bidi     int // 1 on, -1 off
	outline  int // 0 is the first level; -1 none said, 9 body text
	num      string
	level    int
	border   string // how it is bordered above and below; "-" says: not at all
	pageOver int
	joins    bool // its end is not taken: the next paragraph goes on
	dropCap  bool
	section  bool   // a section ends here, and the next begins on a new page
	change   string // what change of its end was tracked
}

var nothingSaid = paraProps{outline: -1, level: -1}

func (p paraProps) over(base paraProps) paraProps {
	base.style = p.style
	if p.jc != "" {
		base.jc = p.jc
	}
	if p.bidi != 0 {
		base.bidi = p.bidi
	}
	if p.outline >= 0 {
		base.outline = p.outline
	}
	if p.num != "" {
		base.num = p.num
	}
	if p.level >= 0 {
		base.level = p.level
	}
	if p.border != "" {
		base.border = p.border
	}
	if p.pageOver != 0 {
		base.pageOver = p.pageOver
	}
	base.joins, base.dropCap, base.section, base.change = p.joins, p.dropCap, p.section, p.change
	return base
}

// role is what the name of a paragraph style says of its text.
type role uint8

const (
	noRole role = iota
	titleRole
	headingRole
	quoteRole
	contentsRole
	breakRole
	verseRole
)

// docxStyle is one style, with all it is based on laid under it.
type docxStyle struct {
	based string
	name  string
	run   runProps
	para  paraProps
	role  role
	level int // of a heading, from 1
	done  bool
}

// docxStyles are the styles of a file.
type docxStyles struct {
	byID        map[string]*docxStyle
	defaultRun  runProps
	defaultPara paraProps
	normal      string // the paragraph style of paragraphs that name none
	lang        string
}

var (
	headingName = pattern.New(`^(?:heading|überschrift|titre|título|titolo|заголовок) ?([1-9])$`)
	quoteName   = pattern.New(`^(?:(?:intense )?quote|block ?text|block ?quote|quotations?)$`)
	tocName     = pattern.New(`^(?:toc ?(?:[1-9]|heading)|contents ?(?:[1-9]|heading)|table of contents)$`)
	breakName   = pattern.New(`^(?:scene|section|story|text) ?(?:break|separator|divider)$|^(?:horizontal ?(?:line|rule)|divider|separator|ornament)$`)
	verseName   = pattern.New(`^(?:verse|poem|poetry|lyrics?|stanza)$`)
)

// roleOf reads the name of a style.
func roleOf(name string) (role, int) {
	name = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "_20_", " ")))
	if m := headingName.FindStringSubmatch(name); m != nil {
		return headingRole, int(m[1][0] - '0')
	}
	switch {
	case name == "title":
		return titleRole, 0
	case quoteName.MatchString(name):
		return quoteRole, 0
	case tocName.MatchString(name):
		return contentsRole, 0
	case breakName.MatchString(name):
		return breakRole, 0
	case verseName.MatchString(name):
		return verseRole, 0
	}
	return noRole, 0
}

func readDocxStyles(data []byte) (*docxStyles, error) {
	st := &docxStyles{byID: map[string]*docxStyle{}, defaultPara: nothingSaid}
	s := scan(data)
	for s.next() {
		switch {
		case s.kind != startTag || s.space != inW:
		case string(s.name) == "rPrDefault":
			s.each(func() { st.defaultRun = readRunProps(s) })
		case string(s.name) == "pPrDefault":
			s.each(func() { st.defaultPara, _ = readParaProps(s) })
		case string(s.name) == "style":
			st.add(s)
		}
	}
	if s.err != nil {
		return nil, s.err
	}
	for id := range st.byID {
		st.settle(id, 0)
	}
	st.lang = st.defaultRun.lang
	if normal := st.byID[st.normal]; normal != nil && normal.run.lang != "" {
		st.lang = normal.run.lang
	}
	return st, nil
}

func (st *docxStyles) add(s *scanner) {
	style := &docxStyle{para: nothingSaid}
	id := s.val("styleId")
	if s.val("type") == "paragraph" && s.val("default") != "" && s.val("default") != "0" && s.val("default") != "false" {
		st.normal = id
	}
	s.each(func() {
		switch string(s.name) {
		case "name":
			style.name = s.val("val")
		case "basedOn":
			style.based = s.val("val")
		case "rPr":
			style.run = readRunProps(s)
		case "pPr":
			style.para, _ = readParaProps(s)
		}
	})
	style.role, style.level = roleOf(style.name)
	if len(st.byID) < mostEntries {
		st.byID[id] = style
	}
}

// mostBased is how far styles are based on one another; a ring ends there too.
const mostBased = 20

// settle lays a style over what it is based on, once.
func (st *docxStyles) settle(id string, depth int) *docxStyle {
	style := st.byID[id]
	if style == nil || style.done || depth > mostBased {
		return style
	}
	style.done = true // a ring ends here
	if base := st.settle(style.based, depth+1); base != nil {
		style.run = style.run.over(base.run)
		style.para = style.para.over(base.para)
		if style.role == noRole {
			style.role, style.level = base.role, base.level
		}
	}
	return style
}

// paragraph gives the style of a paragraph, never nil.
func (st *docxStyles) paragraph(id string) *docxStyle {
	if style := st.byID[id]; style != nil {
		return style
	}
	if style := st.byID[st.normal]; style != nil {
		return style
	}
	return &docxStyle{para: nothingSaid}
}

// latent are the character styles every Word knows, for files that use them
// without saying them.
var latent = map[string]runProps{
	"Emphasis": {set: italic, val: italic}, "Strong": {set: bold, val: bold},
	"SubtleEmphasis": {set: italic, val: italic}, "IntenseEmphasis": {set: italic | bold, val: italic | bold},
}

func (st *docxStyles) character(id string) runProps {
	if style := st.byID[id]; style != nil {
		return style.run
	}
	return latent[id]
}

// resolve gives the marks of a run: its own over the character style over the
// paragraph style over what holds for the whole file.
func (st *docxStyles) resolve(para runProps, char string, own runProps) runProps {
	var style runProps
	if char != "" {
		style = st.character(char)
	}
	all := own.over(style.over(para.over(st.defaultRun)))
	turned := (para.val ^ style.val | st.defaultRun.val) & toggles
	all.val = all.val&^(toggles&^own.set) | turned&^own.set
	return all
}

// readRunProps reads the w:rPr the scanner stands at.
func readRunProps(s *scanner) (p runProps) {
	s.each(func() {
		if s.space == inW {
			p.read(s)
		}
	})
	return p
}

var runMarks = map[string]mark{
	"i": italic, "b": bold, "strike": struck, "dstrike": struck, "smallCaps": smallCaps, "caps": capitals, "vanish": hidden, "rtl": rightward,
}

// read takes one property.
func (p *runProps) read(s *scanner) {
	if m, ok := runMarks[string(s.name)]; ok {
		p.put(m, s.on())
		return
	}
	switch string(s.name) {
	case "u":
		p.put(underlined, s.on() && s.val("val") != "")
	case "em":
		p.put(dotted, s.on())
	case "vertAlign":
		p.put(raised, s.val("val") == "superscript")
		p.put(lowered, s.val("val") == "subscript")
	case "lang":
		p.lang, p.langBidi = s.val("val"), s.val("bidi")
	case "color":
		if c := s.val("val"); c != "auto" && c != "000000" && c != "" {
			p.tell("font-colour")
		}
	case "highlight", "shd":
		if c := s.val("val") + s.val("fill"); c != "none" && c != "clearauto" && c != "clearFFFFFF" && c != "clear" {
			p.tell("background")
		}
	}
}

func (p *runProps) tell(kind string) {
	if p.loud == nil {
		p.loud = told{}
	}
	p.loud[kind]++
}
