package web_test

import (
	"testing"

	"ficus/internal/testkit/browser"
)

// Every page of the writer's desk on a phone: nothing for axe to find, nothing
// that scrolls sideways.
func TestTheDeskOnAPhone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"light": {Phone: true}, "dark, without scripts": {Phone: true, Dark: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			work := w.posts(mara.viewer, fields("Salt in the Kettle"), "The first.", "The second.", "The third.")
			w.drafts(mara.viewer, fields("A draft"))
			w.deletes(mara.viewer, w.posts(mara.viewer, fields("Deleted")))
			chapter := chapterPath(work, w.chapters(work)[0].ID)
			p := w.reads(how)
			signIn(p, "mara")
			for shot, path := range map[string]string{
				"work-new": "/works/new", "upload": "/works/new/upload", "review": mara.brings(pasted), "my-works": "/my-works", "work-edit": workPath(work, "/edit"),
				"manage": workPath(work, "/chapters"), "chapter-new": workPath(work, "/chapters/new"), "chapter-edit": chapter + "/edit",
				"versions": chapter + "/revisions", "version": chapter + "/revisions/1", "chapter-delete": chapter + "/delete", "work-delete": workPath(work, "/delete"),
			} {
				if status := p.Open(path); status != 200 {
					t.Errorf("%s is answered with %d", path, status)
				}
				p.Axe()
				p.Look("desk-" + shot)
				if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
					t.Errorf("%s scrolls sideways by %d points", path, wide)
				}
			}
		})
	}
}
