package office

// region is a change that was tracked: where a deletion's words stand, apart
// from the text.
type region struct {
	deleted  bool
	inserted bool
	from     int
}

// changes reads what changes were tracked: what was deleted stands here, apart
// from the text, which names it where it stood.
func (d *odt) changes() {
	s := d.s
	s.each(func() {
		id := s.val("id")
		s.each(func() {
			r := region{from: s.from}
			switch string(s.name) {
			case "insertion":
				r.inserted = true
				d.taken.insertion(d.told, false)
			case "deletion":
				r.deleted = true
				d.taken.deletion(d.told, false)
			case "format-change":
				d.told["tracked-format"]++
			}
			if len(d.regions) < mostEntries {
				d.regions[id] = r
			}
		})
	})
}

// changeMark reads the mark where a change stands or begins or ends.
func (d *odt) changeMark() {
	id := d.s.val("change-id")
	r := d.regions[id]
	switch name := string(d.s.name); {
	case name == "change-start" && r.inserted && d.taken.Original && d.refused == "":
		d.refused = id
	case name == "change-end" && d.refused == id:
		d.refused = ""
	case name == "change" && r.deleted && d.taken.Deleted && d.refused == "":
		delete(d.regions, id) // its words stand once
		d.putBack(r)
	}
}

// putBack reads the words of a deletion where they stood. What was deleted
// across the ends of paragraphs has them again.
func (d *odt) putBack(r region) {
	here := *d.s
	d.s.at, d.s.closes = r.from, false
	d.s.open, d.s.bindings = append([]openTag(nil), here.open...), append([]binding(nil), here.bindings...)
	first := true
	if d.s.next() {
		d.s.each(func() {
			if d.s.space != inText || string(d.s.name) != "p" && string(d.s.name) != "h" {
				if d.s.space != inOffice {
					d.block()
				}
				return
			}
			if !first {
				d.finishParagraph()
				d.line.reset()
			}
			first = false
			d.inside()
		})
	}
	err := d.s.err
	*d.s = here
	d.s.err = err
}
