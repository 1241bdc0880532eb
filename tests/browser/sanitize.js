// SPDX-License-Identifier: MIT
// sanitize.js PROFILES LISTINGS: every HTML that upfront wrote for a marketplace goes through sanitize-html, set to
// what the marketplace's profile allows, and must come out as it went in. Where a profile has no list of tags, the
// static elements of HTML are allowed and nothing that acts. --notices: does this test see a tag too many?
'use strict';
const fs = require('fs');
const path = require('path');
const sanitize = require('sanitize-html');

const STATIC = ('h1 h2 h3 h4 h5 h6 p div span section ul ol li dl dt dd table caption thead tbody tfoot tr th td ' +
	'a b strong i em u s small sub sup br hr blockquote code details summary').split(' ');

function rows(file) {
	const text = fs.readFileSync(file, 'utf8');
	const all = [[]];
	for (const cell of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)) {
		all[all.length - 1].push(cell[1] === undefined ? cell[2] : cell[1].replace(/""/g, '"'));
		if (cell[3] === '\n') all.push([]);
	}
	return all.slice(1).filter((row) => row.length > 2);
}

function rule(profile, field, name) {
	let found = '';
	for (const [of, rule, value] of profile)
		if (rule === name && (of === field || (of === '*' && !found))) found = value;
	return found;
}

function options(profile, field) {
	const list = (name) => rule(profile, field, name).split(/[\s,;]+/).filter((word) => word && word !== 'none');
	const attributes = {};
	for (const item of list('attributes')) {
		const [tag, name] = item.split('.');
		(attributes[tag] = attributes[tag] || []).push(name);
	}
	if (!['', 'none'].includes(rule(profile, field, 'css'))) (attributes['*'] = attributes['*'] || []).push('style');
	const drop = list('drop');
	const images = list('images').length ? ['img'] : [];
	return {
		allowedTags: (rule(profile, field, 'tags') ? list('tags') : STATIC.concat(images)).filter((tag) => !drop.includes(tag)),
		allowedAttributes: attributes,
		allowedSchemes: ['https'],
	};
}

// What a text may differ in without differing: how an empty element and a quotation mark are written.
const plain = (html) => html.replace(/<(br|hr|img)([^>]*?)\s*\/>/g, '<$1$2>').replace(/&quot;/g, '"');

function texts(value) {
	if (typeof value === 'string') return value.includes('<') ? [value] : [];
	return value && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}

// The pieces of HTML in a file, each with the field that it stands in.
function pieces(file, field, profile) {
	const text = fs.readFileSync(file, 'utf8');
	if (rule(profile, field, 'format') === 'json-plain') return [];
	if (file.endsWith('.json')) return texts(JSON.parse(text)).map((html) => [field, html]);
	const summary = rule(profile, field, 'summary');
	const before = summary && rule(profile, summary, 'before');
	if (!before || !text.startsWith(before)) return [[field, text]];
	const end = text.indexOf(rule(profile, summary, 'after'));
	return [[summary, text.slice(before.length, end)], [field, text]];
}

const notices = process.argv[2] === '--notices';
const [profiles, listings] = process.argv.slice(notices ? 3 : 2);
let count = 0, faults = 0;
for (const market of fs.readdirSync(listings)) {
	const profile = rows(path.join(profiles, `${market}.csv`));
	for (const name of fs.readdirSync(path.join(listings, market), { recursive: true })) {
		const file = path.join(listings, market, name);
		if (!/\.(html|json)$/.test(name)) continue;
		const field = path.basename(name).split('.').slice(-2)[0];
		for (let [of, html] of pieces(file, field, profile)) {
			if (notices) html += '<script>x()</script>';
			const clean = sanitize(html, options(profile, of));
			count++;
			if (plain(clean) === plain(html)) continue;
			let at = 0;
			while (plain(clean)[at] === plain(html)[at]) at++;
			if (!notices) console.log(`${market}/${name}: at ${at}: ${plain(html).slice(at, at + 80)}`);
			faults++;
		}
	}
}
if (!notices) console.log(`${count} texts, ${faults} changed`);
process.exit(faults || count < 20 ? 1 : 0);
