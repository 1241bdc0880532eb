// SPDX-License-Identifier: MIT
// Sends a first-time visitor on to the page in a language of the browser. Whoever comes from
// a page of the shop wants to choose, and stays.
(function () {
	if (document.referrer && new URL(document.referrer).origin === location.origin)
		return;
	var links = Array.from(document.querySelectorAll(".choose a[hreflang]"));
	var wanted = navigator.languages || [navigator.language];
	function fits(tag, wish) {
		tag = tag.toLowerCase();
		wish = wish.toLowerCase();
		return tag === wish || tag.split("-")[0] === wish.split("-")[0];
	}
	for (var i = 0; i < wanted.length; i++)
		for (var j = 0; j < links.length; j++)
			if (fits(links[j].hreflang, wanted[i])) {
				location.replace(links[j].href);
				return;
			}
})();
