// SPDX-License-Identifier: MIT
// The desk: data/list.js hands over the listings, data/N.js their texts when they are looked at.
// Nothing leaves the browser; ticks are kept in its storage until they are saved to a file.
"use strict";
const desk = (() => {
	const ROW = 68, MORE = 8; // pixels a row; rows kept ready above and below the window
	const names = {
		promise: "Promise too good", charge: "Charge has grown", other: "Changed", never: "Never pasted",
		done: "As it should be", withheld: "No text allowed", ticked: "Ticked",
	};
	const sentences = {
		promise: "What stands there promises more than may be promised now.",
		charge: "What stands there does not name a charge as it is now.",
		other: "What stands there reads otherwise now.",
		never: "Nothing of ours was pasted there yet.",
		done: "The listing reads as it should.",
		withheld: "No text may stand here.",
		ticked: "Ticked: it counts once the ticks are handed to “upfront pasted”.",
	};
	// What the program calls its values, in words.
	const parts = {
		likely: "Days until nine in ten are there", half: "Days until half are there", fee: "Shipping", fee_from: "Shipping from", free: "Shipping is free", free_from: "Free from",
		payer: "Who pays import charges", duty: "Duty", tax: "Import tax", charges: "Clearance fee", on_delivery: "Due on delivery", at_checkout: "Due with the order", landed: "Everything together",
		parcels: "Parcels counted", lost: "Parcels lost", open: "Parcels under way", since: "Counted from", until: "Counted until", pooled: "Counted on", recommended: "Recommended",
		title: "Title", price: "Price", weight: "Weight", max: "Handling at most, days", min: "Handling at least, days", cutoff: "Order before", methods: "Methods", by_day: "Days of the table",
	};
	function readable(value) {
		const path = value.split("."), last = path[path.length - 1], method = path[path.indexOf("methods") + 1];
		const of = path.includes("methods") && method ? ` (${method})` : "";
		const day = path.indexOf("by_day"), level = path.indexOf("door");
		if (day >= 0 && last === "claim") return `Share there within ${path[day + 1]} days${of}`;
		if (level >= 0 && last === "days") return `Days until ${path[level + 1]} % are there${of}`;
		return parts[last] ? parts[last] + of : value;
	}
	const reason = (item) => {
		const found = /^([^ :]+): (.*), now (.*)$/s.exec(item.reason || "");
		return found ? `${readable(found[1])}: ${found[2]}, now ${found[3]}` : item.reason || "";
	};
	const number = (n) => n.toLocaleString("en");
	const $ = (id) => document.getElementById(id);
	let about = { items: [], chunk: 50, all: 0 }, shown = [], at = -1, texts = new Map(), waiting = new Map();
	let ticks = {}, tab = "preview", unsaved = false;

	// --- what is kept in the browser ---

	const shelf = () => "upfront-desk " + (about.url || "");
	const name = (item) => [item.id, item.marketplace, item.site, item.language, item.field, item.listing].map((s) => s || "").join("\t");
	function recall() {
		try { ticks = JSON.parse(localStorage.getItem(shelf())) || {}; } catch { ticks = {}; }
		// what the ledger knows by now needs no tick
		for (const item of about.items)
			if (item.state === "done" && ticks[name(item)]?.text === item.text) delete ticks[name(item)];
		keep();
	}
	function keep() {
		try { localStorage.setItem(shelf(), JSON.stringify(ticks)); } catch { say("This browser keeps no ticks: save them before you close the page.", true); }
	}
	const ticked = (item) => ticks[name(item)]?.text === item.text;
	const state = (item) => ticked(item) ? "ticked" : item.state;
	const isOpen = (item) => !["done", "withheld", "ticked"].includes(state(item));

	// --- the list ---

	const words = (item) => (item.words ??= [item.id, item.title, item.listing, item.site, item.marketplace, item.field, reason(item), item.withheld].join(" ").toLowerCase());
	function filter() {
		const find = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
		const want = $("state").value, market = $("market").value, language = $("language").value;
		const current = shown[at];
		shown = about.items.filter((item) =>
			(!market || item.marketplace === market || item.site === market) && (!language || item.language === language) &&
			(!want || (want === "open" ? isOpen(item) : state(item) === want)) && find.every((word) => words(item).includes(word)));
		$("found").textContent = shown.length === about.items.length ? number(shown.length) : `${number(shown.length)} of ${number(about.items.length)}`;
		$("empty").hidden = shown.length > 0;
		$("list").hidden = shown.length === 0;
		$("sizer").style.height = shown.length * ROW + "px";
		drawn.clear();
		$("sizer").replaceChildren();
		const kept = shown.indexOf(current);
		choose(kept >= 0 ? kept : shown.length ? 0 : -1, false);
	}
	const drawn = new Map(); // index -> row
	function fill(row, item) {
		const title = document.createElement("b"), what = document.createElement("span"), line = document.createElement("i");
		title.textContent = item.title || (item.id || "The shop’s own text");
		what.className = "state " + state(item);
		what.textContent = names[state(item)];
		line.textContent = [item.id, item.site || item.marketplace, item.language, item.field, item.listing].filter(Boolean).join(" · ");
		row.replaceChildren(title, line, what);
	}
	function draw() {
		const list = $("list"), top = list.scrollTop;
		const from = Math.max(0, Math.floor(top / ROW) - MORE), to = Math.min(shown.length, Math.ceil((top + list.clientHeight) / ROW) + MORE);
		for (const [index, row] of drawn)
			if ((index < from || index >= to) && index !== at) { row.remove(); drawn.delete(index); }
		const wanted = [];
		for (let i = from; i < to; i++) wanted.push(i);
		if (at >= 0 && (at < from || at >= to)) wanted.push(at);
		for (const i of wanted) {
			if (drawn.has(i)) continue;
			const row = document.createElement("div");
			row.className = "row";
			row.id = "row-" + i;
			row.setAttribute("role", "option");
			row.setAttribute("aria-setsize", shown.length);
			row.setAttribute("aria-posinset", i + 1);
			row.setAttribute("aria-selected", i === at);
			row.style.top = i * ROW + "px";
			row.dataset.index = i;
			fill(row, shown[i]);
			drawn.set(i, row);
			// in their order, as a screen reader goes through them
			const later = [...drawn.keys()].filter((k) => k > i);
			$("sizer").insertBefore(row, later.length ? drawn.get(Math.min(...later)) : null);
		}
	}
	function choose(index, scroll = true) {
		drawn.get(at)?.setAttribute("aria-selected", "false");
		at = index;
		const list = $("list");
		if (scroll && at >= 0) {
			if (at * ROW < list.scrollTop) list.scrollTop = at * ROW;
			else if ((at + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * ROW - list.clientHeight;
		}
		draw();
		drawn.get(at)?.setAttribute("aria-selected", "true");
		if (at >= 0) list.setAttribute("aria-activedescendant", "row-" + at);
		else list.removeAttribute("aria-activedescendant");
		say("");
		show();
	}
	// On a phone the text takes the place of the list.
	function read() {
		document.body.classList.add("reading");
		scrollTo(0, 0);
		$("text").focus();
		if (shown[at]?.now) preview(shown[at], shown[at].now);
	}
	const step = (by) => { if (shown.length) choose(Math.min(shown.length - 1, Math.max(0, at + by))); };

	// --- texts, in pieces ---

	function load(item, then) {
		const piece = Math.floor(item.index / about.chunk);
		if (!texts.has(piece)) $("bytes").textContent = ""; // not that of the listing before
		if (texts.has(piece)) return then(texts.get(piece)[item.index % about.chunk]);
		if (waiting.has(piece)) { waiting.get(piece).push([item, then]); return; }
		waiting.set(piece, [[item, then]]);
		const script = document.createElement("script");
		script.src = `data/${piece}.js`;
		script.onerror = () => { waiting.delete(piece); say(`data/${piece}.js is missing: build the shop again.`, true); };
		document.head.append(script);
	}
	function chunk(piece, items) {
		texts.set(piece, items);
		if (texts.size > 40) texts.delete(texts.keys().next().value);
		const asked = waiting.get(piece) || [];
		waiting.delete(piece);
		for (const [item, then] of asked) then(items[item.index % about.chunk]);
	}

	// --- one listing ---

	const element = (tag, text, attributes = {}) => {
		const e = document.createElement(tag);
		if (text !== undefined) e.textContent = text;
		for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
		return e;
	};
	const isHtml = (item) => item.path.endsWith(".html");
	const escaped = (s) => s.replace(/&/g, "&amp;").replace(/</g, "&lt;");
	function document_of(item, bytes) {
		const body = isHtml(item) ? bytes : `<pre style="white-space:pre-wrap;font:inherit;margin:0">${escaped(bytes)}</pre>`;
		return `<!DOCTYPE html><html lang="${item.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">` +
			`<meta name="viewport" content="width=device-width"><title>Preview</title><style>body{margin:16px;font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;overflow-wrap:break-word}table{max-width:100%}</style></head><body>${body}</body></html>`;
	}
	function show() {
		const item = shown[at];
		$("nothing").hidden = !!item;
		$("one").hidden = !item;
		if (!item) return;
		fit();
		$("place").textContent = [item.site || item.marketplace, item.language, item.listing && `listing ${item.listing}`, item.id].filter(Boolean).join(" · ") + ` · into the field “${item.field}”`;
		$("title").textContent = item.title || "The shop’s own text";
		const withheld = !!item.withheld, now = state(item);
		$("why").replaceChildren(element("strong", sentences[now], { class: now }));
		if (item.reason) $("why").append(" " + reason(item) + ".");
		if (withheld) $("why").append(" " + item.withheld + (item.instead ? `. It belongs into “${item.instead}”.` : ". No other place for it was found."));
		if (item.pasted) $("why").append(` Last pasted on ${item.pasted}.`);
		for (const id of ["copy", "copy-text"]) $(id).disabled = withheld;
		$("copy-text").hidden = withheld || !isHtml(item);
		$("copy-what").textContent = isHtml(item) ? "for the HTML view" : "the text";
		$("tick").disabled = item.state === "done" || (withheld && !item.pasted);
		tickShown(item);
		$("count").hidden = withheld;
		$("counted").textContent = item.limit ? `${number(item.count)} of ${number(item.limit)} ${item.unit}, as ${item.marketplace} counts` :
			`${number(item.count)} ${item.unit}; no limit is known`;
		$("meter").hidden = !item.limit;
		$("meter").max = item.limit || 1;
		$("meter").high = (item.limit || 1) * .9;
		$("meter").value = item.count;
		showLeft(item);
		load(item, (text) => { if (shown[at] === item) showText(item, text); });
	}
	// A frame that is not seen is left empty: it is drawn anew when it comes into sight.
	function preview(item, text) {
		const old = $("frame");
		const seen = tab === "preview" && old.offsetParent !== null;
		const frame = element("iframe", undefined, { id: "frame", title: "The text as a buyer sees it", sandbox: "" });
		if (seen && text.bytes) frame.srcdoc = document_of(item, text.bytes);
		old.replaceWith(frame);
		fit();
	}
	function tickShown(item) {
		$("tick").setAttribute("aria-pressed", item.state === "done" || ticked(item));
		$("tick-what").textContent = item.withheld ? "Taken out" : "Pasted";
	}
	function showText(item, text) {
		item.now = text;
		$("bytes").textContent = text.bytes;
		preview(item, text);
		const table = element("table");
		if (text.values.length) {
			const head = table.createTHead().insertRow();
			for (const title of ["Value", "Pasted with", "Now", "From"]) head.append(element("th", title, { scope: "col" }));
			const body = table.createTBody();
			for (const [value, before, now, place] of text.values) {
				const row = body.insertRow();
				row.append(element("th", readable(value), { scope: "row", title: value }), element("td", before || "–"), element("td", now || "–"), element("td", place.replace(/^content\//, "")));
			}
			$("values").replaceChildren(table);
		} else $("values").replaceChildren();
		showDifference(item, text.difference);
	}
	function showDifference(item, stretches) {
		const out = $("words");
		out.replaceChildren();
		if (!stretches.length)
			return out.append(element("p", item.state === "done" ? "None: the listing reads as it should." : item.pasted ? "What was pasted is not in the archive." : "Nothing was pasted yet, so there is nothing to compare with."));
		stretches.forEach(([kind, text], i) => {
			if (kind === "-") out.append(element("del", text));
			else if (kind === "+") out.append(element("ins", text));
			else if (text.length < 260) out.append(text);
			else out.append(i ? text.slice(0, 110) : "", element("span", " … ", { class: "skipped", "aria-label": "the same text" }), i < stretches.length - 1 ? text.slice(-110) : "");
		});
	}
	function showLeft(item) {
		const out = $("gone"), left = (item.left_out || "").split(" ").filter(Boolean);
		out.replaceChildren();
		if (item.withheld) out.append(element("p", `Everything: ${item.withheld}.`));
		else if (!left.length) out.append(element("p", "Nothing: every part of the text found its place."));
		else {
			const list = element("ul");
			for (const block of left) list.append(element("li", block));
			out.append(element("p", item.limit ? "These parts did not fit, or may not stand here:" : "These parts may not stand here:"), list);
		}
		if (item.instead) out.append(element("p", `They belong into “${item.instead}”.`));
	}
	function open(which) {
		tab = which;
		for (const button of document.querySelectorAll("[role=tab]")) {
			const selected = button.getAttribute("aria-controls") === which;
			button.setAttribute("aria-selected", selected);
			button.tabIndex = selected ? 0 : -1;
			$(button.getAttribute("aria-controls")).hidden = !selected;
		}
		const item = shown[at];
		if (which === "preview" && item?.now) preview(item, item.now);
	}
	function fit() {
		const desktop = document.querySelector("[name=width]:checked").value === "desktop", [wide, high] = desktop ? [1100, 760] : [375, 667];
		const scale = Math.min(1, ($("stage").clientWidth - 2) / wide), screen = $("screen").style, frame = $("frame").style;
		screen.width = Math.round(wide * scale) + 2 + "px";
		screen.height = Math.round(high * scale) + 2 + "px";
		frame.width = wide + "px";
		frame.height = high + "px";
		frame.transform = scale < 1 ? `scale(${scale})` : "";
	}

	// --- copy, tick, save ---

	function say(text, bad = false) {
		$("said").textContent = text;
		$("said").className = bad ? "bad" : "";
	}
	// A copy event takes the very bytes, without permission, and from a page on the disk.
	function put(kinds) {
		let done = false;
		const give = (event) => {
			for (const [kind, text] of Object.entries(kinds)) event.clipboardData.setData(kind, text);
			event.preventDefault();
			event.stopImmediatePropagation();
			done = true;
		};
		document.addEventListener("copy", give, true);
		try { document.execCommand("copy"); } finally { document.removeEventListener("copy", give, true); }
		return done ? Promise.resolve() : navigator.clipboard.writeText(kinds["text/plain"]);
	}
	const plain = (html) => {
		const page = new DOMParser().parseFromString(html.replace(/<\/(p|div|h\d|li|tr|ul|ol|table)>|<br ?\/?>/gi, "$&\n"), "text/html");
		return page.body.textContent.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
	};
	function copy(formatted) {
		const item = shown[at];
		if (!item || item.withheld) return;
		load(item, ({ bytes }) => {
			const kinds = formatted && isHtml(item) ? { "text/html": bytes, "text/plain": plain(bytes) } : { "text/plain": bytes };
			put(kinds).then(() => say(formatted && isHtml(item) ? "Copied as formatted text: paste it into the text view." : isHtml(item) ? "Copied: paste it into the HTML view." : "Copied."),
				() => say("The browser does not let the page copy. Mark the source and copy it by hand.", true));
		});
	}
	const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
	function tick() {
		const item = shown[at];
		if (!item || $("tick").disabled) return;
		const key = name(item);
		if (ticked(item)) delete ticks[key];
		else ticks[key] = { text: item.text, pasted: today() };
		unsaved = true;
		keep();
		tickShown(item);
		if (drawn.has(at)) fill(drawn.get(at), item);
		$("why").firstChild.replaceWith(element("strong", sentences[state(item)], { class: state(item) }));
		tell();
		say(ticked(item) ? "Ticked." : "No longer ticked.");
	}
	const cell = (s) => /[",\n\r]|^ | $/.test(s) ? `"${s.replace(/"/g, '""')}"` : s;
	function save() {
		const rows = Object.entries(ticks).map(([key, { text, pasted }]) => [...key.split("\t"), pasted, text].map(cell).join(","));
		if (!rows.length) return say("No listing is ticked yet.", true);
		const csv = ["id,marketplace,site,language,field,listing,pasted,text", ...rows, ""].join("\n");
		const link = element("a", "", { download: "ticks.csv", href: URL.createObjectURL(new Blob([csv], { type: "text/csv" })) });
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 10000);
		unsaved = false;
		say(`${rows.length} saved. Hand them back: upfront pasted --from ticks.csv`);
	}
	function tell() {
		const open = about.items.filter(isOpen).length, done = Object.keys(ticks).length;
		$("progress").textContent = `${number(open)} to paste, ${number(done)} ticked`;
		$("more").hidden = about.all <= about.items.length;
		$("more").textContent = `The desk shows ${number(about.items.length)} of ${number(about.all)} texts. The others are uploaded as files: out/bulk.`;
	}

	// --- hands ---

	const keys = {
		j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), c: () => copy(false), x: () => copy(true), t: tick,
		s: save, "/": () => $("find").focus(), "?": help, 1: () => open("preview"), 2: () => open("source"), 3: () => open("difference"), 4: () => open("left"),
		w: () => { const other = document.querySelector("[name=width]:not(:checked)"); other.checked = true; fit(); },
		PageDown: () => step(10), PageUp: () => step(-10), Home: () => choose(shown.length ? 0 : -1), End: () => choose(shown.length - 1),
	};
	function help() { if (!$("keys").open) $("keys").showModal(); }
	function listen() {
		document.addEventListener("keydown", (event) => {
			if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
			const target = event.target;
			if (target.id === "find" && (event.key === "Escape" || event.key === "Enter")) { event.preventDefault(); $("list").focus(); return; }
			if (target.matches("input, select")) return;
			const moves = /^(Arrow|Page|Home|End)/.test(event.key);
			if (target.matches("[role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) {
				const tabs = [...document.querySelectorAll("[role=tab]")], to = tabs[(tabs.indexOf(target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
				open(to.getAttribute("aria-controls"));
				return to.focus();
			}
			if (moves && target.id !== "list" && target !== document.body) return; // they scroll there
			const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
			if (act) { event.preventDefault(); act(); }
		});
		let pending = false;
		$("list").addEventListener("scroll", () => {
			if (pending) return;
			pending = true;
			requestAnimationFrame(() => { pending = false; draw(); });
		}, { passive: true });
		$("list").addEventListener("click", (event) => {
			const row = event.target.closest(".row");
			if (!row) return;
			if (matchMedia("(max-width: 820px)").matches) document.body.classList.add("reading");
			choose(Number(row.dataset.index), false);
			if (matchMedia("(max-width: 820px)").matches) read();
		});
		$("list").addEventListener("keydown", (event) => {
			if (event.key !== "Enter") return;
			read();
		});
		for (const id of ["find", "state", "market", "language"]) $(id).addEventListener("input", () => { $("list").scrollTop = 0; filter(); });
		$("filters").addEventListener("submit", (event) => event.preventDefault());
		$("clear").onclick = () => { $("filters").reset(); filter(); $("list").focus(); };
		$("back").onclick = () => { document.body.classList.remove("reading"); draw(); $("list").focus(); };
		$("copy").onclick = () => copy(false);
		$("copy-text").onclick = () => copy(true);
		$("tick").onclick = tick;
		$("save").onclick = save;
		$("help").onclick = help;
		$("previous").onclick = () => step(-1);
		$("next").onclick = () => step(1);
		for (const button of document.querySelectorAll("[role=tab]")) button.onclick = () => open(button.getAttribute("aria-controls"));
		for (const radio of document.querySelectorAll("[name=width]")) radio.onchange = fit;
		addEventListener("resize", () => { fit(); draw(); });
		addEventListener("beforeunload", (event) => { if (unsaved && !stored()) event.preventDefault(); });
	}
	const stored = () => { try { return localStorage.getItem(shelf()) !== null; } catch { return false; } };
	function choices(id, values) {
		for (const value of [...new Set(values)].filter(Boolean).sort()) $(id).append(element("option", value, { value }));
	}
	function list(data) {
		about = data;
		about.items.forEach((item, index) => { item.index = index; });
		document.title = `Paste desk – ${about.shop}`;
		$("shop").textContent = `${about.shop}, as of ${about.date}`;
		choices("market", about.items.flatMap((item) => [item.marketplace, item.site]));
		choices("language", about.items.map((item) => item.language));
		recall();
		listen();
		tell();
		open("preview");
		filter();
	}
	return { list, chunk };
})();
{
	const script = document.createElement("script");
	script.src = "data/list.js";
	script.onerror = () => { document.getElementById("progress").textContent = "data/list.js is missing: build the shop again."; };
	document.head.append(script);
}
