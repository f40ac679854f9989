package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A frame of a site on the list is kept as what it plays, in every form a text
// takes; a comment and a note hold a link.
func TestFrameOfAKnownSiteIsAPlayer(t *testing.T) {
	d, dropped := ReadTyped(`Watch: <iframe width="560" height="315" title="The lamp" src="https://www.youtube-nocookie.com/embed/aBc-1_2?rel=0&amp;autoplay=1" allowfullscreen></iframe> now`)
	const stored = `<p>Watch: <a class="player" href="https://www.youtube.com/watch?v=aBc-1_2">The lamp</a> now</p>`
	if got := d.HTML(); got != stored {
		t.Errorf("got %q, want %q", got, stored)
	}
	if len(dropped) > 0 {
		t.Errorf("it is said that %v went", dropped)
	}
	checkDocument(t, d)
	if got := d.Text(0); got != "Watch: The lamp (https://www.youtube.com/watch?v=aBc-1_2) now\n" {
		t.Errorf("as plain text it is %q", got)
	}
	if again, _ := ReadMarkdown(d.Markdown()); again.HTML() != stored {
		t.Errorf("from Markdown it comes back as %q", again.HTML())
	}
	const link = `<p>Watch: <a href="https://www.youtube.com/watch?v=aBc-1_2">The lamp</a> now</p>`
	if got := d.Remark(true).HTML(); got != link {
		t.Errorf("in a comment it is %q", got)
	}
	if got := d.Unplayed().HTML(); got != link {
		t.Errorf("in a note it is %q", got)
	}
	if got := d.Remark(false).HTML(); got != `<p>Watch: The lamp (https://www.youtube.com/watch?v=aBc-1_2) now</p>` {
		t.Errorf("in a comment of somebody new it is %q", got)
	}
}

func TestFramesOfOtherHostsLeaveNothing(t *testing.T) {
	for _, src := range []string{
		"https://tracker.example/embed/x", "https://youtube.com.evil.example/embed/abc", "https://evil.example/youtube.com/embed/abc",
		"https://youtube.com@evil.example/embed/abc", "https://someone:pass@www.youtube.com/embed/abc", "https://www.youtube.com:8443/embed/abc",
		"javascript:alert(1)", "data:text/html,<p>x", "//evil.example/embed/x", "/embed/abc", "https://www.youtube.com/embed/a%22onload=x",
		"https://www.youtube.com/embed/", "https://www.youtube.com/redirect?q=https://evil.example", "ftp://www.youtube.com/embed/abc",
		"https://w.soundcloud.com/player/?url=https://evil.example/tracks/1", "https://player.vimeo.com/video/1/../../x", "https://notyoutube.com/embed/abc",
		"https://archive.org/download/evil/page.html", "https://www.youtube.com/embed/" + strings.Repeat("a", 65), "",
	} {
		d, dropped := ReadTyped(`a <iframe src="` + strings.ReplaceAll(src, `"`, "&quot;") + `">old browsers read this</iframe>b`)
		if got := d.HTML(); got != "<p>a b</p>" {
			t.Errorf("the frame of %s left %q", src, got)
		}
		if diff := cmp.Diff([]Dropped{{"frame", 1}}, dropped); diff != "" {
			t.Errorf("%s: %s", src, diff)
		}
		if played, ok := PlayedAt(src); ok {
			t.Errorf("%s is taken for %+v", src, played)
		}
	}
}

