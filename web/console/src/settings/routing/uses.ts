import type { Queue } from "./queues.ts";
import type { RuleName } from "./rules.ts";
import { words } from "./serving-en.ts";

/** Something that needs what somebody would remove, and where it is. */
export interface Use {
  readonly name: string;
  readonly path: readonly string[];
  readonly isOff: boolean;
}

/** What puts work into a queue: while there is any, it stays. */
export function usesOf(queue: Queue, others: readonly Queue[], rules: readonly RuleName[]): readonly Use[] {
  const into = rules.filter((rule) => rule.queue === queue.id);
  const over = others.filter(({ overflow }) => overflow?.toQueue === queue.id);
  return [
    ...into.map((rule) => useOfRule(rule, words.byRule)),
    ...over.map(({ id, name }) => ({
      name: words.byOverflow(name),
      path: ["routing", "queues", id],
      isOff: false,
    })),
  ];
}

/** Rules that ask for a skill. */
export function usesOfSkill(key: string, rules: readonly RuleName[]): readonly Use[] {
  return rules.filter(({ skills }) => key in skills).map((rule) => useOfRule(rule, words.ruleAsks));
}

function useOfRule({ id, name, isEnabled }: RuleName, said: (name: string) => string): Use {
  return { name: said(name), path: ["routing", "rules", id], isOff: !isEnabled };
}
