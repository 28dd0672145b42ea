# The only way in. `make` alone lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bless bench soak screenshots pictures build browser chromium clean

# Where `make run` keeps its atlas and where it listens: make run ATLAS=/srv/atlas PORT=9000
ATLAS ?= atlas
PORT ?= 8080
LISTEN ?= 127.0.0.1:$(PORT)

SAMPLE := $(addprefix sample/,foundation deployments networks coverage stories)
PROGRAM := target/release/counteratlas
LIBRARIES := browser/node_modules/.package-lock.json
BUNDLE := browser/dist/manifest.json

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build everything, make ./atlas from the sample if there is none, serve it on http://127.0.0.1:8080
	@test -e $(ATLAS) || $(MAKE) --no-print-directory $(ATLAS)
	@printf '\n  Counteratlas: http://%s\n  Stop it with Ctrl-C. Another port: make run PORT=9000\n\n' '$(LISTEN)'
	@exec $(PROGRAM) serve $(ATLAS) --listen $(LISTEN)

# Made beside and moved into place whole, so that a build that was interrupted leaves no half atlas.
$(ATLAS): | build
	@rm -rf $(ATLAS).part
	$(PROGRAM) init $(ATLAS).part
	$(PROGRAM) import $(ATLAS).part $(SAMPLE)
	@mv $(ATLAS).part $(ATLAS)

test: ## run everything: format, lints, tests, tidiness, the sample's check, browsers (this is what CI runs)
	@node tools/house/test.mjs

check: $(BUNDLE) ## the quick part of it: format, lints, unit tests, tidiness
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo test --workspace --lib --quiet
	cargo test --package counteratlas --test it --quiet tidy

bless: ## accept what the snapshot tests got, after you have looked at it with `git diff`
	@command -v cargo-insta >/dev/null || { echo 'needs cargo-insta; hint: cargo install cargo-insta --locked' >&2; exit 2; }
	cargo insta test --workspace --accept

build: $(BUNDLE) ## build the program for use: target/release/counteratlas
	cargo build --release --package counteratlas

browser: $(BUNDLE) ## build the browser's part: browser/dist/

$(LIBRARIES): browser/package-lock.json browser/package.json
	cd browser && npm ci --no-progress
	@touch $@

$(BUNDLE): $(LIBRARIES) $(shell find browser/src browser/style browser/build vocabulary -type f 2>/dev/null) crates/ui/icons.svg
	cd browser && npm run build
	@touch $@ crates/web/src/assets.rs # a release holds these files: have cargo look at them again

chromium: ## find Chromium for the browser tests, or install it where that is possible
	@node tools/house/chromium.mjs

screenshots: $(BUNDLE) chromium ## pictures of every kind of page in test-results/: three widths, both themes, both languages
	cargo build --package counteratlas
	node browser/test/e2e/screenshots.mjs

pictures: $(BUNDLE) chromium ## the pictures of the README anew: docs/screenshots/
	cargo build --package counteratlas
	node browser/test/e2e/pictures.mjs

bench: build chromium ## measure what the bars ask for: filters in the browser, import, opening
	node bench/map/bench.mjs
	node bench/map/load.mjs
	node bench/import/bench.mjs
	node bench/desk/bench.mjs
	cargo run --release --quiet --package ledger --example append

soak: export PROPTEST_CASES ?= 20000
soak: export COUNTERATLAS_CRASH_STATES ?= 1000000
soak: export COUNTERATLAS_KILLS ?= 10000
soak: export COUNTERATLAS_FLIPS ?= all
soak: export COUNTERATLAS_FORGERIES ?= 10000
soak: export COUNTERATLAS_SYSCALLS ?= all
soak: export COUNTERATLAS_SUGGESTIONS ?= 1000
soak: export COUNTERATLAS_HOSTILE ?= all
soak: $(BUNDLE) ## the Rust tests with every flip, fault, forgery, power loss and kill, and deliberate bugs (hours)
	@mkdir -p test-results
	cargo test --workspace --release -- --show-output 2>&1 | tee test-results/soak.log; exit $${PIPESTATUS[0]}
	COUNTERATLAS_WALK=all node --test --test-concurrency=1 --test-reporter=spec browser/test/e2e/walk.test.mjs
	node --test --test-reporter=spec browser/test/e2e/hostile.test.mjs
	node tools/sabotage/run.mjs
	node tools/sabotage/results.mjs

clean: ## remove what was built, not ./atlas
	cargo clean
	rm -rf browser/dist browser/node_modules test-results
