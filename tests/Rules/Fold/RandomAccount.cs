using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Fold;

/// <summary>
/// A member's life under random rules and terms: sales, returns of all kinds, late receipts, time that jumps. Every entry goes through durable
/// bytes, and now and then the account restarts from its snapshot.
/// </summary>
internal sealed class RandomAccount
{
    private static readonly ExpirySettings[] Expiries =
    [
        new(),
        new() { Kind = ExpiryKind.AfterDays, Count = 20 },
        new() { Kind = ExpiryKind.RollingDays, Count = 15 },
        new() { Kind = ExpiryKind.RollingMonths, Count = 1 },
        new() { Kind = ExpiryKind.EndOfMonth },
    ];

    private readonly RandomRules _rules;
    private readonly Random _random;
    private readonly PureAccount _account;
    private readonly List<Receipt> _open = [];
    private int _number;

    public RandomAccount(int seed)
    {
        _rules = new(seed);
        _random = _rules.Random;
        Settings = Receipts.Programme((UnlinkedReturns)(seed % 3)) with
        {
            Earning = Keepable(_rules.Document((Stacking)_random.Next(3))),
            Ledger = new()
            {
                Points = new()
                {
                    Expiry = Expiries[_random.Next(Expiries.Length)],
                    PendingDays = _random.Next(3) == 0 ? _random.Next(1, 15) : 0,
                    DebtMax = _random.Next(3) == 0 ? 0 : 200,
                    Waits = _random.Next(2) == 0 ? [new() { Categories = ["food"], Days = _random.Next(20) }, new() { Categories = ["care", "drinks"], Days = _random.Next(3) }] : [],
                },
                Status = _random.Next(2) == 0 ? new() { Expiry = Expiries[_random.Next(Expiries.Length)] } : null,
            },
        };
        Scheme = new(Settings, Books.Goods);
        _account = new(Settings) { Scheme = Scheme };
        if (_random.Next(4) == 0) LivePlainFirst();
    }

    public ProgrammeSettings Settings { get; }

    public Scheme Scheme { get; }

    public AccountState State => _account.State;

    public IReadOnlyList<AccountEntry> Entries => _account.Entries;

    /// <summary>A preview taken before the last sale, and what the sale then earned.</summary>
    public List<(long Preview, long Award)> Previews { get; } = [];

    public void Step()
    {
        if (_random.Next(3) == 0) _account.At = _account.At.AddHours(_random.Next(1, 200));
        if (_random.Next(5) == 0) Restart();
        if (_random.Next(3) > 0 || _open.Count == 0) Sell();
        else Return();
    }

    /// <summary>The state as an actor has it that was activated anew: snapshots and tails must lead to the same.</summary>
    public void Restart()
    {
        var folded = PureAccount.Fold(Entries.Select(Reread));
        _account.Restart();
        Assert.Equal(AccountEntryJson.WriteState(folded), AccountEntryJson.WriteState(State));
    }

    /// <summary>Voids every sale that still stands.</summary>
    public void ReturnEverything()
    {
        foreach (var key in _account.History.Sales.Where(sale => sale.Counted).Select(sale => (sale.Receipt.Key, sale.Receipt)).ToArray())
            Post(Receipts.Void($"void {++_number}", key.Key).In(key.Key.Store).At(key.Receipt.OccurredAt));
    }

    private void Sell()
    {
        var sale = _rules.Receipt($"{++_number}", linesMax: 5);
        var late = _random.Next(4) == 0 ? TimeSpan.FromHours(-_random.Next(900)) : TimeSpan.Zero;
        sale = sale.At(_account.At + late);
        var preview = _account.Preview(sale);
        Post(sale);
        Assert.Equal(preview.Points, preview.PointsByLine.Sum());
        Previews.Add((preview.Points, _account.Entries.OfType<ReceiptPosted>().Last(posted => posted.Receipt.Key == sale.Key).Points));
        _open.Add(sale);
    }

    private void Return()
    {
        var sale = _open[_random.Next(_open.Count)];
        var line = sale.Lines[_random.Next(sale.Lines.Length)];
        var back = line with { Quantity = -Math.Max(1, line.Quantity), Amount = -Math.Abs(line.Amount) };
        if (_random.Next(2) == 0) back = back with { Quantity = -1, Amount = back.Amount / (long)Math.Max(1, line.Quantity) };
        var number = $"{++_number}";
        Post((_random.Next(6) switch
        {
            0 => Receipts.Void(number, sale.Key).At(sale.OccurredAt),
            1 => Receipts.Return(number, null, back).At(_account.At),
            2 => Receipts.Return(number, Receipts.Key($"{_number + _random.Next(1, 4)}", sale.Key.Store, DateOnly.FromDateTime(_account.At.DateTime)), back).At(_account.At),
            _ => Receipts.Return(number, sale.Key, back).At(_account.At),
        }).In(sale.Key.Store));
    }

    private void Post(Receipt receipt)
    {
        var entries = _account.Post(receipt);
        foreach (var entry in entries) Assert.Equal(AccountEntryJson.Write(entry).Payload.ToArray(), AccountEntryJson.Write(Reread(entry)).Payload.ToArray());
    }

    /// <summary>Some accounts are older than the document.</summary>
    private void LivePlainFirst()
    {
        _account.Scheme = null;
        for (var count = _random.Next(1, 6); count > 0; count--) Sell();
        if (_random.Next(2) == 0) Return();
        _account.Scheme = Scheme;
    }

    private static AccountEntry Reread(AccountEntry entry)
    {
        var written = AccountEntryJson.Write(entry);
        return AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!;
    }

    /// <summary>Without what the engine does not keep yet.</summary>
    private static EarningRules Keepable(EarningRules rules) => rules with
    {
        Rules = [.. rules.Rules.Select(rule => rule with { When = rule.When is null || SchemeChecks.Complaint(new EarningRules { Rules = [rule] }) is null ? rule.When : new FirstTimeOf(FirstTime.OfDay) })],
    };
}
