/** Words on who serves which queue, and as which team agents work. */
export const words = {
  title: "Who serves it",
  text: "Teams that have this queue among theirs. An agent works as one team at a time, and is given what waits in that team's queues only.",
  loadFailed: (why: string) => `Who serves it could not be read. ${why}`,
  nobody: "No team serves this queue: what comes here waits.",
  nobodyYet: "Every agent is in a team with queues of its own, and none of these teams has this queue.",
  noMembers: "The teams that serve this queue have no members: what comes here waits.",
  chooseTeam: "Choose a team for it",
  nobodyHere: "Nobody is here for it now",
  nobodyHereText: "What comes waits until one of them is here and works as a team that serves it.",
  everyAgent: "All agents",
  otherAgents: "Agents whose teams have no queues of their own",
  crew: (name: string, here: number, members: number) =>
    members === 0 ? `${name}: no members` : `${name}: ${here} of ${members} here`,
  members: (count: number) => (count === 1 ? "1 member" : `${count} members`),
  agents: (count: number) => (count === 1 ? "1 agent" : `${count} agents`),
  here: (count: number) => (count === 0 ? "nobody here now" : `${count} here now`),
  available: (count: number) => `${count} available`,
  elsewhere: (count: number) => `${count} at work as another team`,

  // What comes into a queue
  fills: "What comes into it",
  fillsText: "A queue gets what a rule, another queue's overflow or an agent puts into it.",
  fillsDefault: "Everything that no rule puts elsewhere.",
  byRule: (rule: string) => `Rule “${rule}”`,
  ruleIsOff: "Off",
  byOverflow: (queue: string) => `Overflow of “${queue}”`,
  noRule: "No rule puts work into it yet: only agents do, by hand.",
  addRuleInto: "Add a rule for it",

  // First steps
  oneQueueTitle: "Everything waits in one queue",
  oneQueueText:
    "That is enough to begin with. Add a queue for work that should be more urgent, or only for some of your agents.",
  nextTitle: (queue: string) => `Next for “${queue}”`,
  nextRule: "Add a rule that puts work into it",
  nextTeam: "Choose the team that serves it",
  untilThen: {
    all: "Until you do, every agent does.",
    others: "Until you do, the agents whose teams have no queues of their own do.",
    nobody: "Until you do, what comes here waits: every agent is in a team with queues of its own.",
  },

  // A team
  teamTitle: "Who works as this team",
  teamText:
    "An agent works as one team at a time: the one they chose beside their name, or else the first of their teams by name. While somebody works as another team, nothing from this team's queues is given to them.",
  teamOff: "Switch on queues of its own above and save, and members can work as this team.",
  noTeamMembers: "Nobody is in this team yet.",
  addMembers: "Add members",
  groups: {
    here: (count: number) => `Work as this team now (${count})`,
    elsewhere: (count: number) => `Work as another team now (${count})`,
    away: (count: number) => `Not here (${count})`,
  },
  asTeam: (team: string) => `as ${team}`,
  asNoTeam: "as no team",
  choseIt: "chose it",
  showAll: (count: number) => `Show all ${count}`,
  workingNow: (count: number) =>
    count === 0 ? "nobody works as it now" : count === 1 ? "1 works as it now" : `${count} work as it now`,

  // An agent
  agentTitle: "Works as",
  agentText:
    "An agent who is in several teams works as one of them at a time, and is given work from that team's queues only. They choose it themselves beside their name, with their status; you can choose for them here.",
  agentOneTeam: (name: string, team: string) =>
    `${name} works as ${team}: it is the only one of their teams with queues of its own.`,
  agentNoTeam: (name: string) =>
    `${name} is in no team with queues of its own, and is given work from the queues that no such team serves.`,
  agentTeam: "Team",
  agentFirst: (team: string) => `The first by name: ${team}`,
  agentNow: (name: string, team: string) => `${name} works as ${team}.`,
  agentChanged: (name: string, team: string) => `${name} works as ${team} now`,
  agentBack: (name: string) => `${name} works as the first of their teams by name`,
  failed: (why: string) => `Nothing was changed. ${why}`,

  // What uses it
  inUseTitle: (name: string) => `“${name}” is in use`,
  inUseText: "It can be removed once nothing uses it any more. Change these first:",
  ruleAsks: (rule: string) => `Rule “${rule}” asks for it`,
  close: "Close",
};
