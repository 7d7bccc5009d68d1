using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>
/// An account as its actor holds it: the folded state in memory, everything else in the journal. Changes go one way:
/// a pure rule decides, the journal makes it durable, then memory changes.
/// <paramref name="letGo"/> ends the activation when memory can no longer be trusted to match the disk; the next one reads what is true.
/// </summary>
internal sealed class AccountLedger(ActorId actor, IJournal journal, ProgrammeSettings settings, JournalSnapshotOptions snapshots, Action letGo)
{
    private const int ReadPage = 500;

    private JournalTail _tail;

    public AccountState State { get; private set; } = AccountState.Empty;

    public long Version { get; private set; }

    private MemberId? Member => MemberOf(actor);

    public async Task Load(CancellationToken cancellation)
    {
        var history = await journal.Load(actor, cancellation);
        State = history.Snapshot is { } snapshot ? AccountEntryJson.ReadState(snapshot.Span) : AccountState.Empty;
        Version = history.SnapshotVersion;
        _tail = JournalTail.Of(history);
        foreach (var stored in history.Tail)
        {
            if (AccountEntryJson.Read(stored) is { } entry) State = State.Apply(entry);
            Version = stored.Version;
        }
    }

    public async Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, AccountKind kind)
    {
        var context = await Context(kind, receivedAt, withHistory: Account.NeedsHistory(State, receipt, settings));
        var (entries, refusal) = Account.Decide(State, receipt, context);
        var key = KeyOf(receipt);
        if (refusal is not null) return await FirstUse(key, receipt) ?? new ReceiptOutcome.Refused(refusal);

        return await Commit(entries, key) switch
        {
            AppendOutcome.Appended appended =>
                new ReceiptOutcome.Recorded(RecordOf((ReceiptPosted)entries[0], actor, Version - entries.Length + 1, appended.RecordedAt)),
            AppendOutcome.KeyTaken taken => Repeat(receipt, taken.Content, taken.First),
            AppendOutcome.StaleVersion => await Post(receipt, receivedAt, kind),
            var other => throw new NotSupportedException($"{other} is not an answer to an append."),
        };
    }

    /// <summary>
    /// Makes the entries durable under the key, then shows them. After a stale version the state has been reloaded: decide again.
    /// </summary>
    public async Task<AppendOutcome> Commit(ImmutableArray<AccountEntry> entries, BusinessKey? key)
    {
        var next = State;
        foreach (var entry in entries) next = next.Apply(entry);
        var version = Version + entries.Length;
        var written = Serialize(entries, key);
        var tail = _tail.Then(written);
        var takeSnapshot = tail.Calls(snapshots);

        var outcome = await Append(new()
        {
            Actor = actor,
            ExpectedVersion = Version,
            Entries = written,
            Snapshot = takeSnapshot ? (ReadOnlyMemory<byte>?)AccountEntryJson.WriteState(next) : null,
            Notice = NoticeOf(entries, next.Tallies, version),
        });
        switch (outcome)
        {
            case AppendOutcome.Appended:
                (State, Version, _tail) = (next, version, takeSnapshot ? default : tail);
                break;
            case AppendOutcome.StaleVersion:
                await Load(CancellationToken.None);
                break;
        }

        return outcome;
    }

    /// <summary>What a decision may look at; the past is read from the journal only when asked for.</summary>
    public async Task<AccountContext> Context(AccountKind kind, DateTimeOffset receivedAt, bool withHistory) => new()
    {
        Settings = settings,
        Kind = kind,
        ReceivedAt = receivedAt,
        History = withHistory ? SaleHistory.Of(await ReadAll(), settings.NetSpend) : null,
    };

    /// <summary>The recorded result that an entry stands for, the same whenever it is asked.</summary>
    public static ReceiptRecord RecordOf(ReceiptPosted posted, ActorId actor, long version, DateTimeOffset recordedAt) => new()
    {
        Key = posted.Receipt.Key,
        Member = MemberOf(actor),
        Treatment = posted.Treatment,
        Points = posted.Points,
        Balance = posted.Balance,
        Version = version,
        Taken = posted.Taken,
        Flags = posted.Receipt.Flags,
        RecordedAt = recordedAt,
    };

    public static BusinessKey KeyOf(Receipt receipt) => new(receipt.Key.Month, receipt.Key.Digest(), receipt.Content);

    private static MemberId? MemberOf(ActorId actor) => actor.Kind == "member" ? MemberId.Parse(actor.Key) : null;

    private async ValueTask<AppendOutcome> Append(Append append)
    {
        try
        {
            return await journal.Append(append);
        }
        catch (CommitOutcomeUnknownException)
        {
            letGo();
            throw;
        }
    }

    private async Task<ReceiptOutcome?> FirstUse(BusinessKey key, Receipt receipt) =>
        await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } first && AccountEntryJson.Read(first) is ReceiptPosted posted
            ? Repeat(receipt, posted.Receipt.Content, first)
            : null;

    private static ReceiptOutcome Repeat(Receipt receipt, Guid content, StoredEntry first) =>
        content == receipt.Content && AccountEntryJson.Read(first) is ReceiptPosted posted
            ? new ReceiptOutcome.Replayed(RecordOf(posted, first.Actor, first.Version, first.RecordedAt))
            : new ReceiptOutcome.Conflict(receipt.Key, first.RecordedAt);

    private async Task<List<AccountEntry>> ReadAll()
    {
        var entries = new List<AccountEntry>();
        for (long after = 0; ;)
        {
            var page = await journal.ReadForward(actor, after, ReadPage, CancellationToken.None);
            foreach (var stored in page)
            {
                if (AccountEntryJson.Read(stored) is { } entry) entries.Add(entry);
                after = stored.Version;
            }

            if (page.Length < ReadPage) return entries;
        }
    }

    private AccountNotice NoticeOf(ImmutableArray<AccountEntry> entries, Tallies tallies, long version) => new()
    {
        Actor = actor,
        Member = Member,
        Version = version,
        Changed = entries.Length == 1 ? entries[0].Tallies : LastValues(entries),
        Tallies = tallies,
        OccurredAt = entries[0] is ReceiptPosted posted ? posted.Receipt.OccurredAt.ToUnixTimeMilliseconds() : 0,
    };

    private static ImmutableArray<TallyRow> LastValues(ImmutableArray<AccountEntry> entries) =>
        [.. entries.SelectMany(entry => entry.Tallies).GroupBy(row => (row.Store, row.Day)).Select(rows => rows.Last())];

    private static ImmutableArray<NewEntry> Serialize(ImmutableArray<AccountEntry> entries, BusinessKey? key)
    {
        var written = ImmutableArray.CreateBuilder<NewEntry>(entries.Length);
        for (var i = 0; i < entries.Length; i++) written.Add(AccountEntryJson.Write(entries[i], i == 0 ? key : null));
        return written.DrainToImmutable();
    }
}
