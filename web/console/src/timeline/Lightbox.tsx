import { Download, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { previewOf } from "../composer/attachments.ts";
import type { MessageAttachment } from "../desk/types.ts";
import { useCloseOnBack } from "../navigation/use-close-on-back.ts";
import { words } from "./en.ts";
import { openOrSay } from "./opening.ts";
import "./lightbox.css";

interface LightboxProps {
  attachment: MessageAttachment;
  onClose: () => void;
}

/** A picture as large as the window; Escape, the back button, the cross or a press beside it close it. */
export function Lightbox({ attachment, onClose }: LightboxProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog?.open === false) dialog.showModal();
    return () => dialog?.close();
  }, []);
  useCloseOnBack(onClose);
  useEffect(() => {
    previewOf(attachment.id).then(setSource, () => setFailed(true));
  }, [attachment.id]);
  return (
    <dialog
      ref={ref}
      className="lightbox"
      aria-label={attachment.name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="lightbox__bar">
        <span className="lightbox__name" dir="auto">
          {attachment.name}
        </span>
        <button
          type="button"
          className="lightbox__button"
          aria-label={words.download}
          onClick={() => openOrSay(attachment)}
        >
          <Download size={18} aria-hidden="true" />
        </button>
        <button type="button" className="lightbox__button" aria-label={words.close} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      {hasFailed ? (
        <p className="lightbox__failed" role="alert">
          {words.attachmentFailed}
        </p>
      ) : (
        source !== null && (
          <img
            className="lightbox__picture"
            src={source}
            alt={words.image(attachment.name)}
            onError={() => setFailed(true)}
          />
        )
      )}
    </dialog>
  );
}
