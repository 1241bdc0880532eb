/* SPDX-License-Identifier: MIT */
/* Countries, the homes of a language, and time zones. */
#include "words/inside.h"

#include <assert.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uenum.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { ALL_CODES = 26 * 26, ZONE_ROOM = 64 };

/*
 * Where a language has more homes than one, the likeliest buyers first: official languages by
 * country of CLDR 42 (territoryInfo, 2022-10), ordered by its counts of speakers. Languages that
 * are not here have the one home of CLDR's likely subtags. Turkish is official in Cyprus too, but
 * who reads it there lives where neither the post nor the customs of CY reach.
 */
static const struct {
	const char *language; /* with its script where that decides */
	const char *countries;
} known_homes[] = {
	{ "ar", "SA AE EG MA DZ IQ JO KW QA BH OM LB TN LY SD YE SY PS" },
	{ "ca", "ES AD" },
	{ "da", "DK GL FO" },
	{ "de", "DE AT CH LU LI BE" },
	{ "el", "GR CY" },
	{ "en", "US GB CA AU IE NZ SG ZA MT" },
	{ "es", "ES MX CO AR PE CL VE EC GT CU BO DO HN PY SV NI CR PA UY PR GQ" },
	{ "fr", "FR CA BE CH LU MC" },
	{ "hr", "HR BA" },
	{ "it", "IT CH SM VA" },
	{ "ko", "KR" },
	{ "ms", "MY BN SG" },
	{ "nl", "NL BE SR CW AW" },
	{ "pt", "BR PT AO MZ CV" },
	{ "ro", "RO MD" },
	{ "ru", "RU BY KZ KG" },
	{ "sr", "RS BA ME" },
	{ "sv", "SE FI AX" },
	{ "tr", "TR" },
	{ "zh-Hans", "CN SG" },
	{ "zh-Hant", "TW HK MO" },
};

static int code_index(const char *code)
{
	if (code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z')
		return -1;
	return (code[0] - 'A') * 26 + (code[1] - 'A');
}

static void country_learn(struct words *words, struct arena *arena,
			  const ULocaleDisplayNames *names, const char *code)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_ROOM];
	int32_t len = uldn_regionDisplayName(names, code, text, TEXT_ROOM, &status);
	icu_must(status);
	words->countries[code_index(code)] = utf8_copy(arena, text, len);
}

void countries_learn(struct words *words, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	ULocaleDisplayNames *names = uldn_open(words->locale, ULDN_STANDARD_NAMES, &status);
	icu_must(status);
	words->countries = arena_array(arena, ALL_CODES, sizeof *words->countries);
	for (const char *const *code = uloc_getISOCountries(); *code; code++)
		country_learn(words, arena, names, *code);
	country_learn(words, arena, names, "XK"); /* Kosovo: in use, not in ISO 3166 */
	country_learn(words, arena, names, "EU");
	uldn_close(names);
}

struct str words_country(const struct words *words, struct arena *arena, struct str code)
{
	bool region = code.len > 3 && code.text[2] == '-';
	int index = code.len == 2 || region ? code_index(code.text) : -1;
	if (index < 0 || !words->countries[index].len)
		return code;
	struct str name = words->countries[index];
	if (!region)
		return name;
	return str_format(arena, "%.*s (%.*s)", STR(name), STR(str_sub(code, 3, code.len)));
}

static void home_add(struct words *words, struct arena *arena, struct str country)
{
	for (size_t i = 0; i < words->home_count; i++)
		if (str_equal(words->homes[i], country))
			return;
	words->homes = arena_push(arena, words->homes, &words->home_count, sizeof *words->homes);
	words->homes[words->home_count - 1] = str_copy(arena, country);
}

void homes_learn(struct words *words, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	char full[ULOC_FULLNAME_CAPACITY], language[ULOC_LANG_CAPACITY],
		script[ULOC_SCRIPT_CAPACITY];
	char country[ULOC_COUNTRY_CAPACITY];
	uloc_addLikelySubtags(words->locale, full, sizeof full, &status);
	uloc_getLanguage(full, language, sizeof language, &status);
	uloc_getScript(full, script, sizeof script, &status);
	uloc_getCountry(full, country, sizeof country, &status);
	icu_must(status);
	if (code_index(country) >= 0)
		home_add(words, arena, str_of(country));
	struct str written = str_format(arena, "%s-%s", language, script);
	for (size_t i = 0; i < sizeof known_homes / sizeof known_homes[0]; i++) {
		const char *key = known_homes[i].language;
		if (!str_is(written, key) && strcmp(language, key) != 0)
			continue;
		struct str rest = str_of(known_homes[i].countries), word;
		while (str_next_word(&rest, &word))
			home_add(words, arena, word);
	}
}

