/** Step 5: who the messages come from, when they may leave, how each reads by mail and as a text, and one as a test. */
import { useRef, useState } from 'preact/hooks';
import type { MessagePreview } from '../../../src/api/desk/setup';
import { Actions, Button, Came, Card, Note, Refused, SelectField, Shown, TextField, useFocusBack } from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';
import { AskForm } from '../shared/ask-form';
import { partsText } from '../shared/sms';
import { SettingsForm } from './facts';
import type { StepProps } from './steps';

export function Messages(step: StepProps) {
  return (
    <>
      <SettingsForm step={step} title="Sender and hours">
        {(field) => (
          <>
            <TextField label="Sender name" hint="What residents see beside your address." {...field('senderName')} />
            <TextField label="Daily summary to" hint="E-mails with commas between them" {...field('digestTo')} />
            <TextField
              label="Quiet hours"
              hint="Nothing leaves then, as in 21:00-08:00; none for no quiet hours"
              {...field('quietHours')}
            />
          </>
        )}
      </SettingsForm>
      <Reading view={step.view} />
      <Actions>
        <Button look="primary" changes busy={step.leaving} onClick={step.onDone}>
          Go on
        </Button>
      </Actions>
    </>
  );
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

function languageName(code: string): string {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    // A cell may hold anything.
    return code;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Reading({ view }: Pick<StepProps, 'view'>) {
  const [template, setTemplate] = useState(view.templates[0]?.template ?? '');
  const [language, setLanguage] = useState('en');
  const languages = view.templates.find((each) => each.template === template)?.languages ?? [];
  const spoken = languages.includes(language) ? language : (languages[0] ?? 'en');
  if (template === '') return null;
  return (
    <Card title="Messages">
      <SelectField
        label="Message"
        value={template}
        onInput={setTemplate}
        options={view.templates.map((each) => ({ value: each.template, label: capital(each.template) }))}
      />
      <SelectField
        label="Language"
        value={spoken}
        onInput={setLanguage}
        options={languages.map((code) => ({ value: code, label: languageName(code) }))}
      />
      <Letter template={template} language={spoken} />
    </Card>
  );
}

interface Chosen {
  readonly template: string;
  readonly language: string;
}

function Letter({ template, language }: Chosen) {
  const asked = useAsked('previewMessage', { template, language });
  return (
    <Shown asked={asked} rows={4}>
      {(message) =>
        isRefusal(message) ? (
          <Refused text={message.refused} />
        ) : (
          <>
            <Mail message={message} language={language} />
            <TestToMe template={template} language={language} />
            {message.sms ? (
              <>
                <Text sms={message.sms} language={language} />
                <TestText template={template} language={language} />
              </>
            ) : null}
          </>
        )
      }
    </Shown>
  );
}

function Mail({ message, language }: { readonly message: MessagePreview; readonly language: string }) {
  return (
    <section class="panel" aria-label="As a mail">
      <p class="quiet small">As a mail</p>
      <h3 class="subject">{message.subject}</h3>
      <p class="letter" lang={language}>
        {message.text}
      </p>
      <p class="quiet">
        {message.lease ? `With the data of ${message.lease}.` : 'With made-up data: there is no lease yet.'}
      </p>
      {message.problems.map((text) => (
        <Note key={text} tone="due">
          {text}
        </Note>
      ))}
    </section>
  );
}

const Text = ({ sms, language }: { readonly sms: NonNullable<MessagePreview['sms']>; readonly language: string }) => (
  <section class="panel" aria-label="As a text message">
    <p class="quiet small">As a text message</p>
    <p class="letter" lang={language}>
      {sms.text}
    </p>
    <p class="quiet">{partsText(sms)}</p>
  </section>
);

function TestToMe(chosen: Chosen) {
  const test = useChange('testMessage');
  const send = () => void test.run(chosen);
  return (
    <>
      <Came of={test} again={send} />
      <Button changes busy={test.busy} onClick={send}>
        Send a test to me
      </Button>
    </>
  );
}

const PHONE = { label: 'Phone number', help: 'With the country code: +1 512 555 0123. It costs what a text costs.' };

function TestText(chosen: Chosen) {
  const test = useChange('testMessage');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const run = async (phone: string) => {
    if (await test.run({ ...chosen, phone })) setOpen(false);
  };
  const close = () => {
    test.clear();
    setOpen(false);
  };
  return (
    <div ref={place}>
      {open ? (
        <AskForm title="Send it" name="Send a test text" asks={PHONE} change={test} run={run} onClose={close} />
      ) : (
        <Button onClick={() => setOpen(true)}>Send a test text to…</Button>
      )}
    </div>
  );
}
