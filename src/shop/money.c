/* SPDX-License-Identifier: MIT */
/*
 * Amounts with their currency, and weights: text in, exact numbers out. The currencies are
 * a table of ISO 4217; almost all have two decimals, so only the others are named with theirs.
 */
#include "shop/money.h"

#include <string.h>

/* The active codes of ISO 4217 (list one, 2026); funds, metals and test codes are left out. */
static const char active[] =
	"AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
	"BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
	"GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES "
	"KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU "
	"MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
	"RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND "
	"TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER "
	"ZAR ZMW ZWG ";

/* Withdrawn in the last years: rows about the past may still carry them. */
static const char withdrawn[] = "ANG BGN CUC HRK SLL ZWL ";

static const char no_minor_unit[] =
	"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND ";
static const char four_decimals[] = "CLF ";

static bool listed(const char *list, const char *code)
{
	for (; *list; list += 4)
		if (memcmp(list, code, 3) == 0)
			return true;
	return false;
}

bool currency_parse(struct str s, struct currency *currency)
{
	if (s.len != 3 || (!listed(active, s.text) && !listed(withdrawn, s.text)))
		return false;
	memcpy(currency->code, s.text, 3);
	currency->code[3] = 0;
	return true;
}

bool currency_equal(struct currency a, struct currency b)
{
	return memcmp(a.code, b.code, sizeof a.code) == 0;
}

uint8_t currency_exponent(struct currency currency)
{
	if (!currency.code[0])
		return 2;
	if (listed(no_minor_unit, currency.code))
		return 0;
	if (listed(three_decimals, currency.code))
		return 3;
	return listed(four_decimals, currency.code) ? 4 : 2;
}

/* The euro sign stands for one currency only; the other signs do not. */
static bool currency_at_start(struct str s, struct currency *currency, struct str *rest)
{
	bool sign = str_starts(s, "\xE2\x82\xAC");
	*rest = str_trim(str_sub(s, 3, s.len));
	return currency_parse(sign ? S("EUR") : str_sub(s, 0, 3), currency);
}

static bool currency_at_end(struct str s, struct currency *currency, struct str *rest)
{
	if (s.len < 3)
		return false;
	bool sign = str_ends(s, "\xE2\x82\xAC");
	*rest = str_trim(str_sub(s, 0, s.len - 3));
	return currency_parse(sign ? S("EUR") : str_sub(s, s.len - 3, 3), currency);
}

bool money_parse(struct str s, char decimal_sign, const struct currency *fallback,
		 struct money *money)
{
	struct money read;
	struct str number = str_trim(s);
	struct str rest;
	if (currency_at_end(number, &read.currency, &rest) ||
	    currency_at_start(number, &read.currency, &rest))
		number = rest;
	else if (fallback && fallback->code[0])
		read.currency = *fallback;
	else
		return false;
	if (!decimal_parse(number, decimal_sign, &read.amount))
		return false;
	*money = read;
	return true;
}

void money_show_amount(struct buf *buf, struct money money)
{
	uint8_t places = currency_exponent(money.currency);
	struct decimal shown = decimal_round(money.amount, places);
	decimal_show(buf, shown);
	if (shown.scale == 0 && places > 0)
		buf_byte(buf, '.');
	for (uint8_t i = shown.scale; i < places; i++)
		buf_byte(buf, '0');
}

void money_show(struct buf *buf, struct money money)
{
	money_show_amount(buf, money);
	buf_byte(buf, ' ');
	buf_add(buf, str_of(money.currency.code));
}

/* A unit of weight is `nanograms` * 10^-9 grams, exactly. */
struct unit {
	const char *name;
	int64_t nanograms;
};

static const struct unit units[] = {
	{ "kg", 1000000000000 }, { "lbs", 453592370000 }, { "lb", 453592370000 },
	{ "oz", 28349523125 },   { "g", 1000000000 },
};

static bool unit_at_end(struct str s, int64_t *nanograms, struct str *number)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t len = strlen(units[i].name);
		if (s.len <= len ||
		    !str_equal_fold(str_sub(s, s.len - len, len), str_of(units[i].name)))
			continue;
		*nanograms = units[i].nanograms;
		*number = str_trim(str_sub(s, 0, s.len - len));
		return true;
	}
	return false;
}

bool weight_parse(struct str s, char decimal_sign, int64_t *grams)
{
	struct decimal number;
	struct str amount = str_trim(s);
	int64_t nanograms = 1000000000;
	unit_at_end(amount, &nanograms, &amount);
	if (!decimal_parse(amount, decimal_sign, &number) || number.digits < 0)
		return false;
	__int128 unit = 1000000000;
	for (uint8_t i = 0; i < number.scale; i++)
		unit *= 10;
	__int128 whole = ((__int128)number.digits * nanograms + unit - 1) / unit;
	if (whole > INT64_C(999999999999999999))
		return false;
	*grams = (int64_t)whole;
	return true;
}
