/* SPDX-License-Identifier: MIT */
/*
 * Feeds a fuzz target with the files it is given, or those of the folders it is given, and with
 * each of them cut short: what a fuzzer found once is a test from then on, without a fuzzer.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 64, PATH_ROOM = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *read_whole(FILE *file, size_t *size)
{
	uint8_t *bytes = NULL;
	size_t room = 0;
	*size = 0;
	do {
		room = room ? room * 2 : 4096;
		bytes = realloc(bytes, room);
		if (!bytes)
			abort();
		*size += fread(bytes + *size, 1, room - *size, file);
	} while (*size == room);
	return bytes;
}

/* An exact copy on the heap, so that a sanitizer sees a read behind the end. */
static void feed(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static int replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return 1;
	}
	size_t size;
	uint8_t *bytes = read_whole(file, &size);
	fclose(file);
	feed(bytes, size);
	size_t step = size / CUTS + 1;
	for (size_t cut = 0; cut < size; cut += step)
		feed(bytes, cut);
	free(bytes);
	return 0;
}

static int replay_folder(const char *path, DIR *folder, int *files)
{
	int failed = 0;
	struct dirent *entry;
	while ((entry = readdir(folder))) {
		char full[PATH_ROOM];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(full, sizeof full, "%s/%s", path, entry->d_name);
		failed |= replay_file(full);
		++*files;
	}
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0, files = 0;
	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		if (!folder) {
			failed |= replay_file(argv[i]);
			files++;
			continue;
		}
		failed |= replay_folder(argv[i], folder, &files);
		closedir(folder);
	}
	if (!files) {
		fputs("no seeds: name files or a folder of them\n", stderr);
		return 1;
	}
	printf("%d seeds\n", files);
	return failed;
}
