import { configure } from "@testing-library/preact";

// A build machine has other things to do: what comes late has still come.
configure({ asyncUtilTimeout: 10_000 });
