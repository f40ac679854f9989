package office

import (
	"strconv"
	"strings"
)

// odtStyle is one style, with its parents laid under it.
type odtStyle struct {
	parent string
	run    runProps
	para   paraProps
	role   role
	level  int
	done   bool
}

// odtStyles are the styles of a file, by family and name.
type odtStyles struct {
	all   map[string]*odtStyle
	lists map[string]*[10]odtLevel
	hides map[string]bool // sections
	lang  string
}

// odtLevel is how one level of a list begins its items.
type odtLevel struct {
	bullet, format, prefix, suffix string
	start                          int
}

// outlineStyle is the name under which the numbering of headings is kept.
const outlineStyle = "\x00outline"

func newOdtStyles() *odtStyles {
	return &odtStyles{all: map[string]*odtStyle{}, lists: map[string]*[10]odtLevel{}}
}

// read takes the styles of one part.
func (st *odtStyles) read(data []byte) error {
	s := scan(data)
	for s.next() {
		switch {
		case s.kind != startTag || len(st.all)+len(st.lists) > 4*mostEntries:
		case s.is(inOffice, "body"), s.is(inOffice, "master-styles"):
			s.skip()
		case s.is(inStyle, "style"):
			st.add(s, s.val("name"))
		case s.is(inStyle, "default-style"):
			st.add(s, "")
		case s.is(inText, "list-style"):
			st.addList(s, s.val("name"))
		case s.is(inText, "outline-style"):
			st.addList(s, outlineStyle)
		}
	}
	return s.err
}

func styleKey(family, name string) string { return family + "\x00" + name }

// newOdtStyle is what the tag of a style says of it.
func newOdtStyle(s *scanner, name string) *odtStyle {
	style := &odtStyle{parent: s.val("parent-style-name"), para: nothingSaid}
	if display := s.val("display-name"); display != "" {
		name = display
	}
	style.role, style.level = roleOf(name)
	if n, err := strconv.Atoi(s.val("default-outline-level")); err == nil && n > 0 && n < 10 {
		style.para.outline = n - 1
	}
	style.para.num = s.val("list-style-name")
	if s.val("master-page-name") != "" {
		style.para.pageOver = 1
	}
	return style
}

func (st *odtStyles) add(s *scanner, name string) {
	family, style := s.val("family"), newOdtStyle(s, name)
	s.each(func() {
		switch string(s.name) {
		case "text-properties":
			style.run = readOdtRun(s)
		case "paragraph-properties":
			readOdtPara(s, &style.para)
		case "section-properties":
			if s.val("display") == "none" {
				style.run.put(hidden, true)
			}
		}
	})
	st.all[styleKey(family, name)] = style
	if lang := style.run.lang; family == "paragraph" && lang != "" && (name == "" && st.lang == "" || name == "Standard") {
		st.lang = lang
	}
}

func (st *odtStyles) addList(s *scanner, name string) {
	var levels [10]odtLevel
	s.each(func() {
		at, err := strconv.Atoi(s.val("level"))
		if err != nil || at < 1 || at > 10 {
			return
		}
		level := &levels[at-1]
		level.start = 1
		if n, err := strconv.Atoi(s.val("start-value")); err == nil {
			level.start = n
		}
		level.format, level.prefix, level.suffix = s.val("num-format"), s.val("num-prefix"), s.val("num-suffix")
		if strings.HasSuffix(string(s.name), "bullet") {
			level.bullet = s.val("bullet-char")
			if level.bullet == "" {
				level.bullet = "•"
			}
		}
	})
	st.lists[name] = &levels
}

// find gives a style with its parents under it; never nil.
func (st *odtStyles) find(family, name string) *odtStyle {
	style := st.settle(family, name, 0)
	if style == nil {
		style = st.settle(family, "", 0)
	}
	if style == nil {
		style = &odtStyle{para: nothingSaid, done: true}
	}
	return style
}

func (st *odtStyles) settle(family, name string, depth int) *odtStyle {
	style := st.all[styleKey(family, name)]
	if style == nil || style.done || depth > mostBased {
		return style
	}
	style.done = true // a ring ends here
	var base *odtStyle
	if style.parent != "" || name != "" && family == "paragraph" {
		base = st.settle(family, style.parent, depth+1)
	}
	if base != nil {
		own := style.para
		style.run = style.run.over(base.run)
		style.para = own.over(base.para)
		style.para.section = own.section
		if style.role == noRole {
			style.role, style.level = base.role, base.level
		}
	}
	return style
}

// readOdtRun reads the text properties the scanner stands at.
func readOdtRun(s *scanner) (p runProps) {
	for _, a := range s.attrs {
		value := string(a.value)
		switch string(a.local) {
		case "font-style":
			p.put(italic, value == "italic" || value == "oblique")
		case "font-weight":
			n, _ := strconv.Atoi(value)
			p.put(bold, value == "bold" || value == "bolder" || n >= 600)
		case "font-variant":
			p.put(smallCaps, value == "small-caps")
		case "text-transform":
			p.put(capitals, value == "uppercase")
		case "text-underline-style":
			p.put(underlined, value != "none")
		case "text-line-through-style", "text-line-through-type":
			p.put(struck, value != "none")
		case "text-emphasize":
			p.put(dotted, value != "none")
		case "text-position":
			p.put(raised, strings.HasPrefix(value, "super") || value != "" && value[0] >= '1' && value[0] <= '9')
			p.put(lowered, strings.HasPrefix(value, "sub") || strings.HasPrefix(value, "-"))
		case "display":
			p.put(hidden, value == "none")
		default:
			p.readTongue(string(a.local), value)
		}
	}
	return p
}

// readTongue takes languages, and what is there and not kept.
func (p *runProps) readTongue(name, value string) {
	switch name {
	case "language":
		p.lang = value
		if value == "none" || value == "zxx" {
			p.lang = ""
		}
	case "language-complex":
		if value != "none" {
			p.langBidi = value
		}
	case "color":
		if value != "#000000" {
			p.tell("font-colour")
		}
	case "background-color":
		if value != "transparent" && value != "#ffffff" {
			p.tell("background")
		}
	}
}

// readOdtPara reads the paragraph properties the scanner stands at.
func readOdtPara(s *scanner, p *paraProps) {
	above, below, sides, said := "", "", 0, false
	for _, a := range s.attrs {
		value, local := string(a.value), string(a.local)
		line := value != "none" && !strings.HasPrefix(value, "0pt") && !strings.HasPrefix(value, "hidden")
		switch local {
		case "text-align":
			p.jc = value
		case "writing-mode":
			p.bidi = signed(strings.HasPrefix(value, "rl"))
		case "break-before":
			p.pageOver = signed(value == "page")
		case "break-after":
			p.section = value == "page"
		case "border":
			said = true
			if line {
				above, below, sides = "t", "b", 2
			}
		case "border-top":
			if said = true; line {
				above = "t" + value
			}
		case "border-bottom":
			if said = true; line {
				below = "b" + value
			}
		case "border-left", "border-right":
			sides += boolInt(line)
		}
	}
	if said {
		p.border = above + below
		if p.border == "" || sides > 1 {
			p.border = "-"
		}
	}
}
