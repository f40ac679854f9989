package mail

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// TellStaffAct tells those whom an act of staff concerns (the event's subject)
// what was done and why: the creators of a work, or a member. Where they read
// it again is a page of their own.
func (t *Teller) TellStaffAct(ctx context.Context, e archive.Event, job archive.Job) error {
	if e.Subject == 0 {
		return nil // posted by its writer
	}
	return t.tell(ctx, e, job, archive.NoticeStaff, func(tx *store.Tx) ([]told, error) {
		act, err := tx.Acts.Find(ctx, e.Subject)
		if errors.Is(err, archive.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		accounts := []int64{act.Account}
		if act.Work != 0 {
			if accounts, err = creatorsOf(ctx, tx, act.Work); err != nil {
				return nil, err
			}
		}
		return t.toldBy(ctx, tx, accounts, func(to archive.Account) letter { return t.staffLetter(to, act) })
	})
}

// TellReporters tells the members who reported a case that it was looked at.
func (t *Teller) TellReporters(ctx context.Context, e archive.Event, job archive.Job) error {
	return t.tell(ctx, e, job, archive.NoticeCaseClosed, func(tx *store.Tx) ([]told, error) {
		reporters, err := tx.Cases.Reporters(ctx, e.Subject)
		if err != nil {
			return nil, err
		}
		members, err := t.toldBy(ctx, tx, reporters, func(archive.Account) letter { return letter{} })
		for i := range members {
			members[i].byMail = false // a word on the site is enough
		}
		return members, err
	})
}

// calledKinds are the notices of what waits on the desk, by what the event says
// came.
var calledKinds = map[string]archive.NoticeKind{
	"cases": archive.NoticeCases, "bursts": archive.NoticeBursts, "comments": archive.NoticeForStaff,
}

// TellStaff tells everyone of the staff what waits on the desk. It goes by no
// mail: the notice and the desk are enough.
func (t *Teller) TellStaff(ctx context.Context, e archive.Event, job archive.Job) error {
	kind, known := calledKinds[e.Data["what"]]
	if !known {
		return nil
	}
	return t.tell(ctx, e, job, kind, func(tx *store.Tx) ([]told, error) {
		staff, err := tx.Members.Everyone(ctx)
		if err != nil {
			return nil, err
		}
		members, err := t.toldBy(ctx, tx, staff, func(archive.Account) letter { return letter{} })
		for i := range members {
			members[i].byMail, members[i].about = false, archive.Notice{Kind: kind, Number: int(e.Subject)}
		}
		return members, err
	})
}

// creatorsOf are the accounts that sign a work, each once.
func creatorsOf(ctx context.Context, tx *store.Tx, work int64) ([]int64, error) {
	pseuds, err := tx.Works.Creators(ctx, work)
	if err != nil {
		return nil, err
	}
	var accounts []int64
	met := map[int64]bool{}
	for _, pseud := range pseuds {
		if !met[pseud.Account] {
			met[pseud.Account] = true
			accounts = append(accounts, pseud.Account)
		}
	}
	return accounts, nil
}

// toldBy writes to accounts that are still there.
func (t *Teller) toldBy(ctx context.Context, tx *store.Tx, accounts []int64, write func(archive.Account) letter) ([]told, error) {
	var members []told
	for _, id := range accounts {
		account, err := tx.Accounts.Find(ctx, id)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		members = append(members, told{account: account, byMail: true, letter: write(account)})
	}
	return members, nil
}

func (t *Teller) staffLetter(to archive.Account, act store.Done) letter {
	words := t.speaks(to)
	l := letter{
		subject:    words.T("mail.staff.subject", "Site", t.site.name()),
		greeting:   words.T("mail.greeting", "Name", to.Name),
		paragraphs: []string{words.Act(act.Act, act.Title)},
		action:     words.T("mail.staff.read"),
		address:    t.site.Address + "/account/from-staff",
		why:        words.T("mail.staff.why", "Site", t.site.name()),
	}
	if act.Reason != "" {
		l.paragraphs = append(l.paragraphs, words.T("mail.staff.reason"), act.Reason)
	}
	return l
}
