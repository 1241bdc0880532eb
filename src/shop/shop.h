/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_SHOP_H
#define UPFRONT_SHOP_SHOP_H

/*
 * shop - the model: what the seller's tables say, checked and joined.
 *
 * Everything but the products is loaded whole (shop_load) and lives in the build's arena; it
 * never changes afterwards and is read by all threads. Products stream through
 * shop/catalog.h. References are pointers: what could not be resolved was reported at its cell
 * and is left out. Rows that carry a validity are kept when they hold on the build date;
 * customs, tariffs, charges and fx keep their whole history, since customs chooses by date.
 * Only shop/load*.c spell column names.
 *
 *	struct shop *shop = shop_load(arena, ".", date, diag);
 *	for (size_t i = 0; i < shop->service_count; i++)
 *		use(&shop->services[i]);
 *
 * Text with translations is struct translated: one text a language of the shop.
 */

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "shop/date.h"
#include "shop/money.h"
#include "shop/place.h"
#include "table/table.h"

/* A text column: the plain column and its `name:LANG` translations. */
struct translated {
	struct str plain;
	struct str *by_language; /* one per shop->languages; empty where not translated */
};

/* The translation, or else the plain text, or else that of the default language. */
struct str translated_get(const struct translated *text, size_t language);

struct language {
	struct str tag; /* BCP 47 as in shop.csv: "en", "pt-BR" */
	struct pos pos;
};

/* Yes, no, or the cell was empty. */
enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

enum service_kind {
	KIND_UNKNOWN, KIND_EXPRESS, KIND_EMS, KIND_REGISTERED, KIND_LINE, KIND_WAREHOUSE, KIND_ECONOMY
};
const char *service_kind_name(enum service_kind kind); /* "express", ...; "" for unknown */

enum terms { TERMS_UNKNOWN, TERMS_DAP, TERMS_DDP };

enum day_unit { DAYS_CALENDAR, DAYS_BUSINESS };

struct zone {
	struct str id;
	struct service *service;
	struct place *places; /* groups and `except` worked out; "*" stands for everywhere else */
	size_t place_count;
	struct place *excluded; /* what `except` takes out of "*", or regions out of a country */
	size_t excluded_count;
	struct str *remote; /* the seller's words for remote areas, as they are */
	size_t remote_count;
	struct rate *rates; /* by weight, lightest first; the last may have no limit */
	size_t rate_count;
	struct pos pos;
};

/* A band: what a parcel of more than the previous row's and up to `up_to_g` grams costs. */
struct rate {
	int64_t up_to_g; /* INT64_MAX: no limit */
	struct money price;
	struct money per_kg; /* for each started kg above the row before; currency "" when none */
	struct money free_from; /* order value from which it is free; currency "" when none */
	struct pos pos;		/* of the price's cell */
};

struct service {
	struct str id;
	size_t index; /* in shop->services */
	struct str carrier;
	struct translated name;
	enum service_kind kind;
	struct place ships_from; /* the shop's country when the cell is empty */
	enum answer tracked, signature, returns_to_sender, intercept;
	struct money insured_up_to; /* currency "" when none */
	int64_t max_weight_g;	    /* 0: no limit */
	struct money max_value;	    /* currency "": no limit */
	uint64_t refuses; /* contents flags: bit i is shop->contents[i] */
	int64_t volumetric_divisor; /* cm3 per kg; 0: weight alone */
	enum terms terms;
	int days_min, days_max; /* what the carrier states; -1: nothing */
	int on_time_percent;	/* share within days_max the carrier publishes; -1: nothing */
	enum day_unit day_unit;
	struct money intercept_fee;
	struct str tracking_url; /* with {number} */
	struct str tracking_format;
	struct zone *zones;
	size_t zone_count;
	struct pos pos;
};

struct handling {
	struct str profile;
	size_t index;
	int days_min, days_max; /* working days */
	int cutoff;		/* minutes after midnight in `timezone`; -1: none, the whole day counts */
	struct str timezone;	/* IANA name */
	uint8_t workdays;	/* bit MONDAY..SUNDAY */
	struct pos pos;
};

enum closure_kind { CLOSURE_DISPATCH, CLOSURE_DELIVERY };

struct closure {
	struct place country;
	struct validity days;
	enum closure_kind kind;
	struct translated name;
	struct pos pos;
};

/* A day of every year. */
struct month_day {
	int month, day;
};

