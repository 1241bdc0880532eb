// SPDX-License-Identifier: MIT
// desk-sample.js DESK COUNT: puts made-up listings into a desk that was built, as many as are asked for: with names that
// would break a page that trusted them, texts of all kinds, and every state.
"use strict";
const fs = require("fs");
const path = require("path");
const [folder, count] = [process.argv[2], Number(process.argv[3])];
const chunk = 50;
const states = ["promise", "charge", "other", "never", "done", "withheld"];
const markets = [["ebay", "ebay.de", "html"], ["etsy", "", "txt"], ["allegro", "allegro.pl", "json"], ["amazon", "amazon.co.uk", "txt"]];
const titles = ["Desk lamp <b>\"Aurora\"</b> & stand", "Tea set for four, blue glaze", "</script><script>alert(1)</script>", "Schreibtischlampe mit Zubehör in einer sehr langen Überschrift, die nirgends hineinpasst"];

function text(i, kind, days) {
	const title = titles[i % titles.length].replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
	if (kind === "txt")
		return `Shipping of ${i}: within ${days} days.\n\nÄ  two blanks, a tab\tand a quote "; 1 < 2 & so on\n`;
	if (kind === "json")
		return JSON.stringify({ sections: [{ items: [{ type: "TEXT", content: `<p>${days} days</p>` }] }] });
	return `<h2>Delivery of ${title}</h2>\n<p>Nine in ten within <b>${days} days</b>.</p>\n<table><tr><td>10 days</td><td>${i % 60} %</td></tr></table>\n<script>parent.document.title = "broken out"</script>\n` +
		"<p>You choose what we do when a parcel is late: wait, a refund, or another one.</p>\n".repeat(20);
}

const items = [], texts = [];
for (let i = 0; i < count; i++) {
	const state = states[Math.min(states.length - 1, Math.floor(i * states.length / count))];
	const [marketplace, site, kind] = markets[i % markets.length];
	const withheld = state === "withheld";
	const bytes = withheld ? "" : text(i, kind, 14 + i % 9);
	const was = ["promise", "charge", "other"].includes(state);
	items.push({
		id: `P-${i}`, title: titles[i % titles.length], marketplace, site, language: ["en", "de", "fr"][i % 3], field: "description",
		listing: String(110000000000 + i), path: `listings/${marketplace}/en/p-${i}.description.${kind}`,
		text: withheld ? "0" : "x" + String(i).padStart(16, "0"), state,
		reason: was ? "to.methods.cn-reg.likely: 12, now 14" : "", ...(was || state === "done" ? { pasted: "2026-11-01" } : {}),
		count: bytes.length, limit: kind === "html" ? 4000 : 0, unit: "characters", left_out: i % 2 ? "faq remedies" : "",
		...(withheld ? { withheld: "the marketplace writes its own delivery text", instead: "shop/policy" } : {}),
	});
	texts.push({
		bytes, values: was ? [["to.methods.cn-reg.likely", "12", "14", "content/ontime.csv"], ["to.methods.cn-reg.fee", "9.40 EUR", "10.10 EUR", "content/rates.csv:5"]] : [],
		difference: was ? [["=", bytes.slice(0, 40)], ["-", "12"], ["+", "14"], ["=", bytes.slice(42)]] : [],
	});
}
const json = (value) => JSON.stringify(value);
fs.rmSync(path.join(folder, "data"), { recursive: true, force: true });
fs.mkdirSync(path.join(folder, "data"), { recursive: true });
fs.writeFileSync(path.join(folder, "data/list.js"), `desk.list(${json({ shop: "Kiln & Cable", url: "https://shop.example", date: "2026-11-22", all: count + 1000, chunk, items })});\n`);
for (let i = 0; i < count; i += chunk)
	fs.writeFileSync(path.join(folder, `data/${i / chunk}.js`), `desk.chunk(${i / chunk},${json(texts.slice(i, i + chunk))});\n`);
