/** Black or white: whichever reads better on `accent` (`#rgb` or `#rrggbb`). Always at least 4.5:1. */
export function contrastText(accent: string): "#000000" | "#ffffff" {
  const luminance = luminanceOf(parse(accent));
  return contrast(luminance, 0) >= contrast(luminance, 1) ? "#000000" : "#ffffff";
}

/** `accent` moved towards black or white just until text in it reads on `background` (`ratio`:1, WCAG). */
export function readableOn(accent: string, background: string, ratio = 4.5): string {
  const behind = luminanceOf(parse(background));
  const target = contrast(behind, 0) >= contrast(behind, 1) ? 0 : 255;
  const from = parse(accent);
  for (let step = 0; step <= 20; step += 1) {
    const mixed = from.map((channel) =>
      Math.round(channel + ((target - channel) * step) / 20),
    ) as unknown as Rgb;
    if (contrast(luminanceOf(mixed), behind) >= ratio) return hex(mixed);
  }
  return target === 0 ? "#000000" : "#ffffff";
}

/** The WCAG contrast ratio of two colours, from 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  return contrast(luminanceOf(parse(one)), luminanceOf(parse(other)));
}

type Rgb = readonly [number, number, number];

/** An unreadable setting must not break a page: it counts as mid grey. */
function parse(colour: string): Rgb {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/iu.exec(colour.trim());
  if (match?.[1] === undefined) return [118, 118, 118];
  const digits = match[1].length === 3 ? [...match[1]].map((digit) => digit + digit).join("") : match[1];
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function luminanceOf([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
