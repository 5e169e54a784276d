/** In which channel Slack's app tells of each property: chosen for one, or for all at once. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, Line, Note, useFocusBack } from '../../kit';
import { useChange } from '../../use';
import { ShortList } from '../shared/rows';
import { Choices, nameOf } from './choices';

const FIRST = 5;
/** As the script knows it: an empty name is all properties. */
const ALL = '';

export function Channels({ connection }: { readonly connection: Connection }) {
  const { channels, title, id } = connection;
  if (!channels || channels.length === 0) return null;
  const silent = channels.filter(({ channel }) => channel === '').length;
  return (
    <section class="part-of-card" aria-label={`Channels of ${title}`}>
      <h4>Channel of each property</h4>
      {silent === channels.length ? (
        <Note tone="due">No property has a channel yet: the app posts nothing.</Note>
      ) : null}
      <ShortList of={channels} first={FIRST} keyOf={({ property }) => property}>
        {({ property, channel }) => (
          <Property
            platform={id}
            property={property}
            head={property}
            tail={
              channel === '' ? (
                <span class="quiet">None: silent</span>
              ) : (
                nameOf({ platform: id, list: 'channels' }, channel)
              )
            }
            channel={channel}
          />
        )}
      </ShortList>
      {channels.length > 1 ? <Property platform={id} property={ALL} head="All properties" channel="" /> : null}
    </section>
  );
}

interface PropertyProps {
  readonly platform: string;
  readonly property: string;
  readonly head: string;
  readonly tail?: ComponentChildren;
  readonly channel: string;
}

function Property({ platform, property, head, tail, channel }: PropertyProps) {
  const act = useChange('propertyChannel');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const set = async (to: string, name?: string) => {
    if (await act.run({ property, channel: to, name })) setOpen(false);
  };
  return (
    <div ref={place}>
      <Line head={<b>{head}</b>} tail={tail} />
      <Came of={act} />
      {open ? (
        <Choices
          platform={platform}
          list="channels"
          label={`Channel of ${head}`}
          picked={[channel]}
          onPick={({ id, name }) => void set(id, name)}
          onClose={() => setOpen(false)}
        />
      ) : (
        <Actions>
          <Button look="quiet" busy={act.busy} label={`Choose…: channel of ${head}`} onClick={() => setOpen(true)}>
            Choose…
          </Button>
          {channel !== '' ? (
            <Button changes look="quiet" label={`No channel for ${head}`} onClick={() => void set('')}>
              No channel
            </Button>
          ) : null}
        </Actions>
      )}
    </div>
  );
}
