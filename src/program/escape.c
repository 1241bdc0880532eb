/* SPDX-License-Identifier: MIT */
/*
 * A value's text in, the same text out as it may stand in its place. One table says for each byte
 * where it needs care; runs of harmless bytes are copied whole, and most values are one such run.
 */
#include "program/form.h"

/* One bit an enum escape. */
#define IN_TEXT (1u << ESCAPE_TEXT)
#define IN_ATTRIBUTE (1u << ESCAPE_ATTRIBUTE)
#define IN_URL (1u << ESCAPE_URL)
#define IN_PATH (1u << ESCAPE_URL_PATH)
#define IN_QUERY (1u << ESCAPE_URL_QUERY)
#define IN_JSON (1u << ESCAPE_JSON)
#define IN_CSV (1u << ESCAPE_CSV)
#define IN_ANY_URL (IN_URL | IN_PATH | IN_QUERY)

#define EIGHT(from, places)                                                                        \
	[(from)] = (places), [(from) + 1] = (places), [(from) + 2] = (places),                     \
	[(from) + 3] = (places), [(from) + 4] = (places), [(from) + 5] = (places),                 \
	[(from) + 6] = (places), [(from) + 7] = (places)

#define CONTROL (IN_ANY_URL | IN_JSON)
#define BLANK (IN_ATTRIBUTE | IN_ANY_URL | IN_JSON)
#define MARKUP (IN_TEXT | IN_ATTRIBUTE | IN_ANY_URL | IN_JSON)

