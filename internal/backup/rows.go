package backup

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"ficus/internal/sqldb"
)

// rowWriter writes rows as lines.
type rowWriter struct {
	to   *bufio.Writer
	line []byte
	raw  [][]byte // what follows the line
	rows int64
}

func newRowWriter(to io.Writer) *rowWriter { return &rowWriter{to: bufio.NewWriterSize(to, 256<<10)} }

// write writes one row.
func (w *rowWriter) write(values []any) error {
	w.line, w.raw = append(w.line[:0], '['), w.raw[:0]
	for i, value := range values {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		if err := w.value(value); err != nil {
			return err
		}
	}
	w.line = append(w.line, "]\n"...)
	if _, err := w.to.Write(w.line); err != nil {
		return err
	}
	for _, raw := range w.raw {
		if _, err := w.to.Write(raw); err != nil {
			return err
		}
	}
	w.rows++
	return nil
}

func (w *rowWriter) value(value any) error {
	switch v := value.(type) {
	case nil:
		w.line = append(w.line, "null"...)
	case bool:
		w.line = strconv.AppendBool(w.line, v)
	case int64:
		w.line = strconv.AppendInt(w.line, v, 10)
	case float64:
		w.line = strconv.AppendFloat(w.line, v, 'g', -1, 64)
	case string:
		if !utf8.ValidString(v) { // JSON could not give it back
			w.follows("text", []byte(v))
			return nil
		}
		w.line = appendText(w.line, v)
	case []byte:
		w.follows("bytes", v)
	default:
		return fmt.Errorf("a row holds a %T, which has no way into a backup", value)
	}
	return nil
}

// follows says that a value stands behind the line.
func (w *rowWriter) follows(kind string, raw []byte) {
	w.line = fmt.Appendf(w.line, `{"%s":%d}`, kind, len(raw))
	w.raw = append(w.raw, raw)
}

// appendText writes a JSON string with no more escapes than must be.
func appendText(line []byte, text string) []byte {
	line = append(line, '"')
	from := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		line = append(line, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			line = append(line, '\\', c)
		case '\n':
			line = append(line, `\n`...)
		default:
			line = fmt.Appendf(line, `\u%04x`, c)
		}
	}
	return append(append(line, text[from:]...), '"')
}

// rowReader reads rows from lines.
type rowReader struct {
	from    *bufio.Reader
	columns []Column
	line    []byte
	rows    int64
}

func newRowReader(from io.Reader, columns []Column) *rowReader {
	return &rowReader{from: bufio.NewReaderSize(from, 256<<10), columns: columns}
}

// longestLine bounds the memory one row takes, without what follows it.
const longestLine = 256 << 20

// next gives the next row and about how many bytes it takes; io.EOF after the
// last.
func (r *rowReader) next() (row []any, size int, err error) {
	if err := r.readLine(); err != nil {
		return nil, 0, err
	}
	r.rows++
	var values []json.RawMessage
	if err := json.Unmarshal(r.line, &values); err != nil || len(values) != len(r.columns) {
		return nil, 0, fmt.Errorf("row %d is not a list of %d values", r.rows, len(r.columns))
	}
	row, size = make([]any, len(values)), len(r.line)
	for i, value := range values {
		if row[i], err = r.value(r.columns[i].Kind, value); err != nil {
			return nil, 0, fmt.Errorf("row %d, %s: %w", r.rows, r.columns[i].Name, err)
		}
		if raw, is := row[i].([]byte); is {
			size += len(raw)
		}
	}
	return row, size, nil
}

func (r *rowReader) readLine() error {
	r.line = r.line[:0]
	for {
		piece, err := r.from.ReadSlice('\n')
		r.line = append(r.line, piece...)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, bufio.ErrBufferFull) && len(r.line) < longestLine:
		case err == io.EOF && len(r.line) > 0:
			return io.ErrUnexpectedEOF
		default:
			return err
		}
	}
}

func (r *rowReader) value(kind sqldb.Kind, value json.RawMessage) (any, error) {
	if string(value) == "null" {
		return nil, nil
	}
	if value[0] == '{' {
		return r.following(kind, value)
	}
	switch kind {
	case sqldb.Whole:
		return strconv.ParseInt(string(value), 10, 64)
	case sqldb.Real:
		return strconv.ParseFloat(string(value), 64)
	case sqldb.Boolean:
		return strconv.ParseBool(string(value))
	case sqldb.Text:
		var text string
		err := json.Unmarshal(value, &text)
		return text, err
	}
	return nil, errors.New("there is no such value in that column")
}

// following reads a value that stands behind the line.
func (r *rowReader) following(kind sqldb.Kind, value json.RawMessage) (any, error) {
	var says struct{ Bytes, Text *int64 }
	if err := json.Unmarshal(value, &says); err != nil {
		return nil, err
	}
	length := says.Bytes
	if kind == sqldb.Text {
		length = says.Text
	}
	if length == nil || *length < 0 {
		return nil, errors.New("there is no such value in that column")
	}
	var raw bytes.Buffer // grows as the bytes come, whatever length is claimed
	if _, err := io.CopyN(&raw, r.from, *length); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	if kind == sqldb.Text {
		return raw.String(), nil
	}
	if raw.Len() == 0 {
		return []byte{}, nil // not NULL
	}
	return raw.Bytes(), nil
}
