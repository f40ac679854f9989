package archive_test

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"testing"

	"ficus/internal/archive"
)

// The pieces KOReader reads are those at 0, 1,024, 4,096, 16,384, …, as far as
// the file goes.
func TestAFileIsKnownAsKOReaderKnowsIt(t *testing.T) {
	for _, size := range []int{0, 1, 1023, 1024, 1500, 2048, 4096, 5000, 70_000, 1 << 20, 1<<20 + 512, 5 << 20} {
		file := make([]byte, size)
		for i := range file {
			file[i] = byte(i*i>>3 + i>>9)
		}
		var pieces []byte
		for _, at := range []int{0, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28, 1 << 30} {
			if at < size {
				pieces = append(pieces, file[at:min(at+1024, size)]...)
			}
		}
		want := md5.Sum(pieces)
		got, err := archive.PartialDigest(bytes.NewReader(file))
		if err != nil || got != hex.EncodeToString(want[:]) {
			t.Errorf("a file of %d bytes is known as %s, %v", size, got, err)
		}
	}
	if got := archive.NameDigest("mara - Salt and Iron.epub"); len(got) != 32 || got == archive.NameDigest("mara - Salt.epub") {
		t.Errorf("its name is known as %s", got)
	}
}
