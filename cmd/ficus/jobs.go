package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/feedback"
	"ficus/internal/jobs"
	"ficus/internal/locale"
	"ficus/internal/mail"
	"ficus/internal/reading"
	"ficus/internal/store"
)

// newRunner is everything that happens because something else did, as a table
// anyone can read.
func newRunner(c config, r *rooms, g ground, site mail.Site, clock archive.Clock, limits archive.Limits) (*jobs.Runner, error) {
	words, err := locale.Open()
	if err != nil {
		return nil, err
	}
	// What may send mail is called tell, mail or remind: see isMail.
	tell := mail.NewTeller(r.store, g.sender, words, site, c.log)
	lines := []jobs.Line{
		{On: archive.WorkPosted, Name: "tell of gifts of a posted work", Do: tell.TellGift},
		{On: archive.WorkEdited, Name: "tell of gifts of an edited work", Do: tell.TellGift},
		{On: archive.WorkPosted, Name: "tell creators of an approved work", Do: tell.TellStaffAct},
		{On: archive.WorkReturned, Name: "tell creators of a returned work", Do: tell.TellStaffAct},
		{On: archive.WorkHidden, Name: "tell creators of a hidden work", Do: tell.TellStaffAct},
		{On: archive.WorkShown, Name: "tell creators of a work that is shown again", Do: tell.TellStaffAct},
		{On: archive.WorkPeeked, Name: "tell creators who looked at what is private", Do: tell.TellStaffAct},
		{On: archive.MemberTold, Name: "tell a member what staff decided", Do: tell.TellStaffAct},
		{On: archive.CaseClosed, Name: "tell who reported a closed case", Do: tell.TellReporters},
		{On: archive.StaffCalled, Name: "tell staff what waits on the desk", Do: tell.TellStaff},
		{On: archive.WorkDeleted, Name: "tell creators of a deleted work", Do: tell.TellDeleted},
		{On: archive.InvitationMade, Name: "mail an invitation", Do: tell.MailInvitation},
		{On: archive.ProofAsked, Name: "mail the link of a proof", Do: tell.MailProof},
		{On: archive.AccountJoined, Name: "remind a new member of the link", Do: tell.TellJoined},
		{On: archive.DeviceMet, Name: "tell of a new device", Do: tell.TellDevice},
		{On: archive.NameChanged, Name: "renew the bylines of works", Do: r.writing.RenewBylines},
		{On: archive.PasswordChanged, Name: "tell of a changed password", Do: tell.TellPassword},
	}
	lines = append(lines, belonging(r, tell)...)
	lines = append(lines, answered(tell, r.feedback)...)
	lines = append(lines, followed(tell)...)
	lines = append(lines, filtered(tell.TellFiltered(r.known))...)
	lines = append(lines, jobs.Line{On: archive.VolumeAsked, Name: "bind a book of several works", Do: func(ctx context.Context, e archive.Event, job archive.Job) error {
		return r.pages.BindVolume(ctx, e, job, site.Address)
	}}, jobs.Line{On: archive.VolumeEnded, Name: "tell of a book of several works", Do: tell.TellVolume})
	schedule := append(jobs.Housekeeping(r.store, limits), jobs.Periodic{
		Name: "forget deleted works whose time is over", Every: time.Hour,
		Do: func(ctx context.Context) error {
			_, err := r.writing.PurgeDeleted(ctx)
			return err
		},
	})
	schedule = append(schedule, jobs.Periodic{Name: "sweep pictures that no work shows", Every: 24 * time.Hour, Do: func(ctx context.Context) error {
		_, err := r.writing.SweepPictures(ctx)
		return err
	}})
	schedule = append(schedule, leaving(r)...)
	schedule = append(schedule, joining(r, site)...)
	schedule = append(schedule, daily(r, tell)...)
	schedule = append(schedule, calling(r)...)
	schedule = append(schedule, jobs.Periodic{Name: "forget books of several works", Every: time.Hour, Do: func(ctx context.Context) error {
		return reading.ForgetVolumes(ctx, r.store, g.bucket)
	}})
	schedule = append(schedule, nightly(c, r, g, clock)...)
	return jobs.New(r.store, clock, lines, schedule, c.log), nil
}

// joining is what the queue does by itself, and what is forgotten of it.
func joining(r *rooms, site mail.Site) []jobs.Periodic {
	return []jobs.Periodic{
		{Name: "invite from the queue", Every: 10 * time.Minute, Do: func(ctx context.Context) error {
			if site.Live().Join != archive.JoinInvited {
				return nil
			}
			return r.accounts.DrawDaily(ctx, site.Live().QueueDaily)
		}},
		{Name: "forget invitations", Every: time.Hour, Do: func(ctx context.Context) error { return r.accounts.ForgetInvitations(ctx) }},
	}
}

