import type { PageView } from "../desk/types.ts";

const SEPARATOR = /\s+[·|–—:-]\s+/u;

/** A page's name: its title, or its path where it has none. */
export function titleOf(page: PageView): string {
  return page.title.trim() === "" ? pathOf(page.url) : page.title.trim();
}

/** The same without the site's name, which most sites put at the end of every title: "Tents · Acme" among others of Acme is "Tents". */
export function shortTitleOf(page: PageView, among: readonly PageView[]): string {
  const title = titleOf(page);
  const parts = title.split(SEPARATOR);
  const site = parts.at(-1);
  if (parts.length < 2 || site === undefined) return title;
  const others = new Set(among.map(titleOf).filter((other) => other !== title));
  const isShared =
    others.size > 0 && [...others].every((other) => other === site || other.split(SEPARATOR).at(-1) === site);
  return isShared ? title.slice(0, title.lastIndexOf(site)).replace(/\s+\S+\s+$/u, "") : title;
}

export function pathOf(address: string): string {
  try {
    return new URL(address).pathname;
  } catch {
    return address;
  }
}
