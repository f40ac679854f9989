package main

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestRefusalsSayWhatWouldBeRight(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct {
		want string
		args []string
	}{
		{`--listen "nonsense" is not an address such as 127.0.0.1:8080`, []string{"serve", "--listen", "nonsense"}},
		{`--listen "127.0.0.1:99999" is not an address such as 127.0.0.1:8080`, []string{"serve", "--listen", "127.0.0.1:99999"}},
		{`a PostgreSQL address looks like postgres://`, []string{"serve", "--listen", "127.0.0.1:0", "--database", "mysql://x"}},
		{`PostgreSQL at 127.0.0.1:1 does not answer: connect: connection refused`, []string{"serve", "--listen", "127.0.0.1:0", "--database", "postgres://nobody:secret@127.0.0.1:1/none"}},
	} {
		said := strings.TrimSuffix(refuses(t, append(c.args, "--data", data)...), "\n")
		if !strings.Contains(said, c.want) || strings.Contains(said, "secret") || strings.Count(said, "127.0.0.1") > strings.Count(c.want, "127.0.0.1")+1 {
			t.Errorf("ficus %s: said %q, want %q", strings.Join(c.args, " "), said, c.want)
		}
	}
}

func TestHelpSaysWhatHoldsOtherwise(t *testing.T) {
	help := strings.Join(strings.Fields(says(t, "", "serve", "--help")), " ")
	for _, want := range []string{"otherwise ./data", "otherwise 127.0.0.1:8080"} {
		if !strings.Contains(help, want) {
			t.Errorf("the help of serve does not say %q", want)
		}
	}
}

func TestAQuotaIsAFullDisk(t *testing.T) {
	data := t.TempDir()
	says(t, "a lamp in the window\n", "user", "create", "mara", "--password-stdin", "--data", data)
	token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--data", data))
	limited := command("serve", "--data", data, "--listen", "127.0.0.1:0")
	limited.Args = append([]string{"sh", "-c", `ulimit -f 2500; exec "$0" "$@"`, limited.Path}, limited.Args[1:]...)
	shell, err := exec.LookPath("sh")
	must(t, err)
	limited.Path = shell
	s := beginAs(t, limited)
	for range 200 {
		if s.posts(token, "Until it is full") == 0 {
			break
		}
	}
	said := func() bool { return strings.Contains(s.log.String(), "there is no room left") }
	for wait := 0; wait < 100 && !said(); wait++ { // the log comes through a pipe, after the answer
		time.Sleep(50 * time.Millisecond)
	}
	if !said() {
		t.Errorf("a file that may not grow is not told of as a full disk:\n%s", s.log.String())
	}
	if status, page := s.get("/works", ""); status != http.StatusOK || !strings.Contains(page, "Until it is full") {
		t.Errorf("what was stored is answered with %d", status)
	}
}
