/* SPDX-License-Identifier: MIT */
/*
 * In: letters, channels and lanes. Out: the files below messages/. Each letter in each language on
 * each channel is a part, and parts are shared out among the workers. The shop's first language is written for every country, the others for those in
 * which they are read; one that is read in none of them, as Russian in a shop that does not send
 * to Russia, has its buyers anywhere, and is written for every country too.
 */
#include "base/map.h"
#include "build/mail.h"
#include "build/work.h"
#include "output/scope.h"
#include "table/write.h"

/* A part on its way to all lanes. */
struct mailing {
	struct work *work;
	struct mail_part *part;
	const struct edition *edition;
	struct arena *kept; /* until the messages are published */
	struct letter_desk *desk;
	struct mail_text **texts; /* the distinct ones, in the order of writing */
	size_t text_count;
	struct map by_bytes;
	struct buf bytes; /* of the text at hand */
	struct arena scratch;
	struct arena own; /* of the part */
};

static bool is_home(const struct edition *edition, struct place place)
{
	size_t count;
	const struct str *homes = words_homes(edition->words, &count);
	for (size_t i = 0; i < count; i++)
		if (str_equal(homes[i], place_str(&place)))
			return true;
	return false;
}

/* Every service to every country to which the language is written, by service and country. */
static void find_lanes(const struct work *work, const struct edition *edition,
		       struct mail_lanes *lanes)
{
	const struct shop *shop = work->shop;
	const struct handling *handling = scope_handling(shop);
	bool everywhere = edition->language == 0 || edition->home == SIZE_MAX;
	lanes->items = arena_array(&work->mail->arenas[0],
				   shop->service_count * shop->destination_count,
				   sizeof *lanes->items);
	for (size_t s = 0; s < shop->service_count; s++)
		for (size_t d = 0; d < shop->destination_count; d++) {
			const struct service *service = &shop->services[s];
			struct place to = shop->destinations[d], from = service->ships_from;
			const struct zone *zone = service_zone(service, to);
			if (!zone || !zone->rate_count || (!everywhere && !is_home(edition, to)))
				continue;
			lanes->items[lanes->count++] = (struct letter_lane){
				.service = service,
				.destination = d,
				.promise = promise_get(work->workings.promises, service, to, from,
						       handling),
				.payer = customs_payer(work->workings.customs, service, to, from),
			};
		}
}

/* The text with these bytes, new or met before. */
static struct mail_text *keep_text(struct mailing *m, const struct written_letter *written,
				   const struct letter_lane *lane, bool *new)
{
	buf_reset(&m->bytes);
	buf_add(&m->bytes, written->subject);
	buf_byte(&m->bytes, 0);
	buf_add(&m->bytes, written->brief);
	buf_byte(&m->bytes, 0);
	buf_add(&m->bytes, written->body);
	struct mail_text *text = map_find(&m->by_bytes, buf_str(&m->bytes));
	*new = !text;
	if (text)
		return text;
	struct str kept = str_copy(&m->own, buf_str(&m->bytes));
	size_t brief = written->subject.len + 1, body = brief + written->brief.len + 1;
	text = arena_new(m->kept, sizeof *text);
	*text = (struct mail_text){ .subject = str_sub(kept, 0, written->subject.len),
				    .brief = str_sub(kept, brief, written->brief.len),
				    .body = str_sub(kept, body, kept.len),
				    .first = lane };
	*map_put(&m->by_bytes, kept) = text;
	m->texts = arena_push(&m->own, m->texts, &m->text_count, sizeof(struct mail_text *));
	m->texts[m->text_count - 1] = text;
	return text;
}

