import { useEffect, useState } from 'preact/hooks';
import { downloadStatement, fetchEntries, type Entry, type Member } from '../live/member';
import type { Choices } from '../live/server';
import { dayWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';
import { alsoDone, instantOf, joined, shownEntries, signed, titleOf, withNewest } from './movements';
import { EntryReasons } from './Reasons';
import { points } from './useMember';

interface Props {
  member: Member;
  choices: Choices;
  token: string;
  language: Language;
}

/** The newest movements, and further back when asked for. */
export function Movements({ member, choices, token, language }: Props) {
  const words = wordsIn(language).me;
  const [known, setKnown] = useState<readonly Entry[]>(member.last);
  // Undefined before the first page that was asked for, null after the last.
  const [cursor, setCursor] = useState<string | null | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(false);
  const entries = shownEntries(known);
  const hasMore = cursor === undefined ? (known.at(-1)?.version ?? 1) > 1 : cursor !== null;

  useEffect(() => {
    const next = withNewest(known, member.last);
    setKnown(next);
    if (next === member.last) setCursor(undefined);
  }, [member.last]);

  async function more(): Promise<void> {
    const page = await fetchEntries(cursor ?? null, token);
    setKnown(before => joined(before, page.entries));
    setCursor(page.next);
  }

  async function ask(what: () => Promise<void>): Promise<void> {
    setBusy(true);
    setTrouble(false);
    try {
      await what();
    } catch {
      setTrouble(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section id="movements" class="movements" aria-labelledby="movements-title">
      <h2 id="movements-title">{words.movements}</h2>
      {entries.length === 0 && <p>{words.movementsNone}</p>}
      <ol role="list">
        {entries.map(entry => <Movement key={entry.version} entry={entry} choices={choices} token={token} language={language} />)}
      </ol>
      {hasMore && <button type="button" class="own-switch" disabled={isBusy} onClick={() => void ask(more)}>{words.more}</button>}
      {entries.length > 0 && <p><button type="button" class="ask" disabled={isBusy} onClick={() => void ask(() => downloadStatement(member.member, language, token))}>{words.statement}</button></p>}
      <p class="wrong" role="alert">{trouble ? words.trouble : ''}</p>
    </section>
  );
}

function Movement({ entry, choices, token, language }: Omit<Props, 'member'> & { entry: Entry }) {
  const words = wordsIn(language);
  const title = titleOf(entry, choices.scopes, language);
  const day = dayWords(instantOf(entry), choices.timeZone, language);
  const money = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: choices.currency });
  return (
    <li class="movement">
      <p class="movement-what">
        <b>{title}</b>
        <span class="quiet"><time dateTime={instantOf(entry)}>{day}</time>{entry.total !== null && entry.total !== 0 && ` · ${money.format(entry.total)}`}</span>
      </p>
      {entry.points !== 0 && <p class="movement-points">{signed(entry.points, language)}<span class="unseen"> {words.unit['points']?.(Math.abs(entry.points))}</span></p>}
      <div class="movement-more">
        {[...alsoDone(entry, points, language), ...entry.recognised.map(one => one[language])].map(said => <p key={said}>{said}</p>)}
        {(entry.receipt !== null || entry.why.length > 0) && <EntryReasons version={entry.version} about={`${title}, ${day}`} token={token} language={language} />}
      </div>
    </li>
  );
}
