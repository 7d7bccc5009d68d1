using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gamification.Activities;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Rules.Activities;

namespace Gamification.Tests.Rules;

/// <summary>Receipts and programmes for tests, with only what matters spelled out.</summary>
internal static class Receipts
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    public static ProgrammeSettings Programme(UnlinkedReturns returns = UnlinkedReturns.Audit, UnknownCard unknown = UnknownCard.AutoCreate, int claimDays = 7) => new()
    {
        Id = "test",
        Name = "Test",
        Currency = "EUR",
        TimeZone = "Europe/Brussels",
        UnlinkedReturns = returns,
        UnknownCard = unknown,
        ClaimDays = claimDays,
        PeopleMin = 1,
        Stores =
        [
            new() { Id = "BRU", NameFr = "Bruxelles", NameNl = "Brussel", NameEn = "Brussels", TimeZone = "Europe/Brussels" },
            new() { Id = "GNT", NameFr = "Gand", NameNl = "Gent", NameEn = "Ghent", TimeZone = "Europe/Brussels" },
        ],
    };

    public static ReceiptKey Key(string number, string store = "BRU", DateOnly? date = null) =>
        new(store, "1", date ?? new(2026, 11, 21), number);

    public static ReceiptLine Line(string sku, decimal quantity, decimal price) => new()
    {
        Sku = sku,
        Quantity = quantity,
        UnitPrice = price,
        Amount = (long)Math.Round(quantity * price * 100, MidpointRounding.AwayFromZero),
    };

    public static Receipt Sale(string number, params ReceiptLine[] lines) => Of(ReceiptType.Sale, Key(number), lines);

    public static Receipt Sale(string number, decimal total) => Sale(number, Line("A", 1, total));

    public static Receipt Return(string number, ReceiptKey? original, params ReceiptLine[] lines) =>
        Of(ReceiptType.Return, Key(number), lines) with { Original = original };

    public static Receipt Void(string number, ReceiptKey original) => Of(ReceiptType.Void, Key(number), []) with { Original = original };

    public static Receipt At(this Receipt receipt, DateTimeOffset at) =>
        WithContent(receipt with { OccurredAt = at, Key = receipt.Key with { BusinessDate = DateOnly.FromDateTime(at.DateTime) } });

    public static Receipt In(this Receipt receipt, string store) => WithContent(receipt with { Key = receipt.Key with { Store = store } });

    public static AccountContext Context(ProgrammeSettings settings, SaleHistory? history = null, AccountKind kind = AccountKind.Member, Scheme? scheme = null, DateTimeOffset? at = null) =>
        new() { Settings = settings, Kind = kind, ReceivedAt = at ?? Noon, At = at ?? Noon, Scheme = scheme, History = history };

    private static Receipt Of(ReceiptType type, ReceiptKey key, ReceiptLine[] lines) => WithContent(new()
    {
        Key = key,
        Type = type,
        OccurredAt = Noon,
        Currency = "EUR",
        Total = lines.Sum(line => line.Amount),
        Lines = [.. lines],
        Content = default,
    });

    private static Receipt WithContent(Receipt receipt)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{receipt.Key} {receipt.Type} {receipt.OccurredAt:O} {receipt.Total} {string.Join(',', receipt.Lines.Select(line => line.ToString()))}");
        return receipt with { Content = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) };
    }
}

/// <summary>An account that lives by the rules alone: it decides, folds, and keeps its entries as a journal would.</summary>
internal sealed class PureAccount(ProgrammeSettings settings, AccountKind kind = AccountKind.Member)
{
    public List<Members.AccountEntry> Entries { get; } = [];

    /// <summary>By what it is rated; null for the plain award.</summary>
    public Scheme? Scheme { get; set; }

    /// <summary>The business time of what comes next.</summary>
    public DateTimeOffset At { get; set; } = Receipts.Noon;

    public AccountState State { get; private set; } = AccountState.Empty;

    /// <summary>Also what it could do without, to compare with.</summary>
    public bool ReadsEverything { get; init; }

    public Refusal? LastRefusal { get; private set; }

    public SaleHistory History => SaleHistory.Of(Entries, settings.NetSpend);

    /// <summary>What all the entries fold to, as they are or as they were read.</summary>
    public static AccountState Fold(IEnumerable<Members.AccountEntry> entries) =>
        entries.Select((entry, at) => (Entry: entry, Version: at + 1L)).Aggregate(AccountState.Empty, (state, one) => state.Apply(one.Entry, one.Version));

    /// <summary>How many returns were decided on the sales that they look at, and how many then asked for everything.</summary>
    public (int Touched, int Short) Looks { get; private set; }

