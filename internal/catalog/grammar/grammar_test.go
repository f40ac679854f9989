package grammar_test

import (
	"fmt"
	"strings"
	"testing"

	"ficus/internal/catalog/grammar"
)

// said writes a node so that its parts can be told apart.
func said(n grammar.Node) string {
	var parts []string
	for _, of := range n.Of {
		parts = append(parts, said(of))
	}
	switch n.Join {
	case grammar.All:
		return "[" + strings.Join(parts, " ") + "]"
	case grammar.Any:
		return "{" + strings.Join(parts, "|") + "}"
	case grammar.Not:
		return "-" + parts[0]
	}
	value := n.Value
	if n.Quoted {
		value = `"` + value + `"`
	}
	if n.Field == grammar.Anywhere {
		return value
	}
	return fmt.Sprintf("<%s%s>%s", n.Field, n.Sign, value)
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", "[]"},
		{"  lamp   rope ", "[lamp rope]"},
		{`"half past nine" lamp`, `["half past nine" lamp]`},
		{"„halb zehn“ «nuit» “day”", `["halb zehn" "nuit" "day"]`},
		{`"she said \"no\" \\"`, `["she said "no" \"]`},
		{"lamp -rope", "[lamp -rope]"},
		{"lamp NOT rope", "[lamp -rope]"},
		{"lamp --rope !wind", "[lamp rope -wind]"},
		{"half-hearted - lamp – rope", "[half-hearted lamp rope]"},
		{"lamp cat OR dog", "[lamp {cat|dog}]"},
		{"cat OR dog OR fox lamp", "[{cat|dog|fox} lamp]"},
		{"cat || dog && lamp AND rope", "[{cat|dog} lamp rope]"},
		{"(lamp rope) OR wind", "[{[lamp rope]|wind}]"},
		{"(lamp rope) wind", "[lamp rope wind]"},
		{"((cat)) OR (dog OR fox)", "[{cat|dog|fox}]"},
		{"-(cat OR dog)", "[-{cat|dog}]"},
		{"lamp or rope and wind not rain", "[lamp or rope and wind not rain]"},
		{"Supernatural(TV) (Title(Remix))", "[Supernatural(TV) Title(Remix)]"},
		{`fandom:"Harbour Lights" -character:Ida`, `[<fandom>"Harbour Lights" -<character>Ida]`},
		{`archive_warnings:x creators:ida revised_at:2020 word_count:>1000`, "[<warning>x <author>ida <updated>2020 <words>>1000]"},
		{"words>1000 kudos:10-50 hits:<=5 comments≥3 words > 7", "[<words>>1000 <kudos>10-50 <hits<=>5 <comments>=>3 <words>>7]"},
		{"words:[1000 TO 5000]", "[<words>[1000 TO 5000]]"},
		{`updated:<2w posted:"2 weeks ago" sort:>words`, `[<updated<>2w <posted>"2 weeks ago" <sort>>words]`},
		{"title:(lamp OR rope)", "[{<title>lamp|<title>rope}]"},
		{"3:10 to Re:Zero http://x.example", "[3:10 to Re:Zero http://x.example]"},
		{"* lamp*", "[[] lamp*]"},
		{"title : lamp", "[title : lamp]"},
		{`main:"Ida/Tom" -main:x main:"a" OR b`, `[<main>"Ida/Tom" -<main>x {<main>"a"|b}]`},
		{`fandoms:2 fandoms:Lamps fandoms:"2" fandoms <3 (fandoms:1) fandoms:[1 TO *] fandoms:[x] fandoms:- fandoms:2x`, `[<fandoms>2 <fandom>Lamps <fandom>"2" <fandoms<>3 <fandoms>1 <fandoms>[1 TO *] <fandom>[x] <fandom>- <fandom>2x]`},
	} {
		if c.query == "* lamp*" { // a star asks nothing
			c.want = "[lamp*]"
		}
		n, fault := grammar.Parse(c.query)
		if fault != nil || said(n) != c.want {
			t.Errorf("%q is read as %s, not %s; fault: %v", c.query, said(n), c.want, fault)
		}
	}
}