/* False when the letter had trouble: other lanes would only say it again. */
static bool write_lane(struct mailing *m, const struct letter_lane *lane)
{
	struct mail_part *part = m->part;
	struct written_letter written;
	bool new;
	arena_reset(&m->scratch);
	enum letter_outcome outcome =
		letter_write(m->desk, lane, &m->scratch, &written, m->work->diag);
	if (outcome != LETTER_WRITTEN)
		return outcome == LETTER_NOT_HERE;
	part->rows[part->row_count++] = (struct mail_row){
		.lane = lane,
		.text = keep_text(m, &written, lane, &new),
		.day_from = written.day_from,
		.day_to = written.day_to,
	};
	if (new)
		letter_lint(m->edition, part->letter, &m->work->shop->channels[part->channel],
			    &written, m->work->diag);
	return true;
}

/* Do all rows of the service have this text? */
static bool is_common(const struct mail_part *part, const struct mail_text *text)
{
	for (size_t i = 0; i < part->row_count; i++)
		if (part->rows[i].lane->service == text->first->service &&
		    part->rows[i].text != text)
			return false;
	return true;
}

/* Names the texts after their first lane, as shortly as tells them apart. */
static void name_texts(struct mailing *m)
{
	for (size_t i = 0; i < m->text_count; i++) {
		struct mail_text *text = m->texts[i];
		struct place to = m->work->shop->destinations[text->first->destination];
		struct str service = text->first->service->id;
		text->name = m->text_count == 1 ? S("all")
			     : is_common(m->part, text)
				     ? service
				     : str_format(m->kept, "%.*s-%.*s", STR(service),
						  STR(place_str(&to)));
	}
}

static void finish_file(struct mailing *m)
{
	const struct mail_part *part = m->part;
	const struct shop *shop = m->work->shop;
	struct buf folder = BUF_INIT, bytes = BUF_INIT;
	buf_addf(&folder, "messages/%.*s/", STR(shop->languages[part->language].tag));
	slug_add(&folder, &m->scratch, part->letter->event);
	buf_add(&bytes, S("text,subject,short,long\n"));
	for (size_t i = 0; i < m->text_count; i++) {
		const struct mail_text *text = m->texts[i];
		const struct str cells[] = { text->name, text->subject, text->brief, text->body };
		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
			write_cell(&bytes, cells[c]);
			buf_byte(&bytes, c < 3 ? ',' : '\n');
		}
	}
	m->part->file = (struct mail_file){
		str_copy(m->kept, buf_str(&folder)),
		str_format(m->kept, "%.*s.csv", STR(shop->channels[part->channel].id)),
		str_copy(m->kept, buf_str(&bytes)),
	};
	buf_release(&folder);
	buf_release(&bytes);
}

static void write_part(struct mailing *m)
{
	struct mail_part *part = m->part;
	const struct mail_lanes *lanes = &m->work->mail->lanes[part->language];
	arena_reset(&m->own);
	m->edition = m->work->editions[part->language];
	m->texts = NULL;
	m->text_count = 0;
	m->by_bytes = (struct map){ .arena = &m->own };
	m->desk = letter_desk_new(&m->own, m->edition, part->letter,
				  &m->work->shop->channels[part->channel]);
	part->rows = arena_array(m->kept, lanes->count, sizeof *part->rows);
	for (size_t i = 0; i < lanes->count; i++)
		if (!write_lane(m, &lanes->items[i]))
			break;
	if (!m->text_count)
		return;
	name_texts(m);
	finish_file(m);
}

static struct mail_part *take_part(struct work *work)
{
	struct mail *mail = work->mail;
	pthread_mutex_lock(&work->lock);
	struct mail_part *part = mail->next < mail->part_count ? &mail->parts[mail->next++] : NULL;
	pthread_mutex_unlock(&work->lock);
	return part;
}

void messages_write(struct work *work, unsigned worker)
{
	if (!work->mail)
		return;
	struct mailing m = { .work = work, .kept = &work->mail->arenas[worker] };
	arena_init(&m.scratch);
	arena_init(&m.own);
	while ((m.part = take_part(work)))
		write_part(&m);
	arena_release(&m.own);
	arena_release(&m.scratch);
	buf_release(&m.bytes);
}

