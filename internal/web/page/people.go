package page

import (
	"context"
	"io"
	"time"
)

// PathPeople is whom a member keeps away.
const PathPeople = "/account/people"

// What a member does about a person.
const (
	ActBlock = "block"
	ActMute  = "mute"
)

// PersonPage asks before a person is blocked or muted, and says what that does.
type PersonPage struct {
	Shell
	Errors Errors // of person
	Name   string
	Act    string // ActBlock or ActMute
	Action string
	Back   string
}

// Render writes the page.
func (p PersonPage) Render(ctx context.Context, w io.Writer) error {
	return personPage(p).Render(ctx, w)
}

// PeoplePage lists whom a member blocks and mutes. Its forms post id and do.
type PeoplePage struct {
	Shell
	Blocked []TiedPerson
	Muted   []TiedPerson
}

// TiedPerson is one of them.
type TiedPerson struct {
	Person
	ID    string
	Since time.Time
}

// Render writes the page.
func (p PeoplePage) Render(ctx context.Context, w io.Writer) error {
	return peoplePage(p).Render(ctx, w)
}
