import { type Catalogue, en, type Text, type TextKey } from "./en.ts";

const OTHERS: Record<string, () => Promise<Catalogue>> = {
  ar: async () => (await import("./ar.ts")).ar,
};

export type Fillings = Record<string, string | number>;

/** The panel's texts in one language, and how that language reads and counts. */
export class Words {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly #catalogue: Catalogue;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(lang: string, catalogue: Catalogue) {
    this.lang = lang;
    this.dir = catalogue === en || !RIGHT_TO_LEFT.has(base(lang)) ? "ltr" : "rtl";
    this.#catalogue = catalogue;
    this.#plurals = new Intl.PluralRules(lang);
    this.#numbers = new Intl.NumberFormat(lang);
  }

  readonly say = (key: TextKey, fillings: Fillings = {}): string => {
    const text: Text = this.#catalogue[key];
    const form = typeof text === "string" ? text : this.#form(text, Number(fillings.count));
    return form.replace(/\{(\w+)\}/g, (_, name: string) => this.#filled(fillings[name]));
  };

  percent(share: number): string {
    return new Intl.NumberFormat(this.lang, { style: "percent", maximumFractionDigits: 0 }).format(share);
  }

  #form(text: Exclude<Text, string>, count: number): string {
    return text[this.#plurals.select(count)] ?? text.other;
  }

  #filled(value: string | number | undefined): string {
    return typeof value === "number" ? this.#numbers.format(value) : (value ?? "");
  }
}

export const english = new Words("en", en);

/** The page's language where there is a catalogue for it, English otherwise; regional times and numbers either way. */
export async function wordsFor(lang: string): Promise<Words> {
  const known = validTag(lang);
  const load = OTHERS[base(known)];
  if (load) return new Words(known, await load());
  return new Words(base(known) === "en" ? known : "en", en);
}

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

const base = (lang: string): string => lang.split("-")[0] ?? "en";

function validTag(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang.replace("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
