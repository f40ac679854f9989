// Package house holds no code: its tests read the whole tree and hold it to the rules of the house,
// which docs/house.md explains. A rule that must give way does so in one line of exceptions_test.go,
// with its reason.
package house
