import { describe, expect, test } from "vitest";
import { cut, pad, widthOf, wrap } from "../../src/cli/text-columns.ts";

describe("a text in columns", () => {
  test("is measured and cut by what it takes in a terminal", () => {
    expect(widthOf("美咲")).toBe(4);
    expect(widthOf("👩‍👩‍👧!")).toBe(3);
    expect(cut("美咲です", 5)).toBe("美咲…");
    expect(cut("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
    expect(cut("abc", 0)).toBe("");
    expect(cut("abc", 3)).toBe("abc");
    expect(pad("美", 4)).toBe("美  ");
  });

  test("is wrapped at words, or inside those that are too long", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
    expect(wrap("  in dented", 6)).toEqual(["  in", "dented"]);
    expect(wrap("a\r\n\r\nb", 5)).toEqual(["a", "", "b"]);
    expect(wrap("美咲", 1)).toEqual(["美", "咲"]);
  });
});
