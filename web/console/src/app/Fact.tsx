import type { ReactNode } from "react";

interface FactProps {
  label: string;
  /** More about what it is, on hover. */
  hint?: string | undefined;
  /** Stands for the label where the value needs the room. */
  icon?: ReactNode;
  children: ReactNode;
}

/** One line of what is known: its name, and what it is. */
export function Fact({ label, hint = "", icon, children }: FactProps) {
  return (
    <div className={`facts__fact ${icon === undefined ? "" : "facts__fact--icon"}`}>
      <dt title={hint === "" ? label : `${label}: ${hint}`}>
        {icon}
        <span className={icon === undefined ? "" : "sr-only"}>{label}</span>
      </dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
