import { Download, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { openFile, previewOf } from "../composer/attachments.ts";
import type { MessageAttachment } from "../desk/types.ts";
import { words } from "./en.ts";
import "./lightbox.css";

interface LightboxProps {
  attachment: MessageAttachment;
  onClose: () => void;
}

/** A picture as large as the window; Escape, the cross or a press beside it close it. */
export function Lightbox({ attachment, onClose }: LightboxProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [source, setSource] = useState<string | null>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog?.open === false) dialog.showModal();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    previewOf(attachment.id).then(setSource, onClose);
  }, [attachment.id, onClose]);
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
          onClick={() => void openFile(attachment.id)}
        >
          <Download size={18} aria-hidden="true" />
        </button>
        <button type="button" className="lightbox__button" aria-label={words.close} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      {source !== null && (
        <img className="lightbox__picture" src={source} alt={words.image(attachment.name)} />
      )}
    </dialog>
  );
}
