import { type Field, useFields } from "../../views/fields.ts";

/** Everything that criteria of a conversation can ask for here. */
export function useCriteriaFields(): readonly Field[] {
  return useFields("rule");
}
