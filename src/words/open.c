/* SPDX-License-Identifier: MIT */
/* A tag in, an opened language out: asks the other files to learn their part. */
#include "words/inside.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/unumsys.h>
#include <unicode/ures.h>
#include <unicode/uversion.h>

/* ICU answers any locale with some data, and has data under names that are no language
 * ("metadata"). */
static bool has_data(const char *locale, const char *language)
{
	UErrorCode status = U_ZERO_ERROR;
	UResourceBundle *bundle = ures_open(NULL, locale, &status);
	ures_close(bundle);
	if (status != U_ZERO_ERROR && status != U_USING_FALLBACK_WARNING)
		return false;
	UEnumeration *all = uloc_openAvailableByType(ULOC_AVAILABLE_WITH_LEGACY_ALIASES, &status);
	bool found = false;
	const char *name;
	size_t len = strlen(language);
	while (!found && (name = uenum_next(all, NULL, &status)))
		found = strncmp(name, language, len) == 0 && (!name[len] || name[len] == '_');
	uenum_close(all);
	icu_must(status);
	return found;
}

/* No extension but one of digits that exist and are digits: a tag may ask for Roman numerals. */
static bool extension_is_fit(const char *locale)
{
	const char *extension = strchr(locale, '@');
	if (!extension)
		return true;
	UErrorCode status = U_ZERO_ERROR;
	const char *wanted = "@numbers=";
	if (strncmp(extension, wanted, strlen(wanted)) != 0 || strchr(extension, ';'))
		return false;
	UNumberingSystem *system = unumsys_openByName(extension + strlen(wanted), &status);
	bool fit = U_SUCCESS(status) && !unumsys_isAlgorithmic(system);
	unumsys_close(system);
	return fit;
}

/* The locale's name in the arena with the Gregorian calendar; NULL when the tag is none. */
static const char *locale_of(struct arena *arena, struct str tag)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[ULOC_FULLNAME_CAPACITY], language[ULOC_LANG_CAPACITY];
	int32_t parsed = 0;
	const char *text = str_copy(arena, tag).text;
	uloc_forLanguageTag(text, locale, sizeof locale, &parsed, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
	    parsed != (int32_t)tag.len)
		return NULL;
	uloc_getLanguage(locale, language, sizeof language, &status);
	if (U_FAILURE(status) || !language[0] || !has_data(locale, language) ||
	    !extension_is_fit(locale))
		return NULL;
	uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &status);
	return U_SUCCESS(status) ? str_copy(arena, str_of(locale)).text : NULL;
}

/* Written as in a menu of languages, in the language itself. */
static struct str own_name(struct arena *arena, const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UDisplayContext contexts[] = { UDISPCTX_DIALECT_NAMES,
				       UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU };
	char bare[ULOC_FULLNAME_CAPACITY]; /* without the calendar */
	UChar text[TEXT_ROOM];
	uloc_getBaseName(locale, bare, sizeof bare, &status);
	ULocaleDisplayNames *names = uldn_openForContext(bare, contexts, 2, &status);
	int32_t len = uldn_localeDisplayName(names, bare, text, TEXT_ROOM, &status);
	uldn_close(names);
	icu_must(status);
	return utf8_copy(arena, text, len);
}

struct words *words_open(struct arena *arena, struct str tag)
{
	const char *locale = locale_of(arena, tag);
	if (!locale)
		return NULL;
	struct words *words = arena_new(arena, sizeof *words);
	words->tag = str_copy(arena, tag);
	words->locale = locale;
	words->right_to_left = uloc_isRightToLeft(locale);
	words->own_name = own_name(arena, locale);
	plurals_learn(words);
	numbers_learn(words, arena);
	weights_learn(words);
	dates_learn(words, arena);
	countries_learn(words, arena);
	homes_learn(words, arena);
	return words;
}

struct str words_tag(const struct words *words)
{
	return words->tag;
}

bool words_right_to_left(const struct words *words)
{
	return words->right_to_left;
}

struct str words_own_name(const struct words *words)
{
	return words->own_name;
}

struct str words_version(struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UVersionInfo icu, cldr;
	char icu_text[U_MAX_VERSION_STRING_LENGTH], cldr_text[U_MAX_VERSION_STRING_LENGTH];
	u_getVersion(icu);
	u_versionToString(icu, icu_text);
	ulocdata_getCLDRVersion(cldr, &status);
	u_versionToString(cldr, cldr_text);
	const char *zones = ucal_getTZDataVersion(&status);
	icu_must(status);
	return str_format(arena, "ICU %s, CLDR %s, time zones %s", icu_text, cldr_text, zones);
}