// calling is how staff hear of what waits for them.
func calling(r *rooms) []jobs.Periodic {
	return []jobs.Periodic{{Name: "call staff to the desk", Every: 10 * time.Minute, Do: func(ctx context.Context) error {
		_, err := r.staff.CallStaff(ctx)
		return err
	}}}
}

// answered is what follows when readers answer, or do not want to meet a word.
func answered(tell *mail.Teller, feedback *feedback.Feedback) []jobs.Line {
	return []jobs.Line{
		{On: archive.MutedWordAdded, Name: "look for a muted word", Do: feedback.LookForMutedWord},
		{On: archive.CommentAdded, Name: "tell of a comment", Do: tell.TellComment, AtOnce: tell.TellCommentAtOnce},
		{On: archive.CommentHeld, Name: "tell of a comment that waits", Do: tell.TellComment, AtOnce: tell.TellCommentAtOnce},
		{On: archive.CommentApproved, Name: "tell of an approved comment", Do: tell.TellComment, AtOnce: tell.TellCommentAtOnce},
		{On: archive.KudosGathered, Name: "tell of kudos", Do: tell.TellKudos},
	}
}

// followed is what may show a chapter to those who follow its work or its
// creators: it was posted, or readers see now what they did not see before.
func followed(tell *mail.Teller) (lines []jobs.Line) {
	for _, on := range []archive.EventKind{
		archive.WorkPosted, archive.ChapterPosted, archive.WorkShown, archive.WorkRestored, archive.WorkVeiled, archive.WorkEdited,
	} {
		lines = append(lines, jobs.Line{On: on, Name: "tell followers", Do: tell.TellFollowers})
	}
	return lines
}

// filtered is what may bring a work into the list of a saved filter.
func filtered(tell func(context.Context, archive.Event, archive.Job) error) (lines []jobs.Line) {
	for _, on := range []archive.EventKind{
		archive.WorkPosted, archive.WorkEdited, archive.ChapterPosted, archive.ChapterEdited, archive.ChapterDeleted,
		archive.WorkShown, archive.WorkRestored, archive.WorkVeiled,
	} {
		lines = append(lines, jobs.Line{On: on, Name: "tell of works in saved filters", Do: tell})
	}
	return lines
}

// daily is what members are told by mail, by the clock.
func daily(r *rooms, tell *mail.Teller) []jobs.Periodic {
	return []jobs.Periodic{
		{Name: "gather kudos", Every: 10 * time.Minute, Do: func(ctx context.Context) error {
			_, err := r.feedback.GatherKudos(ctx)
			return err
		}},
		{Name: "send daily mails", Every: 10 * time.Minute, Do: tell.SendDaily},
		{Name: "forget words that nobody mutes", Every: 24 * time.Hour, Do: r.feedback.ForgetMutedWords},
		{Name: "mail what is followed", Every: time.Minute, Apart: true, Do: tell.SendFollowed},
	}
}

// openMail opens the way mails go, and makes the data folder they may go to.
func openMail(c config, clock archive.Clock) (mail.Sender, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	return mail.Open(c.mailPlace(), c.MailFrom, clock)
}

// mailPlace is how mail is sent; unless told, into the data folder.
func (c config) mailPlace() string {
	if c.Mail != "" {
		return c.Mail
	}
	return filepath.Join(c.Data, "mail")
}

// nightly is the copy a night, unless the owner wants none.
func nightly(c config, r *rooms, g ground, clock archive.Clock) []jobs.Periodic {
	if c.Backups == "off" || c.demo {
		return nil
	}
	folder := c.Backups
	if folder == "" {
		folder = filepath.Join(c.Data, "backups")
	}
	n := &backup.Nightly{
		Place: backup.Place{DB: g.db, Bucket: g.bucket, Schema: store.Schema()},
		Store: r.store, Folder: folder, Program: build(), Clock: clock, Log: c.log,
	}
	return []jobs.Periodic{{Name: "make a copy a night", Every: 10 * time.Minute, Apart: true, Do: n.Look}}
}

// isMail reports whether a job of the table may send mail.
func isMail(name string) bool {
	word, _, _ := strings.Cut(name, " ")
	return word == "tell" || word == "mail" || word == "remind"
}
