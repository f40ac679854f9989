package web

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	bundled "ficus/internal/web/asset"
	"ficus/internal/web/page"
)

// asset is a stylesheet, script or drawing, packed once when the program
// starts and kept by browsers for ever: its name changes with its bytes.
type asset struct {
	mediaType string
	plain     []byte
	gzip      []byte
	brotli    []byte
}

// bundleAddresses are where the parts of the bundle are served; a part that is
// not in it has none.
type bundleAddresses struct {
	faces  string // the stylesheet of the typeface
	editor string // the script of the editor
}

// loadAssets packs all that pages load, by address, and gives the addresses of
// what is in the bundle.
func loadAssets(bundle fs.FS) (map[string]asset, bundleAddresses, error) {
	files, addresses := page.Files(), bundleAddresses{}
	var all []bundled.File
	for _, file := range files {
		all = append(all, bundled.File(file))
	}
	if bundle != nil {
		face, err := bundled.ReadTypeface(bundle)
		if err != nil {
			return nil, addresses, err
		}
		editor, err := bundled.ReadEditor(bundle)
		if err != nil {
			return nil, addresses, err
		}
		all = append(append(all, face.Files...), editor...)
		if face.Stylesheet != "" {
			addresses.faces = page.AssetPath + face.Stylesheet
		}
		if len(editor) > 0 {
			addresses.editor = page.AssetPath + editor[0].Name
		}
	}
	assets := map[string]asset{}
	var err error
	for _, file := range all {
		if assets[page.AssetPath+file.Name], err = pack(file.Type, file.Body); err != nil {
			return nil, addresses, err
		}
	}
	return assets, addresses, nil
}

// pack makes an asset of a file. A typeface is packed as it is.
func pack(mediaType string, body []byte) (asset, error) {
	a := asset{mediaType: mediaType, plain: body}
	if strings.HasPrefix(mediaType, "font/") {
		return a, nil
	}
	var err error
	if a.gzip, err = gzipped(body); err == nil {
		a.brotli, err = brotlied(body)
	}
	return a, err
}

func gzipped(body []byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err = z.Write(body); err == nil {
		err = z.Close()
	}
	return packed.Bytes(), err
}

func brotlied(body []byte) ([]byte, error) {
	var packed bytes.Buffer
	z := brotli.NewWriterLevel(&packed, brotli.BestCompression)
	_, err := z.Write(body)
	if err == nil {
		err = z.Close()
	}
	return packed.Bytes(), err
}

func (a asset) serve(to http.ResponseWriter, r *http.Request) {
	h := to.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body, accepts := a.plain, r.Header.Get("Accept-Encoding")
	switch {
	case a.gzip == nil:
	case strings.Contains(accepts, "br"):
		h.Set("Content-Encoding", "br")
		body = a.brotli
	case strings.Contains(accepts, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = a.gzip
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = to.Write(body) // the reader has gone: nobody is left to tell
	}
}
