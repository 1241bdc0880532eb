/* SPDX-License-Identifier: MIT */
/*
 * A folder of files in, letters out; a letter and a lane in, three finished texts out. The closing
 * is the same under all letters of a channel, so it is put there and not in the files.
 */
#include "output/letter.h"

#include <string.h>

#include "base/file.h"
#include "output/support.h"

static const char *const after_names[] = { "payment", "dispatch", "delivery", "promise", "event" };

enum { AFTERS = sizeof after_names / sizeof *after_names };

const char *letter_after_name(enum letter_after after)
{
	return after_names[after];
}

static const struct front_matter *front_find(const struct markdown *file, const char *key)
{
	for (size_t i = 0; i < file->front_count; i++)
		if (str_is(file->front[i].key, key))
			return &file->front[i];
	return NULL;
}

static void check_front(const struct letter *letter, struct diag *diag)
{
	static const char *const known[] = { "event", "after", "day",     "ahead",
					     "for",   "when",  "subject", "short" };
	for (size_t i = 0; i < letter->file.front_count; i++) {
		const struct front_matter *front = &letter->file.front[i];
		bool found = false;
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			found |= str_is(front->key, known[k]);
		if (!found)
			diag_warning(diag, front->pos,
				     "'%.*s' has no meaning here; write event, after, day, ahead, "
				     "for, when, "
				     "subject or short",
				     STR(front->key));
	}
}

static void read_after(struct letter *letter, struct diag *diag)
{
	const struct front_matter *front = front_find(&letter->file, "after");
	letter->after = AFTER_EVENT;
	if (!front)
		return;
	for (size_t i = 0; i < AFTERS; i++)
		if (str_is(front->text, after_names[i])) {
			letter->after = (enum letter_after)i;
			return;
		}
	diag_error(diag, front->pos,
		   "'%.*s' is nothing that days can be counted from; write payment, dispatch, "
		   "delivery, "
		   "promise or event",
		   STR(front->text));
}

static bool is_day(struct str text, int64_t *day)
{
	return str_number(str_trim(text), day) && *day >= 0 && *day < PROMISE_DAYS;
}

/* `7` or `7-10`. */
static void read_days(struct letter *letter, struct diag *diag)
{
	const struct front_matter *front = front_find(&letter->file, "day");
	int64_t from = 0, to = 0;
	if (!front)
		return;
	size_t dash = str_index(front->text, '-');
	bool good = is_day(str_sub(front->text, 0, dash), &from);
	to = from;
	if (good && dash < front->text.len)
		good = is_day(str_sub(front->text, dash + 1, front->text.len), &to) && to >= from;
	if (!good)
		diag_error(diag, front->pos,
			   "'%.*s' is no day; write one from 0 to 90, or a span such as 7-10",
			   STR(front->text));
	letter->day_from = (int)from;
	letter->day_to = (int)to;
}

static void read_ahead(struct letter *letter, struct diag *diag)
{
	const struct front_matter *front = front_find(&letter->file, "ahead");
	int64_t ahead = 0;
	if (front && (!is_day(front->text, &ahead) || !ahead))
		diag_error(diag, front->pos, "'ahead' is a number of days from 1 to 90, not '%.*s'",
			   STR(front->text));
	letter->ahead = (int)ahead;
}

static const struct program *read_line(struct compiler *compiler, const struct letter *letter,
				       const char *key, struct diag *diag)
{
	if (!front_find(&letter->file, key))
		diag_error(diag, (struct pos){ .file = letter->path, .line = 1 },
			   "a message has a line '%s: ...' between the '---' on top", key);
	return markdown_front(compiler, &letter->file, key, ESCAPE_NONE);
}

