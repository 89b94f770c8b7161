import { useId, type ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  readonly items: readonly ReactNode[];
  /** Shown while there are no items. */
  readonly empty?: string;
  readonly isCounted?: boolean;
  /** The class of the list. */
  readonly listName?: string;
  readonly aside?: ReactNode;
}

/** One part of the desk: its heading and its list. */
export function Section({
  title,
  items,
  empty,
  isCounted = true,
  listName = "cards",
  aside,
}: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id} tabIndex={-1} data-focus-home>
          {title}
        </h2>
        {isCounted && items.length > 0 && <span className="count">{items.length}</span>}
        {aside}
      </div>
      {items.length === 0 && <p className="nothing">{empty}</p>}
      <ul className={listName}>{items}</ul>
    </section>
  );
}

interface LatestProps<Item> {
  readonly title: string;
  readonly className: string;
  readonly items: readonly Item[];
  readonly max: number;
  /** Shown while there are no items. */
  readonly empty: string;
  readonly draw: (item: Item) => ReactNode;
}

/** The latest items of a log, the newest first. */
export function Latest<Item>({ title, className, items, max, empty, draw }: LatestProps<Item>): ReactNode {
  return (
    <section className={className} aria-label={title}>
      <h3>{title}</h3>
      {items.length === 0 && <p className="nothing">{empty}</p>}
      <ol>{items.slice(-max).reverse().map(draw)}</ol>
    </section>
  );
}
