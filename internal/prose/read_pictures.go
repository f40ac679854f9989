package prose

import (
	"net/url"
	"slices"
	"strings"
)

// picture takes an img. Without an address of a kind we show, its words stay.
func (r *reader) picture(t tag) {
	address, ok := imageAddress(t.src)
	if !ok {
		r.drop("unsafe-image")
		if alt := t.attrs.Get("alt"); alt != "" {
			r.text(alt)
		}
		return
	}
	t.attrs = t.attrs.with("src", address).with("alt", t.attrs.Get("alt"))
	r.inline(Picture, "", t.kept())
}

// imageBlock makes an image standing alone of a picture and its paragraph.
func imageBlock(picture Attrs, around Block) Block {
	b := Block{Kind: Image, Align: around.Align, Src: picture.Get("src"), Alt: picture.Get("alt")}
	b.Attrs = around.Attrs
	for _, attr := range picture {
		if attr.Name != "src" && attr.Name != "alt" {
			b.Attrs = b.Attrs.with(attr.Name, attr.Value)
		}
	}
	return b
}

// player takes an iframe. A frame never stays; that of a player we know leaves
// a link to what it would have played.
func (r *reader) player(t tag) {
	address, ok := playerAddress(t.src)
	if !ok {
		return
	}
	link := &openMark{mark: Link, attrs: Attrs{{"href", address}}}
	if slices.ContainsFunc(r.currentMarks(), func(m *openMark) bool { return m.mark == Link }) {
		r.inline(Text, address, nil)
		return
	}
	r.inline(Text, address, nil, link)
}

// playerAddress gives the address to link to for the frame of a known player
// (reference/ao3.md §2.5).
func playerAddress(src string) (string, bool) {
	address, ok := linkAddress(src)
	if !ok {
		return "", false
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(parsed.Hostname()), "www.")
	switch host {
	case "youtube.com", "youtube-nocookie.com":
		if video, ok := strings.CutPrefix(parsed.Path, "/embed/"); ok && video != "" {
			return "https://www.youtube.com/watch?v=" + url.QueryEscape(strings.Trim(video, "/")), true
		}
	case "4shared.com", "audio.com", "archive.org", "player.bilibili.com", "criticalcommons.org", "podfic.com",
		"w.soundcloud.com", "open.spotify.com", "vidders.net", "viddertube.com", "player.vimeo.com":
	default:
		return "", false
	}
	parsed.Scheme = "https"
	return linkAddress(parsed.String())
}
