package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestOneCommandIsReadAsAmongAll compares what a command says of itself when it
// is read alone with what it says among all others.
func TestOneCommandIsReadAsAmongAll(t *testing.T) {
	for i := range reflect.TypeFor[commands]().NumField() {
		name := strings.ToLower(reflect.TypeFor[commands]().Field(i).Name)
		alone, among := helpOf(t, grammar([]string{name}), name), helpOf(t, &commands{}, name)
		if alone != among || !strings.HasPrefix(alone, "Usage: ficus "+name) {
			t.Errorf("%s read alone says\n%s\nand among all\n%s", name, alone, among)
		}
		if read := reflect.TypeOf(grammar([]string{name})).Elem().NumField(); read != 1 {
			t.Errorf("for %s %d commands are read", name, read)
		}
	}
}

// TestWhatIsNoCommandIsReadAmongAll asks for what only all commands together
// can answer.
func TestWhatIsNoCommandIsReadAmongAll(t *testing.T) {
	for said, args := range map[string][]string{
		"":          {},
		"bind":      {"--help"},
		"serve":     {"-h"},
		"bindd":     {"bindd"},
		"Version":   {"Version"},
		"not --one": {"--one", "bind"},
	} {
		if _, all := grammar(args).(*commands); !all {
			t.Errorf("%q (%q) is read by one command alone", args, said)
		}
	}
}

func helpOf(t *testing.T, grammar any, command string) string {
	t.Helper()
	var out strings.Builder
	parser, err := kong.New(grammar, kong.Name("ficus"), kong.Description("A home for serial and fan fiction."),
		kong.Writers(&out, &out), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	parser.Parse([]string{command, "--help"}) // whatever is wrong after the help
	return out.String()
}
