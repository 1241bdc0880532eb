/* SPDX-License-Identifier: MIT */
/*
 * Codes in, places out. The one idea: everything known about a country stands in one sorted
 * table, a line of fixed width each, so that a code is found by halving.
 */
#include "shop/place.h"

#include <string.h>

/*
 * ISO 3166-1 alpha-2, alpha-3 and the usual currency (Bulgaria's from 2026-01-01). XK stands
 * for Kosovo with the carriers and the European Union, outside of ISO 3166.
 */
static const char *const countries[] = {
	"AD AND EUR", "AE ARE AED", "AF AFG AFN", "AG ATG XCD", "AI AIA XCD", "AL ALB ALL",
	"AM ARM AMD", "AO AGO AOA", "AQ ATA ",    "AR ARG ARS", "AS ASM USD", "AT AUT EUR",
	"AU AUS AUD", "AW ABW AWG", "AX ALA EUR", "AZ AZE AZN", "BA BIH BAM", "BB BRB BBD",
	"BD BGD BDT", "BE BEL EUR", "BF BFA XOF", "BG BGR EUR", "BH BHR BHD", "BI BDI BIF",
	"BJ BEN XOF", "BL BLM EUR", "BM BMU BMD", "BN BRN BND", "BO BOL BOB", "BQ BES USD",
	"BR BRA BRL", "BS BHS BSD", "BT BTN BTN", "BV BVT NOK", "BW BWA BWP", "BY BLR BYN",
	"BZ BLZ BZD", "CA CAN CAD", "CC CCK AUD", "CD COD CDF", "CF CAF XAF", "CG COG XAF",
	"CH CHE CHF", "CI CIV XOF", "CK COK NZD", "CL CHL CLP", "CM CMR XAF", "CN CHN CNY",
	"CO COL COP", "CR CRI CRC", "CU CUB CUP", "CV CPV CVE", "CW CUW XCG", "CX CXR AUD",
	"CY CYP EUR", "CZ CZE CZK", "DE DEU EUR", "DJ DJI DJF", "DK DNK DKK", "DM DMA XCD",
	"DO DOM DOP", "DZ DZA DZD", "EC ECU USD", "EE EST EUR", "EG EGY EGP", "EH ESH MAD",
	"ER ERI ERN", "ES ESP EUR", "ET ETH ETB", "FI FIN EUR", "FJ FJI FJD", "FK FLK FKP",
	"FM FSM USD", "FO FRO DKK", "FR FRA EUR", "GA GAB XAF", "GB GBR GBP", "GD GRD XCD",
	"GE GEO GEL", "GF GUF EUR", "GG GGY GBP", "GH GHA GHS", "GI GIB GIP", "GL GRL DKK",
	"GM GMB GMD", "GN GIN GNF", "GP GLP EUR", "GQ GNQ XAF", "GR GRC EUR", "GS SGS GBP",
	"GT GTM GTQ", "GU GUM USD", "GW GNB XOF", "GY GUY GYD", "HK HKG HKD", "HM HMD AUD",
	"HN HND HNL", "HR HRV EUR", "HT HTI HTG", "HU HUN HUF", "ID IDN IDR", "IE IRL EUR",
	"IL ISR ILS", "IM IMN GBP", "IN IND INR", "IO IOT USD", "IQ IRQ IQD", "IR IRN IRR",
	"IS ISL ISK", "IT ITA EUR", "JE JEY GBP", "JM JAM JMD", "JO JOR JOD", "JP JPN JPY",
	"KE KEN KES", "KG KGZ KGS", "KH KHM KHR", "KI KIR AUD", "KM COM KMF", "KN KNA XCD",
	"KP PRK KPW", "KR KOR KRW", "KW KWT KWD", "KY CYM KYD", "KZ KAZ KZT", "LA LAO LAK",
	"LB LBN LBP", "LC LCA XCD", "LI LIE CHF", "LK LKA LKR", "LR LBR LRD", "LS LSO LSL",
	"LT LTU EUR", "LU LUX EUR", "LV LVA EUR", "LY LBY LYD", "MA MAR MAD", "MC MCO EUR",
	"MD MDA MDL", "ME MNE EUR", "MF MAF EUR", "MG MDG MGA", "MH MHL USD", "MK MKD MKD",
	"ML MLI XOF", "MM MMR MMK", "MN MNG MNT", "MO MAC MOP", "MP MNP USD", "MQ MTQ EUR",
	"MR MRT MRU", "MS MSR XCD", "MT MLT EUR", "MU MUS MUR", "MV MDV MVR", "MW MWI MWK",
	"MX MEX MXN", "MY MYS MYR", "MZ MOZ MZN", "NA NAM NAD", "NC NCL XPF", "NE NER XOF",
	"NF NFK AUD", "NG NGA NGN", "NI NIC NIO", "NL NLD EUR", "NO NOR NOK", "NP NPL NPR",
	"NR NRU AUD", "NU NIU NZD", "NZ NZL NZD", "OM OMN OMR", "PA PAN PAB", "PE PER PEN",
	"PF PYF XPF", "PG PNG PGK", "PH PHL PHP", "PK PAK PKR", "PL POL PLN", "PM SPM EUR",
	"PN PCN NZD", "PR PRI USD", "PS PSE ILS", "PT PRT EUR", "PW PLW USD", "PY PRY PYG",
	"QA QAT QAR", "RE REU EUR", "RO ROU RON", "RS SRB RSD", "RU RUS RUB", "RW RWA RWF",
	"SA SAU SAR", "SB SLB SBD", "SC SYC SCR", "SD SDN SDG", "SE SWE SEK", "SG SGP SGD",
	"SH SHN SHP", "SI SVN EUR", "SJ SJM NOK", "SK SVK EUR", "SL SLE SLE", "SM SMR EUR",
	"SN SEN XOF", "SO SOM SOS", "SR SUR SRD", "SS SSD SSP", "ST STP STN", "SV SLV USD",
	"SX SXM XCG", "SY SYR SYP", "SZ SWZ SZL", "TC TCA USD", "TD TCD XAF", "TF ATF EUR",
	"TG TGO XOF", "TH THA THB", "TJ TJK TJS", "TK TKL NZD", "TL TLS USD", "TM TKM TMT",
	"TN TUN TND", "TO TON TOP", "TR TUR TRY", "TT TTO TTD", "TV TUV AUD", "TW TWN TWD",
	"TZ TZA TZS", "UA UKR UAH", "UG UGA UGX", "UM UMI USD", "US USA USD", "UY URY UYU",
	"UZ UZB UZS", "VA VAT EUR", "VC VCT XCD", "VE VEN VES", "VG VGB USD", "VI VIR USD",
	"VN VNM VND", "VU VUT VUV", "WF WLF XPF", "WS WSM WST", "XK XKX EUR", "YE YEM YER",
	"YT MYT EUR", "ZA ZAF ZAR", "ZM ZMB ZMW", "ZW ZWE ZWG",
};

