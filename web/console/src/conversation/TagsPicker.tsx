import { Tag } from "lucide-react";
import { useMemo } from "react";

import { wordsFor } from "../api/errors.ts";
import { createTag, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { Picker } from "../picker/Picker.tsx";
import { showToast } from "../toast/toast.ts";
import { toggleTag } from "./actions.ts";
import { words } from "./en.ts";

interface TagsPickerProps {
  conversation: string;
  anchor: DOMRect | null;
  onClose: () => void;
}

const NONE: readonly string[] = [];

/** Tags on and off; a name that no tag has yet makes one. It stays open, because one tag is often not all. */
export function TagsPicker({ conversation, anchor, onClose }: TagsPickerProps) {
  const tags = useDirectory((directory) => directory.tags);
  const chosen = useDesk((desk) => desk.conversations.get(conversation)?.tags) ?? NONE;
  const options = useMemo(
    () =>
      tags.map((tag) => ({
        id: tag.id,
        label: tag.name,
        icon: <Tag size={14} />,
        isChosen: chosen.includes(tag.id),
      })),
    [tags, chosen],
  );
  const create = (name: string) => {
    createTag(name).then(
      (tag) => toggleTag(conversation, tag),
      (error: unknown) => showToast(words.failed(wordsFor(error)), { tone: "problem" }),
    );
  };
  return (
    <Picker
      title={words.editTags}
      placeholder={words.tagsPlaceholder}
      options={options}
      anchor={anchor}
      onPick={({ id, label }) => toggleTag(conversation, { id, name: label })}
      onClose={onClose}
      onCreate={create}
      createLabel={words.createTag}
    />
  );
}
