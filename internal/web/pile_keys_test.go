package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
)

// threeFiles writes three chapters and gives their names.
func threeFiles(t *testing.T) (names []string) {
	t.Helper()
	folder := t.TempDir()
	for n := 1; n <= 3; n++ {
		name := filepath.Join(folder, fmt.Sprintf("ch%d.txt", n))
		must(t, os.WriteFile(name, []byte(chapterTold(n)), 0o600))
		names = append(names, name)
	}
	return names
}

func TestAPileIsArrangedByKeyboardOnTheNarrowestPhoneInTheDark(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	p := w.reads(browser.Settings{Narrow: true, Dark: true})
	signIn(p, "mara")
	p.Open("/works/new/upload")
	p.Upload("A file, or several", threeFiles(t)...)
	p.Sees("3 files are chosen.")
	p.Look("upload-pile-narrow")
	p.Submit("Read it")
	p.Sees("3 files: 3 texts.")
	p.Type("Title of the work", "Salt")
	p.Type("Place : ch3.txt", "1")
	p.Enter() // in a field it saves what was typed
	p.Sees("Saved.")
	browser.Ask[bool](p, `(document.querySelector("button[value^=later]").focus(), true)`)
	p.Enter()
	p.Sees("Moved.")
	if at := browser.Ask[string](p, `document.activeElement.querySelector("h3 a")?.textContent ?? document.activeElement.tagName`); at != "ch3.txt" {
		t.Errorf("after the press the focus is at %s", at)
	}
	p.Look("pile-narrow-dark")
	p.Axe()
	if over := browser.Ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("the page is %d wider than the window", over)
	}
	browser.Ask[bool](p, `(document.querySelector("button[value=make]").focus(), true)`)
	p.Enter()
	p.Sees("The drafts are made.")
	need(t, "the order", strings.Join(mara.toldIn(draftOf(mara.opens(p.Path()))), " "), "1 3 2")
}

func TestAPileSpeaksGerman(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{Phone: true, Language: "de", NoScript: true})
	p.Open("/sign-in")
	p.Fill("Name", "mara")
	p.Fill("Passwort", password)
	p.Submit("Anmelden")
	p.Open("/works/new/upload")
	p.Upload("Eine Datei oder mehrere", threeFiles(t)...)
	p.Submit("Lesen")
	p.Sees("3 Dateien: 3 Texte.")
	p.Look("pile-german")
	p.Submit("Entwürfe anlegen")
	p.Sees("Bitte füll das aus")
}

// Dropping files is a help only: the field takes them as if they had been
// chosen.
func TestFilesDroppedOnTheFieldAreChosen(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open("/works/new/upload")
	browser.Ask[bool](p, `(() => {
		const carried = new DataTransfer();
		carried.items.add(new File(["`+strings.Repeat("so it goes, and goes. ", 20)+`"], "a.txt", { lastModified: 1e12 }));
		carried.items.add(new File(["`+strings.Repeat("and the fog came in. ", 20)+`"], "b.txt", { lastModified: 2e12 }));
		const zone = document.querySelector("[data-drop]");
		zone.dispatchEvent(new DragEvent("dragover", { dataTransfer: carried, bubbles: true, cancelable: true }));
		zone.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
		return true;
	})()`)
	p.Sees("2 files are chosen.")
	need(t, "when they were changed", browser.Ask[string](p, `document.querySelector("input[name=times]").value`), "1000000000000 2000000000000")
	p.Submit("Read it")
	p.Sees("2 files: 2 texts.")
}
