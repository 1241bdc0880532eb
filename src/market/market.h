/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_MARKET_H
#define UPFRONT_MARKET_MARKET_H

/*
 * market - what each marketplace takes, and a text brought into that form.
 *
 * A profile (content/marketplaces/ID.csv, one rule a row, with the seller's own
 * content/marketplaces/local.csv laid over it) becomes a struct market with its fields. A
 * field says where a text may stand and in which form; market_lower turns our own well-formed
 * HTML into the very bytes that are pasted or uploaded, or says why it cannot. Only this room
 * knows how a marketplace counts.
 *
 *	struct markets *markets = markets_new(arena, shop, diag);
 *	const struct market *ebay = market_find(markets, S("ebay"));
 *	const struct market_field *field = market_field_find(ebay, S("description"), category);
 *	struct market_lowered low;
 *	if (market_emits(field) && market_lower(field, html, arena, &low))
 *		write(low.bytes);
 *	else
 *		report(low.why);
 *
 * The HTML that goes in is the program's own: well-formed, entities & < > " ' only, with the
 * elements that may leave as a whole marked data-block="ID" (market_blocks lists the ids; one
 * id may stand on several elements, such as each question of the FAQ). `lang` on the outermost
 * element names the language; without it the banned phrases of every language count. Lowering
 * is a pure function of field and HTML, so its result may be kept by the hash of the HTML.
 *
 * Everything lives in the arena of markets_new and never changes; threads share it. Faults in
 * a profile are reported at their cell, the rule is left out, and reading goes on. What is not
 * known of a marketplace is not guessed: a limit of 0 is an unknown one, and `working` is the
 * cautious size that is obeyed instead.
 */

#include "base/buf.h"
#include "base/diag.h"

struct shop;
struct markets;

/* May a text about delivery stand in the field? The four classes; only the first two emit. */
enum market_placement {
	MARKET_WITHHELD,    /* a rule says no, or nobody knows: `reason` */
	MARKET_ELSEWHERE,   /* it belongs in the field `instead` */
	MARKET_UNFORBIDDEN, /* no rule against it was met, and no permission either */
	MARKET_ALLOWED,     /* a permission was read, or it is the seller's own shop */
};

enum market_scope { MARKET_PRODUCT, MARKET_SHOP, MARKET_GROUP /* of a policy */ };
enum market_format { MARKET_PLAIN, MARKET_HTML, MARKET_JSON /* HTML in JSON */ };
enum market_unit { MARKET_CHARACTERS, MARKET_BYTES /* UTF-8 */, MARKET_SHIFT_JIS /* bytes */ };

/* What the marketplace does with a text that breaks its rules. */
enum market_failure {
	MARKET_FAILURE_UNKNOWN,
	MARKET_REFUSES,
	MARKET_FILTERS,
	MARKET_PUBLISHES_EMPTY,
	MARKET_TRUNCATES
};

/* How sure a rule is, as in the profile's `confidence`. */
enum market_confidence {
	MARKET_NOT_FOUND, /* ?: looked for, not found */
	MARKET_BELIEVED,  /* M: from memory, a default that the seller may override */
	MARKET_REPORTED,  /* V2: read in a second-hand source */
	MARKET_READ,      /* V: read in an official source */
	MARKET_OVERRIDDEN /* the seller's own, from local.csv */
};
const char *market_confidence_mark(enum market_confidence confidence); /* "V", ... "local" */

/* One row of a profile, as it stands after the seller's own rows are laid over it. */
struct market_rule {
	struct str field; /* "*": all fields of the marketplace */
	struct str rule, value;
	struct str source;
	int32_t checked_on; /* DATE_NONE when not given */
	enum market_confidence confidence;
	struct pos pos;                 /* of the value's cell */
	const struct market_rule *over; /* the profile's row that a row of local.csv replaces */
};

