package manuscript

import (
	"strings"

	"ficus/internal/pattern"
)

var (
	remark      = pattern.New(`^(.*\S)\s*\(([^()]+)\)\s*[*_]*$`)
	mailAddress = pattern.New(`\s*[<(\[]?\s*[\w.+-]+@[\w.-]+\.\w+\s*[>)\]]?\s*`)
	titleBy     = pattern.New(`^(\S.*?),? [Bb]y (\p{Lu}\S*(?: \S+){0,4})$`)
)

// value joins the lines of a field and takes its label off.
func (a *assembly) value(i, end int) (name, value string) {
	var lines []string
	for k := i; k < end; k++ {
		if !a.r.underline(k) {
			lines = append(lines, strings.Join(strings.Fields(a.r.paras[k].text), " "))
		}
	}
	value = strings.Join(lines, " ")
	l, ok := labelOf(clip(value, 400))
	if ok && l.what != OpeningNote && l.what != Disclaimer {
		return l.name, trimMarks(value[l.rest:])
	}
	if m := extraLabel.FindStringSubmatchIndex(value); m != nil && a.r.guess[i].what == Field {
		return strings.ToLower(value[m[2]:m[3]]), trimMarks(value[m[1]:])
	}
	if lengthForm.MatchString(value) {
		return "words", value
	}
	return "", trimMarks(value)
}

func trimMarks(text string) string {
	text = strings.TrimSpace(text)
	for len(text) > 1 && strings.ContainsRune("*_", rune(text[0])) && text[len(text)-1] == text[0] {
		text = text[1 : len(text)-1]
	}
	return strings.TrimSpace(text)
}

func (a *assembly) title(i, end int) {
	_, value := a.value(i, end)
	title, part := cutPart(strings.Trim(value, sceneMarks))
	if part != "" {
		a.keep("part", part)
	}
	if m := titleBy.FindStringSubmatch(title); m != nil && a.work().Author == "" && a.r.guess[i].rule == "title.first" {
		title, a.work().Author = m[1], m[2]
	}
	if strings.Count(title, `"`) == 2 {
		title = strings.Trim(title, `"`)
	}
	a.work().Title = strings.Trim(title, "“”")
}

func (a *assembly) author(i, end int) {
	name, value := a.value(i, end)
	bare := strings.Trim(value, "*_~- ")
	if m := byLine.FindStringSubmatch(bare); m != nil && name == "" {
		value = m[1]
	} else if m := foreignBy.FindStringSubmatch(bare); m != nil && name == "" {
		value = m[1]
	}
	a.work().Author = strings.Trim(mailAddress.ReplaceAllString(value, " "), "*_~- ")
}

func (a *assembly) field(i, end int) {
	name, value := a.value(i, end)
	switch name {
	case "":
		name = "other"
	case "rating":
		if m := remark.FindStringSubmatch(value); m != nil {
			value = m[1]
			a.keep("rating_remark", m[2])
		}
	case "dedication":
		if c := a.chapter(); c.Dedication == "" && !a.r.undone[[2]int{a.r.paras[i].start, a.r.paras[end-1].end}] {
			c.Dedication = nameAt(strings.TrimPrefix(strings.TrimPrefix(value, "For "), "To "))
		}
	}
	a.keep(name, value)
}

// keep stores a field; one given twice keeps both values.
func (a *assembly) keep(name, value string) {
	fields := a.work().Fields
	if before := fields[name]; before != "" && before != value {
		value = before + "; " + value
	}
	fields[name] = value
}
