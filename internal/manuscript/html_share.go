package manuscript

import (
	"strings"

	"ficus/internal/prose"
)

// textSize is about how long the text of blocks is.
func textSize(blocks []prose.Block) int {
	size := len(blocks)
	for i := range blocks {
		size += runsSize(blocks[i].Inlines) + textSize(blocks[i].Blocks)
	}
	return size
}

func runsSize(runs []prose.Inline) int {
	size := 0
	for i := range runs {
		size += len(runs[i].Text) + runsSize(runs[i].Kids)
	}
	return size
}

// shareBlock lets the text of a block be a stretch of what it shows, the text
// of the source, and gives what is left of that.
func shareBlock(b *prose.Block, shown string) (rest string) {
	if b.Kind == prose.SceneBreak {
		return strings.TrimPrefix(shown, b.Glyphs)
	}
	before := len(shown)
	shown = shareRuns(b.Inlines, shown)
	for i := range b.Blocks {
		if i > 0 || len(shown) < before {
			shown = strings.TrimPrefix(shown, "\n")
		}
		shown = shareBlock(&b.Blocks[i], shown)
	}
	return shown
}

// shareRuns does so with runs. What does not stand there, as it should, is
// copied, so that the page it was read from is held by nothing.
func shareRuns(runs []prose.Inline, shown string) (rest string) {
	for i := range runs {
		run := &runs[i]
		switch run.Mark {
		case prose.Text:
			after, found := strings.CutPrefix(shown, run.Text)
			if !found {
				run.Text = strings.Clone(run.Text)
				continue
			}
			run.Text, shown = shown[:len(shown)-len(after)], after
		case prose.LineBreak:
			shown = strings.TrimPrefix(shown, "\n")
		case prose.Footnote:
			shown = shareRuns(run.Kids, strings.TrimPrefix(shown, " ["))
			shown = strings.TrimPrefix(shown, "]")
		default:
			shown = shareRuns(run.Kids, shown)
		}
	}
	return shown
}
