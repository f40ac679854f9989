package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestATagIsNamedWithoutItsAccents(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		post := func(title, character string, restricted bool) {
			f := fields("Lamp " + title)
			f.Characters, f.Restricted = []string{character}, restricted
			w.posts(ada.viewer, f)
		}
		post("Secret", "Zoë Angström", true) // there first, and only for members
		post("Accents", "Zoé Ångström", false)
		post("Crossed", "Żółw Łukasz", false)
		post("Plain", "Renee Mora", false)
		post("Dressed", "Renée Mora", false)
		post("Voiced", "ガラス", false)
		post("Hidden", "Wölfe im Nebel", true)
		g := w.guest()
		g.opens(searching(`character:"Zoe Angstrom"`)).lists("Accents").lacks("No tag here")
		g.opens(searching(`tag:"zoe angstrom"`)).lists("Accents")
		g.opens(searching(`tag:"zoe angstrom" OR title:plain`)).lists("Plain", "Accents")
		g.opens("/works?include=character:Zoe+Angstrom").lists("Accents")
		g.opens("/works?exclude=character:Zoe+Angstrom").has("4 works")
		g.opens(searching(`character:"zolw lukasz"`)).lists("Crossed")
		g.opens(searching(`character:"renee mora"`)).lists("Plain") // exactly so
		g.opens(searching(`character:"renée mora"`)).lists("Dressed")
		ada.opens(searching(`character:"Zoe Angstrom"`)).lists("Secret")
		need(t, "where a box leads", g.get("/works?with=Zoe+Angstrom").expect(http.StatusSeeOther).to(), "/works?"+url.Values{"include": {"character:Zoé Ångström"}}.Encode())

		g.opens(searching("character:カラス")).lists().has("No tag here is called “カラス”.")
		g.opens("/works?include=character:Zoe+Angstrim&words=1-").lists().has("No tag here is called “Zoe Angstrim”.", "Near it:",
			`href="/works?include=character%3AZo%C3%A9+%C3%85ngstr%C3%B6m&amp;words=1-"`)
		leads := func(q, to string) {
			t.Helper()
			g.opens(searching(q)).lists().has(`href="/search?` + strings.ReplaceAll(url.Values{"q": {to}}.Encode(), "&", "&amp;") + `"`)
		}
		leads(`lamp (character:"Zoe Angstrim" OR character:nobody)`, `lamp character:"Zoé Ångström" OR character:nobody`)
		leads(`tag:"Zoe Angstrim" OR (title:nothing -tag:"Zoe Angstrim")`, `character:"Zoé Ångström" OR (title:nothing -tag:"Zoe Angstrim")`)
		g.opens("/works?include=fandom:Nobody&include=character:Renee+Mora").has("No tag here is called “Nobody”.").lacks("“Renee Mora”.")
		g.opens(searching(`renee title:nothing`)).lacks("No tag here")
		// What only hidden works bear is as what nobody ever used.
		for _, name := range []string{"Wolfe im Nebel", "Wölfe im Nebel", "Nobody at all"} {
			g.opens("/works?" + url.Values{"include": {"character:" + name}}.Encode()).lists().has("No tag here is called “" + name + "”.").lacks("Near it:")
		}
		ada.opens("/works?include=character:Wolfe+im+Nebel").lists("Hidden")
	})
}
