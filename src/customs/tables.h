/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_TABLES_H
#define UPFRONT_CUSTOMS_TABLES_H

/*
 * tables - the customs tables as they are worked with.
 *
 * Only for src/customs. The shop keeps what was typed; here its terms are parsed, its rows
 * stand by country and variant, and its tariffs by HS prefix, so that a parcel is worked out
 * without reading text. Built by customs_new in the build's arena; afterwards only read.
 *
 *	struct chain chain = country_chain(customs, request->to);
 *	const struct tariff *tariff = tariff_find(&chain, hs_code, origin, date);
 *
 * A row whose cells were reported is kept and marked: what rests on it is not known.
 */

#include "customs/customs.h"
#include "customs/fx.h"
#include "customs/levy.h"
#include "customs/term.h"

enum subject { BY_KIND, BY_ORIGIN, BY_FROM };

/* One condition of a variant: kind=express, origin=US, from=EU. */
struct condition {
	enum subject subject;
	enum service_kind kind;
	struct place place;	    /* code "" when it is a group */
	const struct place *group;  /* NULL when it is a place */
	size_t group_count;
};

enum { CONDITIONS_MAX = 3 };

/* A row of customs.csv. */
struct import_row {
	const struct customs_rule *rule;
	struct exact over, up_to; /* in the currencies of rule->over and rule->up_to; 0 when open */
	struct term test, duty_on, tax_on;
	struct levy duty, default_tariff;
	struct exact tax; /* 20% is 1/5 */
	bool tax_given;	  /* false: not known, unless the row names no tax at all */
	struct exact step, waived, cap;
	uint8_t places;	  /* decimals of the rule's currency */
	bool checkout; /* collected_by is the marketplace or the seller */
	bool bad;      /* something in it was reported */
};

/* Rows of one variant; the latest beginning first, then the lowest band. */
struct variant {
	struct str text; /* as it was typed first */
	struct condition conditions[CONDITIONS_MAX];
	size_t condition_count;
	int weight; /* the more specific the greater */
	struct import_row *rows;
	size_t row_count;
	const struct import_row **today; /* those that hold on the build date, in the same order */
	size_t today_count;
};

/* A row of charges.csv. */
struct charge {
	const struct charge_rule *rule;
	struct exact amount, percent, min, max, over, up_to;
	struct term on;	   /* of what a percentage is taken */
	bool of_duty_or_tax; /* cannot be known before these are */
	bool counted;	   /* falls on the buyer; false: paid_by names the seller or the carrier */
	bool bad;
};

/* A row of tariffs.csv. */
struct tariff {
	uint64_t key; /* of its HS prefix: tariff_key */
	const struct tariff_rule *rule;
	struct levy levy;
	bool bad;
};

/* A country, a region, or "*". */
struct country {
	struct place place;
	struct country *next; /* another region of the same country */
	struct variant *variants; /* most specific first; the one without conditions last */
	size_t variant_count;
	struct charge *charges;
	size_t charge_count;
	struct tariff *tariffs; /* by key; within it, with an origin first, then the latest first */
	size_t tariff_count;
	unsigned lengths; /* bit n: some tariff has n digits */
};

struct customs {
	const struct shop *shop;
	struct fx *fx;
	struct country *by_letters[26 * 26]; /* the country; its regions follow by ->next */
	struct country *elsewhere;	     /* "*", or NULL */
	struct country **all;
	bool member[26 * 26]; /* by letters: of the European Union */
	size_t country_count;
};

/* The tables that may speak of a place: its region's, its country's, those of "*"; or NULL. */
struct chain {
	const struct country *own[2];
	const struct country *elsewhere;
};

/*
 * Regions of a member that stand outside of the Union's territory for tax or customs: goods
 * from another member are imported there, and the member's rules say nothing about it.
 * Directive 2006/112/EC, article 6.
 */
bool place_outside_union(struct place place);

/* A member state, or a region of one that belongs to the Union's territory. */
bool place_inside_union(const struct customs *customs, struct place place);

struct chain country_chain(const struct customs *customs, struct place place);

/* The place's own entry; NULL when no table names it. */
struct country *country_find(const struct customs *customs, struct place place);

bool variant_matches(const struct variant *variant, const struct customs_request *request);

/* A number for up to 10 digits and how many they are. */
uint64_t tariff_key(struct str digits);

/*
 * The tariff of the longest prefix of the code that holds on the date; an origin row goes before
 * one without, then the later valid_from. NULL when there is none.
 */
const struct tariff *tariff_find(const struct chain *chain, struct str hs_code,
				 struct place origin, int32_t date);

/* Was a row checked longer ago than the shop allows? (customs.c) */
bool customs_stale(const struct customs *customs, int32_t checked_on);

/* The chapters to which the code's first two digits belong; NULL when none is listed. (goods.c) */
const struct chapters *chapters_of(const struct shop *shop, struct str hs);

/* Fills the tables from the shop; what is wrong in a cell is reported there. (prepare.c, rows.c) */
void customs_prepare(struct arena *arena, struct customs *customs, struct diag *diag);

/* Parse one row; what is wrong is reported at its cell, and the row marked bad. (rows.c) */
void import_row_parse(struct arena *arena, const struct customs_rule *rule, struct import_row *row,
		      struct diag *diag);
void charge_parse(const struct charge_rule *rule, struct charge *charge, struct diag *diag);
void tariff_parse(struct arena *arena, const struct tariff_rule *rule, struct tariff *tariff,
		  struct diag *diag);

/* Parses a variant such as "kind=express from=US"; false when something was reported. */
bool variant_parse(struct str text, struct pos pos, struct variant *variant, struct diag *diag);

/* Reports what the rows say together: gaps, overlaps, missing rates, stale rules. (check.c) */
void customs_check(struct arena *arena, const struct customs *customs, struct diag *diag);

#endif
