package wrangling

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// A sheet is what tags are, or are to be, as a file of comma-separated values:
// a line for each tag, under the names of its columns. An empty cell leaves what
// it is about as it is, and "-" empties it; several tags in a cell stand a line
// each.
const (
	sheetKind     = "kind"
	sheetTag      = "tag"
	sheetStanding = "standing"
	sheetMeans    = "means"      // of a synonym: its canonical
	sheetMeansIn  = "means_kind" // of another kind than its own
	sheetParents  = "parents"
	sheetMetatags = "metatags"

	sheetNothing = "-"
)

// SheetLines is how many lines a sheet that is brought has at most.
const SheetLines = 2000

func sheetColumns() []string {
	return []string{sheetKind, sheetTag, sheetStanding, sheetMeans, sheetMeansIn, sheetParents, sheetMetatags}
}

// sheetLine is what a line says of a tag.
type sheetLine struct {
	number int
	cells  map[string]string
	beyond string // in a cell that has no column
}

// several are the tags of a cell, and whether it says anything of them.
func (l sheetLine) several(column string) (names []string, says bool) {
	cell := l.cells[column]
	if cell == sheetNothing {
		return nil, true
	}
	for name := range strings.Lines(cell) {
		if name = unguarded(archive.CleanLine(name)); name != "" {
			names = append(names, name)
		}
	}
	return names, len(names) > 0
}

// guarded is a cell that no spreadsheet takes for a formula; unguarded is the
// cell again.
func guarded(cell string) string {
	if cell != "" && cell != sheetNothing && strings.ContainsRune("=+-@", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// readSheet reads a sheet, whichever of comma, semicolon and tab stands between
// its cells.
func readSheet(sheet []byte) ([]sheetLine, error) {
	sheet = bytes.TrimPrefix(sheet, []byte("\ufeff"))
	if !utf8.Valid(sheet) {
		return nil, archive.Problems{{Field: "sheet", Rule: "sheet_utf8"}}
	}
	first, _, _ := bytes.Cut(sheet, []byte("\n"))
	rows := csv.NewReader(bytes.NewReader(sheet))
	rows.FieldsPerRecord = -1
	for _, between := range ";\t" {
		if !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, between) {
			rows.Comma = between
		}
	}
	columns, err := readHead(rows)
	if err != nil {
		return nil, err
	}
	var lines []sheetLine
	for {
		cells, err := rows.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return lines, nil
		case errors.As(err, &broken):
			return nil, archive.Problems{{Field: "sheet", Rule: "sheet_broken", Args: map[string]any{"Line": broken.Line}}}
		case err != nil:
			return nil, err
		case len(lines) == SheetLines:
			return nil, archive.Problems{{Field: "sheet", Rule: "sheet_long", Args: map[string]any{"Limit": SheetLines}}}
		}
		at, _ := rows.FieldPos(0)
		lines = append(lines, lineOf(at, columns, cells))
	}
}

// readHead reads which columns a sheet has. One that nobody knows is refused: it
// may be a known one that was mistyped, and left out nobody would miss it.
func readHead(rows *csv.Reader) ([]string, error) {
	columns, err := rows.Read()
	known := map[string]any{"Columns": strings.Join(sheetColumns(), ", ")}
	var wrong archive.Problems
	for i, column := range columns {
		columns[i] = strings.ToLower(strings.TrimSpace(column))
		isTwice := slices.Contains(columns[:i], columns[i])
		switch {
		case columns[i] == "":
		case !slices.Contains(sheetColumns(), columns[i]):
			wrong.Add("sheet", "sheet_column", "N", i+1, "Value", column, "Columns", known["Columns"])
		case isTwice:
			wrong.Add("sheet", "sheet_column_twice", "N", i+1, "Value", column)
		}
	}
	if err != nil || !slices.Contains(columns, sheetKind) || !slices.Contains(columns, sheetTag) {
		wrong = append(wrong, archive.Invalid{Field: "sheet", Rule: "sheet_columns", Args: known})
	}
	return columns, wrong.Err()
}

// lineOf reads the cells of a line. What stands under no column is noted.
func lineOf(at int, columns, cells []string) sheetLine {
	line := sheetLine{number: at, cells: map[string]string{}}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		switch {
		case i < len(columns) && columns[i] != "":
			line.cells[columns[i]] = cell
		case cell != "" && line.beyond == "":
			line.beyond = cell
		}
	}
	return line
}

// SheetStep is one act that a line of a sheet asks for.
type SheetStep struct {
	Line  int
	Kind  archive.TagActKind
	Tag   archive.SortedTag
	Other archive.SortedTag // beside which; none of some acts
}

// sheetOrder is what of a sheet is done before what: what is to be a canonical
// first, for other lines build on it.
var sheetOrder = []archive.TagActKind{
	archive.TagMadeCanonical, archive.TagLeft, archive.TagMerged, archive.TagUnfiled, archive.TagFiled, archive.TagTakenOut, archive.TagPutUnder,
}

