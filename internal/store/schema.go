package store

import (
	"embed"
	"io/fs"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the numbered migrations, shared by both engines unless suffixed
// with one.
func Schema() fs.FS {
	files, err := fs.Sub(schemaFiles, "schema")
	if err != nil {
		panic("store: the schema is embedded at build time: " + err.Error())
	}
	return files
}
