/* SPDX-License-Identifier: MIT */
/* Characters in, their other case and their kind out, after the blocks of Unicode. */
#include "market/letters.h"

#include "base/buf.h"

/* In Latin Extended-A capitals stand at even numbers, but in these stretches at odd ones. */
static bool odd_capitals(uint32_t code)
{
	return (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
}

static bool paired(uint32_t code)
{
	return (code >= 0x100 && code <= 0x17E && code != 0x130 && code != 0x131 && code != 0x138 &&
		code != 0x149 && code != 0x178) ||
	       (code >= 0x460 && code <= 0x481) || (code >= 0x48A && code <= 0x4BF) ||
	       (code >= 0x4D0 && code <= 0x52F) || (code >= 0x1E00 && code <= 0x1E95) ||
	       (code >= 0x1EA0 && code <= 0x1EFF);
}

static uint32_t greek_upper(uint32_t code)
{
	static const struct {
		uint32_t small, capital;
	} accented[] = { { 0x3AC, 0x386 }, { 0x3AD, 0x388 }, { 0x3AE, 0x389 }, { 0x3AF, 0x38A },
			 { 0x3CC, 0x38C }, { 0x3CD, 0x38E }, { 0x3CE, 0x38F }, { 0x3C2, 0x3A3 } };
	for (size_t i = 0; i < sizeof accented / sizeof *accented; i++)
		if (accented[i].small == code)
			return accented[i].capital;
	return code >= 0x3B1 && code <= 0x3CB ? code - 32 : code;
}

static uint32_t upper(uint32_t code)
{
	if (code >= 'a' && code <= 'z')
		return code - 32;
	if (code < 0x80)
		return code;
	if (code == 0xFF)
		return 0x178;
	if (code >= 0xE0 && code <= 0xFE && code != 0xF7)
		return code - 32;
	if (code == 0x131)
		return 'I';
	if (paired(code))
		return odd_capitals(code) ? (code & 1 ? code : code - 1) : code & ~1u;
	if (code >= 0x370 && code <= 0x3FF)
		return greek_upper(code);
	if (code >= 0x430 && code <= 0x44F)
		return code - 32;
	return code >= 0x450 && code <= 0x45F ? code - 80 : code;
}

struct str letters_upper(struct arena *arena, struct str text, bool turkish)
{
	struct buf buf = BUF_INIT;
	for (size_t at = 0; at < text.len;) {
		uint32_t code = str_code_point(text, &at);
		if (code == 0xDF)
			buf_add(&buf, S("SS"));
		else
			buf_code_point(&buf, turkish && code == 'i' ? 0x130 : upper(code));
	}
	struct str capitals = str_copy(arena, buf_str(&buf));
	buf_release(&buf);
	return capitals;
}

uint32_t letters_lower(uint32_t code)
{
	if (code >= 'A' && code <= 'Z')
		return code + 32;
	if (code < 0x80)
		return code;
	if (code >= 0xC0 && code <= 0xDE && code != 0xD7)
		return code + 32;
	if (code == 0x130)
		return 'i';
	if (code == 0x178)
		return 0xFF;
	if (paired(code))
		return odd_capitals(code) ? (code & 1 ? code + 1 : code) : code | 1u;
	if (code >= 0x391 && code <= 0x3AB && code != 0x3A2)
		return code + 32;
	if (code >= 0x410 && code <= 0x42F)
		return code + 32;
	return code >= 0x400 && code <= 0x40F ? code + 80 : code;
}

bool letters_of_word(uint32_t code)
{
	if (code < 0x80)
		return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
		       (code >= 'A' && code <= 'Z');
	if (code < 0xC0)
		return code == 0xAA || code == 0xB5 || code == 0xBA;
	if (code >= 0x2000 && code <= 0x2BFF)
		return false;
	if (code >= 0x3000 && code <= 0x3004)
		return false;
	if (code >= 0x3008 && code <= 0x3030)
		return false;
	if ((code >= 0xFE00 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF0F) ||
	    (code >= 0xFF1A && code <= 0xFF20))
		return false;
	return code != 0xD7 && code != 0xF7 && code < 0x1F000;
}

bool letters_are_ornament(uint32_t code)
{
	static const uint32_t single[] = { '~',    '*',    '^',    0xA9,   0xAE,   0x2122, 0x2020,
					   0x2021, 0x2022, 0x200B, 0x200D, 0x2060, 0xFEFF, 0xAD };
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		if (single[i] == code)
			return true;
	return code < 0x20 || (code >= 0x7F && code <= 0x9F) ||
	       (code >= 0x2300 && code <= 0x23FF) || (code >= 0x2500 && code <= 0x27BF) ||
	       (code >= 0x2B00 && code <= 0x2BFF) || (code >= 0xE000 && code <= 0xF8FF) ||
	       (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x1F000 && code <= 0x1FAFF) ||
	       (code >= 0xE0000 && code <= 0xE007F);
}
