/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_RULES_H
#define UPFRONT_MARKET_RULES_H

/*
 * rules - the names a profile may use in its column `rule`, and what takes their values.
 *
 * Internal to market/. rules_field.c has those that say where a text belongs, how long it may be
 * and what happens to it; rules_form.c those that say how it must look. A rule of a new name is a
 * row in one of the two tables, a function beside it and a line in the README.
 */

#include "market/values.h"
#include "shop/shop.h"

enum rule_kind {
	RULE_UNKNOWN,
	RULE_SINGLE,    /* one row a field */
	RULE_REPEATED,  /* each row adds to those before */
	RULE_OF_MARKET, /* speaks of the marketplace as a whole: stands with the field "*" */
};

/* What a rule is written into. */
struct filling {
	struct taking taking;
	struct market *market;
	struct market_field *field;
	struct market_form *form;
	struct str value;
};

struct rule {
	const char *name; /* NULL ends a table */
	enum rule_kind kind;
	bool (*take)(struct filling *f); /* false: reported */
};

extern const struct rule field_rules[], form_rules[];

enum rule_kind rule_kind(struct str rule);

/* The nearest name of a rule; empty when none is near. */
struct str rule_nearest(struct str rule);

/* One of the words given as arguments; its index becomes the choice. */
#define CHOOSE(f, choice, ...)                                                                     \
	value_choice(&(f)->taking, (f)->value, (const char *const[]){ __VA_ARGS__ },               \
		     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *), choice)

/* An amount in the field's unit, which the first such row settles. */
bool take_size(struct filling *f, struct str value, int64_t *size);

#endif
