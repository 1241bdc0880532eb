/* SPDX-License-Identifier: MIT */
/*
 * shipments.csv in, parcels out, which promise/hold.h keeps or hands on. A row's service, origin and
 * destination are resolved once for all rows that spell them alike; what only the whole log can tell
 * (does it run on behind the build date?) is asked at the end.
 */
#include "promise/log.h"

#include <string.h>

#include "promise/hold.h"
#include "shop/read.h"

enum { NAMED_MOST = 20, ROUTE_NONE = -1, YEAR = 365 };

static const char *const statuses[] = { "delivered", "lost", "returned", "open", "cancelled" };

/* Why a row is left out; the texts follow the row's place. */
enum oddity { BACKWARDS, ORDERED_LATER, DAY_MISSING, STILL_OPEN, FUTURE, ODDITIES };

static const char *const odd_texts[ODDITIES] = {
	[BACKWARDS] = "delivered before it was shipped",
	[ORDERED_LATER] = "shipped before it was ordered",
	[DAY_MISSING] = "handed over or delivered, but on no day",
	[STILL_OPEN] = "came on a day, but its status says that it did not",
	[FUTURE] = "of a day after the build date",
};

/* What the spelling of a service, an origin and a destination stands for. */
struct spelling {
	int64_t route; /* or ROUTE_NONE: reported, rows are left out */
	int64_t rows;
	struct str service;
	struct pos pos; /* of the first such row */
	struct spelling *next;
};

struct log_reading {
	struct arena *arena;
	const struct shop *shop;
	struct diag *diag;
	struct sheet sheet;
	struct column service, to, shipped, from, delivered, ordered, status, id, parcels;
	struct log *log;
	const struct log_taker *taker;
	struct map spellings;	   /* to struct spelling */
	struct spelling *unusable; /* those with ROUTE_NONE */
	struct spelling *unserved; /* to where the service has no zone */
	struct map routes;	   /* to struct route_entry */
	struct map products;	   /* to the handling profile; empty where there is no choice */
	bool by_product;	   /* does the product tell the profile? */
	int64_t slow; /* parcels of more than a year */
	int64_t odd[ODDITIES];
	struct pos odd_pos; /* of the first */
	int64_t later; /* rows with a day after the build date: what they mean is settled at the end */
	struct pos later_pos[NAMED_MOST]; /* of the first */
	int64_t begun_later; /* rows ordered or shipped after the build date */
	int64_t rows;
};

struct route_entry {
	uint32_t index;
};

static void name_oddity(struct log_reading *l, struct pos pos, enum oddity oddity)
{
	int64_t named = 0;
	for (int i = 0; i < ODDITIES; i++)
		named += l->odd[i];
	l->odd[oddity]++;
	if (!named)
		l->odd_pos = (struct pos){ .file = pos.file };
	if (named < NAMED_MOST)
		diag_warning(l->diag, pos, "this parcel is left out: %s", odd_texts[oddity]);
}

/* A parcel of more than a year may be a slip of the pen; it counts all the same, as not there in time. */
static void name_slow(struct log_reading *l, struct pos pos, const struct parcel *parcel)
{
	int32_t begun = parcel->shipped != DATE_NONE ? parcel->shipped : parcel->ordered;
	if (parcel->delivered == DATE_NONE || parcel->delivered > l->shop->date || begun == DATE_NONE ||
	    parcel->delivered - begun <= YEAR || l->slow++ >= NAMED_MOST)
		return;
	diag_warning(l->diag, pos,
		     "this parcel took %d days and counts as not there within 90; is the year right?",
		     parcel->delivered - begun);
}

static uint32_t route_index(struct log_reading *l, const struct route *route)
{
	struct str key = str_format(l->arena, "%zu %s %s", route->service->index, route->from.code,
				    route->to.code);
	void **entry = map_put(&l->routes, key);
	if (!*entry) {
		struct route_entry *new = arena_new(l->arena, sizeof *new);
		new->index = (uint32_t)l->log->route_count;
		l->log->routes = arena_push(l->arena, l->log->routes, &l->log->route_count, sizeof *route);
		l->log->routes[new->index] = *route;
		*entry = new;
	}
	return ((struct route_entry *)*entry)->index;
}

