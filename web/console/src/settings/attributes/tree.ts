import type { Branch } from "../../attributes/attribute.ts";

/*
 * A tree of choices as one writes it down: a choice a line, and two spaces before those below it.
 *
 *     Shoes
 *       Boots
 *       Sandals
 */

export function treeAsText(branches: readonly Branch[], depth = 0): string {
  return branches
    .map(({ label, below }) => {
      const line = "  ".repeat(depth) + label;
      return below.length === 0 ? line : `${line}\n${treeAsText(below, depth + 1)}`;
    })
    .join("\n");
}

interface Growing {
  readonly name: string;
  readonly label: string;
  readonly below: Growing[];
}

const LONGEST_NAME = 64;

/**
 * A line belongs to the nearest one above that stands less far in; the same choice twice is one. Choices that `before`
 * has keep their names: values that are stored are made of them.
 */
export function treeFromText(written: string, before: readonly Branch[] = []): readonly Branch[] {
  const root: Growing = { name: "", label: "", below: [] };
  const path = [{ branch: root, known: before, indent: -1 }];
  for (const line of written.replace(/\t/gu, "  ").split("\n")) {
    const label = line.trim();
    if (label === "") continue;
    const indent = line.length - line.trimStart().length;
    while (path.length > 1 && (path.at(-1)?.indent ?? -1) >= indent) path.pop();
    const { branch: parent, known } = path.at(-1) ?? { branch: root, known: before };
    const old = known.find((branch) => branch.label === label);
    let branch = parent.below.find((one) => one.label === label);
    if (branch === undefined) {
      branch = { name: old?.name ?? nameFor(label, parent.below), label, below: [] };
      parent.below.push(branch);
    }
    path.push({ branch, known: old?.below ?? [], indent });
  }
  return root.below;
}

/** Names are joined by dots, so none has one. */
function nameFor(label: string, others: readonly Growing[]): string {
  const stem =
    label
      .replaceAll(".", "")
      .slice(0, LONGEST_NAME - 3)
      .trim() || "choice";
  let name = stem;
  for (let number = 2; others.some((other) => other.name === name); number += 1) name = `${stem} ${number}`;
  return name;
}
