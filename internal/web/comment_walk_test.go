package web_test

import (
	"testing"

	"ficus/internal/testkit/browser"
)

// Everything that is said and judged is done in a browser that runs no script,
// on a phone.
func TestAcceptance75_PartCommentsNeedNoScript(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"), "One.", "Two.")
	w.member("pell")

	guest := w.reads(browser.Settings{NoScript: true, Phone: true})
	guest.Open(workPath(work))
	guest.Fill("Your comment", "The kettle!")
	guest.Fill("Your name", "Kim")
	guest.Submit("Comment")
	guest.Sees("Waiting for the writer")
	guest.Look("walk-comment-held")

	pell := w.reads(browser.Settings{NoScript: true, Phone: true})
	signIn(pell, "pell")
	pell.Open(workPath(work))
	pell.SeesNot("The kettle!")
	pell.Fill("Your comment", "It is a goose.")
	pell.Submit("Comment")
	pell.Sees("It is a goose.")
	pell.Follow("Edit")
	pell.Fill("Your comment", "It is a swan.")
	pell.Submit("Save")
	pell.Sees("It is a swan.")
	pell.Sees("Next: chapter 2")

	writer := w.reads(browser.Settings{NoScript: true, Phone: true})
	signIn(writer, "mara")
	writer.Open("/my-works")
	writer.Follow("1 comment waits for you")
	writer.Look("walk-held")
	writer.Check("Choose the comment by Kim")
	writer.Submit("Let them stand")
	writer.Sees("No comment waits for you.")
	writer.Open(workPath(work, "/comments"))
	writer.Sees("The kettle!")
	writer.Open("/comments/1")
	writer.Follow("Answer")
	writer.Fill("Your comment", "Thank you, Kim.")
	writer.Submit("Comment")
	writer.Sees("Thank you, Kim.")
	writer.Sees("(author)")
	writer.Follow("The whole thread")
	writer.Submit("Freeze the thread")
	writer.Sees("This thread is frozen")
	writer.Submit("Take answers again")
	writer.Submit("Put it first")
	writer.Sees("put first by the writer")
	writer.Look("walk-thread")
	writer.Open("/my-works/waiting")
	writer.Submit("Pause comments for a day")
	writer.Sees("Nobody can comment on your works until")

	pell.Open(workPath(work))
	pell.Sees("The writer takes no comments until")
	pell.Sees("Thank you, Kim.")
	pell.Look("walk-paused")
	writer.Submit("Take comments again")
	writer.Open("/comments/2")
	writer.Follow("Delete")
	writer.Submit("Delete")
	writer.SeesNot("It is a swan.")
}
