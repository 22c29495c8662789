/** What pages pass to `start`; unknown names are ignored. */
export interface StartOptions {
  lang?: string;
  brandId?: string;
  hideChatIcon?: boolean;
  chatIconPosition?: string | { alignment?: string; horizontalPadding?: number; verticalPadding?: number };
  chatIconSize?: number;
  hideHistoryNavigation?: boolean;
  hideNewConversationButton?: boolean;
  /** Keep nothing in the browser, not even this tab's path, before the visitor writes. */
  strict?: boolean;
}

export let options: StartOptions = {};
/** As the page has it: also `en_us`, as older pages write it. */
export let lang = "";
export let side = "";
export let x = 0;
export let y = 0;
export let size = 0;

export function setOptions(chosen: StartOptions): void {
  options = chosen;
  lang = chosen.lang || document.documentElement.lang || navigator.language;
  // A word has no paddings: what it says is the alignment.
  const place = Object(chosen.chatIconPosition ?? "");
  side = /left|right/.exec(place.alignment ?? place)?.[0] ?? (document.dir === "rtl" ? "left" : "right");
  x = place.horizontalPadding ?? 20;
  y = place.verticalPadding ?? 20;
  size = chosen.chatIconSize ?? 56;
}

/** Global Privacy Control and Do Not Track ask for no more than the visitor's own doing needs. */
export function wantsPrivacy(): boolean | undefined {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return options.strict || globalPrivacyControl || doNotTrack === "1";
}