const struct str *words_homes(const struct words *words, size_t *count)
{
	*count = words->home_count;
	return words->homes;
}

/* Zone names are ASCII letters, digits and / _ + -; false when it is something else or too long. */
static bool zone_widen(struct str zone, UChar wide[static ZONE_ROOM])
{
	if (!zone.len || zone.len >= ZONE_ROOM)
		return false;
	for (size_t i = 0; i < zone.len; i++) {
		unsigned char c = (unsigned char)zone.text[i];
		if (c <= ' ' || c > '~')
			return false;
		wide[i] = c;
	}
	wide[zone.len] = 0;
	return true;
}

/* ICU adds names of its own, all of three letters: BST is Dhaka there. These are IANA's. */
static bool short_name_is_iana(struct str zone)
{
	struct str rest = S("CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET"), word;
	while (str_next_word(&rest, &word))
		if (str_equal(word, zone))
			return true;
	return false;
}

bool words_zone_known(struct str zone)
{
	UChar wide[ZONE_ROOM];
	if (!zone_widen(zone, wide) || str_is(zone, "Etc/Unknown") || str_starts(zone, "SystemV/"))
		return false;
	if (zone.len == 3 && !short_name_is_iana(zone))
		return false;
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *zones = ucal_openTimeZones(&status);
	const char *name;
	int32_t len;
	bool found = false;
	while (!found && (name = uenum_next(zones, &len, &status)))
		found = str_equal(zone, (struct str){ name, (size_t)len });
	uenum_close(zones);
	icu_must(status);
	return found;
}

struct str words_zone_city(const struct words *words, struct arena *arena, struct str zone)
{
	static const UChar exemplar[] = { 'V', 'V', 'V', 0 };
	UChar wide[ZONE_ROOM], text[TEXT_ROOM];
	UErrorCode status = U_ZERO_ERROR;
	if (str_index(zone, '/') == zone.len || !zone_widen(zone, wide))
		return zone;
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, words->locale, wide, -1, exemplar,
					-1, &status);
	int32_t len = udat_format(format, 0, text, TEXT_ROOM, NULL, &status);
	udat_close(format);
	icu_must(status);
	return utf8_copy(arena, text, len);
}

struct str words_language(const struct words *words, struct arena *arena, struct str tag)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UChar text[TEXT_ROOM];
	UErrorCode status = U_ZERO_ERROR;
	uloc_forLanguageTag(str_copy(arena, tag).text, locale, sizeof locale, NULL, &status);
	int32_t len = uloc_getDisplayName(locale, words->locale, text, TEXT_ROOM, &status);
	return U_FAILURE(status) || !len ? tag : utf8_copy(arena, text, len);
}

static UCalendar *zone_open(struct str zone, int64_t minute)
{
	UChar wide[ZONE_ROOM];
	bool name = zone_widen(zone, wide);
	assert(name);
	(void)name;
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &status);
	ucal_setMillis(calendar, (double)minute * 60000.0, &status);
	icu_must(status);
	return calendar;
}

static int offset_at(struct str zone, int64_t minute)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = zone_open(zone, minute);
	int32_t offset = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
			 ucal_get(calendar, UCAL_DST_OFFSET, &status);
	ucal_close(calendar);
	icu_must(status);
	return offset / 60000;
}

int words_zone_offset(struct str zone, int32_t date)
{
	return offset_at(zone, (int64_t)date * 1440);
}

int words_zone_offset_noon(struct str zone, int32_t date)
{
	int64_t noon = (int64_t)date * 1440 + 720;
	return offset_at(zone, noon - offset_at(zone, noon));
}

int32_t words_zone_change(struct str zone, int32_t date)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = zone_open(zone, (int64_t)date * 1440);
	UDate moment;
	bool comes = ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &moment, &status);
	ucal_close(calendar);
	icu_must(status);
	return comes && moment < 1e14 ? (int32_t)(moment / 86400000.0) : INT32_MAX;
}

const struct str *words_country_zones(struct arena *arena, struct str country, size_t *count)
{
	UErrorCode status = U_ZERO_ERROR;
	char code[4] = "";
	struct str *zones = NULL;
	const char *name;
	int32_t len;
	*count = 0;
	if (country.len != 2)
		return NULL;
	memcpy(code, country.text, country.len);
	UEnumeration *found = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION,
							     code, NULL, &status);
	while (U_SUCCESS(status) && (name = uenum_next(found, &len, &status))) {
		zones = arena_push(arena, zones, count, sizeof *zones);
		zones[*count - 1] = str_copy(arena, (struct str){ name, (size_t)len });
	}
	uenum_close(found);
	icu_must(status);
	return zones;
}
