package page

import (
	"strings"

	"ficus/internal/archive"
	"ficus/internal/locale"
)

// SiteTyped is the owner's settings as typed, under the names of
// archive.Problems: site_name, site_language, site_join …
type SiteTyped struct {
	Name        string
	Language    string
	About       string
	Banner      string
	Join        string
	Queue       bool
	QueueDaily  string
	Invitations string
	Fandom      string
	Ratings     []string
	NotRated    bool // Not Rated works ask first
	Guests      bool // guests may comment
	Approval    string
	NewDays     string
	NewPaused   bool
	Texts       bool // of chapters are searched
}

// siteForm draws the fields of the settings, on the owner's first page and on
// the desk.
type siteForm struct {
	Shell
	typed     SiteTyped
	errors    Errors
	languages []string
}

func (f siteForm) field(name, label, help, value string) field {
	return field{name: name, label: label, help: help, value: value, errors: f.errors, complete: "off"}
}

func (f siteForm) name() field {
	one := f.field("site_name", f.T("site.name"), f.T("site.name_help"), f.typed.Name)
	one.required = true
	return one
}

func (f siteForm) fandom() field {
	one := f.field("site_fandom", f.T("site.fandom"), f.T("site.fandom_help"), f.typed.Fandom)
	one.optional = f.T("form.optional")
	return one
}

func (f siteForm) about() field {
	one := f.field("site_about", f.T("site.about"), f.T("site.about_help"), f.typed.About)
	one.limit, one.optional = 1000, f.T("form.optional")
	return one
}

func (f siteForm) banner() field {
	one := f.field("site_banner", f.T("site.banner"), f.T("site.banner_help"), f.typed.Banner)
	one.limit, one.optional = 300, f.T("form.optional")
	return one
}

func (f siteForm) short(name, label, help, value string) field {
	one := f.field(name, label, help, value)
	one.class = "short"
	return one
}

func (f siteForm) newDays() field {
	return f.short("site_new_days", f.T("site.new_days"), f.T("site.new_days_help"), f.typed.NewDays)
}

func (f siteForm) queueDaily() field {
	return f.short("site_queue_daily", f.T("site.queue_daily"), f.T("site.queue_daily_help"), f.typed.QueueDaily)
}

func (f siteForm) invitations() field {
	return f.short("site_invitations", f.T("site.invitations"), f.T("site.invitations_help"), f.typed.Invitations)
}

func (f siteForm) joinTicks() ticks {
	return f.rings("site_join", f.T("site.join"), f.typed.Join, []tick{
		{value: archive.JoinOpen, label: f.T("site.join_open")},
		{value: archive.JoinInvited, label: f.T("site.join_invited"), help: f.T("site.join_invited_help")},
		{value: archive.JoinClosed, label: f.T("site.join_closed")},
	})
}

func (f siteForm) approvalTicks() ticks {
	return f.rings("site_approval", f.T("site.approval"), f.typed.Approval, []tick{
		{value: archive.ApproveNone, label: f.T("site.approve_none")},
		{value: archive.ApproveNew, label: f.T("site.approve_new")},
		{value: archive.ApproveAll, label: f.T("site.approve_all")},
	})
}

func (f siteForm) rings(name, label, value string, options []tick) ticks {
	t := ticks{field: f.field(name, label, "", ""), options: options}
	t.kind, t.class = "radio", "one"
	for i := range t.options {
		t.options[i].on = t.options[i].value == value
	}
	return t
}

func (f siteForm) ratingTicks() ticks {
	t := ticks{field: f.field("site_ratings", f.T("site.ratings"), f.T("site.ratings_help"), "")}
	t.kind = "checkbox"
	for _, name := range archive.Ratings() {
		t.options = append(t.options, tick{value: name, label: ratingWord(f.Shell, name), on: has(f.typed.Ratings, name)})
	}
	return t
}

// switches is one group of boxes, each a field of its own.
func (f siteForm) one(name, label, word, help string, on bool) ticks {
	t := ticks{field: f.field(name, label, "", ""), options: []tick{{value: "yes", label: word, help: help, on: on}}}
	t.kind, t.class = "checkbox", "one"
	return t
}

func (f siteForm) notRated() ticks {
	return f.one("site_not_rated", f.T("site.not_rated"), f.T("site.not_rated_yes"), "", f.typed.NotRated)
}

func (f siteForm) guests() ticks {
	return f.one("site_guests", f.T("site.guests"), f.T("site.guests_yes"), f.T("site.guests_help"), f.typed.Guests)
}

func (f siteForm) newPaused() ticks {
	return f.one("site_new_paused", f.T("site.new_paused"), f.T("site.new_paused_yes"), f.T("site.new_paused_help"), f.typed.NewPaused)
}

// texts is the box for the texts of chapters, with how many have been read.
func (f siteForm) texts(read string) ticks {
	return f.one("site_texts", f.T("site.texts"), f.T("site.texts_yes"), strings.TrimSpace(f.T("site.texts_help")+" "+read), f.typed.Texts)
}

func (f siteForm) queue() ticks {
	return f.one("site_queue", f.T("site.queue"), f.T("site.queue_yes"), f.T("site.queue_help"), f.typed.Queue)
}

func languageName(tag string) string { return locale.LanguageName(tag) }
