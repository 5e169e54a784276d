/** Pages, cards and the web app: what people and machines see of the script. */
import { placeAfter } from '../../local/host/context/html-template';
import { WebApp } from '../../local/host/web-app';
import { evaluate, tinyBundle, tinyWorld } from './tiny-world';

function filled(template: string, fields: Record<string, unknown>): unknown {
  const code = `var t = HtmlService.createTemplate(${JSON.stringify(template)});
    Object.assign(t, ${JSON.stringify(fields)}); t.evaluate().getContent()`;
  return evaluate(code);
}

describe('a template', () => {
  it.each([
    ['<p><?= x ?></p>', '<b>&', '<p>&lt;b&gt;&amp;</p>'],
    ['<p><?!= x ?></p>', '<b>&', '<p><b>&</p>'],
    ['<a title="<?= x ?>">', '"><script>', '<a title="&quot;&gt;&lt;script&gt;">'],
    ['<a href="<?= x ?>">', 'javascript:alert(1)', '<a href="#unsafe">'],
    ['<a href="<?= x ?>">', 'https://a.co/?b=1&c=2', '<a href="https://a.co/?b=1&amp;c=2">'],
    ['<script>var a = <?= x ?>;</script>', '</script>', '<script>var a = "\\u003c/script\\u003e";</script>'],
    ["<script>var a = '<?= x ?>';</script>", "';alert(1)//", "<script>var a = '\\x27;alert(1)\\x2f\\x2f';</script>"],
    ['<p><?= x ?></p>', null, '<p></p>'],
  ])('%s with %j', (template, value, page) => {
    expect(filled(template, { x: value })).toBe(page);
  });

  it('runs code between the text and sees the functions of the app', () => {
    const bundle = tinyBundle(
      `function shout(t) { return t.toUpperCase(); }
       function page() { var t = HtmlService.createTemplateFromFile('list'); t.items = ['a', 'b'];
         return t.evaluate().setTitle('List').getContent(); }`,
      {},
      { list: '<ul><? for (var i = 0; i < items.length; i++) { ?><li><?= shout(items[i]) ?></li><? } ?></ul>' },
    );
    expect(tinyWorld(bundle).run('page').value).toBe('<ul><li>A</li><li>B</li></ul>');
  });

  it('knows where in a page it stands', () => {
    expect(placeAfter('<script>1</script><p>')).toBe('text');
    expect(placeAfter('<script>let a = "it\'s')).toBe('script-string');
    expect(placeAfter('<script src="x">f(')).toBe('script');
    expect(placeAfter('<img src="')).toBe('url');
  });
});

describe('a sidebar', () => {
  it('is recorded with its page, and needs its scope', () => {
    const code =
      "function go() { SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('<p>x').setTitle('Rent')); }";
    const world = tinyWorld(code);
    expect(world.run('go').ok).toBe(true);
    expect(world.ui.sidebar).toMatchObject({ title: 'Rent', content: '<p>x' });
    const poor = tinyWorld(tinyBundle(code, { oauthScopes: ['https://www.googleapis.com/auth/spreadsheets'] }));
    expect(poor.run('go').error?.message).toContain('script.container.ui');
  });
});

describe('google.script.run', () => {
  const world = tinyWorld(`
    function echo(v) { return v; }
    function hidden_() { return 1; }
    function when() { return { at: new Date() }; }
    function odd() { return [undefined, 1]; }
    function who() { return [Session.getActiveUser().getEmail(), Session.getEffectiveUser().getEmail()]; }`);
  const call = (name: string, ...args: unknown[]) => world.run(name, args, { trigger: 'sidebar' });

  it('carries plain values both ways', () => {
    const value = { a: [1, 'x', true, null, { b: 2 }] };
    expect(call('echo', value).value).toEqual(value);
    expect(call('odd').value).toEqual([null, 1]);
  });

  it('refuses dates and functions, going in and coming out', () => {
    expect(call('echo', { due: new Date(0) }).error?.message).toBe('Failed due to illegal value in property: due');
    expect(call('echo', () => 1).error?.message).toMatch(/illegal value/);
    expect(call('when').error?.message).toBe('Failed due to illegal value in property: at');
  });

  it('does not see a private function', () => {
    expect(call('hidden_').error).toMatchObject({
      name: 'TypeError',
      message: 'google.script.run.hidden_ is not a function',
    });
  });

  it('runs as the person who clicks', () => {
    const run = world.run('who', [], { trigger: 'sidebar', user: 'guest@gmail.com' });
    expect(run.value).toEqual(['guest@gmail.com', 'guest@gmail.com']);
  });
});

