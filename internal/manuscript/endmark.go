package manuscript

var endWords = guard(`(?i)^[\W_]{0,8}(?:(?:the )?end(?: of (?:chapter|part|book) [\w -]{1,20})?(?: \(?for now\)?)?|fin|finis|finito|ende|owari|to be continued|tbc|t\.b\.c|完|終|终|终章完|全文完|未完|未完待续|待续|待續|つづく|続く|おわり|終わり|の終わり|끝|конец|продолжение следует|ende|fortsetzung folgt|à suivre|continuará|continua|fim)[\W_]{0,8}$|^[\W_]{0,4}(?:tbc|to be continued)\b[^"“”]{0,40}$`)

// endMark is true for a closing line of the writer's: The End, TBC.
func (r *recogniser) endMark(i int) bool {
	p := &r.paras[i]
	return p.form == plain && len(p.text) <= 120 && p.short(60) && !p.quoted() && (endWords.MatchString(p.text) || p.text == "FINE" || len(r.habits.ask) > 0 && r.habits.trusts(habitEnd, folded(p.text)))
}
