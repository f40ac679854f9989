package house

// exceptions are places where a rule gives way: the file, the rule, and why. A line that nothing
// needs any more fails the test.
var exceptions = []struct{ file, rule, reason string }{
	{"internal/archive/clock.go", "clock", "this is the clock"},
	{"internal/testkit/browser/browser.go", "environment", "CHROME names a browser, for tests only"},
	{"internal/testkit/browser/page.go", "environment", "FICUS_LOOK is how make look asks for screenshots"},
	{"internal/testkit/browser/access.go", "environment", "axe-core is looked for upwards of the test's folder"},
	{"internal/tempo/giveway_linux.go", "clock", "how long a thread has had a processor is real time"},
	{"internal/testkit/browser/page.go", "clock", "a person's patience is real time"},
	{"internal/testkit/engines/engines.go", "environment", "FICUS_TEST_ENGINES is for tests only"},
	{"internal/testkit/engines/postgres.go", "environment", "FICUS_TEST_POSTGRES is for tests only"},
	{"internal/testkit/engines/postgres.go", "database", "it makes and drops whole databases, which no program does"},
	{"internal/testkit/engines/sqlite.go", "variables", "a test process migrates each schema once"},
	{"internal/manuscript/limits.go", "variables", "how often the collector comes is the whole process's"},
	{"internal/store/store.go", "struct", "a transaction has a field for every noun there is"},
}
