package book

import (
	"cmp"
	"crypto/sha1"
	"fmt"
	"strconv"
	"strings"
)

// urlNamespace is the namespace for names that are addresses (RFC 9562,
// appendix A, 6ba7b811-9dad-11d1-80b4-00c04fd430c8).
var urlNamespace = [16]byte{
	0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
}

// Identifier is the permanent name of the book, "urn:uuid:…", version 5. For a
// work of a site it comes from the site's address and the work's id and
// nothing else. A book bound from files has neither, so it comes from title,
// creators and language: the text may change under it.
// A copy of some chapters is a book of its own, named by them too.
func (b Book) Identifier() string {
	if chosen, err := b.chosen(); err == nil {
		b = chosen
	}
	id := b.Identity
	name := id.Origin + "/works/" + strconv.FormatInt(id.WorkID, 10)
	if id.WorkID == 0 {
		name = "ficus:bound/" + strings.Join(append([]string{b.Language, b.Title}, b.Creators...), "\x1f")
	}
	if b.isPart() {
		var ids []int64
		for _, c := range b.Chapters {
			ids = append(ids, cmp.Or(c.ID, -int64(c.Number)))
		}
		name += "?chapters=" + idList(ids)
	}
	return "urn:uuid:" + uuidFromName(name)
}

// uuidFromName makes a version 5 UUID (RFC 9562, 5.5) of an address.
func uuidFromName(name string) string {
	sum := sha1.Sum(append(urlNamespace[:], name...))
	u := sum[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
