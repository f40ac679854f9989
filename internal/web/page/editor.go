package page

import "encoding/json"

// editorWords are what the buttons of the editor say, by the names its script
// has for them.
func editorWords(s Shell) string {
	words := map[string]string{
		"toolbar": s.T("editor.toolbar"), "kind": s.T("editor.kind"), "to_box": s.T("editor.to_box"), "to_editor": s.T("editor.to_editor"),
		"not_opened": s.T("editor.not_opened"), "paste_failed": s.T("editor.paste_failed"), "more": s.T("editor.more"), "ok": s.T("editor.ok"), "cancel": s.T("editor.cancel"),

		"paragraph": s.T("editor.paragraph"), "place": s.T("editor.place"), "heading2": s.T("editor.heading2"), "heading3": s.T("editor.heading3"),
		"verse": s.T("editor.verse"), "end_mark": s.T("editor.end_mark"), "preformatted": s.T("editor.preformatted"),

		"emphasis": s.T("editor.emphasis"), "strong": s.T("editor.strong"), "underline": s.T("editor.underline"), "strike": s.T("editor.strike"),
		"scene_break": s.T("editor.scene_break"), "quote": s.T("editor.quote"), "letter": s.T("editor.letter"), "messages": s.T("editor.messages"),
		"centre": s.T("editor.centre"), "right": s.T("editor.right"), "link": s.T("editor.link"), "footnote": s.T("editor.footnote"),
		"picture": s.T("editor.picture"), "thought": s.T("editor.thought"), "aside": s.T("editor.aside"), "small_caps": s.T("editor.small_caps"),
		"superscript": s.T("editor.superscript"), "subscript": s.T("editor.subscript"), "bullet_list": s.T("editor.bullet_list"),
		"ordered_list": s.T("editor.ordered_list"), "ruby": s.T("editor.ruby"), "rtl": s.T("editor.rtl"), "undo": s.T("editor.undo"), "redo": s.T("editor.redo"),

		"address": s.T("editor.address"), "note": s.T("editor.note"), "picture_address": s.T("editor.picture_address"), "alt": s.T("editor.alt"),
		"reading": s.T("editor.reading"),
	}
	text, err := json.Marshal(words)
	if err != nil {
		panic(err) // strings always can be
	}
	return string(text)
}
