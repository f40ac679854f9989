package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

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

func loadAssets() (map[string]asset, error) {
	assets := map[string]asset{}
	for _, file := range page.Files() {
		a := asset{mediaType: file.Type, plain: file.Body}
		var err error
		if a.gzip, err = gzipped(file.Body); err != nil {
			return nil, err
		}
		if a.brotli, err = brotlied(file.Body); err != nil {
			return nil, err
		}
		assets[page.AssetPath+file.Name] = a
	}
	return assets, nil
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
