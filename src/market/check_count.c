/* SPDX-License-Identifier: MIT */
/*
 * Final bytes in, their size out: a second way to the same figure as count.c, one character after
 * another with a note of what it stands in.
 */
#include "market/check.h"

struct meter {
	const struct market_field *field;
	const struct counting *rule;
	int64_t outside;   /* hundredths of what was read outside of tags and entities */
	int64_t pending;   /* of the tag or entity that is being read */
	struct buf inside; /* its characters so far */
	char quote;
};

static int64_t worth(const struct meter *m, struct str character)
{
	size_t at = 0;
	uint32_t code = str_code_point(character, &at);
	bool wide = (code >= 0x1100 && code <= 0x11FF) || (code >= 0x2E80 && code <= 0x9FFF) ||
		    (code >= 0xAC00 && code <= 0xD7AF) || (code >= 0xF900 && code <= 0xFAFF) ||
		    (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x323AF);
	if (m->rule->nbsp >= 0 && code == 0xA0)
		return m->rule->nbsp * INT64_C(100);
	switch (m->field->unit) {
	case MARKET_BYTES:
		return (int64_t)character.len * 100;
	case MARKET_SHIFT_JIS:
		return code < 0x80 || (code >= 0xFF61 && code <= 0xFF9F) ? 100 : 200;
	default:
		return wide ? m->rule->cjk_percent : 100;
	}
}

/* "li" of "<li class=...>" or "</li>" */
static struct str name_of(struct str tag)
{
	size_t from = 1, end;
	if (tag.len > 1 && tag.text[1] == '/')
		from = 2;
	for (end = from; end < tag.len && tag.text[end] >= '0' && tag.text[end] <= 'z'; end++)
		if (tag.text[end] == '>')
			break;
	return str_sub(tag, from, end - from);
}

static void close_tag(struct meter *m)
{
	struct str tag = buf_str(&m->inside), name = name_of(tag);
	int cost = m->rule->markup ? -2 : -1;
	if (str_is(name, "li") && m->rule->li >= 0)
		cost = m->rule->li;
	if (str_is(name, "br") && m->rule->br >= 0)
		cost = m->rule->br;
	if (str_is(name, "p") && m->rule->p >= 0)
		cost = m->rule->p;
	if (cost == -2)
		m->outside += m->pending;
	else if (cost >= 0 && tag.text[1] != '/')
		m->outside += cost * INT64_C(100);
}

static void close_entity(struct meter *m)
{
	struct str entity = buf_str(&m->inside);
	bool space = str_is(entity, "&nbsp;") || str_is(entity, "&#160;");
	if (space && m->rule->nbsp >= 0)
		m->outside += m->rule->nbsp * INT64_C(100);
	else
		m->outside += m->rule->markup ? m->pending : 100;
}

static void read_character(struct meter *m, struct str character)
{
	char c = character.text[0], first = m->inside.len ? m->inside.text[0] : 0;
	bool html = m->field->format != MARKET_PLAIN;
	if (!first && !(c == '<' && html) && !(c == '&' && m->field->form->entities)) {
		m->outside += worth(m, character);
		return;
	}
	buf_add(&m->inside, character);
	m->pending += worth(m, character);
	if (first == '<' && c == '"')
		m->quote = m->quote ? 0 : '"';
	if ((first == '<' && c == '>' && !m->quote) || (first == '&' && c == ';')) {
		if (first == '<')
			close_tag(m);
		else
			close_entity(m);
		buf_reset(&m->inside);
		m->pending = 0;
	}
}

static int64_t measure(const struct market_field *field, const struct counting *rule,
		       struct str text)
{
	struct meter m = { .field = field, .rule = rule, .inside = BUF_INIT };
	for (size_t at = 0, from = 0; at < text.len; from = at) {
		str_code_point(text, &at);
		read_character(&m, str_sub(text, from, at - from));
	}
	int64_t sum = m.outside + m.pending;
	buf_release(&m.inside);
	return (sum + 99) / 100;
}

int64_t check_count_by(const struct checking *c, const struct counting *rule, struct str whole,
		       const struct str *pieces, size_t piece_count)
{
	int64_t sum = 0;
	if (rule->container)
		return measure(c->field, rule, whole);
	for (size_t i = 0; i < piece_count; i++)
		sum += measure(c->field, rule, pieces[i]);
	return sum;
}

int64_t check_count(const struct checking *c, struct str whole, const struct str *pieces,
		    size_t piece_count)
{
	int64_t most = 0;
	for (size_t i = 0; i < c->form->counting_count; i++) {
		int64_t sum =
			check_count_by(c, &c->form->counting[i], whole, pieces, piece_count);
		most = sum > most ? sum : most;
	}
	return most;
}
