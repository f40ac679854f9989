package web_test

import (
	"net/http"
	"strconv"
	"testing"

	"ficus/internal/archive"
)

func TestAWriterPostsWithoutAName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		sent := form("title", "The Unsigned", "fandoms", "Harbour Lights", "rating", "General", "warnings", archive.WarningNone, "language", "en",
			"text", "Nobody wrote this.", "planned", "1", "comments", "everyone", "anonymous", "yes", "do", "post")
		posted := mara.postFiles("/works/new", sent).expect(http.StatusSeeOther).to()
		mara.opens(posted).has("mara", "Anonymous to readers")
		for _, reader := range []*client{pell, w.guest()} {
			reader.opens(posted).has("Anonymous").lacks("mara")
			reader.opens(posted + ".html").has("Anonymous").lacks("mara")
			reader.opens("/works").has("The Unsigned", "Anonymous").lacks("mara")
			reader.opens("/search?q=mara").lacks("Unsigned")
			reader.opens("/users/mara").lacks("Unsigned").has("0 works")
		}
		mara.opens(posted + "/edit").has(`name="anonymous" value="yes" checked`)
		w.edits(mara.viewer, idOf(t, posted), func(f *archive.WorkFields) { f.Anonymous = false })
		w.guest().opens(posted).has("mara").lacks("Anonymous")
		w.guest().opens("/users/mara").has("The Unsigned")
	})
}

func idOf(t *testing.T, path string) int64 {
	t.Helper()
	id, err := strconv.ParseInt(path[len("/works/"):], 10, 64)
	must(t, err)
	return id
}
