package office

import "testing"

// told of a file read with other words, by kind of file.
func readTaken(t *testing.T, data []byte, kind string, taken Taken) Text {
	t.Helper()
	text, err := ReadTaken(data, kind, taken)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

const who = ` w:id="1" w:author="E" w:date="2026-01-01T00:00:00Z"`

func TestTheOtherSideOfATrackedChangeIsReadWhenItIsAskedFor(t *testing.T) {
	changed := func(name, inside string) string { return "<w:" + name + who + ">" + inside + "</w:" + name + ">" }
	gone := func(text string) string { return `<w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r>` }
	word := wordFile{body: "<w:p>" + run("", "The ") + changed("ins", run("", "new ")) + changed("del", gone("old ")) + run("", "tide ") + run("<w:vanish/>", "came ") + run("", "in.") + "</w:p>" +
		"<w:p><w:pPr><w:rPr>" + changed("del", "") + "</w:rPr></w:pPr>" + run("", "One ") + "</w:p>" + para("", "line.") +
		"<w:p><w:pPr><w:rPr>" + changed("ins", "") + "</w:rPr></w:pPr>" + run("", "Two ") + "</w:p>" + para("", "lines.")}.docx(t)
	open := openFile{body: `<text:tracked-changes><text:changed-region text:id="d1"><text:deletion><office:change-info><dc:creator>E</dc:creator></office:change-info>` + odtPara("Standard", "old ") +
		`</text:deletion></text:changed-region><text:changed-region text:id="d2"><text:deletion>` + odtPara("Standard", "") + odtPara("Standard", "") +
		`</text:deletion></text:changed-region><text:changed-region text:id="i1"><text:insertion><office:change-info/></text:insertion></text:changed-region><text:changed-region text:id="i2"><text:insertion/></text:changed-region></text:tracked-changes>` +
		odtPara("Standard", `The <text:change-start text:change-id="i1"/>new <text:change-end text:change-id="i1"/><text:change text:change-id="d1"/>tide <text:hidden-text text:string-value="came ">came </text:hidden-text>in.`) +
		odtPara("Standard", `One <text:change text:change-id="d2"/>line.`) +
		odtPara("Standard", `Two <text:change-start text:change-id="i2"/>`) + odtPara("Standard", `<text:change-end text:change-id="i2"/>lines.`)}.odt(t)
	rich := []byte(`{\rtf1\ansi The {\revised new }{\deleted old }tide {\v came }in.\par One {\deleted\par}line.\par Two {\revised\par}lines.\par}`)
	for name, c := range map[string]struct {
		taken      Taken
		first      string
		one, two   string
		told, also string
	}{
		"as it would be seen": {Taken{}, "The new tide in.", "<p>One line.</p>", "<p>Two</p>\n<p>lines.</p>", "tracked-deletion", "tracked-insertion"},
		"deleted words kept":  {Taken{Deleted: true}, "The new old tide in.", "<p>One</p>\n<p>line.</p>", "<p>Two</p>\n<p>lines.</p>", "tracked-deletion-kept", "tracked-insertion"},
		"inserted words gone": {Taken{Original: true}, "The tide in.", "<p>One line.</p>", "<p>Two lines.</p>", "tracked-deletion", "tracked-insertion-refused"},
		"as it was before":    {Taken{Deleted: true, Original: true}, "The old tide in.", "<p>One</p>\n<p>line.</p>", "<p>Two lines.</p>", "tracked-deletion-kept", "tracked-insertion-refused"},
		"hidden words shown":  {Taken{Hidden: true}, "The new tide came in.", "<p>One line.</p>", "<p>Two</p>\n<p>lines.</p>", "tracked-deletion", "hidden-text-shown"},
	} {
		for kind, data := range map[string][]byte{Docx: word, Odt: open, Rtf: rich} {
			text := readTaken(t, data, kind, c.taken)
			t.Run(name+" in "+kind, func(t *testing.T) { checkHTML(t, text, "<p>"+c.first+"</p>\n"+c.one+"\n"+c.two) })
			met := map[string]bool{}
			for _, told := range text.Told {
				met[told.Kind] = true
			}
			if !met[c.told] || !met[c.also] {
				t.Errorf("%s, %s tells %v, want %s and %s", kind, name, tellsOf(text), c.told, c.also)
			}
		}
	}
}

func TestMovedWordsStandOnce(t *testing.T) {
	data := wordFile{body: `<w:p><w:moveTo` + who + `>` + run("", "Rain. ") + `</w:moveTo>` + run("", "Wind.") + `<w:moveFrom` + who + `>` + run("", " Rain.") + `</w:moveFrom></w:p>`}.docx(t)
	for taken, want := range map[Taken]string{{}: "Rain. Wind.", {Deleted: true}: "Rain. Wind.", {Original: true}: "Rain. Wind.", {Deleted: true, Original: true}: "Wind. Rain."} {
		checkHTML(t, readTaken(t, data, Docx, taken), "<p>"+want+"</p>")
	}
}

func TestADeletionAcrossParagraphsHasItsEndsAgain(t *testing.T) {
	data := openFile{body: `<text:tracked-changes><text:changed-region text:id="d"><text:deletion>` + odtPara("Standard", "she said.") + odtPara("Standard", "Nobody came.") + odtPara("Standard", "The lamp ") +
		`</text:deletion></text:changed-region></text:tracked-changes>` + odtPara("Standard", `“Go,” <text:change text:change-id="d"/>went out.<text:change text:change-id="d"/>`)}.odt(t)
	checkHTML(t, readTaken(t, data, Odt, Taken{Deleted: true}), "<p>“Go,” she said.</p>\n<p>Nobody came.</p>\n<p>The lamp went out.</p>")
	checkHTML(t, readTaken(t, data, Odt, Taken{}), "<p>“Go,” went out.</p>")
}
