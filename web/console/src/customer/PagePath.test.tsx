import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { NO_CONTEXT } from "../desk/types.ts";
import { words } from "./en.ts";
import { PagePath } from "./PagePath.tsx";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function draw(minutesAgo: number, seenAt: string | null = null) {
  const at = ago(minutesAgo);
  const page = { url: "https://shop.test/boots", title: "Boots", at };
  return render(<PagePath context={{ ...NO_CONTEXT, pages: [page], currentPage: page }} seenAt={seenAt} />);
}

it("says of a page that the visitor is on that they are there now, and not since when", () => {
  const { container } = draw(3);

  expect(screen.getByText(words.now)).toBeTruthy();
  expect(container.querySelector("time")).toBeNull();
});

it("takes a visitor for there who wrote a moment ago, however long the page has been open", () => {
  draw(30, ago(1));

  expect(screen.getByText(words.now)).toBeTruthy();
});

it("says how long ago the visitor was on their last page", () => {
  const { container } = draw(30);

  expect(screen.getByText(words.lastPage)).toBeTruthy();
  expect(container.querySelectorAll("time")).toHaveLength(1);
});

it("says of an hour on another day which day that was", () => {
  const page = (url: string, at: string) => ({ url: `https://shop.test/${url}`, title: url, at });
  const pages = [page("help", "2025-09-23T10:05:00.000Z"), page("boots", ago(40)), page("home", ago(1))];

  const { container } = render(
    <PagePath context={{ ...NO_CONTEXT, pages, currentPage: pages[2] ?? null }} seenAt={null} />,
  );

  const [, help] = [...container.querySelectorAll("time")].map(({ textContent }) => textContent);
  expect(help).toContain("2025");
});

it("takes a page that was loaded again for one, as the timeline does", () => {
  const page = (url: string, minutes: number) => ({
    url: `https://shop.test/${url}`,
    title: url,
    at: ago(minutes),
  });
  const pages = [page("home", 9), page("boots", 8), page("boots", 7)];

  render(<PagePath context={{ ...NO_CONTEXT, pages, currentPage: page("boots", 7) }} seenAt={null} />);

  expect(screen.getAllByRole("link").map(({ textContent }) => textContent)).toEqual(["boots", "home"]);
});