static void read_channels(const struct shop *shop, struct letter *letter, struct diag *diag)
{
	const struct front_matter *front = front_find(&letter->file, "for");
	if (!front)
		return;
	letter->channels = front->text;
	struct str rest = front->text, word;
	while (str_next_word(&rest, &word)) {
		bool known = false;
		for (size_t i = 0; i < shop->channel_count; i++)
			known |= str_equal(shop->channels[i].id, word);
		if (!known)
			diag_warning(diag, front->pos, "'%.*s' is no channel of channels.csv",
				     STR(word));
	}
}

static void read_letter(struct letter *letter, struct compiler *compiler, const struct shop *shop,
			struct diag *diag)
{
	letter_compile(compiler, letter->path, &letter->file);
	if (!letter->file.source.text) /* could not be read: reported */
		return;
	const struct front_matter *event = front_find(&letter->file, "event");
	const struct front_matter *when = front_find(&letter->file, "when");
	letter->event = event ? event->text : letter->file.file;
	check_front(letter, diag);
	read_after(letter, diag);
	read_days(letter, diag);
	read_ahead(letter, diag);
	read_channels(shop, letter, diag);
	letter->subject = read_line(compiler, letter, "subject", diag);
	letter->brief = read_line(compiler, letter, "short", diag);
	if (when)
		letter->when = condition_compile(compiler, when->text, when->pos);
}

static const struct letter_words *find_words(struct arena *arena, struct compiler *compiler,
					     struct pos pos)
{
	static const char *const unknown[] = { "letter.greeting_plain", "sender.order",
					       "sender.item",           "sender.address",
					       "sender.tracking",       "sender.link" };
	struct letter_words *words = arena_new(arena, sizeof *words);
	words->greeting = message_find(compiler, S("letter.greeting"), pos, ESCAPE_NONE);
	words->reply = message_find(compiler, S("letter.reply"), pos, ESCAPE_NONE);
	words->contacts = message_find(compiler, S("letter.contacts"), pos, ESCAPE_NONE);
	words->contact = message_find(compiler, S("letter.contact"), pos, ESCAPE_NONE);
	words->questions = message_find(compiler, S("letter.questions"), pos, ESCAPE_NONE);
	words->sign = message_find(compiler, S("letter.sign"), pos, ESCAPE_NONE);
	words->up_to = message_find(compiler, S("letter.remedy_up_to"), pos, ESCAPE_NONE);
	words->days = message_find(compiler, S("letter.remedy_days"), pos, ESCAPE_NONE);
	for (size_t i = 0; i < SENDER_VALUES; i++)
		words->unknown[i] = message_find(compiler, str_of(unknown[i]), pos, ESCAPE_NONE);
	return words;
}

/* An event that is sent twice would reach the buyer twice. */
static void check_events(const struct letters *letters, struct diag *diag)
{
	for (size_t i = 0; i < letters->count; i++)
		for (size_t k = 0; k < i; k++)
			if (str_equal(letters->items[i].event, letters->items[k].event))
				diag_error(
					diag,
					(struct pos){ .file = letters->items[i].path, .line = 1 },
					"the event '%.*s' is that of '%s', too; give one of them "
					"another",
					STR(letters->items[i].event), letters->items[k].path);
}

static struct sought *find_phrases(struct arena *arena, const struct shop *shop, struct str tag)
{
	struct sought *phrases = arena_array(arena, shop->phrase_count, sizeof *phrases);
	for (size_t i = 0; i < shop->phrase_count; i++)
		if (str_equal(shop->phrases[i].language, tag))
			phrases[i] = words_sought(arena, shop->phrases[i].text);
	return phrases;
}

struct letters *letters_read(struct arena *arena, const struct shop *shop, struct str tag,
			     struct compiler *compiler, struct diag *diag)
{
	struct letters *letters = arena_new(arena, sizeof *letters);
	struct str folder = str_format(arena, "%s/content/messages/%.*s", shop->folder, STR(tag));
	struct str *names;
	size_t count;
	if (file_list(arena, folder.text, &names, &count) < 0)
		diag_error(diag, (struct pos){ .file = folder.text }, "cannot read this folder");
	letters->items = arena_array(arena, count, sizeof *letters->items);
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(names[i], ".md"))
			continue;
		struct letter *letter = &letters->items[letters->count++];
		letter->path =
			str_format(arena, "content/messages/%.*s/%.*s", STR(tag), STR(names[i]))
				.text;
		read_letter(letter, compiler, shop, diag);
	}
	letters->phrases = find_phrases(arena, shop, tag);
	if (letters->count)
		letters->words = find_words(
			arena, compiler, (struct pos){ .file = letters->items[0].path, .line = 1 });
	check_events(letters, diag);
	return letters;
}

