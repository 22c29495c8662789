import { type Attribute, asProperty, readAttributes } from "../../attributes/attribute.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull, texts } from "../../desk/reading.ts";

/** Whether records of the kind may come and change. */
export const STATUSES = ["enabled", "existing_only", "disabled"] as const;
export type Status = (typeof STATUSES)[number];

/** A kind of record that the organisation defined. */
export interface Klass {
  /** Null of one that is being made. */
  readonly id: string | null;
  readonly name: string;
  readonly displayName: string;
  readonly pluralName: string;
  readonly icon: string;
  readonly color: string;
  readonly status: Status;
  /** What Kustomer's clients know it by. Two of them say what agents do by hand. */
  readonly mixins: readonly string[];
  readonly attributes: readonly Attribute[];
  /** Names of the attributes that a card shows, in its order; none is the first few. */
  readonly card: readonly string[];
  readonly rev: number;
}

export const NEW_KLASS: Klass = {
  id: null,
  name: "",
  displayName: "",
  pluralName: "",
  icon: "package",
  color: "#1f6f5c",
  status: "enabled",
  mixins: ["creatable", "editable"],
  attributes: [],
  card: [],
  rev: 0,
};

/** The server has these, and refuses others. */
export const ICONS = [
  "package",
  "shopping-bag",
  "shopping-cart",
  "receipt",
  "credit-card",
  "wallet",
  "truck",
  "repeat",
  "ticket",
  "tag",
  "gift",
  "star",
  "heart",
  "calendar",
  "alarm-clock",
  "clipboard-list",
  "file-text",
  "book",
  "briefcase",
  "building",
  "home",
  "hotel",
  "map-pin",
  "globe",
  "plane",
  "car",
  "bike",
  "user",
  "badge-check",
  "graduation-cap",
  "key",
  "shield",
  "phone",
  "laptop",
  "cpu",
  "plug",
  "wrench",
  "hammer",
  "utensils",
  "layers",
  "box",
  "flag",
  "rocket",
] as const;

export const COLORS = [
  ["grey", "#6b7280"],
  ["red", "#c2413b"],
  ["orange", "#c2630c"],
  ["yellow", "#a16f07"],
  ["green", "#1f6f5c"],
  ["teal", "#0f766e"],
  ["blue", "#2563ab"],
  ["indigo", "#4f52b8"],
  ["violet", "#7c4bb5"],
  ["pink", "#b83a74"],
] as const;
export type ColorName = (typeof COLORS)[number][0];

export function klassFromResource({ id, attributes: json }: Resource): Klass {
  const displayName = text(json.displayName) || text(json.name);
  return {
    id,
    name: text(json.name),
    displayName,
    pluralName: text(json.pluralName) || displayName,
    icon: textOrNull(json.icon) ?? "box",
    color: textOrNull(json.color) ?? "#6b7280",
    status: STATUSES.find((status) => status === json.status) ?? "enabled",
    mixins: texts(json.mixins),
    attributes: isJson(json.metadata) ? readAttributes(json.metadata.properties) : [],
    card: isJson(json.card) ? list(json.card.fields).map(text) : [],
    rev: numberOrNull(json.rev) ?? 0,
  };
}

export function withMixin({ mixins }: Klass, mixin: string, isOn: boolean): Pick<Klass, "mixins"> {
  const others = mixins.filter((one) => one !== mixin);
  return { mixins: isOn ? [...others, mixin] : others };
}

/** As the API takes it: attributes that `before` had and this has not are removed. */
export function klassBody(klass: Klass, before: Klass): Readonly<Record<string, unknown>> {
  const { name, displayName, pluralName, icon, color, status, mixins, attributes, card } = klass;
  const gone = before.attributes.map((one) => [one.name, null]);
  const kept = attributes.map((one) => [one.name, asProperty(one)]);
  return {
    ...(klass.id === null ? { name } : { rev: klass.rev }),
    displayName: displayName.trim(),
    pluralName: pluralName.trim() || displayName.trim(),
    icon,
    color,
    status,
    mixins,
    metadata: { properties: Object.fromEntries([...gone, ...kept]) },
    card: { fields: card.filter((field) => attributes.some((one) => one.name === field)) },
  };
}

/** Whether the attributes stand in another order than saving alone would leave them in: new ones come last. */
export function isReordered(klass: Klass, before: Klass): boolean {
  const names = klass.attributes.map(({ name }) => name);
  const old = before.attributes.map(({ name }) => name).filter((name) => names.includes(name));
  const natural = [...old, ...names.filter((name) => !old.includes(name))];
  return natural.join() !== names.join();
}
