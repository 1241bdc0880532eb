/* SPDX-License-Identifier: MIT */
/*
 * A text that is proven once for many values against the checker that reads every text as a whole: what the proof takes, the
 * checker takes, with the same size; and a value that is no good is caught wherever it stands.
 */
#include "unit/market/fixture.h"

#include "program/program.h"

enum { GAPS_MAX = 40 };

/* Texts in which values stand beside what they might go on with; '#' is a word. */
static const char *const sentences[] = {
	"It costs # in all.",	  "#",		     "# #",
	"##",			  "Call 030 #.",     "Call +49 30 12#",
	"hello@#",		  "kiln.#",	     "www.#",
	"#.example",		  "#@kiln.example",  "Half within # days, nine in ten within # days.",
	"A &amp; # and &lt;#",	  "&amp;#; and &amp;a#", "free # today",
	"What#sApp or W#",	  "<b>#</b>: <i>#</i>.", "1.#",
	"<br>#<br>",		  "Caf\xC3\xA9 # \xE5\xBF\xAB\xE9\x80\x92",
};

static const char *const values[] = {
	"1.11 EUR", "19",	 "5 %",		   "1\302\240234,56\302\240\342\202\254",
	"4567890",  "0301234567", "+49 30 1234567", "a@b.example",
	"com",	    "kiln.example", "https://kiln.example", "//",
	"<b>x</b>", "<",	 "&amp;",	   "&",
	"amp;",	    "lt;",	 "\"",		   "\\n",
	"a\nb",	    "\t",	 "\x01",	   "\xF0\x9F\x94\xA5",
	"\xE4\xB8\xAD\xE6\x96\x87", "WhatsApp",	   "hatsApp",
	"shipping", "free shipping", "guaranteed",  "\xFF",
	"",	    " ",	 "'",		   "\xE2\x80\x93",
};

enum { SENTENCES = sizeof sentences / sizeof *sentences, VALUES = sizeof values / sizeof *values };

struct trial {
	uint64_t seed;
	struct arena scratch;
	struct buf html;
	struct market_gap gaps[GAPS_MAX];
	struct str values[GAPS_MAX];
	size_t gap_count;
	size_t proven, held, refused;
};

static unsigned draw(struct trial *trial, unsigned below)
{
	trial->seed = trial->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(trial->seed >> 33) % below;
}

static void add_sentence(struct trial *trial, size_t *words)
{
	for (const char *at = sentences[draw(trial, SENTENCES)]; *at; at++) {
		if (*at != '#' || *words >= GAPS_MAX) {
			buf_byte(&trial->html, *at == '#' ? '1' : *at);
			continue;
		}
		buf_addf(&trial->html, "%s%c%c", HOLE_WORD, 'a' + (int)(*words / 26), 'a' + (int)(*words % 26));
		++*words;
	}
}

static void make_text(struct trial *trial)
{
	size_t words = 0;
	buf_reset(&trial->html);
	buf_add(&trial->html, S("<div lang=\"en\"><ul data-block=\"odds\"><li>"));
	add_sentence(trial, &words);
	buf_add(&trial->html, S("</li></ul>"));
	for (const char *blocks = "method fee zone"; *blocks; blocks += strcspn(blocks, " ") + (strchr(blocks, ' ') != NULL)) {
		buf_addf(&trial->html, "<p data-block=\"%.*s\">", (int)strcspn(blocks, " "), blocks);
		add_sentence(trial, &words);
		buf_add(&trial->html, S("</p>\n"));
	}
	buf_add(&trial->html, S("</div>"));
}

/* The words in the bytes; false when one has come through changed. */
static bool find_gaps(struct trial *trial, struct str bytes)
{
	trial->gap_count = 0;
	for (size_t at = 0; at + HOLE_LEN <= bytes.len; at++) {
		if (!str_equal_fold(str_sub(bytes, at, sizeof HOLE_WORD - 1), S(HOLE_WORD)))
			continue;
		if (hole_at(bytes, at) < 0 || trial->gap_count == GAPS_MAX)
			return false;
		trial->gaps[trial->gap_count++] = (struct market_gap){ at, HOLE_LEN };
	}
	return true;
}

