package page

import (
	"context"
	"io"
)

// The addresses of tags as a sheet.
const (
	PathSheet    = "/desk/tags/sheet"
	PathSheetOut = "/desk/tags/sheet.csv"
)

// SheetPage is where wranglers carry tags away as a sheet, and bring one back. Its
// form posts sheet or file, and do: sheet, once it was read what that changes.
type SheetPage struct {
	Shell
	Errors Errors // of sheet
	Sheet  string // as it was brought
	Most   int    // lines
	IsRead bool   // a sheet was brought, and Steps is what it asks for
	Steps  int
	Shown  []SheetStep // the first of them
	Left   bool        // lines that something is wrong with are left out
	Did    int         // of what was asked for, where the rest was refused
}

// SheetStep is one thing that a line asks for.
type SheetStep struct {
	Line int
	Text string
}

// Render writes the page.
func (p SheetPage) Render(ctx context.Context, w io.Writer) error { return sheetPage(p).Render(ctx, w) }

func (p SheetPage) sheet() field {
	return field{name: "sheet", label: p.T("sheet.sheet"), help: p.T("sheet.help", "Limit", p.Most), value: p.Sheet, errors: p.Errors}
}
