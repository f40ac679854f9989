//go:build ignore

// Command count reads the stream of `go test -json`, shows how each package fared and why a test failed,
// and adds what it counted to a tally file: tests and their subtests, but not what only holds
// subtests. With -sum it prints the tally instead, as "N passed, N failed, N skipped"; stages that
// failed are counted where they are more than the tests that did.
//
//	go test -json ./... | count -tally FILE
//	count -tally FILE -sum -stages N
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
)

// event is a line of go test -json; see `go doc test2json`.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Elapsed    float64
	Output     string
}

// tally is how many tests ended how.
type tally struct{ Passed, Failed, Skipped int }

func main() {
	file := flag.String("tally", "", "the file the counts are added to")
	sum := flag.Bool("sum", false, "print the tally")
	stages := flag.Int("stages", 0, "how many stages failed")
	flag.Parse()
	total := load(*file)
	if *sum {
		fmt.Printf("%d passed, %d failed, %d skipped\n", total.Passed, max(total.Failed, *stages), total.Skipped)
		return
	}
	c := counter{output: map[string][]string{}, result: map[string]string{}, holds: map[string]bool{}}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			c.line(line)
		}
		if err != nil {
			break
		}
	}
	c.addTo(&total)
	data, err := json.Marshal(total)
	if err == nil {
		err = os.WriteFile(*file, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "count:", err)
		os.Exit(1)
	}
}

func load(file string) (t tally) {
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &t)
	}
	if err != nil && !os.IsNotExist(err) {
		fmt.Fprintln(os.Stderr, "count:", err)
		os.Exit(1)
	}
	return t
}

// counter follows a stream.
type counter struct {
	output map[string][]string // what a test, or a package by itself, wrote
	result map[string]string   // how it ended: pass, fail or skip
	holds  map[string]bool     // tests that hold subtests
}

func (c *counter) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		os.Stdout.Write(line) // what go itself says
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		c.output[key] = append(c.output[key], e.Output)
	case "build-output":
		fmt.Print(e.Output)
	case "run":
		if slash := strings.LastIndexByte(e.Test, '/'); slash > 0 {
			c.holds[e.Package+" "+e.Test[:slash]] = true
		}
	case "pass", "fail", "skip":
		c.ended(key, e)
	}
}

func (c *counter) ended(key string, e event) {
	if e.Test == "" {
		c.packageEnded(key, e)
		return
	}
	c.result[key] = e.Action
	if e.Action != "pass" {
		fmt.Printf("--- %s %s (%.2fs)\n", strings.ToUpper(e.Action), key, e.Elapsed)
		c.show(key)
	}
	delete(c.output, key)
}

func (c *counter) packageEnded(key string, e event) {
	switch {
	case e.Action == "pass":
		fmt.Printf("ok    %s (%.1fs)\n", e.Package, e.Elapsed)
	case e.Action == "fail":
		fmt.Printf("FAIL  %s (%.1fs)\n", e.Package, e.Elapsed)
		c.show(key)
		for test := range c.unended(e.Package) {
			c.show(test) // it never ended: a panic or a time-out
			c.result[test] = "fail"
		}
		if !c.failedIn(e.Package) {
			c.result[key] = "fail"
		}
	}
	delete(c.output, key)
}

// unended are the tests of a package that wrote something and did not end.
func (c *counter) unended(pkg string) map[string]bool {
	open := map[string]bool{}
	for key := range c.output {
		if strings.HasPrefix(key, pkg+" ") && key != pkg+" " {
			open[key] = true
		}
	}
	return open
}

func (c *counter) failedIn(pkg string) bool {
	for key, result := range c.result {
		if result == "fail" && strings.HasPrefix(key, pkg+" ") {
			return true
		}
	}
	return false
}

func (c *counter) show(key string) {
	for _, text := range c.output[key] {
		if !strings.HasPrefix(strings.TrimSpace(text), "=== ") {
			fmt.Print(text)
		}
	}
	delete(c.output, key)
}

func (c *counter) addTo(t *tally) {
	for key, result := range c.result {
		switch {
		case result == "fail" && c.holds[key] && c.failedBelow(key):
		case result == "fail":
			t.Failed++
		case c.holds[key]:
		case result == "skip":
			t.Skipped++
		default:
			t.Passed++
		}
	}
}

// failedBelow says whether a subtest is the reason that a test failed.
func (c *counter) failedBelow(key string) bool {
	for other, result := range c.result {
		if result == "fail" && strings.HasPrefix(other, key+"/") {
			return true
		}
	}
	return false
}
