import { fileSize } from "@kithdesk/ui";
import { File, FileImage, FileText } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import { thumbnailOf } from "../composer/attachments.ts";
import type { MessageAttachment } from "../desk/types.ts";
import { words } from "./en.ts";
import { Lightbox } from "./Lightbox.tsx";
import { openOrSay } from "./opening.ts";
import "./attachments.css";

interface AttachmentsProps {
  attachments: readonly MessageAttachment[];
  canOpen: boolean;
}

/** A message's files: pictures as pictures, the rest by name and size. */
export function Attachments({ attachments, canOpen }: AttachmentsProps) {
  return (
    <ul className="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {attachment.hasThumbnail ? (
            <Picture attachment={attachment} canOpen={canOpen} />
          ) : (
            <FileTile attachment={attachment} canOpen={canOpen} />
          )}
        </li>
      ))}
    </ul>
  );
}

const LARGEST = { width: 260, height: 200 };

function Picture({ attachment, canOpen }: { attachment: MessageAttachment; canOpen: boolean }) {
  const [source, setSource] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const close = useCallback(() => setLarge(false), []);
  useEffect(() => {
    let isOver = false;
    thumbnailOf(attachment.id).then(
      (url) => {
        if (isOver) return;
        setSource(url);
        setFailed(url === null);
      },
      () => setFailed(true),
    );
    return () => {
      isOver = true;
    };
  }, [attachment.id]);
  if (hasFailed) return <FileTile attachment={attachment} canOpen={canOpen} />;
  // The place is kept before the picture is there, so that nothing jumps.
  const { width, height } = fitted(attachment);
  return (
    <>
      <button
        type="button"
        className="picture"
        disabled={!canOpen}
        style={{ inlineSize: width, aspectRatio: `${width} / ${height}` }}
        aria-haspopup="dialog"
        aria-label={`${words.attachmentOpen} ${attachment.name}, ${fileSize(attachment.contentLength)}`}
        title={attachment.name}
        onClick={() => setLarge(true)}
      >
        {source !== null && (
          <img
            src={source}
            alt={words.image(attachment.name)}
            width={width}
            height={height}
            onError={() => setFailed(true)}
          />
        )}
      </button>
      {isLarge && <Lightbox attachment={attachment} onClose={close} />}
    </>
  );
}

function FileTile({ attachment, canOpen }: { attachment: MessageAttachment; canOpen: boolean }) {
  const Icon = iconOf(attachment.contentType);
  const size = fileSize(attachment.contentLength);
  return (
    <button
      type="button"
      className="file"
      disabled={!canOpen}
      title={attachment.name}
      onClick={() => openOrSay(attachment)}
    >
      <Icon size={18} strokeWidth={1.5} aria-hidden="true" />
      <span className="sr-only">{words.attachmentOpen}</span>
      <span className="file__name" dir="auto">
        {attachment.name}
      </span>
      <span className="file__size">{size}</span>
    </button>
  );
}

function iconOf(contentType: string) {
  if (contentType.startsWith("image/")) return FileImage;
  return contentType.startsWith("text/") || contentType === "application/pdf" ? FileText : File;
}

function fitted({ width, height }: MessageAttachment): { width: number; height: number } {
  if (width === null || height === null || width < 1 || height < 1) return LARGEST;
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(32, Math.round(height * scale)) };
}
