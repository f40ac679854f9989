// Command ficus is a home for serial and fan fiction: the archive's server, and
// the tools that read manuscripts and bind books without one.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"
)

// commands is the command line.
type commands struct {
	Serve      serveCmd      `cmd:"" help:"Serve an archive."`
	Demo       demoCmd       `cmd:"" help:"Serve the demo archive, on this machine only."`
	User       userCmd       `cmd:"" help:"Make accounts and keys to the API, beside a running server."`
	Manuscript manuscriptCmd `cmd:"" help:"Show what is understood of a manuscript."`
	Bind       bindCmd       `cmd:"" help:"Make a book of manuscripts, with no server."`
	Backup     backupCmd     `cmd:"" help:"Make a whole archive one file, beside a running server."`
	Restore    restoreCmd    `cmd:"" help:"Make an archive of a backup, on either database."`
	Generate   generateCmd   `cmd:"" help:"Make a believable archive of made-up works, to try and to measure with."`
	Version    versionCmd    `cmd:"" help:"Say which version this is."`
}

func main() {
	os.Exit(run(os.Args[1:], &streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// The exit codes: 2 is for what the person who typed the command can mend.
const (
	exitOK    = 0
	exitBroke = 1
	exitUsage = 2
)

// run is the program; it answers with its exit code.
func run(args []string, s *streams) (code int) {
	command, code := understand(args, s)
	if command == nil {
		return code
	}
	if !alone[command.Selected().Name] {
		trustRoots()
	}
	if err := command.Run(s); err != nil {
		fmt.Fprintln(s.Err, "ficus:", strings.Join(strings.Fields(err.Error()), " ")) // some libraries write paragraphs
		var broke *brokeError
		if errors.As(err, &broke) {
			return exitBroke
		}
		return exitUsage
	}
	return exitOK
}

// understand reads the command line: it gives the command, or the code to exit
// with. What a start leaves in memory is little, and would be collected just
// before a short command is over; so the collector waits until this is done.
func understand(args []string, s *streams) (command *kong.Context, code int) {
	percent := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(percent)
	exited := -1
	parser, err := kong.New(grammar(args), kong.Name("ficus"), kong.Description("A home for serial and fan fiction."),
		kong.Writers(s.Out, s.Err), kong.Exit(func(code int) { exited = code }), kong.Bind(s))
	if err != nil {
		fmt.Fprintln(s.Err, "ficus:", err)
		return nil, exitBroke
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return nil, exited
	}
	if err != nil {
		fmt.Fprintf(s.Err, "ficus: %s. See: ficus --help\n", err)
		return nil, exitUsage
	}
	return parsed, exitOK
}

// grammar is the command line to read args by. Where a command is named first it
// is that one alone: reading the flags of all the others takes longer than many
// commands do.
func grammar(args []string) any {
	all := reflect.TypeFor[commands]()
	if len(args) == 0 {
		return &commands{}
	}
	named, ok := all.FieldByNameFunc(func(name string) bool { return strings.ToLower(name) == args[0] })
	if !ok {
		return &commands{}
	}
	return reflect.New(reflect.StructOf([]reflect.StructField{named})).Interface()
}

// alone are the commands that speak to nobody.
var alone = map[string]bool{"manuscript": true, "bind": true, "version": true, "generate": true}

// brokeError is a failure that is not the typist's to mend.
type brokeError struct{ error }

// Unwrap is what broke.
func (b *brokeError) Unwrap() error { return b.error }