/* Weeks in which parcels take longer; shop/season.h asks about it. */
struct season {
	struct translated name;
	bool yearly; /* from `first` to `last` of every year; else `days` */
	struct month_day first, last;
	struct validity days;
	struct place *places; /* where parcels come from or go; none: everywhere */
	size_t place_count;
	struct pos pos;
};

/* A row of ontime.csv. */
enum parcel_status { PARCEL_DELIVERED, PARCEL_LOST, PARCEL_RETURNED, PARCEL_OPEN, PARCEL_CANCELLED };

struct ontime {
	struct service *service;
	struct str to;	   /* a zone of the service as it is written, a place's code, or "*" */
	struct zone *zone; /* when `to` names a zone of the service, before any country; else NULL */
	struct place place; /* when `to` names a place or "*"; else code "" */
	struct place from;  /* code "" when not given */
	/*
	 * Equal for one day; days_max -1: open bucket ">30". Of a parcel still open, the days it
	 * has been watched. Without a cell (lost, returned, cancelled; open: not watched) 0 and 0.
	 */
	int days_min, days_max;
	int64_t parcels_ppm;	/* parcels in millionths: a row may stand for a fraction */
	enum parcel_status status;
	int32_t period; /* first day of the month; DATE_NONE when not given */
	struct pos pos;
};

/* Import rules of one band, as typed but parsed as far as types go; customs/ gives them meaning. */
struct customs_rule {
	struct place country;
	struct str variant; /* "", "kind=express", "origin=US", "from=US" */
	struct validity validity;
	struct currency currency;
	struct money over, up_to; /* currency "" when open; band of the tested value */
	struct str test, duty, duty_on, tax_name, tax, tax_on;
	struct translated tax_names;
	struct money tax_base_step, waived_up_to, collected_up_to;
	int hs_digits; /* that customs asks for; 0: not stated */
	struct str collected_by; /* "", marketplace, seller, carrier */
	struct str default_tariff;
	struct str note, source;
	int32_t checked_on;
	struct pos pos; /* of the country's cell */
	struct pos test_pos, duty_pos, duty_on_pos, tax_pos, tax_on_pos, variant_pos, tariff_pos;
	char decimal_sign; /* of the file, for the numbers inside the terms */
};

struct tariff_rule {
	struct place country;
	struct str hs; /* 2 to 10 digits */
	struct str rate;
	struct place origin; /* code "" when any */
	struct validity validity;
	struct str source;
	int32_t checked_on;
	struct pos pos, rate_pos;
	char decimal_sign; /* of the file, for the numbers inside the rate */
};

struct charge_rule {
	struct place country;
	struct service *service; /* NULL: any */
	struct money amount;	 /* currency "" when a percentage */
	struct decimal percent;	 /* of duty and tax */
	bool has_percent;	 /* neither amount nor percent: charged, but not known how much */
	struct str percent_on;	 /* such as "goods"; empty: of duty and tax. Column `percent_on` */
	struct pos percent_on_pos;
	char decimal_sign; /* of the file, for the factors in percent_on */
	struct translated name;
	struct money min, max, over, up_to; /* currency "" when open */
	bool per_line;			    /* else per parcel */
	bool always;			    /* else only if duty or tax is due on delivery */
	struct str paid_by;
	struct validity validity;
	struct str source;
	int32_t checked_on;
	struct pos pos;
};

/* Chapters of the Harmonized System: the first two digits of an HS code, from and to. */
enum chapter_kind { CHAPTER_GOODS, CHAPTER_RESERVED, CHAPTER_NATIONAL };

struct chapters {
	int from, to;
	enum chapter_kind kind;
	struct pos pos;
};

struct fx_rate {
	int32_t date;
	struct currency from, to;
	struct decimal rate;
	struct str source;
	struct pos pos;
};

struct country_facts {
	struct place country;
	int pickup_days; /* -1: not known */
	int unpaid_days; /* for which a parcel is kept while import charges are not paid; -1: not known */
	struct translated slip;
	struct str post_url, customs_url, remote;
	int quiet_from, quiet_to; /* minutes after midnight in which nobody is written to; -1: not known */
	struct str post_name, customs_name, tax_word; /* as they are called there */
	struct str *timezones; /* IANA names, the one with most people first */
	size_t timezone_count;
	struct pos timezones_pos;
	struct pos pos;
};

