/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_GOODS_H
#define UPFRONT_SHOP_GOODS_H

/*
 * goods - what is written on a box: its measures, its number.
 *
 *	int64_t volume;
 *	if (volume_parse(S("30x20x12 cm"), '.', &volume))
 *		...	// 7200000 mm3
 */

#include "base/str.h"

/*
 * Three lengths with an x, * or × between them and a unit (mm, cm, m, in) behind the last or
 * behind each. Each is rounded up to a whole millimetre. False when it is anything else, the
 * unit is missing, or a side is 0 or longer than 100 m.
 */
bool volume_parse(struct str s, char decimal_sign, int64_t *mm3);

/* Has the text 8, 12, 13 or 14 digits, the last of them the right check digit? */
bool gtin_holds(struct str gtin);

#endif
