/* SPDX-License-Identifier: MIT */
/* The rest of a piece in; out whether its first line is one that can be cut at separators and quotes. */
#include "table/plain.h"

#include <string.h>

/* Does each quote open a cell or close it, and nothing else? */
static bool plain_quotes(const char *from, const char *end, char separator, char quote)
{
	const char *open = from;
	while ((open = memchr(open, quote, (size_t)(end - open)))) {
		const char *close = memchr(open + 1, quote, (size_t)(end - open) - 1);
		if (!quote || !close || (open > from && open[-1] != separator) ||
		    (close + 1 < end && close[1] != separator))
			return false;
		open = close + 1;
	}
	return true;
}

bool plain_line(struct str rest, const struct source *source)
{
	const char *from = rest.text, *end = rest.len ? memchr(from, '\n', rest.len) : NULL;
	if (!end)
		return false;
	end -= end > from && end[-1] == '\r';
	return !memchr(from, '\r', (size_t)(end - from)) &&
	       plain_quotes(from, end, source->separator, source->quote);
}
