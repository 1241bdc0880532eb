/* SPDX-License-Identifier: MIT */
/*
 * content/advice.csv in, the report on it out: each piece of advice, where it is carried out, and
 * whether that is there. A place is `policy:ID`, `faq:ID`, `message:ID`, `text:KEY`, `page:NAME#ID`
 * (a template and the id of a block in it), `listing:BLOCK`, `table:FILE`, `setting:KEY`,
 * `report:FILE`, `check:WORDS`.
 */
#include "review/inside.h"

#include "base/file.h"
#include "table/table.h"
#include "table/write.h"

enum { TEMPLATE_MAX = 4 << 20 };

struct register_of {
	struct arena *arena;
	const struct shop *shop;
	const struct edition *edition;
	const struct library *library;
	struct map templates; /* by path: its text */
};

/* What is known of one place. */
struct carried {
	struct str file;   /* where it lies; empty when nowhere */
	struct str lacks;  /* why it is not carried out: the data that are missing; empty when it is */
};

static struct str file_text(struct register_of *reg, struct str path)
{
	void **there = map_put(&reg->templates, path);
	if (!*there) {
		struct buf text = BUF_INIT;
		struct str *kept = arena_new(reg->arena, sizeof *kept);
		struct str full = str_format(reg->arena, "%s/%.*s", reg->shop->folder, STR(path));
		*kept = file_read(full.text, TEMPLATE_MAX, &text) == 0 ?
				str_copy(reg->arena, buf_str(&text)) :
				S("");
		buf_release(&text);
		*there = kept;
	}
	return *(struct str *)*there;
}

static bool contains(struct str text, struct str part)
{
	return str_find(text, part) < text.len;
}

/* Is a section or question among those that the shop's facts call for? */
static bool is_shown(const struct register_of *reg, const char *list, struct str id)
{
	struct list shown = record_at(reg->edition->root, list)->list;
	for (size_t i = 0; i < shown.count; i++)
		if (str_equal(shown.records[i]->key, id))
			return true;
	return false;
}

static struct carried markdown_carries(struct register_of *reg, const char *folder,
				       const char *list, struct str id)
{
	struct str name = str_format(reg->arena, "%s/%.*s", folder, STR(id));
	const struct written *written = library_find(reg->library, name);
	if (!written)
		return (struct carried){ S(""), str_format(reg->arena, "content/%.*s.md", STR(name)) };
	struct str file = str_of(written->pos.file);
	bool shown = !list || is_shown(reg, list, id);
	return (struct carried){ file, shown ? S("") : written_front(written, "when") };
}

/* Does the template, or a part that it takes in, hold the text? */
static bool template_holds(struct register_of *reg, struct str text, struct str sought)
{
	static const char include[] = "u:include=\"";
	if (contains(text, sought))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_sub(text, i, text.len);
		if (!str_starts(rest, include))
			continue;
		struct str path = str_sub(rest, sizeof include - 1, rest.len);
		path = str_sub(path, 0, str_index(path, '"'));
		if (contains(file_text(reg, str_format(reg->arena, "templates/%.*s", STR(path))),
			     sought))
			return true;
	}
	return false;
}

static struct carried page_carries(struct register_of *reg, struct str place)
{
	size_t hash = str_index(place, '#');
	struct str file = str_format(reg->arena, "templates/%.*s.html", STR(str_sub(place, 0, hash)));
	struct str id = str_sub(place, hash + 1, place.len);
	struct str quoted = str_format(reg->arena, "id=\"%.*s\"", STR(id));
	struct str text = file_text(reg, file);
	bool there = text.len && (!id.len || template_holds(reg, text, quoted));
	return (struct carried){ file, there ? S("") : file };
}

static struct carried table_carries(struct register_of *reg, struct str name)
{
	struct str file = str_format(reg->arena, "content/%.*s", STR(name));
	struct file_stat stat;
	bool there = file_look(str_format(reg->arena, "%s/%.*s", reg->shop->folder, STR(file)).text,
			       &stat) == 0;
	return (struct carried){ file, there ? S("") : file };
}

