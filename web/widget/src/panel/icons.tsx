const PATHS = {
  back: "M14.5 6 8.5 12l6 6",
  close: "m7 7 10 10M17 7 7 17",
  down: "m7 10 5 5 5-5",
  send: "M12 19V6m-5.5 5L12 5.5l5.5 5.5",
  attach: "M17 8v7.5a5 5 0 0 1-10 0V7.3a3.3 3.3 0 0 1 6.6 0v7.9a1.6 1.6 0 0 1-3.2 0V8",
  file: "M7 4.5h6.5L18 9v9a1.5 1.5 0 0 1-1.5 1.5h-9.5A1.5 1.5 0 0 1 5.5 18V6A1.5 1.5 0 0 1 7 4.5zM13 5v4.5h4.5",
  download: "M12 5v10m-4-4 4 4 4-4M6 19h12",
  write: "M5 19h3.5L18.6 8.9a1.9 1.9 0 0 0 0-2.7l-.8-.8a1.9 1.9 0 0 0-2.7 0L5 15.5zM13.5 7l3.5 3.5",
  cloud: "M7 18a4 4 0 0 1-.6-8 5.5 5.5 0 0 1 10.6-.6A4.3 4.3 0 0 1 17 18M4 4l16 16",
} as const;

export type IconName = keyof typeof PATHS;

/** Drawn, never read: the button around it says what it does. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} class={`icon__${name}`} />
    </svg>
  );
}

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
}

export function IconButton({ icon, label, onClick }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
