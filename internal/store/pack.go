package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// packer keeps texts small in the database (zstd).
type packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newPacker() (*packer, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("start the compressor: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return nil, fmt.Errorf("start the decompressor: %w", err)
	}
	return &packer{encoder: encoder, decoder: decoder}, nil
}

func (p *packer) pack(text string) []byte {
	return p.encoder.EncodeAll([]byte(text), make([]byte, 0, len(text)/2+64))
}

func (p *packer) unpack(packed []byte) (string, error) {
	text, err := p.decoder.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("unpack a text: %w", err)
	}
	return string(text), nil
}

// packed scans a text that pack stored.
type packed struct {
	pack *packer
	into *string
}

// Scan unpacks the bytes.
func (p packed) Scan(value any) error {
	bytes, ok := value.([]byte)
	if !ok {
		return fmt.Errorf("store: a packed text is bytes, not %T", value)
	}
	text, err := p.pack.unpack(bytes)
	*p.into = text
	return err
}
