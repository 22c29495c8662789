/** A page of a shop that did not plan for us: own fonts, own resets, rules that reach for everything. */
export function hostPage(url, server) {
  const dark = url.searchParams.has("dark");
  const rtl = url.searchParams.has("rtl");
  const attribute = url.searchParams.has("kustomer") ? "data-kustomer-api-key" : "data-kithdesk-key";
  const extra = url.searchParams.get("strict") === null ? "" : " data-kithdesk-strict";
  return `<!doctype html>
<html lang="${rtl ? "ar" : "en"}"${rtl ? ' dir="rtl"' : ""} style="color-scheme:${dark ? "dark" : "light"}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${url.pathname === "/" ? "Fernweh Outdoor" : url.pathname.slice(1)}</title>
<style>
  div, button, iframe { font-family: Georgia, serif; }
  button { text-transform: uppercase; border: 3px dashed red; }
  iframe { max-width: 200px !important; border: 4px solid red !important; }
  body { margin: 0; font: 17px/1.6 Georgia, serif; background: ${dark ? "#1b1d1a" : "#f7f5ef"}; color: ${dark ? "#dfe3da" : "#2b2a26"}; }
  header { padding: 24px 6vw; display: flex; gap: 28px; align-items: baseline; border-bottom: 1px solid ${dark ? "#333" : "#ddd8cb"}; }
  header b { font-size: 22px; letter-spacing: .02em; }
  main { padding: 40px 6vw; display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 28px; }
  article { aspect-ratio: 4/3; background: ${dark ? "#262a24" : "#e6e2d5"}; border-radius: 6px; display: grid; place-items: end start; padding: 18px; }
  a { color: inherit; }
</style>
<header><b>Fernweh</b><a href="/tents">Tents</a><a href="/boots?token=secret#x">Boots</a><a href="/packs">Packs</a></header>
<main>${["Ridge tent 2P", "Alpine boots", "Trail pack 38 l", "Down jacket", "Gas stove", "Map case"].map((name) => `<article>${name}</article>`).join("")}</main>
<script async src="${server}/widget.js" ${attribute}="demo-key"${extra}></script>
</html>`;
}
