package manuscript

// fieldLabel is what a label says: the field's own name, what its part is, and
// whether it is a word of archives that no letter in a story uses.
type fieldLabel struct {
	name string
	what string
	hard bool
}

// fieldLabels are the labels of front matter; a hard one proves a header.
var fieldLabels = withLanguages(map[string]fieldLabel{
	"title": {"title", "title", true}, "story title": {"title", "title", true}, "fic title": {"title", "title", true},
	"author": {"author", "author", true}, "authors": {"author", "author", true}, "by": {"author", "author", true},
	"written by": {"author", "author", true}, "pen name": {"author", "author", true}, "penname": {"author", "author", true},
	"rating": {"rating", "field", true}, "rated": {"rating", "field", true}, "story rating": {"rating", "field", true},
	"fandom": {"fandom", "field", true}, "fandoms": {"fandom", "field", true}, "universe": {"fandom", "field", false},
	"pairing": {"pairing", "field", true}, "pairings": {"pairing", "field", true}, "pairing(s)": {"pairing", "field", true},
	"ship": {"pairing", "field", false}, "ships": {"pairing", "field", true},
	"relationship": {"pairing", "field", false}, "relationships": {"pairing", "field", true},
	"characters": {"characters", "field", true}, "character": {"characters", "field", false}, "character(s)": {"characters", "field", true},
	"warning": {"warnings", "field", false}, "warnings": {"warnings", "field", false}, "content": {"warnings", "field", false},
	"content warning": {"warnings", "field", true}, "content warnings": {"warnings", "field", true}, "warning(s)": {"warnings", "field", true},
	"trigger warning": {"warnings", "field", true}, "trigger warnings": {"warnings", "field", true},
	"tw": {"warnings", "field", true}, "cw": {"warnings", "field", true},
	"genre": {"genre", "field", true}, "genres": {"genre", "field", true}, "story type": {"genre", "field", true},
	"category": {"category", "field", false}, "categories": {"category", "field", true},
	"classification": {"classification", "field", true}, "keywords": {"keywords", "field", false},
	"spoiler": {"spoilers", "field", true}, "spoilers": {"spoilers", "field", true}, "spoiler warning": {"spoilers", "field", true},
	"season": {"season", "field", false}, "setting": {"setting", "field", false},
	"timeline": {"timeline", "field", false}, "timeframe": {"timeline", "field", false},
	"summary": {"summary", "field", false}, "teaser": {"summary", "field", false}, "synopsis": {"summary", "field", false},
	"archive": {"archive", "field", true}, "archiving": {"archive", "field", true}, "distribution": {"archive", "field", true},
	"feedback": {"feedback", "field", true},
	"beta":     {"beta", "field", true}, "betas": {"beta", "field", true}, "beta reader": {"beta", "field", true},
	"beta'd by": {"beta", "field", true}, "betaed by": {"beta", "field", true},
	"thanks": {"thanks", "field", false}, "thanks to": {"thanks", "field", false}, "special thanks": {"thanks", "field", false},
	"credits": {"thanks", "field", false}, "acknowledgements": {"thanks", "field", false},
	"dedication": {"dedication", "field", true}, "dedicated to": {"dedication", "field", true},
	"series": {"series", "field", true}, "sequel to": {"series", "field", true},
	"part": {"part", "field", false}, "parts": {"part", "field", false}, "chapters": {"part", "field", true},
	"word count": {"words", "field", true}, "wordcount": {"words", "field", true}, "words": {"words", "field", false}, "length": {"words", "field", false},
	"date": {"date", "field", false}, "written": {"date", "field", false}, "completed": {"date", "field", false},
	"date written": {"date", "field", true}, "posted": {"date", "field", false}, "published": {"date", "field", false}, "updated": {"date", "field", false},
	"status": {"status", "field", false}, "prompt": {"prompt", "field", true}, "challenge": {"prompt", "field", true}, "written for": {"prompt", "field", true},
	"e-mail": {"email", "field", false}, "email": {"email", "field", false},
	"website": {"website", "field", false}, "url": {"website", "field", false}, "homepage": {"website", "field", false},
	"point of view": {"pov", "field", false}, "language": {"language", "field", false},
	"disclaimer": {"disclaimer", "disclaimer", true}, "disclaimers": {"disclaimer", "disclaimer", true},
	"disclamer": {"disclaimer", "disclaimer", true}, "standard disclaimer": {"disclaimer", "disclaimer", true},
	"standard disclaimers": {"disclaimer", "disclaimer", true}, "usual disclaimer": {"disclaimer", "disclaimer", true},
	"legal": {"disclaimer", "disclaimer", true}, "legal stuff": {"disclaimer", "disclaimer", true}, "legalese": {"disclaimer", "disclaimer", true},
})

