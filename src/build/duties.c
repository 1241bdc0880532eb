/* SPDX-License-Identifier: MIT */
/*
 * In: the catalog once more. Out: report/duties.csv, what import costs for every product and destination.
 * The one idea: the rows of a product stand together, so those of one that cannot have changed are copied
 * from the report of the last build; where each begins is remembered in out/.upfront/duties.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/threads.h"
#include "build/work.h"
#include "table/write.h"

enum {
	ALWAYS_MAX = 2000, /* products up to which the report is written without being asked for */
	BATCH = 64	   /* products that a worker takes at once */
};

#define COPIED_MAX ((size_t)64 * 1024 * 1024)

static const char header[] = "id,to,service,currency,goods,freight,duty,tax,charges,at_checkout,"
			     "on_delivery,landed,rule,payer,why\n";

struct duties {
	struct work *work;
	struct publisher_stream *stream;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t turn;
	size_t next;	/* product that the next batch begins with */
	size_t at;	/* product whose row the catalog would give next */
	size_t written; /* product that the next batch to be written begins with */
	uint64_t size;	/* bytes written */
	uint64_t *starts; /* of each product's rows, and where the last one's end */
	struct buf last;  /* the last build's report, when it can be believed */
	const uint64_t *last_starts;
	struct buf memory;
};

/* A worker's batch: rows of the catalog, and the lines made of them. */
struct share {
	struct arena arena, scratch;
	size_t first, count;
	struct row rows[BATCH];
	bool copied[BATCH];
	uint64_t ends[BATCH];
	struct buf out;
};

static void add_amount(struct buf *out, bool known, struct money money)
{
	if (known)
		money_show_amount(out, money);
	buf_byte(out, ',');
}

static void add_rules(struct buf *out, const struct landed *landed)
{
	for (size_t i = 0; i < landed->rule_count; i++) {
		if (i)
			buf_byte(out, ' ');
		buf_add(out, str_of(landed->rules[i].table));
		buf_byte(out, ':');
		buf_number(out, landed->rules[i].line);
	}
}

static void add_line(struct buf *out, struct str id, struct place to, const struct offer *offer,
		     const struct landed *landed)
{
	const struct money amounts[] = { landed->goods,	      landed->freight,	   landed->duty,
					 landed->tax,	      landed->charges,	   landed->at_checkout,
					 landed->on_delivery, landed->landed };
	buf_add(out, id);
	buf_add(out, place_str(&to));
	buf_byte(out, ',');
	write_cell(out, offer->service->id);
	buf_byte(out, ',');
	if (landed->known)
		buf_add(out, str_of(landed->currency.code));
	buf_byte(out, ',');
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		add_amount(out, landed->known, amounts[i]);
	add_rules(out, landed);
	buf_byte(out, ',');
	buf_add(out, str_of(payer_name(landed->payer)));
	buf_byte(out, ',');
	if (!landed->known)
		write_cell(out, landed->unknown_why);
	buf_byte(out, '\n');
}

static void add_product(const struct work *work, struct share *share, const struct product *product)
{
	const struct shop *shop = work->shop;
	struct buf id = BUF_INIT;
	struct customs_request request = customs_request_of(product, shop->date);
	write_cell(&id, product->id);
	buf_byte(&id, ',');
	for (size_t i = 0; i < shop->destination_count; i++) {
		struct offers offers;
		request.to = shop->destinations[i];
		offer_find(work->workings.offering, product, request.to, &offers);
		for (size_t j = 0; j < offers.count; j++) {
			const struct offer *offer = &offers.items[j];
			struct landed landed;
			if (offer->refusal != REFUSED_NOT ||
			    (offer != offers.recommended && !work->options->reports))
				continue;
			request.service = offer->service;
			request.freight = offer->fee;
			customs_quote(work->workings.customs, &request, false, &share->scratch, &landed);
			add_line(&share->out, buf_str(&id), request.to, offer, &landed);
		}
	}
	arena_reset(&share->scratch);
	buf_release(&id);
}

/* Are the rows of this product in the last report what they would be now? */
static bool can_copy(const struct duties *duties, size_t index)
{
	const struct work *work = duties->work;
	const struct product_state *state = &work->products[index];
	return duties->last_starts && state->old != UINT32_MAX &&
	       work->last->products[state->old].row_hash == state->row_hash;
}

static void copy_product(const struct duties *duties, struct share *share, size_t index)
{
	uint32_t old = duties->work->products[index].old;
	size_t start = duties->last_starts[old], end = duties->last_starts[old + 1];
	buf_add(&share->out, str_sub(buf_str(&duties->last), start, end - start));
}

/* Brings the catalog to the row of the product: there at once, or by reading on. */
static void go_to(struct duties *duties, size_t product, struct arena *scratch)
{
	struct work *work = duties->work;
	struct row row;
	if (duties->at == product)
		return;
	if (catalog_seek(work->catalog, work->products[product].offset,
			 work->slugs.entries[product].line))
		duties->at = product;
	for (; duties->at < product; duties->at++) {
		catalog_next(work->catalog, scratch, &row);
		arena_reset(scratch);
	}
}

