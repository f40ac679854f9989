package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the release, set when it is built.
var version = "0.1.0-dev"

type versionCmd struct{}

// Run says which version this is.
func (versionCmd) Run(s *streams) error {
	_, err := fmt.Fprintf(s.Out, "ficus %s %s/%s %s\n", build(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// build is the version with the commit it was built from, when that is known.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 10 {
			return version + "+" + setting.Value[:10]
		}
	}
	return version
}