/* In which places the byte cannot stand as it is. */
static const uint16_t care[256] = {
	EIGHT(0x00, CONTROL),
	[0x08] = CONTROL,
	['\t'] = BLANK,
	['\n'] = BLANK,
	[0x0B] = CONTROL,
	[0x0C] = CONTROL,
	['\r'] = BLANK,
	[0x0E] = CONTROL,
	[0x0F] = CONTROL,
	EIGHT(0x10, CONTROL),
	EIGHT(0x18, CONTROL),
	[0x7F] = CONTROL,

	['&'] = MARKUP,
	['<'] = MARKUP,
	['>'] = MARKUP,
	['"'] = IN_ATTRIBUTE | IN_ANY_URL | IN_JSON | IN_CSV,
	['\\'] = IN_ANY_URL | IN_JSON,
	[' '] = IN_ANY_URL,
	['%'] = IN_ANY_URL,
	['\''] = IN_ANY_URL,
	['^'] = IN_ANY_URL,
	['`'] = IN_ANY_URL,
	['{'] = IN_ANY_URL,
	['|'] = IN_ANY_URL,
	['}'] = IN_ANY_URL,

	/* what gives an address its parts: a whole one keeps it, a later piece must not add any */
	[':'] = IN_PATH | IN_QUERY,
	['?'] = IN_PATH | IN_QUERY,
	['#'] = IN_PATH | IN_QUERY,
	['['] = IN_PATH | IN_QUERY,
	[']'] = IN_PATH | IN_QUERY,
	['/'] = IN_QUERY,
	['@'] = IN_QUERY,
	['!'] = IN_QUERY,
	['$'] = IN_QUERY,
	['('] = IN_QUERY,
	[')'] = IN_QUERY,
	['*'] = IN_QUERY,
	['+'] = IN_QUERY,
	[','] = IN_QUERY,
	[';'] = IN_QUERY,
	['='] = IN_QUERY,

	EIGHT(0x80, IN_ANY_URL),
	EIGHT(0x88, IN_ANY_URL),
	EIGHT(0x90, IN_ANY_URL),
	EIGHT(0x98, IN_ANY_URL),
	EIGHT(0xA0, IN_ANY_URL),
	EIGHT(0xA8, IN_ANY_URL),
	EIGHT(0xB0, IN_ANY_URL),
	EIGHT(0xB8, IN_ANY_URL),
	EIGHT(0xC0, IN_ANY_URL),
	EIGHT(0xC8, IN_ANY_URL),
	EIGHT(0xD0, IN_ANY_URL),
	EIGHT(0xD8, IN_ANY_URL),
	[0xE0] = IN_ANY_URL,
	[0xE1] = IN_ANY_URL,
	[0xE2] =
		IN_ANY_URL | IN_JSON, /* may begin U+2028 or U+2029, which end a line in a script */
	[0xE3] = IN_ANY_URL,
	[0xE4] = IN_ANY_URL,
	[0xE5] = IN_ANY_URL,
	[0xE6] = IN_ANY_URL,
	[0xE7] = IN_ANY_URL,
	EIGHT(0xE8, IN_ANY_URL),
	EIGHT(0xF0, IN_ANY_URL),
	EIGHT(0xF8, IN_ANY_URL),
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static void add_url(struct buf *out, struct str text, size_t at, enum escape escape)
{
	unsigned char c = (unsigned char)text.text[at];
	if (c == '&' && escape != ESCAPE_URL_QUERY) {
		buf_add(out, S("&amp;"));
	} else if (c == '%' && escape != ESCAPE_URL_QUERY && at + 2 < text.len &&
		   is_hex(text.text[at + 1]) && is_hex(text.text[at + 2])) {
		buf_byte(out, '%'); /* escaped by whoever made the URL: never twice */
	} else {
		static const char digits[] = "0123456789ABCDEF";
		char encoded[3] = { '%', digits[c >> 4], digits[c & 15] };
		buf_add(out, (struct str){ encoded, sizeof encoded });
	}
}

static void add_markup(struct buf *out, char c)
{
	switch (c) {
	case '&':
		buf_add(out, S("&amp;"));
		break;
	case '<':
		buf_add(out, S("&lt;"));
		break;
	case '>':
		buf_add(out, S("&gt;"));
		break;
	case '"':
		buf_add(out, S("&quot;"));
		break;
	case '\t':
		buf_add(out, S("&#9;"));
		break;
	case '\n':
		buf_add(out, S("&#10;"));
		break;
	default:
		buf_add(out, S("&#13;"));
	}
}

/* Returns how many bytes of the text were used. */
static size_t add_json(struct buf *out, struct str text, size_t at)
{
	unsigned char c = (unsigned char)text.text[at];
	if (c == 0xE2) {
		bool line_end = at + 2 < text.len && (unsigned char)text.text[at + 1] == 0x80 &&
				((unsigned char)text.text[at + 2] & 0xFE) == 0xA8;
		if (!line_end) {
			buf_byte(out, (char)c);
			return 1;
		}
		buf_add(out, text.text[at + 2] & 1 ? S("\\u2029") : S("\\u2028"));
		return 3;
	}
	if (c == '"' || c == '\\') {
		char quoted[2] = { '\\', (char)c };
		buf_add(out, (struct str){ quoted, sizeof quoted });
	} else {
		buf_addf(out, "\\u%04x", c);
	}
	return 1;
}

static size_t add_one(struct buf *out, struct str text, size_t at, enum escape escape)
{
	switch (escape) {
	case ESCAPE_TEXT:
	case ESCAPE_ATTRIBUTE:
		add_markup(out, text.text[at]);
		return 1;
	case ESCAPE_URL:
	case ESCAPE_URL_PATH:
	case ESCAPE_URL_QUERY:
		add_url(out, text, at, escape);
		return 1;
	case ESCAPE_JSON:
		return add_json(out, text, at);
	case ESCAPE_CSV:
		buf_add(out, S("\"\""));
		return 1;
	case ESCAPE_NONE:
		break;
	}
	buf_byte(out, text.text[at]);
	return 1;
}

/* How many bytes from `at` on can stand as they are. */
static size_t harmless(struct str text, size_t at, unsigned place)
{
	size_t end = at;
	while (end < text.len && !(care[(unsigned char)text.text[end]] & place))
		end++;
	return end - at;
}

void escape_add(struct buf *out, struct str text, enum escape escape)
{
	if (escape == ESCAPE_NONE) {
		buf_add(out, text);
		return;
	}
	unsigned place = 1u << escape;
	for (size_t at = 0; at < text.len;) {
		size_t run = harmless(text, at, place);
		buf_add(out, str_sub(text, at, run));
		at += run;
		if (at < text.len)
			at += add_one(out, text, at, escape);
	}
}

void escape_tail(struct buf *out, size_t from, enum escape escape)
{
	struct str tail = str_sub(buf_str(out), from, out->len);
	if (escape == ESCAPE_NONE || harmless(tail, 0, 1u << escape) == tail.len)
		return;
	struct buf copy = BUF_INIT;
	buf_add(&copy, tail);
	out->len = from;
	escape_add(out, buf_str(&copy), escape);
	buf_release(&copy);
}

bool url_is_safe(struct str url)
{
	static const char *const schemes[] = { "http", "https", "mailto", "tel" };
	char scheme[8];
	size_t len = 0;
	bool started = false;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.text[i];
		/* browsers drop these before they look at the scheme */
		if (c == '\t' || c == '\n' || c == '\r' || (!started && c <= ' '))
			continue;
		started = true;
		if (c == '/' || c == '?' || c == '#')
			return true;
		if (c != ':') {
			if (len < sizeof scheme)
				scheme[len] = (char)c;
			len++;
			continue;
		}
		if (len > sizeof scheme)
			return false;
		for (size_t k = 0; k < sizeof schemes / sizeof *schemes; k++)
			if (str_equal_fold((struct str){ scheme, len }, str_of(schemes[k])))
				return true;
		return false;
	}
	return true;
}