// PlanSheet reads a sheet and tells what it asks for, in the order in which it is
// to be done, and what is wrong with its lines, which are left out as a whole;
// nothing is changed.
func (w *Wrangling) PlanSheet(ctx context.Context, v archive.Viewer, sheet []byte) (steps []SheetStep, wrong archive.Problems, err error) {
	if !v.MayWrangle() {
		return nil, nil, archive.ErrNotFound
	}
	lines, err := readSheet(sheet)
	if err != nil {
		return nil, nil, err
	}
	err = w.store.Read(ctx, func(tx *store.Tx) error {
		above, err := tx.Sorting.Metatags(ctx)
		if err != nil {
			return err
		}
		p := planning{tx: tx, viewer: v, above: above}
		for _, line := range lines {
			if err := p.read(ctx, line); err != nil {
				return err
			}
		}
		steps, err = p.keep(ctx)
		wrong = p.wrong
		return err
	})
	return steps, wrong, err
}

// DoStep does what a line of a sheet asks for; waits when it is a merge that has
// to.
func (w *Wrangling) DoStep(ctx context.Context, v archive.Viewer, s SheetStep) (waits bool, err error) {
	seen := Tag{ID: s.Tag.ID}
	err = w.store.Read(ctx, func(tx *store.Tx) (err error) {
		seen.Seen, err = tx.TagActs.Seen(ctx, seen.ID)
		return err
	})
	if err != nil {
		return false, err
	}
	switch s.Kind {
	case archive.TagMadeCanonical:
		return false, w.MakeCanonical(ctx, v, seen)
	case archive.TagLeft:
		return false, w.LeaveAsIs(ctx, v, seen)
	case archive.TagMerged:
		return w.Merge(ctx, v, seen, s.Other.ID)
	case archive.TagUnfiled:
		return false, w.Unfile(ctx, v, seen, s.Other.ID)
	case archive.TagFiled:
		return false, w.File(ctx, v, seen, s.Other.ID)
	case archive.TagTakenOut:
		return false, w.RemoveMetatag(ctx, v, seen, s.Other.ID)
	case archive.TagPutUnder:
		return false, w.AddMetatag(ctx, v, seen, s.Other.ID)
	}
	return false, archive.ErrNotFound
}

// sheetAtOnce is how many tags of a sheet are read at a time.
const sheetAtOnce = 500

// WriteSheet writes the tags that somebody has sorted, and those that wait and
// stand on a work that is shown, of those the viewer may sort.
func (w *Wrangling) WriteSheet(ctx context.Context, v archive.Viewer, to io.Writer) error {
	if !v.MayWrangle() {
		return archive.ErrNotFound
	}
	rows := csv.NewWriter(to)
	if err := rows.Write(sheetColumns()); err != nil {
		return err
	}
	for after := int64(0); ; {
		var tags []int64
		err := w.store.Read(ctx, func(tx *store.Tx) (err error) {
			if tags, err = tx.Bins.Sheet(ctx, v, after, sheetAtOnce); err != nil || len(tags) == 0 {
				return err
			}
			return writeTags(ctx, tx, v, rows, tags)
		})
		if err != nil {
			return err
		}
		if rows.Flush(); rows.Error() != nil || len(tags) < sheetAtOnce {
			return rows.Error()
		}
		after = tags[len(tags)-1]
	}
}

func writeTags(ctx context.Context, tx *store.Tx, v archive.Viewer, rows *csv.Writer, ids []int64) error {
	tags, err := tx.Indexed.Tags(ctx, ids...)
	if err != nil {
		return err
	}
	var others []int64
	for _, t := range tags {
		others = append(append(append(others, t.Means()), t.Parents...), t.Metatags...)
	}
	slices.Sort(others)
	named, err := tx.Tags.Some(ctx, slices.Compact(others)...)
	if err != nil {
		return err
	}
	cell := func(ids []int64) string {
		names := make([]string, len(ids))
		for i, id := range ids {
			names[i] = guarded(named[id].Name)
		}
		return strings.Join(names, "\n")
	}
	for _, t := range tags {
		if may, err := tx.Wranglers.May(ctx, v, t.ID); err != nil {
			return err
		} else if !may {
			continue
		}
		means, in := "", ""
		if t.Standing == archive.TagSynonym {
			if means = guarded(named[t.Canonical].Name); named[t.Canonical].Kind != t.Kind {
				in = string(named[t.Canonical].Kind)
			}
		}
		if err := rows.Write([]string{string(t.Kind), guarded(t.Name), string(t.Standing), means, in, cell(t.Parents), cell(t.Metatags)}); err != nil {
			return err
		}
	}
	return nil
}
