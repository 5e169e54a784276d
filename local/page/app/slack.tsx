/** The Slack view: what was posted, as a channel shows it. */
import type { ChatView } from '../types';
import { Empty, Failed, useLoaded, Waiting } from './load';
import { slackPieces } from './slack-text';

const MOST = 200;

function Text({ text }: { readonly text: string }) {
  return (
    <p class="chat-text">
      {slackPieces(text).map((piece, at) => (piece.bold ? <strong key={String(at)}>{piece.text}</strong> : piece.text))}
    </p>
  );
}

function Post({ post }: { readonly post: ChatView }) {
  const texts = post.blocks.length > 0 ? post.blocks : [post.text];
  return (
    <li class="card">
      <p class="quiet">
        <strong>{post.channel}</strong> · {[post.by, post.at, ...post.notes].join(' · ')}
      </p>
      {texts.map((text, at) => (
        <Text key={String(at)} text={text} />
      ))}
    </li>
  );
}

export function Slack({ revision }: { readonly revision: number }) {
  const { data, error, retry } = useLoaded<ChatView[]>('/api/chats', revision);
  return (
    <section aria-labelledby="slack-title">
      <div class="bar">
        <h2 id="slack-title">Slack</h2>
      </div>
      {error !== '' && <Failed error={error} retry={retry} />}
      {data === undefined && error === '' && <Waiting what="Slack" />}
      {data?.length === 0 && (
        <Empty>
          <p>Nothing has been posted yet. Alerts come when a property has Slack and something needs a person.</p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul class="chats" aria-label="Posts, the newest first">
          {data.slice(0, MOST).map((post, at) => (
            <Post key={`${at} ${post.at}`} post={post} />
          ))}
        </ul>
      )}
    </section>
  );
}
