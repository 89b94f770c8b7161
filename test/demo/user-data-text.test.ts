import { expect, test } from "vitest";
import { textOfValue, valueOfText } from "../../demo/desk/user-data-row.tsx";

test("a value keeps its type when its text allows it", () => {
  expect(valueOfText("7", 0)).toBe(7);
  expect(valueOfText("7", "0")).toBe("7");
  expect(valueOfText("seven", 0)).toBe("seven");
  expect(valueOfText("", 0)).toBe("");
  expect(valueOfText("false", true)).toBe(false);
  expect(valueOfText("no", true)).toBe("no");
});

test("nothing typed into null leaves it null", () => {
  expect(textOfValue(null)).toBe("");
  expect(valueOfText("", null)).toBeNull();
  expect(valueOfText("x", null)).toBe("x");
});
