package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// hearersAtOnce is how many followers are told in one transaction, during which
// others wait to write.
const hearersAtOnce = 200

// withinTheHour is how long the first of several pieces of news waits for the
// others.
const withinTheHour = time.Hour

// TellFollowers tells those who follow a work, or one of its creators, of its
// posted chapters that they were not told of: once readers see them, and once
// to each, whichever event made it so. A large audience is told a batch at a
// time; where that was broken off, the next call goes on. Their mails wait in
// the outbox for SendFollowed.
func (t *Teller) TellFollowers(ctx context.Context, e archive.Event, job archive.Job) error {
	needed := false
	err := t.store.Read(ctx, func(tx *store.Tx) (err error) {
		needed, err = isAnnouncing(ctx, tx, e.Work)
		return err
	})
	if err != nil || !needed {
		return err
	}
	var unended []archive.Announcement
	err = t.store.Write(ctx, func(tx *store.Tx) error {
		if err := announce(ctx, tx, e); err != nil {
			return err
		}
		unended, err = tx.Announcements.Unended(ctx, e.Work)
		return err
	})
	for _, a := range unended {
		if err == nil {
			err = t.spread(ctx, a, job)
		}
	}
	if err != nil {
		return fmt.Errorf("tell followers of event %d: %w", e.ID, err)
	}
	return nil
}

// isAnnouncing reports whether there is anybody to be told of a work.
func isAnnouncing(ctx context.Context, tx *store.Tx, work int64) (bool, error) {
	audiences, err := audiencesOf(ctx, tx, work)
	if err != nil {
		return false, err
	}
	for _, to := range audiences {
		untold, err := tx.Announcements.Untold(ctx, work, to)
		if err != nil || len(untold) > 0 {
			return true, err
		}
	}
	unended, err := tx.Announcements.Unended(ctx, work)
	return len(unended) > 0, err
}

// audiencesOf is who may be told of a work as it stands; nobody when it is gone.
func audiencesOf(ctx context.Context, tx *store.Tx, work int64) ([]archive.Audience, error) {
	standing, err := tx.Announcements.Standing(ctx, work)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	return standing.Audiences(tx.Now), err
}

// announce begins what an event makes known, and notes of each chapter that
// nobody need be told again.
func announce(ctx context.Context, tx *store.Tx, e archive.Event) error {
	audiences, err := audiencesOf(ctx, tx, e.Work)
	if err != nil {
		return err
	}
	for _, to := range audiences {
		begun, err := tx.Announcements.Begun(ctx, e.Work, to)
		if err != nil {
			return err
		}
		fresh, err := claim(ctx, tx, e, to)
		if err != nil {
			return err
		}
		if a, news := archive.Announces(e, to, fresh, begun); news {
			if err := tx.Announcements.Begin(ctx, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// claim takes a work's untold chapters for this event, each unless another
// worker has just taken it.
func claim(ctx context.Context, tx *store.Tx, e archive.Event, to archive.Audience) ([]archive.Chapter, error) {
	untold, err := tx.Announcements.Untold(ctx, e.Work, to)
	if err != nil {
		return nil, err
	}
	var fresh []archive.Chapter
	for _, c := range untold {
		event := e.ID
		if !c.IsNews() {
			event = 0
		}
		ours, err := tx.Announcements.Mark(ctx, c.ID, to, event)
		if err != nil {
			return nil, err
		}
		if ours {
			fresh = append(fresh, c)
		}
	}
	return fresh, nil
}

// spread tells an announcement's audience, a batch at a time. It stops where the
// audience may no longer be told; what shows the work again goes on from there.
func (t *Teller) spread(ctx context.Context, a archive.Announcement, job archive.Job) error {
	for more := true; more; {
		err := t.store.Write(ctx, func(tx *store.Tx) (err error) {
			more, err = spreadSome(ctx, tx, a)
			if err != nil || !more {
				return err
			}
			job.Cursor++
			return tx.Jobs.Progress(ctx, job.ID, job.Cursor) // it moves on, so it is not failing
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func spreadSome(ctx context.Context, tx *store.Tx, a archive.Announcement) (more bool, err error) {
	a, err = tx.Announcements.Hold(ctx, a)
	if errors.Is(err, archive.ErrNotFound) {
		return false, nil // another worker ended it
	}
	if err != nil {
		return false, err
	}
	standing, err := tx.Announcements.Standing(ctx, a.Work)
	if err != nil || !slices.Contains(standing.Audiences(tx.Now), a.Audience) {
		return false, err
	}
	_, err = tx.Chapters.Find(ctx, a.Work, a.Chapter, false)
	if errors.Is(err, archive.ErrNotFound) { // deleted since
		if a.Chapter, err = 0, nil; a.Number == 1 {
			return false, tx.Announcements.End(ctx, a)
		}
	}
	if err != nil {
		return false, err
	}
	hearers, err := tx.Announcements.Hearers(ctx, a, hearersAtOnce)
	if err != nil {
		return false, err
	}
	for _, h := range hearers {
		if err := tellHearer(ctx, tx, a, h, standing); err != nil {
			return false, err
		}
	}
	if len(hearers) < hearersAtOnce {
		return false, tx.Announcements.End(ctx, a)
	}
	return true, tx.Announcements.Move(ctx, a, hearers[len(hearers)-1].Account)
}

// tellHearer gives one follower their notice, and puts it into the outbox when
// they wish to have it by mail. Whom it does not concern, who mutes a creator
// and who was told already is passed over.
func tellHearer(ctx context.Context, tx *store.Tx, a archive.Announcement, h store.Hearer, standing archive.Standing) error {
	if h.Tie.Creator || !archive.GateFor(archive.Viewer{Account: h.Account}, h.Tie, standing, tx.Now).List {
		return nil
	}
	return tellOnce(ctx, tx, archive.Notice{
		Account: h.Account, Event: a.Event, Kind: a.Kind, Work: a.Work, Subject: h.Through, Chapter: a.Chapter, Number: a.Number,
	}, h)
}

// tellOnce adds a notice of what is followed, and puts it into the outbox as its
// member wishes.
func tellOnce(ctx context.Context, tx *store.Tx, n archive.Notice, h store.Hearer) error {
	notice, err := tx.Notices.AddNew(ctx, n)
	if err != nil || notice == 0 || !h.Reachable {
		return err
	}
	switch h.Wishes.Mails(archive.TopicFollowing) {
	case archive.MailAtOnce:
		return tx.Outbox.Add(ctx, h.Account, notice, false, tx.Now)
	case archive.MailHourly:
		return tx.Outbox.Add(ctx, h.Account, notice, true, tx.Now.Add(withinTheHour))
	}
	return nil // once a day, with what else comes then, or never
}