struct remedy {
	struct str situation;
	struct str remedy;
	struct money up_to_value; /* currency "" : any */
	int order;
	int when_days; /* -1: at once */
	struct translated text;
	struct pos pos;
};

struct support {
	struct str channel, address, hours, timezone;
	uint8_t days; /* bit MONDAY..SUNDAY; 0: not given */
	struct str languages, countries; /* lists as typed; empty: all */
	struct pos pos;
};

/* A place from which buyers are written to: the shop's own mailbox, or a marketplace's messages. */
struct channel {
	struct str id;	   /* "own", "ebay": part of file names */
	struct str syntax; /* of its placeholders, as in placeholders.csv */
	struct str languages, events; /* lists as typed; empty: all */
	enum answer links, contact, review_request, review_change, marketing; /* may it be there? */
	struct pos pos;
};

/* What the sender knows of an order and fills in. */
enum sender_value {
	SENDER_BUYER, SENDER_ORDER, SENDER_ITEM, SENDER_ADDRESS, SENDER_TRACKING, SENDER_LINK, SENDER_VALUES
};

struct placeholder {
	struct str syntax;
	enum sender_value value;
	struct str text;     /* empty: the sender has none for it */
	struct str fallback; /* with {value} and {words}; empty: the sender always knows the value */
	struct pos pos;
};

/* Words by which a text is known to break a channel's rule. */
enum phrase_rule { PHRASE_REVIEW_REQUEST, PHRASE_REVIEW_CHANGE, PHRASE_MARKETING, PHRASE_RULES };

struct phrase {
	enum phrase_rule rule;
	struct str language, text;
	struct pos pos;
};

struct question {
	struct str topic;
	struct place country; /* code "" : all */
	int64_t asked;
	int32_t period;
	struct pos pos;
};

/* A row of listings.csv: a product on a marketplace in a language. There may be very many. */
struct listing {
	struct str id;	    /* of the product, as typed */
	uint64_t id_hash;   /* hash_str of it */
	uint16_t language;  /* in shop->languages */
	uint16_t market;    /* in shop->listing_markets */
	struct str site;    /* "ebay.de"; empty when not given */
	struct place to;    /* where its buyers live; code "" when not given: the site's country */
	struct str number;  /* the marketplace's own; empty when not given */
	struct str category; /* the marketplace's own; empty when not given */
	uint32_t line;
	uint32_t column; /* of the id */
};

/* A marketplace that listings.csv names, and where it does so first. */
struct listing_market {
	struct str id;
	struct pos pos;
};

/* A row of settings.csv: what a listing's structured fields say on the marketplace. */
struct listing_setting {
	struct str id;
	uint64_t id_hash;
	struct str marketplace; /* as in listings.csv */
	int handling_days;      /* -1: not given */
	int returns_days;	/* likewise */
	struct str service;	/* of carriers.csv; empty when not given */
	struct money price;	/* currency "" when not given */
	struct pos pos, handling_pos, returns_pos, service_pos, price_pos;
};

/* A row of marketplaces/ID.csv, or of the seller's own marketplaces/local.csv, as typed. */
struct market_row {
	struct str market; /* ID */
	struct str field, rule, value, source, confidence;
	struct str category; /* of local.csv: the only category it holds for; else empty */
	int32_t checked_on;
	bool own; /* from local.csv */
	struct pos market_pos, field_pos, rule_pos, value_pos, confidence_pos;
};

/* A row of claims.csv that holds today: something that may be said because it is done. */
struct claim {
	struct str name;	     /* "inspected" */
	struct translated says;	     /* phrases by which a text says it, between semicolons */
	struct str source;
	struct pos pos;
};

/* Settings of shop.csv with their defaults worked in. Texts are empty when not given. */
struct shop_settings {
	struct str name, url, legal_name, address, email, phone, chat, address_rule, returns_payer;
	struct currency currency;
	struct place country;
	struct str timezone;
	struct pos timezone_pos;
	int reply_hours;  /* -1: not stated */
	int faq_count;	  /* questions on a product page; default 6 */
	int confidence_percent; /* default 90 */
	int min_parcels;  /* default 20 */
	int history_days; /* default 1095 */
	int steady_days, steady_percent; /* what was pasted stays while today's is not better by more; 2 and 3 */
	int half_life_days; /* after which a parcel counts for half; default 365 */
	int grace_days, returns_days; /* -1: not stated */
	int late_after_days; /* days from the order after which the fee is given back; default 30 */
	int report_days;    /* to report damage or loss in; -1: not stated */
	int stall_days;	    /* without a scan, until the carrier is asked; -1: not stated */
	int scan_wait_days; /* to wait after a delivered scan with nothing there; -1: not stated */
	struct money packing_photo_from; /* dearer parcels are photographed; currency "" when none */
	struct money duty_share_up_to, intercept_value_limit; /* currency "" when none */
	int stale_after_days; /* default 180 */
	bool sharded;	      /* pages = sharded */
	struct str slips;     /* yes: a packing slip is made for each product; no, or empty */
};

