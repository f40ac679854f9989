package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

func commentForm() page.CommentForm {
	return page.CommentForm{Action: "/works/1/comments", Chapter: 7, Limits: archive.DefaultLimits()}
}

func said(id int64, name, html string) page.Comment {
	url := fmt.Sprintf("/comments/%d", id)
	return page.Comment{ID: id, URL: url, By: page.Person{Name: name, URL: "/users/" + name}, At: now.Add(-time.Duration(100-id) * time.Hour), HTML: html, Answer: url + "/answer"}
}

// deepThread is answers under answers, so many levels.
func deepThread(level, levels int) page.Comment {
	c := said(int64(20+level), fmt.Sprintf("reader_%d", level), fmt.Sprintf("<p>This is said at level %d, of a kettle.</p>", level))
	c.Level, c.To = level, fmt.Sprintf("reader_%d", level-1)
	if level < levels {
		c.Answers = []page.Comment{deepThread(level+1, levels)}
	}
	return c
}

func sampleComments() []page.Comment {
	first := said(1, "Pell", "<p>The goose. <em>The goose.</em> I have read it three times and I laughed at the same place each time.</p><blockquote><p>It had a voice like a small, offended goose</p></blockquote><p>That is my grandmother’s kettle.</p>")
	first.Pinned, first.Edited = true, now.Add(-time.Hour)
	author := said(2, "mara_q", "<p>It is everybody’s grandmother’s kettle. Thank you.</p>")
	author.Author, author.By.URL = true, "/users/mara_q"
	author.Answers = []page.Comment{{ID: 3, URL: "/comments/3", Place: "deleted", Answers: []page.Comment{said(4, "ilse", "<p>Still here, a year later.</p>")}}}
	first.Answers = []page.Comment{author, {ID: 5, URL: "/comments/5", Place: "muted"}}
	guest := said(6, "Kim", "<p>"+strings.Repeat("Aaaaaa", 60)+"</p>")
	guest.Guest, guest.By.URL = true, ""
	return []page.Comment{first, guest, deepThread(1, 7)}
}

// commentStories are what readers say where a chapter ends, and after.
func commentStories(t testing.TB) []story {
	chapter := storyStories(t)[0].page.(page.ChapterPage)
	chapter.Answers = page.Answers{Open: true, Form: commentForm(), Comments: sampleComments(), Count: 88, All: "/works/1/comments?chapter=7", Whole: page.Link{Text: "All 412 comments on the work", URL: "/works/1/comments"}}
	chapter.Answers.Form.Guest, chapter.Answers.Form.Waits = true, "The writer reads what guests say before others do."
	own := chapter
	own.Shell = member(t, chapter.Title, chapter.Path)
	own.Answers.Form = commentForm()
	own.Answers.Form.FormID, own.Answers.Form.Pseuds, own.Answers.Form.Pseud = "f1", []string{"mara_q", "lampblack"}, "lampblack"
	own.Answers.Held = page.Link{Text: "3 comments wait for you", URL: page.PathHeld}
	held := said(9, "Kim", "<p>May I translate this?</p>")
	held.Guest, held.Held, held.By.URL, held.Answer, held.Delete = true, true, "", "", "/comments/9/delete"
	held.Acts = []page.CommentAct{{Do: "approve", Text: "Let it stand"}, {Do: "spam", Text: "It is spam"}}
	own.Answers.Comments = append([]page.Comment{held}, sampleComments()...)
	own.Answers.Comments[1].Acts = []page.CommentAct{{Text: "Block", URL: "/users/Pell/block"}, {Text: "Mute", URL: "/users/Pell/mute"}, {Do: "pin", Text: "Put it first"}}
	closed := chapter
	closed.Answers = page.Answers{Closed: "Comments on this work are for members.", SignIn: true, All: "/works/1/comments?chapter=7"}
	comments := page.CommentsPage{
		Shell: member(t, "Comments · Salt in the Kettle", "/works/1/comments"), Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, Lang: "en", Heading: "Comments",
		Count: 412, Sorts: []page.Choice{{Text: "Newest first", URL: "?", Chosen: true}, {Text: "Oldest first", URL: "?sort=oldest"}}, Answers: own.Answers,
		Pager: page.NewPager(2, 9, func(n int) string { return fmt.Sprintf("?page=%d", n) }),
	}
	for i := range comments.Answers.Comments {
		comments.Answers.Comments[i].About = page.Link{Text: "on chapter 7", URL: "/works/1/chapters/7"}
	}
	comments.Answers.Comments[1].About = page.Link{Text: "on a chapter since deleted"}
	none := comments
	none.Shell, none.Answers, none.Pager, none.Sorts, none.Count = guest(t, comments.Title, comments.Path), closed.Answers, page.Pager{}, nil, 0
	anonymous := said(7, "", "<p>I cannot tell you that.</p>")
	anonymous.By, anonymous.Anonymous, anonymous.Author, anonymous.Frozen, anonymous.More = page.Person{}, true, true, true, 112
	anonymous.Answers = []page.Comment{{ID: 8, URL: "/comments/8", Place: "hidden"}}
	thread := page.ThreadPage{Shell: member(t, "A comment", "/comments/7"), Work: comments.Work, Lang: "en", Heading: "A comment by Anonymous", Comment: anonymous,
		Up: page.Link{Text: "What it answers", URL: "/comments/1"}, Whole: page.Link{Text: "The whole thread", URL: "/comments/1"}, Back: page.Link{Text: "Back to chapter 7", URL: "/works/1/chapters/7"}, On: page.Link{Text: "Next: chapter 8", URL: "/works/1/chapters/8"}}
	answer := page.CommentFormPage{Shell: guest(t, "Answer", "/comments/1/answer"), Work: comments.Work, Lang: "en", Heading: "Answer Pell", To: sampleComments()[:1], Form: commentForm(), Back: page.Link{Text: "Back to the thread", URL: "/comments/1"}}
	answer.Form.Guest, answer.Form.Filled = true, true
	answer.Form.Errors = page.Errors{{Field: "comment", Text: "Your comment: please fill this in."}, {Field: "guest_name", Text: "Your name: please fill this in."}}
	waiting := page.HeldPage{Shell: member(t, "Comments that wait for you", page.PathHeld), Total: 2, Comments: []page.Comment{held, held}, Paused: now.Add(20 * time.Hour)}
	for i := range waiting.Comments {
		waiting.Comments[i].ID, waiting.Comments[i].Work = int64(40+i), comments.Work
	}
	waiting.Comments[1].Place = "suspect"
	return []story{
		{"chapter-answers", chapter}, {"chapter-answers-own", own}, {"chapter-answers-closed", closed},
		{"comments", comments}, {"comments-none", none}, {"thread", thread}, {"answer", answer},
		{"held", waiting}, {"held-none", page.HeldPage{Shell: member(t, "Comments that wait for you", page.PathHeld)}},
	}
}
