/* SPDX-License-Identifier: MIT */
/*
 * A condition in, a small tree out. Paths, literals, comparisons, and, or, not, parentheses; types
 * are settled here, so that a comparison never meets two values of different kinds.
 *
 *	not product.free and (methods.count > 1 or who == 'seller')
 */
#include "program/compile.h"

#include <string.h>

struct parser {
	struct writing *writing;
	const struct passage *passage;
	struct str text; /* the passage up to the condition's end */
	size_t at;
	unsigned depth;
	unsigned terms;
};

/* A long row of `and` is a deep tree. */
enum { TERMS_MAX = 256 };

#define FAIL(parser, index, ...) fail((parser)->writing, (parser)->passage, index, __VA_ARGS__)

static struct arena *arena_of(struct parser *parser)
{
	return parser->writing->compiler->arena;
}

const struct expression *expression_test(struct arena *arena, enum expression_kind kind,
					 const struct path *path)
{
	struct expression *e = arena_new(arena, sizeof *e);
	e->kind = (uint8_t)kind;
	e->left.path = path;
	return e;
}

const struct expression *expression_join(struct arena *arena, enum expression_kind kind,
					 const struct expression *first,
					 const struct expression *second)
{
	struct expression *e = arena_new(arena, sizeof *e);
	e->kind = (uint8_t)kind;
	e->first = first;
	e->second = second;
	return e;
}

static void skip_space(struct parser *parser)
{
	while (parser->at < parser->text.len && strchr(" \t\r\n", parser->text.text[parser->at]))
		parser->at++;
}

static struct str peek_word(struct parser *parser)
{
	skip_space(parser);
	size_t end = parser->at;
	while (end < parser->text.len && is_name_byte(parser->text.text[end]))
		end++;
	return str_sub(parser->text, parser->at, end - parser->at);
}

static bool take_word(struct parser *parser, const char *word)
{
	if (!str_is(peek_word(parser), word))
		return false;
	parser->at += strlen(word);
	return true;
}

static bool take_sign(struct parser *parser, const char *sign)
{
	skip_space(parser);
	if (!str_starts(str_sub(parser->text, parser->at, parser->text.len), sign))
		return false;
	parser->at += strlen(sign);
	return true;
}

/* --- what stands on one side of a comparison --- */

struct side {
	size_t at;
	struct operand operand;
	enum value_kind kind;
	bool literal;
};

static bool read_quoted(struct parser *parser, struct side *side)
{
	char quote = parser->text.text[parser->at];
	struct str rest = str_sub(parser->text, parser->at + 1, parser->text.len);
	size_t len = str_index(rest, quote);
	if (len == rest.len) {
		FAIL(parser, parser->at, "the text is not closed; %c is missing", quote);
		return false;
	}
	side->kind = VALUE_TEXT;
	side->literal = true;
	side->operand.value =
		(struct value){ .kind = VALUE_TEXT,
				.text = str_copy(arena_of(parser), str_sub(rest, 0, len)) };
	parser->at += len + 2;
	return true;
}

static bool literal_word(struct str word, struct side *side)
{
	bool minus = str_starts(word, "-");
	int64_t number;
	side->literal = true;
	if (str_is(word, "yes") || str_is(word, "true") || str_is(word, "no") ||
	    str_is(word, "false")) {
		side->kind = VALUE_YES_NO;
		side->operand.value =
			(struct value){ .kind = VALUE_YES_NO,
					.yes = word.text[0] == 'y' || word.text[0] == 't' };
		return true;
	}
	if (!str_number(str_sub(word, minus, word.len), &number))
		return side->literal = false;
	side->kind = VALUE_NUMBER;
	side->operand.value =
		(struct value){ .kind = VALUE_NUMBER, .number = minus ? -number : number };
	return true;
}

static bool read_side(struct parser *parser, struct side *side)
{
	skip_space(parser);
	*side = (struct side){ .at = parser->at };
	if (parser->at < parser->text.len && strchr("'\"", parser->text.text[parser->at]))
		return read_quoted(parser, side);
	struct str word = peek_word(parser);
	if (!word.len) {
		FAIL(parser, parser->at, "a name or a value is missing here");
		return false;
	}
	if (str_is(word, "and") || str_is(word, "or")) {
		FAIL(parser, parser->at, "a name or a value is missing before '%.*s'", STR(word));
		return false;
	}
	size_t from = parser->at;
	parser->at += word.len;
	if (literal_word(word, side))
		return true;
	if (str_starts(word, "t.")) {
		FAIL(parser, from, "'%.*s' is a text of the language and cannot be asked",
		     STR(word));
		return false;
	}
	struct named named;
	if (!name_find(parser->writing, parser->passage, from, word.len, &named))
		return false;
	side->kind = named.kind;
	side->operand.path = named.path;
	return true;
}

