// Two routes, rendered on a server and hydrated; marks stand in what React looks after.
import { AvowEmbed, useChoices } from 'avow/react';
import { useEffect, useState } from 'react';

const kInline = `(globalThis.ran ??= []).push('inline');`;

function Film({ stands }) {
  return (
    <>
      <script type="text/plain" data-avow="analytics" src="/hits/route.js" />
      <script
        type="text/plain"
        data-avow="analytics"
        dangerouslySetInnerHTML={{ __html: kInline }}
      />
      {stands && <iframe data-avow="video" data-avow-src="/hits/frame.html" title="A frame" />}
      <h1>Film</h1>
      <AvowEmbed
        purpose="video"
        src="/hits/embed.html"
        title="A film"
        width={320}
        height={180}
        onFrame={(frame) => {
          (globalThis.films ??= []).push(frame.title);
        }}
      />
    </>
  );
}

export function App({ route }) {
  const [at, setAt] = useState(route);
  const [stands, setStands] = useState(false);
  const { granted } = useChoices();
  useEffect(() => {
    setStands(true);
    const back = () => setAt(location.hash.slice(1) || 'film');
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (to) => {
    history.pushState(null, '', `#${to}`);
    setAt(to);
  };
  return (
    <main data-at={at} data-stands={String(stands)} data-granted={granted.join(' ')}>
      <nav>
        <button type="button" id="home" onClick={() => go('home')}>
          Home
        </button>
        <button type="button" id="film" onClick={() => go('film')}>
          Film
        </button>
      </nav>
      {at === 'film' ? <Film stands={stands} /> : <h1>Home</h1>}
      <p id="end">The end</p>
    </main>
  );
}