struct market_field {
	const struct market *market;
	struct str id;    /* as in the profile and in file names: "description" */
	struct str title; /* for people: "Listing description" */
	struct str paste; /* where it is pasted, for people; empty when not known */
	enum market_placement placement;
	struct str reason; /* of the placement, for people; may be empty */
	const struct market_field
		*instead; /* where it belongs: set when ELSEWHERE, else may be NULL */
	const struct market_rule *placed_by; /* provenance of the placement; NULL: not stated */
	enum market_scope scope;
	bool seller_only; /* no buyer ever sees this field */
	enum market_format format;
	bool in_json; /* it stands in strings of JSON, as HTML or as plain text */
	const char *ending; /* "html", "txt", "json" */
	int64_t limit;      /* 0: not known */
	int64_t working;    /* size obeyed while the limit is not known; 0: none */
	int64_t minimum;    /* 0: none */
	enum market_unit unit;
	const struct market_rule *limited_by; /* provenance of limit or working size; may be NULL */
	const char *limit_from; /* "the category": whose limit really counts, ours is a default; or NULL */
	struct str
		container; /* the upload format or shape that takes it: "ebay-draft"; empty: none */
	const char *encoding;  /* of the file it travels in: "UTF-8", "windows-31j" */
	bool bom;              /* does that file begin with a byte order mark? */
	struct str *languages; /* in which it may be written; none: any */
	size_t language_count;
	bool site_language; /* it must be written in a language of the listing's site */
	enum market_failure failure;
	unsigned refuses; /* a number: fields of the same one refuse the same in market_forbids */
	const struct market_field *summary; /* a second output that stands in this field, or NULL */
	const struct market_field *inside;  /* set when it is itself such a second output */
	const struct market_rule *rules;    /* all that hold for this field, in order */
	size_t rule_count;
	struct str category; /* the only one for which this variant holds; empty: all others */
	const struct market_form *form; /* the rest, for this room alone */
};

/* What a text says that the listing's own fields say too (content/settings.csv). */
enum market_agreement {
	MARKET_HANDLING = 1,
	MARKET_PRICE = 2,
	MARKET_RETURNS = 4,
	MARKET_SERVICE = 8,
	MARKET_AGREES_ALL = 15
};

/* A site of a marketplace and whose country it is. */
struct market_site {
	struct str site;     /* "ebay.de", as listings.csv writes it */
	struct str country;  /* ISO 3166 code */
	struct str upload;   /* what the upload format calls it: "Germany"; may be empty */
	struct str currency; /* of prices there; may be empty */
	struct str *languages; /* in which it is written; none: not known */
	size_t language_count;
};

struct market {
	struct str id;
	struct str name;             /* "eBay" */
	struct market_field *fields; /* in the order of the profile */
	size_t field_count;
	struct market_field *variants; /* fields that differ in a category of the seller's */
	size_t variant_count;
	size_t title_limit; /* characters of a product's name in a file of many; 0: not known */
	int claim_window_days; /* days after which a buyer may open a claim; -1: not known */
	struct market_site *sites;
	size_t site_count;
	unsigned agrees; /* settings of a listing that its text must agree with; all where no rule says which */
	const struct market_rule *agrees_by; /* provenance; NULL: the profile does not say */
};

/* The ids of blocks that profiles and listing texts use, in no order; ended by an empty one. */
extern const struct str market_blocks[];

/* Understands all profiles of the shop; faults are reported at their cells. Never NULL. */
struct markets *markets_new(struct arena *arena, const struct shop *shop, struct diag *diag);
size_t markets_count(const struct markets *markets);
const struct market *market_at(const struct markets *markets, size_t index); /* sorted by id */

/* The marketplace with a profile, or NULL. */
const struct market *market_find(const struct markets *markets, struct str id);

/* The nearest id of a marketplace with a profile, for "did you mean"; may be empty. */
struct str market_nearest(const struct markets *markets, struct str id);

/* The site by its name, or NULL when the profile does not know it. */
const struct market_site *market_site_find(const struct market *market, struct str site);

/* The field, with the seller's rules for this category where there are any; or NULL. */
const struct market_field *market_field_find(const struct market *market, struct str id,
					     struct str category);

