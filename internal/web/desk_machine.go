package web

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// slowKept is how many slow answers are remembered.
const slowKept = 20

// slowAnswers are the last answers that took long.
type slowAnswers struct {
	mu   sync.Mutex
	list []archive.Slow
}

func (s *slowAnswers) note(at time.Time, path string, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) == slowKept {
		s.list = slices.Delete(s.list, 0, 1)
	}
	s.list = append(s.list, archive.Slow{At: at, Path: path, Took: took})
}

// newest lists them, the latest first.
func (s *slowAnswers) newest() []archive.Slow {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.list)
	slices.Reverse(list)
	return list
}

// showMachine answers with how full the archive is and how it keeps up.
func (w *Web) showMachine(r *Request) (Response, error) {
	p, err := w.machinePage(r)
	return Response{Page: p}, err
}

func (w *Web) machinePage(r *Request) (page.MachinePage, error) {
	p := page.MachinePage{Shell: w.private(r, r.Words.T("machine.title")), To: r.PostFormValue("to"), Slow: w.slow.newest()}
	m, err := w.Machine(r.Context())
	p.Machine = m
	return p, err
}

// sendTestMail sends a mail at once and says what came of it.
func (w *Web) sendTestMail(r *Request) (Response, error) {
	p, err := w.machinePage(r)
	if err != nil {
		return Response{}, err
	}
	to := archive.CleanLine(p.To)
	var problems archive.Problems
	if to == "" {
		problems.Add("to", "required")
	}
	archive.CheckEmail(to, &problems)
	for i := range problems {
		problems[i].Field = "to"
	}
	status := http.StatusUnprocessableEntity
	if len(problems) == 0 {
		status = http.StatusOK
		site := w.Catalog.Site().Name
		if err := w.TestMail(r.Context(), to, r.Words.T("machine.mail_subject", "Site", site), r.Words.T("machine.mail_text", "Site", site)); err != nil {
			p.Failed = err.Error()
		} else {
			p.Sent = to
		}
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}
