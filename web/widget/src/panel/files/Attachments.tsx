import type { Attachment } from "@kithdesk/api-client";
import { fileSize } from "@kithdesk/ui";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { usePanel } from "../context.ts";
import { Icon } from "../icons.tsx";
import { LoadFailed } from "../LoadFailed.tsx";
import { Later } from "../later.tsx";
import { previewOf } from "./previews.ts";

const WIDEST_PX = 240;
const TALLEST_PX = 240;

/** The files of one message: pictures as pictures, the rest by name and size. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <div class="attachments">
      {attachments.map((attachment) =>
        attachment.hasThumbnail ? (
          <Picture key={attachment.id} attachment={attachment} />
        ) : (
          <FileChip key={attachment.id} attachment={attachment} />
        ),
      )}
    </div>
  );
}

/** Of one attachment for as long as it is drawn: another one is another picture, by its key. */
function Picture({ attachment }: { attachment: Attachment }) {
  const { view, files } = usePanel();
  const source = useSignal(previewOf(files.known.get(attachment.id)?.file));
  const open = useSignal(false);
  const gone = useSignal(false);
  const isGone = () => {
    gone.value = true;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once.
  useEffect(() => {
    if (source.value) return;
    files.signed(attachment.id).then(({ thumbnail, url }) => {
      source.value = thumbnail ?? url;
    }, isGone);
  }, []);

  if (gone.value) return <FileChip attachment={attachment} />;
  return (
    <>
      <button
        type="button"
        class="picture"
        style={{ width: `${widthOf(attachment)}px` }}
        onClick={() => {
          open.value = true;
        }}
      >
        <img
          src={source.value}
          alt={view.say("showImage", { name: attachment.name })}
          width={attachment.width ?? undefined}
          height={attachment.height ?? undefined}
          onError={isGone}
        />
      </button>
      {open.value && (
        <Later>
          {({ Lightbox }) => (
            <Lightbox
              attachment={attachment}
              onClose={() => {
                open.value = false;
              }}
            />
          )}
        </Later>
      )}
    </>
  );
}

/** As large as fits, known before the picture is: what stands below never jumps. */
function widthOf({ width, height }: Attachment): number {
  if (!width || !height) return WIDEST_PX;
  return Math.round(Math.max(72, width * Math.min(1, WIDEST_PX / width, TALLEST_PX / height)));
}

/** Its address is asked for at the click: it is good for a few minutes and for this reader only. */
export function FileChip({ attachment }: { attachment: Attachment }) {
  const { view, files } = usePanel();
  const failed = useSignal(false);
  const save = () => void files.save(attachment, failed);
  const size = fileSize(attachment.contentLength, view.words.value.lang);
  return (
    <>
      <button
        type="button"
        class="file-chip"
        aria-label={`${view.say("download", { name: attachment.name })}, ${size}`}
        onClick={save}
      >
        <Icon name="file" />
        <bdi class="file-chip__name">{attachment.name}</bdi> <span class="file-chip__size">{size}</span>
      </button>
      {failed.value && <LoadFailed onRetry={save} />}
    </>
  );
}
