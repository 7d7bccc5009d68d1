import type { RewardWords } from './rewardWords';

const s = (count: number) => (count === 1 ? '' : 's');

function ordinal(rank: number): string {
  const ending = new Intl.PluralRules('en', { type: 'ordinal' }).select(rank);
  return `${rank}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[ending]}`;
}

export const rewards: RewardWords = {
  title: 'Rewards',
  vouchers: 'Your vouchers',
  vouchersText: 'To show at the till.',
  all: count => `Show all ${count} rewards`,
  price: (count, shown) => `${shown} point${s(count)}`,
  free: 'free',
  andMoney: money => `+ ${money} at the till`,
  missing: (count, shown) => `${shown} point${s(count)} to go`,
  remaining: (_, shown) => `${shown} left`,
  choose: 'Choose',
  waitFor: 'Waiting list',
  never: 'No, thanks',
  steps: 'How many times?',
  now: 'Use it now',
  nowText: 'Set aside for 15 minutes, time enough to go to the till. If it is not used, your points come back.',
  later: 'Keep it for later',
  laterText: 'Paid at once; the voucher says until when it is valid.',
  atOnce: price => `All right, ${price}`,
  atOnceText: 'Your points are used at once.',
  waitText: 'All seats are taken. If one comes free, it is kept for you for some hours; your points stay as they are until then.',
  busy: 'One moment…',
  yours: name => `“${name}” is yours.`,
  waitingNow: name => `You are on the waiting list for “${name}”.`,
  state: { held: 'Set aside', ready: 'Yours', booked: 'Seat booked', waiting: 'Waiting list', offered: 'A seat is free' },
  given: 'A gift',
  until: when => `until ${when}`,
  validThrough: date => `valid up to and including ${date}`,
  place: place => `you are ${ordinal(place)} on the list`,
  show: 'Show the code',
  hide: 'Hide the code',
  code: 'Code to scan',
  codeText: 'The same code in letters, if the till does not scan:',
  noVoucher: 'No till takes it any more.',
  confirm: { held: 'Keep it for later', offered: 'Take the seat' },
  cancel: { held: 'Give it back', offered: 'Leave the seat', booked: 'Give my seat back', waiting: 'Leave the list' },
  trouble: 'The server does not answer. Try again: nothing is taken twice.',
  refusals: {
    'insufficient-points': 'Points are lacking.',
    'tier-needed': 'For another status.',
    'too-early': 'Not to be had yet.',
    'too-late': 'No longer offered.',
    'sold-out': 'None is left for now.',
    'member-limit': 'You have had it as often as anybody may.',
    'no-show': 'A seat that you booked stayed empty: try again later.',
    'too-many-open': 'You have too many open vouchers: use one or give one back.',
    'price-changed': 'The price has just changed: look again.',
    'no-ledger': 'Nothing is paid with points in this programme.',
    'reward-unknown': 'It is no longer in the catalogue.',
    'out-of-bounds': 'Choose another number.',
    'hold-timed-out': 'The time is over: your points are back.',
    'already-paid': 'It is paid for: give the voucher back at a till.',
    over: 'It is over already.',
  },
};
