package web_test

import (
	"testing"

	"ficus/internal/testkit/browser"
)

// From the desk to the first page and back, as one of the staff does it on a
// phone, with scripts and without.
func TestStaffWriteNewsAndARulesPageInTheBrowser(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {Phone: true}, "without": {Phone: true, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.staff("wren")
			p := w.reads(how)
			signIn(p, "wren")
			p.Open("/desk")
			p.Follow("News 0 pieces")
			p.Follow("Write news")
			p.Fill("Title", "The archive rests on Sunday")
			p.Fill("Text", "From nine to ten.\n\nA bigger disk.")
			p.Submit("Preview")
			p.Sees("Nothing is saved yet")
			p.Axe()
			p.Submit("Go on editing")
			p.Fill("Text", "From nine to ten.\n\nA <b>bigger</b> disk.")
			p.Submit("Post")
			p.Sees("A bigger disk.")
			need(t, "where it is read", p.Path(), "/news/1")
			p.Open("/")
			p.Sees("The archive rests on Sunday")
			p.Axe()
			p.Submit("Close : The archive rests on Sunday")
			p.SeesNot("The archive rests on Sunday")

			p.Open("/desk/pages")
			p.Follow("Begin a page of rules")
			p.Submit("Post")
			p.Sees("What belongs here")
			p.Open("/sign-out")
			p.Submit("Sign out")
			p.Open("/sign-up")
			p.Sees("Before you join, please read: Rules")
			p.Axe()
			p.Follow("Rules")
			need(t, "the rules", p.Path(), "/pages/rules")

			// Two of the staff.
			signIn(p, "wren")
			p.Open("/pages/rules")
			p.Follow("Change it")
			pell := w.staff("pell")
			pell.postFiles("/desk/pages/2", paper("post", "Rules", "Be kind, says Pell.", "slug", "rules", "in_footer", "yes", "base", "1")).expect(303)
			p.Fill("Text", "Be kind, says Wren.")
			p.Submit("Save the changes")
			p.Sees("pell saved another text")
			p.Axe()
			p.Submit("Keep yours")
			p.Sees("Be kind, says Wren.")
			p.Forgive()
			p.Open("/desk/pages/2/versions")
			p.Sees("as it stands now")
			p.Open("/desk/pages/2/versions/2")
			p.Follow("Put these words into the form")
			need(t, "the words of the version before", p.Value("Text"), "Be kind, says Pell.")
			p.Axe()
		})
	}
}
