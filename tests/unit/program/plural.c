/* SPDX-License-Identifier: MIT */
/* Plurals agree with ICU's own MessageFormat, pattern by pattern and number by number. */
#include "fixture.h"

#include <unicode/umsg.h>
#include <unicode/ustring.h>

/* What ICU makes of the pattern for the number; the number's name there is n. */
static void icu_format(const char *tag, const char *pattern, int64_t number, char *out,
		       int32_t room)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[1024], result[1024];
	int32_t len = 0;
	u_strFromUTF8(wide, 1024, &len, pattern, -1, &status);
	UMessageFormat *format = umsg_open(wide, len, tag, NULL, &status);
	assert_true(U_SUCCESS(status));
	len = umsg_format(format, result, 1024, &status, (double)number);
	umsg_close(format);
	u_strToUTF8(out, room, NULL, result, len, &status);
	assert_true(U_SUCCESS(status));
}

static void agrees(struct fixture *f, const char *tag, const char *rest)
{
	static const int64_t numbers[] = {
		0,   1,   2,   3,   4,   5,   6,     7,     10,    11,    12,      13,
		14,  20,  21,  22,  23,  24,  25,    31,    71,    99,    100,     101,
		102, 103, 111, 112, 121, 200, 21000, 21001, 21002, 21011, 1000000, 2000000
	}; /* four digits: umsg groups them even in Polish */
	char ours[512], theirs[512], expected[2048];
	snprintf(ours, sizeof ours, "{product.stock, plural, %s}", rest);
	snprintf(theirs, sizeof theirs, "{0, plural, %s}", rest);
	const struct program *program =
		message_compile(f->compiler, str_of(ours), (struct pos){ tag, 1, 1 }, ESCAPE_NONE);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		record_number(f->product, "stock", numbers[i]);
		icu_format(tag, theirs, numbers[i], expected, sizeof expected);
		fixture_is(fixture_run(f, program), expected);
	}
}

static void languages_agree(void **state)
{
	static const struct {
		const char *tag;
		const char *patterns[3]; /* the second and third with exact numbers and an offset */
	} cases[] = {
		{ "en",
		  { "one {# day} other {# days}", "=0 {none} =1 {a} other {it''s #}",
		    "offset:1 =0 {0} =1 {1} one {A # '{x}'} other {B # '#'}" } },
		{ "de",
		  { "one {# Tag} other {# Tage}", "other {#!} one {?} =2 {zwei}",
		    "offset:2 one {A #} other {B #}" } },
		{ "fr",
		  { "one {# jour} many {# de jours} other {# jours}", "one {a} other {b #}",
		    "offset:1 one {A #} other {B #}" } },
		{ "ru",
		  { "one {# день} few {# дня} many {# дней} other {# дня}",
		    "=1 {один} one {a #} few {b #} many {c #} other {d}",
		    "offset:1 one {a #} few {b #} many {c #} other {d}" } },
		{ "pl",
		  { "one {# dzień} few {# dni} many {# dni.} other {# dnia}",
		    "=1 {x} few {b} many {c} other {d}",
		    "offset:1 one {a #} few {b #} many {c #} other {d}" } },
		{ "ar",
		  { "zero {z #} one {o #} two {t #} few {f #} many {m #} other {r #}",
		    "=0 {0} zero {z} one {o} two {t} few {f} many {m} other {r}",
		    "offset:1 zero {z #} one {o #} two {t #} few {f #} many {m #} other {r #}" } },
		{ "ja", { "other {#日}", "=1 {一} other {#}", "offset:1 other {#}" } },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		fixture_begin(&f, cases[i].tag, NULL);
		for (size_t k = 0; k < 3; k++)
			agrees(&f, cases[i].tag, cases[i].patterns[k]);
		fixture_end(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(languages_agree) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
