/* SPDX-License-Identifier: MIT */
/* Counts and fates, packed and unpacked: nothing is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "promise/fates.h"
#include "promise/pack.h"

static uint64_t seed = 20261122;

static uint64_t random_number(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64_C(2685821657736338717);
}

/* Mostly nothing, many whole numbers, some shares, and whatever bits there may be. */
static double random_count(void)
{
	uint64_t bits = random_number();
	double any;
	switch (random_number() >> 40 & 7) {
	case 0: return (double)(random_number() >> 55);
	case 1: return (double)(random_number() >> 11) / 9e15;
	case 2: memcpy(&any, &bits, sizeof any); return any;
	case 3: return -0.0;
	default: return 0;
	}
}

static void words_come_back_bit_by_bit(void **state)
{
	(void)state;
	double words[263], back[263];
	for (int round = 0; round < 2000; round++) {
		size_t count = 1 + random_number() % 263, bytes = count * sizeof *words;
		struct buf packed = BUF_INIT;
		for (size_t i = 0; i < count; i++)
			words[i] = random_count();
		memset(back, 0x5a, sizeof back);
		pack_words(&packed, words, bytes);
		pack_number(&packed, 77);
		assert_true(packed.len <= bytes + count / 4 + 2);
		struct str rest = buf_str(&packed);
		unpack_words(&rest, back, bytes);
		assert_memory_equal(back, words, bytes);
		assert_int_equal(unpack_number(&rest), 77);
		assert_int_equal(rest.len, 0);
		buf_release(&packed);
	}
}

static void nothing_takes_little(void **state)
{
	(void)state;
	double words[256] = { 0 };
	struct buf packed = BUF_INIT;
	words[9] = 3;
	pack_words(&packed, words, sizeof words);
	assert_int_equal(packed.len, 64 + 2);
	buf_release(&packed);
}

static void numbers_come_back(void **state)
{
	(void)state;
	static const uint64_t numbers[] = { 0, 1, 127, 128, 16383, 16384, 1000001, UINT64_MAX };
	struct buf packed = BUF_INIT;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		pack_number(&packed, numbers[i]);
	struct str rest = buf_str(&packed);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		assert_true(unpack_number(&rest) == numbers[i]);
	assert_int_equal(rest.len, 0);
	buf_release(&packed);
}

enum { ROUTES = 9, LOTS = 3 };

/* Fates of several routes, added in rounds that bring ever more routes, against a plain table. */
static void fates_are_summed_up(void **state)
{
	(void)state;
	static int64_t table[ROUTES][LOTS][31][FATE_NEVER + 1];
	struct buf packed = BUF_INIT;
	for (int round = 1; round <= 6; round++) {
		struct buf more = BUF_INIT;
		struct str before = buf_str(&packed);
		struct arena scratch;
		arena_init(&scratch);
		for (size_t route = 0; route < ROUTES && route < 2 * (size_t)round; route++) {
			struct fate fresh[40];
			size_t count = route == 3 ? 0 : random_number() % 40;
			for (size_t i = 0; i < count; i++) {
				uint64_t bits = random_number();
				fresh[i] = (struct fate){ .lot = (uint32_t)(bits % LOTS), .begun = (uint8_t)(bits >> 8 & 15),
							  .day = (uint8_t)((bits >> 20) % (FATE_NEVER + 1)),
							  .ppm = bits >> 40 & 3 ? 1000000 : (int64_t)(bits >> 44) };
				table[route][fresh[i].lot][fresh[i].begun][fresh[i].day] += fresh[i].ppm;
			}
			fates_add(&more, &before, fresh, count, &scratch);
		}
		assert_int_equal(before.len, 0);
		arena_release(&scratch);
		buf_release(&packed);
		packed = more;
	}
	struct fates_reader reader = fates_read(&packed);
	struct fate fate;
	while (fates_next(&reader, &fate)) {
		int64_t *cell = &table[reader.route][fate.lot][fate.begun][fate.day];
		assert_true(*cell == fate.ppm);
		*cell = 0;
	}
	for (size_t i = 0; i < sizeof table / sizeof(int64_t); i++)
		assert_true((&table[0][0][0][0])[i] == 0);
	buf_release(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_back_bit_by_bit),
		cmocka_unit_test(nothing_takes_little),
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(fates_are_summed_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
