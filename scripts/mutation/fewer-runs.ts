import fc from "fast-check";

// A mutant that a property can find is found in a few runs; a hundred for each mutant would take the night.
fc.configureGlobal({ numRuns: 20 });
