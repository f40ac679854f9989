package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"ficus/internal/testkit/browser"
)

// oldMail is a story as it came through a newsgroup, by one who is nobody.
const oldMail = `From: quill@example.net (Quill)
Newsgroups: alt.tv.lampkeeper.creative
Date: 3 Mar 1998 04:12:09 GMT
Subject: NEW: Oil (1/1) by Quill

TITLE: Oil
AUTHOR: Quill <quill@example.net>
RATING: PG
SUMMARY: A storm, a lamp,
     and what the Captain did not say.
DISCLAIMER: The Keeper belongs to nobody here.

*************

NORTHLIGHT STATION
2315 hours

The lamp had gone out *again*, and the wind came in at the window
that nobody had shut.

/He is lying,/ the Keeper thought.

*************

"Oil," said the Captain. He said it to the wall.

-- 
Quill
+44 1632 960 112
`

// What a phone holds is brought and reviewed on it, with script and without: a
// Word file and a paste of Google Docs have tests of their own.
func TestAnOldMailAndABookAreReviewedOnAPhone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with-scripts": {Phone: true}, "without": {Phone: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.member("mara")
			p := w.reads(how)
			signIn(p, "mara")
			dir := t.TempDir()
			for file, c := range map[string]struct {
				data string
				sees []string
			}{
				"oil.txt":  {oldMail, []string{"Oil", "A storm, a lamp, and what the Captain did not say.", "NORTHLIGHT STATION", "He said it to the wall."}},
				"oil.epub": {bookFile(t), []string{"The Lamp", "very", "nobody came."}},
			} {
				path := filepath.Join(dir, file)
				must(t, os.WriteFile(path, []byte(c.data), 0o600))
				p.Open("/works/new/upload")
				p.Upload("A file, or several", path)
				p.Submit("Read it")
				for _, text := range c.sees {
					p.Sees(text)
				}
				p.Sees("Sure")
				p.Axe()
				p.Look("review-" + file + "-" + name)
			}
		})
	}
}
