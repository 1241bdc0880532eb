/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_FORM_H
#define UPFRONT_MARKET_FORM_H

/*
 * form - a field's rules as lowering and checking obey them.
 *
 * Internal to market/. rules.c fills it from the rows of a profile, once; afterwards it is
 * only read. It holds data and no behaviour, because lowering and checking, which share
 * nothing else, both go by it.
 */

#include "market/market.h"

struct words {
	struct str *items;
	size_t count;
	bool given; /* was there such a rule? An empty list that was given allows nothing */
};

struct pair {
	struct str from, to; /* `to` may be empty */
};

/* "li: b p" - what may stand directly in an element. */
struct inside_rule {
	struct str parent;
	struct words children;
};

struct range {
	uint32_t first, last; /* code points */
};

struct ranges {
	struct range *items;
	size_t count;
	bool given;
};

struct banned_phrase {
	struct str language; /* "en", or "*" */
	struct str phrase;
	const struct market_rule *rule;
};

/* One way to count. Of several that are in use the largest figure is obeyed. */
struct counting {
	bool markup;     /* do tags count as they are written? */
	bool container;  /* does what stands around the text count, too? */
	int li, br, p;   /* a whole element counts so much instead of its tags; -1: no such rule */
	int nbsp;        /* a no-break space, however it is written; -1: as written */
	int cjk_percent; /* weight of a Chinese, Japanese or Korean character; 100: as others */
};

/* "width=700": what an attribute of an image may have at most. */
struct image_max {
	struct str attribute;
	int64_t most;
};

enum css { CSS_NONE, CSS_SIMPLE /* no functions, no positions */, CSS_ANY };
enum table_form { TABLE_KEEP, TABLE_LIST, TABLE_LINES, TABLE_LINE };
enum list_form { LIST_KEEP, LIST_LINES, LIST_LINE };
enum heading_form { HEADING_KEEP, HEADING_BOLD, HEADING_CAPITALS, HEADING_LINE };
enum faq_form { FAQ_KEEP, FAQ_HEADING, FAQ_BOLD, FAQ_LINES, FAQ_LEAVES };
enum newlines { NEWLINE_LF, NEWLINE_NONE, NEWLINE_CRLF, NEWLINE_LITERAL /* \n as two signs */ };
enum links { LINKS_NONE, LINKS_HTTPS, LINKS_HOSTS };

enum contact_bits {
	CONTACT_EMAIL = 1,
	CONTACT_PHONE = 2,
	CONTACT_URL = 4,
	CONTACT_SOCIAL = 8,
	CONTACT_ADDRESS = 16
};

struct market_form {
	bool sized;        /* has some rule settled the unit of its sizes? */
	struct words tags; /* not given: every tag that is not dropped or unwrapped */
	struct words drop, unwrap;
	struct pair *map; /* tag to tag; to "" unwraps */
	size_t map_count;
	struct words top; /* not given: anything may stand on top */
	struct inside_rule *inside;
	size_t inside_count;
	int depth;               /* of elements; 0: any */
	struct words attributes; /* "img.src", "*.style" */
	enum css css;
	struct pair *styles; /* tag to inline CSS */
	size_t style_count;
	bool entities; /* may `&amp;` and its like stand in it? */
	bool balanced; /* as many `<` as `>` */
	enum table_form table;
	enum list_form list;
	enum heading_form heading;
	enum faq_form faq;
	struct str bullet; /* before an item where there are no lists: "- " */
	struct ranges allow, refuse;
	struct pair *replace; /* characters to characters, in order */
	size_t replace_count;
	enum newlines newline;
	unsigned contact; /* contact_bits that are forbidden */
	struct words social_names;
	struct str address; /* the seller's own, first line; empty when none */
	enum links links;
	struct words link_hosts;
	struct str target; /* of links; empty: none */
	bool images;
	struct words image_hosts; /* not given: any */
	struct words image_needs; /* attributes without which an image is refused */
	struct image_max *image_max;
	size_t image_max_count;
	struct banned_phrase *banned;
	size_t banned_count;
	struct counting *counting;
	size_t counting_count; /* at least 1 */
	bool minimum_unless_image;
	struct words blocks; /* given: the only ones that come into this field */
	struct words drop_order, mandatory;
	int64_t block_limit;               /* of each piece, in the field's unit; 0: none */
	int64_t pieces_max;                /* 0: any number */
	struct str before, between, after; /* around the text and between its pieces */
};

/* Letters are compared as they are. */
bool words_have(const struct words *words, struct str word);

/* The row that names `word` in its value, else the last row of the rule. */
const struct market_rule *market_rule_naming(const struct market_field *field, const char *rule,
					     struct str word);

/*
 * Understands the rules of field->rules and fills the rest of the field and its form. Faults are
 * reported at the cells; rows of the field "*" are shared, and diag drops what is said twice.
 */
void rules_apply(struct arena *arena, struct market *market, struct market_field *field,
		 const struct shop *shop, struct diag *diag);

#endif
