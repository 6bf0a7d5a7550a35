# Every step of CI is a target here. `make help` lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The linter is installed into the checkout, at this version.
LINT_VERSION := v2.15.0
VULN_VERSION := v1.9.0
LINT := .bin/golangci-lint-$(LINT_VERSION)

# The S3 server of the tests.
S3_VERSION := v1.8.0
S3_SERVER := .bin/versitygw-$(S3_VERSION)

# Where recorded contract cases lie; without them `make contract` has nothing to do.
CONTRACT ?= $(patsubst %/replay/go.mod,%,$(firstword $(wildcard ../*/contract/replay/go.mod)))

FUZZTIME ?= 10s
TESTFLAGS ?=

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: build
build: ## Build ./app
	CGO_ENABLED=0 go build -trimpath -o app .

.PHONY: deps
deps: tests/sdk/node_modules/.package-lock.json tests/npm/pb_hooks/node_modules/.package-lock.json tests/oidc/node_modules/.package-lock.json tests/types/node_modules/.package-lock.json $(S3_SERVER) ## Install what the tests need
	go mod download

tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	cd tests/$* && npm ci --no-audit --no-fund
	@touch $@

$(S3_SERVER):
	GOBIN="$(CURDIR)/.bin" go install github.com/versity/versitygw/cmd/versitygw@$(S3_VERSION)
	mv .bin/versitygw $@

tests/npm/pb_hooks/node_modules/.package-lock.json: tests/npm/pb_hooks/package-lock.json
	cd tests/npm/pb_hooks && npm ci --no-audit --no-fund
	@touch $@

.PHONY: test
test: deps build ## Run every test, with the race detector where time and memory do not matter
	TACKLEBOX_APP="$(CURDIR)/app" TACKLEBOX_S3_SERVER="$(CURDIR)/$(S3_SERVER)" go test -race -timeout 20m $(TESTFLAGS) ./...
	go test -timeout 10m -run '^TestHostile' $(TESTFLAGS) ./jsvm

.PHONY: race
race: ## Run the Go tests of PKG (default: all) with the race detector
	go test -race -timeout 20m $(TESTFLAGS) $(or $(PKG),./...)

.PHONY: lint
lint: $(LINT) ## Run go vet and golangci-lint
	go vet ./...
	$(LINT) run ./...

$(LINT):
	GOBIN="$(CURDIR)/.bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .bin/golangci-lint $@

.PHONY: gen
gen: ## Write the generated files again
	go generate ./...

.PHONY: contract
contract: contract-http contract-scripts contract-data ## Replay the recorded contract cases, if there are any

.PHONY: contract-http
contract-http: build
ifeq ($(CONTRACT),)
	@echo "contract: no recorded cases found, set CONTRACT=DIR"
else
	cd "$(CONTRACT)/replay" && go run . -app "$(CURDIR)/app" -events \
		-pending "$(CURDIR)/tests/contract/pending-http.txt" -additions "$(CURDIR)/tests/contract/additions.json"
endif

.PHONY: contract-scripts
contract-scripts: build
ifneq ($(CONTRACT),)
	cd "$(CONTRACT)/jsvm-replay" && go run . -app "$(CURDIR)/app" -suite ../jsvm \
		-pending "$(CURDIR)/tests/contract/pending-scripts.txt"
endif

.PHONY: contract-data
contract-data: build
ifneq ($(CONTRACT),)
	TACKLEBOX_APP="$(CURDIR)/app" TACKLEBOX_CONTRACT="$(abspath $(CONTRACT))" go test -count 1 ./tests/contract
endif

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME
	@for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg; \
		done; \
	done

.PHONY: vuln
vuln: ## Look for known vulnerabilities in what the app uses
	go run golang.org/x/vuln/cmd/govulncheck@$(VULN_VERSION) ./...

.PHONY: bench
bench: ## Run the benchmarks and the load scenarios
	go test -run '^$$' -bench . -benchmem ./bench/... ./jsvm ./core/models ./core/hook
	go run ./bench/load

.PHONY: check
check: gen lint test contract ## Everything to run before a pull request

.PHONY: clean
clean: ## Remove what was built or installed
	rm -rf app .bin tests/sdk/node_modules tests/npm/pb_hooks/node_modules tests/oidc/node_modules tests/types/node_modules
