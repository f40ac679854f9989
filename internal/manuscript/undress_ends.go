package manuscript

import "slices"

// closeImplied closes what a start tag closes without saying so.
func (u *undresser) closeImplied(name string) {
	closes := func(inner []string, stops ...string) {
		for i := len(u.open) - 1; i >= 0; i-- {
			if slices.Contains(inner, u.open[i].name) {
				u.closeAt(i)
				return
			}
			if slices.Contains(stops, u.open[i].name) {
				return
			}
		}
	}
	if blockElement(name) {
		closes([]string{"p"}, "td", "th", "li", "table", "blockquote", "div")
	}
	switch name {
	case "li":
		closes([]string{"li"}, "ul", "ol", "menu", "dir")
	case "dt", "dd":
		closes([]string{"dt", "dd"}, "dl")
	case "td", "th":
		closes([]string{"td", "th"}, "table", "tr")
	case "tr":
		closes([]string{"tr"}, "table")
	}
}

func (u *undresser) end(name string) {
	if u.skip != "" {
		if name == u.skip {
			u.skip = ""
		}
		return
	}
	if u.beyond > 0 {
		u.beyond--
		return
	}
	for i := len(u.open) - 1; i >= 0; i-- {
		if u.open[i].name == name {
			u.closeAt(i)
			return
		}
		if blockElement(u.open[i].name) && !blockElement(name) && !formatting(name) {
			return
		}
	}
	if name == "br" || name == "p" {
		u.out.write("<br>")
	}
}

// closeAt closes the element at i. A block takes what is open in it along but
// for formatting, which goes on behind it; any other element closes alone.
func (u *undresser) closeAt(i int) {
	if !blockElement(u.open[i].name) {
		u.write(&u.open[i])
		u.open = slices.Delete(u.open, i, i+1)
		u.restate(i)
		return
	}
	var stay []element
	for k := len(u.open) - 1; k >= i; k-- {
		e := &u.open[k]
		if k > i && formatting(e.name) && e.hidden == 0 {
			stay = append(stay, *e)
			continue
		}
		u.write(e)
	}
	slices.Reverse(stay)
	u.open = append(u.open[:i], stay...)
	u.restate(i)
}

// restate finds the looks anew from the element at i on.
func (u *undresser) restate(i int) {
	for ; i < len(u.open); i++ {
		around := state{}
		if i > 0 {
			around = u.open[i-1].state
		}
		u.open[i].state = around.with(&u.open[i])
	}
}

func (u *undresser) closeFrom(i int) {
	for k := len(u.open) - 1; k >= i; k-- {
		u.write(&u.open[k])
	}
	u.open = u.open[:i]
}

// write ends an element: its tag, the line below it, and what it hid.
func (u *undresser) write(e *element) {
	if e.emits {
		u.out.write("</")
		u.out.write(e.written())
		u.out.write(">")
	}
	if e.ruled {
		u.out.write("<hr>")
	}
	if e.hidden == 0 || e.hidden > u.out.len()+1 {
		return
	}
	words := u.words - e.words
	switch {
	case e.comment:
		u.drops["comment"]++
	case u.shown && words > 0:
		u.drops["hidden-text-shown"]++
		return
	case words > longestHidden:
		u.drops["hidden-text-kept"]++
		return
	case words > 0:
		u.drops["hidden-text"]++
	}
	u.out.cut(e.hidden - 1)
}
