package manuscript

import (
	"os"
	"strings"
	"testing"
)

// The same paste of Google Docs as browsers and phones hand it over.
func TestAGoogleDocsPasteKeepsItalicsSpacesAndGaps(t *testing.T) {
	data, err := os.ReadFile("testdata/40-google-docs-clipboard.html")
	if err != nil {
		t.Fatal(err)
	}
	chrome := string(data)
	fragment := chrome[strings.Index(chrome, "<meta") : strings.Index(chrome, "</b><br")+4]
	const want = "<p>The ferry was <em>late</em> again, and nobody on the pier said so.</p>\n" +
		"<p>“You could <strong><em>swim</em></strong>,” said Oda.</p>\n" +
		"<hr class=\"scene\" title=\"* * *\">\n" +
		"<p>She swam. It took <em>hours</em>.</p>"
	for name, paste := range map[string]string{
		"Chrome":           chrome,
		"the fragment":     fragment,
		"without its head": strings.ReplaceAll(strings.ReplaceAll(fragment, "<meta charset='utf-8'>", ""), `<meta charset="utf-8">`, ""),
		"Windows":          "Version:0.9\r\nStartHTML:00000097\r\nEndHTML:00009999\r\nStartFragment:00000131\r\nEndFragment:00009963\r\n" + strings.ReplaceAll(chrome, "\n", "\r\n"),
		"Firefox":          strings.ReplaceAll(fragment, `<br /><p`, `<br><p`),
		"Safari":           strings.ReplaceAll(strings.ReplaceAll(fragment, "late </span>", `late<span class="Apple-converted-space">&nbsp;</span></span>`), "<br />", `<br class="Apple-interchange-newline">`),
		"a phone":          strings.ReplaceAll(fragment, `<br /><p`, `<p dir="ltr"><br></p><p`),
	} {
		r, err := Read([]byte(paste), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Works[0].Chapters[0].Body.HTML(); got != want {
			t.Errorf("%s: read as %s:\n%s", name, r.Source.Kind, got)
		}
		checkInvariants(t, r)
	}
}
