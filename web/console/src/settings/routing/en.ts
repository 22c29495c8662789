import { fullWords } from "../../app/lengths.ts";
import type { Reach, Transfers } from "./profiles.ts";
import type { Acceptance } from "./queues.ts";
import type { Tab } from "./RoutingPage.tsx";

/** Words of the pages on who is given which work. */
export const words = {
  title: "Routing",
  tabs: { queues: "Queues", rules: "Rules", teams: "Teams", skills: "Skills" } satisfies Record<Tab, string>,
  texts: {
    queues:
      "Queues are where conversations wait until somebody has room. The one with the lowest priority number goes first.",
    rules:
      "Rules put new conversations into queues. They are asked from the top, and the first that matches decides.",
    teams:
      "How agents are given work: from which queues, how much at once, and whether they are asked first.",
    skills:
      "What agents can, from 1 to 5. A rule may ask for a skill; a customer's language is asked for by itself, for a while.",
  } satisfies Record<Tab, string>,
  save: "Save",
  cancel: "Cancel",
  remove: "Remove",
  removeTitle: (name: string) => `Remove “${name}”?`,
  removed: (name: string) => `“${name}” was removed`,
  failed: (why: string) => `Nothing was changed. ${why}`,
  goneTitle: "This is no longer there",
  goneText: "Somebody may have removed it. Go back to the list.",
  about: "About",
  name: "Name",
  lacksName: "Give it a name.",
  oddNumbers: "Give whole numbers within their limits.",
  yes: "Yes",
  no: "No",

  // Queues
  addQueue: "Add queue",
  newQueue: "New queue",
  queueNamePlaceholder: "Orders",
  queueText:
    "What waits here keeps its priority and weight when you change them; what comes next has the new ones.",
  queueSaved: (name: string) => `The queue “${name}” was saved`,
  isDefault: "Default",
  priority: "Priority",
  priorityHint: "1 goes first, 100 last.",
  priorityIs: (priority: number) => `Priority ${priority}`,
  weight: "Weight",
  weightHint: "How much of an agent's capacity one conversation takes.",
  weightIs: (weight: number) => `Weight ${weight}`,
  waiting: (count: number) => (count === 0 ? "Nothing waits" : `${count} waiting`),
  longest: (ms: number) => `longest ${fullWords(ms)}`,
  overflows: "Overflows",
  given: "How it is given",
  acceptance: "New work",
  acceptanceHint:
    "Given at once, it is the agent's. Asked first, they accept or decline while the seconds count down, and then the next is asked.",
  acceptances: { auto: "Is given at once", manual: "Agents are asked first" } satisfies Record<
    Acceptance,
    string
  >,
  asTheTeam: "As the team has it",
  requeue: "When an agent goes offline",
  requeueHint: "What becomes of their open conversations when they sign out or lose their connection.",
  requeues: { yes: "Their work goes to others", no: "They keep their work" },
  schedule: "Business hours",
  scheduleHint: "Outside them nothing is given out of it, and customers are told when it opens.",
  noSchedule: "Always open",
  closed: "Closed now",
  overflow: "Overflow",
  overflowText:
    "When it takes too long here, or too much waits, the customer is told, or the work goes on to another queue. It does not go on from there.",
  overflowOn: "Do something when it takes too long",
  afterMinutes: "After this many minutes",
  overWaiting: "With more than this many waiting",
  orEmpty: "Empty: never for this reason.",
  toQueue: "Goes on into",
  toNoQueue: "It stays here",
  overflowMessage: "Message to the customer",
  overflowMessageHint: "Said once. Empty: nothing is said.",
  overflowForm: "Let them leave an e-mail address",
  overflowFormHint: "In the chat, instead of waiting in front of it. What they wrote waits on.",
  lacksTerms:
    "Say after how many minutes, or with how many waiting, in whole numbers; and what then: another queue, a message, or an address.",
  removeQueue: "Remove this queue",
  removeQueueText: (name: string) =>
    `What waits in it goes to “${name}”, and so does what comes back to it. Teams that serve it serve their other queues.`,
  queueInUse: "A rule or another queue's overflow still sends work here. Change that first.",

  // Rules
  addRule: "Add rule",
  newRule: "New rule",
  ruleNamePlaceholder: "Orders by chat",
  ruleText:
    "Asked when a customer writes first, or comes back. What somebody gave by hand stays where it is.",
  ruleSaved: (name: string) => `The rule “${name}” was saved`,
  noRulesTitle: "No rules yet",
  noRulesText: "Everything goes into the default queue. Add a rule to put some of it elsewhere.",
  isOn: "Rule is on",
  isOnHint: "One that is off is passed over.",
  isOff: "Off",
  otherwiseInto: (queue: string) => `What no rule matches goes into “${queue}”.`,
  moveUp: (name: string) => `Move “${name}” up`,
  moveDown: (name: string) => `Move “${name}” down`,
  moved: (name: string, place: number, of: number) => `“${name}” is now ${place} of ${of}`,
  when: "When",
  whenText: "Without conditions it takes every conversation that comes to it.",
  byProgram: "This rule has conditions that can only be changed through the API. They stay as they are.",
  match: "Matches when",
  matches: { and: "All conditions hold", or: "Any condition holds" },
  what: "Then",
  intoQueue: "Into the queue",
  rulePriorityHint: "Empty: the queue's.",
  preferred: "Preferred agent",
  preferredHint: "Goes first while they may take it.",
  noPreferred: "Nobody",
  requires: "Only for agents who can",
  requiresHint: "It waits for one of them, however free others are.",
  noSkillsHere: "Declare skills to ask for them here.",
  pickSkill: "Pick a skill",
  atLeast: (skill: string) => `${skill}, at least`,
  level: (level: number) => `Level ${level}`,
  doNotRequire: (skill: string) => `Do not ask for ${skill}`,
  removeRule: "Remove this rule",
  removeRuleText: "What it has put into a queue stays there.",

  // Teams
  everybody: "Everybody",
  everybodyAll: "All agents, all queues",
  everybodyElse: "Whoever is in no team with queues of its own",
  everybodyText: "Holds for all agents, and for teams in what they do not set themselves.",
  teamText: "What you leave open is as for everybody.",
  teamSaved: (name: string) => `How ${name} is given work was saved`,
  noTeamsTitle: "No teams yet",
  noTeamsText:
    "All agents serve all queues. Make a team when some queues are for some of your agents, or when some work by other terms.",
  toMakeTeams: "Make a team",
  teamsMade: "Teams are made, and get their members, elsewhere:",
  toTeams: "Agents and teams",
  members: (count: number) => (count === 1 ? "1 member" : `${count} members`),
  notRouted: "No queues of its own",
  servesNothing: "Serves no queue yet",
  unserved: (queues: string) =>
    `Nobody serves ${queues}: what comes there waits. Every agent is in a team with queues of its own, and no team that has members has it. Open a team and tick the queue there.`,
  atOnce: (units: number) => `${units} at once`,
  serves: "Queues",
  servesText: "A queue that a team serves is for that team alone, or for all teams that serve it.",
  enabled: "This team has queues of its own",
  enabledHint: "Its members are then given work from these queues only.",
  mostQueues: (most: number) => `A team serves at most ${most} queues.`,
  asEverybody: "As for everybody",
  asUsual: "As usual",
  follows: (followed: string, value: string | null) =>
    value === null ? followed : `${followed}: ${lowerFirst(value)}`,
  capacity: "Capacity",
  capacityText: "How much one agent has at once. What waits is given as soon as somebody has room.",
  capacityField: "At once",
  capacityHint:
    "So much an agent has before they count as full. A conversation counts as much as its queue weighs.",
  pauseLower: "First things first",
  pauseLowerHint: "Yes: whoever has something more urgent in hand is given nothing less urgent.",
  channels: "Channels",
  channelsHint:
    "By channel, how many times as much one counts: an email may take more of an agent than a chat.",
  ownWeights: "Weigh differently",
  byPriority: "Limits by priority",
  byPriorityHint:
    "How much of an agent may be of one priority, so that what is less urgent never fills them.",
  ownLimits: "Limit some",
  ofPriority: "Of priority",
  atMost: "At most",
  addLimit: "Add limit",
  removeLimit: (priority: string) => `Remove the limit of priority ${priority}`,
  timeout: "Seconds to accept",
  timeoutHint:
    "So long the countdown runs. Then the next is asked, and who said nothing becomes unavailable.",
  wrapUp: "Seconds to wrap up",
  wrapUpHint:
    "So long after marking one done an agent is given nothing in its place, unless they finish sooner. 0: new work comes at once.",
  reopened: "When a customer comes back",
  reopenedHint: "What becomes of their conversation when its agent is away or full.",
  reopens: { yes: "It goes back to its queue", no: "It stays with its agent" },
  lastAgent: "Days with the same agent",
  lastAgentHint:
    "So long a customer who comes back gets the agent they had, if that one has room. 0: anybody.",
  hold: "Seconds to wait for them",
  holdHint: "So long it waits for that agent when they are here but full, before anybody gets it.",
  languageHold: "Seconds to wait for a language",
  languageHoldHint:
    "So long work waits for an agent who speaks the customer's language. Then anybody gets it.",
  transfers: "Handing on",
  transfersText: "Where agents may give conversations by hand. Administrators may always.",
  transfersField: "Agents may hand on",
  transfersHint: "Within limits, you say for queues, teams and agents how far they may go.",
  ownTransfers: "Within limits",
  places: { toQueues: "To queues", toTeams: "To teams", toAgents: "To agents" } satisfies Record<
    keyof Transfers,
    string
  >,
  reaches: {
    toQueues: { any: "All", own: "Those their team serves", none: "None" },
    toTeams: { any: "All", own: "Their own", none: "None" },
    toAgents: { any: "All", own: "Members of their team", none: "None" },
  } satisfies Record<keyof Transfers, Record<Reach, string>>,
  reasons: "Reasons to be unavailable",
  reasonsText: "What agents choose from when they are away. While there are none they write their own.",
  reasonsField: "One on each line",

  // Skills
  addSkill: "Add skill",
  newSkill: "New skill",
  skillNamePlaceholder: "Repairs",
  skillAdded: (name: string) => `The skill “${name}” was added`,
  key: "Key",
  keyHint: "By which programs name it. A language is lang:de.",
  lacksKey: "Small letters and digits.",
  keyTaken: "Another skill has this key.",
  skillInUse: "A rule still asks for it. Change the rule first.",
  noSkillsTitle: "No skills yet",
  noSkillsText: "Any agent can take any conversation. Add a skill where that is not so.",
  agent: "Agent",
  noLevel: "–",
  levelOf: (agent: string, skill: string) => `${agent}: level of ${skill}`,
  removeSkill: (name: string) => `Remove the skill ${name}`,
  removeSkillText: (agents: number) =>
    `${agents === 0 ? "No agent has it." : agents === 1 ? "The agent who has it loses it." : `The ${agents} agents who have it lose it.`} What waits asks for it no longer.`,
};

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
