/* SPDX-License-Identifier: MIT */
/*
 * A template file in, its document out to html.c. libxml2 parses from memory with nothing switched
 * on: no network, no DTD, no entities but XML's own. What it complains about is said again in the
 * words of somebody who writes HTML.
 */
#include "program/template.h"

#include <errno.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/file.h"

enum { TEMPLATE_MAX = 4 * 1024 * 1024, INCLUDES_MAX = 32 };

/* --- what libxml2 complains about --- */

/* HTML's named characters that people type most; XML knows them by number only. */
static unsigned entity_number(const char *name)
{
	static const struct {
		const char *name;
		unsigned number;
	} entities[] = {
		{ "nbsp", 160 },   { "copy", 169 },   { "reg", 174 },    { "deg", 176 },
		{ "middot", 183 }, { "times", 215 },  { "euro", 8364 },  { "pound", 163 },
		{ "yen", 165 },    { "ndash", 8211 }, { "mdash", 8212 }, { "hellip", 8230 },
		{ "bull", 8226 },  { "laquo", 171 },  { "raquo", 187 },  { "lsquo", 8216 },
		{ "rsquo", 8217 }, { "ldquo", 8220 }, { "rdquo", 8221 }, { "larr", 8592 },
		{ "rarr", 8594 },  { "trade", 8482 }, { "shy", 173 },    { "thinsp", 8201 },
	};
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (strcmp(name, entities[i].name) == 0)
			return entities[i].number;
	return 0;
}

static void report_entity(struct diag *diag, struct pos pos, const char *name)
{
	unsigned number = entity_number(name);
	if (number)
		diag_error(diag, pos,
			   "'&%s;' is not known in XML; write '&#%u;' or the character itself",
			   name, number);
	else
		diag_error(diag, pos, "'&%s;' is not known in XML; write the character itself",
			   name);
}

/* libxml2's own words, without their capital and line end. */
static void report_as_is(struct diag *diag, struct pos pos, const xmlError *error)
{
	struct str text = str_trim(str_of(error->message));
	if (!text.len)
		text = S("this is not well-formed XML");
	char first = text.text[0] >= 'A' && text.text[0] <= 'Z' ? (char)(text.text[0] | 32)
								: text.text[0];
	diag_error(diag, pos, "%c%.*s", first, STR(str_sub(text, 1, text.len)));
}

static void report(struct part *part, const xmlError *error)
{
	struct diag *diag = part->writing->compiler->diag;
	struct pos pos = { part->path, error->line > 0 ? (uint32_t)error->line : 0,
			   error->int2 > 0 ? (uint32_t)error->int2 : 0 };
	const char *subject = error->str1 ? error->str1 : "";
	switch (error->code) {
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_WAR_UNDECLARED_ENTITY:
		report_entity(diag, pos, subject);
		return;
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		diag_error(diag, pos, "the attribute '%s' needs a value; write %s=\"\"", subject,
			   subject);
		return;
	case XML_ERR_LT_IN_ATTRIBUTE:
		diag_error(diag, pos, "'<' cannot stand in an attribute; write '&lt;'");
		return;
	case XML_ERR_NAME_REQUIRED:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		diag_error(diag, pos,
			   "a '&' that begins no character reference is written '&amp;'; a script "
			   "stands in <![CDATA[ ]]>");
		return;
	case XML_ERR_TAG_NAME_MISMATCH:
		diag_error(diag, pos,
			   "<%s> of line %d is not closed before </%s>; an element without "
			   "content is written <%s/>",
			   subject, error->int1, error->str2 ? error->str2 : "", subject);
		return;
	case XML_ERR_TAG_NOT_FINISHED:
		diag_error(diag, pos, "<%s> of line %d is not closed", subject, error->int1);
		return;
	case XML_ERR_DOCUMENT_EMPTY:
		diag_error(diag, pos, "a template has one outermost element; there is none here");
		return;
	case XML_ERR_DOCUMENT_END:
		diag_error(diag, pos,
			   "a template has one outermost element; put all of it into "
			   "<div u:omit=\"\">");
		return;
	default:
		report_as_is(diag, pos, error);
	}
}

/* Faults after which the parser still knows where it is: each is told. */
static bool is_lone(int code)
{
	return code == XML_ERR_UNDECLARED_ENTITY || code == XML_WAR_UNDECLARED_ENTITY ||
	       code == XML_ERR_NAME_REQUIRED || code == XML_ERR_ENTITYREF_SEMICOL_MISSING;
}

static void on_error(void *user, xmlErrorPtr error)
{
	const xmlParserCtxt *ctxt = user;
	struct part *part = ctxt->_private;
	/* the prefix u is ours, with or without a declaration */
	bool ours = error->code == XML_NS_ERR_UNDEFINED_NAMESPACE && error->str1 &&
		    strcmp(error->str1, "u") == 0;
	if (error->level < XML_ERR_ERROR || ours)
		return;
	if (!part->lost || is_lone(error->code))
		report(part, error);
	part->lost |= error->level == XML_ERR_FATAL && !is_lone(error->code);
	part->writing->failed = true;
}

static xmlParserInputPtr refuse_entity(void *user, const xmlChar *public_id,
				       const xmlChar *system_id)
{
	(void)user;
	(void)public_id;
	(void)system_id;
	return NULL;
}

