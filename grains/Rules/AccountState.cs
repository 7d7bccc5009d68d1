using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.Redeeming;

namespace Gamification.Rules;

/// <summary>A sale that is remembered for two minutes' worth of comparison (spec §1, suspect duplicates).</summary>
public readonly record struct RecentSale(string Store, long Total, long At);

/// <summary>
/// What an account remembers between receipts: a fold over its entries. Old receipts are not in it; the journal has them.
/// </summary>
public sealed record AccountState
{
    /// <summary>How many of the last sales are compared with a new one.</summary>
    private const int RecentMax = 4;

    public static AccountState Empty { get; } = new() { Sales = SaleMarks.Empty };

    /// <summary>
    /// Spendable points right after the newest entry. In an account with a ledger what is available in the purse of points: never below zero,
    /// and less once some of it has expired since. Without one the sum of all entries, which a return may bring below zero.
    /// </summary>
    public long Balance { get; init; }

    /// <summary>Points earned since ever, less what returns took back.</summary>
    public long Lifetime { get; init; }

    /// <summary>Sales that still stand.</summary>
    public long Receipts { get; init; }

    public bool Enrolled { get; init; }

    /// <summary>Unix milliseconds of joining, in business time; null until then, and for who joined before it was recorded.</summary>
    public long? JoinedAt { get; init; }

    public Tallies Tallies { get; init; } = Tallies.Empty;

    public ImmutableArray<ParkedReturn> Parked { get; init; } = [];

    public ImmutableArray<RecentSale> Recent { get; init; } = [];

    /// <summary>The member's lots, holds and debts; null until the first entry that was decided under an earning document.</summary>
    public MemberLedger? Ledger { get; init; }

    /// <summary>What capped rules have brought; null until one has.</summary>
    public RuleCounters? Counters { get; init; }

    /// <summary>The member's open rewards, and those that it is owed; null when there is none.</summary>
    public Wallet? Wallet { get; init; }

    /// <summary>Tier, streaks, badges, cards, plans; null until an entry was decided under a recognition document.</summary>
    public RecognitionState? Recognition { get; init; }

    /// <summary>What is remembered of events that are no receipts; null until the first.</summary>
    public ActivityState? Activities { get; init; }

    /// <summary>The groups that others put the member in, in the order of their names; null until somebody has.</summary>
    public ImmutableArray<string>? Segments { get; init; }

    /// <summary>The challenges that the member has joined, the newest last; null for none.</summary>
    public ImmutableArray<Participation>? Challenges { get; init; }

    /// <summary>Accounts of the same person that are part of this one, in the order in which they came; null as long as there never was one.</summary>
    public ImmutableArray<MergedAccount>? Merged { get; init; }

    /// <summary>The account that this one is part of; null while it is itself.</summary>
    public MemberId? LeftFor { get; init; }

    /// <summary>Whose keys count as this account's own: everybody who ever was part of it, or it of them.</summary>
    public ImmutableArray<MemberId>? Kin { get; init; }

    /// <summary>The standing sales of a member's account, by which returns find their entries; null when the account's past is to be read whole.</summary>
    public SaleMarks? Sales { get; init; }

    /// <summary>The state after an entry that is durable, or about to be, under this version.</summary>
    public AccountState Apply(AccountEntry entry, long version) => Apply(entry) with { Sales = SaleMarks.After(Sales, entry, version) };

    /// <summary>The state after one more entry, for what is decided next. Total: every entry that was ever durable folds.</summary>
    public AccountState Apply(AccountEntry entry)
    {
        var next = this with
        {
            Balance = entry.Balance,
            Lifetime = entry.Lifetime,
            Receipts = entry.Receipts,
            Tallies = entry.Tallies.IsEmpty ? Tallies : Tallies.With(entry.Tallies.AsSpan(), NewestDay(entry)),
            Ledger = entry.Postings is { } postings ? Posted(postings) : Ledger,
            Counters = entry.Counters is { } counters ? (Counters ?? RuleCounters.Empty).With(counters.AsSpan()) : Counters,
            Recognition = entry.Recognised is { } made && made != RecognitionMade.Nothing ? (Recognition ?? RecognitionState.Empty).Apply(made) : Recognition,
            Activities = ActivityState.After(Activities, entry),
            Wallet = Wallet.After(Wallet, entry),
        };
        return entry switch
        {
            ReceiptPosted { Receipt: { Type: ReceiptType.Sale } sale } => next with { Recent = Remember(sale), Parked = ParkedAt(sale.OccurredAt) },
            ReceiptPosted { Parked: { } parked } posted => next with { Parked = ParkedAt(posted.Receipt.OccurredAt).Add(parked) },
            ReturnSettled settled => next with { Parked = Replace(settled) },
            MemberLeft left => next with { LeftFor = left.Other, Parked = [], Kin = WithKin([left.Other]) },
            MemberJoined joined => next with
            {
                Merged = (Merged ?? []).AddRange(joined.Accounts),
                Kin = WithKin(joined.Accounts.Select(one => one.From)),
                Parked = Parked.AddRange(joined.Parked),
                Segments = joined.Segments ?? Segments,
                Challenges = With(joined.Challenges),
                JoinedAt = joined.JoinedAt ?? JoinedAt,
            },
            MemberParted parted => next with
            {
                Merged = Merged?.RemoveAll(one => one.Merge == parted.Merge),
                Parked = Parked.RemoveAll(parked => parted.Parked.Contains(parked.Return)),
                Challenges = With(parted.Challenges),
                JoinedAt = parted.JoinedAt ?? JoinedAt,
            },
            MemberRevived revived => next with { LeftFor = null, Parked = revived.Parked },
            MemberSegmented segmented => next with { Segments = segmented.Segments },
            ChallengeTaken taken => next with { Challenges = PrizeRule.After(Challenges, taken.Part) },
            MemberEnrolled enrolled => next with { Enrolled = true, JoinedAt = enrolled.JoinedAt ?? JoinedAt },
            _ => next,
        };
    }

    /// <summary>The parked returns that still wait when something occurs at this instant.</summary>
    public ImmutableArray<ParkedReturn> ParkedAt(DateTimeOffset occurredAt) => Parked.RemoveAll(parked => parked.HasExpiredAt(occurredAt));

    private MemberLedger Posted(ImmutableArray<Posting> postings)
    {
        var ledger = Ledger ?? MemberLedger.Empty;
        foreach (var posting in postings) ledger = ledger.Apply(posting);
        return ledger;
    }

    private ImmutableArray<Participation>? With(ImmutableArray<Participation>? more) => (more ?? []).Aggregate(Challenges, PrizeRule.After);

    private ImmutableArray<MemberId> WithKin(IEnumerable<MemberId> more) => [.. (Kin ?? []).Union(more)];

    private static int NewestDay(AccountEntry entry) => entry.Tallies.Max(row => row.Day);

    private ImmutableArray<RecentSale> Remember(Receipt receipt)
    {
        var kept = Recent.Length < RecentMax ? Recent : Recent.RemoveAt(0);
        return kept.Add(new(receipt.Key.Store, receipt.Total, receipt.OccurredAt.ToUnixTimeMilliseconds()));
    }

    private ImmutableArray<ParkedReturn> Replace(ReturnSettled settled)
    {
        var kept = Parked.RemoveAll(parked => parked.Return == settled.Return);
        return settled.Parked is { } rest ? kept.Add(rest) : kept;
    }
}