// What is typed like a field and is none is told, with the field that was meant
// where that is one slip away; addresses, faces and hours are no fields.
func TestUnknownFields(t *testing.T) {
	for query, want := range map[string]string{
		"foo:bar":                               "foo ",
		"lamp (autor:mara OR -Titel:x) lamp":    "autor author, Titel title",
		"autor:a autor:b autor:a":               "autor author, autor author",
		"fandm:x":                               "fandm fandom",
		"wrods>1000 word>1000":                  "wrods words, word words",
		"kudo:5-10":                             "kudo kudos",
		"langauge:de":                           "langauge language",
		`foo:"bar`:                              "foo ",
		"re:zero":                               "re ",
		"https://example.org 12:30 xd:) a::b":   "",
		`"foo:bar" title:foo foo: :bar x:y a<b`: "",
		"words>5 otp:sometimes":                 "otp ",
	} {
		whole, _ := grammar.Parse(query)
		var found []string
		for _, f := range whole.UnknownFields() {
			found = append(found, f.Name+" "+f.Near)
		}
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("of %s, %q are unknown, want %q", query, got, want)
		}
	}
}

func TestFaultsPointAtTheirPlace(t *testing.T) {
	for _, c := range []struct{ query, rule, at string }{
		{`lamp "half past`, grammar.RuleQuote, `"`},
		{"lamp (rope OR", grammar.RuleAfter, "OR"},
		{"lamp (rope", grammar.RuleBracket, "("},
		{"lamp) rope", grammar.RuleClose, ")"},
		{strings.Repeat("(", 40), grammar.RuleDeep, "("},
		{"OR lamp", grammar.RuleBefore, "OR"},
		{"AND lamp", grammar.RuleBefore, "AND"},
		{"lamp AND", grammar.RuleAfter, "AND"},
		{"lamp AND && rope", grammar.RuleBefore, "&&"},
		{"lamp NOT", grammar.RuleAfter, "NOT"},
		{"lamp OR OR rope", grammar.RuleAfter, "OR"},
		{"lamp words>", grammar.RuleNumber, "words>"},
		{"lamp words: OR rope", grammar.RuleNumber, "words:"},
		{"lamp title: ", grammar.RuleAfter, "title:"},
		{"words:[1 TO 2", grammar.RuleBracket, "["},
		{"ü漢 (", grammar.RuleBracket, "("},
	} {
		_, fault := grammar.Parse(c.query)
		if fault == nil {
			t.Errorf("%q is read without a fault", c.query)
			continue
		}
		if at := string([]rune(c.query)[fault.From:fault.To]); fault.Rule != c.rule || at != c.at {
			t.Errorf("%q has the fault %s at %q, not %s at %q", c.query, fault.Rule, at, c.rule, c.at)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"words:1000-5000", "1000 5000"}, {"words>1000", "1001 9223372036854775807"}, {"words:>=1000", "1000 9223372036854775807"},
		{"words<1000", "0 999"}, {"words:10", "10 10"}, {"words≤10", "0 10"}, {"words≥10", "10 9223372036854775807"}, {"words:10-", "10 9223372036854775807"}, {"words:-10", "0 10"},
		{"words>10k", "10001 9223372036854775807"}, {"words:1,000-5.000", "1000 5000"}, {"word_count:[1000 TO *]", "1000 9223372036854775807"},
		{"words>many", "query_number"}, {"words:5-1", "query_nothing"}, {"words<0", "query_nothing"}, {"words:1-2-3", "query_span"},
		{"words:99999999999999999999", "query_span"}, {"words:9223372036854775807", "query_span"}, {"words:9223372036854775807k", "query_span"},
		{"words>9223372036854775807", "query_span"},
		{"updated:2020", "2020-01-01 2020-12-31"}, {"updated:2020-02", "2020-02-01 2020-02-29"}, {"updated:2020-01-05..2021", "2020-01-05 2021-12-31"},
		{"updated:>2020", "2021-01-01 0001-01-01"}, {"updated:<2020-03", "0001-01-01 2020-02-29"}, {"posted:>=2020", "2020-01-01 0001-01-01"},
		{`revised_at:["2020-01-01" TO 2021]`, "2020-01-01 2021-12-31"},
		{"updated:<2w", "within 2w"}, {`updated:"< 7 days"`, "within 7d"}, {"updated:>1y", "beyond 1y"}, {`posted:"3 months ago"`, "within 3m"},
		{"updated:soon", "query_days"}, {"updated:2021..2020", "query_nothing"}, {"updated:<0d", "query_days"}, {"updated:0000", "query_days"},
	} {
		n, fault := grammar.Parse(c.query)
		if fault != nil || len(n.Of) != 1 {
			t.Fatalf("%q: %v", c.query, fault)
		}
		var got string
		if leaf := n.Of[0]; leaf.Field.IsFigure() {
			var least, most int64
			least, most, fault = leaf.Span()
			got = fmt.Sprint(least, " ", most)
		} else {
			var d grammar.Days
			d, fault = leaf.Days()
			switch {
			case d.Within.Count > 0:
				got = "within " + d.Within.String()
			case d.Beyond.Count > 0:
				got = "beyond " + d.Beyond.String()
			default:
				got = d.From.Format("2006-01-02") + " " + d.To.Format("2006-01-02")
			}
		}
		if fault != nil {
			got = fault.Rule
		}
		if got != c.want {
			t.Errorf("%q asks %s, not %s", c.query, got, c.want)
		}
	}
}