static struct str filled(struct trial *trial, struct str bytes)
{
	struct buf out = BUF_INIT;
	size_t from = 0;
	for (size_t i = 0; i < trial->gap_count; i++) {
		buf_add(&out, str_sub(bytes, from, trial->gaps[i].at - from));
		buf_add(&out, trial->values[i]);
		from = trial->gaps[i].at + trial->gaps[i].len;
	}
	buf_add(&out, str_sub(bytes, from, bytes.len));
	struct str copy = str_copy(&trial->scratch, buf_str(&out));
	buf_release(&out);
	return copy;
}

static void try_values(struct trial *trial, const struct market_field *field,
		       const struct market_proof *proof, struct str bytes)
{
	struct str why = S("");
	int64_t size = -1;
	unsigned wild = draw(trial, 3); /* all tame, one wild, all wild */
	for (size_t i = 0; i < trial->gap_count; i++)
		trial->values[i] = str_of(values[draw(trial, wild == 2 ? VALUES : 4)]);
	if (wild == 1 && trial->gap_count)
		trial->values[draw(trial, (unsigned)trial->gap_count)] = str_of(values[draw(trial, VALUES)]);
	bool holds = market_proof_holds(proof, trial->values, &trial->scratch, &size);
	struct str text = filled(trial, bytes);
	bool good = market_check(field, text, S("en"), &trial->scratch, &why);
	if (holds && !good)
		fail_msg("%.*s %.*s: proven, but %.*s\n%.*s", STR(field->market->id), STR(field->id),
			 STR(why), STR(text));
	if (holds)
		assert_int_equal(size, market_count(field, text));
	trial->held += holds;
	trial->refused += !good;
}

static void try_field(struct trial *trial, const struct market_field *field)
{
	struct market_lowered low;
	arena_reset(&trial->scratch);
	if (!market_emits(field) ||
	    !market_lower(field, buf_str(&trial->html), &trial->scratch, &low) ||
	    !find_gaps(trial, low.bytes))
		return;
	const struct market_proof *proof = market_prove(field, low.bytes, S("en"), trial->gaps,
							trial->gap_count, &trial->scratch);
	for (int i = 0; proof && i < 12; i++)
		try_values(trial, field, proof, low.bytes);
	trial->proven += proof != NULL;
}

static void what_is_proven_is_taken(void **state)
{
	struct trial trial = { .seed = 20261122, .html = BUF_INIT };
	struct arena arena;
	struct diag *diag = diag_new(".");
	int32_t date;
	(void)state;
	arena_init(&arena);
	arena_init(&trial.scratch);
	assert_true(date_of(2026, 11, 22, &date));
	const struct markets *markets =
		markets_new(&arena, shop_load(&arena, ".", date, diag), diag);
	int rounds = getenv("LONG") && !strcmp(getenv("LONG"), "true") ? 4000 : 120;
	for (int round = 0; round < rounds; round++) {
		make_text(&trial);
		for (size_t i = 0; i < markets_count(markets); i++)
			for (size_t j = 0; j < market_at(markets, i)->field_count; j++)
				try_field(&trial, &market_at(markets, i)->fields[j]);
	}
	/* the trial is worth something only where all three happen often */
	assert_true(trial.proven > 1000 && trial.held > 5000 && trial.refused > 5000);
	buf_release(&trial.html);
	diag_free(diag);
	arena_release(&trial.scratch);
	arena_release(&arena);
}

/* One text with one word, and whether a value in it is proven. */
static void holds(struct stall *stall, const char *text, const char *value, bool expected)
{
	const char *word = strstr(text, HOLE_WORD);
	struct market_gap gap = { (size_t)(word - text), HOLE_LEN };
	struct str values_of_it[] = { str_of(value) };
	int64_t size;
	const struct market_proof *proof =
		market_prove(stall->field, str_of(text), S("de-AT"), &gap, 1, &stall->little.arena);
	assert_non_null(proof);
	if (market_proof_holds(proof, values_of_it, &stall->little.arena, &size) != expected)
		fail_msg("'%s' in '%s' should %sbe proven", value, text, expected ? "" : "not ");
}

