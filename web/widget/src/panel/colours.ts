import { contrastRatio, contrastText, readableOn } from "@kithdesk/ui";

const SURFACE = { light: "#ffffff", dark: "#1d1b19" };
/** Behind the other side's words: `--bubble`. What reads on it reads on the panel too. */
const BUBBLE = { light: "#f1efeb", dark: "#36322e" };
/** Less than this, and a filled shape melts into the panel; dark ones melt sooner. */
const SEEN = { light: 1.3, dark: 1.8 };

/** The company's own colour where it fills; moved only as far as it takes to be read where it is text. */
export function paint(root: HTMLElement, accent: string, dark: boolean): void {
  const theme = dark ? "dark" : "light";
  const [surface, seen] = [SURFACE[theme], SEEN[theme]];
  const fill = contrastRatio(accent, surface) < seen ? readableOn(accent, surface, seen) : accent;
  root.dataset.theme = theme;
  root.style.setProperty("--fill", fill);
  root.style.setProperty("--on-fill", contrastText(fill));
  root.style.setProperty("--bubble", BUBBLE[theme]);
  root.style.setProperty("--accent", readableOn(accent, BUBBLE[theme]));
  root.style.setProperty("--focus", readableOn(accent, surface, 3));
}
