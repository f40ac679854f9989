package office

// table reads a table. One of a single cell is only a frame around text.
func (d *docx) table() {
	d.flush()
	var single []byte
	cells := 0
	made := d.w.apart(func() {
		d.s.each(func() {
			switch string(d.s.name) {
			case "tr":
				d.row(&cells, &single)
			case "sdt", "ins", "customXml":
				d.rowsInside(&cells, &single)
			}
		})
	})
	switch {
	case cells == 1:
		d.w.raw(append(single, '\n'))
	case cells > 1:
		d.w.raw([]byte("<table>" + string(made) + "</table>\n"))
	}
}

// rowsInside reads rows that stand in a control.
func (d *docx) rowsInside(cells *int, single *[]byte) {
	d.s.each(func() {
		switch string(d.s.name) {
		case "tr":
			d.row(cells, single)
		case "sdtContent":
			d.rowsInside(cells, single)
		}
	})
}

func (d *docx) row(cells *int, single *[]byte) {
	tag, deleted := "td", false
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
				case "del":
					deleted = true
					d.told["tracked-deletion"]++
				}
			})
		case "tc":
			if !deleted {
				d.cell(tag, cells, single)
			}
		}
	})
	d.w.write("</tr>")
}

func (d *docx) cell(tag string, cells *int, single *[]byte) {
	span := ""
	inside := d.w.apart(func() {
		d.s.each(func() {
			if d.s.is(inW, "tcPr") {
				d.s.each(func() {
					if string(d.s.name) == "gridSpan" {
						span = d.s.val("val")
					}
				})
				return
			}
			d.block()
		})
		d.flush()
	})
	if *cells++; *cells == 1 {
		*single = append([]byte(nil), inside...)
	}
	if string(inside) == "<p>&#160;</p>" {
		inside = nil
	}
	if span == "1" {
		span = ""
	}
	d.w.write("<", tag, attribute("colspan", span), ">", string(inside), "</", tag, ">")
}
