package main

import "io"

// streams are the three streams of a command, so that a test can stand at each.
type streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}
