import { fileSize } from "@kithdesk/ui";
import { RotateCw, X } from "lucide-react";

import { removeUpload, retryUpload } from "./composer.ts";
import type { Upload } from "./draft.ts";
import { words } from "./en.ts";

/** The files of a draft, on their way or there. */
export function Uploads({ conversation, uploads }: { conversation: string; uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads">
      {uploads.map((upload) => (
        <li key={upload.key} className={`upload upload--${upload.state}`}>
          <span className="upload__name" dir="auto" title={upload.error ?? upload.name}>
            {upload.name}
          </span>
          <span className="upload__size">
            {upload.state === "failed" ? words.fileFailed : fileSize(upload.size)}
          </span>
          {upload.state === "sending" && (
            <progress className="upload__progress" value={upload.progress} max={1} aria-label={upload.name} />
          )}
          {upload.state === "failed" && (
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.retryFile(upload.name)}
              onClick={() => retryUpload(conversation, upload.key)}
            >
              <RotateCw size={13} aria-hidden="true" />
            </button>
          )}
          <button
            type="button"
            className="icon-button icon-button--small"
            aria-label={words.removeFile(upload.name)}
            onClick={() => removeUpload(conversation, upload.key)}
          >
            <X size={13} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
