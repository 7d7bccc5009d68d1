using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// What a member has of one unit: a fold over postings. The accounts are kept as the postings say, and lots, holds and debts beside them;
/// <see cref="LedgerProof"/> holds them to each other.
/// <para>Receipts are not merged into one lot, even when their dates are equal: a merged lot could no longer say what is left of a receipt,
/// which a return takes first (spec §5) and a redemption names (B2), and naming each receipt inside it would save only the dates.
/// Within one source, and in a pooled unit, equal dates do make one lot.</para>
/// </summary>
public sealed record Purse
{
    public required Unit Unit { get; init; }

    /// <summary>In the order of their ids. What expired leaves at the next decision, so a reader asks <see cref="PurseViews"/> about an instant.</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    public ImmutableArray<Hold> Holds { get; init; } = [];

    /// <summary>In the order in which they are forgiven, which is the order in which they are paid.</summary>
    public ImmutableArray<Debt> Debts { get; init; } = [];

    /// <summary>Rolling lots that expired so recently that an activity which comes late may bring them back, until <see cref="LapsedUntil"/>.</summary>
    public ImmutableArray<Lot> Lapsed { get; init; } = [];

    public long LapsedUntil { get; init; }

    public Roll Roll { get; init; }

    /// <summary>The highest id that a lot or a debt ever had here.</summary>
    public long LastId { get; init; }

    /// <summary>Unix milliseconds of the newest posting. Nothing is decided as if it were earlier.</summary>
    public long SettledAt { get; init; }

    public long Available { get; init; }

    public long Pending { get; init; }

    public long Held { get; init; }

    /// <summary>Zero or above; the debt account is minus this.</summary>
    public long Owed { get; init; }

    /// <summary>No lot or debt ends before this day is over, and nothing is due before this instant: what lets most receipts look at no lot.</summary>
    internal int DueDay { get; init; } = int.MaxValue;

    internal long DueAt { get; init; } = long.MaxValue;

    public static Purse Empty(Unit unit) => new() { Unit = unit };

    /// <summary>The purse after one more posting. Total: every posting that was ever durable folds.</summary>
    public Purse Apply(Posting posting)
    {
        var roll = posting.Roll ?? Roll;
        var (dueDay, dueAt) = Due(posting, roll);
        var forgets = posting.At > LapsedUntil && !Lapsed.IsEmpty;
        return this with
        {
            Lots = LotsAfter(posting),
            Holds = HoldsAfter(posting),
            Debts = posting.Debts.IsEmpty ? Debts : DebtsAfter(posting),
            Lapsed = LapsedAfter(posting, forgets),
            LapsedUntil = posting is { Kind: PostingKind.Expired, Until: > 0 } ? Math.Max(LapsedUntil, posting.Until) : forgets ? 0 : LapsedUntil,
            Roll = roll,
            LastId = HighestId(posting),
            SettledAt = Math.Max(SettledAt, posting.At),
            Available = Available + posting.Into(LedgerAccount.Available),
            Pending = Pending + posting.Into(LedgerAccount.Pending),
            Held = Held + posting.Into(LedgerAccount.Held),
            Owed = Owed - posting.Into(LedgerAccount.Debt),
            DueDay = dueDay,
            DueAt = dueAt,
        };
    }

    /// <summary>The purse as read back: accounts and due dates follow from what it holds.</summary>
    internal Purse Reckoned() => WithDue() with
    {
        Available = Lots.Sum(lot => lot.IsPending ? 0 : lot.Remaining),
        Pending = Lots.Sum(lot => lot.IsPending ? lot.Remaining : 0),
        Held = Holds.Sum(hold => hold.Parts.Sum()),
        Owed = Debts.Sum(debt => debt.Amount),
    };

    /// <summary>The purse with what is due next looked up anew.</summary>
    internal Purse WithDue()
    {
        var (day, at) = (int.MaxValue, long.MaxValue);
        foreach (var lot in Lots)
        {
            day = Math.Min(day, Roll.ExpiryOf(lot));
            if (lot.IsPending) at = Math.Min(at, lot.AvailableAt);
        }

        foreach (var debt in Debts) day = Math.Min(day, debt.ForgivenOn);
        foreach (var hold in Holds) at = Math.Min(at, hold.Until);
        return this with { DueDay = day, DueAt = at };
    }

    private (int Day, long At) Due(Posting posting, Roll roll)
    {
        var (day, at) = (DueDay, DueAt);
        if (posting.To.HasLots())
        {
            foreach (var part in posting.Lots)
            {
                day = Math.Min(day, roll.ExpiryOf(part));
                if (part.IsPending) at = Math.Min(at, part.AvailableAt);
            }
        }

        if (posting.From == LedgerAccount.Debt)
        {
            foreach (var debt in posting.Debts) day = Math.Min(day, debt.ForgivenOn);
        }

        return (day, posting.To == LedgerAccount.Held ? Math.Min(at, posting.Until) : at);
    }

    private ImmutableArray<Lot> LotsAfter(Posting posting)
    {
        if (posting.Lots.IsEmpty) return Lots;
        if (posting.Kind == PostingKind.Extended) return Lots.Redated(posting.Lots);
        var lots = posting.From.HasLots() ? Lots.Without(posting.Lots) : Lots;
        return posting.To.HasLots() ? lots.With(posting.Lots) : lots;
    }

    private ImmutableArray<Hold> HoldsAfter(Posting posting)
    {
        if (posting.To == LedgerAccount.Held) return Holds.Add(new(posting.Hold!, posting.Until, posting.Lots));
        return posting.From == LedgerAccount.Held ? Holds.RemoveAll(hold => hold.Id == posting.Hold) : Holds;
    }

    private ImmutableArray<Debt> DebtsAfter(Posting posting)
    {
        var sign = posting.From == LedgerAccount.Debt ? 1 : -1;
        var byId = Debts.ToDictionary(debt => debt.Id);
        foreach (var part in posting.Debts)
        {
            var amount = (byId.TryGetValue(part.Id, out var debt) ? debt.Amount : 0) + (sign * part.Amount);
            byId[part.Id] = (debt ?? part) with { Amount = amount };
        }

        return [.. byId.Values.Where(debt => debt.Amount != 0).OrderBy(debt => debt.ForgivenOn).ThenBy(debt => debt.Id)];
    }

    private ImmutableArray<Lot> LapsedAfter(Posting posting, bool forgets)
    {
        if (posting is { Kind: PostingKind.Expired, Until: > 0 }) return (forgets ? [] : Lapsed).With(posting.Lots);
        if (forgets) return [];
        return posting.From == LedgerAccount.Expired ? Lapsed.Without(posting.Lots) : Lapsed;
    }

    private long HighestId(Posting posting)
    {
        var highest = LastId;
        foreach (var lot in posting.Lots) highest = Math.Max(highest, lot.Id);
        foreach (var debt in posting.Debts) highest = Math.Max(highest, debt.Id);
        return highest;
    }
}
