package main

import (
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"time"

	"ficus/internal/manuscript"
)

// measureReading reads a novel of 500,000 words as plain text, Markdown and
// HTML on one core, and prints the best of five runs by the processor's time,
// which a busy machine does not change, and by the clock.
func measureReading() error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	novel := novelOf(500_000)
	page := "<!DOCTYPE html><body><p>" + strings.ReplaceAll(novel, "\n\n", "</p>\n<p>") + "</p></body>"
	for _, one := range []struct{ kind, text, aim string }{
		{"txt", novel, "aim: 20 MB/s, under 1 s"}, {"md", novel, ""}, {"html", page, ""},
	} {
		busy, clock := time.Hour, time.Hour
		for range 5 {
			began, used := time.Now(), spentHere()
			if _, err := manuscript.Read([]byte(one.text), manuscript.Options{Kind: one.kind}); err != nil {
				return err
			}
			busy, clock = min(busy, spentHere()-used), min(clock, time.Since(began))
		}
		fmt.Printf("a novel of %d words, %.1f MB as %-4s  %5.1f MB/s of processor time, %.2f s by the clock  %s\n",
			len(strings.Fields(novel)), float64(len(one.text))/1e6, one.kind, float64(len(one.text))/1e6/busy.Seconds(), clock.Seconds(), one.aim)
	}
	return nil
}

// novelOf makes chapters of varied paragraphs with speech, stress and breaks.
func novelOf(words int) string {
	lines := []string{
		"The keeper climbed, as he had every night for forty years, and the stair was as long as ever; he counted it all the same, aloud, since nobody else would.",
		"\"It's late,\" he said. *Very* late.",
		"Nobody answered. The lamp had gone out on a Sunday and this was the Thursday after, and in between there had been fog, and a visit from the Board, and the affair of the oil, which he did not care to think about on the stair.",
		"\"You might have said,\" said the lamp.",
		"He had never heard it speak before, or he had never listened. It came to the same thing at that height, with the wind in the louvres and the sea going round the rock like somebody looking for their keys.",
		"\"I might,\" he agreed, and sat down on the hundred-and-ninth step to think about it, and about the oil.",
	}
	var out strings.Builder
	count := 0
	for n := 0; count < words; n++ {
		if n%240 == 0 {
			fmt.Fprintf(&out, "Chapter %d\n\n", n/240+1)
		}
		if n%40 == 39 {
			out.WriteString("* * *\n\n")
		}
		line := lines[n%len(lines)]
		count += len(strings.Fields(line))
		fmt.Fprintf(&out, "%s\n\n", line)
	}
	return out.String()
}

// spentHere is what this process has used of the processor so far.
func spentHere() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
