/* SPDX-License-Identifier: MIT */
/*
 * In: figures that were pasted, and today's. Out: the pasted ones as long as they may stand. A line of
 * figures: "door 7:12 10:56 ...; days 13 15 18 -1; transit ...; days ...; data 412 3 5 2026-05-01 - lane 8000".
 */
#include "promise/steady.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/map.h"

/* A curve's publishable figures. */
struct figures {
	uint8_t claim[PROMISE_DAYS];
	int days[CLAIM_LEVELS];
};

/* What a lane was pasted with, and what became of it. */
struct kept {
	struct str lane, line;
	struct figures door, transit;
	int64_t parcels, lost, open, loss_ppm;
	int32_t since, until, pasted;
	enum pooled pooled;
	const struct promise *today; /* once asked for */
	const struct promise *shown;
};

struct steady {
	pthread_mutex_t lock;
	struct arena *arena;
	int days, percent;
	struct map lanes; /* name -> struct kept */
	struct kept **order;
	size_t count;
	uint64_t hash;
};

struct steady *steady_new(struct arena *arena, int days, int percent)
{
	struct steady *steady = arena_new(arena, sizeof *steady);
	pthread_mutex_init(&steady->lock, NULL);
	steady->arena = arena;
	steady->days = days;
	steady->percent = percent;
	steady->lanes.arena = arena;
	return steady;
}

void steady_free(struct steady *steady)
{
	if (steady)
		pthread_mutex_destroy(&steady->lock);
}

struct str steady_lane(struct arena *arena, const struct promise *promise)
{
	return str_format(arena, "%.*s %.*s %.*s %.*s", STR(promise->service->id),
			  STR(place_str(&promise->to)), STR(place_str(&promise->from)),
			  STR(promise->handling ? promise->handling->profile : S("")));
}

static void write_curve(struct buf *out, const char *name, const struct curve *curve)
{
	buf_addf(out, "%s", name);
	for (int day = 0; day < PROMISE_DAYS; day++)
		if (curve->claim[day] != (day ? curve->claim[day - 1] : 0))
			buf_addf(out, " %d:%d", day, curve->claim[day]);
	buf_add(out, S("; days"));
	for (int i = 0; i < CLAIM_LEVELS; i++)
		buf_addf(out, " %d", curve->claim_days[i]);
	buf_add(out, S("; "));
}

static void write_date(struct buf *out, int32_t date)
{
	buf_byte(out, ' ');
	if (date == DATE_NONE)
		buf_byte(out, '-');
	else
		date_add(out, date);
}

void steady_write(struct buf *out, const struct promise *promise)
{
	write_curve(out, "door", &promise->door);
	write_curve(out, "transit", &promise->transit);
	buf_addf(out, "data %lld %lld %lld", (long long)promise->parcels, (long long)promise->lost,
		 (long long)promise->open);
	write_date(out, promise->since);
	write_date(out, promise->until);
	buf_addf(out, " %s %lld", pooled_name(promise->pooled), (long long)promise->loss_ppm);
}

/* Takes the next part of a line, up to "; ", and checks the word that it begins with. */
static bool next_part(struct str *line, const char *name, struct str *part)
{
	struct str word;
	size_t len = str_index(*line, ';');
	*part = str_sub(*line, 0, len);
	*line = str_sub(*line, len + 1, line->len);
	return str_next_word(part, &word) && str_is(word, name);
}

static bool read_whole(struct str word, int64_t least, int64_t most, int64_t *number)
{
	bool minus = str_starts(word, "-");
	if (!str_number(str_sub(word, minus, word.len), number))
		return false;
	*number = minus ? -*number : *number;
	return *number >= least && *number <= most;
}

