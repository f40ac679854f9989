package asset

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func bundle() fstest.MapFS {
	return fstest.MapFS{
		"README.md":                       {Data: []byte("why")},
		"OFL.txt":                         {Data: []byte("licence")},
		"unicode.json":                    {Data: []byte(`{"latin":"U+0000-00FF,U+0131","latin-ext":"U+0100-02BA"}`)},
		"face-latin-400-normal.woff2":     {Data: []byte("roman")},
		"face-latin-ext-600-italic.woff2": {Data: []byte("more")},
	}
}

func TestABundleWithoutAFaceHasNone(t *testing.T) {
	face, err := ReadTypeface(fstest.MapFS{"README.md": {Data: []byte("why")}})
	if err != nil || face.Stylesheet != "" || len(face.Files) != 0 {
		t.Errorf("an empty bundle gave %+v, %v", face, err)
	}
}

func TestTheStylesheetNamesEveryCutAndTheLicence(t *testing.T) {
	face, err := ReadTypeface(bundle())
	if err != nil {
		t.Fatal(err)
	}
	var sheet string
	for _, f := range face.Files {
		if f.Name == face.Stylesheet {
			sheet = string(f.Body)
		}
	}
	for _, f := range face.Files {
		if f.Name != face.Stylesheet && !strings.Contains(sheet, f.Name) {
			t.Errorf("the stylesheet does not name %s:\n%s", f.Name, sheet)
		}
	}
	for _, want := range []string{
		`font-family:"Atkinson Hyperlegible Next";font-weight:400;font-style:normal`, `unicode-range:U+0000-00FF,U+0131}`,
		`font-weight:600;font-style:italic`, `unicode-range:U+0100-02BA}`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the stylesheet lacks %s:\n%s", want, sheet)
		}
	}
}

func TestFilesChangeTheirNamesWithTheirBytes(t *testing.T) {
	other := bundle()
	other["face-latin-400-normal.woff2"] = &fstest.MapFile{Data: []byte("drawn anew")}
	before, err := ReadTypeface(bundle())
	if err != nil {
		t.Fatal(err)
	}
	after, err := ReadTypeface(other)
	if err != nil {
		t.Fatal(err)
	}
	if before.Stylesheet == after.Stylesheet {
		t.Error("another cut left the stylesheet its name")
	}
}

func TestAHalfBundleIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(fstest.MapFS){
		"no licence":     func(b fstest.MapFS) { delete(b, "OFL.txt") },
		"no ranges":      func(b fstest.MapFS) { delete(b, "unicode.json") },
		"a foreign file": func(b fstest.MapFS) { b["comic.woff2"] = &fstest.MapFile{} },
		"a rule in a range": func(b fstest.MapFS) {
			b["unicode.json"] = &fstest.MapFile{Data: []byte(`{"latin":"U+0}body{display:none"}`)}
		},
	} {
		b := bundle()
		spoil(b)
		if _, err := ReadTypeface(b); err == nil || !strings.Contains(err.Error(), "make assets") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheEmbeddedBundleIsWhole holds for a build with the face and for one
// without.
func TestTheEmbeddedBundleIsWhole(t *testing.T) {
	face, err := ReadTypeface(Bundle())
	if err != nil {
		t.Fatal(err)
	}
	cuts, err := fs.Glob(Bundle(), "*.woff2")
	if err != nil {
		t.Fatal(err)
	}
	if (len(cuts) > 0) != (face.Stylesheet != "") {
		t.Errorf("%d cuts and the stylesheet %q", len(cuts), face.Stylesheet)
	}
	if _, err := fs.Stat(Bundle(), "README.md"); err != nil {
		t.Error("the folder has lost its README, without which a fresh clone does not build")
	}
}
