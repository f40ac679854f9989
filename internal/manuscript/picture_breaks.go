package manuscript

import (
	"bytes"
	"image"
	_ "image/gif"  // dividers are GIFs more often than anything
	_ "image/jpeg" // or photographs of a line
	_ "image/png"
	"strconv"
	"strings"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// A picture that stands between paragraphs twice and more, and is small or very
// wide or called a divider, is drawn between scenes.
const (
	mostDividers = 20 // pictures whose size is looked at
	lowDivider   = 60 // as high as a divider may be at most, in dots
	wideDivider  = 5  // times as wide as high, and it is one
)

var dividerWords = pattern.New(`(?i)^(?:(?:scene|section|page|line|chapter) ?)?(?:break|divider|separator|ornament|rule|line|trennlinie|trenner|séparateur|separador|\*[ *]*|~[ ~*]*|-[ -]*)$`)

// surveyPictures notes the pictures that are breaks.
func (r *recogniser) surveyPictures() {
	places := map[string][]int{}
	for i := 1; i+1 < len(r.paras); i++ {
		if r.paras[i-1].form == plain && r.paras[i+1].form == plain && bareImage(r.paras[i].block) {
			src := r.paras[i].block.Src
			places[src] = append(places[src], i)
		}
	}
	looked := 0
	for src, at := range places {
		if len(at) < 2 || looked >= mostDividers {
			continue
		}
		looked++
		if !r.divides(src, r.paras[at[0]].block) {
			continue
		}
		for _, i := range at {
			r.breaks[i] = breakMark{"break.picture", 0.92}
		}
	}
}

// bareImage is true for a picture without a caption.
func bareImage(b *prose.Block) bool {
	return b != nil && b.Kind == prose.Image && len(b.Inlines) == 0 && b.Src != ""
}

// divides is true for a picture that is called a divider, or that is called
// nothing and whose size is that of one: as the page gives it, or as the picture has it.
func (r *recogniser) divides(src string, b *prose.Block) bool {
	if alt := strings.TrimSpace(b.Alt); alt != "" {
		return dividerWords.MatchString(alt) // what shows something is no divider, however small
	}
	width, errWidth := strconv.Atoi(b.Attrs.Get("width"))
	height, errHeight := strconv.Atoi(b.Attrs.Get("height"))
	if errWidth != nil || errHeight != nil {
		width, height = r.sizeOf(src)
	}
	return width > 0 && height > 0 && (height <= lowDivider || width >= wideDivider*height)
}

// sizeOf is how large a picture of the manuscript is; 0 when nobody can tell.
func (r *recogniser) sizeOf(src string) (width, height int) {
	for _, p := range r.src.pictures {
		if p.Name != src {
			continue
		}
		data, err := p.Data()
		if err != nil {
			return 0, 0
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return 0, 0
		}
		return c.Width, c.Height
	}
	return 0, 0
}
