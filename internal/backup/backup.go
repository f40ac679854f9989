// Package backup makes a whole archive one file and an archive of that file
// again, on either database: every table as lines of JSON, every file of the
// bucket, and a manifest that says how much of each there must be.
//
// A backup is an ordinary zip. Under tables/ each table is a file of lines, a
// JSON list a row in the order of its key; where a column holds bytes the list
// says how many, {"bytes": 1234}, and they follow the line. Under files/ each
// file of the bucket lies under its key. The manifest, written last, names
// everything else with its size and SHA-256. Both databases write a table
// alike, byte for byte, so that what was put back is compared with what was
// taken by its sum.
package backup

import (
	"fmt"
	"io"
	"time"

	"ficus/internal/sqldb"
)

// format is the number of the layout; a program reads the layouts up to its
// own.
const format = 1

// The names within a backup.
const (
	manifestName = "manifest.json"
	tablesFolder = "tables/"
	filesFolder  = "files/"
)

// leftOut are the tables whose rows are not taken along, and why.
func leftOut() map[string]string {
	return map[string]string{
		"sessions":   "whoever signed out since the backup must stay out, so everyone signs in again",
		"entries":    "whoever was half signed in begins anew, too",
		"ceremonies": "a question to a device is answered once, and within minutes",
		"visits":     "who came today is nobody's business tomorrow",
		"day_keys":   "the key to today's visitors is thrown away with the day, also here",

		"passages":      "what texts are found by is read out of them again",
		"passages_read": "and all of it is, so nothing was read yet",
		"common_words":  "they are counted again",
		"paired_words":  "and these with them",
		"called_read":   "what names are found by is read out of them again",
	}
}

// Manifest says what a backup holds.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	Schema  int64     `json:"schema"`
	Engine  string    `json:"engine"`
	MadeAt  time.Time `json:"made_at"`
	Tables  []Table   `json:"tables"`
	Files   []File    `json:"files"`
}

// Table is one table of a backup.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int64    `json:"rows"`
	Last    int64    `json:"last,omitempty"`     // the highest number it has given out
	LeftOut string   `json:"left_out,omitempty"` // why its rows are not taken along
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
}

// Column is a column and what it holds.
type Column struct {
	Name string     `json:"name"`
	Kind sqldb.Kind `json:"kind"`
}

// File is one file of the bucket.
type File struct {
	Key    string `json:"key"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func (t Table) entry() string { return tablesFolder + t.Name + ".jsonl" }
func (f File) entry() string  { return filesFolder + f.Key }

// Rows is how many rows all tables hold.
func (m Manifest) Rows() (rows int64) {
	for _, t := range m.Tables {
		rows += t.Rows
	}
	return rows
}

// Bytes is how much there is of everything, unpacked.
func (m Manifest) Bytes() (bytes int64) {
	for _, t := range m.Tables {
		bytes += t.Bytes
	}
	for _, f := range m.Files {
		bytes += f.Bytes
	}
	return bytes
}

// holds reports whether a table of a database is the one of the backup.
func (t Table) holds(other sqldb.Table) bool {
	if t.Name != other.Name || len(t.Columns) != len(other.Columns) {
		return false
	}
	for i, c := range t.Columns {
		if c.Name != other.Columns[i].Name || c.Kind != other.Columns[i].Kind {
			return false
		}
	}
	return true
}

// Told hears how far the work has come, in bytes; the whole is an estimate.
type Told func(done, whole int64)

// counter counts bytes on their way through, and tells of them.
type counter struct {
	to    io.Writer
	bytes int64
	told  func(n int64)
}

// Write passes bytes on.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.bytes += int64(n)
	c.told(int64(n))
	return n, err
}

// tally adds up what is told of in pieces.
func (t Told) tally(whole int64) func(n int64) {
	if t == nil {
		return func(int64) {}
	}
	var done int64
	return func(n int64) {
		done += n
		t(done, max(whole, done))
	}
}

// damaged says what is wrong with a backup.
func damaged(path, what string, args ...any) error {
	return fmt.Errorf("%s is damaged or was cut off: %s", path, fmt.Sprintf(what, args...))
}
