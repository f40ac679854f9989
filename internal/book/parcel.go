package book

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
)

// parcel writes the zip of an EPUB. Every header is complete before its file
// (old readers cannot wait for a size told afterwards) and bears the same
// instant, so equal books are equal bytes.
type parcel struct {
	zip *zip.Writer
}

// firstDay is 1 January 1980, the first day a zip knows, as it writes it.
const firstDay = 1<<5 | 1

func newParcel(w io.Writer) *parcel { return &parcel{zip: zip.NewWriter(w)} }

// store adds a file as it is: the media type, pictures.
func (p *parcel) store(name string, data []byte) error {
	return p.add(name, zip.Store, len(data), crc32.ChecksumIEEE(data), data)
}

// take adds what comes off the press.
func (p *parcel) take(i *impression) error {
	return p.add(i.href, zip.Deflate, i.size, i.sum, i.packed.Bytes())
}

func (p *parcel) add(name string, method uint16, size int, sum uint32, packed []byte) error {
	w, err := p.zip.CreateRaw(&zip.FileHeader{
		Name:   name,
		Method: method,
		//lint:ignore SA1019 CreateRaw writes this field as it is, and looks at no other for the day
		ModifiedDate:       firstDay,
		CRC32:              sum,
		UncompressedSize64: uint64(size),
		CompressedSize64:   uint64(len(packed)),
	})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err != nil {
		return fmt.Errorf("bind %s: %w", name, err)
	}
	return nil
}

func (p *parcel) close() error {
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	return nil
}
