/** The order of spec files in jest: the slowest first, so that none of them is left running alone at the end. */

/** Seconds alone on one core, measured in November 2026; what is not listed is quick. Only the order matters. */
export const SECONDS = {
  'test/story/money.spec.ts': 90,
  'test/cli/demo.spec.ts': 80,
  'test/simulation/simulation.spec.ts': 80,
  'test/jobs/crash.spec.ts': 54,
  'test/browser/page.spec.ts': 54,
  'test/browser/override.spec.ts': 41,
  'test/docs/snippets.spec.ts': 40,
  'test/browser/workbook.spec.ts': 33,
  'test/jobs/nested.spec.ts': 29,
  'test/live.spec.ts': 25,
  'test/browser/sidebar-lease.spec.ts': 21,
  'test/browser/record.spec.ts': 20,
  'test/browser/setup.spec.ts': 19,
  'test/browser/sidebar.spec.ts': 18,
  'test/bundle.spec.ts': 18,
  'test/browser/sidebar-changes.spec.ts': 17,
  'test/browser/sidebar-platforms.spec.ts': 16,
  'test/browser/reconcile.spec.ts': 16,
  'test/page/past.spec.ts': 13,
  'test/import-files.spec.ts': 12,
  'test/hledger.spec.ts': 11,
  'test/api/desk-setup-kills.spec.ts': 11,
  'test/browser/sidebar-today.spec.ts': 11,
  'test/api/desk-money-crash.spec.ts': 10,
};

const secondsOf = ({ path }) => {
  const name = path.replaceAll('\\', '/');
  return Object.entries(SECONDS).find(([file]) => name.endsWith(`/${file}`))?.[1] ?? 0;
};

/** What jest asks of a sequencer; `npm test` runs every file, whole and unsharded. */
export default class SlowFirst {
  sort(tests) {
    return [...tests].sort((a, b) => secondsOf(b) - secondsOf(a) || (a.path < b.path ? -1 : 1));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {}
}
