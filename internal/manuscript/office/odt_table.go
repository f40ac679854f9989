package office

// table reads a table. One of a single cell is only a frame around text.
func (d *odt) table() {
	if d.carry {
		d.flush()
	}
	var t tableText
	made := d.w.apart(func() { d.rows(&t, "td") })
	d.w.tableOf(t, made)
}

func (d *odt) rows(t *tableText, tag string) {
	s := d.s
	s.each(func() {
		switch string(s.name) {
		case "table-row":
			d.w.write("<tr>")
			s.each(func() {
				switch string(s.name) {
				case "table-cell":
					d.cell(t, tag)
				case "covered-table-cell":
					d.covered(t, tag)
				}
			})
			d.w.write("</tr>")
		case "table-header-rows":
			d.rows(t, "th")
		case "table-rows", "table-row-group":
			d.rows(t, tag)
		}
	})
}

func (d *odt) cell(t *tableText, tag string) {
	spans := spanning("colspan", d.s.val("number-columns-spanned")) + spanning("rowspan", d.s.val("number-rows-spanned"))
	d.w.cell(t, tag, spans, d.inCell())
}

// covered reads a cell that another one lies over: it holds nothing, or words
// that are not to be lost.
func (d *odt) covered(t *tableText, tag string) {
	if inside := d.inCell(); len(inside) > 0 && string(inside) != blankCell {
		d.w.cell(t, tag, "", inside)
	}
}

func (d *odt) inCell() []byte {
	lists := d.lists
	d.lists = nil
	inside := d.w.apart(func() { d.blocks(); d.flush() })
	d.lists = lists
	return inside
}
