import { useState } from 'preact/hooks';
import { starOf } from '../board/star';
import { Bar } from '../challenge/Stamps';
import type { Badge } from '../live/recognition';
import { dateWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';
import { badgePart, badgesInOrder, isCounted } from './goals';
import { StandingReasons } from './Reasons';

interface Props {
  badges: readonly Badge[];
  token: string;
  language: Language;
}

/** So many at least are shown, so that a newcomer sees what there is. */
const shownMin = 3;

/** Badges held, then those on their way; the others when asked for. */
export function Badges({ badges, token, language }: Props) {
  const words = wordsIn(language).me;
  const [all, setAll] = useState(false);
  const { held, begun, open } = badgesInOrder(badges);
  if (badges.length === 0) return null;
  const shown = all ? open : open.slice(0, Math.max(0, shownMin - held.length - begun.length));
  const coming = [...begun, ...shown];
  const row = (badge: Badge) => <BadgeRow key={badge.id} badge={badge} token={token} language={language} />;
  return (
    <section class="badges" aria-labelledby="badges">
      <h2 id="badges">{words.badges}</h2>
      {held.length === 0 && <p>{words.badgesNone}</p>}
      {held.length > 0 && <ul role="list">{held.map(row)}</ul>}
      {coming.length > 0 && <h3 class="on-the-way">{words.onTheWay}</h3>}
      {coming.length > 0 && <ul role="list">{coming.map(row)}</ul>}
      {shown.length < open.length && <button type="button" class="own-switch" onClick={() => setAll(true)}>{words.badgesMore(open.length - shown.length)}</button>}
    </section>
  );
}

function BadgeRow({ badge, token, language }: { badge: Badge; token: string; language: Language }) {
  const words = wordsIn(language).me;
  const { path, hue } = starOf(badge.id);
  const part = badgePart(badge);
  const facts = [
    badge.level > 0 && badge.levels > 1 ? words.level(badge.level, badge.levels) : null,
    badge.times > 1 && badge.levels === 1 ? words.times(badge.times) : null,
    badge.level > 0 && badge.awardedOn !== null ? words.earnedOn(dateWords(badge.awardedOn, language)) : null,
  ].filter(fact => fact !== null);
  return (
    <li class={badge.level > 0 ? 'badge held' : 'badge'} style={{ '--hue': `var(--hue-${hue})` }}>
      <svg class="badge-star" viewBox="0 0 32 32" aria-hidden="true"><path d={path} /></svg>
      <div class="badge-body">
        <h3>{badge.name[language]}</h3>
        {facts.length > 0 && <p class="quiet">{facts.join(', ')}</p>}
        {part !== null && part < 1 && (
          <div class="badge-progress">
            <Bar part={part} />
            <span>{isCounted(badge) ? words.ofGoal(amount(badge.done ?? 0), amount(badge.needed ?? 0)) : percent(part)}</span>
          </div>
        )}
        <StandingReasons of={`badges/${encodeURIComponent(badge.id)}`} name={badge.name} how={badge.how} token={token} language={language} />
      </div>
    </li>
  );

  function amount(count: number): string {
    return count.toLocaleString(localeOf(language));
  }

  function percent(share: number): string {
    return new Intl.NumberFormat(localeOf(language), { style: 'percent' }).format(Math.floor(share * 100) / 100);
  }
}