static bool read_curve(struct str *line, const char *name, struct figures *figures)
{
	struct str part, word;
	int64_t day, claim, last = -1;
	if (!next_part(line, name, &part))
		return false;
	for (int i = 0; i < PROMISE_DAYS; i++)
		figures->claim[i] = 0;
	while (str_next_word(&part, &word)) {
		size_t colon = str_index(word, ':');
		if (!read_whole(str_sub(word, 0, colon), last + 1, PROMISE_DAYS - 1, &day) ||
		    !read_whole(str_sub(word, colon + 1, word.len), 0, 99, &claim))
			return false;
		for (int64_t i = day; i < PROMISE_DAYS; i++)
			figures->claim[i] = (uint8_t)claim;
		last = day;
	}
	if (!next_part(line, "days", &part))
		return false;
	for (int i = 0; i < CLAIM_LEVELS; i++) {
		if (!str_next_word(&part, &word) ||
		    !read_whole(word, -1, PROMISE_DAYS - 1, &day))
			return false;
		figures->days[i] = (int)day;
	}
	return true;
}

static bool read_date(struct str *part, int32_t *date)
{
	struct str word;
	*date = DATE_NONE;
	return str_next_word(part, &word) && (str_is(word, "-") || date_parse(word, date));
}

static bool read_pooled(struct str word, enum pooled *pooled)
{
	for (int i = POOLED_LANE; i <= POOLED_NONE; i++)
		if (str_is(word, pooled_name((enum pooled)i))) {
			*pooled = (enum pooled)i;
			return true;
		}
	return false;
}

static bool read_data(struct str *line, struct kept *kept)
{
	struct str part, word;
	int64_t *const counts[] = { &kept->parcels, &kept->lost, &kept->open };
	if (!next_part(line, "data", &part))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (!str_next_word(&part, &word) || !read_whole(word, 0, INT64_MAX, counts[i]))
			return false;
	return read_date(&part, &kept->since) && read_date(&part, &kept->until) &&
	       str_next_word(&part, &word) && read_pooled(word, &kept->pooled) &&
	       str_next_word(&part, &word) && read_whole(word, -1, 1000000, &kept->loss_ppm);
}

/* The weaker of two: fewer percent on all days together; where these are equal, some fixed order. */
static bool is_weaker(const struct kept *a, const struct kept *b)
{
	int sum = 0;
	for (int i = 0; i < PROMISE_DAYS; i++)
		sum += a->door.claim[i] - b->door.claim[i];
	return sum ? sum < 0 : str_compare(a->line, b->line) < 0;
}

void steady_recall(struct steady *steady, struct str lane, struct str line, int32_t pasted)
{
	struct kept read = { .pasted = pasted, .line = line };
	struct str rest = line;
	if (!read_curve(&rest, "door", &read.door) || !read_curve(&rest, "transit", &read.transit) ||
	    !read_data(&rest, &read))
		return;
	struct kept *kept = map_find(&steady->lanes, lane);
	if (kept && (kept->pasted > pasted || (kept->pasted == pasted && !is_weaker(&read, kept))))
		return;
	if (!kept) {
		kept = arena_new(steady->arena, sizeof *kept);
		kept->lane = str_copy(steady->arena, lane);
		*map_put(&steady->lanes, kept->lane) = kept;
		steady->order = arena_push(steady->arena, steady->order, &steady->count,
					   sizeof *steady->order);
		steady->order[steady->count - 1] = kept;
	}
	read.lane = kept->lane;
	read.line = str_copy(steady->arena, line);
	*kept = read;
}

static int by_lane(const void *left, const void *right)
{
	const struct kept *a = *(struct kept *const *)left, *b = *(struct kept *const *)right;
	return str_compare(a->lane, b->lane);
}

static void sort(const struct steady *steady)
{
	if (steady->count)
		qsort(steady->order, steady->count, sizeof *steady->order, by_lane);
}

uint64_t steady_hash(const struct steady *steady)
{
	uint64_t hash = 0;
	sort(steady);
	for (size_t i = 0; i < steady->count; i++)
		hash = hash_str(steady->order[i]->line, hash_str(steady->order[i]->lane, hash));
	return hash;
}

/*
 * A share may stay while it is not too high today, and today's is not higher by more than the band:
 * in percent, or, where the curve is steep, in days by which it would be reached earlier.
 */
static int steady_share_of(const struct steady *steady, int pasted, const struct curve *today,
			   int day)
{
	int now = today->claim[day];
	int earlier = today->claim[day > steady->days ? day - steady->days : 0];
	bool stays = pasted <= now && (now - pasted <= steady->percent || earlier <= pasted);
	return stays ? pasted : now;
}

