// SPDX-License-Identifier: MIT
// desk.js DESK OUT: works at the desk that lies in the folder DESK, as a seller would, in Chromium from disk: copies, ticks,
// filters, saves into OUT/ticks.csv, comes back later. Says what is wrong; the last line is "N checks, N faults".
"use strict";
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [desk, out] = process.argv.slice(2);
const page = "file://" + path.resolve(desk, "index.html");
const shots = process.env.SHOTS;
let checks = 0, faults = 0;

function check(what, is, expected = true) {
	checks++;
	if (is === expected) return;
	faults++;
	console.log(`${what}: ${JSON.stringify(is)?.slice(0, 200)}, expected ${JSON.stringify(expected)?.slice(0, 200)}`);
}

// The data as the page has it, read without the page.
const items = [], texts = [];
{
	const desk_ = { list: (data) => items.push(...data.items), chunk: (n, list) => list.forEach((text, i) => { texts[n * 50 + i] = text; }) };
	const run = (file) => new Function("desk", fs.readFileSync(path.join(desk, "data", file), "utf8"))(desk_);
	run("list.js");
	fs.readdirSync(path.join(desk, "data")).filter((file) => /^\d+\.js$/.test(file)).forEach(run);
}

async function open(browser, options) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
	const tab = await context.newPage();
	tab.on("request", (r) => /^(file|data|blob|about):/.test(r.url()) || check("asks for " + r.url(), false));
	tab.on("pageerror", (e) => check("script error " + e.message, false));
	await tab.goto(page);
	await tab.waitForSelector(".row, #empty:not([hidden])");
	return { context, tab };
}

const title = (tab) => tab.textContent("#title");
const titleOf = (item) => item.title || "The shop’s own text";
// What lies on the clipboard, by pasting it into a page of its own.
async function pasted(context, kind) {
	const tab = await context.newPage();
	await tab.goto("about:blank");
	await tab.setContent("<div id=here contenteditable=true>x</div>");
	await tab.evaluate(() => {
		document.addEventListener("paste", (e) => { globalThis.got = { text: e.clipboardData.getData("text/plain"), html: e.clipboardData.getData("text/html") }; e.preventDefault(); });
		document.getElementById("here").focus();
	});
	await tab.keyboard.press("Control+V");
	const got = await tab.evaluate(() => globalThis.got);
	await tab.close();
	return got?.[kind];
}

async function copies(browser) {
	const { context, tab } = await open(browser);
	const kinds = ["html", "txt", "json"].map((kind) => items.findIndex((item) => item.path.endsWith("." + kind) && !item.withheld)).filter((i) => i >= 0);
	for (const index of kinds) {
		await tab.fill("#find", "");
		await tab.evaluate(() => document.getElementById("list").focus());
		await tab.keyboard.press("Home");
		for (let i = 0; i < index; i++) await tab.keyboard.press("j");
		check(`listing ${index} is shown`, await title(tab), titleOf(items[index]));
		await tab.waitForFunction((bytes) => document.getElementById("bytes").textContent === bytes, texts[index].bytes);
		await tab.keyboard.press("c");
		await tab.waitForFunction(() => document.getElementById("said").textContent.startsWith("Copied"));
		check(`the very bytes of ${items[index].path} by key`, await pasted(context, "text"), texts[index].bytes);
		await tab.bringToFront();
		await tab.click("#copy");
		check(`the very bytes of ${items[index].path} by button`, await pasted(context, "text"), texts[index].bytes);
		await tab.bringToFront();
		if (!items[index].path.endsWith(".html")) continue;
		await tab.keyboard.press("x");
		check("formatted text is the same HTML", await pasted(context, "html"), texts[index].bytes);
		const plain = await pasted(context, "text");
		check("and plain text without tags", /<\/(p|h2|table|td|tr)>/.test(plain) || plain.length < 20, false);
		await tab.bringToFront();
	}
	await context.close();
}

