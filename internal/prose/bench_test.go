package prose

import (
	"strings"
	"testing"
)

// longText is a chapter of a hundred thousand words as it is stored.
func longText() string {
	const scene = "<p>The kettle had gone cold again, and <em>nobody</em> in the house would say whose turn it was.</p>\n" +
		"<p>“You might,” said Orla, “have looked at the clock.”<br>“I might have.”</p>\n<hr>\n" +
		"<p class=\"place\">0415 hrs<br>The ferry</p>\n<p>It was not the clock’s fault; half-hearted &amp; slow, it kept the hours it liked best of all.</p>\n"
	return strings.Repeat(scene, 100_000/Document{Blocks: ReadStored(scene).Blocks}.Words())
}

func BenchmarkReadStored(b *testing.B) {
	text := longText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		ReadStored(text)
	}
}

func BenchmarkReadTyped(b *testing.B) {
	text := ReadStored(longText()).Editable()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		ReadTyped(text)
	}
}

func BenchmarkHTML(b *testing.B) {
	d := ReadStored(longText())
	b.SetBytes(int64(len(d.HTML())))
	b.ReportAllocs()
	for b.Loop() {
		d.HTML()
	}
}

func BenchmarkWords(b *testing.B) {
	d := ReadStored(longText())
	b.SetBytes(int64(len(d.HTML())))
	for b.Loop() {
		d.Words()
	}
}
