# Each target is a script in scripts/; this is their table of contents.
.DEFAULT_GOAL := help
.PHONY: help run dev build test test-rust test-browser test-tus test-s3 lint fmt sqlx sqlx-check bench size forget clean

help: ## this list
	@echo "make TARGET, where TARGET is"
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/  \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '  %-14s %s\n' "$$name" "$$what"; done

run: ## install what is missing, build, start Postgres, serve http://127.0.0.1:3000
	@scripts/run.sh

dev: ## build quickly, serve, and again at every change
	@scripts/dev.sh

build: ## server and site in release form, nothing started
	@scripts/build-all.sh

test: ## all tests: rules, store on a real Postgres, browser
	@scripts/test.sh

test-rust: ## the tests written in Rust alone
	@scripts/test.sh rust

test-browser: ## the tests in the browser alone
	@scripts/test.sh browser

test-tus: ## uploads by a client that is not ours (tuspy), the server killed in the middle
	@scripts/test-tus.sh

test-s3: ## the same with the files in an S3 server, and what is made of them there
	@scripts/test-tus.sh s3

lint: ## layout and clippy, every warning an error
	@scripts/lint.sh

fmt: ## lay the code out
	@cargo fmt --all

sqlx: ## write .sqlx anew, after a query or a migration changed
	@scripts/sqlx.sh

sqlx-check: ## is .sqlx what the queries and migrations make?
	@scripts/sqlx.sh check

bench: ## measures, in a table with ratios
	@scripts/bench.sh

size: ## bytes that a browser loads
	@scripts/size.sh

forget: ## remove this checkout's own database
	@scripts/forget.sh

clean: ## remove all that was built; the database stays
	cargo clean
	rm -rf scripts/node_modules end2end/node_modules end2end/bench/node_modules end2end/results end2end/report
