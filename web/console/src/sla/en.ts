import type { Metric } from "./sla.ts";

/** Words of what is promised to customers, and of its clocks. */
export const words = {
  metrics: {
    firstResponse: "First answer",
    nextReply: "Next answer",
    longestUnrespondedMessage: "Any answer",
    totalCustomerWaitTime: "Time that the customer waits",
    totalConversationOpenTime: "Time until it is done",
  } satisfies Record<Metric, string> as Readonly<Record<string, string>>,
  /** One of a few, as short as a list needs. */
  left: (time: string) => time,
  dueNow: "now",
  late: (time: string) => `${time} late`,
  justLate: "late",
  soon: "soon:",
  due: (what: string) => `${what} due in`,
  dueOf: (what: string) => `${what}:`,
  exactly: (what: string, when: string, sla: string) => `${what} due ${when} · ${sla}`,
  wasDue: (what: string, when: string, sla: string) => `${what} was due ${when} · ${sla}`,
  /** What another place would promise, before work is handed on. */
  foretold: {
    firstResponse: (time: string) => `First answer within ${time}`,
    nextReply: (time: string) => `Next answer within ${time}`,
    longestUnrespondedMessage: (time: string) => `Any answer within ${time}`,
    totalCustomerWaitTime: (time: string) => `At most ${time} of waiting in all`,
    totalConversationOpenTime: (time: string) => `Done within ${time}`,
  } satisfies Record<Metric, (time: string) => string>,
  insteadOf: (time: string) => ` instead of ${time}`,
  noPromise: (what: string) => `${what}: no promise any more`,
  promised: (sla: string) => `Service level: ${sla}`,
  promisedInstead: (sla: string, before: string) => `Service level: ${sla} instead of ${before}`,
  mayChange: "The service level may change",
  promisedNoMore: "No service level any more",
  /** What happened that another holds, by the API's word for it. */
  causes: {
    handed_on: "It was handed on",
    overflowed: "Its queue overflowed",
    changed: "The conversation changed",
    customer: "The customer changed",
  } as Readonly<Record<string, string>>,
  duePromise: (what: string, when: string | null) => (when === null ? what : `${what} by ${when}`),
  hadPromised: (sla: string, what: string) => `${sla} had promised: ${what}`,
  hadBefore: (sla: string) => `It was ${sla}`,
  broken: {
    firstResponse: "No first answer in time",
    nextReply: "No next answer in time",
    longestUnrespondedMessage: "No answer in time",
    totalCustomerWaitTime: "The customer waited too long in all",
    totalConversationOpenTime: "Not done in time",
  } satisfies Record<Metric, string> as Readonly<Record<string, string>>,
  brokenOther: "A promise was broken",
  promisedUntil: (sla: string, time: string) => `${sla} promised it by ${time}`,
  paused: "Paused",
  pausedTitle: (sla: string) => `The clocks of ${sla} stand still while this is snoozed`,
};
