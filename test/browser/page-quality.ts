import type { Page } from "playwright-core";

/** The roles that need a name: controls and landmarks. */
const named = new Set(
  (
    "button checkbox combobox link searchbox switch tab textbox " + "image img log region tablist tabpanel"
  ).split(" "),
);

/** Returns what a screen reader announces of a page, by the accessibility tree of the browser. */
export async function accessibleParts(
  page: Page,
): Promise<{ readonly nameless: string[]; readonly mains: number }> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  await devtools.detach();
  const roles = nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({
      role: String(role?.value),
      name: String(name?.value ?? "").trim(),
    }));
  return {
    nameless: roles.filter(({ role, name }) => named.has(role) && name === "").map(({ role }) => role),
    mains: roles.filter(({ role }) => role === "main").length,
  };
}

/** Returns the faults of the layout: the page is wider than the window, or a control cannot be clicked. */
export function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) faults.push(`${scrollWidth} pixels wide in ${innerWidth}`);
    const selector = "button, input, select, textarea, summary, a[href]";
    const { scrollX, scrollY } = window;
    for (const control of document.querySelectorAll<HTMLElement>(selector)) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      control.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const { left, top, width, height } = control.getBoundingClientRect();
      const at = document.elementFromPoint(left + width / 2, top + height / 2);
      const hits = at !== null && (control.contains(at) || at.closest("label")?.contains(control));
      if (!hits) faults.push(`${control.outerHTML} is under ${at?.outerHTML ?? "nothing"}`);
    }
    scrollTo(scrollX, scrollY);
    return faults;
  });
}

/** Texts that can be read but stand out less from their ground than 4.5 : 1. Disabled controls are let off. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
    const colour = (css: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = ([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour => {
      const mix = (above: number, below: number) => above * a + below * (1 - a);
      return [mix(r, red), mix(g, green), mix(b, blue), 1];
    };
    const light = ([...parts]: Colour) => {
      const [r = 0, g = 0, b = 0] = parts
        .map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const root: Colour = over(
      colour(getComputedStyle(document.documentElement).backgroundColor),
      [255, 255, 255, 1],
    );
    const ground = (element: Element | null): Colour => {
      if (element === null) return root;
      const below = ground(element.parentElement);
      // In a drawing a text stands on the shape that is drawn before it.
      const shapes = element.matches("svg g")
        ? [...element.children].filter((one) => one.matches("rect"))
        : [];
      const fills = shapes.map((shape) => getComputedStyle(shape).fill);
      const grounds = [getComputedStyle(element).backgroundColor, ...fills].filter((css) => css !== "none");
      return grounds.reduce((under, css) => over(colour(css), under), below);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint: string[] = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement!;
      const text = walker.currentNode.textContent!.trim();
      const { width, height } = element.getBoundingClientRect();
      const isSeen = element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
      if (text === "" || !isSeen || element.closest(":disabled, [aria-disabled=true], title, script, style"))
        continue;
      const style = getComputedStyle(element);
      const behind = ground(element);
      const front = over(colour(element.closest("svg") === null ? style.color : style.fill), behind);
      const [bright, dark] = [light(front), light(behind)].sort((a, b) => b - a) as [number, number];
      const ratio = (bright + 0.05) / (dark + 0.05);
      if (ratio < 4.5) faint.push(`${text}: ${ratio.toFixed(2)}`);
    }
    return faint;
  });
}
