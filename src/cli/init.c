/* SPDX-License-Identifier: MIT */
/* upfront init DIR: the demo shop as a start, with the seller's own name and address in it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/demo.h"
#include "shop/money.h"
#include "shop/place.h"

static const char howto[] =
	"# Your shop\n"
	"\n"
	"Everything here is an example with made-up figures. Replace it table by table:\n"
	"\n"
	"1. `content/shop.csv`: who you are. One key a line.\n"
	"2. `content/products.csv`: one row a product, or the export of your shop system as it is.\n"
	"3. `content/carriers.csv`, `zones.csv`, `rates.csv`: which services you use, where they go,\n"
	"   what they cost.\n"
	"4. `content/handling.csv`, `closures.csv`: how long packing takes, and when nobody packs.\n"
	"5. `content/ontime.csv` or `shipments.csv`: when parcels arrived. Delete the example first:\n"
	"   the pages promise what these numbers carry, and these are not yours.\n"
	"6. `content/customs.csv`, `tariffs.csv`, `charges.csv`: import rules with their sources. Look at\n"
	"   `checked_on` before you rely on one.\n"
	"7. `content/policy`, `faq`, `text`: the words, one folder a language.\n"
	"\n"
	"Then, in this folder:\n"
	"\n"
	"    upfront check          what is wrong, with file, line and column\n"
	"    upfront build          writes out/site; open out/site/index.html\n"
	"    upfront explain LAMP-1 DE\n"
	"\n"
	"`upfront help names` lists every name that a template or a text may use.\n";

/* What the questions ask for; the keys of shop.csv. */
struct question {
	const char *key, *text;
	char answer[200];
};

static bool answer_fits(const struct question *question)
{
	struct str answer = str_of(question->answer);
	struct currency currency;
	struct place place;
	if (strcmp(question->key, "currency") == 0)
		return currency_parse(answer, &currency);
	if (strcmp(question->key, "country") == 0)
		return place_parse(answer, &place);
	if (strcmp(question->key, "url") == 0)
		return str_starts(answer, "https://") || str_starts(answer, "http://");
	return str_index(answer, '"') == answer.len;
}

/* An empty answer keeps the example's. */
static void ask(struct question *question)
{
	for (;;) {
		fprintf(stderr, "%s: ", question->text);
		if (!fgets(question->answer, sizeof question->answer, stdin))
			question->answer[0] = 0;
		question->answer[strcspn(question->answer, "\r\n")] = 0;
		if (!question->answer[0] || answer_fits(question))
			return;
		fprintf(stderr, "that does not fit; ");
	}
}

/* shop.csv with the answers in the place of the example's values. */
static void answered(struct str csv, const struct question *questions, size_t count, struct buf *out)
{
	while (csv.len) {
		size_t len = str_index(csv, '\n');
		struct str line = str_sub(csv, 0, len), key = str_sub(line, 0, str_index(line, ','));
		csv = str_sub(csv, len + 1, csv.len);
		const struct question *found = NULL;
		for (size_t i = 0; i < count; i++)
			if (questions[i].answer[0] && str_is(key, questions[i].key))
				found = &questions[i];
		if (found)
			buf_addf(out, "%s,\"%s\"\n", found->key, found->answer);
		else
			buf_addf(out, "%.*s\n", STR(line));
	}
}

/* Writes one file below the folder, making the folders on its way. */
static int write_file(int root, struct str path, struct str bytes)
{
	int at = root;
	char name[256];
	for (;;) {
		size_t len = str_index(path, '/');
		if (len >= sizeof name) {
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path.text, len);
		name[len] = 0;
		if (len == path.len)
			break;
		int next = folder_open(at, name, true);
		if (at != root)
			folder_close(at);
		if (next < 0)
			return -1;
		at = next;
		path = str_sub(path, len + 1, path.len);
	}
	int result = file_create(at, name, bytes);
	if (at != root)
		folder_close(at);
	return result;
}

static int write_shop(int root, const struct question *questions, size_t count)
{
	struct demo demo = demo_files();
	struct str path, bytes;
	while (demo_next(&demo, &path, &bytes)) {
		struct buf own = BUF_INIT;
		if (str_is(path, "content/shop.csv")) {
			answered(bytes, questions, count, &own);
			bytes = buf_str(&own);
		}
		int result = write_file(root, path, bytes);
		buf_release(&own);
		if (result < 0)
			return -1;
	}
	return file_create(root, "HOWTO.md", str_of(howto));
}

enum status run_init(const struct command_line *line)
{
	struct question questions[] = {
		{ "name", "Name of the shop [Kiln & Cable]", "" },
		{ "url", "Its address on the web [https://kiln-and-cable.example]", "" },
		{ "email", "E-mail for buyers [that of the example]", "" },
		{ "country", "Country it ships from, two letters [CN]", "" },
		{ "currency", "Currency of your prices, three letters [EUR]", "" },
	};
	enum { QUESTIONS = sizeof questions / sizeof *questions };
	const char *dir = line->words[0];
	struct arena arena;
	struct str *names;
	size_t count;
	arena_init(&arena);
	int listed = file_list(&arena, dir, &names, &count);
	arena_release(&arena);
	if (listed == 0 && count) {
		fprintf(stderr, "upfront: '%s' is not empty; name a new folder\n", dir);
		return STATUS_USAGE;
	}
	for (size_t i = 0; !line->yes && isatty(STDIN_FILENO) && i < QUESTIONS; i++)
		ask(&questions[i]);
	int root = listed < 0 ? -1 : folder_open_path(dir, true);
	if (root < 0 || write_shop(root, questions, QUESTIONS) < 0) {
		fprintf(stderr, "upfront: error: cannot write into '%s': %s\n", dir, strerror(errno));
		folder_close(root);
		return STATUS_SYSTEM;
	}
	folder_close(root);
	if (!line->quiet)
		fprintf(stderr, "upfront: a shop stands in '%s'; read its HOWTO.md, then run 'upfront build %s'\n",
			dir, dir);
	return STATUS_DONE;
}
