'use client';
import { AvowEmbed, useChoices } from 'avow/react';
import { useEffect, useState } from 'react';

/** What a route shows: its name, and whether the hook follows. */
export function Stands({ at, children }) {
  const [stands, setStands] = useState(false);
  const { granted } = useChoices();
  useEffect(() => setStands(true), []);
  return (
    <main data-at={at} data-stands={String(stands)} data-granted={granted.join(' ')}>
      <h1>{at}</h1>
      {children}
      <p id="end">The end</p>
    </main>
  );
}

export const Film = () => (
  <AvowEmbed purpose="video" src="/hits/embed.html" title="A film" width={320} height={180} />
);
