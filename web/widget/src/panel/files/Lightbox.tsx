import type { Attachment } from "@kithdesk/api-client";
import { useEffect, useRef, useState } from "preact/hooks";
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
  const [file, setFile] = useState<SignedFile | null>(null);
  const [failed, setFailed] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const save = () => {
    setUnsaved(false);
    files.save(attachment).catch(() => setUnsaved(true));
  };

  useEffect(() => {
    dialog.current?.showModal();
    files.signed(attachment.id).then(setFile, () => setFailed(true));
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
      {unsaved && <LoadFailed onRetry={save} />}
      <div class="lightbox__stage">
        {file && !failed && <img src={file.url} alt={attachment.name} onError={() => setFailed(true)} />}
        {failed && <p class="lightbox__gone">{view.say("imageGone")}</p>}
      </div>
    </dialog>
  );
}