/* A message that a language has not is one that its buyers never get. */
static void check_complete(const struct work *work, const struct edition *edition)
{
	const struct letters *all = work->editions[0]->letters, *own = edition->letters;
	for (size_t i = 0; own->count && i < all->count; i++) {
		bool found = false;
		for (size_t k = 0; k < own->count && !found; k++)
			found = str_equal(own->items[k].event, all->items[i].event);
		if (!found)
			diag_warning(
				work->diag, (struct pos){ .file = own->items[0].path },
				"there is no message for the event '%.*s' in '%.*s'; %s is one",
				STR(all->items[i].event),
				STR(work->shop->languages[edition->language].tag),
				all->items[i].path);
	}
}

static bool speaks(const struct channel *channel, struct str tag)
{
	return str_list_names(channel->languages, tag);
}

/* The parts of one language. */
static void plan_language(struct work *work, size_t language)
{
	const struct shop *shop = work->shop;
	const struct letters *letters = work->editions[language]->letters;
	struct mail *mail = work->mail;
	if (letters->count)
		find_lanes(work, work->editions[language], &mail->lanes[language]);
	for (size_t i = 0; i < letters->count; i++)
		for (size_t c = 0; c < shop->channel_count; c++) {
			const struct channel *channel = &shop->channels[c];
			if (!letter_is_for(&letters->items[i], channel) ||
			    !speaks(channel, shop->languages[language].tag))
				continue;
			mail->parts = arena_push(&work->arena, mail->parts, &mail->part_count,
						 sizeof *mail->parts);
			mail->parts[mail->part_count - 1] = (struct mail_part){
				.language = language, .letter = &letters->items[i], .channel = c };
		}
}

void messages_plan(struct work *work)
{
	const struct shop *shop = work->shop;
	bool any = false;
	if (work->same_site)
		return;
	for (size_t i = 0; i < shop->language_count; i++) {
		any |= work->editions[i]->letters->count > 0;
		check_complete(work, work->editions[i]);
	}
	if (!any)
		return;
	struct mail *mail = work->mail = arena_new(&work->arena, sizeof *mail);
	mail->arena_count = work->options->jobs;
	mail->arenas = arena_array(&work->arena, mail->arena_count, sizeof *mail->arenas);
	for (size_t i = 0; i < mail->arena_count; i++)
		arena_init(&mail->arenas[i]);
	mail->waking = arena_array(&work->arena, shop->destination_count, sizeof *mail->waking);
	for (size_t i = 0; i < shop->destination_count; i++)
		waking_find(&mail->waking[i], &work->arena, shop, shop->destinations[i]);
	mail->lanes = arena_array(&work->arena, shop->language_count, sizeof *mail->lanes);
	for (size_t i = 0; i < shop->language_count; i++)
		plan_language(work, i);
}

static void put(struct work *work, const char *folder, struct str name, struct str bytes,
		struct str language)
{
	enum change change = publisher_put(work->publisher, folder, name, bytes);
	changes_add_file(&work->changes,
			 (struct file_change){
				 .path = str_format(&work->arena, "%s/%.*s", folder, STR(name)),
				 .language = language,
				 .change = change,
				 .reason = "the message, its figures, the channels or the date" });
}

void messages_publish(struct work *work)
{
	struct buf schedule = BUF_INIT;
	if (!work->mail)
		return;
	for (size_t i = 0; i < work->mail->part_count; i++) {
		const struct mail_part *part = &work->mail->parts[i];
		if (part->file.name.len)
			put(work, part->file.folder.text, part->file.name, part->file.bytes,
			    work->shop->languages[part->language].tag);
	}
	mail_schedule(work->shop, work->mail, &schedule);
	put(work, "messages", S("schedule.csv"), buf_str(&schedule), S(""));
	buf_release(&schedule);
}

void messages_release(struct work *work)
{
	for (size_t i = 0; work->mail && i < work->mail->arena_count; i++)
		arena_release(&work->mail->arenas[i]);
	work->mail = NULL;
}