async function keys(browser) {
	const { context, tab } = await open(browser);
	check("pending first", await title(tab), titleOf(items[0]));
	await tab.keyboard.press("j");
	check("J goes on", await title(tab), titleOf(items[1]));
	await tab.keyboard.press("ArrowDown");
	check("as does the arrow", await title(tab), titleOf(items[2]));
	await tab.keyboard.press("k");
	check("K goes back", await title(tab), titleOf(items[1]));
	await tab.keyboard.press("?");
	check("? shows the keys", await tab.isVisible("#keys"));
	await tab.keyboard.press("Escape");
	check("Escape closes them", await tab.isVisible("#keys"), false);
	await tab.keyboard.press("2");
	check("2 shows the source", await tab.isVisible("#source"));
	await tab.keyboard.press("3");
	check("3 shows the difference", await tab.isVisible("#difference"));
	await tab.keyboard.press("4");
	check("4 shows what was left out", await tab.isVisible("#left"));
	await tab.keyboard.press("1");
	check("1 shows the preview", await tab.isVisible("#preview"));
	await tab.keyboard.press("w");
	check("W changes its width", await tab.isChecked("[value=desktop]"));
	await tab.keyboard.press("/");
	await tab.keyboard.type("jkct");
	check("letters are typed into the search", await tab.inputValue("#find"), "jkct");
	check("what nothing fits says so", await tab.isVisible("#empty"));
	await tab.click("#clear");
	check("and leads back", await tab.isVisible("#empty"), false);
	const option = await tab.getAttribute("#list", "aria-activedescendant");
	check("a screen reader is told which one", await tab.getAttribute("#" + option, "aria-selected"), "true");
	check("and of how many", await tab.getAttribute("#" + option, "aria-setsize"), String(items.length));
	await context.close();
}

async function filters(browser) {
	const { context, tab } = await open(browser);
	const count = async () => parseInt((await tab.textContent("#found")).replace(/,/g, ""), 10);
	const fits = (test) => items.filter(test).length;
	check("all are there", await count(), items.length);
	for (const market of new Set(items.map((item) => item.marketplace))) {
		await tab.selectOption("#market", market);
		check(`only ${market}`, await count(), fits((item) => item.marketplace === market || item.site === market));
	}
	await tab.selectOption("#market", "");
	for (const language of new Set(items.map((item) => item.language))) {
		await tab.selectOption("#language", language);
		check(`only ${language}`, await count(), fits((item) => item.language === language));
	}
	await tab.selectOption("#language", "");
	for (const state of new Set(items.map((item) => item.state))) {
		await tab.selectOption("#state", state);
		check(`only ${state}`, await count(), fits((item) => item.state === state));
	}
	await tab.selectOption("#state", "");
	const last = items[items.length - 1];
	await tab.fill("#find", `${last.id} ${last.marketplace}`.toUpperCase());
	check("found by its id and marketplace", (await count()) >= 1 && (await title(tab)) !== "");
	await context.close();
}

async function ticks(browser) {
	const { context, tab } = await open(browser);
	const open_ = items.filter((item) => !["done", "withheld"].includes(item.state));
	const two = open_.slice(0, 2);
	for (let i = 0; i < two.length; i++) {
		if (i) await tab.keyboard.press("j");
		await tab.keyboard.press("t");
		check("a tick shows", await tab.getAttribute("#tick", "aria-pressed"), "true");
	}
	check("and is counted", (await tab.textContent("#progress")).includes(`${two.length} ticked`));
	await tab.reload();
	await tab.waitForSelector(".row");
	check("a reload keeps it", await tab.getAttribute("#tick", "aria-pressed"), "true");
	await tab.keyboard.press("t");
	check("a second one takes it back", await tab.getAttribute("#tick", "aria-pressed"), "false");
	await tab.keyboard.press("t");
	const [download] = await Promise.all([tab.waitForEvent("download"), tab.keyboard.press("s")]);
	check("the file has a name", download.suggestedFilename(), "ticks.csv");
	await download.saveAs(path.join(out, "ticks.csv"));
	const lines = fs.readFileSync(path.join(out, "ticks.csv"), "utf8").trim().split("\n");
	check("its columns", lines[0], "id,marketplace,site,language,field,listing,pasted,text");
	check("its rows", lines.length, 1 + two.length);
	for (const item of two)
		check(`the text of ${item.id} is in it`, lines.some((line) => line.startsWith(item.id + ",") && line.endsWith("," + item.text)));
	await context.close();
}

