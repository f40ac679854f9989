# One word a task. `make help` lists them.

VCS := $(shell git status >/dev/null 2>&1 && echo auto || echo false)
BUILD := CGO_ENABLED=0 go build -trimpath -buildvcs=$(VCS)
STATICCHECK := bin/tools/staticcheck

VERSION ?=
MACHINES ?= linux/amd64,linux/arm64,linux/arm,darwin/amd64,darwin/arm64,windows/amd64

.PHONY: help run editor build release assets test test-long test-books lint check generate deps look bench bench-manuscripts clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: editor build ## build, and open the demo archive on this machine
	@bin/ficus demo

# The editor is in the build where Node is; without, writers have the plain text box.
editor:
	@[ -e internal/web/asset/bundle/editor.js ] || ! command -v npm >/dev/null || scripts/assets || echo 'going on without the editor'

build: ## build bin/ficus
	@mkdir -p bin
	@$(BUILD) -ldflags '-s -w' -o bin/ficus ./cmd/ficus

release: editor ## build what people download into dist/, for every machine (VERSION=0.1.0 MACHINES=linux/amd64,…)
	@go run scripts/release.go -version '$(VERSION)' -only '$(MACHINES)'

assets: ## with Node, bring the typeface that readers may choose and the editor into the next build
	@scripts/assets

test: ## everything on both databases, in the browser, and the race detector where that is quick
	@scripts/test

test-long: ## the same under the race detector throughout, with the Nu checker and long fuzzing
	@scripts/test long

test-books: ## some hundred books through both epubchecks, calibre, foliate-js and Ace (SHOTS=a folder for pictures of pages)
	@scripts/books/test $(SHOTS)

lint: check $(STATICCHECK) ## vet, staticcheck, formatting, generated files, go.mod
	@go vet ./...
	@$(STATICCHECK) ./...
	@go mod tidy -diff
	@go mod verify

check: ## generated files are up to date and everything is formatted
	@scripts/check

generate: ## draw the templates again
	@go tool templ generate -log-level error -path internal

deps: ## look for what the tests need, and install it where that is possible
	@scripts/deps

look: deps ## screenshots of every page, in look/index.html
	@scripts/look

bench: build ## measure beside the peers, and print one table
	@go run ./bench

SAMPLES ?= ../shared/samples
bench-manuscripts: ## how well, and how fast, manuscripts are read (SAMPLES=a folder with expectations)
	@go run ./bench manuscripts '$(SAMPLES)'

clean: ## remove what was built; the archives in data/ stay
	@rm -rf bin dist look node_modules

$(STATICCHECK):
	@mkdir -p bin/tools
	@GOBIN=$(CURDIR)/bin/tools CGO_ENABLED=0 go install honnef.co/go/tools/cmd/staticcheck@v0.8.2
