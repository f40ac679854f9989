package office

// paragraph reads one paragraph.
func (d *docx) paragraph() {
	s := d.s
	if d.carry {
		d.carry = false
	} else {
		d.line.reset()
	}
	d.style = d.styles.paragraph("")
	d.role, d.level = d.style.role, d.style.level
	d.para = nothingSaid.over(d.style.para.over(d.styles.defaultPara))
	s.each(func() {
		if s.is(inW, "pPr") {
			own, formatted := readParaProps(s)
			if formatted {
				d.told["tracked-format"]++
			}
			d.style = d.styles.paragraph(own.style)
			d.role, d.level = d.style.role, d.style.level
			d.para = own.over(d.style.para.over(d.styles.defaultPara))
			_, d.para.joins = d.taken.tracked(d.told, own.change)
			return
		}
		d.inline()
	})
	d.dropping = d.inDropped()
	d.endParagraph()
}

// numberOf is how a paragraph begins that is counted.
func (d *docx) numberOf(words, heading bool) (*item, string) {
	if d.para.num == "" || d.para.num == "0" || !words {
		return nil, ""
	}
	at := max(d.para.level, 0)
	l := d.numbers.count(d.para.num, at)
	if heading && l.item != nil && l.item.ordered {
		return nil, d.numbers.headingText(d.para.num, at)
	}
	return l.item, l.text
}

func boolInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
