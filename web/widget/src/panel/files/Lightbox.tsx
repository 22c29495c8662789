import type { Attachment } from "@kithdesk/api-client";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SignedFile } from "../../chat/shapes.ts";
import { usePanel } from "../context.ts";
import { IconButton } from "../icons.tsx";
import { LoadFailed } from "../LoadFailed.tsx";

interface LightboxProps {
  attachment: Attachment;
  onClose: () => void;
}

/** One picture over the whole panel. The browser's own dialog keeps focus inside and gives it back. */
export function Lightbox({ attachment, onClose }: LightboxProps) {
  const { view, files } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useSignal<SignedFile | null>(null);
  const failed = useSignal(false);
  const unsaved = useSignal(false);
  const save = () => void files.save(attachment, unsaved);
  const isGone = () => {
    failed.value = true;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each picture is asked for once.
  useEffect(() => {
    dialog.current?.showModal();
    files.signed(attachment.id).then((signed) => {
      file.value = signed;
    }, isGone);
  }, [attachment.id, files]);

  return (
    <dialog ref={dialog} class="lightbox" aria-label={attachment.name} onClose={onClose}>
      <header class="lightbox__bar">
        <span class="lightbox__name">
          <bdi>{attachment.name}</bdi>
        </span>
        <IconButton icon="download" label={view.say("download", { name: attachment.name })} onClick={save} />
        <IconButton icon="close" label={view.say("closeImage")} onClick={() => dialog.current?.close()} />
      </header>
      {unsaved.value && <LoadFailed onRetry={save} />}
      <div class="lightbox__stage">
        {file.value && !failed.value && <img src={file.value.url} alt={attachment.name} onError={isGone} />}
        {failed.value && <p class="lightbox__gone">{view.say("imageGone")}</p>}
      </div>
    </dialog>
  );
}
