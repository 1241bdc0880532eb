/* SPDX-License-Identifier: MIT */
/* carriers.csv in, the services out: what each of them carries, states and refuses. */
#include "shop/load.h"

/* A product's allowed services are a set of 64 bits. */
enum { SERVICES_MAX = 64, DAYS_MAX = 365 };

static const char *const kinds[] = {
	"express", "ems", "registered", "line", "warehouse", "economy"
};
static const char *const terms_words[] = { "DAP", "DDP" };
static const char *const unit_words[] = { "calendar", "business" };

const char *service_kind_name(enum service_kind kind)
{
	return kind == KIND_UNKNOWN ? "" : kinds[kind - KIND_EXPRESS];
}

struct carrier_columns {
	struct column service, carrier, kind, ships_from, tracked, signature, insured_up_to,
		max_weight, max_value, refuses, volumetric_divisor, terms, days_min, days_max,
		on_time, day_unit, returns_to_sender, intercept, intercept_fee, tracking_url,
		tracking_format;
	struct text_columns name;
};

static void declare(struct sheet *sheet, const struct shop *shop, struct carrier_columns *c)
{
	c->service = sheet_column(sheet, "service", NEEDED);
	c->carrier = sheet_column(sheet, "carrier", NEEDED);
	c->name = sheet_text(sheet, shop, "name", NEEDED);
	c->kind = sheet_column(sheet, "kind", 0);
	c->ships_from = sheet_column(sheet, "ships_from", 0);
	c->tracked = sheet_column(sheet, "tracked", 0);
	c->signature = sheet_column(sheet, "signature", 0);
	c->insured_up_to = sheet_column(sheet, "insured_up_to", NUMBER);
	c->max_weight = sheet_column(sheet, "max_weight", NUMBER);
	c->max_value = sheet_column(sheet, "max_value", NUMBER);
	c->refuses = sheet_column(sheet, "refuses", 0);
	c->volumetric_divisor = sheet_column(sheet, "volumetric_divisor", 0);
	c->terms = sheet_column(sheet, "terms", 0);
	c->days_min = sheet_column(sheet, "days_min", 0);
	c->days_max = sheet_column(sheet, "days_max", 0);
	c->on_time = sheet_column(sheet, "on_time", NUMBER);
	c->day_unit = sheet_column(sheet, "day_unit", 0);
	c->returns_to_sender = sheet_column(sheet, "returns_to_sender", 0);
	c->intercept = sheet_column(sheet, "intercept", 0);
	c->intercept_fee = sheet_column(sheet, "intercept_fee", NUMBER);
	c->tracking_url = sheet_column(sheet, "tracking_url", 0);
	c->tracking_format = sheet_column(sheet, "tracking_format", 0);
}

static uint64_t read_refuses(struct loading *loading, struct reader *r, struct column column)
{
	size_t count;
	struct str *flags = read_list(r, column, &count);
	uint64_t set = 0;
	for (size_t i = 0; i < count; i++)
		set |= load_flag(loading, r, column, flags[i]);
	return set;
}

/* What the carrier states: both ends or neither, and a share only with the days it is of. */
static void read_stated_days(struct reader *r, const struct carrier_columns *c,
			     struct service *service)
{
	service->days_min = read_int(r, c->days_min, 0, DAYS_MAX, -1);
	service->days_max = read_int(r, c->days_max, 0, DAYS_MAX, -1);
	service->on_time_percent = read_share(r, c->on_time, -1);
	bool min = read_cell(r, c->days_min)->text.len, max = read_cell(r, c->days_max)->text.len;
	if (min != max)
		read_fault(r, min ? c->days_max : c->days_min,
			   "'%s' is empty; write both 'days_min' and 'days_max', or neither",
			   min ? "days_max" : "days_min");
	else if (service->days_max >= 0 && service->days_min > service->days_max)
		read_fault(r, c->days_min, "'days_min' is more than 'days_max'; exchange them");
	if (service->on_time_percent >= 0 && !max)
		read_fault(r, c->on_time,
			   "'on_time' is the share that arrives within 'days_max', which is empty; "
			   "write it");
}

