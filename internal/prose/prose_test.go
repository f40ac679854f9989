package prose

import "testing"

func TestReadTypedKeepsLinesAndParagraphs(t *testing.T) {
	d, _ := ReadTyped("one\ntwo\n\nthree")
	if got, want := d.HTML(), "<p>one<br>two</p>\n<p>three</p>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
