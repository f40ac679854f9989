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

// What a member does about what they do not want to meet beside people.
const (
	ActMuteTag       = "mute-tag"
	ActMuteWork      = "mute-work"
	ActMuteWord      = "mute-word"
	ActAddWord       = "add-word"
	ActMuteAnonymous = "mute-anonymous"
	ActShowAnonymous = "show-anonymous"
)

// PersonPage asks before a person is blocked or muted, or a tag or a work is
// muted, and says what that does.
type PersonPage struct {
	Shell
	Errors Errors // of person
	Name   string
	Act    string // ActBlock, ActMute, ActMuteTag or ActMuteWork
	Action string
	Back   string
}

// Render writes the page.
func (p PersonPage) Render(ctx context.Context, w io.Writer) error {
	return personPage(p).Render(ctx, w)
}

// PeoplePage lists whom a member blocks and mutes, and what else they mute. Its
// forms post do, and id or word.
type PeoplePage struct {
	Shell
	Blocked []TiedPerson
	Muted   []TiedPerson

	MutedTags, MutedWorks, MutedWords []TiedPerson

	HidesAnonymous bool
	Word           string // as it was typed, where it cannot be muted
	Errors         Errors // of thing and word
}

// word is what is typed to mute it.
func (p PeoplePage) word() field {
	return field{name: "word", label: p.T("muted.word"), help: p.T("muted.word_help"), value: p.Word, errors: p.Errors, class: "short"}
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

// anonymousWords say whether works without a name are muted.
var anonymousWords = map[bool]string{true: "muted.anonymous_hidden", false: "muted.anonymous_shown"}
