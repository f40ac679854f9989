package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// drawn is a page ready to send.
type drawn struct {
	status int
	body   []byte // nil: unpack it
	gzip   []byte // nil: not worth packing
	etag   string
	plain  string // lengths in digits
	packed string
	agree  keepUnder
	visit  int64 // the work that opening it is a visit to; 0: none
	route  string
	policy []string  // of what the page may load; nil: as every page
	media  []string  // its media type; nil: a page's
	at     time.Time // when it was drawn
	used   *inUse    // of a page that is kept
}

// press packs pages. What packs one takes near a megabyte, so it is used again.
type press struct{ packers sync.Pool }

// smallest is the size below which packing costs more than it saves, and
// tightness how hard is tried: harder takes twice the time for a hundredth.
const (
	smallest  = 1024
	tightness = 6
)

func (p *press) draw(body []byte) (*drawn, error) {
	sum := sha256.Sum256(body)
	d := &drawn{body: body, etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, plain: strconv.Itoa(len(body))}
	if len(body) < smallest {
		return d, nil
	}
	z, pooled := p.packers.Get().(*gzip.Writer)
	if !pooled {
		var err error
		if z, err = gzip.NewWriterLevel(nil, tightness); err != nil {
			return nil, err
		}
	}
	defer p.packers.Put(z)
	packed := bytes.NewBuffer(make([]byte, 0, len(body)/2))
	z.Reset(packed)
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	d.gzip, d.packed = packed.Bytes(), strconv.Itoa(packed.Len())
	return d, nil
}

// small is the page as it is kept: packed alone, since nearly every browser
// asks for that, and two or three times as many fit.
func (d *drawn) small() *drawn {
	if d.gzip == nil {
		return d
	}
	kept := *d
	kept.body, kept.gzip = nil, bytes.Clone(d.gzip)
	return &kept
}

// whole is the page with what it unpacks to.
func (d *drawn) whole() (*drawn, error) {
	z, err := gzip.NewReader(bytes.NewReader(d.gzip))
	if err != nil {
		return nil, fmt.Errorf("unpack a kept page: %w", err)
	}
	whole := *d
	if whole.body, err = io.ReadAll(z); err != nil {
		return nil, fmt.Errorf("unpack a kept page: %w", err)
	}
	return &whole, nil
}

// takesPacked reports whether who asks can unpack.
func takesPacked(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}

// send writes headers and body, or only "not modified".
func (d *drawn) send(to http.ResponseWriter, r *http.Request) {
	h := to.Header()
	h["Content-Type"] = headerHTML
	h["Cache-Control"] = headerRevalidate
	h["Vary"] = headerVary
	h["Etag"] = []string{d.etag}
	if d.media != nil {
		h["Content-Type"] = d.media
	}
	if d.policy != nil {
		h["Content-Security-Policy"] = d.policy
	}
	if d.status == http.StatusOK && matches(r.Header.Get("If-None-Match"), d.etag) {
		to.WriteHeader(http.StatusNotModified)
		return
	}
	body, length := d.body, d.plain
	if d.gzip != nil && takesPacked(r) {
		h["Content-Encoding"] = headerGzip
		body, length = d.gzip, d.packed
	}
	h["Content-Length"] = []string{length}
	to.WriteHeader(d.status)
	if r.Method != http.MethodHead {
		_, _ = to.Write(body) // the reader has gone: nobody is left to tell
	}
}

// Header values that are the same on every page are shared, not made anew.
var (
	headerHTML       = []string{"text/html; charset=utf-8"}
	headerRevalidate = []string{"private, no-cache"}
	headerVary       = []string{"Cookie, Accept-Encoding, Accept-Language"}
	headerGzip       = []string{"gzip"}
)
