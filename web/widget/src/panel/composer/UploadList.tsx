import { fileSize } from "@kithdesk/ui";
import { usePanel } from "../context.ts";
import type { Upload } from "../files/files.ts";
import { previewOf } from "../files/previews.ts";
import { Icon, IconButton } from "../icons.tsx";

interface UploadListProps {
  uploads: readonly Upload[];
  onRetry: (upload: Upload) => void;
  onRemove: (upload: Upload) => void;
}

const WORDS = { size: "fileTooBig", type: "fileType", other: "fileFailed" } as const;

/** Files chosen for the next message, each with how far it is. */
export function UploadList({ uploads, onRetry, onRemove }: UploadListProps) {
  return (
    <ul class="uploads">
      {uploads.map((upload, index) => (
        <UploadItem
          key={index}
          upload={upload}
          onRetry={() => onRetry(upload)}
          onRemove={() => onRemove(upload)}
        />
      ))}
    </ul>
  );
}

interface UploadItemProps {
  upload: Upload;
  onRetry: () => void;
  onRemove: () => void;
}

function UploadItem({ upload, onRetry, onRemove }: UploadItemProps) {
  const { view } = usePanel();
  const { lang } = view.words.value;
  const { file } = upload;
  const { name } = file;
  const state = upload.state.value;
  const progress = state.step === "sending" ? state.progress : 1;
  return (
    <li class={`upload upload--${state.step}`}>
      {file.type.startsWith("image/") ? (
        <img class="upload__preview" src={previewOf(file)} alt="" />
      ) : (
        <span class="upload__preview">
          <Icon name="file" />
        </span>
      )}
      <span class="upload__text">
        <span class="upload__name">
          <bdi>{name}</bdi>
        </span>
        {state.step === "failed" ? (
          <span class="upload__failure" role="alert">
            {view.say(WORDS[state.reason], {
              name,
              size: fileSize(view.settings.attachments.maxBytes, lang),
            })}
            {state.again && (
              <button type="button" class="link" onClick={onRetry}>
                {view.say("tryAgain")}
              </button>
            )}
          </span>
        ) : (
          <span class="upload__size">{fileSize(file.size, lang)}</span>
        )}
      </span>
      {state.step === "sending" && (
        <progress
          class="upload__progress"
          max={1}
          value={progress}
          aria-label={view.say("uploading", { name, percent: view.words.value.percent(progress) })}
        />
      )}
      <IconButton icon="close" label={view.say("remove", { name })} onClick={onRemove} />
    </li>
  );
}
