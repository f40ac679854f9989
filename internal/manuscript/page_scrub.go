package manuscript

import (
	"bytes"
	"encoding/base64"
	"strings"

	"ficus/internal/pattern"
)

// What word processors write about whoever wrote a page: Word between
// comments, LibreOffice and Pages as meta elements.
var (
	pageProperties = pattern.New(`(?is)<o:(?:Custom)?DocumentProperties\b[^<>]*>.*?</o:(?:Custom)?DocumentProperties>`)
	pageMeta       = pattern.New(`(?i)<meta\b[^<>]*\bname\s*=\s*["']?(?:author|changedby|created|changed|company|manager|operator|creator|lastauthor|originator|dcterms\.[a-z]+|dc\.(?:creator|contributor))["']?[\s/>][^<>]*>?`)
	inlinePicture  = pattern.New(`(?i)data:image/[a-z.+-]+;base64,[A-Za-z0-9+/=\s%]+`)
)

// pageHead is how far into a file one looks for what makes it a page.
const pageHead = 4 << 10

// withoutPictures takes out the pictures that are written into a page, which
// is not read by them.
func withoutPictures(page string) string {
	if !strings.Contains(page, ";base64,") {
		return page
	}
	return inlinePicture.ReplaceAllString(page, "data:,")
}

// isPage tells whether bytes begin as a page of HTML. One in UTF-16, which no
// word processor saves, is not known here.
func isPage(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), pageHead)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<meta"))
}

// scrubPage takes out of a page what tells of its writer, and makes the
// pictures that stand in it anew. A picture that cannot be is left out.
func scrubPage(page []byte, remake func([]byte) ([]byte, string, error)) ([]byte, []Dropped) {
	counts := map[string]int{}
	without := func(kind string) func([]byte) []byte {
		return func([]byte) []byte { counts[kind]++; return nil }
	}
	page = pageProperties.ReplaceAllFunc(page, without("properties"))
	page = pageMeta.ReplaceAllFunc(page, without("properties"))
	page = inlinePicture.ReplaceAllFunc(page, func(address []byte) []byte {
		_, packed, _ := bytes.Cut(address, []byte(","))
		packed = bytes.Join(bytes.Fields(packed), nil)
		picture, err := base64.StdEncoding.DecodeString(string(packed))
		if err == nil {
			if made, mediaType, err := remake(picture); err == nil {
				counts["picture-data"]++
				return []byte("data:" + mediaType + ";base64," + base64.StdEncoding.EncodeToString(made))
			}
		}
		counts["picture"]++
		return []byte("data:,")
	})
	var told []Dropped
	for _, kind := range []string{"properties", "picture-data", "picture"} {
		if counts[kind] > 0 {
			told = append(told, Dropped{kind, counts[kind]})
		}
	}
	return page, told
}
