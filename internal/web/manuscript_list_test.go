package web_test

import (
	"fmt"
	"net/http"
	"testing"

	"ficus/internal/web/page"
)

func TestWritersFindEverythingTheyBrought(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		mara.opens(page.PathBrought).has("You have brought no text yet.")
		for i := range 60 {
			_, err := w.writing.Bring(t.Context(), mara.viewer, fmt.Sprintf("lamp-%02d.txt", i), []byte(fmt.Sprintf("One lamp, and %d more of them.", i)))
			must(t, err)
		}
		_, err := w.writing.Bring(t.Context(), pell.viewer, "kettle.txt", []byte("The kettle boiled."))
		must(t, err)
		first := mara.opens(page.PathBrought).has("lamp-59.txt", "lamp-10.txt", "/original").lacks("lamp-09.txt", "kettle.txt")
		mara.opens(linkTo(first, "Earlier ones")).has("lamp-09.txt", "lamp-00.txt").lacks("lamp-10.txt", "Earlier ones", "kettle.txt")
		pell.opens(page.PathBrought).has("kettle.txt").lacks("lamp-")
		for _, odd := range []string{"?before=-1", "?before=x", "?before=99999999999999999999"} {
			mara.opens(page.PathBrought + odd).has("lamp-59.txt")
		}
		mara.opens("/works/new/upload").has("Everything you brought")
		w.guest().get(page.PathBrought).expect(http.StatusSeeOther)
	})
}