static void a_value_that_breaks_a_rule_is_caught(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,format,html\ntext,tags,p br\ntext,limit,60 characters\n"
			   "text,contact,email phone url\ntext,social_names,WhatsApp\ntext,refuse,emoji\n"
			   "text,banned,*: free gift\ntext,banned,de: neuer gift\n"
			   "text,banned,fr: nouveau gift\n");
	const char *text = "<p>Now 030 " HOLE_WORD "aa gift.</p>";
	holds(&stall, text, "5 EUR", true);
	holds(&stall, text, "12 34 567", false);	 /* the telephone number begins in the text */
	holds(&stall, text, "a@b.example", false);
	holds(&stall, text, "b.com", false);
	holds(&stall, text, "free", false);		 /* the phrase ends in the text */
	holds(&stall, text, "neuer", false);
	holds(&stall, text, "nouveau", true); /* no phrase of this text's language */
	holds(&stall, text, "\xF0\x9F\x94\xA5", false);
	holds(&stall, text, "<script>", false);
	holds(&stall, text, "</p><p>", false);
	holds(&stall, text, "a\nb", false);
	holds(&stall, text, "\xFF", false);
	holds(&stall, text, "thirty characters and some more", true);
	holds(&stall, text, "forty characters and quite a few more, yes", false); /* too long */
	stall_close(&stall);
}

static void what_cannot_be_told_apart_is_not_proven(void **state)
{
	static const char *const texts[] = {
		"<p style=\"" HOLE_WORD "aa\">x</p>",	/* in a tag */
		"<i>" HOLE_WORD "aa</i>",		/* the tag is not allowed */
		"<p>" HOLE_WORD "aa and 030 1234567</p>", /* the text is no good whatever the value */
	};
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,format,html\ntext,tags,p\ntext,attributes,p.style\ntext,css,any\n"
			   "text,contact,phone\n");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct market_gap gap = { (size_t)(strstr(texts[i], HOLE_WORD) - texts[i]), HOLE_LEN };
		assert_null(market_prove(stall.field, str_of(texts[i]), S(""), &gap, 1, &stall.little.arena));
	}
	stall_close(&stall);
	stall_open(&stall, "text,entities,none\n");
	struct market_gap gap = { 1, HOLE_LEN };
	assert_null(market_prove(stall.field, S("&" HOLE_WORD "aa"), S(""), &gap, 1,
				 &stall.little.arena));
	stall_close(&stall);
}

static void the_summary_has_its_own_size(void **state)
{
	struct stall stall;
	struct str value[] = { S("12345"), S("1") };
	int64_t size;
	(void)state;
	stall_open(&stall, "text,format,html\ntext,summary,short\nshort,placement,allowed\nshort,format,html\n"
			   "short,before,<b>\nshort,after,</b>\nshort,tags,b\nshort,limit,20 characters\n"
			   "short,count,markup\n");
	const char *text = "<b>" HOLE_WORD "aa</b><p>" HOLE_WORD "ab</p>";
	struct market_gap gaps[] = { { 3, HOLE_LEN }, { 3 + HOLE_LEN + 7, HOLE_LEN } };
	const struct market_proof *proof =
		market_prove(stall.field, str_of(text), S(""), gaps, 2, &stall.little.arena);
	assert_non_null(proof);
	assert_true(market_proof_holds(proof, value, &stall.little.arena, &size));
	assert_int_equal(size, market_count(stall.field, S("<b>12345</b><p>1</p>")));
	value[0] = S("one and twenty signs.");
	assert_false(market_proof_holds(proof, value, &stall.little.arena, &size));
	value[0] = S("1"), value[1] = S("any number of signs, the field has no limit of its own");
	assert_true(market_proof_holds(proof, value, &stall.little.arena, &size));
	stall_close(&stall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_proven_is_taken),
		cmocka_unit_test(a_value_that_breaks_a_rule_is_caught),
		cmocka_unit_test(what_cannot_be_told_apart_is_not_proven),
		cmocka_unit_test(the_summary_has_its_own_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
