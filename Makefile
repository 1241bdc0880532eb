# SPDX-License-Identifier: MIT
# make             the program, at .build/upfront
# make site        installs what is missing, builds, and makes the demo shop's site in out/
# make check       installs what is missing, builds, and runs all tests that end within minutes
# make check-long  those and the ones that take longer
# make test        the tests alone; T=words runs those with "words" in their name
# make asan        all of it with address and undefined-behaviour sanitizers
# make fuzz        feeds each fuzz target for SECONDS=60 (clang)
# make bench       measures catalogs of T="5 1000 10000" products
# make bench-peers T=10000: beside a program that only writes the files and, with PEERS=FOLDER, other generators
# make bench-promise DATA=PATH: what promises are worth on the log of Olist (its shipments.csv), and how long they take
# make tidy        clang-tidy over src/
# make install     PREFIX=/usr/local, DESTDIR=
# make deps        only installs what is missing
# V=1 shows whole commands; B=FOLDER builds somewhere else; CC=clang

CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
PREFIX ?= /usr/local
VERSION := 0.1.0
SECONDS ?= 60

ifneq ($(filter asan,$(MAKECMDGOALS)),)
B ?= .build/asan
SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
else ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
B ?= .build/fuzzing
CC := clang
SANITIZE ?= -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZER := -fsanitize=fuzzer
endif
B ?= .build
export B
Q := $(if $(V),,@)

OPT ?= $(if $(SANITIZE),-O1,-O3 -D_FORTIFY_SOURCE=2) -g
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Werror
LIBS := libcmark libxml-2.0 icu-i18n icu-uc libzstd
CPPFLAGS += -Isrc -D_GNU_SOURCE -DUPFRONT_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(LIBS))
CFLAGS += -std=c11 $(OPT) $(WARN) $(SANITIZE) -fstack-protector-strong -pthread
LDFLAGS += $(SANITIZE) -pthread
LDLIBS += $(shell pkg-config --libs $(LIBS)) -lcsv -lxxhash -lm

BUILD_NEEDS := gcc libc6-dev pkg-config libcmark-dev libcsv-dev libicu-dev libxml2-dev libxxhash-dev libzstd-dev
CHECK_NEEDS := libcmocka-dev r-mathlib chromium $(if $(shell command -v npm),,nodejs npm) \
	$(if $(shell command -v java),,default-jre-headless)

SOURCES := $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
UNITS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*/*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
MEASURES := $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
TESTED := $(UNITS) $(if $(FUZZER),,$(FUZZERS) $(B)/fault.so)

all: $(B)/upfront

$(B)/upfront: $(B)/main.o $(B)/libupfront.a
	@echo "  link $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/libupfront.a: $(OBJECTS)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# the demo shop's files, linked into the program for `upfront init`
DEMO := $(sort $(shell find content templates -type f ! -name '.*'))
$(B)/demo.bundle: $(DEMO)
	@mkdir -p $(@D)
	@for file in $(DEMO); do printf '%s\n%s\n' "$$file" "$$(wc -c <"$$file")"; cat "$$file"; done >$@
$(B)/cli/demo.o: CPPFLAGS += -DDEMO_BUNDLE='"$(B)/demo.bundle"'
$(B)/cli/demo.o: $(B)/demo.bundle

$(B)/unit/%: tests/unit/%.c $(B)/libupfront.a
	@mkdir -p $(@D)
	@echo "  $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests -MMD -MP -MF $@.d -o $@ $< $(B)/libupfront.a \
		$(LDFLAGS) $(LDLIBS) -lcmocka

# the oracle of the Beta distribution
$(B)/unit/promise/%: LDLIBS += -lRmath

# without a fuzzer the same target replays its seeds
REPLAY := $(if $(FUZZER),,$(B)/fuzz/replay.o)
$(B)/fuzz/%: tests/fuzz/%.c $(REPLAY) $(B)/libupfront.a
	@mkdir -p $(@D)
	@echo "  $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(FUZZER) -MMD -MP -MF $@.d -MT $@ -o $@ $< \
		$(REPLAY) $(B)/libupfront.a $(LDFLAGS) $(LDLIBS)

$(B)/fuzz/replay.o: tests/fuzz/replay.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/bench/%: tests/bench/%.c $(B)/libupfront.a
	@mkdir -p $(@D)
	@echo "  $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(B)/libupfront.a $(LDFLAGS) $(LDLIBS)

# loaded before the program, so never with a sanitizer
$(B)/fault.so: tests/fault.c
	@mkdir -p $(@D)
	@echo "  $<"
	$(Q)$(CC) -D_GNU_SOURCE -std=c11 -O2 $(WARN) -shared -fPIC -o $@ $< -ldl

# these goals see to what they need themselves
ifneq ($(filter site check check-long asan deps,$(MAKECMDGOALS)),)
$(OBJECTS) $(B)/main.o $(B)/fault.so: | deps
endif

deps:
	@.ci/need $(BUILD_NEEDS) $(if $(filter site,$(MAKECMDGOALS)),,$(CHECK_NEEDS))

site: $(B)/upfront
	$(B)/upfront build .

test check asan: $(B)/upfront $(TESTED)
	tests/run $(T)

check-long: $(B)/upfront $(TESTED)
	tests/run --long $(T)

fuzz: $(FUZZERS)
	tests/fuzz/run $(SECONDS) $(T)

bench: $(B)/upfront $(MEASURES)
	tests/bench/run $(T)

bench-peers: $(B)/upfront $(MEASURES)
	tests/bench/peers $(T)

bench-promise: $(B)/unit/promise/olist $(B)/bench/parcels
	tests/bench/promise $(DATA)

tidy:
	clang-tidy --quiet $(SOURCES) src/main.c -- $(CPPFLAGS) -std=c11

install: $(B)/upfront
	install -D $(B)/upfront $(DESTDIR)$(PREFIX)/bin/upfront
	install -D -m 644 src/upfront.1 $(DESTDIR)$(PREFIX)/share/man/man1/upfront.1

clean:
	rm -rf .build

.PHONY: all deps site test check asan check-long fuzz bench bench-peers bench-promise tidy install clean
.DELETE_ON_ERROR:
-include $(OBJECTS:.o=.d) $(B)/main.d $(UNITS:=.d) $(FUZZERS:=.d) $(MEASURES:=.d)
