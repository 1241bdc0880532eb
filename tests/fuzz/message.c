/* SPDX-License-Identifier: MIT */
/* Any text as a message and as a condition; what compiles runs the same whole and in stages. */
#include "fuzz.h"
#include "names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct pos pos = { "input", 1, 1 };
	struct messages none = { NULL, 0, NULL };
	if (!str_is_utf8(text)) /* cells are UTF-8 when they get here */
		return 0;
	fuzz_file(data, size);
	struct arena arena;
	arena_init(&arena);
	struct diag *diag = diag_new(fuzz_folder());
	struct words *words = words_open(&arena, S("en"));
	struct compiler *compiler =
		compiler_new(&arena, fuzz_folder(), &root_shape, words, &none, diag);
	for (enum escape escape = ESCAPE_NONE; escape <= ESCAPE_CSV; escape++) {
		const struct program *program = message_compile(compiler, text, pos, escape);
		if (program)
			fuzz_run(&arena, program, words);
		else
			assert(diag_errors(diag) > 0);
	}
	const struct condition *condition = condition_compile(compiler, text, pos);
	if (condition)
		condition_holds(condition, fuzz_scope(&arena, false));
	fuzz_say(diag);
	diag_free(diag);
	arena_release(&arena);
	return 0;
}