/* The row of this rule that holds for the field (the last of several), for provenance; or NULL. */
const struct market_rule *market_rule_find(const struct market_field *field, const char *rule);

/* May the text be written for this field: allowed, or not forbidden? */
bool market_emits(const struct market_field *field);

/*
 * Does the field of a listing on this site (NULL: not known) take a text in the language? False:
 * `why` says which it takes.
 */
bool market_speaks(const struct market_field *field, const struct market_site *site,
		   struct str language, struct arena *arena, struct str *why);

/* What the marketplace does with a text that breaks its rules, for people: "refuses such a text"; or empty. */
struct str market_failure_words(const struct market_field *field);

/* What left the text on its way, and why. */
enum market_loss {
	MARKET_LOST_BLOCK,     /* the text was too long, or the block cannot be written */
	MARKET_LOST_SENTENCE,  /* contact details, an address on the web, a banned phrase */
	MARKET_LOST_ELEMENT,   /* an element with its contents: an image, a script */
	MARKET_LOST_SELECTION, /* the field takes other blocks: this one belongs in another field */
	MARKET_LOST_CHARACTERS /* signs without a meaning of their own, such as emoji */
};
struct market_removal {
	enum market_loss kind;
	struct str block; /* its data-block; empty outside of any */
	struct str what;  /* the sentence, the element's name or the characters */
	struct str why;   /* for people: "it names an e-mail address, which eBay forbids" */
	bool in_summary;
	const struct market_rule *rule; /* provenance; may be NULL */
};

struct market_lowered {
	bool fits;
	struct str language; /* as the text's first `lang` says; empty: none */
	struct str bytes;     /* final: what is pasted or uploaded; empty unless it fits */
	struct str why;       /* when it does not fit: the reason, with the way out */
	int64_t count, limit; /* by the field's own rule; limit may be the working size; 0: none */
	int64_t summary_count, summary_limit; /* of the second output; 0 without one */
	struct market_removal *removals;
	size_t removal_count;
};

/*
 * The HTML in the field's form. True when it fits; else `why` says what does not, and no bytes
 * are given. Does not ask for the placement: see market_emits. Never fails silently: whatever
 * is not in `bytes` any more is in `removals` or in `why`.
 */
bool market_lower(const struct market_field *field, struct str html, struct arena *arena,
		  struct market_lowered *lowered);

/* Counts final bytes by the field's own rule: the larger where two rules are in use. */
int64_t market_count(const struct market_field *field, struct str bytes);

/*
 * Reads final bytes again and compares them with the profile; shares no code with market_lower.
 * `language` is the text's, which its bytes do not tell; empty: banned phrases of all languages
 * count. False: `why` says what breaks which rule.
 */
bool market_check(const struct market_field *field, struct str bytes, struct str language,
		  struct arena *arena, struct str *why);

/* Where a value will stand in a text: on the bytes of a word that holds its place. */
struct market_gap {
	size_t at, len;
};

struct market_proof;

/*
 * market_check for all texts that differ in a few values alone: reads the text with the words once, and keeps the lines
 * they stand on and all sizes without them. NULL: it breaks a rule, or a word stands where a value
 * would change more than its line (in a tag, beside the beginning of an entity, in a size that is no plain sum).
 */
const struct market_proof *market_prove(const struct market_field *field, struct str bytes,
					struct str language, const struct market_gap *gaps,
					size_t count, struct arena *arena);

/*
 * Reads those lines with the values on them, one for each gap, and adds up the sizes. True: market_check would take the
 * text, and `size` is its market_count. False: that is not proven, and market_check has the say.
 */
bool market_proof_holds(const struct market_proof *proof, const struct str *values,
			struct arena *scratch, int64_t *size);

/*
 * Would the marketplace refuse a hand-written text? Finds contact details, addresses on the web
 * and banned phrases that the field forbids. `language` empty: phrases of all languages. True
 * when something was found; `found` is lent from the text.
 */
bool market_forbids(const struct market_field *field, struct str text, struct str language,
		    struct str *found, const struct market_rule **rule);

#endif
