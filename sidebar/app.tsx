/** The frame of every screen: title and way back, health, the confirmation of what was done, and the footer. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { facts, learnFacts, mayAct, VERSION } from './facts';
import { IconButton } from './kit/button';
import { Confirmation } from './kit/confirmation';
import { closeTop } from './kit/escape';
import { Icon } from './kit/icon';
import { Empty } from './kit/states';
import { daysIn } from './kit/words';
import { online } from './line';
import { Menu } from './menu';
import { back, canGoBack, go, place } from './route';
import { SCREENS, type Screen } from './screens';
import { acting } from './server';
import { forgetOld, told } from './told';
import { changes } from './use';

/** Another screen had this long to ask first. */
const FACTS_AFTER_MS = 1_500;

function Header({ title }: { readonly title: string }) {
  const [open, setOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  const here = place.value;
  useLayoutEffect(() => {
    // A new screen begins at its title, for the eye and for the keyboard; the first one leaves the Sheet its focus.
    if (!first.current) {
      heading.current?.focus();
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [here.screen, here.params.lease]);
  return (
    <header class="head">
      <div class="head-line">
        {canGoBack.value ? <IconButton icon="back" label="Back" onClick={back} /> : null}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <IconButton icon="refresh" label="Read it again" onClick={() => changes.value++} />
        <IconButton icon="menu" label="All screens" expanded={open} onClick={() => setOpen(!open)} />
      </div>
      {open ? <Menu close={() => setOpen(false)} /> : null}
    </header>
  );
}

function Strip() {
  if (!online.value) {
    return (
      <p class="strip bad" role="status">
        <Icon name="warn" /> You are offline. Scheduled runs go on at Google.
      </p>
    );
  }
  if (acting.value === 'checking') {
    return (
      <p class="strip due" role="status">
        <Icon name="clock" /> Checking whether it was done…
      </p>
    );
  }
  const { health, paused } = facts.value ?? {};
  if (!health) return <p class="strip" />;
  return (
    <>
      {paused ? <PausedStrip /> : null}
      <button type="button" class={`strip ${health.good ? 'good' : 'bad'}`} onClick={() => go('connections')}>
        <Icon name={health.good ? 'check' : 'warn'} /> {daysIn(health.text)}
      </button>
    </>
  );
}

/** It leads to where it goes on again. */
const PausedStrip = () => (
  <button type="button" class="strip due" onClick={() => go('run')}>
    <Icon name="pause" /> Everything is paused: nothing leaves.
  </button>
);

function Footer() {
  const mail = facts.value?.mail;
  return (
    <footer class="foot">
      <span class="quiet">{mail ? `${mail.left} mails left` : ''}</span>
      <button type="button" class="button quiet" onClick={() => go('help')}>
        Help
      </button>
      <span class="quiet version">{VERSION}</span>
    </footer>
  );
}

function Body({ screen }: { readonly screen: Screen }) {
  const { params } = place.value;
  if (!mayAct(screen.needs)) {
    return (
      <Empty
        text={`This needs the ${screen.needs} of this ledger. The owner can add you under Managers on the Settings tab.`}
      />
    );
  }
  return <screen.Body params={params} />;
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (!closeTop()) back();
}

export function App() {
  const here = place.value;
  const screen = SCREENS[here.screen];
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    const timer = setTimeout(() => void learnFacts(), here.screen === 'today' ? 30_000 : FACTS_AFTER_MS);
    return () => {
      document.removeEventListener('keydown', onKey);
      clearTimeout(timer);
    };
  }, []);
  useEffect(forgetOld, [here.screen]);
  return (
    <>
      <Header title={screen.title} />
      <Strip />
      <main class="body">
        {told.value ? <Confirmation key={told.value.run} told={told.value} /> : null}
        <Body key={`${here.screen} ${here.params.lease ?? ''}`} screen={screen} />
      </main>
      <Footer />
    </>
  );
}
