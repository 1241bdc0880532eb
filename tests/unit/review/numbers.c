/* SPDX-License-Identifier: MIT */
/* Numbers typed by hand are found in every language's own way of writing them; hostile texts end soon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "review/inside.h"

/* A shop of one language whose only text is one message. */
struct desk {
	struct arena arena;
	struct diag *diag;
	struct shop shop;
	struct language language;
	struct edition edition;
	struct message message;
	struct library library;
	struct reviewing reviewing;
};

static void desk_begin(struct desk *d, const char *tag, struct str pattern)
{
	memset(d, 0, sizeof *d);
	arena_init(&d->arena);
	d->diag = diag_new(".");
	d->language.tag = str_of(tag);
	d->shop.folder = "/nowhere";
	d->shop.languages = &d->language;
	d->shop.language_count = 1;
	d->shop.settings.returns_days = 30;
	d->shop.settings.grace_days = d->shop.settings.report_days = d->shop.settings.stall_days = -1;
	d->shop.settings.scan_wait_days = d->shop.settings.reply_hours = -1;
	d->shop.settings.confidence_percent = 90;
	d->shop.settings.intercept_value_limit =
		(struct money){ .amount = { 10000, 2 }, .currency = { "EUR" } };
	d->edition.words = words_open(&d->arena, str_of(tag));
	d->message = (struct message){ S("key"), pattern, { "text.csv", 2, 5 } };
	d->edition.messages = (struct messages){ .items = &d->message, .count = 1 };
	d->reviewing = (struct reviewing){ .arena = &d->arena, .shop = &d->shop, .diag = d->diag };
	library_read(&d->library, &d->arena, &d->shop, &d->edition);
	d->reviewing.libraries = &d->library;
}

static void desk_end(struct desk *d)
{
	diag_free(d->diag);
	arena_release(&d->arena);
}

/* The first diagnostic begins with the text, at that column; "" expects none. */
static void says(const char *tag, const char *pattern, unsigned column, const char *expected)
{
	struct desk d;
	struct pos pos = { NULL, 0, 0 };
	enum severity severity;
	struct str text = S("");
	desk_begin(&d, tag, str_of(pattern));
	review_numbers(&d.reviewing, &d.library);
	bool any = diag_get(d.diag, 0, &pos, &severity, &text);
	if (any != (*expected != 0) || (any && !str_starts(text, expected)))
		fail_msg("%s '%s': expected '%s', found '%.*s'", tag, pattern, expected, STR(text));
	if (any)
		assert_int_equal(pos.column, column);
	desk_end(&d);
}

static void days_are_found_in_every_language(void **state)
{
	(void)state;
	const char *follows = "'30' will not follow the data; write {shop.returns_days, plural, ...}";
	says("en", "within 30 days", 12, follows);
	says("de", "in 30 Tagen", 8, follows);
	says("de", "30 Kalendertage", 5, follows);
	says("fr", "sous 30 jours", 10, follows);
	says("es", "en 30 días", 8, follows);
	says("it", "entro 30 giorni", 11, follows);
	says("nl", "binnen 30 dagen", 12, follows);
	says("pl", "w ciągu 30 dni", 13, follows);
	says("pt-BR", "em até 30 dias", 12, follows);
	says("ru", "в течение 30 дней", 15, follows);
	says("tr", "30 gün içinde", 5, follows);
	says("ja", "30日以内", 5, follows);
	says("ko", "30일 이내", 5, follows);
	says("zh-Hans", "30天内", 5, follows);
	says("zh-Hant", "在30天內", 6, follows);
	says("ar", "خلال ٣٠ يومًا", 10, "'٣٠' will not follow the data");
}

static void words_amounts_and_shares_are_found(void **state)
{
	(void)state;
	says("en", "within thirty days", 12, "'thirty' will not follow the data");
	says("de", "binnen dreißig Tagen", 12, "'dreissig' will not follow the data");
	says("ru", "тридцать дней", 5, "'тридцать' will not follow the data");
	says("ja", "三十日以内", 5, "'三十' will not follow the data");
	says("en", "with 90% confidence", 10, "'90' will not follow the data; write {shop.confidence, percent}");
	says("fr", "90 % de confiance", 5, "'90' will not follow the data");
	says("en", "above €100 we", 12, "'100' will not follow the data; write {shop.intercept_value_limit, money}");
	says("de", "ab 100,00 EUR", 8, "'100,00' will not follow the data");
	says("en", "within 12 weeks", 12, "'12' follows no data");
	says("en", "{n, plural, one {# day} other {14 days}}", 36, "'14' follows no data");
	says("en", "{shop.returns_days, number} or 14 days", 36,
	     "'14' contradicts the tables, where shop.returns_days is 30");
}

static void other_numbers_are_left_alone(void **state)
{
	(void)state;
	static const char *const fine[] = {
		"PS Form 3849 at the door", "an E27 lamp", "30 cm wide",    "in 2026",
		"1. Look for it.",	    "USB-C 3.2",   "nine in ten",   "{shop.returns_days, plural, one {# day} other {# days}}",
		"{n, plural, =1 {a day} other {days}}",	   "thirty, but no more", "24/7",
	};
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		says("en", fine[i], 0, "");
	says("tr", "30 kayıt", 0, ""); /* "ay" is a month */
}

/* Every piece of a text is walked once, whatever is broken in it. */
static void hostile_texts_end_soon(void **state)
{
	static const char *const patterns[] = {
		"{",	 "}",	     "{a, plural, one {", "30 days ", "30",	     "1 ",
		"{a}",	 "{a, if} ", "{{",		  "'{",	      "thirty days ", "\xFF",
		"{a, b", "{,",	     "{a, select, b {c} ", "€1 ",
	};
	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct buf text = BUF_INIT;
		struct desk d;
		while (text.len < 65536)
			buf_add(&text, str_of(patterns[i]));
		clock_t start = clock();
		desk_begin(&d, "en", buf_str(&text));
		review_numbers(&d.reviewing, &d.library);
		review_claims(&d.reviewing, &d.library);
		review_differences(&d.reviewing, &d.library);
		desk_end(&d);
		buf_release(&text);
		double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (seconds > 3)
			fail_msg("%s takes %.1f s", patterns[i], seconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_found_in_every_language),
		cmocka_unit_test(words_amounts_and_shares_are_found),
		cmocka_unit_test(other_numbers_are_left_alone),
		cmocka_unit_test(hostile_texts_end_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
