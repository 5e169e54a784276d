/** Step 5: who the messages come from, when they may leave, how each reads, and one to oneself. */
import { useState } from 'preact/hooks';
import { Actions, Button, Came, Card, Note, Refused, SelectField, Shown, TextField } from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';
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
  const test = useChange('testMessage');
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
      <Came of={test} again={() => void test.run({ template, language: spoken })} />
      <Button changes busy={test.busy} onClick={() => void test.run({ template, language: spoken })}>
        Send a test to me
      </Button>
    </Card>
  );
}

function Letter({ template, language }: { readonly template: string; readonly language: string }) {
  const asked = useAsked('previewMessage', { template, language });
  return (
    <Shown asked={asked} rows={4}>
      {(message) =>
        isRefusal(message) ? (
          <Refused text={message.refused} />
        ) : (
          <section class="panel" aria-label="Preview">
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
        )
      }
    </Shown>
  );
}
