/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_PACK_H
#define UPFRONT_PROMISE_PACK_H

/*
 * pack - counts in few bytes, as they wait for more to be counted.
 *
 * Most counts of a lane are nothing: no parcel came on the 70th day. What is nothing takes two bits,
 * whole parcels take two bytes. Packing and unpacking gives back the very bits.
 *
 *	pack_words(&kept, &tally, sizeof tally);
 *	struct str rest = buf_str(&kept);
 *	unpack_words(&rest, &tally, sizeof tally);
 *
 * Bytes are read by the program that wrote them, in the order of writing: a wrong one is our own fault.
 */

#include "base/buf.h"

/* Eight bytes at a time; `size` is a multiple of eight. */
void pack_words(struct buf *out, const void *words, size_t size);
void unpack_words(struct str *in, void *words, size_t size);

/* A whole number: seven bits a byte. */
void pack_number(struct buf *out, uint64_t number);
uint64_t unpack_number(struct str *in);

#endif