static void read_tracking(struct reader *r, const struct carrier_columns *c,
			  struct service *service)
{
	struct str url = read_text(r, c->tracking_url), number = S("{number}");
	bool has_number = false;
	for (size_t i = 0; i + number.len <= url.len; i++)
		has_number = has_number || str_equal(str_sub(url, i, number.len), number);
	if (url.len &&
	    (!has_number || (!str_starts(url, "https://") && !str_starts(url, "http://"))))
		read_fault(r, c->tracking_url,
			   "'%s' is no tracking address; write it with '{number}' where the "
			   "parcel's number goes, like 'https://carrier.example/track?no={number}'",
			   shown(url).text);
	service->tracking_url = url;
	service->tracking_format = read_text(r, c->tracking_format);
}

static void read_service(struct loading *loading, struct reader *r, const struct carrier_columns *c,
			 struct service *service)
{
	const struct shop_settings *settings = &loading->shop->settings;
	*service = (struct service){ .id = read_id(r, c->service), .pos = read_pos(r, c->service) };
	service->carrier = read_text(r, c->carrier);
	service->name = read_translated(r, &c->name);
	service->kind = (enum service_kind)(read_word(r, c->kind, kinds, 6, -1) + 1);
	service->ships_from = read_place(r, c->ships_from, settings->country);
	service->tracked = read_answer(r, c->tracked);
	service->signature = read_answer(r, c->signature);
	service->insured_up_to = read_money(r, c->insured_up_to, settings->currency);
	service->max_weight_g = read_weight(r, c->max_weight, 0);
	service->max_value = read_money(r, c->max_value, settings->currency);
	service->refuses = read_refuses(loading, r, c->refuses);
	service->volumetric_divisor = read_int(r, c->volumetric_divisor, 1000, 20000, 0);
	service->terms = (enum terms)(read_word(r, c->terms, terms_words, 2, -1) + 1);
	read_stated_days(r, c, service);
	service->day_unit = (enum day_unit)read_word(r, c->day_unit, unit_words, 2, DAYS_CALENDAR);
	service->returns_to_sender = read_answer(r, c->returns_to_sender);
	service->intercept = read_answer(r, c->intercept);
	service->intercept_fee = read_money(r, c->intercept_fee, settings->currency);
	read_tracking(r, c, service);
}

/* Remembers that there is such a row, whether it holds today or not. */
static void know_service(struct arena *arena, struct shop *shop, struct str id)
{
	struct str *ids = arena_push(arena, shop->service_ids, &shop->service_id_count, sizeof id);
	ids[shop->service_id_count - 1] = id;
	shop->service_ids = ids;
	*map_put(&shop->service_known, id) = arena_new(arena, 1);
}

static void keep_service(struct loading *loading, struct reader *r, struct column column,
			 const struct service *service)
{
	struct shop *shop = loading->shop;
	if (shop->service_count == SERVICES_MAX) {
		read_fault(r, column, "'%s' is one service too many; %d may hold at a time",
			   shown(service->id).text, SERVICES_MAX);
		return;
	}
	shop->services =
		arena_push(loading->arena, shop->services, &shop->service_count, sizeof *service);
	shop->services[shop->service_count - 1] = *service;
	shop->services[shop->service_count - 1].index = shop->service_count - 1;
}

void load_services(struct loading *loading)
{
	static const char path[] = "content/carriers.csv";
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct carrier_columns columns;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, path);
	load_missing(loading, &sheet, path, "the shipping services");
	declare(&sheet, shop, &columns);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct service service;
		read_service(loading, &r, &columns, &service);
		if (!service.id.len)
			continue;
		bool known = map_find(&shop->service_known, service.id);
		sheet_once(&r, &once, service.id, columns.service, "service", service.id);
		if (!known)
			know_service(loading->arena, shop, service.id);
		if (r.holds && !(known && r.bad))
			keep_service(loading, &r, columns.service, &service);
	}
	if (begun && !shop->service_id_count)
		diag_error(loading->diag, (struct pos){ path, 0, 0 },
			   "there is no service in it; add a row for each service you ship with");
	sheet_close(&sheet);
	for (size_t i = 0; i < shop->service_count; i++)
		*map_put(&shop->service_by_id, shop->services[i].id) = &shop->services[i];
}
