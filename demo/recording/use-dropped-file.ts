import { useEffect, useState } from "react";

/** Opens a file that is dropped anywhere on the page. @returns whether one is being dragged over it */
export function useDroppedFile(open: (file: File) => Promise<void>): boolean {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    addEventListener(
      "dragover",
      (event) => {
        if (event.dataTransfer?.types.includes("Files") !== true) return;
        event.preventDefault();
        setDragging(true);
      },
      { signal },
    );
    addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && setDragging(false), {
      signal,
    });
    addEventListener(
      "drop",
      (event) => {
        setDragging(false);
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return;
        event.preventDefault();
        void open(file);
      },
      { signal },
    );
    return () => listeners.abort();
  }, [open]);
  return isDragging;
}
