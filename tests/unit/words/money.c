/* SPDX-License-Identifier: MIT */
/* Money agrees with ICU byte for byte, rounded half up to ISO 4217's minor units. */
#include "oracle.h"

#include "base/threads.h"

#include <unicode/ucurr.h>
#include <unicode/uenum.h>

static const struct {
	const char *code;
	const char *skeleton; /* with the ISO minor unit spelled out */
} currencies[] = {
	{ "EUR", ".00" }, { "USD", ".00" }, { "GBP", ".00" }, { "CHF", ".00" },
	{ "PLN", ".00" }, { "BRL", ".00" }, { "CNY", ".00" }, { "TWD", ".00" },
	{ "AED", ".00" }, { "MXN", ".00" }, { "RUB", ".00" }, { "TRY", ".00" },
	{ "HUF", ".00" }, { "SEK", ".00" }, { "IDR", ".00" }, { "JPY", "precision-integer" },
	{ "KRW", "precision-integer" }, { "ISK", "precision-integer" }, { "IQD", ".000" },
	{ "KWD", ".000" }, { "CLF", ".0000" },
};

static void oracle_money(struct oracle *oracle, const char *tag, const char *code,
			 const char *places)
{
	char skeleton[128];
	snprintf(skeleton, sizeof skeleton,
		 "currency/%s %s rounding-mode-half-up sign-negative", code, places);
	oracle_open(oracle, tag, skeleton);
}

static struct amount amount_of(int64_t digits, unsigned scale, const char *code)
{
	struct amount amount = { digits, (uint8_t)scale, { code[0], code[1], code[2], '\0' } };
	return amount;
}

static void random_amounts_agree(void **state)
{
	(void)state;
	struct arena arena;
	struct buf out = BUF_INIT;
	uint64_t seed = 3;
	arena_init(&arena);
	for (size_t i = 0; i < LENGTH(oracle_languages); i++) {
		const char *tag = oracle_languages[i];
		struct words *words = words_open(&arena, str_of(tag));
		for (size_t c = 0; c < LENGTH(currencies); c++) {
			struct oracle oracle;
			oracle_money(&oracle, tag, currencies[c].code, currencies[c].skeleton);
			for (int round = 0; round < ROUNDS / (int)LENGTH(currencies); round++) {
				char text[48];
				unsigned scale = (unsigned)(oracle_random(&seed) % 7);
				int64_t digits = oracle_number(&seed, 13);
				oracle_decimal(text, digits, scale);
				words_money(words, &out,
					    amount_of(digits, scale, currencies[c].code));
				oracle_agrees(&out, oracle_format(&oracle, text), tag, text);
			}
			oracle_close(&oracle);
		}
	}
	buf_release(&out);
	arena_release(&arena);
}

/* By ISO 4217; how many places there are is asked of the random amounts. */
static const char not_two_places[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF "
				     "XOF XPF BHD IQD JOD KWD LYD OMR TND CLF UYW";

/* Every currency ICU has ever named, in one locale: also more than a language remembers. */
static void locale_agrees(const char *tag, struct buf *out)
{
	static const int64_t digits[] = { 123456, -123456, 1234567890, -5 };
	UErrorCode status = U_ZERO_ERROR;
	struct arena arena;
	arena_init(&arena);
	struct words *words = words_open(&arena, str_of(tag));
	UEnumeration *codes = ucurr_openISOCurrencies(UCURR_NON_DEPRECATED, &status);
	const char *code;
	while ((code = uenum_next(codes, NULL, &status))) {
		struct oracle oracle;
		if (strstr(not_two_places, code))
			continue;
		oracle_money(&oracle, tag, code, ".00");
		for (size_t i = 0; i < LENGTH(digits); i++) {
			char text[48];
			oracle_decimal(text, digits[i], 2);
			words_money(words, out, amount_of(digits[i], 2, code));
			oracle_agrees(out, oracle_format(&oracle, text), tag, code);
		}
		oracle_close(&oracle);
	}
	uenum_close(codes);
	arena_release(&arena);
}

static void every_currency_agrees(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < LENGTH(oracle_languages); i++)
		locale_agrees(oracle_languages[i], &out);
	static const char *const odd[] = { "de-AT", "de-CH", "en-IN", "es-MX", "fa", "fr-CA",
					   "he",    "hi",    "pt-PT", "sv",    "bg", "my" };
	for (size_t i = 0; i < LENGTH(odd); i++)
		locale_agrees(odd[i], &out);
	buf_release(&out);
}

static void expect(const char *tag, int64_t digits, unsigned scale, const char *code,
		   const char *expected)
{
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	words_money(words_open(&arena, str_of(tag)), &out, amount_of(digits, scale, code));
	if (!str_is(buf_str(&out), expected))
		fail_msg("%s: '%.*s', expected '%s'", tag, STR(buf_str(&out)), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void halves_go_up_and_minor_units_are_isos(void **state)
{
	(void)state;
	expect("en", 125, 3, "USD", "$0.13");
	expect("en", 1005, 3, "USD", "$1.01");
	expect("en", -125, 3, "USD", "-$0.13");
	expect("en", 25, 1, "JPY", "¥3");
	expect("en", 1, 0, "KWD", "KWD\u00a01.000");
	expect("en", 15, 1, "IQD", "IQD\u00a01.500");
	expect("de", 1850, 2, "EUR", "18,50\u00a0€");
	expect("es", 123450, 2, "EUR", "1234,50\u00a0€");
	expect("fr", 1234567, 2, "EUR", "12\u202f345,67\u00a0€");
}

static void nothing_is_not_negative(void **state)
{
	(void)state;
	expect("en", -4, 3, "USD", "$0.00");
	expect("en", -5, 3, "USD", "-$0.01");
}

struct crowd {
	struct words *words;
	char texts[4][64];
};

static void one_of_the_crowd(void *context, unsigned worker)
{
	struct crowd *crowd = context;
	struct buf out = BUF_INIT;
	for (int round = 0; round < 2000; round++) {
		buf_reset(&out);
		for (size_t c = 0; c < LENGTH(currencies); c++)
			words_money(crowd->words, &out, amount_of(round, 2, currencies[c].code));
	}
	snprintf(crowd->texts[worker], sizeof crowd->texts[worker], "%.*s", STR(buf_str(&out)));
	buf_release(&out);
}

static void threads_learn_the_same(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct crowd crowd = { .words = words_open(&arena, S("pl")) };
	threads_run(4, one_of_the_crowd, &crowd);
	assert_true(crowd.texts[0][0] != '\0');
	for (int i = 1; i < 4; i++)
		assert_string_equal(crowd.texts[0], crowd.texts[i]);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_amounts_agree),
		cmocka_unit_test(every_currency_agrees),
		cmocka_unit_test(halves_go_up_and_minor_units_are_isos),
		cmocka_unit_test(nothing_is_not_negative),
		cmocka_unit_test(threads_learn_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
