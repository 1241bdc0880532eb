/* SPDX-License-Identifier: MIT */
/*
 * The header row in, named columns out. Names are compared folded: without case, spaces and
 * underscores, and in the one form that Unicode gives to what looks the same (NFKC).
 */
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/map.h"
#include "table/inside.h"

/* A header of more characters than this is compared by its first ones. */
enum { FOLD_MAX = 512, NAMED_MAX = 12 };

/* NFKC with case folding, by ICU; the text itself where that fails. */
static struct str fold_unicode(struct arena *arena, struct str name)
{
	UChar units[FOLD_MAX], folded[FOLD_MAX * 2];
	int32_t count = 0, folded_count, len = 0;
	UErrorCode status = U_ZERO_ERROR;
	if (name.len > FOLD_MAX)
		name.len = FOLD_MAX;
	u_strFromUTF8WithSub(units, FOLD_MAX, &count, name.text, (int32_t)name.len, 0xFFFD, NULL,
			     &status);
	const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
	folded_count = unorm2_normalize(normalizer, units, count, folded, FOLD_MAX * 2, &status);
	if (U_FAILURE(status))
		return name;
	char *text = arena_text(arena, FOLD_MAX * 6);
	u_strToUTF8(text, FOLD_MAX * 6, &len, folded, folded_count, &status);
	return U_FAILURE(status) ? name : (struct str){ text, (size_t)len };
}

