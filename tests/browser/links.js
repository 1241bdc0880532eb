// SPDX-License-Identifier: MIT
// links.js SITE: reads every page below SITE and names each link, source or fragment that leads to nothing in it.
// The last line is "N pages, N links, N broken".
"use strict";
const fs = require("fs");
const path = require("path");

const site = path.resolve(process.argv[2]);
const pages = new Map(); // path below the site: the set of its ids

function collect(folder) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		const below = path.join(folder, entry.name);
		if (entry.isDirectory())
			collect(below);
		else
			pages.set(path.relative(site, below), null);
	}
}

const decode = (text) => text.replace(/&amp;/g, "&").replace(/&quot;/g, '"').replace(/&#39;/g, "'");

function ids(page) {
	if (!pages.get(page)) {
		const text = fs.readFileSync(path.join(site, page), "utf8");
		pages.set(page, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((m) => decode(m[1]))));
	}
	return pages.get(page);
}

collect(site);
let links = 0, broken = 0, read = 0;
for (const page of [...pages.keys()].filter((p) => p.endsWith(".html"))) {
	read++;
	const text = fs.readFileSync(path.join(site, page), "utf8");
	for (const match of text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
		const link = decode(match[1]);
		if (/^[a-z][a-z0-9+.-]*:/i.test(link))
			continue;
		links++;
		const [way, fragment] = link.split("#");
		let target = way ? path.normalize(path.join(path.dirname(page), decodeURIComponent(way.split("?")[0]))) : page;
		if (target.endsWith("/"))
			target += "index.html";
		if (!pages.has(target) || (fragment && !ids(target).has(decodeURIComponent(fragment)))) {
			if (++broken <= 20)
				console.log(`${page}: ${link}`);
		}
	}
}
console.log(`${read} pages, ${links} links, ${broken} broken`);
process.exit(broken || !read || !links ? 1 : 0);
