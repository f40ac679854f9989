package web_test

import "net/http"

// coverRows are the rows of the covers of works.
func coverRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/cover":         {check: edits("/works/{work}/cover")},
		"POST /works/{work}/cover":        {check: changes("/works/{work}/cover")},
		"GET /works/{work}/cover/drawn":   {check: edits("/works/{work}/cover/drawn")},
		"GET /works/{work}/cover/picture": {check: coverPicture},
	}
}

// coverPicture is the picture on the front of a work's books.
func coverPicture(m meeting) {
	const pattern = "/works/{work}/cover/picture"
	if a := m.asks(http.MethodGet, m.address(pattern), nil); m.meets(a, pattern) {
		need(m.t, "the cover's type", a.expect(http.StatusOK).header.Get("Content-Type"), "image/png")
		a.lacks("zuleika")
		need(m.t, "a name for its file", a.header.Get("Content-Disposition"), "")
	}
}
