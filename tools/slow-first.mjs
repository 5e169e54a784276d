/** The order of spec files in jest: the slowest first, so that none of them is left running alone at the end. */

/** Seconds alone on one core, measured in November 2026; what is not listed is quick. Only the order matters. */
export const SECONDS = {
  'test/story/money.spec.ts': 85,
  'test/story/crm.spec.ts': 84,
  'test/simulation/money-year.spec.ts': 80,
  'test/jobs/crash.spec.ts': 78,
  'test/jobs/crash-pages.spec.ts': 60,
  'test/hostile/portal.spec.ts': 30,
  'test/api/resident/page.spec.ts': 30,
  'test/api/resident/large.spec.ts': 30,
  'test/cli/demo.spec.ts': 74,
  'test/simulation/simulation.spec.ts': 73,
  'test/jobs/nested.spec.ts': 58,
  'test/browser/page.spec.ts': 54,
  'test/browser/override.spec.ts': 42,
  'test/browser/resident-screens.spec.ts': 45,
  'test/jobs/crash-news.spec.ts': 41,
  'test/jobs/autopay-retries.spec.ts': 34,
  'test/simulation/quiet-hours.spec.ts': 28,
  'test/run/tokens.spec.ts': 27,
  'test/jobs/failures.spec.ts': 27,
  'test/jobs/plans.spec.ts': 27,
  'test/browser/setup.spec.ts': 27,
  'test/browser/workbook.spec.ts': 26,
  'test/browser/sidebar.spec.ts': 24,
  'test/browser/sidebar-changes.spec.ts': 21,
  'test/jobs/integrity.spec.ts': 19,
  'test/jobs/agree.spec.ts': 19,
  'test/browser/sidebar-lease.spec.ts': 18,
  'test/jobs/crash-carriers.spec.ts': 16,
  'test/browser/evidence.spec.ts': 18,
  'test/hostile/email.spec.ts': 20,
  'test/api/desk-evidence.spec.ts': 17,
  'test/jobs/receipt-mails.spec.ts': 12,
  'test/hostile/csv.spec.ts': 11,
  'test/browser/platforms.spec.ts': 18,
  'test/bundle.spec.ts': 18,
  'test/browser/resident-use.spec.ts': 18,
  'test/api/resident/view-laws.spec.ts': 12,
  'test/story/messages.spec.ts': 28,
  'test/live.spec.ts': 17,
  'test/jobs/books.spec.ts': 17,
  'test/browser/reconcile.spec.ts': 15,
  'test/docs/snippets.spec.ts': 14,
  'test/browser/hostile.spec.ts': 14,
  'test/api/resident/pay-crash.spec.ts': 45,
  'test/api/resident/pay-autopay.spec.ts': 15,
  'test/hostile/money-and-dates.spec.ts': 14,
  'test/api/desk-setup-kills.spec.ts': 13,
  'test/api/desk-money-crash.spec.ts': 13,
  'test/browser/plans.spec.ts': 25,
  'test/domain/plans-laws.spec.ts': 13,
  'test/api/desk-plans.spec.ts': 13,
  'test/jobs/people.spec.ts': 13,
  'test/browser/record.spec.ts': 12,
  'test/jobs/messages.spec.ts': 12,
  'test/connectors/yardi-breeze-laws.spec.ts': 11,
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