/* Resolves a spelling for the first time; a place that cannot be read is reported at this row. */
static int64_t resolve(struct log_reading *l, struct reader *r, struct spelling *spelling)
{
	struct service *service = shop_service(l->shop, spelling->service);
	if (!service)
		return ROUTE_NONE;
	struct route route = { .service = service };
	route.from = read_place(r, l->from, service->ships_from);
	route.to = read_place(r, l->to, (struct place){ "" });
	if (r->bad || !route.to.code[0])
		return ROUTE_NONE;
	return route_index(l, &route);
}

static struct spelling *spelling_of(struct log_reading *l, struct reader *r)
{
	char text[96];
	struct str service = read_text(r, l->service);
	struct str from = read_text(r, l->from), to = read_text(r, l->to);
	size_t len = service.len + from.len + to.len + 2;
	struct str key = { text, len };
	if (len > sizeof text)
		key = str_format(r->arena, "%.*s\n%.*s\n%.*s", STR(service), STR(from), STR(to));
	else {
		memcpy(text, service.text, service.len);
		text[service.len] = '\n';
		memcpy(text + service.len + 1, from.text, from.len);
		text[service.len + 1 + from.len] = '\n';
		memcpy(text + service.len + from.len + 2, to.text, to.len);
	}
	struct spelling *known = map_find(&l->spellings, key);
	if (known)
		return known;
	struct spelling *spelling = arena_new(l->arena, sizeof *spelling);
	*map_put(&l->spellings, str_copy(l->arena, key)) = spelling;
	spelling->service = str_copy(l->arena, service);
	spelling->pos = read_pos(r, l->service);
	spelling->route = resolve(l, r, spelling);
	if (spelling->route == ROUTE_NONE) {
		spelling->next = l->unusable;
		l->unusable = spelling;
		return spelling;
	}
	const struct route *route = &l->log->routes[spelling->route];
	if (!service_zone(route->service, route->to)) {
		spelling->next = l->unserved;
		l->unserved = spelling;
	}
	return spelling;
}

/* A day; of a moment such as "2026-05-01 10:56:33" its day. */
static int32_t read_day(struct reader *r, struct column column)
{
	struct str text = read_text(r, column);
	int32_t date;
	if (!text.len)
		return DATE_NONE;
	if (text.len > 10 && (text.text[10] == ' ' || text.text[10] == 'T') &&
	    date_parse(str_sub(text, 0, 10), &date))
		return date;
	return read_date(r, column);
}

/* Empty: came when there is a day, else still open. */
static enum parcel_status read_status(struct log_reading *l, struct reader *r, int32_t delivered)
{
	struct str text = read_text(r, l->status);
	enum parcel_status implied = delivered == DATE_NONE ? PARCEL_OPEN : PARCEL_DELIVERED;
	if (!text.len)
		return implied;
	if (str_is(text, "delivered"))
		return PARCEL_DELIVERED;
	return (enum parcel_status)read_word(r, l->status, statuses, 5, (int)implied);
}

/* Millionths of a parcel that a row stands for. */
static uint32_t read_row_ppm(struct log_reading *l, struct reader *r)
{
	struct decimal one = { 1, 0 }, million = { 1000000, 0 }, ppm;
	if (!read_text(r, l->parcels).len)
		return 1000000;
	struct decimal number = read_decimal(r, l->parcels, one);
	if (number.digits < 0 || !decimal_multiply(number, million, &ppm) ||
	    (ppm = decimal_round(ppm, 0)).digits > UINT32_MAX) {
		read_fault(r, l->parcels,
			   "a row cannot stand for '%s' parcels; write a number from 0 to 4294",
			   shown(read_text(r, l->parcels)).text);
		return 0;
	}
	return (uint32_t)ppm.digits;
}