enum { ALPHA2 = 0, ALPHA3 = 3, CURRENCY = 7, COUNTRIES = sizeof countries / sizeof *countries };

/*
 * The members since the United Kingdom left on 2020-02-01; the EEA adds Iceland,
 * Liechtenstein and Norway. Sources: european-union.europa.eu (EU countries), efta.int (EEA).
 */
static const struct place members[] = {
	{ "AT" }, { "BE" }, { "BG" }, { "CY" }, { "CZ" }, { "DE" }, { "DK" }, { "EE" },
	{ "ES" }, { "FI" }, { "FR" }, { "GR" }, { "HR" }, { "HU" }, { "IE" }, { "IT" },
	{ "LT" }, { "LU" }, { "LV" }, { "MT" }, { "NL" }, { "PL" }, { "PT" }, { "RO" },
	{ "SE" }, { "SI" }, { "SK" }, { "IS" }, { "LI" }, { "NO" },
};

enum { EU_MEMBERS = 27, EEA_MEMBERS = 30 };

static const char *find_alpha2(const char *code)
{
	size_t low = 0, high = COUNTRIES;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = memcmp(code, countries[middle], 2);
		if (order == 0)
			return countries[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const char *find_alpha3(const char *code)
{
	for (size_t i = 0; i < COUNTRIES; i++)
		if (memcmp(code, countries[i] + ALPHA3, 3) == 0)
			return countries[i];
	return NULL;
}

static const char *find_country(struct str code)
{
	if (str_is(code, "UK"))
		return find_alpha2("GB");
	if (str_is(code, "EL"))
		return find_alpha2("GR");
	if (code.len == 2)
		return find_alpha2(code.text);
	return code.len == 3 ? find_alpha3(code.text) : NULL;
}

/* Copies with capital letters; false when there is anything but letters, digits and hyphens. */
static bool capitals(struct str s, char *copy)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.text[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
		copy[i] = c;
	}
	return true;
}

bool place_parse(struct str s, struct place *place)
{
	char copy[8];
	if (str_is(s, "*")) {
		*place = (struct place){ "*" };
		return true;
	}
	if (s.len < 2 || s.len >= sizeof copy || !capitals(s, copy))
		return false;
	struct str code = { copy, s.len };
	size_t hyphen = str_index(code, '-');
	const char *country = find_country(str_sub(code, 0, hyphen));
	struct str region = str_sub(code, hyphen + 1, code.len);
	if (!country || (hyphen < code.len && region.len == 0) || region.len > 3 ||
	    str_index(region, '-') < region.len)
		return false;
	*place = (struct place){ { country[0], country[1] } };
	if (region.len) {
		place->code[2] = '-';
		memcpy(place->code + 3, region.text, region.len);
	}
	return true;
}

bool place_equal(struct place a, struct place b)
{
	/* codes are padded with NUL, so all eight bytes count */
	return memcmp(a.code, b.code, sizeof a.code) == 0;
}

struct str place_str(const struct place *place)
{
	return str_of(place->code);
}

struct place place_country(struct place place)
{
	if (place.code[0] && place.code[1] && place.code[2] == '-')
		return (struct place){ { place.code[0], place.code[1] } };
	return place;
}

bool place_within(struct place inner, struct place outer)
{
	return place_equal(inner, outer) || place_equal(place_country(inner), outer);
}

const struct place *place_group(struct str name, size_t *count)
{
	if (str_equal_fold(name, S("EU")))
		*count = EU_MEMBERS;
	else if (str_equal_fold(name, S("EEA")))
		*count = EEA_MEMBERS;
	else
		return NULL;
	return members;
}

bool place_in_eu(struct place place)
{
	struct place country = place_country(place);
	for (size_t i = 0; i < EU_MEMBERS; i++)
		if (place_equal(country, members[i]))
			return true;
	return false;
}

bool place_nth(size_t index, struct place *place)
{
	if (index >= COUNTRIES)
		return false;
	*place = (struct place){ { countries[index][0], countries[index][1] } };
	return true;
}

const char *place_currency(struct place place)
{
	const char *country = find_country(str_sub(str_of(place.code), 0, 2));
	return country ? country + CURRENCY : "";
}
