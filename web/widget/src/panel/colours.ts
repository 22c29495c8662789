import { contrastRatio, contrastText, readableOn } from "@kithdesk/ui";

const SURFACE = { light: "#ffffff", dark: "#1d1b19" };
/** Less than this, and a filled shape melts into the panel. */
const SEEN = 1.3;

/** The company's own colour where it fills; moved only as far as it takes to be read where it is text. */
export function paint(root: HTMLElement, accent: string, dark: boolean): void {
  const surface = dark ? SURFACE.dark : SURFACE.light;
  const fill = contrastRatio(accent, surface) < SEEN ? readableOn(accent, surface, SEEN) : accent;
  root.dataset.theme = dark ? "dark" : "light";
  root.style.setProperty("--fill", fill);
  root.style.setProperty("--on-fill", contrastText(fill));
  root.style.setProperty("--accent", readableOn(accent, surface));
  root.style.setProperty("--focus", readableOn(accent, surface, 3));
}
