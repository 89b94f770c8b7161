import type { AnySnapshot } from "deskstate";
import type { ReactNode } from "react";
import { Icon } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { useObservable } from "../observable-value.ts";
import { rendererOf } from "./kinds/renderers.ts";

/** As in `page.css`: below it the lists are above the selected interaction. */
const oneColumn = "(max-width: 759px)";

interface CardProps {
  readonly interaction: AnySnapshot;
  readonly className: string;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

/** An interaction in a list. A press on its title selects it; on a narrow page it moves the focus there as well. */
export function Card({ interaction: { id, kind }, className, title, children }: CardProps): ReactNode {
  const { selection } = useDemoContext().logs;
  const isSelected = useObservable(selection).id === id;
  const select = () => (matchMedia(oneColumn).matches ? selection.visit(id) : selection.choose(id));
  return (
    <li className={`card ${className}`} data-selected={isSelected || undefined}>
      <button type="button" className="card-title" aria-current={isSelected} onClick={select}>
        <Icon path={rendererOf(kind).icon} />
        {title}
      </button>
      {children}
    </li>
  );
}
