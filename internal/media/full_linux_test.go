package media

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestAFullDiskSaysSoInOneSentence(t *testing.T) {
	disk, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := Full(fill(disk, strings.NewReader("x"), 1)); !errors.Is(err, ErrFull) {
		t.Errorf("a full disk gave %v", err)
	}
}
