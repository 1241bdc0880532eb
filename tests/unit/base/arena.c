/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once: zeroed, aligned, kept by a reset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void new_memory_is_zeroed_and_aligned(void **state)
{
	(void)state;
	static const char zeros[200000];
	struct arena arena;
	arena_init(&arena);
	assert_int_equal(arena.taken, 0);
	for (size_t size = 1; size < 300; size += 7) {
		memset(arena_text(&arena, 3), 'x', 3); /* leaves the next one crooked */
		char *bytes = arena_new(&arena, size);
		assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
		assert_memory_equal(bytes, zeros, size);
		memset(bytes, 'y', size);
	}
	arena_reset(&arena);
	/* what was used before is zeroed again */
	for (size_t size = 1; size < 300; size += 7)
		assert_memory_equal(arena_new(&arena, size), zeros, size);
	assert_memory_equal(arena_new(&arena, sizeof zeros), zeros, sizeof zeros);
	arena_release(&arena);
	assert_int_equal(arena.taken, 0);
}

static void one_round(struct arena *arena)
{
	for (int i = 0; i < 50; i++) {
		memset(arena_text(arena, 3000), 'a', 3000);
		memset(arena_new(arena, 17), 'b', 17);
	}
	memset(arena_text(arena, 1000000), 'c', 1000000);
	memset(arena_text(arena, 40000), 'd', 40000);
}

static void a_reset_keeps_the_memory(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	one_round(&arena);
	size_t taken = arena.taken;
	assert_true(taken >= 50 * 3000 + 1040000);
	for (int round = 0; round < 20; round++) {
		arena_reset(&arena);
		one_round(&arena);
		assert_int_equal(arena.taken, taken);
	}
	arena_release(&arena);
}

/* Small and big come in another order each time: memory must not grow from round to round. */
static void a_reset_keeps_memory_bounded(void **state)
{
	(void)state;
	struct arena arena;
	size_t early = 0;
	unsigned seed = 7;
	arena_init(&arena);
	for (int round = 0; round < 1000; round++) {
		for (int i = 0; i < 12; i++) {
			seed = seed * 1103515245u + 12345u;
			size_t size = seed >> 16 & 1 ? 200000 : 100;
			memset(arena_text(&arena, size), 'a', size);
		}
		if (round == 100)
			early = arena.taken;
		arena_reset(&arena);
	}
	assert_true(arena.taken <= early * 2);
	arena_release(&arena);
}

static void pieces_do_not_overlap(void **state)
{
	(void)state;
	enum { PIECES = 2000 };
	struct arena arena;
	unsigned char *pieces[PIECES];
	size_t sizes[PIECES];
	arena_init(&arena);
	for (size_t i = 0; i < PIECES; i++) {
		sizes[i] = i % 100 == 99 ? 30000 + i : i % 61;
		pieces[i] = i % 2 ? arena_new(&arena, sizes[i]) :
				    (unsigned char *)arena_text(&arena, sizes[i]);
		memset(pieces[i], (int)(i & 255), sizes[i]);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t at = 0; at < sizes[i]; at++)
			assert_int_equal(pieces[i][at], i & 255);
	arena_release(&arena);
}

static void an_array_grows_by_pushing(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	uint32_t *numbers = NULL;
	size_t count = 0;
	for (uint32_t i = 0; i < 10000; i++) {
		numbers = arena_push(&arena, numbers, &count, sizeof *numbers);
		assert_int_equal(count, i + 1);
		numbers[i] = i * 3;
	}
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(numbers[i], i * 3);
	arena_release(&arena);
}

/* The exit code and whether stderr names the trouble. */
static int ends_with(void (*ask)(struct arena *arena), bool *said)
{
	int ends[2], status;
	char text[200] = "";
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		struct arena arena;
		dup2(ends[1], STDERR_FILENO);
		arena_init(&arena);
		ask(&arena);
		_exit(0);
	}
	close(ends[1]);
	ssize_t got = read(ends[0], text, sizeof text - 1);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	*said = got > 0 && strstr(text, "out of memory");
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_overflowing_array(struct arena *arena)
{
	arena_array(arena, SIZE_MAX / 8, 16);
}

static void ask_everything(struct arena *arena)
{
	arena_text(arena, SIZE_MAX - 4);
}

static void running_out_ends_the_program_with_a_word(void **state)
{
	(void)state;
	bool said;
	assert_int_equal(ends_with(ask_overflowing_array, &said), 3);
	assert_true(said);
	assert_int_equal(ends_with(ask_everything, &said), 3);
	assert_true(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_memory_is_zeroed_and_aligned),
		cmocka_unit_test(a_reset_keeps_the_memory),
		cmocka_unit_test(a_reset_keeps_memory_bounded),
		cmocka_unit_test(pieces_do_not_overlap),
		cmocka_unit_test(an_array_grows_by_pushing),
		cmocka_unit_test(running_out_ends_the_program_with_a_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
