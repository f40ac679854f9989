package office

import "cmp"

// table reads a table. One of a single cell is only a frame around text.
func (d *docx) table() {
	d.flush()
	var t tableText
	made := d.w.apart(func() { d.rows(&t) })
	d.w.tableOf(t, made)
}

// rows reads rows, also those that stand in a control.
func (d *docx) rows(t *tableText) {
	d.s.each(func() {
		switch string(d.s.name) {
		case "tr":
			d.row(t)
		case "sdt", "ins", "customXml", "sdtContent":
			d.rows(t)
		}
	})
}

func (d *docx) row(t *tableText) {
	tag, gone := "td", false
	t.column = 0
	d.w.write("<tr>")
	d.s.each(func() {
		switch string(d.s.name) {
		case "trPr":
			d.s.each(func() {
				switch string(d.s.name) {
				case "tblHeader":
					if d.s.on() {
						tag = "th"
					}
				case "del", "ins":
					_, goes := d.taken.tracked(d.told, string(d.s.name))
					gone = gone || goes
				}
			})
		case "tc":
			if !gone {
				d.cell(tag, t)
			}
		}
	})
	d.w.write("</tr>")
}

func (d *docx) cell(tag string, t *tableText) {
	across, merge := "", ""
	inside := d.w.apart(func() {
		d.s.each(func() {
			if d.s.is(inW, "tcPr") {
				d.s.each(func() {
					switch string(d.s.name) {
					case "gridSpan":
						across = d.s.val("val")
					case "vMerge":
						merge = cmp.Or(d.s.val("val"), "continue")
					}
				})
				return
			}
			d.block()
		})
		d.flush()
	})
	switch {
	case merge == "restart":
		t.begins()
	case merge != "" && t.goesOn(across, inside):
		return
	default:
		delete(t.below, t.column)
	}
	d.w.cell(t, tag, spanning("colspan", across), inside)
	t.pass(across)
}
