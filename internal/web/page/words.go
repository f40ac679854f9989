package page

import "ficus/internal/archive"

// The messages of what is named by a word of archive's.
var (
	topicWords = map[string]string{
		"comments": "topic.comments", "replies": "topic.replies", "kudos": "topic.kudos", "gifts": "topic.gifts", "following": "topic.following", "books": "topic.books", "site": "topic.site",
	}
	letterWords = map[string]string{
		"comments": "letters.comments", "replies": "letters.replies", "kudos": "letters.kudos", "gifts": "letters.gifts", "following": "letters.following", "books": "letters.books",
		"copies": "letters.copies", "daily": "letters.daily",
	}
	wishWords = map[archive.MailWish]string{archive.MailAtOnce: "wish.once", archive.MailHourly: "wish.hourly", archive.MailDaily: "wish.daily", archive.MailNever: "wish.never"}
	stopWords = map[string]string{"ask": "stop.ask", "stopped": "stop.stopped", "undone": "stop.undone"}
)

// awayWords are what a page says of one way to keep a person away.
type awayWords struct{ does, not, button, list, undo string }

var actWords = map[string]awayWords{
	ActBlock: {"people.block_does", "people.block_not", "people.block_button", "people.block_list", "people.unblock"},
	ActMute:  {"people.mute_does", "people.mute_not", "people.mute_button", "people.mute_list", "people.unmute"},

	ActMuteTag:  {"muted.tag_does", "muted.tag_not", "people.mute_button", "muted.tags", "people.unmute"},
	ActMuteWork: {"muted.work_does", "muted.work_not", "people.mute_button", "muted.works", "people.unmute"},
	ActMuteWord: {list: "muted.words", undo: "people.unmute"},
}
