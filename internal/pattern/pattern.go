// Package pattern is regular expressions that are made ready when they are
// first asked for something. The house has some two hundred; made at the start
// they would cost every command more than most commands take (decision 0240).
package pattern

import (
	"regexp"
	"sync"
	"testing"
)

// Pattern is a regular expression. Its methods are those of regexp.Regexp, and
// any number of goroutines may call them.
type Pattern struct {
	text string
	once sync.Once
	made *regexp.Regexp
}

// New is the pattern of a text. Like regexp.MustCompile it panics over one that
// is wrong: in tests at once, so that no test of a room passes that has such a
// pattern, and otherwise when it is first used.
func New(text string) *Pattern {
	p := &Pattern{text: text}
	if testing.Testing() {
		p.ready()
	}
	return p
}

// Ready makes the pattern ready, for who knows that it will be asked and has
// time meanwhile.
func (p *Pattern) Ready() { p.ready() }

func (p *Pattern) ready() *regexp.Regexp {
	p.once.Do(func() { p.made = regexp.MustCompile(p.text) })
	return p.made
}

// String is the text the pattern was made of.
func (p *Pattern) String() string { return p.text }

// Match is that of regexp.Regexp.
func (p *Pattern) Match(b []byte) bool { return p.ready().Match(b) }

// MatchString is that of regexp.Regexp.
func (p *Pattern) MatchString(s string) bool { return p.ready().MatchString(s) }

// Find is that of regexp.Regexp.
func (p *Pattern) Find(b []byte) []byte { return p.ready().Find(b) }

// FindString is that of regexp.Regexp.
func (p *Pattern) FindString(s string) string { return p.ready().FindString(s) }

// FindStringIndex is that of regexp.Regexp.
func (p *Pattern) FindStringIndex(s string) []int { return p.ready().FindStringIndex(s) }

// FindStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.ready().FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.ready().FindStringSubmatchIndex(s)
}

// FindSubmatch is that of regexp.Regexp.
func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.ready().FindSubmatch(b) }

// FindAllIndex is that of regexp.Regexp.
func (p *Pattern) FindAllIndex(b []byte, n int) [][]int { return p.ready().FindAllIndex(b, n) }

// FindAllString is that of regexp.Regexp.
func (p *Pattern) FindAllString(s string, n int) []string { return p.ready().FindAllString(s, n) }

// FindAllStringIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.ready().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.ready().FindAllStringSubmatch(s, n)
}

// ReplaceAll is that of regexp.Regexp.
func (p *Pattern) ReplaceAll(src, with []byte) []byte { return p.ready().ReplaceAll(src, with) }

// ReplaceAllFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllFunc(src []byte, with func([]byte) []byte) []byte {
	return p.ready().ReplaceAllFunc(src, with)
}

// ReplaceAllString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllString(src, with string) string {
	return p.ready().ReplaceAllString(src, with)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllStringFunc(src string, with func(string) string) string {
	return p.ready().ReplaceAllStringFunc(src, with)
}
