import '../style/pages.css';
import '../style/challenge.css';
import '../style/me.css';
import { useEffect, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { LinkStatus } from '../board/LinkStatus';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import { useOnline } from '../live/useOnline';
import type { Redemption } from '../live/rewards';
import { wordsIn, type Language } from '../words/language';
import type { MeWords } from '../words/meWords';
import { Badges } from './Badges';
import { Balance } from './Balance';
import { Cards, Plans } from './Cards';
import { nearGoals } from './goals';
import { Movements } from './Movements';
import { Near } from './Near';
import { Rewards } from './Rewards';
import { rewardGoals } from './shelf';
import { Streaks } from './Streaks';
import { TierCard } from './TierCard';
import { useMember } from './useMember';
import { Vouchers } from './Vouchers';

interface Props {
  lang: string | null;
  token: string;
  onExpired: () => void;
}

/** A member's phone: what there is, what it brings, what is near, and where it all came from. */
export function MeSheet({ lang, token, onExpired }: Props) {
  const [language, setLanguage] = usePageLanguage(lang);
  const words = wordsIn(language).me;
  const choices = useChoices(token);
  const { account, week, link, refusal, heardAt, reload } = useMember(token, onExpired);
  const [redeemed, setRedeemed] = useState<Redemption | null>(null);
  const online = useOnline();
  const hasRewards = account !== null && (account.rewards.length > 0 || account.redemptions.length > 0);
  const recognition = account?.member.recognition ?? null;

  function changed(): void {
    setRedeemed(null);
    reload();
  }

  useEffect(() => {
    document.title = words.title;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      {refusal !== null && (
        <div class="me refusal" role="alert">
          <h1>{words.forbiddenTitle}</h1>
          <p class="lead">{words.forbiddenText}</p>
          <p><a class="button" href="/">{wordsIn(language).home}</a></p>
        </div>
      )}
      {refusal === null && account === null && (
        <div class="me waiting" aria-busy={online && link !== 'lost'}>
          <h1>{words.title}</h1>
          <p role="status">{link === 'lost' || !online ? words.trouble : words.loading}</p>
          <div class="slip blank-slip" aria-hidden="true" />
        </div>
      )}
      {refusal === null && account !== null && (
        <div class="me">
          <div class="me-spend">
            <div class="me-top">
              <Balance account={account} week={week} timeZone={choices.timeZone} language={language} />
              <LinkStatus link={online ? link : 'lost'} heardAt={heardAt} language={language} />
            </div>
            <Near goals={nearGoals(account.member, rewardGoals(account.rewards))} language={language} />
            {hasRewards && (
              <div id="rewards" class="rewards">
                <p class="redeemed" role="status">{redeemed === null ? '' : said(redeemed, language)}</p>
                <Vouchers redemptions={account.redemptions} fresh={redeemed?.id ?? null} timeZone={choices.timeZone} currency={choices.currency} token={token} language={language} onChanged={changed} />
                <Rewards
                  rewards={account.rewards}
                  balance={account.member.balance}
                  currency={choices.currency}
                  token={token}
                  language={language}
                  onRedeemed={one => {
                    setRedeemed(one);
                    reload();
                  }}
                />
              </div>
            )}
            <div class="me-past">
              <Movements member={account.member} choices={choices} token={token} language={language} />
            </div>
          </div>
          <div class="me-standing">
            {recognition !== null && (
              <div id="recognition" class="me-recognition">
                {recognition.tier !== null && <TierCard tier={recognition.tier} why={account.tierWhy} perks={recognition.perks} language={language} />}
                <Streaks streaks={recognition.streaks} token={token} language={language} onChanged={reload} />
                <Cards cards={recognition.cards} language={language} />
                <Badges badges={recognition.badges} token={token} language={language} />
                <Plans plans={recognition.plans} language={language} />
              </div>
            )}
            <Elsewhere language={language} />
          </div>
          <Parts has={{ balance: true, recognition: recognition !== null, rewards: hasRewards, movements: true }} language={language} />
        </div>
      )}
    </PageFrame>
  );
}

/** Under a thumb: the page is longer than a phone. */
function Parts({ has, language }: { has: Record<keyof MeWords['parts'], boolean>; language: Language }) {
  const words = wordsIn(language).me;
  const parts = (['balance', 'recognition', 'rewards', 'movements'] as const).filter(part => has[part]);
  return <nav class="me-parts" aria-label={words.partsLabel}>{parts.map(part => <a key={part} href={`#${part}`}>{words.parts[part]}</a>)}</nav>;
}

function said({ state, name }: Redemption, language: Language): string {
  const words = wordsIn(language).rewards;
  return (state === 'waiting' ? words.waitingNow : state === 'held' ? words.asideNow : words.yours)(name[language]);
}

function Elsewhere({ language }: { language: Language }) {
  const words = wordsIn(language);
  const places = [['/board', words.standings], ['/challenges', words.challenges.title], ['/impact', words.impact.title]] as const;
  return (
    <nav class="elsewhere" aria-labelledby="elsewhere">
      <h2 id="elsewhere">{words.me.elsewhere}</h2>
      <ul class="stubs" role="list">
        {places.map(([address, title]) => <li key={address}><a class="stub" href={`${address}?lang=${language}`}><i aria-hidden="true">→</i>{title}</a></li>)}
      </ul>
    </nav>
  );
}
