package manuscript

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

const mailHead = "From: quill@example.net\nSubject: Lamp\nMIME-Version: 1.0\n"

func TestAMailOfManyPartsGivesItsStory(t *testing.T) {
	for name, c := range map[string]struct{ mail, want string }{
		"one charset a part": {mailHead + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte("\xed\xc1\xd1\xcb \xd0\xcf\xc7\xc1\xd3.")) + "\n--b--\n", "Маяк погас."},
		"plain texts in order":         {mailHead + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe lamp was lit.\n--b\nContent-Type: application/pdf\n\nxx\n--b\nContent-Type: text/plain\n\nIt went out.\n--b--\n", "The lamp was lit.\nIt went out."},
		"a page shorter than the text": {mailHead + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe lamp was lit, and it burned until the morning.\n--b\nContent-Type: text/html\n\n<p>See the text.</p>\n--b--\n", "The lamp was lit, and it burned until the morning."},
		"cut off":                      {mailHead + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe lamp was lit.\n", "The lamp was lit."},
		"packed badly":                 {mailHead + "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nThe lamp =ZZ was lit=\n.\n", "The lamp =ZZ was lit=\n."},
		"old letters in its head":      {strings.Replace(mailHead, "Lamp", "Caf\xe9\x00", 1) + "Content-Type: text/plain\n\nThe lamp was lit.\n", "The lamp was lit."},
		"an mbox":                      {"From quill@example.net Tue Mar  4 21:04:11 2003\n" + mailHead + "Content-Type: text/plain\n\nThe lamp was lit.\n", "The lamp was lit."},
	} {
		r, err := Read([]byte(c.mail), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkInvariants(t, r)
		if got := blocksText(r.Works[0].Chapters[0].Body.Blocks); letters(got) != letters(c.want) {
			t.Errorf("%s: the story is %q, want %q", name, got, c.want)
		}
	}
}

func TestAMailWithoutAStoryIsNoMail(t *testing.T) {
	for _, text := range []string{
		mailHead + "Content-Type: image/png\n\nThe lamp was lit.",
		mailHead + "Content-Type: multipart/mixed\n\nThe lamp was lit.",
		"Content-Type: of the crate\nFrom: the sea\nThe lamp was lit.",
	} {
		r, err := Read([]byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkInvariants(t, r)
		contains(t, "story", blocksText(r.Works[0].Chapters[0].Body.Blocks), texts{"The lamp was lit."})
	}
}

func TestHostileMailsAreReadInTime(t *testing.T) {
	var nested strings.Builder
	nested.WriteString(mailHead)
	for i := range 2_000 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	nested.WriteString("Content-Type: text/plain\n\nThe lamp was lit.\n")
	for name, mail := range map[string]string{
		"parts in parts": nested.String(),
		"many parts":     mailHead + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: text/plain\n\nThe lamp.\n", 20_000),
		"a long head":    mailHead + strings.Repeat("X-Lamp: lit\n", 70_000) + "\nThe lamp was lit.",
		"all equal":      strings.Repeat("=", 500_000),
		"all quoted":     strings.Repeat("> > > ", 100_000) + "\n> lamp",
		"soft breaks":    strings.Repeat(strings.Repeat("a", 70)+"=\n", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read([]byte(mail), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, r)
		})
	}
}
