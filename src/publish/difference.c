/* SPDX-License-Identifier: MIT */
/*
 * In: two texts. Out: what is the same, gone and added. Words that both texts begin and end with are set
 * aside; between them Myers' greedy search for the shortest edit, given up beyond EDITS_MAX.
 */
#include "publish/difference.h"

#include <string.h>

#include "base/hash.h"

enum { EDITS_MAX = 250, AROUND = 36 /* bytes shown on either side of a change */ };

struct word {
	struct str text;
	uint64_t hash;
};

static bool is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Bytes of the word that begins here. A point or comma between digits belongs to the number. */
static size_t word_len(struct str s)
{
	size_t len = 1;
	if (s.text[0] == '<') {
		size_t end = str_index(s, '>');
		return end < s.len ? end + 1 : s.len;
	}
	if (is_blank(s.text[0])) {
		while (len < s.len && is_blank(s.text[len]))
			len++;
	} else if (is_letter(s.text[0])) {
		while (len < s.len &&
		       (is_letter(s.text[len]) ||
			((s.text[len] == '.' || s.text[len] == ',') && len + 1 < s.len &&
			 s.text[len - 1] >= '0' && s.text[len - 1] <= '9' &&
			 s.text[len + 1] >= '0' && s.text[len + 1] <= '9')))
			len++;
	}
	return len;
}

static struct word *split(struct arena *arena, struct str text, size_t *count)
{
	struct word *words = arena_array(arena, text.len + 1, sizeof *words);
	*count = 0;
	while (text.len) {
		size_t len = word_len(text);
		struct str word = str_sub(text, 0, len);
		words[(*count)++] = (struct word){ word, hash_str(word, 0) };
		text = str_sub(text, len, text.len);
	}
	return words;
}

static bool same(const struct word *a, const struct word *b)
{
	return a->hash == b->hash && str_equal(a->text, b->text);
}

struct walk {
	struct arena *arena;
	const struct word *a, *b; /* old and new, what both begin and end with left away */
	int n, m;
	struct stretch *stretches;
	size_t count;
};

/* Adds a word, to the last stretch where it goes on there. */
static void add(struct walk *walk, enum stretch_kind kind, struct str text)
{
	struct stretch *last = walk->count ? &walk->stretches[walk->count - 1] : NULL;
	if (last && last->kind == kind && last->text.text + last->text.len == text.text) {
		last->text.len += text.len;
		return;
	}
	walk->stretches[walk->count++] = (struct stretch){ kind, text };
}

static void replace_all(struct walk *walk)
{
	for (int i = 0; i < walk->n; i++)
		add(walk, STRETCH_GONE, walk->a[i].text);
	for (int i = 0; i < walk->m; i++)
		add(walk, STRETCH_ADDED, walk->b[i].text);
}

/*
 * Forward rounds: reach[k] is how far in `a` d edits lead on diagonal k (a minus b). Every round's
 * reach is kept, so that the way can be gone back. Returns the number of edits, -1 beyond the limit.
 */
static int search(const struct walk *walk, int (*rounds)[2 * EDITS_MAX + 3])
{
	int reach[2 * EDITS_MAX + 3] = { 0 };
	for (int d = 0; d <= EDITS_MAX; d++) {
		memcpy(rounds[d], reach, sizeof reach);
		for (int k = -d; k <= d; k += 2) {
			int *at = &reach[k + EDITS_MAX + 1];
			int x = k == -d || (k != d && at[-1] < at[1]) ? at[1] : at[-1] + 1;
			while (x < walk->n && x - k < walk->m && x - k >= 0 &&
			       same(&walk->a[x], &walk->b[x - k]))
				x++;
			*at = x;
			if (k == walk->n - walk->m && x >= walk->n)
				return d;
		}
	}
	return -1;
}

/* One step of the way, told from its end; turned round afterwards. */
struct step {
	enum stretch_kind kind;
	struct str text;
};

