import { useMemo } from "react";

import { Picker } from "../picker/Picker.tsx";
import { COMMANDS, type Command, type Group } from "./commands.ts";
import { words } from "./en.ts";
import { keyLabels } from "./key-labels.ts";

interface CommandPickerProps {
  onClose: () => void;
}

/** Everything that can be done here, by typing what it is called. */
export function CommandPicker({ onClose }: CommandPickerProps) {
  const options = useMemo(
    () =>
      inOrder(COMMANDS)
        .filter(
          (command) => command.isFieldOnly !== true && command.id !== "commands" && command.isPossible(),
        )
        .map(({ id, label, keys }) => ({ id, label, keys: keys[0] === undefined ? [] : keyLabels(keys[0]) })),
    [],
  );
  return (
    <Picker
      title={words.commands}
      placeholder={words.commandsPlaceholder}
      options={options}
      anchor={null}
      onPick={({ id }) => {
        // First close: the command may open something else.
        onClose();
        COMMANDS.find((command) => command.id === id)?.run();
      }}
      onClose={onClose}
    />
  );
}

/** What is done to the open conversation first: on a phone this list is the only way to some of it. */
const ORDER: readonly Group[] = ["act", "write", "walk", "go", "more"];

function inOrder(commands: readonly Command[]): Command[] {
  return ORDER.flatMap((group) => commands.filter((command) => command.group === group));
}
