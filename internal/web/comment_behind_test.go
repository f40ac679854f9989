package web_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// More lines than comments are said at once hang in the middle of theirs.
func TestASlowLineKeepsNobodyFromCommenting(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	pell := w.settled("pell")
	for range 20 {
		line, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
		must(t, err)
		defer func() { must(t, line.Close()) }()
		_, err = fmt.Fprintf(line, "POST /works/%d/comments HTTP/1.1\r\nHost: ficus\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncomment=Hal", work)
		must(t, err)
	}
	pell.opens(pell.said(work, chapter, "The kettle!")).has("The kettle!")
}

// What is sent beyond what a comment may be is read where its limit holds.
func TestACommentOfManyMegabytesIsRefusedWithAWord(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	pell := w.settled("pell")
	pell.says(work, chapter, strings.Repeat("long ", 100_000)).expect(http.StatusUnprocessableEntity).has("10,000")
	pell.says(work, chapter, strings.Repeat("longer ", 2_000_000)).expect(http.StatusRequestEntityTooLarge)
}

// A comment whose form breaks off is not said, and is answered with a sentence.
func TestACommentThatIsCutOffIsNotSaid(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	line, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
	must(t, err)
	_, err = fmt.Fprintf(line, "POST /works/%d/comments HTTP/1.1\r\nHost: ficus\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nguest_name=Kim&comment=The+kettle", work)
	must(t, err)
	must(t, line.(*net.TCPConn).CloseWrite())
	said, err := io.ReadAll(line)
	must(t, err)
	must(t, line.Close())
	if !strings.HasPrefix(string(said), "HTTP/1.1 4") {
		t.Errorf("answered with %.300q", said)
	}
	w.guest().opens(workPath(work, "/comments")).lacks("The kettle")
}
