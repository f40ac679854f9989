package sqldb

import (
	"database/sql"
	"fmt"
	"reflect"
	"strconv"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// column reads a column into a variable, as database/sql does.
func (s *statement) column(i int32, dest any) error {
	tls, handle := s.conn.tls, s.handle
	kind := sqlite3.Xsqlite3_column_type(tls, handle, i)
	switch dest := dest.(type) { // what most columns are, with nothing between
	case *int64:
		if kind == sqlite3.SQLITE_INTEGER {
			*dest = sqlite3.Xsqlite3_column_int64(tls, handle, i)
			return nil
		}
	case *int:
		if kind == sqlite3.SQLITE_INTEGER {
			*dest = int(sqlite3.Xsqlite3_column_int64(tls, handle, i))
			return nil
		}
	case *bool:
		if kind == sqlite3.SQLITE_INTEGER {
			*dest = sqlite3.Xsqlite3_column_int64(tls, handle, i) != 0
			return nil
		}
	case *string:
		if kind == sqlite3.SQLITE_TEXT {
			*dest = s.text(i)
			return nil
		}
	}
	return assign(dest, s.value(i, kind))
}

// value is a column as it is.
func (s *statement) value(i, kind int32) any {
	switch kind {
	case sqlite3.SQLITE_INTEGER:
		return sqlite3.Xsqlite3_column_int64(s.conn.tls, s.handle, i)
	case sqlite3.SQLITE_FLOAT:
		return sqlite3.Xsqlite3_column_double(s.conn.tls, s.handle, i)
	case sqlite3.SQLITE_TEXT:
		return s.text(i)
	case sqlite3.SQLITE_BLOB:
		at := sqlite3.Xsqlite3_column_blob(s.conn.tls, s.handle, i)
		if at == 0 {
			return []byte(nil)
		}
		return append([]byte(nil), libc.GoBytes(at, int(sqlite3.Xsqlite3_column_bytes(s.conn.tls, s.handle, i)))...)
	}
	return nil
}

func (s *statement) text(i int32) string {
	at := sqlite3.Xsqlite3_column_text(s.conn.tls, s.handle, i)
	if at == 0 {
		return ""
	}
	return string(libc.GoBytes(at, int(sqlite3.Xsqlite3_column_bytes(s.conn.tls, s.handle, i))))
}

// assign puts a value into a variable of a type that fits it.
func assign(dest, value any) error {
	if scanner, is := dest.(sql.Scanner); is {
		return scanner.Scan(value)
	}
	into := reflect.ValueOf(dest)
	if into.Kind() != reflect.Pointer || into.IsNil() {
		return fmt.Errorf("%T is nothing to read into", dest)
	}
	return assignTo(into.Elem(), value)
}

func assignTo(into reflect.Value, value any) error {
	misfit := fmt.Errorf("%T does not fit into %s", value, into.Type())
	switch into.Kind() {
	case reflect.Interface:
		if value == nil {
			into.SetZero()
			return nil
		}
		into.Set(reflect.ValueOf(value))
		return nil
	case reflect.Pointer:
		if value == nil {
			into.SetZero()
			return nil
		}
		into.Set(reflect.New(into.Type().Elem()))
		return assignTo(into.Elem(), value)
	}
	switch v := value.(type) {
	case nil:
		if into.Kind() == reflect.Slice {
			into.SetZero()
			return nil
		}
	case int64:
		switch {
		case into.CanInt() && !into.OverflowInt(v):
			into.SetInt(v)
			return nil
		case into.Kind() == reflect.Bool:
			into.SetBool(v != 0)
			return nil
		case into.CanFloat():
			into.SetFloat(float64(v))
			return nil
		case into.Kind() == reflect.String:
			into.SetString(strconv.FormatInt(v, 10))
			return nil
		}
	case float64:
		if into.CanFloat() {
			into.SetFloat(v)
			return nil
		}
	case string:
		return assignText(into, []byte(v), misfit)
	case []byte:
		return assignText(into, v, misfit)
	}
	return misfit
}

func assignText(into reflect.Value, text []byte, misfit error) error {
	switch {
	case into.Kind() == reflect.String:
		into.SetString(string(text))
		return nil
	case into.Kind() == reflect.Slice && into.Type().Elem().Kind() == reflect.Uint8:
		into.SetBytes(text)
		return nil
	}
	return misfit
}
