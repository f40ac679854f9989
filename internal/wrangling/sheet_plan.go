package wrangling

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// planning finds out what the lines of a sheet ask for.
type planning struct {
	tx     *store.Tx
	viewer archive.Viewer
	above  archive.Metatags // as they stand
	steps  []SheetStep
	wrong  archive.Problems
}

// read reads a line against the tag as it stands. What is wrong is noted.
func (p *planning) read(ctx context.Context, line sheetLine) error {
	if line.beyond != "" {
		p.refuse(line, "sheet_beyond", line.beyond)
		return nil
	}
	tag, err := p.named(ctx, line, archive.TagKind(line.cells[sheetKind]), unguarded(line.cells[sheetTag]))
	if err != nil || tag.ID == 0 {
		return err
	}
	if may, err := p.tx.Wranglers.May(ctx, p.viewer, tag.ID); err != nil || !may {
		p.refuse(line, "sheet_not_yours", tag.Name)
		return err
	}
	if err := p.readStanding(ctx, line, tag); err != nil {
		return err
	}
	parents, err := p.tx.Sorting.Parents(ctx, tag.ID)
	if err != nil {
		return err
	}
	if err := p.readBeside(ctx, line, sheetParents, tag, parents, archive.TagFiled, archive.TagUnfiled); err != nil {
		return err
	}
	return p.readBeside(ctx, line, sheetMetatags, tag, p.above[tag.ID], archive.TagPutUnder, archive.TagTakenOut)
}

func (p *planning) refuse(line sheetLine, rule, value string) {
	p.wrong = append(p.wrong, archive.Invalid{Field: "sheet", Rule: rule, Args: map[string]any{"Line": line.number, "Value": value}})
}

// named finds a tag that a line names; without a number when there is none.
func (p *planning) named(ctx context.Context, line sheetLine, kind archive.TagKind, name string) (archive.SortedTag, error) {
	if !kind.IsWrangled() {
		p.refuse(line, "sheet_kind", string(kind))
		return archive.SortedTag{}, nil
	}
	tag, err := p.tx.Sorting.Named(ctx, kind, name)
	if err == nil && tag.Standing == archive.TagUnsorted { // a draft's tags are nobody's to sort
		_, err = p.tx.Tags.Find(ctx, p.viewer, tag.ID)
	}
	if errors.Is(err, archive.ErrNotFound) {
		p.refuse(line, "sheet_unknown", name)
		return archive.SortedTag{}, nil
	}
	return tag, err
}

// readStanding reads what the tag is to be.
func (p *planning) readStanding(ctx context.Context, line sheetLine, tag archive.SortedTag) error {
	standing := archive.TagStanding(line.cells[sheetStanding])
	if standing == tag.Standing && standing != archive.TagSynonym {
		return nil
	}
	switch standing {
	case "":
	case archive.TagCanonical:
		p.steps = append(p.steps, SheetStep{Line: line.number, Kind: archive.TagMadeCanonical, Tag: tag})
	case archive.TagAsIs:
		p.steps = append(p.steps, SheetStep{Line: line.number, Kind: archive.TagLeft, Tag: tag})
	case archive.TagSynonym:
		if line.cells[sheetMeans] == "" {
			p.refuse(line, "sheet_means", tag.Name)
			return nil
		}
		kind := tag.Kind
		if in := line.cells[sheetMeansIn]; in != "" {
			kind = archive.TagKind(in)
		}
		means, err := p.named(ctx, line, kind, unguarded(line.cells[sheetMeans]))
		if err != nil || means.ID == 0 || means.ID == tag.Canonical {
			return err
		}
		p.steps = append(p.steps, SheetStep{Line: line.number, Kind: archive.TagMerged, Tag: tag, Other: means})
	default:
		p.refuse(line, "sheet_standing", string(standing))
	}
	return nil
}

// readBeside reads what the tag is to stand under, of the tags that are there and
// those of a column.
func (p *planning) readBeside(ctx context.Context, line sheetLine, column string, tag archive.SortedTag, now []int64, put, take archive.TagActKind) error {
	names, says := line.several(column)
	if !says {
		return nil
	}
	kind := tag.Kind
	if put == archive.TagFiled {
		kind = archive.KindFandom
	}
	var wanted []int64
	for _, name := range names {
		other, err := p.named(ctx, line, kind, name)
		if err != nil {
			return err
		}
		if other.ID == 0 {
			return nil // it is said already; nothing is taken away for a word that was mistyped
		}
		wanted = append(wanted, other.ID)
		if !slices.Contains(now, other.ID) {
			p.steps = append(p.steps, SheetStep{Line: line.number, Kind: put, Tag: tag, Other: other})
		}
	}
	for _, id := range now {
		if slices.Contains(wanted, id) {
			continue
		}
		other, err := p.tx.Sorting.Find(ctx, id)
		if err != nil {
			return err
		}
		p.steps = append(p.steps, SheetStep{Line: line.number, Kind: take, Tag: tag, Other: other})
	}
	return nil
}
