/* SPDX-License-Identifier: MIT */
/* Any bytes as a template: it compiles or says why not, and folding changes nothing. */
#include "scope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scope scope;
	struct str source = { size ? (const char *)data : "", size };
	scope_begin(&scope);
	scope_check(&scope, template_parse(scope.compiler, "templates/page.html", source));
	scope_end(&scope);
	return 0;
}
