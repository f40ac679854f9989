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
				if string(s.name) == "table-cell" {
					d.cell(t, tag)
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
	span := d.s.val("number-columns-spanned")
	lists := d.lists
	d.lists = nil
	inside := d.w.apart(func() { d.blocks(); d.flush() })
	d.lists = lists
	d.w.cell(t, tag, span, inside)
}
