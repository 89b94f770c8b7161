import { useDemoContext } from "../demo-context.tsx";

/** As in `page.css`: below it the lists are above the selected interaction. */
const oneColumn = "(max-width: 759px)";

/** Returns a function that selects an interaction; on a narrow page it moves the focus there as well. */
export function useSelectInteraction(): (id: string) => void {
  const { selection } = useDemoContext().logs;
  return (id) => {
    if (matchMedia(oneColumn).matches) selection.visit(id);
    else selection.choose(id);
  };
}
