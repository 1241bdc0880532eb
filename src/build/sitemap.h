/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_SITEMAP_H
#define UPFRONT_BUILD_SITEMAP_H

/*
 * sitemap - every page's address for search engines, with its alternates in other languages.
 *
 * Internal to build/. Follows the Sitemaps protocol 0.9: at most 50,000 addresses a file. One
 * file is made and published after the other, so memory does not grow with the catalog;
 * sitemap.xml is the list of them.
 */

#include "build/work.h"

void sitemap_publish(struct work *work);

#endif
