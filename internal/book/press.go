package book

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate"
)

// ahead is how many pages may be on the press at once. It is the same on every
// machine, however many processors work: pictures go into the parcel beside the
// press, so what stands before what must not depend on it.
const ahead = 6

// press fills pages and packs them, several at once. They come out in the order
// they went in.
type press struct {
	todo chan *impression
	out  []*impression // on the press, the oldest first
	keep func(*impression) error
	work sync.WaitGroup
}

// impression is one page: what it is made of, and then what it has become.
type impression struct {
	template, href string // without a template the value is the bytes of the page
	value          any

	done   chan struct{}
	size   int
	sum    uint32 // CRC-32 of what is packed
	packed bytes.Buffer
	err    error
	wrong  any // what it panicked with
}

// newPress is a press that hands what is ready to keep.
func newPress(keep func(*impression) error) *press {
	p := &press{todo: make(chan *impression, ahead), keep: keep}
	for range presses() {
		p.work.Go(p.print)
	}
	return p
}

// put lays a page on the press and takes off what would be too many.
func (p *press) put(template, href string, value any) error {
	s := &impression{template: template, href: href, value: value, done: make(chan struct{})}
	p.out = append(p.out, s)
	p.todo <- s
	if len(p.out) < ahead {
		return nil
	}
	return p.take()
}

// take waits for the oldest page and hands it on. A panic over it comes out
// here, where whoever asked for the book can catch it.
func (p *press) take() error {
	s := p.out[0]
	p.out = p.out[1:]
	<-s.done
	if s.wrong != nil {
		panic(s.wrong)
	}
	if s.err != nil {
		return s.err
	}
	return p.keep(s)
}

// empty takes everything off the press.
func (p *press) empty() error {
	for len(p.out) > 0 {
		if err := p.take(); err != nil {
			return err
		}
	}
	return nil
}

// close stops the press, whatever is on it.
func (p *press) close() {
	close(p.todo)
	p.work.Wait()
}

// print is what each processor does.
func (p *press) print() {
	var page bytes.Buffer
	deflate := packers.Get().(*flate.Writer)
	defer packers.Put(deflate)
	for s := range p.todo {
		s.print(&page, deflate)
		close(s.done)
	}
}

// packers pack pages, of one book after another: each keeps a megabyte of what
// it saw, and it costs more to have that from the system than to pack a page.
var packers = sync.Pool{New: func() any {
	deflate, _ := flate.NewWriter(nil, flate.DefaultCompression) // a level there is
	return deflate
}}

// presses are how many pages are printed at once.
func presses() int { return min(runtime.GOMAXPROCS(0), ahead) }

func (s *impression) print(page *bytes.Buffer, deflate *flate.Writer) {
	defer func() { s.wrong = recover() }()
	if c, ok := s.value.(chapterPage); ok {
		c.Body = story(c.fitted)
		s.value = c
	}
	data, ready := s.value.([]byte)
	if !ready {
		page.Reset()
		if s.err = epubPages().ExecuteTemplate(page, s.template, s.value); s.err != nil {
			s.err = fmt.Errorf("bind %s: %w", s.href, s.err)
			return
		}
		data = page.Bytes()
	}
	s.value, s.size, s.sum = nil, len(data), crc32.ChecksumIEEE(data)
	s.packed.Grow(len(data)/2 + 64)
	if s.err = squeeze(&s.packed, deflate, data); s.err != nil {
		s.err = fmt.Errorf("bind %s: %w", s.href, s.err)
	}
}

// squeeze packs data.
func squeeze(packed *bytes.Buffer, deflate *flate.Writer, data []byte) error {
	deflate.Reset(packed)
	if _, err := deflate.Write(data); err != nil {
		return err
	}
	return deflate.Close()
}
