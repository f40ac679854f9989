package moderation

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// longestSuspension is in days; whoever should stay away longer is banned.
const longestSuspension = 365

// Measure is what staff do about a member.
type Measure struct {
	Kind   archive.ActKind // ActWarn, ActSuspend, ActBan, ActLift or ActTrust
	Days   int             // of a suspension
	Reason string          // the member reads it
}

// Take takes a measure about a member, who is told. Staff take none about
// themselves, and a measure that is in force already changes nothing.
func (m *Moderation) Take(ctx context.Context, v archive.Viewer, member int64, t Measure) error {
	var problems archive.Problems
	t.Reason = checkWords("reason", t.Reason, t.Kind != archive.ActTrust, &problems)
	if t.Kind == archive.ActSuspend && (t.Days < 1 || t.Days > longestSuspension) {
		problems.Add("days", "range", "Min", 1, "Max", longestSuspension)
	}
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		in, err := tx.Measures.Of(ctx, member)
		if err != nil {
			return deed{}, err
		}
		if member == v.Account {
			problems.Add("measure", "not_yourself")
		}
		if err := problems.Err(); err != nil {
			return deed{}, err
		}
		act := archive.Act{Kind: t.Kind, Account: member, Reason: t.Reason}
		changed, err := t.apply(&in, &act, tx.Now)
		if err != nil || !changed {
			return deed{}, err
		}
		return deed{act, archive.Event{Kind: archive.MemberTold, Data: map[string]string{"account": strconv.FormatInt(member, 10)}}}, tx.Measures.Set(ctx, member, in)
	})
}

// apply changes what is in force; false when it is so already.
func (t Measure) apply(in *archive.Measures, act *archive.Act, now time.Time) (bool, error) {
	barred := !in.Banned.IsZero() || in.Suspended.After(now)
	switch t.Kind {
	case archive.ActWarn:
	case archive.ActSuspend:
		in.Suspended = now.AddDate(0, 0, t.Days)
		act.About = in.Suspended.Format(time.RFC3339)
	case archive.ActBan:
		if !in.Banned.IsZero() {
			return false, nil
		}
		in.Banned = now
	case archive.ActLift:
		if !barred {
			return false, nil
		}
		in.Suspended, in.Banned = time.Time{}, time.Time{}
	case archive.ActTrust:
		if !in.Trusted.IsZero() {
			return false, nil
		}
		in.Trusted = now
	default:
		return false, archive.Problems{{Field: "measure", Rule: "required"}}
	}
	return true, nil
}

// SetWrangler has a member sort tags, of these fandoms or of all without any;
// or no longer.
func (m *Moderation) SetWrangler(ctx context.Context, v archive.Viewer, account int64, wrangler bool, fandoms []string) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		member, err := tx.Members.Find(ctx, account)
		if err != nil {
			return deed{}, err
		}
		var ids []int64
		var problems archive.Problems
		for _, name := range fandoms {
			fandom, err := tx.Tags.Named(ctx, archive.KindFandom, name)
			if errors.Is(err, archive.ErrNotFound) {
				problems.Add("wrangler_fandoms", "tag_unknown", "Value", name)
				continue
			}
			if err != nil {
				return deed{}, err
			}
			ids = append(ids, fandom.ID)
		}
		if len(problems) > 0 {
			return deed{}, problems
		}
		if !wrangler {
			ids, fandoms = nil, []string{"–"}
		} else if len(fandoms) == 0 {
			fandoms = []string{"*"}
		}
		act := archive.Act{Kind: archive.ActWrangler, Account: account, About: member.Name + ": " + strings.Join(fandoms, ", ")}
		return deed{act, archive.Event{Kind: archive.AccountChanged, Subject: account}}, tx.Wranglers.Set(ctx, account, wrangler, ids...)
	})
}

// SetStaff makes a member staff, or staff a member again. The last of them
// stays: archive.Problems of "staff" then.
func (m *Moderation) SetStaff(ctx context.Context, v archive.Viewer, account int64, staff bool) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		if err := tx.Log.Hold(ctx); err != nil { // two at once would each leave the other
			return deed{}, err
		}
		member, err := tx.Members.Find(ctx, account)
		if err != nil {
			return deed{}, err
		}
		changed, err := tx.Members.SetStaff(ctx, account, staff)
		if err != nil || !changed {
			return deed{}, err
		}
		left, err := tx.Members.Staff(ctx)
		if err == nil && left == 0 {
			err = archive.Problems{{Field: "staff", Rule: "last_staff"}}
		}
		act := archive.Act{Kind: archive.ActStaff, Account: account, About: member.Name}
		if !staff {
			act.Kind = archive.ActNoStaff
		}
		return deed{act, archive.Event{Kind: archive.AccountChanged, Subject: account}}, err
	})
}
