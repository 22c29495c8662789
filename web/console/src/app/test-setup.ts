import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A build machine has other things to do: what comes late has still come.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => cleanup());