/* A coming day on which a row of a table begins to hold, or the first on which it no longer does. */
struct turn {
	int32_t date;
	bool starts;
	struct pos pos; /* of the row */
};

struct turns {
	struct turn *items; /* after the build date, in the order of the tables */
	size_t count;
};

struct shop {
	const char *folder;
	int32_t date; /* the build date */
	struct shop_settings settings;
	struct language *languages; /* the first is the default */
	size_t language_count;
	struct service *services; /* at most 64 */
	size_t service_count;
	struct handling *handlings; /* at most 64 */
	size_t handling_count;
	struct closure *closures;
	size_t closure_count;
	struct season *seasons;
	size_t season_count;
	struct ontime *ontimes;
	size_t ontime_count;
	struct customs_rule *customs;
	size_t customs_count;
	struct chapters *chapters;
	size_t chapter_count;
	struct tariff_rule *tariffs;
	size_t tariff_count;
	struct charge_rule *charges;
	size_t charge_count;
	struct fx_rate *fx;
	size_t fx_count;
	struct country_facts *countries;
	size_t country_count;
	struct remedy *remedies;
	size_t remedy_count;
	struct support *supports;
	size_t support_count;
	struct question *questions;
	size_t question_count;
	struct market_row *market_rows; /* by marketplace, the seller's own last */
	size_t market_row_count;
	struct channel *channels;
	size_t channel_count;
	struct placeholder *placeholders;
	size_t placeholder_count;
	struct phrase *phrases;
	size_t phrase_count;
	struct claim *claims; /* those that hold today, then those that do not */
	size_t claim_count, claims_held;
	struct str *contents; /* names of the contents flags, at most 64 */
	size_t contents_count;
	struct listing *listings; /* by id_hash, a product's in the order of the file */
	size_t listing_count;
	struct listing_market *listing_markets;
	size_t listing_market_count;
	struct listing_setting *listing_settings; /* likewise by id_hash */
	size_t listing_setting_count;
	struct place *destinations; /* every country that some zone names, sorted by code */
	size_t destination_count;
	struct turns turns; /* of all tables with valid_from and valid_to that are loaded whole */
	bool has_shipments; /* is there a shipments.csv? promise/ streams it by itself */
	struct table_options reading; /* for the tables that stream: products, shipments */
	struct map service_by_id, handling_by_profile;
	struct str *service_ids; /* of all rows of carriers.csv, those that do not hold today too */
	size_t service_id_count;
	struct map service_known; /* the same as a set */
	uint64_t hash; /* of all table files but products.csv and shipments.csv */
};

/*
 * Loads and checks every table but products.csv and shipments.csv for the build date. Never NULL; ask
 * diag_errors before trusting it. `folder` is the shop folder (the one that holds content/).
 */
struct shop *shop_load(struct arena *arena, const char *folder, int32_t date, struct diag *diag);

/*
 * Warns of handling profiles that no product uses; bit i of `used_profiles` stands for
 * shop->handlings[i]. For the build, which sees all products.
 */
void shop_check_unused(const struct shop *shop, uint64_t used_profiles, struct diag *diag);

/* The zone of the service that holds the place (its region, its country, then "*"), or NULL. */
struct zone *service_zone(const struct service *service, struct place to);

struct service *shop_service(const struct shop *shop, struct str id); /* or NULL */

/* The listings of a product, by the hash of its id; `count` of them. */
const struct listing *shop_listings(const struct shop *shop, uint64_t id_hash, size_t *count);

/* The same for its rows of settings.csv. */
const struct listing_setting *shop_listing_settings(const struct shop *shop, uint64_t id_hash,
						    size_t *count);

struct pos listing_pos(const struct listing *listing); /* of its id's cell */

/* What is known of a country (or of a region's country, or everywhere else), or NULL. */
const struct country_facts *shop_country(const struct shop *shop, struct place country);

#endif
