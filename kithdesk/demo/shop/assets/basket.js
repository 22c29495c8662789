/** The basket: a list in this browser. */

import { busy } from "./busy.js";

/** @typedef {{slug: string, size: string, quantity: number}} Line */
/** @typedef {{name: string, kind: string, price: number, tile: string, picture: string}} Product */
/** @typedef {{products: Record<string, Product>, freeFrom: number, delivery: number}} Catalogue */

const KEY = "birch-basket";
const MOST = 20;

/** @returns {Line[]} */
function read() {
  try {
    const lines = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(lines) ? lines.filter((line) => line?.slug && line.quantity > 0) : [];
  } catch {
    return [];
  }
}

/** @param {Line[]} lines */
function write(lines) {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // A browser that keeps nothing still shows the shop.
  }
  drawCount();
  drawBasket();
}

/**
 * @param {string} slug
 * @param {string} size
 * @param {number} quantity
 */
export function addToBasket(slug, size, quantity) {
  const lines = read();
  const same = lines.find((line) => line.slug === slug && line.size === size);
  if (same) same.quantity = Math.min(MOST, same.quantity + quantity);
  else lines.push({ slug, size, quantity });
  write(lines);
}

export function drawCount() {
  const count = read().reduce((sum, line) => sum + line.quantity, 0);
  for (const badge of document.querySelectorAll("[data-basket-count]")) {
    badge.textContent = String(count);
    badge.toggleAttribute("hidden", count === 0);
  }
}

/** Buys what is in the basket, and shows it on the account page.
 * @param {HTMLElement} pressed
 */
export async function order(pressed) {
  await busy(pressed, async () => {
    const response = await fetch("/shop/api/orders", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ lines: read() }),
    });
    if (!response.ok) throw new Error(`The shop did not take the order: ${response.status}`);
    write([]);
    location.assign("/shop/account");
  });
}

/** Only on the basket's own page. */
export function drawBasket() {
  const page = document.querySelector("[data-basket]");
  const source = document.getElementById("catalogue")?.textContent;
  if (!page || !source) return;
  /** @type {Catalogue} */
  const catalogue = JSON.parse(source);
  const lines = read().filter((line) => catalogue.products[line.slug]);
  page.querySelector("[data-basket-empty]")?.toggleAttribute("hidden", lines.length > 0);
  page.querySelector("[data-basket-full]")?.toggleAttribute("hidden", lines.length === 0);
  page.querySelector("[data-basket-lines]")?.replaceChildren(...lines.map((line) => row(line, catalogue)));
  drawSum(page, lines, catalogue);
}

/**
 * @param {Element} page
 * @param {Line[]} lines
 * @param {Catalogue} catalogue
 */
function drawSum(page, lines, { products, freeFrom, delivery }) {
  const goods = lines.reduce((sum, line) => sum + (products[line.slug]?.price ?? 0) * line.quantity, 0);
  const sending = goods >= freeFrom ? 0 : delivery;
  const missing = freeFrom - goods;
  fill(page, "goods", pounds(goods));
  fill(page, "delivery", sending ? pounds(sending) : "Free");
  fill(page, "total", pounds(goods + sending));
  fill(page, "hint", missing > 0 ? `${pounds(missing)} more and delivery is free.` : "");
}

/**
 * @param {Line} line
 * @param {Catalogue} catalogue
 */
function row(line, catalogue) {
  const product = /** @type {Product} */ (catalogue.products[line.slug]);
  const path = `/shop/p/${line.slug}`;
  const quantity = element("select", {
    className: "select line-select",
    ariaLabel: `Quantity of ${product.name}`,
  });
  for (let number = 1; number <= Math.max(6, line.quantity); number += 1) {
    quantity.append(element("option", { textContent: String(number), selected: number === line.quantity }));
  }
  quantity.onchange = () => change(line, Number(quantity.value));
  const away = element("button", {
    type: "button",
    className: "line-away",
    textContent: "Remove",
    ariaLabel: `Remove ${product.name}`,
  });
  away.onclick = () => change(line, 0);
  const tile = element("span", { className: `tile tile--${product.tile}` });
  tile.append(element("img", { src: product.picture, alt: "", width: 400, height: 400 }));
  const words = element("div", {});
  const tools = element("div", { className: "line-tools" });
  tools.append(quantity, away);
  words.append(
    element("a", { className: "line-name", href: path, textContent: product.name }),
    element("small", {
      className: "small",
      textContent: line.size ? `${product.kind}, size ${line.size}` : product.kind,
    }),
    tools,
  );
  const item = element("li", { className: "line" });
  item.append(
    tile,
    words,
    element("span", { className: "price", textContent: pounds(product.price * line.quantity) }),
  );
  return item;
}

/**
 * @param {Line} line
 * @param {number} quantity
 */
function change(line, quantity) {
  const lines = read().map((one) =>
    one.slug === line.slug && one.size === line.size ? { ...one, quantity } : one,
  );
  write(lines.filter((one) => one.quantity > 0));
}

/**
 * @param {Element} page
 * @param {string} name
 * @param {string} text
 */
function fill(page, name, text) {
  const place = page.querySelector(`[data-sum-${name}]`);
  if (place) place.textContent = text;
}

/** @param {number} pence */
function pounds(pence) {
  const digits = pence % 100 ? 2 : 0;
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: "GBP",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(pence / 100);
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} properties
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
