/* SPDX-License-Identifier: MIT */
/*
 * An amount in, its text out. Currencies are learned when they are first met, since a shop has
 * few and ICU knows three hundred; who comes later finds the form without a lock.
 */
#include "words/inside.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/*
 * Digits of the minor unit by ISO 4217 (list one of 2024-06-25) where they are not two. CLDR's
 * own digits are what is used in cash (IQD 0, for example) and differ.
 */
static uint8_t minor_digits(const char currency[static 4])
{
	static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF "
				   "XOF XPF ";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
	static const char four[] = "CLF UYW ";
	const char word[] = { currency[0], currency[1], currency[2], ' ', '\0' };
	if (strstr(none, word))
		return 0;
	if (strstr(three, word))
		return 3;
	return strstr(four, word) ? 4 : 2;
}

static uint32_t currency_key(const char currency[static 4])
{
	for (int i = 0; i < 3; i++)
		assert(currency[i] >= 'A' && currency[i] <= 'Z');
	return (uint32_t)currency[0] << 16 | (uint32_t)currency[1] << 8 | (uint32_t)currency[2];
}

/* The slot that has the key, else the first free one, else NULL. */
static struct money_slot *find_slot(struct money_forms *forms, uint32_t key)
{
	uint32_t first = key * 2654435761U >> 26;
	for (uint32_t i = 0; i < MONEY_SLOTS; i++) {
		struct money_slot *slot = &forms->slots[(first + i) % MONEY_SLOTS];
		uint32_t found = atomic_load_explicit(&slot->key, memory_order_acquire);
		if (found == key || found == 0)
			return slot;
	}
	return NULL;
}

static void learn(const struct words *words, uint32_t key, struct number_form *form)
{
	char skeleton[64];
	snprintf(skeleton, sizeof skeleton, "currency/%c%c%c .00", (char)(key >> 16),
		 (char)(key >> 8 & 0xFF), (char)(key & 0xFF));
	form_learn(words->locale, skeleton, form);
}

/* The currency's form; `spare` holds it when there are more currencies than slots. */
static const struct number_form *money_form(const struct words *words, uint32_t key,
					    struct number_form *spare)
{
	struct money_forms *forms = words->money;
	struct money_slot *slot = find_slot(forms, key);
	if (slot && atomic_load_explicit(&slot->key, memory_order_acquire) == key)
		return &slot->form;
	pthread_mutex_lock(&forms->lock);
	slot = find_slot(forms, key); /* another may have learned it meanwhile */
	if (slot && atomic_load_explicit(&slot->key, memory_order_relaxed) == 0) {
		learn(words, key, &slot->form);
		atomic_store_explicit(&slot->key, key, memory_order_release);
	}
	pthread_mutex_unlock(&forms->lock);
	if (slot)
		return &slot->form;
	learn(words, key, spare);
	return spare;
}

void words_money(const struct words *words, struct buf *out, struct amount amount)
{
	struct number_form spare;
	uint32_t key = currency_key(amount.currency);
	const struct number_form *form = money_form(words, key, &spare);
	uint8_t places = minor_digits(amount.currency);
	plain_add(words, form, out, plain_of(amount.digits, amount.scale, places));
}