// Whatever is typed is read or has one fault within it; reading takes no stack
// and no time that grows faster than what was typed.
func FuzzParse(f *testing.F) {
	for _, query := range []string{
		`lamp "half past" -rope (cat OR dog) words>1000 updated:<2w sort:kudos`, `title:(a OR -b) [`, `"\"`, "((((", "NOT NOT -- !a", "words:[1 TO", "a OR", "–", "words > ", "ü:漢",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		n, fault := grammar.Parse(query)
		length := len([]rune(query))
		if fault != nil && (fault.From < 0 || fault.To > length || fault.From > fault.To) {
			t.Fatalf("%q has a fault at %d to %d of %d", query, fault.From, fault.To, length)
		}
		if fault == nil {
			within(t, query, n, length, 0)
		}
	})
}

// within checks that every part of a query stands within it, and how it is
// joined.
func within(t *testing.T, query string, n grammar.Node, length, deep int) {
	if n.From < 0 || n.To > length || deep > 100 {
		t.Fatalf("%q has a part at %d to %d of %d, %d deep", query, n.From, n.To, length, deep)
	}
	if n.Join == grammar.Leaf {
		if strings.TrimSpace(n.Value) == "" {
			t.Fatalf("%q has a part that asks nothing: %+v", query, n)
		}
		if n.Field.IsFigure() {
			if least, most, fault := n.Span(); fault == nil && (least > most || least < 0) {
				t.Fatalf("%q asks for %d to %d", query, least, most)
			}
		}
		if n.Field.IsDay() {
			_, _ = n.Days()
		}
		again, fault := grammar.Parse(grammar.Quote(n.Value))
		if fault != nil || len(again.Of) != 1 || again.Of[0].Value != n.Value {
			if strings.Trim(n.Value, "*?") != "" {
				t.Fatalf("%q is quoted as %s and read as %+v", n.Value, grammar.Quote(n.Value), again)
			}
		}
	}
	if n.Join == grammar.Not && n.Of[0].Join == grammar.Not {
		t.Fatalf("%q has a not of a not", query)
	}
	for _, of := range n.Of {
		within(t, query, of, length, deep+1)
	}
}
