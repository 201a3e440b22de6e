# doorstep (入户): what can be made. `make test` and `go run ./cmd/doorstep demo` are the two that matter.
export CGO_ENABLED := 0
GO          ?= go
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
# staticcheck 2026.2
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.0
FUZZTIME    ?= 20s

.PHONY: demo build test race lint bench golden sim cover fuzz needs windows

demo: ## the practice district, in this terminal
	$(GO) run ./cmd/doorstep demo

build: ## both programs, into bin/
	$(GO) build -trimpath -ldflags "-s -w" -o bin/ ./cmd/doorstep ./cmd/district

needs: ## what the tests need beside Go
	./scripts/needs

test: needs ## all tests; closes with a count
	$(GO) run ./cmd/internal/count -timeout 20m ./...

race: needs ## the same with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout 40m ./...

lint: ## vet, staticcheck, gofumpt
	$(GO) vet ./...
	GOOS=windows $(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@out=$$($(GO) run $(GOFUMPT) -l .); if [ -n "$$out" ]; then echo "not formatted: $$out"; exit 1; fi

bench: ## the figures the README states
	$(GO) test -run '^$$' -bench . -benchmem ./...

golden: ## write the golden screens and files anew; look at the difference before you commit it
	$(GO) test ./tui/... ./store/sheet/... -update

sim: ## the crash laboratory at length: power cuts, failing calls and lies on a simulated disk; closes with the sums
	LAPTOP_SIM=20000 $(GO) test -count 1 -timeout 40m -v -run 'PowerFails|LaboratoryIsNotBlind|LyingDisk|EveryCallOfTheDisk' ./store/laptop

cover:
	$(GO) test -coverprofile=cover.out ./... && $(GO) tool cover -html=cover.out -o cover.html

fuzz: ## every parser, FUZZTIME each
	@$(GO) list ./... | while read -r p; do \
	  for f in $$($(GO) test -list '^Fuzz' $$p 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; done; done

windows: ## that it builds for Windows
	GOOS=windows GOARCH=amd64 $(GO) build -o bin/ ./cmd/doorstep ./cmd/district
