package mail

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// TellComment tells a work's creators of a comment, or that one waits for them,
// and whom it answers. Who said it gets no copy, unless they wish one. Nobody
// is told of a comment they would not read, or by someone they muted.
func (t *Teller) TellComment(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeComment, func(tx *store.Tx) ([]told, error) { return t.toldOfComment(ctx, tx, e) })
}

// TellCommentAtOnce is TellComment in a transaction of others, unless somebody
// is to have a mail: then it does nothing, and reports that.
func (t *Teller) TellCommentAtOnce(ctx context.Context, tx *store.Tx, e archive.Event) (done bool, err error) {
	members, err := t.toldOfComment(ctx, tx, e)
	if err != nil || slices.ContainsFunc(members, func(m told) bool { return m.byMail }) {
		return false, err
	}
	return true, t.notice(ctx, tx, e, archive.NoticeComment, members)
}

func (t *Teller) toldOfComment(ctx context.Context, tx *store.Tx, e archive.Event) ([]told, error) {
	m, err := tx.Comments.Find(ctx, e.Subject)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kinds, err := hearers(ctx, tx, e, m)
	if err != nil {
		return nil, err
	}
	listeners, err := tx.Accounts.Listeners(ctx, slices.Collect(maps.Keys(kinds))...)
	if err != nil {
		return nil, err
	}
	var members []told
	for _, l := range listeners {
		one, err := t.hearer(ctx, tx, m, l, kinds[l.ID])
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		members = append(members, one)
	}
	return members, nil
}

// noticeCopy is no notice: a copy of one's own words goes by mail alone.
const noticeCopy archive.NoticeKind = "copy"

// hearers are the accounts a comment concerns, with what each is told.
func hearers(ctx context.Context, tx *store.Tx, e archive.Event, m archive.Comment) (map[int64]archive.NoticeKind, error) {
	kinds := map[int64]archive.NoticeKind{}
	kind := archive.NoticeHeld
	switch {
	case m.IsPublic():
		kind = archive.NoticeComment
	case m.State != archive.CommentWaiting && m.State != archive.CommentSuspect:
		return nil, nil
	}
	creators, err := tx.Works.Creators(ctx, m.Work)
	if err != nil {
		return nil, err
	}
	byCreator := false
	for _, c := range creators {
		byCreator = byCreator || c.Account == e.Actor
		kinds[c.Account] = kind
	}
	if e.Kind == archive.CommentApproved && byCreator { // they were told when it began to wait
		clear(kinds)
	}
	answered, err := answeredBy(ctx, tx, m)
	if answered != 0 {
		kinds[answered] = archive.NoticeReply
	}
	delete(kinds, m.Account)
	if m.Account != 0 && e.Kind != archive.CommentApproved {
		kinds[m.Account] = noticeCopy
	}
	return kinds, err
}

// answeredBy is the account whom a comment answers where everyone reads it; 0:
// none.
func answeredBy(ctx context.Context, tx *store.Tx, m archive.Comment) (int64, error) {
	if m.Parent == 0 || !m.IsPublic() {
		return 0, nil
	}
	answered, err := tx.Comments.Find(ctx, m.Parent)
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	}
	return answered.Account, err
}

// hearer is one account that is told of a comment; archive.ErrNotFound when it
// is not to be told.
func (t *Teller) hearer(ctx context.Context, tx *store.Tx, m archive.Comment, l store.Listener, kind archive.NoticeKind) (told, error) {
	byMail := l.Wishes.Mails(topicOf(kind)) == archive.MailAtOnce && l.Mail() != ""
	if kind == noticeCopy && !byMail { // so most of those who comment
		return told{}, archive.ErrNotFound
	}
	v := archive.Viewer{Account: l.ID, Name: l.Name, Staff: l.Staff}
	heard, err := tx.Threads.Hear(ctx, v, m.ID)
	if err != nil {
		return told{}, err
	}
	if veiled := heard.Creator && heard.Anonymous; !m.SeenBy(v, heard.Own, "") || heard.Muted && !veiled {
		return told{}, archive.ErrNotFound
	}
	one := told{
		account: l.Account, byMail: byMail, quiet: kind == noticeCopy, topic: topicOf(kind),
		about: archive.Notice{Kind: kind, Subject: m.ID, Chapter: m.Chapter},
	}
	if one.byMail {
		one.letter = t.commentLetter(l.Account, m, heard, kind)
	}
	return one, nil
}

// topicOf is what a member decides for such notices.
func topicOf(kind archive.NoticeKind) archive.Topic {
	if kind == noticeCopy {
		return archive.TopicCopies
	}
	return kind.Topic()
}

// commentWords are what a mail says of a comment.
var commentWords = map[archive.NoticeKind]struct{ subject, told string }{
	archive.NoticeComment: {"mail.comment.subject", "mail.comment.told"},
	archive.NoticeHeld:    {"mail.held.subject", "mail.held.told"},
	archive.NoticeReply:   {"mail.reply.subject", "mail.reply.told"},
	noticeCopy:            {"mail.copy.subject", "mail.copy.told"},
}

func (t *Teller) commentLetter(to archive.Account, m archive.Comment, heard store.Heard, kind archive.NoticeKind) letter {
	words := t.speaks(to)
	name := heard.Name
	switch {
	case heard.Creator && heard.Anonymous:
		name = words.T("byline.anonymous")
	case name == "" && m.Guest != "":
		name = m.Guest
	case name == "":
		name = words.T("mail.somebody")
	}
	args := []any{"Name", name, "Title", heard.Title, "Site", t.site.name()}
	return letter{
		subject:    words.T(commentWords[kind].subject, args...),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.T(commentWords[kind].told, args...), prose.ReadStored(m.Body).Text(0)},
		action:     words.T("mail.comment.read"),
		address:    t.commentAddress(m.ID),
		why:        words.T("mail.wishes.why", "Address", t.site.Address+"/account/mail"),
	}
}

func (t *Teller) commentAddress(id int64) string {
	return t.site.Address + "/comments/" + strconv.FormatInt(id, 10)
}

// TellKudos tells a work's creators how many left kudos since they were last
// told. By mail it comes once a day, with what else does.
func (t *Teller) TellKudos(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeKudos, func(tx *store.Tx) ([]told, error) {
		creators, err := tx.Works.Creators(ctx, e.Work)
		if err != nil {
			return nil, err
		}
		var members []told
		met := map[int64]bool{}
		for _, c := range creators {
			if met[c.Account] {
				continue
			}
			met[c.Account] = true
			account, err := tx.Accounts.Find(ctx, c.Account)
			if err != nil {
				return nil, err
			}
			members = append(members, told{account: account, about: archive.Notice{Number: int(e.Subject)}})
		}
		return members, nil
	})
}
