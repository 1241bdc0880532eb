/* SPDX-License-Identifier: MIT */
/* Measures and numbers on boxes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/goods.h"

static void sizes_become_volumes(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		int64_t mm3; /* -1: refused */
	} cases[] = {
		{ "30x20x12 cm", 7200000 },
		{ "30 x 20 x 12 cm", 7200000 },
		{ "30 cm x 20 cm x 12 cm", 7200000 },
		{ "30\xC3\x97"
		  "20\xC3\x97"
		  "12 cm",
		  7200000 },
		{ "300*200*120 mm", 7200000 },
		{ "10x10x10 in", 254L * 254 * 254 },
		{ "1 m x 1 cm x 1 mm", 10000 },
		{ "0.01x1x1 mm", 1 },
		{ "30x20x12", -1 },
		{ "30x20 cm", -1 },
		{ "30x20x12x4 cm", -1 },
		{ "0x20x12 cm", -1 },
		{ "-1x20x12 cm", -1 },
		{ "xx cm", -1 },
		{ "", -1 },
		{ "200x1x1 m", -1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t mm3 = -1;
		if (!volume_parse(str_of(cases[i].typed), '.', &mm3))
			mm3 = -1;
		if (mm3 != cases[i].mm3)
			fail_msg("'%s' was read as %lld mm3", cases[i].typed, (long long)mm3);
	}
	int64_t mm3;
	assert_true(volume_parse(S("1,5x1x1 cm"), ',', &mm3));
	assert_int_equal(mm3, 1500);
}

static void check_digits_are_checked(void **state)
{
	(void)state;
	assert_true(gtin_holds(S("4006381333931")));
	assert_true(gtin_holds(S("036000291452")));
	assert_true(gtin_holds(S("96385074")));
	assert_true(gtin_holds(S("10614141000415")));
	assert_false(gtin_holds(S("4006381333932")));
	assert_false(gtin_holds(S("36000291452")));
	assert_false(gtin_holds(S("40063813339X1")));
	assert_false(gtin_holds(S("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_become_volumes),
		cmocka_unit_test(check_digits_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
