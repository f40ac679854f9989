package main

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/jobs"
	"ficus/internal/mail"
)

// belonging is what follows when something is done to an account.
func belonging(r *rooms, tell *mail.Teller) []jobs.Line {
	lines := []jobs.Line{
		{On: archive.AccountDeleted, Name: "give up the works of a deleted account", Do: r.writing.LeaveWorks},
		{On: archive.AccountRestored, Name: "give a returned account its works back", Do: r.writing.ReturnWorks},
		{On: archive.AccountDeleted, Name: "renew the pages that named a deleted account", Do: r.writing.RenewBylines},
		{On: archive.AccountRestored, Name: "renew the pages that name a returned account", Do: r.writing.RenewBylines},
	}
	for _, kind := range []archive.EventKind{
		archive.PasskeyAdded, archive.PasskeyRemoved, archive.PasskeyCopied, archive.SecondStepOn, archive.SecondStepOff,
		archive.RecoveryRenewed, archive.RecoveryUsed, archive.AccountDeleted, archive.AccountRestored,
	} {
		lines = append(lines, jobs.Line{On: kind, Name: "tell of the safety of an account", Do: tell.TellSafety})
	}
	return lines
}

// leaving is what is forgotten of accounts and works whose owners went: works
// first, then originals and comments, then who they were.
func leaving(r *rooms) []jobs.Periodic {
	return []jobs.Periodic{
		{Name: "forget whose orphaned works were", Every: time.Hour, Do: func(ctx context.Context) error {
			_, err := r.writing.ForgetOrphanings(ctx)
			return err
		}},
		{Name: "forget what deleted accounts brought", Every: time.Hour, Do: r.writing.ForgetManuscripts},
		{Name: "forget what deleted accounts said", Every: time.Hour, Do: r.feedback.ForgetComments},
		{Name: "forget deleted accounts whose time is over", Every: time.Hour, Do: func(ctx context.Context) error {
			_, err := r.accounts.PurgeDeleted(ctx)
			return err
		}},
	}
}
