/* SPDX-License-Identifier: MIT */
/* Names of listings for people, and what may be wrong with what a build left. */
#include "cli/listing.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void listing_describe(struct buf *out, const struct shelf_name *name)
{
	const struct str parts[] = { name->id.len ? name->id : S("the shop's"),
				     name->site.len ? name->site : name->marketplace,
				     name->language, name->field, name->listing };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].len) {
			if (i)
				buf_byte(out, ' ');
			buf_add(out, parts[i]);
		}
}

enum status listing_ready(enum board_state state, const struct board *board, int64_t holder)
{
	const char *memory = board->memory.text;
	switch (state) {
	case BOARD_READY:
		return STATUS_DONE;
	case BOARD_NOTHING:
		fprintf(stderr, "upfront: nothing was built yet below '%s'; run 'upfront build' first\n",
			memory);
		return STATUS_USAGE;
	case BOARD_DAMAGED:
		fprintf(stderr, "upfront: error: '%s/shelf' is damaged; 'upfront build --full' makes it again\n",
			memory);
		return STATUS_SYSTEM;
	case BOARD_LOCKED:
		fprintf(stderr, "upfront: error: another process (%lld) writes to '%s'; wait until it has ended\n",
			(long long)holder, memory);
		return STATUS_LOCKED;
	default:
		fprintf(stderr, "upfront: error: cannot read '%s': %s\n", memory, strerror(errno));
		return STATUS_SYSTEM;
	}
}

static bool fits(const char *wanted, struct str is)
{
	return !wanted || str_is(is, wanted);
}

bool listing_wanted(const struct command_line *line, const struct shelf_name *name)
{
	return (fits(line->market, name->marketplace) || fits(line->market, name->site)) &&
	       fits(line->language, name->language) && fits(line->field, name->field) &&
	       fits(line->listing, name->listing);
}
