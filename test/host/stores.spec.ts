/** Properties, caches and locks: what one execution leaves to the next, and to one inside it. */
import { evaluate, OWNER, tinyWorld } from './tiny-world';

const PROBE = 'function probe(code) { return eval(code); }';

describe('properties', () => {
  it('of one user are not seen by another', () => {
    const world = tinyWorld(`
      function put(v) { PropertiesService.getUserProperties().setProperty('secret', v); }
      function get() { return PropertiesService.getUserProperties().getProperty('secret'); }`);
    world.run('put', ['mine']);
    expect(world.run('get', [], { user: 'other@example.com' }).value).toBeNull();
    world.run('put', ['theirs'], { user: 'other@example.com' });
    expect(world.run('get').value).toBe('mine');
    expect(world.run('get', [], { user: 'other@example.com' }).value).toBe('theirs');
  });

  it('of the document and the script are shared, and apart from each other', () => {
    const world = tinyWorld(PROBE);
    evaluate("PropertiesService.getDocumentProperties().setProperty('a', 1)", world);
    const code =
      '[PropertiesService.getDocumentProperties(), PropertiesService.getScriptProperties()]' +
      ".map(function (store) { return store.getProperty('a'); })";
    expect(world.run('probe', [code], { user: 'other@example.com' }).value).toEqual(['1', null]);
  });

  it('are at most 500 KB in a store, and a write too many changes nothing', () => {
    const world = tinyWorld(PROBE);
    const fill =
      'var p = PropertiesService.getScriptProperties(); ' +
      "for (var i = 0; i < 60; i++) p.setProperty('k' + i, 'x'.repeat(9000))";
    expect(evaluate(fill, world)).toMatch(/exceeded the property storage quota/);
    expect(Object.keys(world.properties.script ?? {})).toHaveLength(56);
  });

  it('are set together, and replace the others when told so', () => {
    const code = `var p = PropertiesService.getUserProperties();
      p.setProperties({ a: 1, b: 2 }); p.setProperties({ b: 3 }, true);
      var kept = p.getProperties(); p.deleteProperty('b'); [kept, p.getKeys()]`;
    expect(evaluate(code)).toEqual([{ b: '3' }, []]);
  });
});

describe('the cache', () => {
  it('keeps the 900 entries farthest from expiry when it overflows', () => {
    const code = `var c = CacheService.getScriptCache(), all = {};
      for (var i = 0; i < 1000; i++) all['k' + i] = 'v';
      c.putAll(all, 600); c.put('last', 'v', 700);
      [c.get('last'), Object.keys(c.getAll(Object.keys(all))).length]`;
    expect(evaluate(code)).toEqual(['v', 899]);
  });

  it('lives by the clock of the world', () => {
    const world = tinyWorld(PROBE);
    evaluate("CacheService.getUserCache().put('k', 'v', 60)", world);
    expect(evaluate("CacheService.getUserCache().get('k')", world)).toBe('v');
    world.advanceTo(world.now + 60_000);
    expect(evaluate("CacheService.getUserCache().get('k')", world)).toBeNull();
  });

  it('refuses a value over 100 KB', () => {
    const code = "CacheService.getScriptCache().put('k', 'x'.repeat(102401))";
    expect(evaluate(code)).toBe('Exception: Argument too large: value');
  });
});

const LOCKED = `
  function outer() { var l = LockService.getDocumentLock(); l.waitLock(1000);
    PropertiesService.getScriptProperties().setProperty('outer', 'in'); l.releaseLock(); }
  function inner() { return LockService.getDocumentLock().tryLock(5000); }
  function strict() { LockService.getDocumentLock().waitLock(5000); }`;

