package main

import (
	"context"
	"runtime"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/store"
)

// machine says how the archive's machine stands, for the staff's desk.
func (r *rooms) machine(c config, g ground) func(context.Context) (archive.Machine, error) {
	return func(ctx context.Context) (archive.Machine, error) {
		var held runtime.MemStats
		runtime.ReadMemStats(&held)
		m := archive.Machine{Memory: int64(held.Sys - held.HeapReleased), MailPlace: c.mailPlace(), MailFolder: !strings.Contains(c.mailPlace(), "://")}
		if !m.MailFolder {
			m.MailPlace = "" // it may hold a password
		}
		m.DiskFree, m.DiskTotal = diskOf(c.Data)
		var err error
		if m.Database, err = g.db.Size(ctx); err != nil {
			return m, err
		}
		return m, r.store.Read(ctx, func(tx *store.Tx) error { return waitingWork(ctx, tx, &m) })
	}
}

// waitingWork reads what is still to be done, and how the copies stand.
func waitingWork(ctx context.Context, tx *store.Tx, m *archive.Machine) error {
	waiting, err := tx.Jobs.WaitingByKind(ctx)
	if err != nil {
		return err
	}
	for kind, n := range waiting {
		m.Waiting += n
		if isMail(kind) {
			m.Mails += n
		}
	}
	unsent, err := tx.Outbox.Waiting(ctx)
	if err != nil {
		return err
	}
	m.Mails += unsent
	if m.GivenUp, err = tx.Jobs.GivenUp(ctx); err != nil {
		return err
	}
	copies, err := backup.StateOf(ctx, tx)
	m.Copy, m.CopyBytes, m.CopyFailed, m.CopyReason = copies.Last, copies.Bytes, copies.Failed, copies.Reason
	return err
}
