package manuscript

import (
	"strings"
	"unicode"
)

// Days, months and times of languages other than English. \b knows only
// English letters, so words end at a space or a mark here.
const (
	foreignMonths = `januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|` +
		`janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|` +
		`enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|` +
		`janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|` +
		`gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre|` +
		`января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря`
	foreignDays = `montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|` +
		`lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|` +
		`lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье`
	foreignCounts = `\d+|ein|eine|einen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|einige|wenige|mehrere|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|` +
		`uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|unos|unas|algunos|um|uma|dois|duas|três|quatro|sete|oito|nove|dez|alguns|algumas|due|tre|sei|sette|otto|dieci|alcuni|alcune|qualche|` +
		`один|одна|две|два|три|четыре|пять|шесть|семь|восемь|девять|десять|несколько`
	foreignUnits = `sekunden?|minuten?|stunden?|tage?|nächte?|wochen?|monate?|jahre?|secondes?|minutes?|heures?|jours?|nuits?|semaines?|mois|années?|ans?|` +
		`segundos?|minutos?|horas?|días?|noches?|semanas?|meses|mes|años?|dias?|noites?|mês|anos?|secondi|minuti|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]|ann[oi]|` +
		`секунд[уы]?|минут[уы]?|час(?:а|ов)?|день|дня|дней|ночь|ночи|ночей|недел[юиья]|недель|месяц(?:а|ев)?|год(?:а)?|лет`
)

var (
	foreignDate  = guard(`(?i)^\W{0,2}(?:(?:` + foreignDays + `),? )?(?:le |il |el |den |der |am )?\d{1,2}(?:\.|er|º|°)?(?: de| di)? (?:` + foreignMonths + `)(?:,? (?:de |del |do )?\d{1,4})?(?: г\.?| года?)?\W{0,2}$|^\W{0,2}(?:` + foreignDays + `)(?:,? (?:morgen|vormittag|mittag|nachmittag|abend|nacht|matin|midi|soir|nuit|mañana|tarde|noche|manhã|noite|mattina|pomeriggio|sera|notte|утро|день|вечер|ночь|\d.{0,12}))\W{0,2}$`)
	eastDate     = guard(`^(?:(?:19|20)\d\d年|[一二三四五六七八九〇零]{4}年|(?:昭和|平成|令和|民国)[0-9一二三四五六七八九十元]{1,4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?:[（(、，, ]?.{0,10})?$|^(?:星期|礼拜|周)[一二三四五六日天].{0,6}$|^[月火水木金土日]曜日.{0,6}$`)
	foreignLater = guard(`(?i)^\W*(?:etwa |fast |environ |presque |cerca de |casi |quase |quasi |circa )?(?:` + foreignCounts + `) (?:` + foreignUnits + `) (?:später|zuvor|danach|plus tard|avant|auparavant|más tarde|después|antes|depois|mais tarde|dopo|più tardi|prima|спустя|позже|назад|ранее)\W*$|^\W*am (?:nächsten|folgenden) (?:tag|morgen|abend)\W*$|^\W*le lendemain(?: matin| soir)?\W*$|^\W*al día siguiente\W*$|^\W*no dia seguinte\W*$|^\W*il giorno dopo\W*$|^\W*на следующ(?:ий день|ее утро)\W*$`)
	eastLater    = guard(`^[\W　]{0,4}(?:[0-9一二三四五六七八九十百两数几半]{1,5})(?:个|個|ヶ|か|カ)?(?:年|月|天|日|周|週間?|星期|小时|小時|時間|分钟|分鐘|分)(?:之?后|之?後|前|以前)[\W　]{0,4}$|^(?:第二天|翌日|次の日|翌朝)$`)
	foreignView  = guard(`(?i)^\W*(?:sicht|perspektive|aus (?:der )?sicht(?: von)?|pdv|point de vue|punto de vista|ponto de vista|punto di vista|от лица|视角|視点)[ :：]+[^.!?]{1,30}$|^[^.!?]{1,30}(?:s sicht|视角|視角|視点|[ 　]side|サイド)\W*$`)
)