describe('the lock', () => {
  it('held by one execution is not to be had by another inside it', () => {
    const world = tinyWorld(LOCKED);
    const seen: unknown[] = [];
    world.during(2, (inside) => {
      const tried = inside.run('inner', [], { user: 'other@example.com' });
      seen.push(tried.value, tried.modelMs, inside.run('strict').error?.message);
    });
    expect(world.run('outer').ok).toBe(true);
    expect(seen).toEqual([false, 5100, 'Lock timeout: another process was holding the lock for too long.']);
    expect(world.run('inner').value).toBe(true);
  });

  it('is let go when its holder is killed', () => {
    const world = tinyWorld(LOCKED);
    world.faults.killAt(2, 'after');
    expect(world.run('outer').killed).toBe(true);
    expect(world.run('inner').value).toBe(true);
  });

  it('of one user does not stop another', () => {
    const world = tinyWorld(`
      function outer() { LockService.getUserLock().waitLock(0); CacheService.getUserCache().put('a', 'b'); }
      function inner() { return LockService.getUserLock().tryLock(0); }`);
    const seen: unknown[] = [];
    world.during(2, (inside) => {
      seen.push(inside.run('inner').value, inside.run('inner', [], { user: 'other@example.com' }).value);
    });
    world.run('outer');
    expect(seen).toEqual([false, true]);
  });

  it('of the document does not exist in a web app', () => {
    const world = tinyWorld(
      'function doGet() { return ContentService.createTextOutput(String(LockService.getDocumentLock())); }',
    );
    expect(world.doGet().body).toBe('null');
  });

  it('is dropped while a person answers a dialog', () => {
    const world = tinyWorld(`function go() { var l = LockService.getDocumentLock(); l.waitLock(0);
      var pressed = SpreadsheetApp.getUi().alert('Sure?'); return [String(pressed), l.hasLock()]; }`);
    world.ui.answers.push({ button: 'OK' });
    expect(world.run('go').value).toEqual(['OK', false]);
  });
});

describe('the quota', () => {
  it('stops triggers when their 90 minutes are used, for a day, and only theirs', () => {
    const world = tinyWorld('function long() { Utilities.sleep(300000); } function short() {}');
    for (let run = 0; run < 18; run++) world.run('long', [], { trigger: 'time' });
    const refused = world.run('short', [], { trigger: 'time' });
    expect(refused.error?.message).toBe('Service using too much computer time for one day.');
    expect(world.run('short', [], { trigger: 'time', user: 'other@example.com' }).ok).toBe(true);
    expect(world.run('short').ok).toBe(true);
    world.advanceTo('2026-03-03T15:00:00Z');
    expect(world.run('short', [], { trigger: 'time' }).ok).toBe(true);
  });

  it('gives a Workspace account six hours', () => {
    const world = tinyWorld('function long() { Utilities.sleep(300000); }', { profile: 'workspace' });
    for (let run = 0; run < 19; run++) expect(world.run('long', [], { trigger: 'time' }).ok).toBe(true);
  });

  it('of mail is 100 recipients a day, counted by recipient', () => {
    const world = tinyWorld(`
      function send(n) {
        MailApp.sendEmail(Array.from({ length: n }, (_, i) => 'p' + i + '@a.co').join(','), 's', 'b');
      }
      function left() { return MailApp.getRemainingDailyQuota(); }`);
    world.run('send', [50]);
    world.run('send', [40]);
    expect(world.run('left').value).toBe(10);
    expect(world.run('send', [11]).error?.message).toBe('Service invoked too many times for one day: email.');
    expect(world.run('left').value).toBe(10);
    world.advanceTo('2026-03-03T15:01:00Z');
    expect(world.run('left').value).toBe(100);
  });

  it('of fetches counts each request of a wave', () => {
    const world = tinyWorld(`function wave() {
      UrlFetchApp.fetchAll(Array(5000).fill('https://api.counter.test/')); }`);
    for (let run = 0; run < 4; run++) expect(world.run('wave').ok).toBe(true);
    expect(world.run('wave').error?.message).toBe('Service invoked too many times for one day: urlfetch.');
  });

  it('of properties is 50,000 calls', () => {
    const world = tinyWorld("function get() { PropertiesService.getUserProperties().getProperty('a'); }");
    world.run('get');
    const meter = world.state.meters[OWNER]?.propertyCalls;
    if (meter !== undefined) meter.used = 49_999;
    expect(world.run('get').ok).toBe(true);
    expect(world.run('get').error?.message).toMatch(/^Service invoked too many times for one day/);
  });
});
