package main

import (
	"net/url"
	"path/filepath"

	"ficus/internal/manuscript"
)

// insidePicture is a picture that lies in a manuscript, by the address its
// chapters have for it.
type insidePicture struct {
	src  string
	from manuscript.Picture
}

// nameInside names the pictures that lie in the manuscript after it, since
// every word processor calls its first one the same.
func (t *boundFile) nameInside() {
	names := map[string]string{}
	for _, picture := range t.reading.Pictures {
		names[picture.Name] = "inside/" + url.PathEscape(filepath.Base(t.name)) + "/" + url.PathEscape(picture.Name)
		t.inside = append(t.inside, insidePicture{names[picture.Name], picture})
	}
	if len(names) == 0 {
		return
	}
	for _, work := range t.reading.Works {
		for i := range work.Chapters {
			c := &work.Chapters[i]
			c.Body = c.Body.MapImages(func(src string) (string, bool) {
				if name, ok := names[src]; ok {
					return name, true
				}
				return src, true
			})
		}
	}
}
