package office

import "testing"

func TestCellsOverSeveralRowsStayOne(t *testing.T) {
	cell := func(props, text string) string {
		return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + para("", text) + "</w:tc>"
	}
	row := func(cells string) string { return "<w:tr>" + cells + "</w:tr>" }
	const begins, on = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	word := wordFile{body: "<w:tbl>" + row(cell("", "Tide")+cell(begins, "High")+cell(begins, "Low")) +
		row(cell(`<w:gridSpan w:val="1"/>`, "Two")+cell(on, "")+cell(on, "kept")) + row(cell("", "Three")+cell(on, "")+cell("", "Four")) + "</w:tbl>"}.docx(t)
	checkHTML(t, readMade(t, word, Docx), `<table><tr><td><p>Tide</p></td><td rowspan="3"><p>High</p></td><td><p>Low</p></td></tr><tr><td><p>Two</p></td><td><p>kept</p></td></tr><tr><td><p>Three</p></td><td><p>Four</p></td></tr></table>`)
	open := openFile{body: `<table:table><table:table-row><table:table-cell table:number-rows-spanned="2">` + odtPara("Standard", "Tide") + `</table:table-cell><table:table-cell>` + odtPara("Standard", "High") +
		`</table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell>` + odtPara("Standard", "Low") + `</table:table-cell></table:table-row><table:table-row><table:covered-table-cell>` +
		odtPara("Standard", "kept") + `</table:covered-table-cell></table:table-row></table:table>`}.odt(t)
	checkHTML(t, readMade(t, open, Odt), `<table><tr><td rowspan="2"><p>Tide</p></td><td><p>High</p></td></tr><tr><td><p>Low</p></td></tr><tr><td><p>kept</p></td></tr></table>`)
}

func TestATableInATableOfRichTextKeepsItsCellsApart(t *testing.T) {
	text := readMade(t, []byte(`{\rtf1\ansi\trowd\pard\intbl Tide\cell\pard\intbl\itap2 High\nestcell Low\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}\pard\intbl\itap2 Two\nestcell Three\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl after\cell\row\pard Rain.\par}`), Rtf)
	checkHTML(t, text, "<table>\n<tr><td><p>Tide</p>\n</td><td><p>High</p>\n<p>Low</p>\n<p>Two</p>\n<p>Three</p>\n<p>after</p>\n</td></tr>\n</table>\n<p>Rain.</p>")
}