    public ImmutableArray<Members.AccountEntry> Post(Receipt receipt)
    {
        var context = ContextFor(receipt);
        var (entries, refusal) = Account.Decide(State, receipt, context);
        if (Account.Needs(State, receipt, kind, settings, Scheme) == Past.Touched) (entries, refusal) = AsOnEverything(receipt, context, entries, refusal);
        LastRefusal = refusal;
        foreach (var entry in entries) Apply(entry);
        return entries;
    }

    /// <summary>Whose account it is to events.</summary>
    public static MemberId Self { get; } = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    /// <summary>As the journal's keys do it: a pair belongs to the event that took it.</summary>
    public Dictionary<Guid, ActivityKey> Pairs { get; } = [];

    public ImmutableArray<Members.AccountEntry> Report(ReportedActivity activity)
    {
        var pair = activity.PairDigest(Self);
        var reported = CaseOf(activity, pair);
        var (entries, refusal) = ActivityRulings.Decide(State, reported, ContextFor(reported));
        LastRefusal = refusal;
        if (pair is { } fresh && entries is [Members.ActivityPosted { Treatment: ActivityTreatment.Earned }, ..]) Pairs.TryAdd(fresh, activity.Key);
        foreach (var entry in entries) Apply(entry);
        return entries;
    }

    public Members.ActivityRevised Revise(ActivityRevision revision)
    {
        var entry = Revisions.Decide(State, revision, Receipts.Context(settings, History, kind, Scheme, At));
        Apply(entry);
        return entry;
    }

    public ActivityPreview Preview(ReportedActivity activity)
    {
        var reported = CaseOf(activity, activity.PairDigest(Self));
        return ActivityRulings.Preview(State, reported, ContextFor(reported));
    }

    public ReceiptPreview Preview(Receipt receipt) => Account.Preview(State, receipt, ContextFor(receipt));

    /// <summary>Ends the actor and starts it from a snapshot, by way of durable bytes.</summary>
    public void Restart() => State = Members.AccountEntryJson.ReadState(Members.AccountEntryJson.WriteState(State));

    private ActivityCase CaseOf(ReportedActivity activity, Guid? pair) =>
        new(activity, Self, pair is { } digest && Pairs.TryGetValue(digest, out var first) ? new(first, IsHere: true) : null);

    private AccountContext ContextFor(ActivityCase reported) =>
        Receipts.Context(settings, ReadsEverything || ActivityRulings.NeedPast(State, reported, Scheme) ? History : null, kind, Scheme, At);

    private AccountContext ContextFor(Receipt receipt)
    {
        var history = Account.Needs(State, receipt, kind, settings, Scheme) switch
        {
            not Past.None when ReadsEverything => History,
            Past.Whole => History,
            Past.Touched => Touched(receipt),
            Past.SinceSale => Since(receipt.Original ?? receipt.Key),
            _ => null,
        };
        return Receipts.Context(settings, history, kind, Scheme, At);
    }

    /// <summary>As a ledger reads it: only entries that memory marks, found by their versions.</summary>
    private SaleHistory Touched(Receipt back)
    {
        var versions = new SortedSet<long>();
        while (true)
        {
            var history = SaleHistory.Some(State, versions.ToDictionary(version => version, version => Entries[(int)version - 1]), settings.NetSpend);
            if (Lookback.Next(State, back, settings.UnlinkedReturns, history.Read) is not { } next) return History;
            if (next.IsEmpty) return history;
            versions.UnionWith(next.SelectMany(mark => mark.Entries));
        }
    }

    /// <summary>A return that does not ask for more decides what it would on the whole past.</summary>
    private (ImmutableArray<Members.AccountEntry> Entries, Refusal? Refusal) AsOnEverything(
        Receipt back, AccountContext context, ImmutableArray<Members.AccountEntry> entries, Refusal? refusal)
    {
        var whole = Account.Decide(State, back, context with { History = History });
        var isShort = context.History!.IsShort;
        Looks = (Looks.Touched + 1, Looks.Short + (isShort ? 1 : 0));
        if (isShort) return whole;
        Assert.Equal(whole.Refusal, refusal);
        Assert.Equal(whole.Entries.Select(Text), entries.Select(Text));
        return (entries, refusal);

        static string Text(Members.AccountEntry entry) => Encoding.UTF8.GetString(Members.AccountEntryJson.Write(entry).Payload.Span);
    }

    /// <summary>As a ledger reads it: nothing from before the receipt.</summary>
    private SaleHistory Since(ReceiptKey key)
    {
        var from = Entries.FindIndex(entry => entry is Members.ReceiptPosted posted && posted.Receipt.Key == key);
        return SaleHistory.Of(from < 0 ? [] : Entries.Skip(from), settings.NetSpend);
    }

    public void Apply(Members.AccountEntry entry)
    {
        Entries.Add(entry);
        State = State.Apply(entry, Entries.Count);
    }
}
