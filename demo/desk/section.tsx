import { useId, type ReactNode } from "react";

/** One part of the desk, with its heading. */
export function Section({
  title,
  count,
  className = "",
  aside,
  children,
}: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly className?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className={`section ${className}`} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id} tabIndex={-1} data-focus-home>
          {title}
        </h2>
        {count !== undefined && count > 0 && <span className="count">{count}</span>}
        {aside}
      </div>
      {children}
    </section>
  );
}
