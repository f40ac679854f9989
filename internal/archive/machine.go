package archive

import "time"

// Machine is how an archive's own machine stands, for its owner. What is not
// known is zero.
type Machine struct {
	DiskFree   int64 // bytes, where the data folder lies
	DiskTotal  int64
	Memory     int64 // bytes this program holds
	Database   int64 // bytes
	Waiting    int64 // jobs still to be done
	Mails      int64 // those of them that may send mail
	GivenUp    int64 // jobs that failed too often
	MailPlace  string
	MailFolder bool // there is no mail server: mails are kept in a folder
	Copy       time.Time
	CopyBytes  int64
	CopyFailed time.Time // when the last attempt failed; zero: it did not
	CopyReason string
}

// Slow is an answer that took long.
type Slow struct {
	At   time.Time
	Path string // without what was asked for after it
	Took time.Duration
}
