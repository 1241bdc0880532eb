/* SPDX-License-Identifier: MIT */
/* Words in, two bits for each and the bytes that say something out; and back. */
#include "promise/pack.h"

#include <assert.h>
#include <string.h>

enum { WORD = 8 /* bytes */, FOR_A_BYTE = 4 /* words share a byte of bits */ };

static void skip(struct str *in, size_t bytes)
{
	assert(bytes <= in->len);
	*in = (struct str){ in->text + bytes, in->len - bytes };
}

/* How many of a word's bytes are kept, by its two bits: its last ones are nothing in small numbers. */
static const unsigned char kept_bytes[] = { 0, 2, 4, WORD };

static unsigned bits_of(uint64_t word)
{
	return !word ? 0 : !(word << 16) ? 1 : !(word << 32) ? 2 : 3;
}

/* Its first bytes, the most significant one first. */
static char *put_word(char *to, uint64_t word, unsigned kept)
{
	if (kept == 3) {
		memcpy(to, &word, WORD); /* whole ones as they lie in memory */
		return to + WORD;
	}
	for (int k = 0; k < kept_bytes[kept]; k++)
		*to++ = (char)(word >> (56 - 8 * k) & 255);
	return to;
}

static const unsigned char *take_word(const unsigned char *from, uint64_t *word, unsigned kept)
{
	*word = 0;
	if (kept == 3) {
		memcpy(word, from, WORD);
		return from + WORD;
	}
	for (int k = 0; k < kept_bytes[kept]; k++)
		*word |= (uint64_t)*from++ << (56 - 8 * k);
	return from;
}

void pack_words(struct buf *out, const void *words, size_t size)
{
	size_t count = size / WORD, bits = (count + FOR_A_BYTE - 1) / FOR_A_BYTE;
	char *start = buf_grow(out, bits + size), *to = start + bits;
	assert(size % WORD == 0);
	for (size_t i = 0; i < count; i += FOR_A_BYTE) {
		unsigned byte = 0;
		for (size_t j = i; j < i + FOR_A_BYTE && j < count; j++) {
			uint64_t word;
			memcpy(&word, (const char *)words + j * WORD, WORD);
			unsigned kept = bits_of(word);
			byte |= kept << 2 * (j - i);
			to = kept ? put_word(to, word, kept) : to;
		}
		start[i / FOR_A_BYTE] = (char)byte;
	}
	out->len += (size_t)(to - start);
}

void unpack_words(struct str *in, void *words, size_t size)
{
	size_t count = size / WORD, bits = (count + FOR_A_BYTE - 1) / FOR_A_BYTE;
	const unsigned char *start = (const unsigned char *)in->text, *from = start + bits;
	memset(words, 0, size);
	for (size_t i = 0; i < count; i += FOR_A_BYTE) {
		unsigned byte = start[i / FOR_A_BYTE];
		for (size_t j = i; byte; j++, byte >>= 2) {
			uint64_t word;
			from = take_word(from, &word, byte & 3);
			memcpy((char *)words + j * WORD, &word, WORD);
		}
	}
	skip(in, (size_t)(from - start));
}

void pack_number(struct buf *out, uint64_t number)
{
	for (; number > 127; number >>= 7)
		buf_byte(out, (char)((number & 127) | 128));
	buf_byte(out, (char)number);
}

uint64_t unpack_number(struct str *in)
{
	uint64_t number = 0;
	unsigned char byte = 128;
	for (int shift = 0; byte & 128; shift += 7) {
		assert(in->len);
		byte = (unsigned char)in->text[0];
		number |= (uint64_t)(byte & 127) << shift;
		skip(in, 1);
	}
	return number;
}