describe('the web app', () => {
  const APP = `
    function doGet(e) {
      if (e.parameter.page) return HtmlService.createHtmlOutput('<h1>' + Session.getEffectiveUser().getEmail()
        + '|' + Session.getActiveUser().getEmail() + '</h1>');
      if (e.parameter.fail) throw new Error('bad <b>');
      return ContentService.createTextOutput(JSON.stringify(e)).setMimeType(ContentService.MimeType.JSON);
    }
    function doPost(e) { return ContentService.createTextOutput(JSON.stringify(e)); }`;

  it('tells doGet the query and nothing else', () => {
    const reply = tinyWorld(APP).doGet({ key1: 'value1', key2: ['value2', 'more'] });
    expect(reply).toMatchObject({ status: 200, isPage: false, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reply.body)).toEqual({
      contentLength: -1,
      contextPath: '',
      parameter: { key1: 'value1', key2: 'value2' },
      parameters: { key1: ['value1'], key2: ['value2', 'more'] },
      queryString: 'key1=value1&key2=value2&key2=more',
    });
  });

  it('tells doPost the body, and the fields of a form', () => {
    const reply = tinyWorld(APP).doPost({ parameters: { k: 's' }, body: '{"é":1}', type: 'application/json' });
    expect(JSON.parse(reply.body)).toMatchObject({
      contentLength: 8,
      parameter: { k: 's' },
      postData: { contents: '{"é":1}', length: 8, name: 'postData', type: 'application/json' },
    });
    const form = tinyWorld(APP).doPost({ body: 'a=1&a=2&b=x+y' });
    expect(JSON.parse(form.body).parameters).toEqual({ a: ['1', '2'], b: ['x y'] });
  });

  it('runs as its deployer and does not know its visitor', () => {
    expect(tinyWorld(APP).doGet({ page: '1' }).body).toBe('<h1>owner@example.com|</h1>');
  });

  it('keeps two query names for itself and shows errors on a page', () => {
    expect(tinyWorld(APP).doGet({ c: '1' }).status).toBe(405);
    expect(tinyWorld(APP).doGet({ fail: '1' }).body).toContain('Error: bad &lt;b>');
  });

  it('answers texts by a redirect to an address that works once', () => {
    const app = new WebApp(tinyWorld(APP));
    const ask = (method: string, url: string, body = '') => app.handle({ method, url, headers: {}, body });
    const hop = ask('POST', 'http://127.0.0.1:1/macros/s/x/exec?k=1', 'a=1');
    expect(hop.status).toBe(302);
    const first = ask('GET', hop.headers.location ?? '');
    expect([first.status, JSON.parse(first.body).parameter]).toEqual([200, { k: '1', a: '1' }]);
    expect(ask('GET', hop.headers.location ?? '').status).toBe(404);
    expect(ask('GET', 'http://127.0.0.1:1/macros/s/x/exec?page=1').status).toBe(200);
  });
});

describe('a card', () => {
  it('is kept as JSON', () => {
    const world = tinyWorld(`function home() {
      var open = CardService.newOpenLink().setUrl('https://a.co').setOpenAs(CardService.OpenAs.FULL_SIZE);
      var button = CardService.newTextButton().setText('Open').setOpenLink(open);
      var text = CardService.newTextParagraph().setText('Hi');
      var section = CardService.newCardSection().addWidget(text).addWidget(button);
      var header = CardService.newCardHeader().setTitle('Rent');
      return CardService.newCardBuilder().setHeader(header).addSection(section).build();
    }`);
    expect(world.run('home').value).toEqual({
      kind: 'card',
      header: { kind: 'CardHeader', title: 'Rent' },
      sections: [
        {
          kind: 'CardSection',
          widgets: [
            { kind: 'TextParagraph', text: 'Hi' },
            {
              kind: 'TextButton',
              text: 'Open',
              openLink: { kind: 'OpenLink', url: 'https://a.co', openAs: 'FULL_SIZE' },
            },
          ],
        },
      ],
    });
  });
});
