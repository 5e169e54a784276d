/** The order of spec files in jest: the slowest first, so that none of them is left running alone at the end. */

/** Seconds on a quiet core, browser included, as of November 2026; what is not listed is quick. Only the order matters. */
export const SECONDS = {
  'test/browser/page.spec.ts': 48,
  'test/browser/resident-screens.spec.ts': 45,
  'test/browser/workbook.spec.ts': 42,
  'test/story/money.spec.ts': 41,
  'test/story/crm.spec.ts': 31,
  'test/browser/override.spec.ts': 30,
  'test/browser/sidebar-connections.spec.ts': 30,
  'test/browser/sidebar-crm.spec.ts': 28,
  'test/browser/sidebar.spec.ts': 26,
  'test/browser/sidebar-messages.spec.ts': 24,
  'test/cli/demo.spec.ts': 24,
  'test/browser/page-messages.spec.ts': 24,
  'test/simulation/money-year.spec.ts': 20,
  'test/jobs/failure-alerts.spec.ts': 20,
  'test/simulation/residents-year.spec.ts': 20,
  'test/browser/sidebar-property-systems.spec.ts': 20,
  'test/browser/setup.spec.ts': 20,
  'test/browser/sidebar-lease.spec.ts': 20,
  'test/browser/platforms.spec.ts': 18,
  'test/browser/sidebar-changes.spec.ts': 18,
  'test/simulation/simulation.spec.ts': 16,
  'test/story/messages.spec.ts': 16,
  'test/jobs/crash-news.spec.ts': 16,
  'test/browser/reconcile.spec.ts': 15,
  'test/browser/record.spec.ts': 13,
  'test/browser/resident-web.spec.ts': 15,
  'test/browser/sidebar-platforms.spec.ts': 13,
  'test/api/resident/pay-crash.spec.ts': 15,
  'test/jobs/crash-pages.spec.ts': 15,
  'test/api/resident/large.spec.ts': 15,
  'test/jobs/plans.spec.ts': 13,
  'test/jobs/crash.spec.ts': 13,
  'test/browser/sidebar-pause.spec.ts': 12,
  'test/browser/hostile.spec.ts': 11,
  'test/browser/sidebar-log.spec.ts': 11,
  'test/jobs/nested.spec.ts': 10,
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
