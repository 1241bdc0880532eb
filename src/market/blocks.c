/* SPDX-License-Identifier: MIT */
/* The ids of blocks: what a listing text consists of, and what a profile may drop or must keep. */
#include "market/market.h"

const struct str market_blocks[] = {
	{ "intro", 5 },    { "method", 6 }, { "zone", 4 },     { "handling", 8 },
	{ "expected", 8 }, { "odds", 4 },   { "fee", 3 },      { "customs", 7 },
	{ "duties", 6 },   { "payer", 5 },  { "remedies", 8 }, { "returns", 7 },
	{ "support", 7 },  { "faq", 3 },    { "note", 4 },     { "", 0 },
};