/* Days of a level may stay while they are not too few today, and not too many. */
static int steady_days_of(const struct steady *steady, int pasted, int today)
{
	bool stays = pasted >= 0 && today >= 0 && today <= pasted && pasted - today <= steady->days;
	return stays ? pasted : today;
}

/* Puts the figures that may stay into `shown`, which holds today's. True when all of them did. */
static bool keep_curve(const struct steady *steady, const struct figures *pasted,
		       struct curve *shown)
{
	bool all = true;
	int most = 0;
	struct curve today = *shown;
	for (int day = 0; day < PROMISE_DAYS; day++) {
		int then = pasted->claim[day];
		int stays = steady_share_of(steady, then, &today, day);
		/* never lower than the day before: that share is not above today's either */
		most = stays > most ? stays : most;
		shown->claim[day] = (uint8_t)most;
		all = all && most == then;
	}
	for (int i = CLAIM_LEVELS - 1; i >= 0; i--) {
		int days = steady_days_of(steady, pasted->days[i], today.claim_days[i]);
		/* half of the parcels never take longer than nine in ten */
		if (i + 1 < CLAIM_LEVELS && shown->claim_days[i + 1] >= 0 &&
		    days > shown->claim_days[i + 1])
			days = today.claim_days[i];
		shown->claim_days[i] = days;
		all = all && days == pasted->days[i];
	}
	return all;
}

static const struct promise *keep(struct steady *steady, const struct kept *kept,
				  const struct promise *today)
{
	struct promise *shown = arena_new(steady->arena, sizeof *shown);
	*shown = *today;
	bool door = keep_curve(steady, &kept->door, &shown->door);
	bool transit = keep_curve(steady, &kept->transit, &shown->transit);
	/* what the figures rest on goes with them, unless more parcels are lost by now */
	if (door && transit && today->loss_ppm <= kept->loss_ppm) {
		shown->parcels = kept->parcels;
		shown->lost = kept->lost;
		shown->open = kept->open;
		shown->since = kept->since;
		shown->until = kept->until;
		shown->pooled = kept->pooled;
		shown->loss_ppm = kept->loss_ppm;
	}
	struct buf line = BUF_INIT;
	steady_write(&line, shown);
	shown->hash = hash_str(buf_str(&line), today->hash);
	buf_release(&line);
	return shown;
}

const struct promise *steady_get(struct steady *steady, const struct promise *today)
{
	struct arena scratch;
	if (!steady || !steady->count || (!steady->days && !steady->percent))
		return today;
	arena_init(&scratch);
	struct kept *kept = map_find(&steady->lanes, steady_lane(&scratch, today));
	arena_release(&scratch);
	/* what nobody counted, and another's figures, do not waver */
	if (!kept || today->pooled == POOLED_NONE || today->pooled == POOLED_PUBLISHED ||
	    kept->pooled == POOLED_NONE || kept->pooled == POOLED_PUBLISHED)
		return today;
	pthread_mutex_lock(&steady->lock);
	if (!kept->shown) {
		kept->today = today;
		kept->shown = keep(steady, kept, today);
	}
	pthread_mutex_unlock(&steady->lock);
	return kept->shown;
}

void steady_each(struct steady *steady,
		 void (*each)(void *context, const struct steady_figure *figure), void *context)
{
	static const int percents[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	sort(steady);
	for (size_t i = 0; i < steady->count; i++) {
		const struct kept *kept = steady->order[i];
		if (!kept->shown)
			continue;
		const struct curve *today = &kept->today->door, *shown = &kept->shown->door;
		for (int l = 0; l < CLAIM_LEVELS; l++)
			if (today->claim_days[l] != shown->claim_days[l])
				each(context, &(struct steady_figure){
						      kept->today, "days for", percents[l],
						      today->claim_days[l], shown->claim_days[l],
						      kept->pasted });
		for (int day = 0; day < PROMISE_DAYS; day++)
			if (today->claim[day] != shown->claim[day])
				each(context, &(struct steady_figure){
						      kept->today, "share by day", day,
						      today->claim[day], shown->claim[day],
						      kept->pasted });
	}
}