bool letter_is_for(const struct letter *letter, const struct channel *channel)
{
	return letter->file.body && letter->subject && letter->brief &&
	       str_list_names(letter->channels, channel->id) &&
	       str_list_names(channel->events, letter->event);
}

/* Without what empty branches leave behind: doubled spaces, spaces at line ends, more than one
 * empty line. */
static struct str tidy(struct arena *arena, struct str text)
{
	char *out = arena_text(arena, text.len);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (c == '\r')
			continue;
		if (c == ' ' && (!len || out[len - 1] == ' ' || out[len - 1] == '\n'))
			continue;
		if (c == '\n') {
			while (len && out[len - 1] == ' ')
				len--;
			if (!len || (len > 1 && out[len - 1] == '\n' && out[len - 2] == '\n'))
				continue;
		}
		out[len++] = c;
	}
	return str_trim((struct str){ out, len });
}

bool letter_run(const struct letter_desk *desk, const struct program *program, struct arena *arena,
		struct str *text, struct str *trouble)
{
	struct buf out = BUF_INIT;
	bool done =
		program && program_run(program, desk->edition->words, desk->scope, &out, trouble);
	*text = done ? tidy(arena, buf_str(&out)) : S("");
	buf_release(&out);
	return done;
}

static void add_part(const struct letter_desk *desk, const struct program *program, struct buf *out)
{
	struct str text, trouble;
	if (!letter_run(desk, program, desk->arena, &text, &trouble) || !text.len)
		return;
	buf_add(out, S("\n\n"));
	buf_add(out, text);
}

static bool serves(const struct letter_desk *desk, const struct support *support, struct place to)
{
	const struct edition *e = desk->edition;
	return str_list_names(support->languages, e->shop->languages[e->language].tag) &&
	       str_list_names(support->countries, place_str(&to));
}

/* A way to reach the shop, a line. */
static bool write_contact(struct letter_desk *desk, const struct support *support, struct str *line)
{
	struct record *message = desk->message;
	struct str trouble;
	record_text(message, "contact", support->channel);
	record_text(message, "contact_address", support->address);
	record_text(message, "contact_days",
		    support_weekdays(desk->edition, desk->arena, support->days));
	record_text(message, "contact_hours", support_hours(desk->edition, desk->arena, support->hours));
	record_text(message, "contact_city", words_zone_city(desk->edition->words, desk->arena, support->timezone));
	record_yes(message, "contact_timed", support->hours.len > 0 && support->days);
	return letter_run(desk, desk->edition->letters->words->contact, desk->arena, line,
			  &trouble);
}

/* Every way that this buyer has. */
static void add_contacts(struct letter_desk *desk, struct place to, struct buf *out)
{
	const struct shop *shop = desk->edition->shop;
	bool begun = false;
	for (size_t i = 0; i < shop->support_count; i++) {
		struct str line;
		if (!serves(desk, &shop->supports[i], to) ||
		    !write_contact(desk, &shop->supports[i], &line))
			continue;
		if (!begun)
			add_part(desk, desk->edition->letters->words->contacts, out);
		begun = true;
		buf_addf(out, "\n%.*s", STR(line));
	}
}

