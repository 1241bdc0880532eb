/* SPDX-License-Identifier: MIT */
/* Any bytes as a message, in a place that the first byte chooses, and as a condition. */
#include "scope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scope scope;
	struct str text = { size ? (const char *)data + 1 : "", size ? size - 1 : 0 };
	enum escape escape = (enum escape)(size ? data[0] % (ESCAPE_CSV + 1) : 0);
	scope_begin(&scope);
	scope_check(&scope,
		    message_compile(scope.compiler, text, (struct pos){ "en.csv", 1, 1 }, escape));
	scope_end(&scope);
	scope_begin(&scope);
	const struct condition *condition =
		condition_compile(scope.compiler, text, (struct pos){ "a.md", 1, 1 });
	if (!condition == !diag_errors(scope.diag))
		abort();
	if (condition && condition_holds(condition, scope.root) < 0)
		abort(); /* nothing comes later here */
	scope_end(&scope);
	return 0;
}