static void go_back(struct walk *walk, int edits, int (*rounds)[2 * EDITS_MAX + 3])
{
	struct step *steps = arena_array(walk->arena, (size_t)(walk->n + walk->m) + 1, sizeof *steps);
	size_t count = 0;
	int x = walk->n, y = walk->m;
	for (int d = edits; d > 0; d--) {
		int k = x - y;
		const int *at = &rounds[d][k + EDITS_MAX + 1];
		bool down = k == -d || (k != d && at[-1] < at[1]);
		int from = down ? at[1] : at[-1];
		int start = down ? from : from + 1; /* in `a`, behind the edit */
		while (x > start) {
			steps[count++] = (struct step){ STRETCH_SAME, walk->a[x - 1].text };
			x--, y--;
		}
		if (down)
			steps[count++] = (struct step){ STRETCH_ADDED, walk->b[--y].text };
		else
			steps[count++] = (struct step){ STRETCH_GONE, walk->a[--x].text };
	}
	for (; x > 0; x--)
		steps[count++] = (struct step){ STRETCH_SAME, walk->a[x - 1].text };
	while (count--)
		add(walk, steps[count].kind, steps[count].text);
}

static void between(struct walk *walk)
{
	if (!walk->n || !walk->m) {
		replace_all(walk);
		return;
	}
	int(*rounds)[2 * EDITS_MAX + 3] =
		arena_array(walk->arena, EDITS_MAX + 1, sizeof *rounds);
	int edits = search(walk, rounds);
	if (edits < 0)
		replace_all(walk);
	else
		go_back(walk, edits, rounds);
}

size_t difference_find(struct arena *arena, struct str before, struct str now,
		       struct stretch **stretches)
{
	size_t old_count, new_count, head = 0, tail = 0;
	const struct word *old = split(arena, before, &old_count);
	const struct word *new = split(arena, now, &new_count);
	*stretches = NULL;
	if (str_equal(before, now))
		return 0;
	while (head < old_count && head < new_count && same(&old[head], &new[head]))
		head++;
	while (tail < old_count - head && tail < new_count - head &&
	       same(&old[old_count - 1 - tail], &new[new_count - 1 - tail]))
		tail++;
	struct walk walk = { .arena = arena,
			     .a = old + head,
			     .b = new + head,
			     .n = (int)(old_count - head - tail),
			     .m = (int)(new_count - head - tail) };
	walk.stretches = arena_array(arena, old_count + new_count + 1, sizeof *walk.stretches);
	for (size_t i = 0; i < head; i++)
		add(&walk, STRETCH_SAME, old[i].text);
	between(&walk);
	for (size_t i = 0; i < tail; i++)
		add(&walk, STRETCH_SAME, old[old_count - tail + i].text);
	*stretches = walk.stretches;
	return walk.count;
}

/* The text with each run of blanks as one. */
static void add_line(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_blank(text.text[i]))
			buf_byte(out, text.text[i]);
		else if (out->len && out->text[out->len - 1] != ' ')
			buf_byte(out, ' ');
}

/* Moves a cut back to the beginning of a word, or at least of a character. */
static size_t on_word(struct str text, size_t at)
{
	size_t word = at;
	while (word > 0 && at - word < AROUND && !is_blank(text.text[word]) &&
	       text.text[word] != '<')
		word--;
	if (at - word < AROUND)
		return word;
	while (at < text.len && ((unsigned char)text.text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void show_same(struct buf *out, struct str text, bool first, bool last)
{
	size_t head = first ? 0 : AROUND, tail = last ? 0 : AROUND;
	if (text.len <= head + tail + AROUND) {
		size_t from = first && text.len > tail ? on_word(text, text.len - tail) : 0;
		size_t to = last && text.len > head ? on_word(text, head) : text.len;
		if (from)
			buf_add(out, S("..."));
		add_line(out, str_sub(text, from, to - from));
		if (to < text.len)
			buf_add(out, S("..."));
		return;
	}
	add_line(out, str_sub(text, 0, on_word(text, head)));
	buf_add(out, S("..."));
	size_t from = on_word(text, text.len - tail);
	add_line(out, str_sub(text, from, text.len));
}

void difference_show(struct buf *out, const struct stretch *stretches, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (stretches[i].kind == STRETCH_SAME) {
			show_same(out, stretches[i].text, i == 0, i + 1 == count);
			continue;
		}
		bool gone = stretches[i].kind == STRETCH_GONE;
		buf_add(out, gone ? S("[-") : S("{+"));
		add_line(out, stretches[i].text);
		buf_add(out, gone ? S("-]") : S("+}"));
	}
}
