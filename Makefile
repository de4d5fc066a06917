# One verb a line: demo, test, build, install, format, lint, bench, fuzz, clean. `make demo` and `make test` install what they miss.

SWIFT ?= swift
BIN ?= $(shell $(SWIFT) build --show-bin-path)
PACKAGES = libssl-dev libz-dev libsqlite3-dev
TEST_PACKAGES = openssl sqlite3 python3 python3-venv tshark
FRICTIONLESS = .build/frictionless-5.21.0
# systemd for systemd-analyze; libseccomp2 applies a unit's filter of system calls without systemd.
DEPLOY_TEST_PACKAGES = systemd libseccomp2 mandoc groff-base

# What makes the inputs that fuzzing begins with.
FUZZ_PACKAGES = openssl python3
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?=

# Where `make install` puts what, and where it finds the programs that `make release` built; deploy/install.sh says more.
PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc
BIN_DIR ?= .build/release
INSTALL = PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' SYSCONFDIR='$(SYSCONFDIR)' BIN_DIR='$(BIN_DIR)' deploy/install.sh

.PHONY: help demo test build-tests test-swift test-python test-package test-deploy test-interoperability build release install uninstall answers \
	format lint bench bench-end-to-end bench-crowd fuzz fuzz-keep clean dependencies test-dependencies fuzz-dependencies

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: dependencies ## found a dataset, serve it, enrol a laptop, sync, verify, and ask it with the server stopped
	$(SWIFT) build
	deploy/demo.sh "$$($(SWIFT) build --show-bin-path)"

# What is quick to fail goes first; the Swift tests' verdict is the last line.
test: dependencies test-dependencies test-python test-package build-tests test-deploy test-interoperability test-swift ## every test

build-tests:
	$(SWIFT) build --build-tests

test-swift: build-tests
	$(SWIFT) test --skip-build

test-python:
	python3 -m unittest discover -s Clients/python/tests -t Clients/python
	python3 -m unittest discover -s Tests/DatasetTests -t Tests/DatasetTests

test-package: $(FRICTIONLESS)/bin/frictionless ## the starter package, by the validator of Frictionless Data
	$(FRICTIONLESS)/bin/frictionless validate Sources/AlmanacDataset/Package/datapackage.json

$(FRICTIONLESS)/bin/frictionless:
	python3 -m venv $(FRICTIONLESS)
	$(FRICTIONLESS)/bin/pip install --quiet frictionless==5.21.0

# After the Swift build. It fails where the programs are missing.
test-interoperability: ## the Swift programs and the Python client against each other; BIN=folder of the programs
	ALMANAC_BIN="$(BIN)" python3 -m unittest discover -s Tests/Interoperability

test-deploy: test-dependencies
	$(SWIFT) build
	ALMANAC_BIN_DIR="$$($(SWIFT) build --show-bin-path)" python3 -m unittest discover -s Tests/DeployTests -t Tests/DeployTests

build: dependencies ## the programs, for debugging
	$(SWIFT) build

release: dependencies ## the programs, optimised, with Swift's libraries in them
	$(SWIFT) build -c release --static-swift-stdlib

install: ## what `make release` built, with units, manual pages, completions (PREFIX, DESTDIR)
	@$(INSTALL) install

uninstall: ## remove what was installed; configuration and data stay
	@$(INSTALL) uninstall

answers: build ## write what the programs say into the README and the manual page of questions
	deploy/manual/answers.py --write "$$($(SWIFT) build --show-bin-path)" deploy/manual/almanac-questions.7 README.md

format: ## bring the sources into shape
	$(SWIFT) format --in-place --recursive Sources Clients Tests Package.swift

lint: ## what .ci/run checks before the tests
	$(SWIFT) format lint --strict --recursive Sources Clients Tests Package.swift

bench: ## speed and memory of the parts
	$(SWIFT) package --package-path Tests/Benchmarks benchmark

bench-end-to-end: ## a first sync of 100,000 records, with real processes
	$(SWIFT) run -c release --package-path Tests/Benchmarks end-to-end

bench-crowd: ## what 10,000 connections cost the server: memory, processor time, commits, restarts, handshakes, dribblers
	$(SWIFT) build -c release --package-path Tests/Benchmarks --product crowd
	for scenario in idle commit restart handshakes dribble; do \
		"$$($(SWIFT) build -c release --package-path Tests/Benchmarks --show-bin-path)/crowd" $$scenario || exit 1; done

fuzz: dependencies fuzz-dependencies ## every decoder and machine for FUZZ_SECONDS each, FUZZ_TARGETS for some of them
	Tests/Fuzz/fuzz.sh run $(FUZZ_SECONDS) $(FUZZ_TARGETS)

fuzz-keep: dependencies fuzz-dependencies ## make the corpus of what fuzzing has tried
	Tests/Fuzz/fuzz.sh keep $(FUZZ_TARGETS)

clean: ## drop what was built
	$(SWIFT) package clean

dependencies:
	@deploy/install-packages.sh $(PACKAGES)

test-dependencies:
	@deploy/install-packages.sh $(TEST_PACKAGES) $(DEPLOY_TEST_PACKAGES)

fuzz-dependencies:
	@deploy/install-packages.sh $(FUZZ_PACKAGES)
