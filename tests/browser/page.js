// SPDX-License-Identifier: MIT
// page.js SITE PAGE...: opens each page of the site from disk in Chromium, on a phone and on a desk, light and
// dark, and says what is wrong: violations that axe finds, requests to anywhere else, errors, and
// anything wider than the window. SHOTS=FOLDER keeps a picture of each. The last line is "N pages, N faults".
"use strict";
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const widths = [390, 1280];
const [site, ...pages] = process.argv.slice(2);
const shots = process.env.SHOTS;
let faults = 0;

function fault(page, text) {
	console.log(`${page}: ${text}`);
	faults++;
}

async function violations(tab) {
	await tab.evaluate(axe);
	const found = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
	return found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes[0].target.join(" ")})`);
}

// Elements that stand out of the window, unless a box of their own scrolls them.
function outside() {
	const wide = document.documentElement.clientWidth;
	const scrolls = (e) => e && e !== document.body &&
		(/auto|scroll|hidden/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	return [...document.body.querySelectorAll("*")]
		.filter((e) => {
			const box = e.getBoundingClientRect();
			// moved out before the line's start, where nothing can be scrolled to
			const away = document.documentElement.dir === "rtl" ? box.left >= wide : box.right <= 0;
			const hidden = box.width <= 1 || box.height <= 1 || away;
			return !hidden && (box.right > wide + 1 || box.left < -1) && !scrolls(e.parentElement);
		})
		.slice(0, 3)
		.map((e) => `${e.tagName.toLowerCase()}.${e.className} "${(e.textContent || "").trim().slice(0, 30)}"`);
}

async function look(browser, page, width, scheme) {
	const context = await browser.newContext({
		viewport: { width, height: 900 }, colorScheme: scheme, deviceScaleFactor: 1,
	});
	const tab = await context.newPage();
	const where = `${page} at ${width} px, ${scheme}`;
	tab.on("request", (r) => /^(file|data|blob|about):/.test(r.url()) || fault(where, `asks for ${r.url()}`));
	tab.on("pageerror", (e) => fault(where, `script error: ${e.message}`));
	await tab.goto("file://" + path.resolve(site, page));
	for (const text of await violations(tab))
		fault(where, text);
	for (const text of await tab.evaluate(outside))
		fault(where, `wider than the window: ${text}`);
	if (shots) {
		fs.mkdirSync(shots, { recursive: true });
		await tab.screenshot({ path: path.join(shots, `${page.replace(/[/.]/g, "_")}-${width}-${scheme}.png`), fullPage: true });
	}
	await context.close();
}

(async () => {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync"],
	});
	for (const page of pages)
		for (const [index, width] of widths.entries())
			for (const scheme of index ? ["light"] : ["light", "dark"])
				await look(browser, page, width, scheme);
	await browser.close();
	console.log(`${pages.length} pages, ${faults} faults`);
	process.exit(faults ? 1 : 0);
})().catch((error) => {
	console.log(error.message);
	process.exit(1);
});
