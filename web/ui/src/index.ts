export { contrastRatio, contrastText, readableOn } from "./colour.ts";
export { dayTime } from "./dayTime.ts";
export { fileSize } from "./fileSize.ts";
export {
  continues,
  dayOf,
  type Groupable,
  groupMessages,
  type MessageDay,
  type MessageGroup,
} from "./groupMessages.ts";
export { linkify, type Segment, safeHref } from "./linkify.ts";
export { chipOf, initials } from "./names.ts";
export { briefTime, relativeTime } from "./relativeTime.ts";
export { clockTime, dayLabel, exactTime, type TimeReader } from "./time.ts";
export { upcomingTime } from "./upcomingTime.ts";
