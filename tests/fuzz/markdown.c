/* SPDX-License-Identifier: MIT */
/* Any bytes as a Markdown file: it compiles or says why not, and folding changes nothing. */
#include "scope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scope scope;
	struct str text = { size ? (const char *)data : "", size };
	struct markdown markdown;
	scope_begin(&scope);
	bool good = markdown_parse(scope.compiler, "content/faq/en/a.md", text, &markdown);
	if (good != (markdown.body != NULL))
		abort();
	scope_check(&scope, markdown.body);
	scope_end(&scope);
	return 0;
}
