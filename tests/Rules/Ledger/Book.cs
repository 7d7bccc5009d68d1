using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

/// <summary>One purse and every posting that it came from.</summary>
internal sealed class Book(UnitTerms terms)
{
    public static readonly LedgerCalendar Brussels = LedgerCalendar.In("Europe/Brussels");

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(1));

    private readonly List<Posting> _postings = [];

    public Book(ExpiryPolicy expiry = default)
        : this(UnitTerms.ForPoints(Brussels, expiry))
    {
    }

    public UnitTerms Terms => terms;

    public Purse Purse { get; set; } = Purse.Empty(terms.Unit);

    public IReadOnlyList<Posting> Postings => _postings;

    public Refusal? LastRefusal { get; private set; }

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDayNumber(Brussels.DayOf(at.ToUnixTimeMilliseconds()));

    public ImmutableArray<Posting> Post(LedgerDecision decision)
    {
        LastRefusal = decision.Refusal;
        _postings.AddRange(decision.Postings);
        Purse = decision.Purse;
        return decision.Postings;
    }

    /// <param name="at">When it is decided, and unless <paramref name="occurredAt"/> is given when it happened.</param>
    public ImmutableArray<Posting> Earn(string source, long amount, DateTimeOffset at, DateTimeOffset? occurredAt = null, int pendingDays = 0, bool awaitsAction = false) =>
        Post(Earnings.Earn(Purse, Accrual(source, amount, occurredAt ?? at, pendingDays, awaitsAction), at, terms));

    public static Accrual Accrual(string source, long amount, DateTimeOffset occurredAt, int pendingDays = 0, bool awaitsAction = false) => new()
    {
        Source = source,
        Amount = amount,
        OccurredAt = occurredAt,
        On = DateOf(occurredAt),
        PendingDays = pendingDays,
        Awaits = awaitsAction ? source : null,
    };

    public ImmutableArray<Posting> Redeem(string cause, long amount, DateTimeOffset at) => Post(Redemptions.Redeem(Purse, cause, amount, at, terms));

    /// <summary>With a year's issuance and what expired as the postings tell.</summary>
    public ImmutableArray<Posting> ClawBack(string source, long amount, DateTimeOffset at) => Post(ClawBacks.Decide(Purse, Taking(source, amount, at), at, terms));

    public ClawBack Taking(string source, long amount, DateTimeOffset at)
    {
        var known = _postings.Concat(Boundaries.Settle(Purse, at, terms).Postings).ToArray();
        return new()
        {
            Source = source,
            Cause = $"return of {source}",
            Amount = amount,
            IssuedInYear = Issuance.InYear(known, at, Brussels),
            Expired = Issuance.ExpiredOf(known, source),
        };
    }

    public PurseView At(DateTimeOffset at) => PurseViews.At(Purse, at, terms);

    public void Prove() => Assert.Empty(LedgerProof.Check(_postings, Purse));

    public static string Json(Purse purse) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(purse, DurableJson.Default.Purse));

    public static string Json(Posting posting) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(posting, DurableJson.Default.Posting));

    public static Purse Reread(Purse purse) => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(purse, DurableJson.Default.Purse), DurableJson.Default.Purse)!;

    public static Posting Reread(Posting posting) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(posting, DurableJson.Default.Posting), DurableJson.Default.Posting)!;
}