/* A key of shop.csv counts when its row is there. */
static struct carried setting_carries(struct register_of *reg, struct str key)
{
	struct str row = str_format(reg->arena, "\n%.*s", STR(key));
	bool there = contains(file_text(reg, S("content/shop.csv")), row);
	return (struct carried){ S("content/shop.csv"), there ? S("") : key };
}

static struct carried text_carries(struct register_of *reg, struct str key)
{
	const struct written *written =
		library_find(reg->library, str_format(reg->arena, "text/%.*s", STR(key)));
	return written ? (struct carried){ str_of(written->pos.file), S("") } :
			 (struct carried){ S(""), str_format(reg->arena, "text %.*s", STR(key)) };
}

/* False when there is no such kind of place. */
static bool place_carries(struct register_of *reg, struct str place, struct carried *carried)
{
	size_t colon = str_index(place, ':');
	struct str kind = str_sub(place, 0, colon), name = str_sub(place, colon + 1, place.len);
	if (str_is(kind, "policy"))
		*carried = markdown_carries(reg, "policy", "policy", name);
	else if (str_is(kind, "faq"))
		*carried = markdown_carries(reg, "faq", "faq", name);
	else if (str_is(kind, "message"))
		*carried = markdown_carries(reg, "messages", NULL, name);
	else if (str_is(kind, "page"))
		*carried = page_carries(reg, name);
	else if (str_is(kind, "table"))
		*carried = table_carries(reg, name);
	else if (str_is(kind, "setting"))
		*carried = setting_carries(reg, name);
	else if (str_is(kind, "text"))
		*carried = text_carries(reg, name);
	else if (str_is(kind, "listing"))
		*carried = reg->shop->listing_count ?
				   (struct carried){ S("templates/listing.html"), S("") } :
				   (struct carried){ S(""), S("content/listings.csv") };
	else if (str_is(kind, "report"))
		*carried = (struct carried){ str_format(reg->arena, "out/report/%.*s", STR(name)),
					     S("") };
	else if (str_is(kind, "check"))
		*carried = (struct carried){ S("upfront check"), S("") };
	else
		return false;
	return true;
}

static void add_row(struct buf *out, const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(out, ',');
		write_cell(out, cells[i]);
	}
	buf_byte(out, '\n');
}

static void report(struct register_of *reg, const struct row *row, const int *columns,
		   struct buf *out, struct diag *diag)
{
	const struct cell *advice = row_cell(row, columns[0]), *about = row_cell(row, columns[1]);
	const struct cell *where = row_cell(row, columns[2]);
	struct str rest = where->text, place;
	bool any = false;
	while (str_next_word(&rest, &place)) {
		struct carried carried;
		any = true;
		if (!place_carries(reg, place, &carried)) {
			diag_warning(diag, where->pos,
				     "there is no place '%.*s'; it begins with policy: faq: message: text: "
				     "page: listing: table: setting: report: or check:",
				     STR(place));
			continue;
		}
		struct str cells[] = { advice->text, about->text,
				       carried.lacks.len ? S("missing") : S("carried out"), place,
				       carried.file, carried.lacks };
		add_row(out, cells, sizeof cells / sizeof *cells);
	}
	struct str none[] = { advice->text, about->text, S("out of scope"), S(""), S(""), S("") };
	if (!any)
		add_row(out, none, sizeof none / sizeof *none);
}

void review_advice(struct arena *arena, const struct shop *shop, const struct edition *edition,
		   struct buf *out, struct diag *diag)
{
	struct table *table = table_open(arena, "content/advice.csv", &shop->reading, diag);
	int columns[] = { table_column(table, "advice"), table_column(table, "about"),
			  table_column(table, "where") };
	struct library library;
	struct register_of reg = { arena, shop, edition, &library, { .arena = arena } };
	struct row row;
	if (table_exists(table)) {
		library_read(&library, arena, shop, edition);
		buf_add(out, S("advice,about,status,where,file,lacks\n"));
		while (table_next(table, arena, &row))
			report(&reg, &row, columns, out, diag);
		table_name_unknown(table);
	}
	table_close(table);
}
