package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// browse has the module beside this program measure filtered lists on the index
// and on what a site would pick instead, over a database of PostgreSQL that is
// made for it and dropped afterwards. The folder keeps what SQLite and Bleve
// hold for the next time.
func browse(dir string) (err error) {
	server, err := url.Parse(os.Getenv("FICUS_TEST_POSTGRES"))
	if err != nil || server.Scheme == "" {
		return errors.New("say where PostgreSQL is with FICUS_TEST_POSTGRES=postgres://…")
	}
	if err := errors.Join(need("psql"), os.MkdirAll(dir, 0o700)); err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	name := fmt.Sprintf("ficus_browse_%d", time.Now().Unix())
	if err := sql(server, "CREATE DATABASE "+name); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sql(server, "DROP DATABASE "+name)) }()
	own := *server
	own.Path = "/" + name
	query := own.Query()
	query.Set("options", "-c work_mem=256MB")
	own.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20") // PostgreSQL takes a plus for itself
	measured := exec.Command("go", "run", ".", "-dir", dir, "-postgres", own.String())
	measured.Dir, measured.Stdout, measured.Stderr = filepath.Join("bench", "browse"), os.Stdout, os.Stderr
	return measured.Run()
}

func sql(server *url.URL, statement string) error {
	if out, err := exec.Command("psql", server.String(), "-qc", statement).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", statement, err, out)
	}
	return nil
}