static struct str *write_closing(struct letter_desk *desk, struct place to)
{
	const struct letter_words *words = desk->edition->letters->words;
	struct str *closing = arena_new(desk->arena, sizeof *closing);
	struct buf out = BUF_INIT;
	add_part(desk, words->reply, &out);
	if (desk->channel->contact == ANSWER_YES)
		add_contacts(desk, to, &out);
	if (desk->channel->links == ANSWER_YES)
		add_part(desk, words->questions, &out);
	add_part(desk, words->sign, &out);
	*closing = str_copy(desk->arena, buf_str(&out));
	buf_release(&out);
	return closing;
}

/* The closing for a country: few differ, by who can be reached from there. */
static struct str closing_of(struct letter_desk *desk, struct place to)
{
	const struct shop *shop = desk->edition->shop;
	struct buf key = BUF_INIT;
	for (size_t i = 0; i < shop->support_count; i++)
		buf_byte(&key, serves(desk, &shop->supports[i], to) ? '1' : '0');
	struct str *closing = map_find(&desk->closings, buf_str(&key));
	if (!closing) {
		closing = write_closing(desk, to);
		*map_put(&desk->closings, str_copy(desk->arena, buf_str(&key))) = closing;
	}
	buf_release(&key);
	return *closing;
}

/* A late parcel's day hangs on the lane; the others stand in the file. */
static void set_days(const struct letter *letter, const struct shop *shop,
		     const struct promise *promise, struct written_letter *written)
{
	int likely = promise->door.claim_days[CLAIM_90];
	int grace = shop->settings.grace_days > 0 ? shop->settings.grace_days : 0;
	written->day_from = letter->day_from;
	written->day_to = letter->day_to;
	if (letter->after == AFTER_PROMISE) {
		written->day_from = likely < 0 ? -1 : likely + grace + letter->day_from;
		written->day_to = likely < 0 ? -1 : likely + grace + letter->day_to;
	}
	if (letter->after == AFTER_EVENT)
		written->day_from = written->day_to = -1;
}

struct letter_desk *letter_desk_new(struct arena *arena, const struct edition *edition,
				    const struct letter *letter, const struct channel *channel)
{
	struct letter_desk *desk = arena_new(arena, sizeof *desk);
	*desk = (struct letter_desk){ .arena = arena,
				      .edition = edition,
				      .letter = letter,
				      .channel = channel,
				      .scope = edition_scope(edition, arena),
				      .message = record_new(arena, &message_shape),
				      .closings = { .arena = arena } };
	record_record(desk->scope, "message", desk->message);
	letter_fill_shared(desk);
	desk->subject = program_fold(arena, letter->subject, edition->words, desk->scope, NULL);
	desk->brief = program_fold(arena, letter->brief, edition->words, desk->scope, NULL);
	desk->body = program_fold(arena, letter->file.body, edition->words, desk->scope, NULL);
	return desk;
}

enum letter_outcome letter_write(struct letter_desk *desk, const struct letter_lane *lane,
				 struct arena *scratch, struct written_letter *written,
				 struct diag *diag)
{
	const struct letter *letter = desk->letter;
	const struct shop *shop = desk->edition->shop;
	struct str trouble = S("");
	letter_fill_lane(desk, lane, scratch);
	if (letter->when && condition_holds(letter->when, desk->scope) != 1)
		return LETTER_NOT_HERE;
	if (!letter_run(desk, desk->subject, scratch, &written->subject, &trouble) ||
	    !letter_run(desk, desk->brief, scratch, &written->brief, &trouble) ||
	    !letter_run(desk, desk->body, scratch, &written->body, &trouble)) {
		diag_error(
			diag, (struct pos){ .file = letter->path },
			"the message would write '%.*s', which is not known here; the README lists "
			"what message. can name",
			STR(trouble));
		return LETTER_FAILED;
	}
	struct buf body = BUF_INIT;
	buf_add(&body, written->body);
	buf_add(&body, closing_of(desk, shop->destinations[lane->destination]));
	written->body = str_copy(scratch, buf_str(&body));
	buf_release(&body);
	set_days(letter, shop, lane->promise, written);
	return LETTER_WRITTEN;
}