/* The document, to be freed with xmlFreeDoc; NULL when it is not well-formed (reported). */
static xmlDoc *parse(struct part *part)
{
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	if (!ctxt)
		arena_exhausted();
	ctxt->_private = part;
	ctxt->sax->serror = on_error;
	ctxt->sax->resolveEntity = refuse_entity;
	xmlDoc *doc =
		xmlCtxtReadMemory(ctxt, part->source.text, (int)part->source.len, NULL, "UTF-8",
				  XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
	xmlFreeParserCtxt(ctxt);
	if (!doc && !part->writing->failed) {
		part->writing->failed = true;
		diag_error(part->writing->compiler->diag, (struct pos){ part->path, 0, 0 },
			   "this is not well-formed XML");
	}
	return doc;
}

/* --- files --- */

static bool refuse(struct part *part, struct pos pos, const char *text)
{
	part->writing->failed = true;
	diag_error(part->writing->compiler->diag, pos, "%s", text);
	return false;
}

/* Only <!DOCTYPE html> and nothing in it: DTDs are where XML's dangers live. */
static bool check_doctype(struct part *part, bool *found)
{
	size_t start;
	enum doctype doctype = part_doctype(part, &start);
	*found = doctype == DOCTYPE_HTML;
	return doctype != DOCTYPE_OTHER ||
	       refuse(part, part_pos(part, start),
		      "only <!DOCTYPE html> can stand here, in just these letters");
}

static void complain(struct part *part, struct pos included)
{
	struct pos pos = part->outer ? included : (struct pos){ part->path, 0, 0 };
	int why = errno;
	part->writing->failed = true;
	struct diag *diag = part->writing->compiler->diag;
	if (why == EFBIG)
		diag_error(diag, pos, "'%s' is larger than 4 MiB; a template is at most that",
			   part->path);
	else if (why == ENOENT && part->outer)
		diag_error(diag, pos, "there is no file '%s'; u:include names a file below '%.*s/'",
			   part->path, STR(part->folder));
	else
		diag_error(diag, pos, "cannot read '%s': %s", part->path, strerror(why));
}

static bool read_source(struct part *part, struct buf *text, struct pos included)
{
	struct compiler *compiler = part->writing->compiler;
	struct str path = str_format(compiler->arena, "%s/%s", compiler->folder, part->path);
	if (file_read(path.text, TEMPLATE_MAX, text) < 0) {
		complain(part, included);
		return false;
	}
	part->source = buf_str(text);
	return true;
}

static bool check_source(struct part *part, bool *doctype)
{
	if (str_starts(part->source, "\xEF\xBB\xBF"))
		part->source = str_sub(part->source, 3, part->source.len);
	part_index(part);
	if (!str_is_utf8(part->source))
		return refuse(part, (struct pos){ part->path, 0, 0 },
			      "a template is kept in UTF-8; save it in that encoding");
	return check_doctype(part, doctype);
}

/* Is the file already being written further out, or too deep? */
static bool refuse_circle(struct part *part, struct pos included)
{
	struct arena *arena = part->writing->compiler->arena;
	struct str chain = str_of(part->path);
	unsigned depth = 0;
	for (const struct part *p = part->outer; p; p = p->outer, depth++) {
		chain = str_format(arena, "%s > %.*s", p->path, STR(chain));
		if (strcmp(p->path, part->path) != 0 && depth < INCLUDES_MAX)
			continue;
		part->writing->failed = true;
		diag_error(part->writing->compiler->diag, included,
			   depth < INCLUDES_MAX ? "a part includes itself: %.*s"
						: "parts are more than 32 deep: %.*s",
			   STR(chain));
		return true;
	}
	return false;
}

/* Parses the source of the part and writes it. */
static void write_source(struct part *part)
{
	struct writing *writing = part->writing;
	bool doctype = false, failed = writing->failed;
	writing->failed = false; /* so that the parser's own failure is told from others */
	xmlDoc *doc = check_source(part, &doctype) ? parse(part) : NULL;
	if (doc && !writing->failed) {
		part_locate(part, xmlDocGetRootElement(doc));
		if (doctype && !part->outer)
			buf_add(&writing->builder.text, S("<!DOCTYPE html>\n"));
		element_write(part, xmlDocGetRootElement(doc),
			      (struct surroundings){ .depth = part->depth });
	}
	writing->failed |= failed;
	xmlFreeDoc(doc);
}

void part_write(struct part *outer, struct str path, unsigned depth, struct pos included)
{
	struct part part = { .writing = outer->writing,
			     .path = path.text,
			     .folder = outer->folder,
			     .depth = depth,
			     .outer = outer };
	struct buf text = BUF_INIT;
	if (!refuse_circle(&part, included) && read_source(&part, &text, included))
		write_source(&part);
	buf_release(&text);
}

static struct part page_of(struct writing *writing, const char *path)
{
	struct compiler *compiler = writing->compiler;
	struct str own = str_copy(compiler->arena, str_of(path));
	size_t slash = str_index(own, '/');
	writing_begin(writing, compiler);
	return (struct part){ .writing = writing,
			      .path = own.text,
			      .folder = slash < own.len ? str_sub(own, 0, slash) : S(".") };
}

const struct program *template_parse(struct compiler *compiler, const char *path, struct str source)
{
	struct writing writing = { .compiler = compiler };
	struct part page = page_of(&writing, path);
	page.source = source;
	if (source.len > TEMPLATE_MAX)
		refuse(&page, (struct pos){ page.path, 0, 0 }, "a template is at most 4 MiB");
	else
		write_source(&page);
	return writing_end(&writing, ESCAPE_TEXT);
}

const struct program *template_compile(struct compiler *compiler, const char *path)
{
	struct writing writing = { .compiler = compiler };
	struct part page = page_of(&writing, path);
	struct buf text = BUF_INIT;
	if (read_source(&page, &text, (struct pos){ 0 }))
		write_source(&page);
	buf_release(&text);
	return writing_end(&writing, ESCAPE_TEXT);
}
