/** Help: where to read on, and a text to send when something is wrong, without anybody's data in it. */
import { useRef, useState } from 'preact/hooks';
import { VERSION } from '../facts';
import { Button, Card, Details, List } from '../kit';
import { reportText } from '../report';
import { lastTrouble } from '../trouble';

interface Topic {
  readonly question: string;
  readonly answer: readonly string[];
}

const TOPICS: readonly Topic[] = [
  {
    question: 'What happens by itself?',
    answer: [
      'Every day rent is charged, payments are matched, and reminders leave in the order of your ladder.',
      'Nothing leaves for residents while reminders are off on the Settings tab.',
    ],
  },
  {
    question: 'How do I take something back?',
    answer: [
      'Press Undo in the confirmation, or open the Log, open its line, and press Undo.',
      'The ledger keeps both: what was done and what took it back.',
    ],
  },
  {
    question: 'Where do I mend a wrong cell?',
    answer: ['In the Sheet. The problem names tab, row and column; the next run reads it again.'],
  },
  {
    question: 'Who may do what?',
    answer: [
      'Managers and Viewers stand on the Settings tab.',
      'The owner is the account that set the ledger up, and alone holds the keys of platforms.',
    ],
  },
  {
    question: 'Why is a payment neither paid nor late?',
    answer: ['Bank payments take days. While one is processing, no reminder and no fee follows for what it covers.'],
  },
];

export function Help() {
  const { id = '', kind = '' } = lastTrouble.value ?? {};
  const area = useRef<HTMLTextAreaElement>(null);
  const [picked, setPicked] = useState(false);
  const pick = () => {
    area.current?.select();
    // The async clipboard is closed to sandboxed frames; the text stays selected for Ctrl+C in any case.
    document.execCommand('copy');
    setPicked(true);
  };
  return (
    <>
      <Card title="Questions">
        <List of={TOPICS} keyOf={({ question }) => question}>
          {({ question, answer }) => (
            <Details summary={question}>
              {answer.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </Details>
          )}
        </List>
      </Card>
      <Card title="Keyboard">
        <p>Tab moves on, Enter presses, arrow keys move in tabs and lists, Escape closes or goes back.</p>
      </Card>
      <Card title="Send feedback">
        <label class="quiet" for="report">
          Copy this text and add what you did. It names no resident.
        </label>
        <textarea id="report" rows={4} readOnly ref={area} value={reportText(id, kind, VERSION)} />
        <Button onClick={pick}>Copy the text</Button>
        <p class="quiet" role="status">
          {picked ? 'Selected and copied.' : ''}
        </p>
      </Card>
    </>
  );
}
