/** The agents of every story, made by the command line. */
export const AGENTS = {
  ana: { name: "Ana Lima", email: "ana@birchandburrow.example" },
  ben: { name: "Ben Ojo", email: "ben@birchandburrow.example" },
} as const;

export type AgentName = keyof typeof AGENTS;

export const PASSWORD = "one lantern and two kettles";
