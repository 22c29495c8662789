import { Plus, X } from "lucide-react";

import type { Customer } from "../desk/types.ts";
import { editOrSay } from "./edits.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";
import { TextEditor } from "./TextEditor.tsx";
import { useEditing } from "./use-editing.ts";

/** Words that the organisation marks its customers with. */
export function Tags({ customer }: { customer: Customer }) {
  const { id, tags } = customer;
  const editing = useEditing(id, "tags");
  const remove = (tag: string) =>
    void editOrSay(
      id,
      "tags",
      tags.filter((one) => one !== tag),
      words.didRemove(tag),
    );
  const add = (tag: string) => {
    if (tag === "" || tags.includes(tag)) editing.close();
    else void editing.save([...tags, tag], words.didAdd(tag));
  };
  return (
    <Section title={words.tags}>
      <ul className="tags">
        {tags.map((tag) => (
          <li key={tag} className="tag">
            <bdi className="tag__name">{tag}</bdi>
            <button type="button" aria-label={words.removeTag(tag)} onClick={() => remove(tag)}>
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        ))}
        <li className={editing.isOpen ? "tags__editor" : undefined}>
          {editing.isOpen ? (
            <TextEditor
              label={words.addTag}
              value={editing.problem === null ? "" : (editing.draft(tags).at(-1) ?? "")}
              problem={editing.problem}
              onSave={add}
              onCancel={editing.close}
            />
          ) : (
            <button ref={editing.opener} type="button" className="add" onClick={editing.open}>
              <Plus size={13} aria-hidden="true" />
              {words.addTag}
            </button>
          )}
        </li>
      </ul>
    </Section>
  );
}
