package sqldb_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"ficus/internal/sqldb"
)

func TestOneProgramServesAFolder(t *testing.T) {
	dir := t.TempDir()
	release, err := sqldb.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sqldb.LockFolder(dir)
	if want := fmt.Sprintf("already being served by process %d", os.Getpid()); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a second lock answered %v, want it to say %q", err, want)
	}
	release()
	again, err := sqldb.LockFolder(dir)
	if err != nil {
		t.Fatalf("the folder stayed locked: %v", err)
	}
	again()
}

func TestFolderThatIsNotThereCannotBeLocked(t *testing.T) {
	if _, err := sqldb.LockFolder(t.TempDir() + "/nowhere"); err == nil {
		t.Error("a missing folder was locked")
	}
}