/* --- comparing --- */

static bool is_counted(enum value_kind kind)
{
	return kind == VALUE_NUMBER || kind == VALUE_PERCENT || kind == VALUE_WEIGHT;
}

static bool two_digits(struct str text, size_t at, int *number)
{
	int64_t value;
	bool good = str_number(str_sub(text, at, 2), &value);
	*number = good ? (int)value : 0;
	return good;
}

/* Days since 1970-01-01 of `2026-12-06`. */
static bool date_literal(struct str text, int32_t *date)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int century, year, month, day;
	if (text.len != 10 || text.text[4] != '-' || text.text[7] != '-' ||
	    !two_digits(text, 0, &century) || !two_digits(text, 2, &year) ||
	    !two_digits(text, 5, &month) || !two_digits(text, 8, &day))
		return false;
	year += century * 100;
	if (year < 1600 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	int past = year - 1;
	int days = past * 365 + past / 4 - past / 100 + past / 400 - 719162;
	*date = days + before[month - 1] + (leap && month > 2) + day - 1;
	return true;
}

/* `18.50 EUR` */
static bool money_literal(struct str text, struct amount *amount)
{
	size_t space = str_index(text, ' ');
	struct str currency = str_trim(str_sub(text, space, text.len));
	struct str number = str_sub(text, 0, space);
	size_t point = str_index(number, '.');
	struct str fraction = str_sub(number, point + 1, number.len);
	int64_t whole, part = 0;
	if (currency.len != 3 || fraction.len > 6 ||
	    !str_number(str_sub(number, 0, point), &whole) || whole > INT64_MAX / 10000000 ||
	    (fraction.len && !str_number(fraction, &part)))
		return false;
	*amount = (struct amount){ .scale = (uint8_t)fraction.len };
	for (size_t i = 0; i < fraction.len; i++)
		whole *= 10;
	amount->digits = whole + part;
	memcpy(amount->currency, currency.text, 3);
	return true;
}

/* Makes of a literal what the other side is; false when it cannot be. */
static bool adapt(struct side *literal, enum value_kind kind)
{
	struct value *value = &literal->operand.value;
	if (kind == literal->kind || (is_counted(kind) && literal->kind == VALUE_NUMBER))
		return true;
	struct str text = value->text;
	if (kind == VALUE_MONEY && literal->kind == VALUE_NUMBER && value->number == 0) {
		*value = (struct value){ .kind = VALUE_MONEY };
		return true;
	}
	if (kind == VALUE_MONEY && literal->kind == VALUE_TEXT) {
		value->kind = VALUE_MONEY;
		return money_literal(text, &value->money);
	}
	if (kind == VALUE_DATE && literal->kind == VALUE_TEXT) {
		value->kind = VALUE_DATE;
		return date_literal(text, &value->date);
	}
	return false;
}

static const char *way_to_compare(enum value_kind kind)
{
	switch (kind) {
	case VALUE_MONEY:
		return "it is compared with money, 0, or text such as '18.50 EUR'";
	case VALUE_DATE:
		return "it is compared with a date or text such as '2026-12-06'";
	case VALUE_TEXT:
		return "it is compared with text in quotes, as in 'DE'";
	case VALUE_YES_NO:
		return "it is compared with yes or no";
	case VALUE_NUMBER:
	case VALUE_PERCENT:
	case VALUE_WEIGHT:
		return "it is compared with a number";
	default:
		return "it can only be asked whether it is there";
	}
}

static bool check_sides(struct parser *parser, struct side *left, struct side *right,
			enum relation relation)
{
	struct side *named = left->operand.path ? left : right;
	struct side *other = named == left ? right : left;
	struct str name = named->operand.path ? named->operand.path->name : S("");
	bool comparable = named->kind >= VALUE_YES_NO && named->kind <= VALUE_TEXT;
	bool ordered = relation == RELATION_LESS || relation == RELATION_LESS_EQUAL;
	if (!named->operand.path) {
		FAIL(parser, left->at, "two literals are compared; one side must be a name");
		return false;
	}
	bool fits = other->operand.path ? other->kind == named->kind || (is_counted(other->kind) &&
									 is_counted(named->kind))
					: adapt(other, named->kind);
	if (!comparable || !fits) {
		FAIL(parser, other->at, "'%.*s' is a %s: %s", STR(name),
		     value_kind_name(named->kind), way_to_compare(named->kind));
		return false;
	}
	if (ordered && (named->kind == VALUE_TEXT || named->kind == VALUE_YES_NO)) {
		FAIL(parser, named->at, "'%.*s' is a %s: it is equal or not, never less or more",
		     STR(name), value_kind_name(named->kind));
		return false;
	}
	return true;
}