static bool take_share(struct duties *duties, struct share *share)
{
	struct work *work = duties->work;
	arena_reset(&share->arena);
	pthread_mutex_lock(&duties->lock);
	share->first = duties->next;
	size_t left = work->product_count - share->first;
	share->count = left < BATCH ? left : BATCH;
	duties->next += share->count;
	for (size_t i = 0; i < share->count; i++) {
		size_t index = share->first + i;
		share->copied[i] = can_copy(duties, index);
		if (share->copied[i])
			continue;
		go_to(duties, index, &share->scratch);
		catalog_next(work->catalog, &share->arena, &share->rows[i]);
		duties->at = index + 1;
	}
	pthread_mutex_unlock(&duties->lock);
	return share->count > 0;
}

/* Shares are written in the order of the catalog, whoever has made them. */
static void write_share(struct duties *duties, struct share *share)
{
	pthread_mutex_lock(&duties->lock);
	while (duties->written != share->first)
		pthread_cond_wait(&duties->turn, &duties->lock);
	publisher_stream_add(duties->stream, buf_str(&share->out));
	for (size_t i = 0; i < share->count; i++)
		duties->starts[share->first + i + 1] = duties->size + share->ends[i];
	duties->size += share->out.len;
	duties->written += share->count;
	pthread_cond_broadcast(&duties->turn);
	pthread_mutex_unlock(&duties->lock);
}

static void work_share(void *context, unsigned worker)
{
	struct duties *duties = context;
	struct share *share = calloc(1, sizeof *share);
	(void)worker;
	if (!share)
		arena_exhausted();
	while (take_share(duties, share)) {
		struct product product;
		buf_reset(&share->out);
		for (size_t i = 0; i < share->count; i++) {
			if (share->copied[i])
				copy_product(duties, share, share->first + i);
			else if (catalog_product(duties->work->catalog, &share->rows[i], &share->arena, &product))
				add_product(duties->work, share, &product);
			share->ends[i] = share->out.len;
		}
		write_share(duties, share);
	}
	arena_release(&share->arena);
	arena_release(&share->scratch);
	buf_release(&share->out);
	free(share);
}

/* The last report and its memory, when they are of the last build and belong together. */
static void recall(struct duties *duties)
{
	const struct work *work = duties->work;
	size_t count = work->last->product_count;
	struct buf path = BUF_INIT;
	publisher_recall(work->publisher, "duties", &duties->memory);
	buf_addf(&path, "%s/report/duties.csv", work->options->out);
	if (duties->memory.len == (count + 2) * sizeof(uint64_t) &&
	    file_read(path.text, COPIED_MAX, &duties->last) == 0) {
		const uint64_t *words = (const uint64_t *)(const void *)duties->memory.text;
		if (words[0] == hash_str(buf_str(&duties->last), 0) && words[count + 1] == duties->last.len)
			duties->last_starts = words + 1;
	}
	buf_release(&path);
}

static bool all_the_same(const struct work *work)
{
	if (!work->same_context || work->product_count != work->last->product_count)
		return false;
	for (size_t i = 0; i < work->product_count; i++)
		if (work->products[i].old != i ||
		    work->last->products[i].row_hash != work->products[i].row_hash)
			return false;
	return true;
}

static void remember(struct duties *duties)
{
	struct work *work = duties->work;
	struct buf memory = BUF_INIT;
	uint64_t hash = 0;
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	buf_addf(&path, "%s/report/duties.csv", work->options->out);
	bool small = duties->size <= COPIED_MAX && file_read(path.text, COPIED_MAX, &bytes) == 0;
	if (small) {
		hash = hash_str(buf_str(&bytes), 0);
		buf_add(&memory, (struct str){ (const char *)&hash, sizeof hash });
		buf_add(&memory, (struct str){ (const char *)duties->starts,
					       (work->product_count + 1) * sizeof *duties->starts });
	}
	publisher_remember(work->publisher, "duties", buf_str(&memory));
	buf_release(&memory);
	buf_release(&bytes);
	buf_release(&path);
}

static void render(struct duties *duties)
{
	struct work *work = duties->work;
	duties->starts = calloc(work->product_count + 1, sizeof *duties->starts);
	if (!duties->starts)
		arena_exhausted();
	if (work->same_context)
		recall(duties);
	pthread_mutex_init(&duties->lock, NULL);
	pthread_cond_init(&duties->turn, NULL);
	catalog_rewind(work->catalog);
	duties->stream = publisher_stream_open(work->publisher, "report", "duties.csv");
	publisher_stream_add(duties->stream, str_of(header));
	duties->size = duties->starts[0] = sizeof header - 1;
	threads_run(work->options->jobs, work_share, duties);
	enum change change = publisher_stream_close(duties->stream);
	changes_add_file(&work->changes,
			 (struct file_change){ .path = S("report/duties.csv"),
					       .change = change,
					       .reason = "rules, fees, prices, rates of exchange or the date" });
	if (!work->options->dry)
		remember(duties);
	pthread_cond_destroy(&duties->turn);
	pthread_mutex_destroy(&duties->lock);
	buf_release(&duties->last);
	buf_release(&duties->memory);
	free(duties->starts);
}

void duties_render(struct work *work)
{
	struct duties duties = { .work = work };
	if (work->options->only.len ||
	    (work->product_count > ALWAYS_MAX && !work->options->reports) ||
	    publisher_failed(work->publisher))
		return;
	if (all_the_same(work) && publisher_keep(work->publisher, "report", S("duties.csv")))
		return;
	render(&duties);
}
