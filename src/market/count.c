/* SPDX-License-Identifier: MIT */
/*
 * Final bytes in, their size by the field's own rule out. Everything is added up in hundredths,
 * since a Chinese character may weigh 1.43 of another.
 */
#include "market/form.h"

#include "market/unpack.h"

enum { WHOLE = 100 };

struct count {
	const struct market_field *field;
	const struct counting *rule;
	int64_t sum; /* hundredths */
};

static bool is_cjk(uint32_t code)
{
	return (code >= 0x1100 && code <= 0x11FF) || (code >= 0x2E80 && code <= 0x9FFF) ||
	       (code >= 0xAC00 && code <= 0xD7AF) || (code >= 0xF900 && code <= 0xFAFF) ||
	       (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x323AF);
}

/* One byte in Shift_JIS: ASCII and the half-width kana; everything else that it has takes two. */
static int64_t shift_jis_bytes(uint32_t code)
{
	return code < 0x80 || (code >= 0xFF61 && code <= 0xFF9F) ? 1 : 2;
}

static int64_t weight(const struct count *count, uint32_t code, size_t bytes)
{
	if (code == 0xA0 && count->rule->nbsp >= 0)
		return (int64_t)count->rule->nbsp * WHOLE;
	if (count->field->unit == MARKET_BYTES)
		return (int64_t)bytes * WHOLE;
	if (count->field->unit == MARKET_SHIFT_JIS)
		return shift_jis_bytes(code) * WHOLE;
	return is_cjk(code) ? count->rule->cjk_percent : WHOLE;
}

static void count_written(struct count *count, struct str text)
{
	for (size_t at = 0, from = 0; at < text.len; from = at) {
		uint32_t code = str_code_point(text, &at);
		count->sum += weight(count, code, at - from);
	}
}

/* The cost of a whole element of this name; -1: it has none of its own. */
static int cost_of(const struct counting *rule, struct str name)
{
	return str_is(name, "li")   ? rule->li
	       : str_is(name, "br") ? rule->br
	       : str_is(name, "p")  ? rule->p
				    : -1;
}

static void count_tag(struct count *count, struct str tag)
{
	bool end = tag.len > 1 && tag.text[1] == '/';
	size_t from = end ? 2 : 1, to = from;
	while (to < tag.len && tag.text[to] != ' ' && tag.text[to] != '>' && tag.text[to] != '/')
		to++;
	int cost = cost_of(count->rule, str_sub(tag, from, to - from));
	if (cost >= 0)
		count->sum += end ? 0 : (int64_t)cost * WHOLE;
	else if (count->rule->markup)
		count_written(count, tag);
}

/* Length of the tag at `at`, quoted values minded; 0 when none begins there. */
static size_t tag_length(struct str text, size_t at)
{
	char quote = 0;
	for (size_t i = at + 1; i < text.len; i++) {
		char c = text.text[i];
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (c == '>' && !quote)
			return i + 1 - at;
	}
	return 0;
}

/* Length of the entity at `at`; 0 when none begins there. */
static size_t entity_length(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, 12);
	size_t end = str_index(rest, ';');
	return end > 1 && end < rest.len && str_index(rest, ' ') > end ? end + 1 : 0;
}

static void count_entity(struct count *count, struct str entity)
{
	bool nbsp = str_is(entity, "&nbsp;") || str_is(entity, "&#160;");
	if (nbsp && count->rule->nbsp >= 0)
		count->sum += (int64_t)count->rule->nbsp * WHOLE;
	else if (count->rule->markup)
		count_written(count, entity);
	else
		count->sum += WHOLE;
}

static int64_t count_by(const struct market_field *field, const struct counting *rule,
			struct str text)
{
	struct count count = { field, rule, 0 };
	bool markup = field->format != MARKET_PLAIN;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = 0;
		if (markup && text.text[at] == '<' && (len = tag_length(text, at))) {
			count_tag(&count, str_sub(text, at, len));
		} else if (text.text[at] == '&' && field->form->entities &&
			   (len = entity_length(text, at))) {
			count_entity(&count, str_sub(text, at, len));
		} else {
			size_t end = at;
			str_code_point(text, &end);
			len = end - at;
			count_written(&count, str_sub(text, at, len));
		}
	}
	return (count.sum + WHOLE - 1) / WHOLE;
}

/* The bytes of the text itself, without what stands around it. */
static int64_t count_inside(const struct market_field *field, const struct counting *rule,
			    struct str bytes)
{
	struct arena arena;
	struct unpacked unpacked;
	arena_init(&arena);
	int64_t sum = 0;
	if (unpack(field, bytes, &arena, &unpacked))
		for (size_t i = 0; i < unpacked.count; i++)
			sum += count_by(field, rule, unpacked.pieces[i]);
	else
		sum = count_by(field, rule, bytes);
	arena_release(&arena);
	return sum;
}

int64_t market_count(const struct market_field *field, struct str bytes)
{
	int64_t most = 0;
	for (size_t i = 0; i < field->form->counting_count; i++) {
		const struct counting *rule = &field->form->counting[i];
		bool wrapped = field->form->before.len || field->form->between.len ||
			       field->form->after.len;
		int64_t sum = wrapped && !rule->container ? count_inside(field, rule, bytes)
							  : count_by(field, rule, bytes);
		most = sum > most ? sum : most;
	}
	return most;
}
