/** Dark where the page is: what it declares, else what colour its background has. */
export function isDark(): boolean {
  const root = document.documentElement;
  const scheme = getComputedStyle(root).colorScheme;
  if (scheme.includes("dark")) {
    return !scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches;
  }
  return [document.body, root].some((element) => {
    const colour = getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? [];
    const [red = 255, green = 0, blue = 0, alpha = 1] = colour.map(Number);
    return alpha > 0.5 && red + green + blue < 288;
  });
}
