package office

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"strings"
)

// What a packed file may ask of us. The numbers are those of PRODUCT.md for
// zips; one part of text may be as large as a library of novels.
const (
	mostEntries  = 5000
	mostUnpacked = 200 << 20
	mostText     = 48 << 20 // of one part of XML
	mostPicture  = 12 << 20
	mostRatio    = 100
	freeRatio    = 1 << 20 // a part this small may be packed as tightly as it likes
)

// pack is a zip whose names are sound.
type pack struct {
	data  []byte
	files map[string]*zip.File
	order []string
	left  int64 // bytes that may still be unpacked of it as text
}

var zipEntry = []byte("PK\x01\x02")

// hasEnd is true when the zip's list of contents closes: what was cut off has
// none.
func hasEnd(data []byte) bool { return bytes.Contains(data, []byte("PK\x05\x06")) }

// openPack reads the list of contents. It refuses one that is long, doubled,
// locked, leads out of the pack, or claims too much.
func openPack(data []byte) (*pack, error) {
	if bytes.Count(data, zipEntry) > 2*mostEntries {
		return nil, errUnpacked
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errBroken
	}
	if len(z.File) > mostEntries {
		return nil, errUnpacked
	}
	p := &pack{data: data, files: make(map[string]*zip.File, len(z.File)), left: mostUnpacked}
	var sum uint64
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := p.admit(f, name); err != nil {
			return nil, err
		}
		if f.UncompressedSize64 > mostUnpacked || sum+f.UncompressedSize64 > mostUnpacked {
			return nil, errUnpacked
		}
		sum += f.UncompressedSize64
	}
	return p, nil
}

// admit takes one entry of the list.
func (p *pack) admit(f *zip.File, name string) error {
	key := strings.ToLower(name)
	_, twice := p.files[key]
	switch {
	case twice, strings.HasPrefix(name, "/"), strings.Contains("/"+name+"/", "/../"), strings.Contains(name, ":"), strings.Contains(name, "\x00"):
		return errUnsafe
	case f.Flags&1 > 0:
		return errProtected
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return errUnsafe
	}
	p.files[key] = f
	p.order = append(p.order, name)
	return nil
}

func (p *pack) has(name string) bool {
	_, ok := p.files[strings.ToLower(name)]
	return ok
}

// read unpacks one part, which may hold at most so many bytes. What the list
// claims of it is believed only as far as the bytes bear it out.
func (p *pack) read(name string, most int64) ([]byte, error) {
	f, ok := p.files[strings.ToLower(name)]
	if !ok {
		return nil, errBroken
	}
	size := int64(f.UncompressedSize64)
	if size > most || size > p.left || size > freeRatio && size/mostRatio > int64(f.CompressedSize64) {
		return nil, errUnpacked
	}
	if f.Method == zip.Store {
		return p.stored(f, size)
	}
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, errBroken
	}
	if n, err := r.Read(make([]byte, 1)); n > 0 || err != io.EOF {
		return nil, errBroken
	}
	return data, nil
}

// stored gives a part that is not packed: a stretch of the file itself.
func (p *pack) stored(f *zip.File, size int64) ([]byte, error) {
	from, err := f.DataOffset()
	if err != nil || from < 0 || size > int64(len(p.data))-from || f.CompressedSize64 != f.UncompressedSize64 {
		return nil, errBroken
	}
	data := p.data[from : from+size : from+size]
	if crc32.ChecksumIEEE(data) != f.CRC32 {
		return nil, errBroken
	}
	return data, nil
}

// text unpacks one part of XML as UTF-8.
func (p *pack) text(name string) ([]byte, error) {
	data, err := p.read(name, mostText)
	if err != nil {
		return nil, err
	}
	if p.left -= int64(len(data)); p.left < 0 {
		return nil, errUnpacked
	}
	return utf8Of(data), nil
}

// utf8Of turns the UTF-16 that XML may be written in into UTF-8.
func utf8Of(data []byte) []byte {
	big := bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !big && !bytes.HasPrefix(data, []byte("\xff\xfe")) {
		return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	}
	return wideText(data[2:], big)
}

// kind tells the kind of file by its contents, never by its name.
func (p *pack) kind() (string, error) {
	if p.has("mimetype") {
		mime, err := p.read("mimetype", 200)
		if err != nil {
			return "", nil
		}
		return p.openDocument(strings.TrimSpace(string(mime)))
	}
	switch {
	case p.has("Index/Document.iwa"), p.has("Index.zip"), p.has("index.apxl"):
		return "", errPages
	case !p.has("[Content_Types].xml"):
		if p.has("content.xml") && p.has("META-INF/manifest.xml") {
			return p.openDocument("application/vnd.oasis.opendocument.text")
		}
		return "", nil
	case p.main() != "":
		return Docx, nil
	}
	for _, name := range p.order {
		if low := strings.ToLower(name); strings.HasPrefix(low, "xl/") || strings.HasPrefix(low, "ppt/") || strings.HasPrefix(low, "visio/") {
			return "", errOther
		}
	}
	return "", errBroken
}

func (p *pack) openDocument(mime string) (string, error) {
	rest, ok := strings.CutPrefix(mime, "application/vnd.oasis.opendocument.")
	switch {
	case !ok:
		return "", nil
	case !strings.HasPrefix(rest, "text"):
		return "", errOther
	case !p.has("content.xml"):
		return "", errBroken
	}
	manifest, err := p.text("META-INF/manifest.xml")
	if err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return "", errProtected
	}
	return Odt, nil
}
