/* SPDX-License-Identifier: MIT */
/*
 * In: letters, channels and lanes. Out: the files below messages/. Languages are shared out among
 * the workers. The shop's first language is written for every country, the others for those in
 * which they are read; one that is read in none of them, as Russian in a shop that does not send
 * to Russia, has its buyers anywhere, and is written for every country too.
 */
#include "base/map.h"
#include "build/mail.h"
#include "build/work.h"
#include "output/scope.h"
#include "table/write.h"

/* One letter on its way to all lanes of a channel. */
struct mailing {
	struct work *work;
	struct mail_language *mail;
	const struct edition *edition;
	const struct letter *letter;
	size_t channel;
	struct letter_desk *desk;
	struct mail_text **texts; /* the distinct ones, in the order of writing */
	size_t text_count;
	struct map by_bytes;
	struct buf bytes; /* of the text at hand */
	struct arena scratch;
	struct arena own; /* of the letter on one channel */
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
		       struct mail_language *mail)
{
	const struct shop *shop = work->shop;
	const struct handling *handling = scope_handling(shop);
	bool everywhere = edition->language == 0 || edition->home == SIZE_MAX;
	mail->lanes = arena_array(&mail->arena, shop->service_count * shop->destination_count,
				  sizeof *mail->lanes);
	for (size_t s = 0; s < shop->service_count; s++)
		for (size_t d = 0; d < shop->destination_count; d++) {
			const struct service *service = &shop->services[s];
			struct place to = shop->destinations[d], from = service->ships_from;
			const struct zone *zone = service_zone(service, to);
			if (!zone || !zone->rate_count || (!everywhere && !is_home(edition, to)))
				continue;
			mail->lanes[mail->lane_count++] = (struct letter_lane){
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
	text = arena_new(&m->mail->arena, sizeof *text);
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
	const struct channel *channel = &m->work->shop->channels[m->channel];
	struct mail_language *mail = m->mail;
	struct written_letter written;
	bool new;
	arena_reset(&m->scratch);
	enum letter_outcome outcome =
		letter_write(m->desk, lane, &m->scratch, &written, m->work->diag);
	if (outcome != LETTER_WRITTEN)
		return outcome == LETTER_NOT_HERE;
	mail->rows = arena_push(&mail->arena, mail->rows, &mail->row_count, sizeof *mail->rows);
	mail->rows[mail->row_count - 1] = (struct mail_row){
		.letter = m->letter,
		.channel = m->channel,
		.lane = lane,
		.text = keep_text(m, &written, lane, &new),
		.day_from = written.day_from,
		.day_to = written.day_to,
	};
	if (new)
		letter_lint(m->edition, m->letter, channel, &written, m->work->diag);
	return true;
}

/* Do all rows of the service have this text? */
static bool is_common(const struct mail_row *rows, size_t count, const struct mail_text *text)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].lane->service == text->first->service && rows[i].text != text)
			return false;
	return true;
}

/* Names the texts after their first lane, as shortly as tells them apart. */
static void name_texts(struct mailing *m, const struct mail_row *rows, size_t count)
{
	for (size_t i = 0; i < m->text_count; i++) {
		struct mail_text *text = m->texts[i];
		struct place to = m->work->shop->destinations[text->first->destination];
		struct str service = text->first->service->id;
		text->name = m->text_count == 1 ? S("all")
			     : is_common(rows, count, text)
				     ? service
				     : str_format(&m->mail->arena, "%.*s-%.*s", STR(service),
						  STR(place_str(&to)));
	}
}

