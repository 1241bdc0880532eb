/* SPDX-License-Identifier: MIT */
/* Words that are found however they are written, and where; and words that are not there. */
#include "oracle.h"

#include "words/sought.h"

/* `found` is the text from the first byte of what is found on; NULL: nothing is. */
static void found(const char *text, const char *words, const char *found_at)
{
	struct arena arena;
	arena_init(&arena);
	struct sought in = words_sought(&arena, str_of(text)),
		      what = words_sought(&arena, str_of(words));
	size_t at = sought_find(&in, &what);
	if ((at == SIZE_MAX) != !found_at || (found_at && strcmp(text + at, found_at) != 0))
		fail_msg("'%s' in '%s': at '%s', expected '%s'", words, text,
			 at == SIZE_MAX ? "nowhere" : text + at, found_at ? found_at : "nowhere");
	arena_release(&arena);
}

static void case_and_hyphens_do_not_matter(void **state)
{
	(void)state;
	found("A FIVE-STAR rating", "five star", "FIVE-STAR rating");
	found("five \n  star", "five-star", "five \n  star");
	found("Größte RÜCKSICHT", "rücksicht", "RÜCKSICHT");
	found("Оставьте ОТЗЫВ", "отзыв", "ОТЗЫВ");
	found("ещё", "еще", "ещё");
	found("Ｓａｌｅ", "sale", "Ｓａｌｅ");
	found("don’t", "don't", "don’t");
}

static void turkish_letters_are_found_in_capitals(void **state)
{
	(void)state;
	found("BÜYÜK İNDİRİM", "indirim", "İNDİRİM");
	found("BEŞ YILDIZ", "yıldız", "YILDIZ");
	found("bes yildiz", "beş yıldız", "bes yildiz");
	found("Değerlendirmenizi", "DEĞERLENDİR", "Değerlendirmenizi");
}

static void arabic_is_found_with_and_without_its_signs(void **state)
{
	(void)state;
	found("تقييماً إيجابياً", "تقييما ايجابيا", "تقييماً إيجابياً");
	found("نرجو تقييمكم", "تقييم", "تقييمكم");
	found("وبتقييمكم", "تقييم", "تقييمكم");
	found("قَيِّمونا", "قيمونا", "قَيِّمونا");
	found("قسيمه", "قسيمة", "قسيمه");
	found("تقـــييم", "تقييم", "تقـــييم");
}

static void scripts_without_spaces_are_searched_inside(void **state)
{
	(void)state;
	found("请给我们五星好评", "五星", "五星好评");
	found("ご注文のレビューを", "レビュー", "レビューを");
	found("ﾚﾋﾞｭｰを", "レビュー", "ﾚﾋﾞｭｰを");
	found("星５をお願い", "星5", "星５をお願い");
	found("구매후기를", "후기", "후기를");
	found("별 다섯개", "별 다섯 개", "별 다섯개");
	found("별다섯 개", "별 다섯 개", "별다섯 개");
	found("五\n星", "五星", "五\n星");
}

static void words_begin_where_a_word_begins(void **state)
{
	(void)state;
	found("a preview", "review", NULL);
	found("a preview, a review", "review", "review");
	found("reviewed", "review", "reviewed");
	found("переоценка", "оценка", NULL);
	found("çıldız", "ıldız", NULL);
	found("(Rabatt)", "rabatt", "Rabatt)");
	found("3for2", "for", "for2");
}

static void nothing_is_found_nowhere(void **state)
{
	(void)state;
	found("", "review", NULL);
	found("review", "", NULL);
	found("revie", "review", NULL);
	found("리뷴", "리뷰", NULL);
	found("\xff\xfe", "review", NULL);
	found("\xff review", "review", "review");
	found("\xe2\x80", "-", NULL);
	found("- ", "-", NULL);
	found("ﷺ review", "review", "review");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_and_hyphens_do_not_matter),
		cmocka_unit_test(turkish_letters_are_found_in_capitals),
		cmocka_unit_test(arabic_is_found_with_and_without_its_signs),
		cmocka_unit_test(scripts_without_spaces_are_searched_inside),
		cmocka_unit_test(words_begin_where_a_word_begins),
		cmocka_unit_test(nothing_is_found_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