// mayBeForeign is the quick look: a sign of another language, a figure, or a
// first word that such a heading begins with.
func mayBeForeign(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 || text[i] >= '0' && text[i] <= '9' {
			return true
		}
	}
	return foreignFirsts[strings.ToLower(firstOf(strings.TrimLeft(text, "*_~-=# ")))]
}

var foreignFirsts = func() map[string]bool {
	firsts := map[string]bool{}
	for _, list := range []string{foreignDays, foreignCounts, "le|il|el|den|der|am|al|no|etwa|fast|environ|presque|cerca|casi|quase|quasi|circa|sicht|perspektive|aus|pdv|point|punto|ponto"} {
		for word := range strings.SplitSeq(list, "|") {
			firsts[word] = true
		}
	}
	return firsts
}()

// The words without which none of the patterns can match.
var (
	eastSigns         = lookFor([]string{"年", "月", "天", "日", "周", "週", "期", "拜", "时", "時", "分", "朝"})
	dateSigns         = lookFor(append(strings.Split(foreignMonths, "|"), strings.Split(foreignDays, "|")...))
	foreignLaterSigns = lookFor(strings.Split("später|zuvor|danach|tard|avant|auparavant|tarde|después|antes|depois|dopo|prima|più|спустя|позже|назад|ранее|lendemain|nächsten|folgenden|siguiente|seguinte|следующ", "|"))
	foreignViewSigns  = lookFor(strings.Split("sicht|perspektive|pdv|vue|vista|лица|视角|視|side|サイド", "|"))
)

// foreignSlug reads a line as a scene heading in a language other than English.
func foreignSlug(text string) (slug, bool) {
	if len(text) > 160 || !within(text, 60) || !mayBeForeign(text) || strings.ContainsAny(text, "?!;\"“”„«»。！？") {
		return slug{}, false
	}
	low := strings.ToLower(text)
	switch {
	case eastSigns.in(text) && eastDate.MatchString(text):
		return slug{"heading.date", true}, true
	case eastSigns.in(text) && eastLater.MatchString(text):
		return slug{"heading.later", false}, true
	case text[0] < 0x80 && strings.IndexByte(text, ' ') < 0:
		return slug{}, false
	case dateSigns.in(low) && foreignDate.MatchString(text):
		return slug{"heading.date", true}, true
	case foreignLaterSigns.in(low) && foreignLater.MatchString(text) && wordCount(text) <= 6:
		return slug{"heading.later", false}, true
	case foreignViewSigns.in(low) && foreignView.MatchString(text) && wordCount(text) <= 6:
		return slug{"heading.view", true}, true
	}
	return slug{}, false
}

// wordSet is a set of words in small letters, looked for as whole words.
type wordSet map[string]bool

func wordsOf(list string) wordSet {
	set := wordSet{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// MatchString is true when one of the words stands in the text.
func (w wordSet) MatchString(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

// placeNoun are words for places in which scenes are set.
var placeNoun = wordsOf("abbey academy airfield airport apartment apartments arena attic avenue bar barn barracks base basement bathroom bay beach bedroom bridge brig " +
	"building cabin cafe café camp canteen castle cathedral cell cells cemetery chapel church city classroom clinic coast cockpit college corridor " +
	"cottage court courtroom cove crescent deck diner dock docks embassy factory farm forest gallery garage garden gardens gate gates gym " +
	"gymnasium hall hangar harbor harbour headland headquarters hospital hotel house hq infirmary inn island jail kitchen lab laboratory lake lane " +
	"library lighthouse lobby lounge manor mansion market medbay mill mole morgue mountain museum observatory office offices orbit palace park " +
	"pier platform precinct prison pub quarters quay residence restaurant river road roof rooftop room row runway school ship shop sickbay square " +
	"stable stables stadium station store street tavern temple terminal terrace theatre tower town train university valley village ward warehouse " +
	"wharf woods yard")