// Whatever is said beside what identifies goes, and both addresses lead back
// to the same.
func TestPlayersAreMadeAnewOfWhatIdentifiesThem(t *testing.T) {
	for src, want := range map[string][3]string{
		"http://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&evil=<x>":          {"YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"},
		"//www.YouTube.com/embed/dQw4w9WgXcQ/":                                  {"YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"},
		"https://youtu.be/dQw4w9WgXcQ?t=3":                                      {"YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"},
		"https://www.youtube.com/embed/videoseries?list=PL123":                  {"YouTube", "https://www.youtube.com/playlist?list=PL123", "https://www.youtube-nocookie.com/embed/videoseries?list=PL123"},
		"https://player.vimeo.com/video/76979871?color=fff":                     {"Vimeo", "https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"},
		"https://player.vimeo.com/video/76979871?h=8272103f6e":                  {"Vimeo", "https://vimeo.com/76979871/8272103f6e", "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e"},
		"https://archive.org/embed/night_lamp.2004":                             {"Internet Archive", "https://archive.org/details/night_lamp.2004", "https://archive.org/embed/night_lamp.2004"},
		"https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/ro/lamp": {"SoundCloud", "https://soundcloud.com/ro/lamp", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fro%2Flamp"},
		"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/29&color=red": {
			"SoundCloud", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F29", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F29"},
		"https://open.spotify.com/embed/track/11dFghVXANMlKmJXsNCbNl?si=x": {"Spotify", "https://open.spotify.com/track/11dFghVXANMlKmJXsNCbNl", "https://open.spotify.com/embed/track/11dFghVXANMlKmJXsNCbNl"},
		"//player.bilibili.com/player.html?bvid=BV1xx411c7mD&page=1":       {"Bilibili", "https://www.bilibili.com/video/BV1xx411c7mD", "https://player.bilibili.com/player.html?autoplay=0&bvid=BV1xx411c7mD"},
		"//player.bilibili.com/player.html?aid=170001":                     {"Bilibili", "https://www.bilibili.com/video/av170001", "https://player.bilibili.com/player.html?autoplay=0&aid=170001"},
		"https://www.4shared.com/web/embed/file/dJnMZPT1ba":                {"4shared", "https://www.4shared.com/web/embed/file/dJnMZPT1ba", "https://www.4shared.com/web/embed/file/dJnMZPT1ba"},
		"https://audio.com/embed/audio/1797":                               {"Audio.com", "https://audio.com/embed/audio/1797", "https://audio.com/embed/audio/1797"},
		"https://criticalcommons.org/embed?m=Ab3":                          {"Critical Commons", "https://criticalcommons.org/view?m=Ab3", "https://criticalcommons.org/embed?m=Ab3"},
		"https://podfic.com/player/12":                                     {"Podfic.com", "https://podfic.com/player/12", "https://podfic.com/player/12"},
		"https://www.vidders.net/embed/12":                                 {"Vidders.net", "https://vidders.net/embed/12", "https://vidders.net/embed/12"},
		"https://viddertube.com/embed?m=Q1":                                {"ViddeRTube", "https://viddertube.com/view?m=Q1", "https://viddertube.com/embed?m=Q1"},
	} {
		got, ok := PlayedAt(src)
		if diff := cmp.Diff(want, [3]string{got.Provider, got.Address, got.Frame}); !ok || diff != "" {
			t.Errorf("%s: %s", src, diff)
		}
		for _, address := range []string{got.Address, got.Frame} {
			if again, _ := PlayedAt(address); again != got {
				t.Errorf("%s is read as %+v, was %+v", address, again, got)
			}
		}
		if host := got.Host(); !strings.HasPrefix(got.Frame, host+"/") || strings.Count(host, "/") != 2 {
			t.Errorf("the host of %s is said to be %s", got.Frame, host)
		}
		d, _ := ReadTyped(`<iframe src="` + src + `"></iframe>`)
		checkDocument(t, d)
		checkForAO3(t, d)
		checkForFFN(t, d)
		if !strings.Contains(d.HTML(), `class="player"`) {
			t.Errorf("the frame of %s left %q", src, d.HTML())
		}
	}
}

// A link with the class is a player only where one is; elsewhere the class is
// nothing of the writer's.
func TestALinkIsAPlayerOnlyWhereSomethingPlays(t *testing.T) {
	checkHTML(t, []reading{
		{"short form", `<a href="https://youtu.be/abc" class="player loud">x</a>`, `<p><a class="player loud" href="https://www.youtube.com/watch?v=abc">x</a></p>`},
		{"elsewhere", `<a href="https://example.org/" class="player">x</a>`, `<p><a href="https://example.org/">x</a></p>`},
		{"a plain link", `<a href="https://youtu.be/abc">x</a>`, `<p><a href="https://youtu.be/abc">x</a></p>`},
		{"in a link", `<a href="https://example.org/">x <iframe src="https://youtu.be/abc"></iframe></a>`, `<p><a href="https://example.org/">x https://www.youtube.com/watch?v=abc</a></p>`},
		{"in a heading", `<h2><iframe src="https://youtu.be/abc"></iframe></h2>`, `<h2><a class="player" href="https://www.youtube.com/watch?v=abc">https://www.youtube.com/watch?v=abc</a></h2>`},
	})
}

func TestACopyOfAPlayerIsAFrameOrALink(t *testing.T) {
	d, _ := ReadTyped(`<iframe src="https://youtu.be/abc" title="The lamp"></iframe>`)
	want := `<p><iframe allowfullscreen="allowfullscreen" height="315" src="https://www.youtube-nocookie.com/embed/abc" title="The lamp" width="560"></iframe></p>`
	if c := copied(d, ForAO3); c.Text != want || len(c.Losses) > 0 {
		t.Errorf("for AO3: %q %v", c.Text, c.Losses)
	}
	if c := copied(d, ForFFN); c.Text != "<p>The lamp (https://www.youtube.com/watch?v=abc)</p>" || !names(c, "player") {
		t.Errorf("for FFN: %q %v", c.Text, c.Losses)
	}
	if c := copied(d, ForMarkdown); strings.TrimSpace(c.Text) != "[The lamp](https://www.youtube.com/watch?v=abc)" || !names(c, "player") {
		t.Errorf("as Markdown: %q %v", c.Text, c.Losses)
	}
	if c := d.CopyFor(ForAO3, CopyOptions{Classless: true}); c.Text != `<p><a href="https://www.youtube.com/watch?v=abc">The lamp</a></p>` || !names(c, "player") {
		t.Errorf("for a summary: %q %v", c.Text, c.Losses)
	}
}
