import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { Text } from "./Text.tsx";

it("shows markup as it was typed", () => {
  const { container } = render(<Text text={'<img src=x onerror="alert(1)"> <b>bold</b>'} />);
  expect(container.textContent).toBe('<img src=x onerror="alert(1)"> <b>bold</b>');
  expect(container.querySelector("img, b")).toBeNull();
});

it("makes links of web addresses only, and they tell the page nothing of us", () => {
  render(<Text text="https://a.example/b javascript:alert(1)" />);
  const links = screen.getAllByRole("link");
  expect(links).toHaveLength(1);
  expect(links[0]?.getAttribute("href")).toBe("https://a.example/b");
  expect(links[0]?.getAttribute("rel")).toBe("noopener noreferrer");
});
