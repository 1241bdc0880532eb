/* SPDX-License-Identifier: MIT */
/*
 * In: the shop folder. Out: two hashes over everything a build depends on. When they are what
 * they were, nothing can have changed, and the build is over before it began.
 */
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "build/work.h"

enum { DEPTH_MAX = 8 };

static bool cannot_read(struct work *work, const char *path)
{
	buf_addf(&work->result->trouble, "cannot read '%s': %s", path, strerror(errno));
	return false;
}

/* Reads in pieces, so that a catalog of any size needs the memory of one. */
static bool hash_file(struct work *work, const char *path, uint64_t *hash)
{
	struct file_reader *reader = file_reader_open(path);
	struct str piece = S("");
	if (!reader)
		return cannot_read(work, path);
	bool good = true;
	do {
		good = file_reader_next(reader, &piece) == 0;
		*hash = hash_str(piece, *hash);
	} while (good && piece.len);
	file_reader_close(reader);
	return good || cannot_read(work, path);
}

static bool hash_folder(struct work *work, const char *path, int depth)
{
	struct str *names;
	size_t count;
	if (depth > DEPTH_MAX)
		return true;
	if (file_list(&work->arena, path, &names, &count) < 0)
		return cannot_read(work, path);
	for (size_t i = 0; i < count; i++) {
		struct file_stat stat;
		struct str below = str_format(&work->arena, "%s/%.*s", path, STR(names[i]));
		if (file_look(below.text, &stat) < 0)
			return cannot_read(work, below.text);
		if (names[i].text[0] == '.')
			continue;
		if (stat.is_folder) {
			if (!hash_folder(work, below.text, depth + 1))
				return false;
			continue;
		}
		uint64_t hash = hash_str(names[i], 0);
		if (!hash_file(work, below.text, &hash))
			return false;
		work->inputs = hash_number(hash, work->inputs);
		if (!str_is(names[i], "products.csv"))
			work->context = hash_number(hash, work->context);
	}
	return true;
}

/* What was pasted since the last build: the desk shows it, and listings keep their figures by it. */
static bool hash_ledger(struct work *work)
{
	struct file_stat stat;
	struct str path = str_format(&work->arena, "%s/.upfront/ledger.csv", work->options->out);
	return work->options->check_only || file_look(path.text, &stat) < 0 ||
	       hash_file(work, path.text, &work->inputs);
}

bool inputs_digest(struct work *work)
{
	const struct build_options *options = work->options;
	struct str version = str_format(&work->arena, "%s %.*s", UPFRONT_VERSION,
					STR(words_version(&work->arena)));
	uint64_t start = hash_number((uint64_t)options->date, hash_str(version, 0));
	/* another build of the program may render otherwise; where it cannot be read its version has to do */
	struct file_reader *self = file_reader_open("/proc/self/exe");
	struct str piece = S("");
	while (self && file_reader_next(self, &piece) == 0 && piece.len)
		start = hash_str(piece, start);
	file_reader_close(self);
	work->inputs = work->context = hash_number(options->reports, start);
	static const char *const folders[] = { "content", "templates" };
	for (size_t i = 0; i < 2; i++) {
		struct str path = str_format(&work->arena, "%s/%s", options->folder, folders[i]);
		if (!hash_folder(work, path.text, 0))
			return false;
	}
	return hash_ledger(work);
}
