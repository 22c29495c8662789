import { api } from "../../api/api.ts";
import { list, type Resource, text } from "../../desk/reading.ts";
import { changesIn } from "../changes.ts";

const PATH = "/v1/chat/settings";

export const HOURS_DISPLAYS = ["none", "online", "offline"] as const;
/** Whether the chat tells its hours: not at all, beside everything else, or with a message of their own. */
export type HoursDisplay = (typeof HOURS_DISPLAYS)[number];

/** How the chat looks and behaves on the company's pages. */
export interface Appearance {
  readonly enabled: boolean;
  readonly teamName: string;
  readonly teamIconUrl: string;
  readonly greeting: string;
  readonly waitMessage: string;
  readonly accent: string;
  readonly showTypingIndicatorWeb: boolean;
  readonly showTypingIndicatorCustomerWeb: boolean;
  readonly closableChat: boolean;
  readonly noHistory: boolean;
  readonly allowedDomains: readonly string[];
  /** Names in a page's address whose values agents see; all else behind the `?` stays in the browser. */
  readonly keptQuery: readonly string[];
  readonly offhoursDisplay: HoursDisplay;
  readonly offhoursMessage: string;
  /** Empty: those of the default schedule. */
  readonly businessScheduleId: string;
}

export async function loadAppearance(): Promise<Appearance> {
  const { data } = await api.get(PATH);
  return appearanceFrom(data);
}

/** Sends what has changed: what somebody else changed meanwhile stays. */
export async function saveAppearance(wanted: Appearance, before: Appearance): Promise<Appearance> {
  const { data } = await api.put(PATH, changesOf(wanted, before));
  return appearanceFrom(data);
}

export function changesOf(wanted: Appearance, before: Appearance): Partial<Appearance> {
  return changesIn({ ...wanted }, { ...before });
}

function appearanceFrom({ attributes: json }: Resource): Appearance {
  return {
    enabled: json.enabled !== false,
    teamName: text(json.teamName),
    teamIconUrl: text(json.teamIconUrl),
    greeting: text(json.greeting),
    waitMessage: text(json.waitMessage),
    accent: text(json.accent) || "#1f6f5c",
    showTypingIndicatorWeb: json.showTypingIndicatorWeb !== false,
    showTypingIndicatorCustomerWeb: json.showTypingIndicatorCustomerWeb !== false,
    closableChat: json.closableChat !== false,
    noHistory: json.noHistory === true,
    allowedDomains: list(json.allowedDomains).map(text),
    keptQuery: list(json.keptQuery).map(text),
    offhoursDisplay: HOURS_DISPLAYS.find((one) => one === json.offhoursDisplay) ?? "none",
    offhoursMessage: text(json.offhoursMessage),
    businessScheduleId: text(json.businessScheduleId),
  };
}

/** A whole address becomes the site in it, which is what is compared. */
export function domainsFrom(written: string): string[] {
  const domains = written
    .split(/[\s,]+/u)
    .map((word) =>
      word
        .trim()
        .toLowerCase()
        .replace(/^https?:\/\//u, "")
        .replace(/\/.*$/u, ""),
    )
    .filter((word) => word !== "");
  return [...new Set(domains)];
}

/** Names alone: of `?ref=spring&variant=2` that is `ref` and `variant`. */
export function queryNamesFrom(written: string): string[] {
  const names = written
    .replace(/^.*\?/gmu, "")
    .split(/[\s,&]+/u)
    .map((word) => word.replace(/=.*$/u, ""))
    .filter((word) => word !== "");
  return [...new Set(names)];
}
