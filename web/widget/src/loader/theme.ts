/** Dark where the page is: what it declares, else what colour its background has. */
export function isDark(): boolean {
  const root = document.documentElement;
  const scheme = getComputedStyle(root).colorScheme;
  if (/dark/.test(scheme)) return !/light/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches;
  return [document.body, root].some((element) => {
    const colour = getComputedStyle(element).backgroundColor;
    // In the old notation three to 255; in the others the first is a share of light.
    const [first = 1, second = 0, third = 0, alpha = 1] = (colour.match(/\b[\d.]+/g) ?? []).map(Number);
    const light = /^rgb/.test(colour) ? (first + second + third) / 765 : first;
    return alpha > 0.5 && light < 0.38;
  });
}
