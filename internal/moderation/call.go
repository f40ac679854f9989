package moderation

import (
	"context"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// callEvery is how often staff are told at most of what waits for them.
const callEvery = time.Hour

// calledSetting holds when staff were last told, in microseconds.
const calledSetting = "staff_called"

// What staff are told of, in the data of an archive.StaffCalled.
const (
	CalledCases    = "cases"
	CalledBursts   = "bursts"
	CalledComments = "comments"
)

// CallStaff notes what came for staff since they were last told: new cases,
// bursts of kudos, comments that wait. It does so once an hour at most, however
// much comes; false when there was nothing to tell, or it is too soon.
func (m *Moderation) CallStaff(ctx context.Context) (called bool, err error) {
	err = m.store.Write(ctx, func(tx *store.Tx) error {
		called = false
		stored, err := tx.Settings.Find(ctx, calledSetting)
		if err != nil {
			return err
		}
		var last time.Time
		if micros, err := strconv.ParseInt(stored, 10, 64); err == nil {
			last = time.UnixMicro(micros)
		}
		if tx.Now.Before(last.Add(callEvery)) {
			return nil
		}
		came, err := tx.Acts.Since(ctx, last)
		if err != nil || came == (store.Waiting{}) {
			return err
		}
		for _, one := range []struct {
			what string
			many int64
		}{{CalledCases, came.Cases}, {CalledBursts, came.Bursts}, {CalledComments, came.Comments}} {
			if one.many > 0 {
				tx.Log.Record(archive.Event{Kind: archive.StaffCalled, Subject: one.many, Data: map[string]string{"what": one.what}})
			}
		}
		called = true
		return tx.Settings.Set(ctx, calledSetting, strconv.FormatInt(tx.Now.UnixMicro(), 10))
	})
	return called, err
}
