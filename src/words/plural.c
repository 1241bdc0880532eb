/* SPDX-License-Identifier: MIT */
/*
 * A whole number in, its plural form out. Small numbers are looked up; the rules for great ones
 * (French says "many" for a million) are asked from ICU each time, which opens them in a
 * microsecond from its own cache.
 */
#include "words/inside.h"

#include <assert.h>
#include <unicode/uenum.h>
#include <unicode/upluralrules.h>

static const char *const names[] = { "zero", "one", "two", "few", "many", "other" };

const char *plural_name(enum plural plural)
{
	return names[plural];
}

bool plural_parse(struct str name, enum plural *plural)
{
	for (enum plural i = PLURAL_ZERO; i <= PLURAL_OTHER; i++) {
		if (str_is(name, names[i])) {
			*plural = i;
			return true;
		}
	}
	return false;
}

static enum plural plural_of(const UChar *keyword, int32_t len)
{
	char narrow[16];
	assert(len < (int32_t)sizeof narrow);
	for (int32_t i = 0; i < len; i++)
		narrow[i] = (char)keyword[i];
	enum plural plural = PLURAL_OTHER;
	plural_parse((struct str){ narrow, (size_t)len }, &plural);
	return plural;
}

static unsigned forms_of(const UPluralRules *rules, UErrorCode *status)
{
	unsigned forms = 0;
	UEnumeration *keywords = uplrules_getKeywords(rules, status);
	const char *keyword;
	while ((keyword = uenum_next(keywords, NULL, status))) {
		enum plural plural;
		if (plural_parse(str_of(keyword), &plural))
			forms |= 1U << plural;
	}
	uenum_close(keywords);
	return forms;
}

static enum plural select_form(const UPluralRules *rules, double number, UErrorCode *status)
{
	UChar keyword[16];
	int32_t len = uplrules_select(rules, number, keyword, 16, status);
	return U_SUCCESS(*status) ? plural_of(keyword, len) : PLURAL_OTHER;
}

void plurals_learn(struct words *words)
{
	UErrorCode status = U_ZERO_ERROR;
	UPluralRules *rules = uplrules_open(words->locale, &status);
	words->plural_forms = forms_of(rules, &status);
	for (int i = 0; i < SMALL_PLURALS; i++)
		words->plurals[i] = (uint8_t)select_form(rules, i, &status);
	uplrules_close(rules);
	icu_must(status);
}

enum plural plural_of_number(const struct words *words, double number)
{
	UErrorCode status = U_ZERO_ERROR;
	UPluralRules *rules = uplrules_open(words->locale, &status);
	enum plural plural = select_form(rules, number, &status);
	uplrules_close(rules);
	icu_must(status);
	return plural;
}

enum plural words_plural(const struct words *words, int64_t number)
{
	uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	if (size < SMALL_PLURALS)
		return words->plurals[size];
	/* no rule looks beyond six digits but to see that there are more */
	if (size >= 10000000)
		size = 10000000 + size % 10000000;
	return plural_of_number(words, (double)size);
}

unsigned words_plural_forms(const struct words *words)
{
	return words->plural_forms;
}
