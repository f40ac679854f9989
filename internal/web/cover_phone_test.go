package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"ficus/internal/testkit/browser"
)

// On a phone, without script: from the page of the work to a cover in its books,
// over a picture that is none.
func TestACoverIsSentFromAPhoneWithoutScript(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	folder := t.TempDir()
	note, photo := filepath.Join(folder, "note.txt"), filepath.Join(folder, "photo.png")
	must(t, os.WriteFile(note, []byte("Once upon a time."), 0o600))
	must(t, os.WriteFile(photo, poster(t, 900, 600, 200), 0o600))

	p := browser.Start(t, w.address, browser.Settings{Phone: true, NoScript: true})
	p.Open("/sign-in")
	p.Fill("Name", "ada")
	p.Fill("Password", password)
	p.Submit("Sign in")
	p.Open(workPath(work) + "/edit")
	p.Follow("The cover of its books")
	p.Sees("The cover as it is now: drawn.")
	p.Axe()
	p.Look("cover-phone-drawn")
	p.Upload("Picture", note)
	p.Fill("What the picture shows, in words", "A lamp, lit")
	p.Submit("Save the cover")
	p.Sees("this is not a picture we can read")
	need(t, "what was typed", p.Value("What the picture shows, in words"), "A lamp, lit")
	p.Axe()
	p.Upload("Picture", photo)
	p.Submit("Save the cover")
	p.Sees("The cover as it is now: your picture.")
	p.Axe()
	p.Look("cover-phone-own")
	p.Open(workPath(work) + "/download")
	need(t, "covers on the page of its files", p.Count(`.cover img[alt="A lamp, lit"]`), 1)
	p.Follow("The cover of its books")
	p.Submit("Take my picture away")
	p.Sees("The cover as it is now: drawn.")
	need(t, "the cover after all", w.cover(work).IsOwn(), false)
}
