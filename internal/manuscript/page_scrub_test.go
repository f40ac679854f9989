package manuscript_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/manuscript"
)

func remade(picture []byte) ([]byte, string, error) {
	if !strings.HasPrefix(string(picture), "camera") {
		return nil, "", errors.New("no picture")
	}
	return []byte("anew"), "image/png", nil
}

func TestAPageIsKeptWithoutWhatTellsOfItsWriter(t *testing.T) {
	packed := base64.StdEncoding.EncodeToString([]byte("camera at 52.5 13.4"))
	page := `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name="Author" content="Ada Realname"><meta content="x" name=changedby />
<meta name="viewport" content="width=device-width">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Ada Realname</o:Author><o:Company>Realname &amp; Sons</o:Company></o:DocumentProperties></xml><![endif]--></head>
<body><p>The lamp was lit by the author.</p><img src="data:image/jpeg;base64,` + packed + `"><img src="data:image/gif;base64,AAAA"></body></html>`
	kept, told, err := manuscript.Scrub([]byte(page), remade)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"Realname", packed, "changedby", "AAAA"} {
		if strings.Contains(string(kept), gone) {
			t.Errorf("%s is kept in %s", gone, kept)
		}
	}
	for _, stays := range []string{"The lamp was lit by the author.", "viewport", "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte("anew"))} {
		if !strings.Contains(string(kept), stays) {
			t.Errorf("%s is missing from %s", stays, kept)
		}
	}
	if difference := cmp.Diff([]manuscript.Dropped{{Kind: "properties", Count: 3}, {Kind: "picture-data", Count: 1}, {Kind: "picture", Count: 1}}, told); difference != "" {
		t.Errorf("it is told as (-want +got):\n%s", difference)
	}
	again, told, err := manuscript.Scrub(kept, func([]byte) ([]byte, string, error) { return []byte("anew"), "image/png", nil })
	if err != nil || string(again) != string(kept) || len(told) != 1 {
		t.Errorf("scrubbed again it is %s, %v, %v", again, told, err)
	}
}

func TestATextThatIsNoPageIsKeptAsItCame(t *testing.T) {
	text := "A/N: <meta> is a word here?\n\nNo: it is at the end. " + strings.Repeat("x", 5000) + `<meta name="author" content="kept">`
	text = strings.Replace(text, "<meta> is", "meta is", 1)
	kept, told, err := manuscript.Scrub([]byte(text), remade)
	if err != nil || string(kept) != text || len(told) > 0 {
		t.Errorf("it is kept as %q, %v, %v", kept, told, err)
	}
}
