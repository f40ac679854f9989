package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ficus/internal/manuscript"
)

// manuscriptBar is how much memory reading any file may take at most.
const manuscriptBar = 256 << 20

// measureWorst reads the worst files within the limits, each in a process of
// its own, and prints the most memory each took.
func measureWorst() error {
	dir, err := os.MkdirTemp("", "ficus-worst.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("\nthe worst files within the limits, each read by a process of its own (bar: %s at most)\n", megabytes(manuscriptBar))
	for _, worst := range worstFiles() {
		data := worst.make()
		path := filepath.Join(dir, worst.name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		said, err := exec.Command(self, "worst", path).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", worst.name, err, said)
		}
		fmt.Printf("%-22s %6.1f MB  %s", worst.name, float64(len(data))/1e6, said)
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// readWorst reads one file and says how much memory this process took at most.
func readWorst(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	began := time.Now()
	r, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(path)})
	took := time.Since(began)
	outcome := fmt.Sprintf("%d parts", len(r.Parts))
	if refused := (*manuscript.Error)(nil); errors.As(err, &refused) {
		outcome = "refused, " + refused.Rule
	} else if err != nil {
		return err
	}
	peak, err := mostResidentOf(os.Getpid())
	if err != nil {
		return err
	}
	verdict := "held"
	if peak > manuscriptBar {
		verdict = "MISSED"
	}
	fmt.Printf("%8s  %5.2f s  %-7s %s\n", megabytes(peak), took.Seconds(), verdict, outcome)
	return nil
}
