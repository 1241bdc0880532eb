/* SPDX-License-Identifier: MIT */
/* Any bytes as a CSV file: its cells have places, and none is lost without a word. */
#include "fuzz.h"

#include "table/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena, scratch;
	struct row row;
	struct diag *diag = diag_new(fuzz_folder());
	struct table_options options = { .folder = fuzz_folder(), .country = "CN" };
	int columns[2];
	fuzz_file(data, size);
	arena_init(&arena);
	arena_init(&scratch);
	struct table *table = table_open(&arena, "input", &options, diag);
	columns[0] = table_column(table, "id");
	columns[1] = table_column(table, "price");
	table_decimal(table, columns, 2);
	table_name_unknown(table);
	for (int pass = 0; pass < 2; pass++) {
		while (table_next(table, &scratch, &row)) {
			const struct cell *cell = row_cell(&row, columns[0]);
			assert(str_is_utf8(cell->text));
			assert(cell->pos.line > 0);
			arena_reset(&scratch);
		}
		table_rewind(table);
	}
	table_close(table);
	fuzz_say(diag);
	diag_free(diag);
	arena_release(&arena);
	arena_release(&scratch);
	return 0;
}