/* What contradicts itself whatever day it is; ODDITIES when nothing does. */
static enum oddity oddity_of(const struct parcel *parcel, int32_t today)
{
	if (parcel->delivered != DATE_NONE && parcel->shipped != DATE_NONE &&
	    parcel->delivered < parcel->shipped)
		return BACKWARDS;
	if (parcel->ordered != DATE_NONE && parcel->shipped != DATE_NONE &&
	    parcel->shipped < parcel->ordered)
		return ORDERED_LATER;
	if (parcel->status != PARCEL_OPEN && parcel->shipped == DATE_NONE)
		return DAY_MISSING;
	if (parcel->status == PARCEL_DELIVERED && parcel->delivered == DATE_NONE)
		return DAY_MISSING;
	if (parcel->status == PARCEL_OPEN && parcel->delivered != DATE_NONE &&
	    parcel->delivered <= today)
		return STILL_OPEN;
	return ODDITIES;
}

static int32_t begun(const struct parcel *parcel)
{
	return parcel->ordered != DATE_NONE ? parcel->ordered : parcel->shipped;
}

/* Products and how they are handled; what is wrong with the catalog is said where it is read for itself. */
static void read_profiles(struct log_reading *l)
{
	struct arena scratch;
	struct row row;
	struct diag *unheard = diag_new(l->shop->folder);
	arena_init(&scratch);
	struct catalog *catalog = catalog_open(&scratch, l->shop, unheard);
	struct arena of_row;
	arena_init(&of_row);
	while (catalog_next(catalog, &of_row, &row)) {
		const struct handling *handling = catalog_handling(catalog, &row);
		struct str id = catalog_id(catalog, &row);
		if (handling && id.len)
			*map_put(&l->products, str_copy(l->arena, id)) = (void *)handling;
		arena_reset(&of_row);
	}
	catalog_close(catalog);
	diag_free(unheard);
	arena_release(&of_row);
	arena_release(&scratch);
}

static uint16_t profile_of(const struct log_reading *l, struct str id)
{
	if (!id.len || !l->by_product)
		return PROFILE_NOT_NAMED;
	const struct handling *handling = map_find(&l->products, id);
	return handling ? (uint16_t)(handling->index + 1) : PROFILE_LOST;
}

static void read_parcel(struct log_reading *l, struct reader *r)
{
	struct parcel parcel = { .ordered = read_day(r, l->ordered), .shipped = read_day(r, l->shipped),
				 .delivered = read_day(r, l->delivered) };
	parcel.status = (uint8_t)read_status(l, r, parcel.delivered);
	parcel.row_ppm = read_row_ppm(l, r);
	parcel.profile = profile_of(l, read_text(r, l->id));
	if (r->bad)
		return;
	struct spelling *spelling = spelling_of(l, r);
	spelling->rows++;
	if (spelling->route == ROUTE_NONE || parcel.status == PARCEL_CANCELLED || !parcel.row_ppm)
		return;
	parcel.route = (uint32_t)spelling->route;
	int32_t today = l->shop->date;
	enum oddity oddity = oddity_of(&parcel, today);
	if (oddity != ODDITIES) {
		name_oddity(l, r->row.pos, oddity);
		return;
	}
	if (begun(&parcel) == DATE_NONE) /* an order that was not handed over, of a day not told */
		return;
	l->log->has_orders |= parcel.ordered != DATE_NONE && parcel.shipped != DATE_NONE;
	name_slow(l, r->row.pos, &parcel);
	bool began_later = begun(&parcel) > today;
	l->begun_later += began_later;
	parcel.later = began_later || (parcel.delivered != DATE_NONE && parcel.delivered > today);
	if (parcel.later && l->later < NAMED_MOST)
		l->later_pos[l->later] = r->row.pos;
	l->later += parcel.later;
	if (began_later) { /* known to be, and to nobody yet */
		l->log->parcels++;
		return;
	}
	hold_add(l->arena, l->log, &parcel);
	if (hold_is_full(l->log, l->taker))
		hold_hand_on(l->log, l->taker, today);
}

/*
 * When one row in a hundred begins after the build date, the log is not wrong: the shop is
 * built for a day in its past, and what came later is not known yet. Else such rows cannot be.
 */