struct str column_fold(struct arena *arena, struct str name)
{
	bool ascii = true;
	for (size_t i = 0; i < name.len; i++)
		ascii = ascii && (unsigned char)name.text[i] < 0x80;
	if (!ascii)
		name = fold_unicode(arena, name);
	char *text = arena_text(arena, name.len);
	size_t len = 0;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.text[i];
		if (c == ' ' || c == '_' || (c >= '\t' && c <= '\r'))
			continue;
		text[len++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
	}
	return (struct str){ text, len };
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does the text look like a language tag: `de`, `zh-Hant`, `pt_BR`? */
static bool is_language(struct str tag)
{
	size_t at = 0;
	while (at < tag.len && is_letter(tag.text[at]))
		at++;
	if (at < 2 || at > 3)
		return false;
	while (at < tag.len) {
		size_t from = ++at;
		if (tag.text[from - 1] != '-' && tag.text[from - 1] != '_')
			return false;
		while (at < tag.len &&
		       (is_letter(tag.text[at]) || (tag.text[at] >= '0' && tag.text[at] <= '9')))
			at++;
		if (at - from < 2 || at - from > 8)
			return false;
	}
	return true;
}

/* Splits `title:de` into the folded name and the language. */
static void name_column(struct table *table, struct column *column, struct str written)
{
	size_t colon = str_index(written, ':');
	struct str tag = str_trim(str_sub(written, colon + 1, written.len));
	bool translated = colon && colon < written.len && is_language(tag);
	column->language = translated ? tag : S("");
	column->name = column_fold(&table->own, translated ? str_sub(written, 0, colon) : written);
}

/* "products" of "content/products.csv". */
static struct str table_name(const struct table *table)
{
	const char *name = source_short_name(table->source.name);
	const char *slash = strrchr(name, '/');
	struct str base = str_of(slash ? slash + 1 : name);
	return str_ends(base, ".csv") ? str_sub(base, 0, base.len - 4) : base;
}

/* columns.csv: the seller's name of a column becomes ours. */
static void rename_columns(struct table *table)
{
	struct arena *own = &table->own;
	for (size_t i = 0; i < table->options.renaming_count; i++) {
		const struct renaming *renaming = &table->options.renamings[i];
		struct str file = renaming->table;
		if (str_ends(file, ".csv"))
			file.len -= 4;
		if (!str_equal_fold(file, table_name(table)))
			continue;
		struct str theirs = column_fold(own, renaming->theirs);
		struct column *found = NULL;
		for (size_t c = 0; c < table->file_count && !found; c++)
			if (str_equal(table->columns[c].written, theirs))
				found = &table->columns[c];
		if (!found) {
			diag_warning(table->diag, renaming->pos,
				     "%s has no column '%.*s' to be renamed", table->source.name,
				     STR(renaming->theirs));
			continue;
		}
		name_column(table, found, renaming->ours);
		found->renamed = true;
	}
}

bool columns_read(struct table *table, const struct raw_row *header)
{
	if (header->count > TABLE_COLUMNS_MAX) {
		diag_error(table->diag, (struct pos){ table->source.name, header->line, 0 },
			   "%zu columns are more than the limit of %d; leave out those that are "
			   "not needed",
			   header->count, TABLE_COLUMNS_MAX);
		return false;
	}
	table->file_count = table->count = header->count;
	table->columns = arena_array(&table->own, header->count, sizeof *table->columns);
	table->header_pos = (struct pos){ table->source.name, header->line, 0 };
	for (size_t i = 0; i < header->count; i++) {
		const struct raw_cell *cell = &header->cells[i];
		struct column *column = &table->columns[i];
		column->header =
			str_copy(&table->own, (struct str){ header->text + cell->from, cell->len });
		column->pos = (struct pos){ table->source.name, cell->line, cell->column };
		column->written = column_fold(&table->own, column->header);
		name_column(table, column, column->header);
	}
	rename_columns(table);
	return true;
}

void columns_check_doubles(struct table *table)
{
	struct map seen = { .arena = &table->own };
	for (size_t i = 0; i < table->file_count; i++) {
		struct column *column = &table->columns[i];
		/* systems repeat columns that mean nothing to us, such as further images */
		if (!column->name.len || (export_name(&table->mapping)[0] && !column->used))
			continue;
		struct str language = column_fold(&table->own, column->language);
		void **place = map_put(&seen, str_format(&table->own, "%.*s:%.*s",
							 STR(column->name), STR(language)));
		const struct column *first = *place;
		if (!first) {
			*place = column;
			continue;
		}
		diag_error(table->diag, column->pos,
			   "column '%.*s' means the same as '%.*s' at %u:%u; remove or rename one "
			   "of them",
			   STR(source_quote(column->header)), STR(source_quote(first->header)),
			   first->pos.line, first->pos.column);
	}
}

int columns_find(const struct table *table, struct str name, struct str language)
{
	for (size_t i = table->count; i-- > 0;)
		if (str_equal(table->columns[i].name, name) && name.len &&
		    str_equal_fold(table->columns[i].language, language))
			return (int)i;
	return -1;
}

int table_column(struct table *table, const char *name)
{
	struct str asked = str_of(name), folded = column_fold(&table->own, asked);
	size_t colon = str_index(asked, ':');
	int found = columns_find(table, folded, S(""));
	if (found < 0 && colon < asked.len)
		found = columns_find(table, column_fold(&table->own, str_sub(asked, 0, colon)),
				     str_sub(asked, colon + 1, asked.len));
	if (found >= 0) {
		table->columns[found].asked = true;
		return found;
	}
	for (size_t i = 0; i < table->missing_count; i++)
		if (str_is(table->missing[i], name))
			return -1;
	table->missing = arena_push(&table->own, table->missing, &table->missing_count,
				    sizeof *table->missing);
	table->missing[table->missing_count - 1] = str_copy(&table->own, str_of(name));
	return -1;
}

void table_translations(struct table *table, const char *name,
			void (*found)(void *context, struct str language, int column),
			void *context)
{
	struct str folded = column_fold(&table->own, str_of(name));
	for (size_t i = 0; i < table->file_count; i++) {
		struct column *column = &table->columns[i];
		if (!column->language.len || !str_equal(column->name, folded))
			continue;
		column->asked = true;
		found(context, column->language, (int)i);
	}
}

struct pos table_header_pos(const struct table *table, int column)
{
	if (column < 0 || (size_t)column >= table->count)
		return table->header_pos;
	return table->columns[column].pos;
}

void table_name_unknown(struct table *table)
{
	struct buf names = BUF_INIT;
	struct pos pos = table->header_pos;
	size_t count = 0;
	for (size_t i = 0; i < table->file_count; i++) {
		const struct column *column = &table->columns[i];
		if (column->asked || column->used || !column->header.len)
			continue;
		if (!count++)
			pos = column->pos;
		if (count > NAMED_MAX)
			continue;
		buf_addf(&names, "%s'%.*s'", count > 1 ? ", " : "",
			 STR(source_quote(column->header)));
		struct str meant =
			str_nearest(column->header, table->missing, table->missing_count);
		if (meant.len && !export_name(&table->mapping)[0])
			buf_addf(&names, " (did you mean '%.*s'?)", STR(meant));
	}
	if (count > NAMED_MAX)
		buf_addf(&names, " and %zu more", count - NAMED_MAX);
	if (count && export_name(&table->mapping)[0])
		diag_note(table->diag, pos, "columns of the export that are not needed: %.*s",
			  STR(buf_str(&names)));
	else if (count)
		diag_warning(table->diag, pos,
			     "unknown %s: %.*s; not used, unless content/columns.csv says what it "
			     "is to us",
			     count > 1 ? "columns" : "column", STR(buf_str(&names)));
	buf_release(&names);
}
