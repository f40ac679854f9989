package sqldb

import (
	"database/sql"
	"fmt"
	"reflect"
	"strconv"

	"zombiezen.com/go/sqlite"
)

// column reads a column into a variable, as database/sql does.
func (s *statement) column(i int, dest any) error {
	kind := s.raw.ColumnType(i)
	switch dest := dest.(type) { // what most columns are, with nothing between
	case *int64:
		if kind == sqlite.TypeInteger {
			*dest = s.raw.ColumnInt64(i)
			return nil
		}
	case *int:
		if kind == sqlite.TypeInteger {
			*dest = s.raw.ColumnInt(i)
			return nil
		}
	case *bool:
		if kind == sqlite.TypeInteger {
			*dest = s.raw.ColumnBool(i)
			return nil
		}
	case *string:
		if kind == sqlite.TypeText {
			*dest = s.raw.ColumnText(i)
			return nil
		}
	}
	return assign(dest, s.value(i, kind))
}

// value is a column as it is.
func (s *statement) value(i int, kind sqlite.ColumnType) any {
	switch kind {
	case sqlite.TypeInteger:
		return s.raw.ColumnInt64(i)
	case sqlite.TypeFloat:
		return s.raw.ColumnFloat(i)
	case sqlite.TypeText:
		return s.raw.ColumnText(i)
	case sqlite.TypeBlob:
		bytes := make([]byte, s.raw.ColumnLen(i))
		s.raw.ColumnBytes(i, bytes)
		return bytes
	}
	return nil
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
