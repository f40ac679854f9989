package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// wire is one connection that asks and reads answers with as little work as
// can be: who measures sits on the same two cores as who is measured, and
// net/http's client costs more than a kept page.
type wire struct {
	host string
	conn net.Conn
	from *bufio.Reader
}

func dial(address string) (*wire, error) {
	host := strings.TrimPrefix(address, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &wire{host: host, conn: conn, from: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (w *wire) close() { _ = w.conn.Close() } // nothing is left in it

// get asks for a page as a browser does that takes packed ones.
func (w *wire) get(path string) (status int, err error) {
	return w.ask("GET " + path + " HTTP/1.1\r\nHost: " + w.host + "\r\nAccept-Encoding: gzip\r\n\r\n")
}

// post sends a form.
func (w *wire) post(path, cookie, form string) (status int, err error) {
	return w.ask("POST " + path + " HTTP/1.1\r\nHost: " + w.host + "\r\nCookie: " + cookie +
		"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(form)) + "\r\n\r\n" + form)
}

var (
	headerLength = []byte("Content-Length: ")
	errNoLength  = errors.New("an answer does not say how long it is")
)

// ask sends a request and reads its answer to the end.
func (w *wire) ask(request string) (status int, err error) {
	if _, err := io.WriteString(w.conn, request); err != nil {
		return 0, err
	}
	line, err := w.from.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("answered with %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length := -1
	for {
		if line, err = w.from.ReadSlice('\n'); err != nil {
			return status, err
		}
		if len(line) <= 2 {
			break
		}
		if value, found := bytes.CutPrefix(line, headerLength); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return status, err
			}
		}
	}
	if length < 0 {
		return status, errNoLength
	}
	_, err = w.from.Discard(length)
	return status, err
}

// felt is how long answers took.
type felt struct {
	waits
	over   time.Duration
	failed int
}

func (f felt) at(share float64) time.Duration {
	if len(f.waits) == 0 {
		return 0
	}
	return f.waits[int(share*float64(len(f.waits)-1))].Round(time.Microsecond)
}

func (f felt) rate() float64 { return float64(len(f.waits)) / f.over.Seconds() }

// and is what was felt in two rounds.
func (f felt) and(other felt) felt {
	all := felt{waits: slices.Concat(f.waits, other.waits), over: f.over + other.over, failed: f.failed + other.failed}
	slices.Sort(all.waits)
	return all
}

// turns is what was felt in several rounds, all in all and in each.
type turns struct {
	felt
	each []felt
}

func (t *turns) add(one felt) { t.felt, t.each = t.felt.and(one), append(t.each, one) }

// middle is what was felt in the round in the middle: one in which the machine
// did something else, which lifts the slowest of all rounds, does not count.
func (t *turns) middle(share float64) time.Duration {
	if len(t.each) == 0 {
		return 0
	}
	var at []time.Duration
	for _, one := range t.each {
		at = append(at, one.at(share))
	}
	slices.Sort(at)
	return at[len(at)/2]
}

// asking is many connections that ask at a rate, or as fast as answers come
// where the rate is 0. At a rate an answer counts from when it was asked for, or
// from when it was due where the one before came later than that: waiting for a
// slow one counts too, and how late the machine's clock wakes who asks does not.
type asking struct {
	address     string
	connections int
	rate        int // a second, over all connections
	over        time.Duration
	ask         func(w *wire, connection, i int) (good bool, err error)
}

func (a asking) run() felt {
	var mu sync.Mutex
	var all felt
	var running sync.WaitGroup
	began := time.Now()
	for connection := range a.connections {
		running.Go(func() {
			one := a.connect(connection, began)
			mu.Lock()
			defer mu.Unlock()
			all.waits, all.failed = append(all.waits, one.waits...), all.failed+one.failed
		})
	}
	running.Wait()
	slices.Sort(all.waits)
	all.over = time.Since(began)
	return all
}

// connect asks over one connection; failed answers have no time.
func (a asking) connect(connection int, began time.Time) (f felt) {
	w, err := dial(a.address)
	if err != nil {
		return felt{failed: 1}
	}
	defer w.close()
	for i := 0; time.Since(began) < a.over; i++ {
		due := time.Now()
		if a.rate > 0 {
			due = began.Add(time.Duration(i*a.connections+connection) * time.Second / time.Duration(a.rate))
			if wait := time.Until(due); wait > 0 {
				time.Sleep(wait)
				due = time.Now() // who measures woke late, which is nobody's fault
			}
		}
		good, err := a.ask(w, connection, i)
		switch {
		case err != nil: // the connection is of no use any more
			f.failed++
			return f
		case !good:
			f.failed++
		default:
			f.waits = append(f.waits, time.Since(due))
		}
	}
	return f
}

// readers read works as guests: at a rate over many connections, so that one
// slow page does not hold up what is due behind it.
func readers(address string, over time.Duration, rate int) asking {
	connections := 8
	if rate > 0 {
		connections = 64
	}
	return asking{address: address, connections: connections, rate: rate, over: over, ask: func(w *wire, _, _ int) (bool, error) {
		status, err := w.get("/works/" + strconv.Itoa(1+rand.IntN(saidWorks)))
		return status == 200, err
	}}
}