static void settle_later(struct log_reading *l)
{
	l->log->beyond = l->begun_later >= 3 && l->begun_later * 100 >= l->rows;
	if (l->log->beyond)
		return;
	for (size_t i = 0; i < l->log->count; i++)
		if (log_parcel(l->log, i)->later)
			log_parcel(l->log, i)->row_ppm = 0;
	for (int64_t i = 0; i < l->later; i++)
		name_oddity(l, l->later_pos[i < NAMED_MOST ? i : NAMED_MOST - 1], FUTURE);
}

/* Nothing is sent there by now, but what was sent tells something of the service. */
static void name_unserved(struct log_reading *l)
{
	for (struct spelling *s = l->unserved; s; s = s->next)
		diag_warning(l->diag, s->pos,
			     "no zone of service '%s' in content/zones.csv holds '%s'; its parcels count for "
			     "the service as a whole alone: %lld",
			     shown(s->service).text, l->log->routes[s->route].to.code, (long long)s->rows);
}

static void name_unusable(struct log_reading *l)
{
	for (struct spelling *s = l->unusable; s; s = s->next)
		if (!shop_service(l->shop, s->service))
			diag_warning(l->diag, s->pos,
				     "no service '%s' is in force in content/carriers.csv; rows with it to "
				     "this destination are left out: %lld",
				     shown(s->service).text, (long long)s->rows);
		else if (s->rows > 1)
			diag_note(l->diag, s->pos, "rows with this place that are left out: %lld",
				  (long long)s->rows);
}

static void name_sums(struct log_reading *l)
{
	int64_t all = 0;
	for (int i = 0; i < ODDITIES; i++)
		all += l->odd[i];
	if (!all)
		return;
	struct buf text = BUF_INIT;
	for (int i = 0; i < ODDITIES; i++)
		if (l->odd[i])
			buf_addf(&text, "%s%lld %s", text.len ? ", " : "", (long long)l->odd[i],
				 odd_texts[i]);
	diag_warning(l->diag, l->odd_pos,
		     "%lld of %lld rows cannot be and are left out: %.*s; correct them, or ask the "
		     "carrier",
		     (long long)all, (long long)l->rows, STR(buf_str(&text)));
	buf_release(&text);
}

static void read_rows(struct log_reading *l)
{
	struct arena scratch;
	struct reader r;
	arena_init(&scratch);
	while (sheet_next(&l->sheet, &scratch, &r)) {
		l->rows++;
		read_parcel(l, &r);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

const struct log *log_read(struct arena *arena, struct arena *names, const struct shop *shop,
			   struct diag *diag, const struct log_taker *taker)
{
	struct log *log = arena_new(arena, sizeof *log);
	struct log_reading l = { .arena = arena, .shop = shop, .diag = diag, .log = log,
				 .taker = taker };
	if (!shop->has_shipments)
		return log;
	l.spellings.arena = l.routes.arena = l.products.arena = arena;
	sheet_open(&l.sheet, names, "content/shipments.csv", &shop->reading, shop->date, diag);
	l.service = sheet_column(&l.sheet, "service", NEEDED);
	l.to = sheet_column(&l.sheet, "to", NEEDED);
	l.shipped = sheet_column(&l.sheet, "shipped", PRESENT | DATE);
	l.from = sheet_column(&l.sheet, "from", 0);
	l.delivered = sheet_column(&l.sheet, "delivered", DATE);
	l.ordered = sheet_column(&l.sheet, "ordered", DATE);
	sheet_column(&l.sheet, "promised", DATE);
	l.status = sheet_column(&l.sheet, "status", 0);
	l.id = sheet_column(&l.sheet, "id", 0);
	sheet_column(&l.sheet, "order", 0);
	sheet_column(&l.sheet, "tracking", 0);
	l.parcels = sheet_column(&l.sheet, "parcels", NUMBER);
	log->hash = table_hash(l.sheet.table);
	l.by_product = l.id.index >= 0 && shop->handling_count > 1;
	if (l.by_product)
		read_profiles(&l);
	if (sheet_begin(&l.sheet))
		read_rows(&l);
	settle_later(&l);
	name_unusable(&l);
	name_unserved(&l);
	name_sums(&l);
	hold_sort(log);
	sheet_close(&l.sheet);
	return log;
}
