/** Written through the object model, as important: the page's rules do not win, and no content policy forbids it. */
export function place(element: HTMLElement, shown: boolean, style: string): void {
  const all = `all:initial;position:fixed;z-index:2147483000;display:${shown ? "block" : "none"};
box-shadow:0 0 0 1px #8883,0 8px 36px #0004;${style}`;
  element.style.cssText = all.replace(/;|$/g, "!important;");
}
