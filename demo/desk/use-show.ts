import { useWorkplace } from "../workplace.tsx";

/** As in `page.css`: below it the lists stand above what was chosen in them. */
const oneColumn = "(max-width: 759px)";

/** Shows an interaction; on a narrow page it also goes there. */
export function useShow(): (id: string) => void {
  const { selection } = useWorkplace();
  return (id) => {
    if (matchMedia(oneColumn).matches) selection.visit(id);
    else selection.choose(id);
  };
}
