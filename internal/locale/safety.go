package locale

import "ficus/internal/archive"

// Safety says in one sentence what was done to the ways into an account; empty
// for a notice of anything else.
func (p Printer) Safety(kind archive.NoticeKind) string {
	switch kind {
	case archive.NoticePasskeyAdded:
		return p.T("safety.passkey_added")
	case archive.NoticePasskeyRemoved:
		return p.T("safety.passkey_removed")
	case archive.NoticePasskeyCopied:
		return p.T("safety.passkey_copied")
	case archive.NoticeSecondStepOn:
		return p.T("safety.second_step_on")
	case archive.NoticeSecondStepOff:
		return p.T("safety.second_step_off")
	case archive.NoticeRecoveryRenewed:
		return p.T("safety.recovery_renewed")
	case archive.NoticeRecoveryUsed:
		return p.T("safety.recovery_used")
	case archive.NoticeAccountDeleted:
		return p.T("safety.account_deleted")
	case archive.NoticeAccountRestored:
		return p.T("safety.account_restored")
	}
	return ""
}
