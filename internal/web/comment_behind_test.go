package web_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"ficus/internal/store"
)

// atOnce has so many things done at the same time, and gives how each was
// answered.
func atOnce(n int, do func(i int) answer) []answer {
	answers := make([]answer, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			answers[i] = do(i)
		})
	}
	close(start)
	all.Wait()
	return answers
}

// Each of many who comment in the same moment is told what became of theirs:
// that it stands, where, or what is wrong with it.
func TestCommentsOfOneMomentAreEachAnswered(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		work := w.posts(w.member("mara").viewer, fields("Salt"))
		chapter := w.chapters(work)[0].ID
		var members []*client
		for i := range 6 {
			members = append(members, w.settled(fmt.Sprintf("reader%d", i)))
		}
		kim := w.guest()
		of := func(i int) string { return fmt.Sprintf("Lamp number %d.", i) }
		answers := atOnce(24, func(i int) answer {
			c := members[i%6]
			switch {
			case i < 12:
				return c.says(work, chapter, of(i))
			case i < 14: // one form, sent twice
				return members[0].says(work, chapter, of(12), "form_id", "once")
			case i < 16:
				return c.says(work, chapter, "  ")
			case i < 18:
				return c.says(work+1000, chapter, of(i))
			case i < 20:
				return c.says(work, chapter, strings.Repeat("lamp ", 3_000))
			case i < 22:
				return kim.says(work, chapter, of(i))
			}
			return c.says(work, chapter, of(i), "parent", "999999")
		})
		page := members[0].opens(workPath(work, "/comments"))
		for i, a := range answers {
			switch {
			case i < 14:
				a.expect(http.StatusSeeOther)
				members[1].opens(a.to()).has(of(min(i, 12)))
				page.has(of(min(i, 12)))
			case i < 16, i >= 18 && i < 20:
				a.expect(http.StatusUnprocessableEntity)
			case i < 18, i >= 22:
				a.expect(http.StatusNotFound)
			default:
				a.expect(http.StatusSeeOther)
			}
		}
		need(t, "where the form that was sent twice went", answers[12].to(), answers[13].to())
		need(t, "comments that stand", w.shownOf(chapter), 13)
	})
}

// On a disk that fills up, who is told that their comment stands finds it, and
// who is not finds what they typed.
func TestCommentsOfOneMomentOnAFullDisk(t *testing.T) {
	w := newWorldOnADisk(t, 500)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	pell := w.settled("pell")
	of := func(round, i int) string {
		return fmt.Sprintf("Lamp %d of %d. %s", i, round, strings.Repeat("Oil for a winter of nights. ", 200))
	}
	stood, refused := 0, 0
	for round := 0; refused == 0 && round < 100; round++ {
		for i, a := range atOnce(10, func(i int) answer { return pell.says(work, chapter, of(round, i)) }) {
			said := strings.Fields(of(round, i))[1] + " of " + fmt.Sprint(round) + "."
			if a.status == http.StatusSeeOther {
				stood++
				continue
			}
			a.expect(http.StatusInsufficientStorage).has(said)
			refused++
		}
	}
	if refused == 0 {
		t.Fatal("the disk did not fill up")
	}
	w.log.forgive()
	need(t, "comments that stand", w.shownOf(chapter), stood)
}

// shownOf counts the comments of a chapter that everyone reads.
func (w *world) shownOf(chapter int64) (n int) {
	w.t.Helper()
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) error {
		all, err := tx.Comments.OfChapter(w.t.Context(), chapter)
		n = int(all)
		return err
	}))
	return n
}

// Who signs in with a comment that waited is let in and says it: what takes
// long does not keep those who write from it.
func TestWhoSignsInWithACommentSaysIt(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	w.settled("pell")
	c := w.guest()
	c.opens(c.said(work, chapter, "The kettle!", "again_name", "pell", "again_password", password)).has("The kettle!", "pell")
}

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

// Nor does a line that hangs far beyond what a comment may be, or one that sends
// a comment too long and does not read what is answered.
func TestALineThatHangsKeepsNobodyFromCommenting(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	pell := w.settled("pell")
	send := func(size, of int) {
		line, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
		must(t, err)
		t.Cleanup(func() { must(t, line.Close()) })
		must(t, line.(*net.TCPConn).SetReadBuffer(1))
		_, err = fmt.Fprintf(line, "POST /works/%d/comments HTTP/1.1\r\nHost: ficus\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\ncomment=%s",
			work, of, strings.Repeat("a", size-len("comment=")))
		must(t, err)
	}
	for range 20 {
		send(280_000, 400_000)
		send(250_000, 250_000)
		send(9_000, 9_000)
	}
	pell.opens(pell.said(work, chapter, "The kettle!")).has("The kettle!")
	pell.opens(pell.said(work, chapter, strings.Repeat("Oil and wicks. ", 650))).has("Oil and wicks.") // not said with others
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
