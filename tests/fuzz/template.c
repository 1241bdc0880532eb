/* SPDX-License-Identifier: MIT */
/* Any bytes as a template; what compiles runs the same whole and in stages. */
#include "fuzz.h"
#include "names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct message items[] = {
		{ { "fee", 3 }, { "{fee, money}", 12 }, { "texts", 1, 1 } },
		{ { "days", 4 }, { "{days, plural, one {# day} other {# days}}", 42 }, { "texts", 2, 1 } },
		{ { "title", 5 }, { "<{title}>", 9 }, { "texts", 3, 1 } },
	};
	struct messages messages = { items, 3, NULL };
	struct arena arena;
	fuzz_file(data, size);
	arena_init(&arena);
	struct diag *diag = diag_new(fuzz_folder());
	struct words *words = words_open(&arena, S("en"));
	struct compiler *compiler =
		compiler_new(&arena, fuzz_folder(), &root_shape, words, &messages, diag);
	const struct program *program = template_compile(compiler, "input");
	if (program)
		fuzz_run(&arena, program, words);
	else
		assert(diag_errors(diag) > 0);
	fuzz_say(diag);
	diag_free(diag);
	arena_release(&arena);
	return 0;
}
