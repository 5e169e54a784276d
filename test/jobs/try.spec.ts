import { bookOf, smallWorld, leaseOf, savedCard, loadStripe, intentOf, verdictOf, slackTexts, mailsOf, tabOf } from '../worlds';
it('tries', () => {
  const card = savedCard('L-3', '2026-11-01T12:00:00Z');
  let t = Date.now();
  const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3'), leaseOf('L-4', {'Due day': '26'})], links: card.links, settings: {'Quiet hours': 'none'} });
  loadStripe(world, [...card.objects, intentOf('pi_a', 'L-1', 100000, '2026-11-02T12:00:00Z')]);
  console.log('made', Date.now() - t); t = Date.now();
  const c = world.advanceTo('2026-12-01T05:00:00Z');
  console.log('month', c, Date.now() - t); t = Date.now();
  const w2 = world.clone();
  console.log('clone', Date.now() - t); t = Date.now();
  const r = w2.run('tick');
  console.log('tick', Date.now() - t, JSON.stringify(r, null, 1));
  t = Date.now();
  console.log(w2.advanceTo('2026-12-01T08:00:00Z'), Date.now() - t);
  const b = bookOf(w2);
  console.log(JSON.stringify(b, null, 1).slice(0, 20000));
  console.log(verdictOf(w2), slackTexts(w2), mailsOf(w2).map((m) => [m.to, m.subject, new Date(m.at).toISOString()]), tabOf(w2, 'Rent Roll'), tabOf(w2, 'Connections'));
});
