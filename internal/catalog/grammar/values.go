package grammar

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Age is how long ago: so many of a unit, one of d, w, m and y; the zero Age is
// none.
type Age struct {
	Count int
	Unit  byte
}

// mostAge keeps dates within what calendars hold.
const mostAge = 10_000

// Before gives the instant that long before another.
func (a Age) Before(now time.Time) time.Time {
	switch a.Unit {
	case 'w':
		return now.AddDate(0, 0, -7*a.Count)
	case 'm':
		return now.AddDate(0, -a.Count, 0)
	case 'y':
		return now.AddDate(-a.Count, 0, 0)
	}
	return now.AddDate(0, 0, -a.Count)
}

// String writes an age as it is read.
func (a Age) String() string { return strconv.Itoa(a.Count) + string(a.Unit) }

// Span reads the value of a figure: from one number to another, both within.
func (n Node) Span() (least, most int64, fault *Fault) {
	from, to := n.ends("-")
	least, most = 0, math.MaxInt64
	if from+to == "" || !Number(from, &least) || !Number(to, &most) {
		if first := []rune(n.Value); n.Sign != "" && !strings.ContainsAny(string(first[:1]), "0123456789") {
			return 0, 0, n.fault(RuleNumber, n.Typed)
		}
		return 0, 0, n.Wrong(RuleSpan)
	}
	switch n.Sign {
	case ">":
		least++
	case "<":
		most--
	}
	if least > most {
		return 0, 0, n.fault(RuleNothing, n.Typed+n.Value)
	}
	return least, most, nil
}

// ends are the two ends of a value, of which one may be empty.
func (n Node) ends(between string) (from, to string) {
	value := strings.ToLower(strings.TrimSpace(n.Value))
	if inner := strings.Trim(value, "[]{}"); inner != value {
		from, to, _ = strings.Cut(inner, " to ")
		return unbound(from), unbound(to)
	}
	if n.Sign == "<" || n.Sign == "<=" {
		return "", value
	}
	if n.Sign == ">" || n.Sign == ">=" {
		return value, ""
	}
	from, to, isSpan := strings.Cut(value, between)
	if !isSpan {
		to = from
	}
	return strings.TrimSpace(from), strings.TrimSpace(to)
}

// unbound is an end of [a TO b]; a star is none.
func unbound(end string) string { return strings.Trim(end, " *\"") }

// mostNumber is the largest number that is read: one more and one less are
// numbers too.
const mostNumber = 1 << 60

// Number reads a number; empty leaves what is there. Thousands may be set off,
// and 10k are ten thousand.
func Number(typed string, into *int64) bool {
	if typed == "" {
		return true
	}
	times := uint64(1)
	if cut, is := strings.CutSuffix(strings.ToLower(typed), "k"); is {
		typed, times = cut, 1000
	}
	typed = strings.NewReplacer(",", "", ".", "", "'", "", " ", "").Replace(typed)
	n, err := strconv.ParseUint(typed, 10, 63)
	if err != nil || n > mostNumber/times {
		return false
	}
	*into = int64(n * times) //nolint:gosec // at most mostNumber
	return true
}

// Days are from one day to another, both within, or so long ago at most or at
// least; what is zero is no bound.
type Days struct {
	From, To       time.Time
	Within, Beyond Age
}

// Days reads the value of a day.
func (n Node) Days() (d Days, fault *Fault) {
	if age, is := readAge(strings.ToLower(n.Value)); is {
		if n.Sign == ">" || n.Sign == ">=" {
			return Days{Beyond: age}, nil
		}
		return Days{Within: age}, nil
	}
	from, to := n.ends("..")
	ok := from+to != "" && day(from, &d.From, false) && day(to, &d.To, true)
	if !ok {
		return Days{}, n.Wrong(RuleDays)
	}
	switch n.Sign { // the day itself is neither before nor after it
	case ">":
		var last time.Time
		day(from, &last, true)
		d.From = last.AddDate(0, 0, 1)
	case "<":
		var first time.Time
		day(to, &first, false)
		d.To = first.AddDate(0, 0, -1)
	}
	if !d.From.IsZero() && !d.To.IsZero() && d.To.Before(d.From) {
		return Days{}, n.fault(RuleNothing, n.Typed+n.Value)
	}
	return d, nil
}

// day reads a day, or the first or last of a month or a year.
func day(typed string, into *time.Time, last bool) bool {
	typed = strings.Trim(typed, ` "`)
	if typed == "" {
		return true
	}
	for _, as := range []struct {
		layout       string
		years, month int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		read, err := time.Parse(as.layout, typed)
		if err != nil {
			continue
		}
		if last && as.years+as.month > 0 {
			read = read.AddDate(as.years, as.month, -1)
		}
		*into = read
		return read.Year() > 0
	}
	return false
}

// readAge reads 2w, 2 weeks and 2 weeks ago.
func readAge(typed string) (Age, bool) {
	typed = strings.TrimSpace(strings.TrimLeft(typed, "<> "))
	typed = strings.TrimSpace(strings.TrimSuffix(typed, "ago"))
	digits := strings.TrimLeft(typed, "0123456789")
	count, err := strconv.Atoi(typed[:len(typed)-len(digits)])
	if err != nil || count < 1 || count > mostAge {
		return Age{}, false
	}
	switch strings.TrimSuffix(strings.TrimSpace(digits), "s") {
	case "d", "day":
		return Age{count, 'd'}, true
	case "w", "week":
		return Age{count, 'w'}, true
	case "m", "month":
		return Age{count, 'm'}, true
	case "y", "year":
		return Age{count, 'y'}, true
	}
	return Age{}, false
}

// Choice reads yes and no.
func (n Node) Choice() (bool, *Fault) {
	switch strings.ToLower(strings.TrimSpace(n.Value)) {
	case "yes", "true", "1", "ja":
		return true, nil
	case "no", "false", "0", "nein":
		return false, nil
	}
	return false, n.Wrong(RuleChoice)
}

func (n Node) fault(rule, value string) *Fault {
	return &Fault{Place: n.Place, Rule: rule, Value: value}
}

// Wrong is a fault of a node.
func (n Node) Wrong(rule string) *Fault { return n.fault(rule, n.Typed+n.Value) }
