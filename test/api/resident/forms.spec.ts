/** The forms of a resident's page, posted to the web address as a browser posts them: each reaches the page, whatever its fields. */
import { connectPaypal } from '../../jobs/autopay-world';
import { getPage, housed, postForm, tokenFor } from '../../resident-worlds';
import { formsOf, wordsOf } from '../../story/resident-life';

const base = housed({ settings: { Reminders: 'on', 'Promise days': '14' } });
connectPaypal(base);
const forms = formsOf(getPage(base, tokenFor(base, 'l-1@example.com')).body).filter(({ act }) => act !== undefined);

describe('a form of the page', () => {
  it('is there for each way to pay, to pay by itself, to dispute, to promise and to ask', () => {
    const acts = new Set(forms.map(({ act }) => act));
    for (const act of ['pay', 'autopayOn', 'dispute', 'promise', 'planAsk', 'preferences']) expect(acts).toContain(act);
  });

  it.each(forms.map((form) => [`${form.act} ${form.platform ?? form.what ?? ''}`, form] as const))(
    'is answered by the page: %s',
    (_name, form) => {
      const { body, contentType } = postForm(base.clone(), form);
      expect(contentType).toContain('text/html');
      expect(wordsOf(body)).toMatch(/ (✓ Done|→ One step left|✗ Not done) .*Back to your account/);
    },
  );

  it.each(['stripe', 'paypal'])('leads on to the page of %s where its resident agrees to autopay', (platform) => {
    const form = forms.find((each) => each.act === 'autopayOn' && each.platform === platform) ?? {};
    const { body } = postForm(base.clone(), form);
    expect(wordsOf(body)).toContain('→ One step left');
    expect(body).toMatch(new RegExp(`href="https://[^"]*${platform}\\.com/`));
  });
});
