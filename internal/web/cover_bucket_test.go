package web_test

import (
	"io"
	"net/http"
	"testing"
)

// While the bucket cannot be reached, nothing that was typed and no cover is
// lost, and nobody is told anything but a sentence.
func TestACoverIsSafeWhileTheBucketIsDown(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	w.wears(ada.viewer, work, "A lamp")
	own := w.cover(work)
	sent := ada.coverSent(work, "A newer lamp, lit")
	must(t, w.bucket.(io.Closer).Close())

	a := ada.postFiles(coverPath(work), sent, upload{"cover", "x", string(poster(t, 400, 600, 9))})
	a.expect(http.StatusInternalServerError).has("That did not work", "A newer lamp, lit")
	w.guest().get(coverPath(work) + "/picture").expect(http.StatusInternalServerError).has("That did not work")
	w.guest().get(workPath(work) + ".epub").expect(http.StatusServiceUnavailable)
	w.log.forgive()
	need(t, "the cover", w.cover(work), own)
}