/* Takes a sign of comparison; `swap` when the sides change places (a > b is b < a). */
static bool take_relation(struct parser *parser, enum relation *relation, bool *swap)
{
	static const struct {
		const char *sign;
		enum relation relation;
		bool swap;
	} signs[] = {
		{ "==", RELATION_EQUAL, false },      { "!=", RELATION_UNEQUAL, false },
		{ "<=", RELATION_LESS_EQUAL, false }, { ">=", RELATION_LESS_EQUAL, true },
		{ "<", RELATION_LESS, false },        { ">", RELATION_LESS, true },
	};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (take_sign(parser, signs[i].sign)) {
			*relation = signs[i].relation;
			*swap = signs[i].swap;
			return true;
		}
	return false;
}

static const struct expression *lone_side(struct parser *parser, const struct side *side)
{
	if (side->operand.path)
		return expression_test(arena_of(parser), EXPRESSION_TRUE, side->operand.path);
	if (side->kind != VALUE_YES_NO) {
		FAIL(parser, side->at, "a literal alone is no condition; compare a name with it");
		return NULL;
	}
	struct expression *e = arena_new(arena_of(parser), sizeof *e);
	e->kind = EXPRESSION_CONSTANT;
	e->yes = side->operand.value.yes;
	return e;
}

static const struct expression *read_comparison(struct parser *parser)
{
	struct side left, right;
	enum relation relation;
	bool swap;
	if (!read_side(parser, &left))
		return NULL;
	skip_space(parser);
	size_t sign_at = parser->at;
	if (!take_relation(parser, &relation, &swap)) {
		if (take_sign(parser, "=")) {
			FAIL(parser, sign_at, "'=' is no comparison; write '=='");
			return NULL;
		}
		return lone_side(parser, &left);
	}
	if (!read_side(parser, &right) || !check_sides(parser, &left, &right, relation))
		return NULL;
	struct expression *e = arena_new(arena_of(parser), sizeof *e);
	e->kind = EXPRESSION_COMPARE;
	e->relation = (uint8_t)relation;
	e->left = swap ? right.operand : left.operand;
	e->right = swap ? left.operand : right.operand;
	return e;
}

/* --- and, or, not --- */

static const struct expression *read_or(struct parser *parser);

static const struct expression *read_not(struct parser *parser)
{
	const struct expression *e = NULL;
	if (++parser->depth > NESTING_MAX || ++parser->terms > TERMS_MAX) {
		FAIL(parser, parser->at, "a condition has at most %d terms, %d deep", TERMS_MAX,
		     NESTING_MAX);
	} else if (take_word(parser, "not")) {
		e = read_not(parser);
		e = e ? expression_join(arena_of(parser), EXPRESSION_NOT, e, NULL) : NULL;
	} else if (take_sign(parser, "(")) {
		size_t open_at = parser->at - 1;
		e = read_or(parser);
		if (e && !take_sign(parser, ")")) {
			FAIL(parser, open_at, "')' is missing for this '('");
			e = NULL;
		}
	} else {
		e = read_comparison(parser);
	}
	parser->depth--;
	return e;
}

static const struct expression *read_and(struct parser *parser)
{
	const struct expression *e = read_not(parser);
	while (e && take_word(parser, "and")) {
		const struct expression *second = read_not(parser);
		e = second ? expression_join(arena_of(parser), EXPRESSION_AND, e, second) : NULL;
	}
	return e;
}

static const struct expression *read_or(struct parser *parser)
{
	const struct expression *e = read_and(parser);
	while (e && take_word(parser, "or")) {
		const struct expression *second = read_and(parser);
		e = second ? expression_join(arena_of(parser), EXPRESSION_OR, e, second) : NULL;
	}
	return e;
}

const struct expression *expression_read(struct writing *writing, const struct passage *passage,
					 size_t from, size_t end)
{
	struct parser parser = { .writing = writing,
				 .passage = passage,
				 .text = str_sub(passage->text, 0, end),
				 .at = from };
	const struct expression *e = read_or(&parser);
	skip_space(&parser);
	if (!e || parser.at == parser.text.len)
		return e;
	FAIL(&parser, parser.at,
	     "the condition should end here, or go on with and, or, or a comparison");
	return NULL;
}

const struct condition *condition_compile(struct compiler *compiler, struct str text,
					  struct pos pos)
{
	struct writing writing;
	struct passage passage = { .text = text, .pos = pos };
	writing_begin(&writing, compiler);
	const struct expression *expression = expression_read(&writing, &passage, 0, text.len);
	builder_release(&writing.builder);
	if (!expression)
		return NULL;
	struct condition *condition = arena_new(compiler->arena, sizeof *condition);
	*condition = (struct condition){ compiler->root, expression };
	return condition;
}
