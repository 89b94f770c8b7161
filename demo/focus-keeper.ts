import { useEffect } from "react";

/**
 * Keeps the keyboard focus in place. When the focused element disappears, such as the button of a revoked offer, the
 * nearest heading marked with `data-focus-home` gets the focus instead of the whole page.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let homes: HTMLElement[] = [];
    const remember = ({ target }: FocusEvent) => {
      homes = target instanceof HTMLElement ? homesOf(target) : [];
    };
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body) return;
      homes.find((home) => home.isConnected)?.focus({ preventScroll: true });
    });
    // A click beside every control removes the focus on purpose.
    const forget = () => {
      homes = [];
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", forget);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", forget);
      observer.disconnect();
    };
  }, []);
}

/** Returns the headings of the sections around an element, the nearest first. */
function homesOf(element: HTMLElement): HTMLElement[] {
  const homes: HTMLElement[] = [];
  for (let section = element.parentElement; section !== null; section = section.parentElement) {
    const home = section.querySelector<HTMLElement>(
      ":scope > [data-focus-home], :scope > * > [data-focus-home]",
    );
    if (home !== null && !homes.includes(home)) homes.push(home);
  }
  return homes;
}
