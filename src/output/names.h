/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_NAMES_H
#define UPFRONT_OUTPUT_NAMES_H

/*
 * names - everything a template or a text may name, in one table.
 *
 * The root of every scope, with the type of each name and one line on what it means. The
 * README's list of names is this table printed (`upfront help names`). A name is added here and
 * filled in scope*.c; nothing else has to know.
 */

#include "program/value.h"

extern const struct shape root_shape;

extern const struct shape shop_shape, language_shape, page_shape, alternate_shape, has_shape,
	claims_shape, section_shape,
	question_shape, support_shape, there_shape, place_shape, product_shape, card_shape, handling_shape,
	service_shape, method_shape, level_shape, by_day_shape, data_shape, customs_shape,
	destination_shape, remedy_shape, closure_shape, message_shape, advice_shape;

/* Adds the documentation of all names, one a line: "methods[].fee  money  what ...". */
void names_describe(struct buf *out);

#endif