async function previews(browser) {
	const { context, tab } = await open(browser);
	const index = items.findIndex((item) => item.path.endsWith(".html") && !item.withheld);
	for (let i = 0; i < index; i++) await tab.keyboard.press("j");
	await tab.waitForTimeout(300);
	const frame = tab.frames()[1];
	const box = await tab.locator("#frame").boundingBox();
	check("a phone is 375 wide", Math.round(box.width), 375);
	const shown = frame ? await frame.evaluate(() => document.body.innerText) : "";
	check("the preview has the text", shown.trim().length > 20);
	check("its scripts do nothing", (await tab.title()).startsWith("Paste desk"));
	check("and it has no origin", frame ? await frame.evaluate(() => origin) : "", "null");
	await tab.click("text=Desktop");
	check("a desktop is scaled to fit", (await tab.locator("#frame").boundingBox()).width <= 1100);
	await context.close();
}

async function violations(browser) {
	for (const width of [390, 1280])
		for (const colorScheme of ["light", "dark"]) {
			const { context, tab } = await open(browser, { viewport: { width, height: 900 }, colorScheme });
			const look = async (what) => {
				await tab.waitForTimeout(250);
				await tab.evaluate(axe);
				const found = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], iframes: false }));
				for (const v of found.violations) check(`${what} at ${width} px, ${colorScheme}: ${v.id} ${v.nodes[0].target.join(" ")} ${v.nodes[0].failureSummary}`, false);
				checks++;
				check(`${what} at ${width} px is not wider than the window`, await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
				if (shots) await tab.screenshot({ path: path.join(shots, `desk-${what}-${width}-${colorScheme}.png`) });
			};
			await look("list");
			await tab.click(".row");
			const panels = [["1", "preview"], ["2", "source"], ["3", "difference"], ["4", "left"]];
			for (const [key, what] of colorScheme === "light" ? panels : panels.slice(2, 3)) {
				await tab.keyboard.press(key);
				await look(what);
			}
			await tab.keyboard.press("?");
			await look("help");
			await context.close();
		}
}

// Scrolls through the whole list, a window a frame: no frame may take long, and few rows may be there.
async function scrolls(browser) {
	const { context, tab } = await open(browser);
	const worst = await tab.evaluate(() => new Promise((done) => {
		const list = document.getElementById("list"), times = [];
		let last = performance.now(), rows = 0;
		const frame = (now) => {
			times.push(now - last);
			last = now;
			rows = Math.max(rows, list.querySelectorAll(".row").length);
			list.scrollTop += list.clientHeight;
			if (list.scrollTop + list.clientHeight + 2 < list.scrollHeight && times.length < 600) requestAnimationFrame(frame);
			else done({ frames: times.length, slow: times.slice(2).filter((t) => t > 100).length, rows });
		};
		requestAnimationFrame(frame);
	}));
	check("few rows are in the page at a time", worst.rows < 60);
	check("few frames take long", worst.slow <= worst.frames / 50);
	await tab.evaluate(() => document.getElementById("list").focus());
	await tab.keyboard.press("End");
	check("the last one is reached", await title(tab), titleOf(items[items.length - 1]));
	await context.close();
}

(async () => {
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
	for (const work of [copies, keys, filters, ticks, previews, violations, scrolls]) {
		try { await work(browser); } catch (error) { check(`${work.name}: ${error.message.slice(0, 300)}`, false); }
	}
	await browser.close();
	console.log(`${checks} checks, ${faults} faults`);
	process.exit(faults ? 1 : 0);
})();
