package office

import "strconv"

// readParaProps reads the w:pPr the scanner stands at, and what it says of the
// mark that ends the paragraph.
func readParaProps(s *scanner) (p paraProps, formatted bool) {
	p = nothingSaid
	s.each(func() {
		if s.space != inW {
			return
		}
		switch string(s.name) {
		case "rPr":
			p.end(s)
		case "numPr":
			p.numbered(s)
		case "pBdr":
			p.bordered(s)
		case "sectPr":
			p.section = true
			s.each(func() {
				if string(s.name) == "type" && (s.val("val") == "continuous" || s.val("val") == "nextColumn") {
					p.section = false
				}
			})
		case "pPrChange":
			formatted = true
		default:
			p.plain(s)
		}
	})
	return p, formatted
}

// plain takes the properties that are one value.
func (p *paraProps) plain(s *scanner) {
	switch string(s.name) {
	case "pStyle":
		p.style = s.val("val")
	case "jc":
		p.jc = s.val("val")
	case "bidi":
		p.bidi = signed(s.on())
	case "outlineLvl":
		if n, err := strconv.Atoi(s.val("val")); err == nil && n >= 0 && n <= 9 {
			p.outline = n
		}
	case "pageBreakBefore":
		p.pageOver = signed(s.on())
	case "framePr":
		drop := s.val("dropCap")
		p.dropCap = drop == "drop" || drop == "margin"
	}
}

func signed(on bool) int {
	if on {
		return 1
	}
	return -1
}

// end reads the properties of the mark that ends the paragraph.
func (p *paraProps) end(s *scanner) {
	s.each(func() {
		switch string(s.name) {
		case "del", "moveFrom", "ins", "moveTo":
			if p.change == "" || p.change == "ins" {
				p.change = string(s.name) // what was inserted and deleted again is deleted
			}
		}
	})
}

func (p *paraProps) numbered(s *scanner) {
	s.each(func() {
		switch string(s.name) {
		case "numId":
			p.num = s.val("val")
		case "ilvl":
			if n, err := strconv.Atoi(s.val("val")); err == nil && n >= 0 && n < 9 {
				p.level = n
			}
		}
	})
}

// bordered reads the borders. One all around is a box, which parts nothing.
func (p *paraProps) bordered(s *scanner) {
	above, below, sides := "", "", 0
	s.each(func() {
		kind := s.val("val")
		if kind == "nil" || kind == "none" || kind == "" {
			return
		}
		switch string(s.name) {
		case "top":
			above = "t" + kind
		case "bottom":
			below = "b" + kind
		case "left", "right", "start", "end":
			sides++
		}
	})
	p.border = above + below
	if p.border == "" || sides > 1 {
		p.border = "-"
	}
}
