import { useId, type KeyboardEvent, type ReactNode } from "react";

/** One of several charts. */
export interface Tab {
  readonly id: string;
  readonly name: string;
  /** Its current state, which is visible while another tab is chosen. */
  readonly detail: string;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly choose: (id: string) => void;
  readonly children: ReactNode;
}

/** Shows one of several charts. The arrow keys move from tab to tab. */
export function Tabs({ tabs, chosen, choose, children }: TabsProps): ReactNode {
  const prefix = useId();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(index + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`${prefix}-${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Charts" onKeyDown={move}>
        {tabs.map(({ id, name, detail }) => (
          <button
            key={id}
            id={`${prefix}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === chosen}
            aria-controls={`${prefix}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
          >
            <span className="tab-name">{name}</span>
            <span key={detail} className="tab-detail">
              {detail}
            </span>
          </button>
        ))}
      </div>
      <div
        id={`${prefix}-panel`}
        className="tab-panel"
        role="tabpanel"
        aria-labelledby={`${prefix}-${chosen}`}
      >
        {children}
      </div>
    </>
  );
}
