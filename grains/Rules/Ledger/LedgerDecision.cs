using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// What the ledger answers: the postings to make durable, and the purse that folding them leads to. With a refusal nothing happened: no
/// posting, the purse as it was.
/// </summary>
public readonly record struct LedgerDecision(Purse Purse, ImmutableArray<Posting> Postings, Refusal? Refusal)
{
    public static LedgerDecision Refused(Purse purse, Refusal refusal) => new(purse, [], refusal);
}

/// <summary>A decision being made. It opens on a purse in which everything due by then has happened, so it never matters when that was last seen to.</summary>
internal struct Draft
{
    private long _given;

    private Draft(Purse purse, long at, UnitTerms terms)
    {
        (Purse, Terms, At, Postings) = (purse, terms, at, []);
        Today = terms.Calendar.DayOf(at);
    }

    public Purse Purse { get; set; }

    public ImmutableArray<Posting> Postings { get; private set; }

    public UnitTerms Terms { get; }

    /// <summary>Unix milliseconds, and the local day they lie in.</summary>
    public long At { get; }

    public int Today { get; }

    public static Draft Open(Purse purse, DateTimeOffset at, UnitTerms terms)
    {
        if (purse.Unit != terms.Unit) throw new ArgumentException($"These are the terms of {terms.Unit}, and the purse holds {purse.Unit}.", nameof(terms));
        var draft = new Draft(purse, Math.Max(purse.SettledAt, at.ToUnixTimeMilliseconds()), terms);
        Boundaries.Settle(ref draft);
        return draft;
    }

    /// <summary>An id for a lot or a debt of the next posting.</summary>
    public long NextId() => _given = Math.Max(_given, Purse.LastId) + 1;

    public void Post(Posting posting)
    {
        Purse = Purse.Apply(posting);
        Postings = Postings.Add(posting);
    }

    /// <summary>Posts the parts of lots, unless there are none.</summary>
    public void Move(Posting draft, ImmutableArray<Lot> parts)
    {
        if (!parts.IsEmpty) Post(draft with { Lots = parts, Amount = parts.Sum() });
    }

    public readonly Posting Posting(PostingKind kind, LedgerAccount from, LedgerAccount to) =>
        new() { Unit = Terms.Unit, Kind = kind, From = from, To = to, Amount = 0, At = At };

    /// <summary>What was decided may itself be over already: an earning that comes a year late has expired.</summary>
    public LedgerDecision Close()
    {
        Boundaries.Settle(ref this);
        return new(Purse, Postings, null);
    }
}
