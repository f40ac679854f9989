package web_test

import "testing"

func TestWorldServesAPostedWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		w.guest().opens(workPath(work)).has("The Lamp Keepers", "The lamp was lit at six.", "ada")
		ada.opens("/my-works").has("The Lamp Keepers")
	})
}