// languageLabels are labels in other languages, one line a field: its name,
// "!" when it is hard, and the words.
var languageLabels = []struct {
	name  string
	what  string
	hard  bool
	words []string
}{
	{"title", Title, true, []string{
		"titel", "titre", "título", "titulo", "titolo", "название", "заголовок", "标题", "標題", "文名", "题目", "タイトル", "題名",
	}},
	{"author", Author, true, []string{
		"autor", "autorin", "verfasser", "verfasserin", "auteur", "auteure", "autrice", "autora", "autore", "scritto da", "автор", "作者", "作者名", "著者",
	}},
	{"rating", Field, true, []string{
		"altersfreigabe", "freigabe", "altersempfehlung", "classement", "clasificación", "clasificacion", "classificação", "classificacao", "classificação indicativa",
		"рейтинг", "分级", "分級", "等级", "评级", "レーティング", "年齢制限",
	}},
	{"fandom", Field, true, []string{"фандом", "фэндом", "原作", "同人", "ファンダム", "ジャンル作品"}},
	{"pairing", Field, true, []string{
		"paarung", "pärchen", "couple", "couples", "pareja", "parejas", "casal", "coppia", "coppie", "пейринг", "пэйринг", "пара", "персонажи и пары", "cp", "配对", "配對", "カップリング",
	}},
	{"characters", Field, true, []string{
		"charaktere", "personen", "figuren", "personnages", "personajes", "personagens", "personaggi", "персонажи", "герои", "人物", "主角", "配角", "登場人物", "キャラクター",
	}},
	{"warnings", Field, false, []string{
		"warnung", "warnungen", "triggerwarnung", "avertissement", "avertissements", "advertencia", "advertencias", "aviso", "avisos", "avvertimenti", "avvertenze",
		"предупреждение", "предупреждения", "警告", "预警", "預警", "注意", "注意事項",
	}},
	{"genre", Field, true, []string{"género", "genero", "gênero", "genere", "жанр", "жанры", "类型", "類型", "ジャンル"}},
	{"category", Field, false, []string{"kategorie", "catégorie", "categoría", "categoria", "категория", "分类", "分類", "カテゴリ"}},
	{"spoilers", Field, true, []string{"спойлеры"}},
	{"season", Field, false, []string{"staffel", "saison", "temporada", "stagione"}},
	{"setting", Field, false, []string{"zeit und ort", "schauplatz", "cadre", "ambientación", "ambientazione"}},
	{"summary", Field, false, []string{
		"zusammenfassung", "inhalt", "inhaltsangabe", "kurzbeschreibung", "résumé", "resume", "resumen", "resumo", "sinopse", "sinopsis", "riassunto", "trama", "sommario",
		"саммари", "аннотация", "краткое содержание", "описание", "简介", "簡介", "文案", "摘要", "内容简介", "あらすじ", "要約",
	}},
	{"archive", Field, true, []string{"archivierung", "archivage", "размещение", "转载", "轉載", "授权"}},
	{"feedback", Field, true, []string{"rückmeldung", "rückmeldungen", "comentarios", "commenti", "отзывы"}},
	{"beta", Field, true, []string{"betaleser", "betaleserin", "bêta", "bêta-lectrice", "relecture", "beteo", "beteado por", "betatura", "бета", "бета-ридер", "校对", "ベータ"}},
	{"thanks", Field, false, []string{"dank", "danke an", "danksagung", "remerciements", "merci à", "agradecimientos", "agradecimentos", "ringraziamenti", "благодарности", "感谢", "鸣谢", "感謝", "謝辞"}},
	{"dedication", Field, true, []string{"widmung", "gewidmet", "dédicace", "dedicatoria", "dedicatória", "dedica", "посвящение", "посвящается", "献给"}},
	{"series", Field, true, []string{"reihe", "serie", "série", "serie di", "серия", "цикл", "系列", "シリーズ"}},
	{"part", Field, false, []string{"teil", "partie", "parte", "часть"}},
	{"words", Field, true, []string{"wörter", "wortzahl", "wortanzahl", "mots", "nombre de mots", "palabras", "número de palabras", "palavras", "parole", "numero parole", "слов", "размер", "字数", "字數", "文字数"}},
	{"date", Field, false, []string{"datum", "geschrieben", "fecha", "data", "дата", "日期", "完成日期", "執筆日"}},
	{"status", Field, false, []string{"statut", "estado", "stato", "статус", "状态", "狀態"}},
	{"prompt", Field, true, []string{"aufgabe", "défi", "reto", "desafio", "sfida", "заявка", "梗", "お題"}},
	{"language", Field, false, []string{"sprache", "langue", "idioma", "lingua", "язык", "语言", "言語"}},
	{Disclaimer, Disclaimer, true, []string{
		"haftungsausschluss", "rechtliches", "décharge", "clause de non-responsabilité", "renuncia", "descargo", "descargo de responsabilidad", "isenção", "isenção de responsabilidade",
		"avviso legale", "дисклеймер", "дисклаймер", "отказ от прав", "声明", "聲明", "免责声明", "免責聲明", "免責事項", "ディスクレイマー", "お断り",
	}},
	{"note", OpeningNote, true, []string{
		"anmerkung des autors", "anmerkung der autorin", "anmerkungen des autors", "anmerkungen der autorin", "autornotiz", "autorennotiz", "vorwort der autorin", "vorwort des autors",
		"nachwort der autorin", "nachwort des autors", "anmerkung der übersetzerin", "anmerkung des übersetzers",
		"note de l'auteur", "note de l'auteure", "note de l'autrice", "notes de l'auteur", "notes de l'auteure", "notes de l'autrice", "nda", "nda.", "note de la traductrice", "note du traducteur", "ndt",
		"nota del autor", "nota de la autora", "notas del autor", "notas de la autora", "nota de autora", "nota de autor", "nota do autor", "nota da autora", "notas do autor", "notas da autora", "nota de la traductora",
		"nota dell'autore", "nota dell'autrice", "note dell'autore", "note dell'autrice", "note autrice", "note autore", "nda",
		"от автора", "примечание автора", "примечания автора", "авторские примечания", "п/а", "а/н", "от переводчика", "примечание переводчика", "примечания переводчика",
		"作者按", "作者的话", "作者的話", "作者有话说", "作者有話說", "作者有话要说", "作者有話要說", "译者注", "譯者註", "译者按", "译者的话",
		"あとがき", "後書き", "まえがき", "前書き", "作者より", "作者コメント", "訳者より", "訳注", "訳者あとがき",
	}},
	{"note", OpeningNote, false, []string{"anmerkung", "anmerkungen", "remarque", "nota", "notas", "примечание", "примечания", "注", "备注", "n/a", "n.a", "n/t", "a/a", "後記", "后记", "前言"}},
}

// withLanguages adds the labels of other languages; English ones come first.
func withLanguages(labels map[string]fieldLabel) map[string]fieldLabel {
	for _, l := range languageLabels {
		for _, word := range l.words {
			if _, known := labels[word]; !known {
				labels[word] = fieldLabel{l.name, l.what, l.hard}
			}
		}
	}
	return labels
}
