package page

import (
	"context"
	"io"

	"ficus/internal/archive"
)

// PathLetters is where a member says what they wish by mail.
const PathLetters = "/account/mail"

// LettersPage is what a member wishes to hear by mail. Its form posts a wish
// under the name of each topic.
type LettersPage struct {
	Shell
	Proved bool // mail can reach them
	Wishes archive.Preferences
}

// Render writes the page.
func (p LettersPage) Render(ctx context.Context, w io.Writer) error {
	return lettersPage(p).Render(ctx, w)
}

func (p LettersPage) options(t archive.Topic) []pick {
	var list []pick
	for _, wish := range t.Wishes() {
		list = append(list, pick{string(wish), p.T(wishWords[wish]), p.Wishes.Mails(t) == wish})
	}
	return list
}

// StopPage stops the mails of a topic for whoever holds its address. It posts
// do ("stop", "undo") and was.
type StopPage struct {
	Shell
	Action string
	Topic  string
	State  string // "ask", "stopped" or "undone"
	Was    string // what was wished before
}

// Render writes the page.
func (p StopPage) Render(ctx context.Context, w io.Writer) error { return stopPage(p).Render(ctx, w) }