static void add_file(struct mailing *m)
{
	struct mail_language *mail = m->mail;
	const struct shop *shop = m->work->shop;
	struct buf folder = BUF_INIT, bytes = BUF_INIT;
	buf_addf(&folder, "messages/%.*s/", STR(shop->languages[m->edition->language].tag));
	slug_add(&folder, &m->scratch, m->letter->event);
	buf_add(&bytes, S("text,subject,short,long\n"));
	for (size_t i = 0; i < m->text_count; i++) {
		const struct mail_text *text = m->texts[i];
		const struct str cells[] = { text->name, text->subject, text->brief, text->body };
		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
			write_cell(&bytes, cells[c]);
			buf_byte(&bytes, c < 3 ? ',' : '\n');
		}
	}
	mail->files = arena_push(&mail->arena, mail->files, &mail->file_count, sizeof *mail->files);
	mail->files[mail->file_count - 1] = (struct mail_file){
		str_copy(&mail->arena, buf_str(&folder)),
		str_format(&mail->arena, "%.*s.csv", STR(shop->channels[m->channel].id)),
		str_copy(&mail->arena, buf_str(&bytes)),
	};
	buf_release(&folder);
	buf_release(&bytes);
}

static bool speaks(const struct channel *channel, struct str tag)
{
	return str_list_names(channel->languages, tag);
}

static void write_letter(struct mailing *m)
{
	const struct shop *shop = m->work->shop;
	const struct channel *channel = &shop->channels[m->channel];
	size_t start = m->mail->row_count;
	bool good = letter_is_for(m->letter, channel) &&
		    speaks(channel, shop->languages[m->edition->language].tag);
	arena_reset(&m->own);
	m->texts = NULL;
	m->text_count = 0;
	m->by_bytes = (struct map){ .arena = &m->own };
	if (good)
		m->desk = letter_desk_new(&m->own, m->edition, m->letter, channel);
	for (size_t i = 0; good && i < m->mail->lane_count; i++)
		good = write_lane(m, &m->mail->lanes[i]);
	if (!m->text_count)
		return;
	name_texts(m, m->mail->rows + start, m->mail->row_count - start);
	add_file(m);
}

static void write_language(struct mailing *m)
{
	const struct letters *letters = m->edition->letters;
	if (letters->count)
		find_lanes(m->work, m->edition, m->mail);
	for (size_t i = 0; i < letters->count; i++)
		for (m->channel = 0; m->channel < m->work->shop->channel_count; m->channel++) {
			m->letter = &letters->items[i];
			write_letter(m);
		}
}

static bool take_language(struct work *work, size_t *language)
{
	pthread_mutex_lock(&work->lock);
	*language = work->mail->next++;
	pthread_mutex_unlock(&work->lock);
	return *language < work->shop->language_count;
}

void messages_write(struct work *work)
{
	for (size_t l; work->mail && take_language(work, &l);) {
		struct mailing m = { .work = work,
				     .mail = &work->mail->languages[l],
				     .edition = work->editions[l] };
		arena_init(&m.mail->arena);
		arena_init(&m.scratch);
		arena_init(&m.own);
		write_language(&m);
		arena_release(&m.own);
		arena_release(&m.scratch);
		buf_release(&m.bytes);
	}
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
	struct mail *mail = arena_new(&work->arena, sizeof *mail);
	mail->languages = arena_array(&work->arena, shop->language_count, sizeof *mail->languages);
	mail->waking = arena_array(&work->arena, shop->destination_count, sizeof *mail->waking);
	for (size_t i = 0; i < shop->destination_count; i++)
		waking_find(&mail->waking[i], &work->arena, shop, shop->destinations[i]);
	work->mail = mail;
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
	for (size_t l = 0; l < work->shop->language_count; l++)
		for (size_t i = 0; i < work->mail->languages[l].file_count; i++) {
			const struct mail_file *file = &work->mail->languages[l].files[i];
			put(work, file->folder.text, file->name, file->bytes,
			    work->shop->languages[l].tag);
		}
	mail_schedule(work->shop, work->mail, &schedule);
	put(work, "messages", S("schedule.csv"), buf_str(&schedule), S(""));
	buf_release(&schedule);
}

void messages_release(struct work *work)
{
	for (size_t l = 0; work->mail && l < work->shop->language_count; l++)
		arena_release(&work->mail->languages[l].arena);
	work->mail = NULL;
}
